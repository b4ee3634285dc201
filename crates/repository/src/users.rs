//! Accounts.

use domain::{Email, Person, PersonName, Role, Timestamp, User, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select, SelectExt,
};

use crate::entities::users as table;
use crate::{Error, Page, Read, Result, Tx, lists};

/// What is needed to make an account.
#[derive(Clone)]
pub struct NewUser {
    /// Sign-in address.
    pub email: Email,
    /// Display name.
    pub name: PersonName,
    /// Hash of the password, with its scheme.
    pub password_hash: String,
    /// Customer or staff.
    pub role: Role,
    /// When it is made.
    pub created_at: Timestamp,
}

/// An account with the hash that its password is compared with.
#[derive(Clone)]
pub struct Credentials {
    /// The account.
    pub user: User,
    /// Hash of its password, with its scheme.
    pub password_hash: String,
}

/// Makes an account.
///
/// # Errors
/// [`Unique::Email`](crate::Unique::Email) if there is one of this address.
pub async fn add(tx: &Tx, new: NewUser) -> Result<User> {
    let row = row(&new);
    let inserted = table::Entity::insert(row)
        .exec(tx.connection().executor())
        .await?;
    Ok(User {
        id: UserId(inserted.last_insert_id),
        email: new.email,
        name: new.name,
        role: new.role,
        session_epoch: 0,
        disabled_at: None,
        created_at: new.created_at,
    })
}

/// The row of a new account; the database gives it its identifier.
pub(crate) fn row(new: &NewUser) -> table::ActiveModel {
    table::ActiveModel {
        id: NotSet,
        email: Set(new.email.as_str().to_owned()),
        name: Set(new.name.as_str().to_owned()),
        password_hash: Set(new.password_hash.clone()),
        role: Set(new.role.as_str().to_owned()),
        session_epoch: Set(0),
        disabled_at: Set(None),
        created_at: Set(new.created_at.0),
        updated_at: Set(new.created_at.0),
    }
}

/// The account, if there is one.
///
/// # Errors
/// The database's.
pub async fn find(from: &impl Read, id: UserId) -> Result<Option<User>> {
    let row = table::Entity::find_by_id(id.0)
        .one(from.connection().executor())
        .await?;
    row.map(User::try_from).transpose()
}

/// Which accounts, and how many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserQuery {
    /// Those whose name or address holds this text, in any case.
    pub text: Option<String>,
    /// Those of this role.
    pub role: Option<Role>,
    /// Those that are locked out, or those that are not.
    pub disabled: Option<bool>,
    /// Only those made before this one.
    pub before: Option<UserId>,
    /// Most items on the page.
    pub limit: u32,
}

/// A page of accounts, the newest first.
///
/// # Errors
/// The database's.
pub async fn list(from: &impl Read, query: &UserQuery) -> Result<Page<User, UserId>> {
    use table::Column;
    let connection = from.connection();
    let backend = connection.executor().get_database_backend();
    let filter = Condition::all()
        .add_option(query.text.as_deref().map(|text| {
            // Addresses are kept in lower case and compared as they are.
            Condition::any()
                .add(lists::holds(backend, Column::Name, text))
                .add(Column::Email.like(lists::holding(&text.to_lowercase())))
        }))
        .add_option(query.role.map(|role| Column::Role.eq(role.as_str())))
        .add_option(query.disabled.map(|disabled| match disabled {
            true => Column::DisabledAt.is_not_null(),
            false => Column::DisabledAt.is_null(),
        }))
        .add_option(query.before.map(|id| Column::Id.lt(id.0)));
    let rows = table::Entity::find()
        .filter(filter)
        .order_by_desc(Column::Id)
        .limit(u64::from(query.limit) + 1)
        .all(connection.executor())
        .await?;
    let page = Page::cut(rows, query.limit, |row| UserId(row.id));
    Ok(Page {
        items: page
            .items
            .into_iter()
            .map(User::try_from)
            .collect::<Result<_>>()?,
        next: page.next,
    })
}

/// The account of an address and its password hash, if there is one, disabled or not.
///
/// # Errors
/// The database's.
pub async fn find_by_email(from: &impl Read, email: &Email) -> Result<Option<Credentials>> {
    let row = table::Entity::find()
        .filter(table::Column::Email.eq(email.as_str()))
        .one(from.connection().executor())
        .await?;
    row.map(Credentials::try_from).transpose()
}

/// The account and its password hash, if there is one.
///
/// # Errors
/// The database's.
pub async fn find_credentials(from: &impl Read, id: UserId) -> Result<Option<Credentials>> {
    let row = table::Entity::find_by_id(id.0)
        .one(from.connection().executor())
        .await?;
    row.map(Credentials::try_from).transpose()
}

/// The account and its password hash, if there is one, held until the transaction ends.
///
/// # Errors
/// The database's.
pub async fn lock(tx: &Tx, id: UserId) -> Result<Option<Credentials>> {
    let row = table::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(tx.connection().executor())
        .await?;
    row.map(Credentials::try_from).transpose()
}

