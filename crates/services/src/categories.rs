//! Ticket categories.

use auth::VerifiedSession;
use domain::{Category, CategoryId, CategoryName};
use repository::Db;

use crate::audit::{self, Event};
use crate::error::CategoryError;
use crate::retry::retrying;
use crate::standing;
use crate::write::Writes;

/// Use cases of categories.
#[derive(Clone)]
pub struct CategoryService {
    db: Db,
}

/// What an admin changes; nothing where it is none.
#[derive(Clone, Debug, Default)]
pub struct CategoryChange {
    /// Another name.
    pub name: Option<CategoryName>,
    /// The place in the list that it moves to, 1 the first; beyond the last is the last. The others make room.
    pub position: Option<u32>,
    /// Whether it can still be chosen.
    pub retired: Option<bool>,
}

impl CategoryService {
    pub(crate) fn new(db: Db) -> CategoryService {
        CategoryService { db }
    }

    /// All categories in their order, retired ones included.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, _session: &VerifiedSession) -> Result<Vec<Category>, CategoryError> {
        Ok(repository::categories::list(&self.db).await?)
    }

    /// Adds a category to the end of the list.
    ///
    /// # Errors
    /// [`CategoryError::Forbidden`], [`CategoryError::NameTaken`].
    pub async fn add(
        &self,
        session: &VerifiedSession,
        name: CategoryName,
    ) -> Result<Category, CategoryError> {
        let admin = standing::admin_or(session, CategoryError::Forbidden)?;
        let (service, session) = (self.clone(), session.session_id().clone());
        Writes::to_end(async move {
            let category = retrying(|| service.try_add(&name)).await?;
            audit::of_category(Event::CategoryAdded, category.id)
                .by(admin)
                .session(&session)
                .write();
            Ok(category)
        })
        .await
    }

    async fn try_add(&self, name: &CategoryName) -> Result<Category, CategoryError> {
        let tx = self.db.begin().await?;
        let present = repository::categories::lock_all(&tx).await?;
        let last = present.last().map_or(0, |category| category.position);
        let category = repository::categories::add(&tx, name, last.saturating_add(1)).await?;
        tx.commit().await?;
        Ok(category)
    }

    /// Renames, moves, retires or brings back a category.
    ///
    /// # Errors
    /// [`CategoryError::Forbidden`], [`CategoryError::NotFound`], [`CategoryError::NameTaken`].
    pub async fn update(
        &self,
        session: &VerifiedSession,
        id: CategoryId,
        change: CategoryChange,
    ) -> Result<Category, CategoryError> {
        let admin = standing::admin_or(session, CategoryError::Forbidden)?;
        let (service, session) = (self.clone(), session.session_id().clone());
        Writes::to_end(async move {
            let category = retrying(|| service.try_update(id, &change)).await?;
            audit::of_category(Event::CategoryChanged, id)
                .by(admin)
                .session(&session)
                .write();
            Ok(category)
        })
        .await
    }

    async fn try_update(
        &self,
        id: CategoryId,
        change: &CategoryChange,
    ) -> Result<Category, CategoryError> {
        let tx = self.db.begin().await?;
        let before = repository::categories::lock_all(&tx).await?;
        let mut after = before.clone();
        let place = after.iter().position(|category| category.id == id);
        let place = place.ok_or(CategoryError::NotFound)?;
        let category = &mut after[place];
        if let Some(name) = &change.name {
            category.name = name.as_str().to_owned();
        }
        category.retired = change.retired.unwrap_or(category.retired);
        if let Some(position) = change.position {
            domain::category::move_to(&mut after, place, position);
        }
        for category in after.iter().filter(|category| !before.contains(category)) {
            repository::categories::save(&tx, category).await?;
        }
        tx.commit().await?;
        let changed = after.into_iter().find(|category| category.id == id);
        changed.ok_or(CategoryError::NotFound)
    }
}
