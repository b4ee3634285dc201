//! Times on the wire.

use domain::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::ToSchema;

/// A moment in UTC, RFC 3339 with microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2026-01-31T09:15:00.000000Z")]
pub struct Time(pub Timestamp);

impl From<Timestamp> for Time {
    fn from(moment: Timestamp) -> Time {
        Time(moment)
    }
}

impl Time {
    /// The moment as it is on the wire; none if it lies thousands of years away.
    #[must_use]
    pub fn rfc3339(self) -> Option<String> {
        let moment = jiff::Timestamp::from_microsecond(self.0.0).ok()?;
        Some(format!("{moment:.6}"))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let moment =
            jiff::Timestamp::from_microsecond(self.0.0).map_err(serde::ser::Error::custom)?;
        serializer.collect_str(&format_args!("{moment:.6}"))
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
        let text = String::deserialize(deserializer)?;
        let moment: jiff::Timestamp = text.parse().map_err(de::Error::custom)?;
        Ok(Time(Timestamp(moment.as_microsecond())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rfc_3339_utc_with_six_digits() {
        let text = serde_json::to_string(&Time(Timestamp(1_500_000))).unwrap();
        assert_eq!(text, "\"1970-01-01T00:00:01.500000Z\"");
        assert_eq!(
            serde_json::from_str::<Time>(&text).unwrap(),
            Time(Timestamp(1_500_000))
        );
    }
}