/// The enabled admins, sorted, and the session epoch of each, held until the transaction ends, so that two of
/// them cannot remove each other.
///
/// # Errors
/// The database's.
pub async fn lock_enabled_admins(tx: &Tx) -> Result<Vec<(UserId, i64)>> {
    let rows: Vec<(i64, i64)> = select_enabled_admins()
        .column(table::Column::SessionEpoch)
        .lock_exclusive()
        .into_tuple()
        .all(tx.connection().executor())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, epoch)| (UserId(id), epoch))
        .collect())
}

/// The enabled admins, sorted.
///
/// # Errors
/// The database's.
pub async fn enabled_admins(from: &impl Read) -> Result<Vec<UserId>> {
    let ids: Vec<i64> = select_enabled_admins()
        .into_tuple()
        .all(from.connection().executor())
        .await?;
    Ok(ids.into_iter().map(UserId).collect())
}

fn select_enabled_admins() -> Select<table::Entity> {
    table::Entity::find()
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::Role.eq(Role::Admin.as_str()))
        .filter(table::Column::DisabledAt.is_null())
        .order_by_asc(table::Column::Id)
}

/// Whether there is any admin, disabled or not.
///
/// # Errors
/// The database's.
pub async fn has_admin(from: &impl Read) -> Result<bool> {
    let admins = table::Entity::find().filter(table::Column::Role.eq(Role::Admin.as_str()));
    Ok(admins.exists(from.connection().executor()).await?)
}

/// Whether there is any account.
///
/// # Errors
/// The database's.
pub async fn has_any(from: &impl Read) -> Result<bool> {
    Ok(table::Entity::find()
        .exists(from.connection().executor())
        .await?)
}

/// Gives an account another name.
///
/// # Errors
/// One if there is no such account.
pub async fn set_name(tx: &Tx, id: UserId, name: &PersonName, now: Timestamp) -> Result<User> {
    let change = table::ActiveModel {
        name: Set(name.as_str().to_owned()),
        updated_at: Set(now.0),
        ..Default::default()
    };
    set(tx, id, change).await?;
    find(tx, id).await?.ok_or(Error::missing("users"))
}

/// Gives an account another password.
///
/// # Errors
/// One if there is no such account.
pub async fn set_password_hash(
    tx: &Tx,
    id: UserId,
    password_hash: String,
    now: Timestamp,
) -> Result<()> {
    let change = table::ActiveModel {
        password_hash: Set(password_hash),
        updated_at: Set(now.0),
        ..Default::default()
    };
    set(tx, id, change).await
}

/// Replaces a password hash by another of the same password, unless the password was changed meanwhile; whether
/// it did.
///
/// # Errors
/// The database's.
pub async fn replace_password_hash(tx: &Tx, id: UserId, old: &str, new: String) -> Result<bool> {
    let replaced = table::Entity::update_many()
        .set(table::ActiveModel {
            password_hash: Set(new),
            ..Default::default()
        })
        .filter(table::Column::Id.eq(id.0))
        .filter(table::Column::PasswordHash.eq(old))
        .exec(tx.connection().executor())
        .await?;
    Ok(replaced.rows_affected == 1)
}

/// Stores role, session epoch and whether the account is disabled, of an account that was [locked](lock).
///
/// # Errors
/// One if there is no such account.
pub async fn save_standing(tx: &Tx, user: &User, now: Timestamp) -> Result<()> {
    let change = table::ActiveModel {
        role: Set(user.role.as_str().to_owned()),
        session_epoch: Set(user.session_epoch),
        disabled_at: Set(user.disabled_at.map(|at| at.0)),
        updated_at: Set(now.0),
        ..Default::default()
    };
    set(tx, user.id, change).await
}

async fn set(tx: &Tx, id: UserId, change: table::ActiveModel) -> Result<()> {
    let update = table::Entity::update_many()
        .set(change)
        .filter(table::Column::Id.eq(id.0));
    match update.exec(tx.connection().executor()).await?.rows_affected {
        0 => Err(Error::missing("users")),
        _ => Ok(()),
    }
}

impl TryFrom<table::Model> for Credentials {
    type Error = Error;

    fn try_from(row: table::Model) -> Result<Credentials> {
        Ok(Credentials {
            password_hash: row.password_hash.clone(),
            user: row.try_into()?,
        })
    }
}

impl TryFrom<table::Model> for User {
    type Error = Error;

    fn try_from(row: table::Model) -> Result<User> {
        Ok(User {
            id: UserId(row.id),
            email: Email::parse(&row.email).map_err(|_| Error::corrupt("users.email"))?,
            name: PersonName::parse(&row.name).map_err(|_| Error::corrupt("users.name"))?,
            role: role(&row.role)?,
            session_epoch: row.session_epoch,
            disabled_at: row.disabled_at.map(Timestamp),
            created_at: Timestamp(row.created_at),
        })
    }
}

/// The role that a column names.
pub(crate) fn role(name: &str) -> Result<Role> {
    Role::parse(name).ok_or(Error::corrupt("users.role"))
}

/// A person out of the columns that other tables join.
pub(crate) fn person(id: i64, name: String, role_name: &str) -> Result<Person> {
    Ok(Person {
        id: UserId(id),
        name,
        role: role(role_name)?,
    })
}
