//! The database schema of Deskwire, built step by step, for MySQL 8+, MariaDB 10.11+ and SQLite.
//!
//! Steps never change after a release and never import entities: what they wrote then must not depend on
//! what the code looks like now. Each creates at most one table, and can be run again when it was
//! interrupted, since MySQL commits every DDL statement by itself.

mod connect;
mod full_text;
mod lock;
mod steps;
mod table;

pub use connect::connect;
pub use sea_orm_migration::sea_orm::{DatabaseConnection, DbErr};
use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};

/// A step of the schema and whether it has been applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name; names sort in the order of the steps.
    pub name: String,
    /// Whether it has been applied.
    pub applied: bool,
}

struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        steps::all()
    }
}

/// Applies the steps that are missing. Several processes may call it at once: they take turns.
///
/// # Errors
/// The database's.
pub async fn up(database: &DatabaseConnection) -> Result<(), DbErr> {
    let lock = lock::take(database).await?;
    let outcome = Migrator::up(lock.connection(), None).await;
    lock.release(outcome).await
}

/// Takes back the latest `steps`, or, with `None`, all of them and every trace of them.
///
/// # Errors
/// The database's.
pub async fn down(database: &DatabaseConnection, steps: Option<u32>) -> Result<(), DbErr> {
    let lock = lock::take(database).await?;
    let outcome = match steps {
        Some(_) => Migrator::down(lock.connection(), steps).await,
        None => Migrator::reset(lock.connection()).await,
    };
    lock.release(outcome).await
}

/// Every step in order, and whether it has been applied. Changes nothing.
///
/// # Errors
/// The database's, and one if the database has steps that this program does not know.
pub async fn status(database: &DatabaseConnection) -> Result<Vec<Step>, DbErr> {
    use sea_orm_migration::MigrationStatus;
    let steps = Migrator::get_migration_with_status_read_only(database).await?;
    Ok(steps
        .into_iter()
        .map(|step| Step {
            name: step.name().to_owned(),
            applied: step.status() == MigrationStatus::Applied,
        })
        .collect())
}
