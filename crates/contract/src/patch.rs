//! Fields of a PATCH: absent keeps, null clears.

use serde::{Deserialize, Deserializer};

/// Reads a field so that absence (`None`) and null (`Some(None)`) stay apart. Use with `#[serde(default)]`.
///
/// # Errors
/// Those of `T`.
pub fn nullable<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// Reads a field that may be absent but not null. Use with `#[serde(default)]`.
///
/// # Errors
/// Those of `T`.
pub fn required_when_present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}
