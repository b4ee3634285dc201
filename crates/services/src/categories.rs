//! Ticket categories.

use auth::VerifiedSession;
use domain::Category;
use repository::Db;

use crate::error::CategoryError;

/// Use cases of categories.
#[derive(Clone)]
pub struct CategoryService {
    db: Db,
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
}
