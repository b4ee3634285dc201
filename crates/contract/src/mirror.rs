//! Wire enumerations that mirror those of the domain, name for name.

/// Defines a serialisable enumeration with the variants of a domain one, convertible both ways.
macro_rules! mirror {
    ($(#[$doc:meta])* $name:ident = $domain:path { $($(#[$vdoc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$vdoc])* $variant),+
        }

        impl From<$domain> for $name {
            fn from(value: $domain) -> $name {
                match value {
                    $(<$domain>::$variant => $name::$variant),+
                }
            }
        }

        impl From<$name> for $domain {
            fn from(value: $name) -> $domain {
                match value {
                    $($name::$variant => <$domain>::$variant),+
                }
            }
        }

        #[cfg(test)]
        impl $name {
            /// Every value beside its domain name, to compare both spellings.
            pub(crate) fn spellings() -> Vec<(serde_json::Value, &'static str)> {
                <$domain>::ALL
                    .iter()
                    .map(|&value| (serde_json::json!($name::from(value)), value.as_str()))
                    .collect()
            }
        }
    };
}

pub(crate) use mirror;

#[cfg(test)]
mod tests {
    #[test]
    fn wire_and_domain_spell_every_name_alike() {
        let all = [
            crate::people::Role::spellings(),
            crate::tickets::Status::spellings(),
            crate::tickets::Priority::spellings(),
            crate::tickets::WaitingOn::spellings(),
            crate::notifications::NotificationKind::spellings(),
            crate::timeline::EntryKind::spellings(),
        ];
        for (wire, domain) in all.into_iter().flatten() {
            assert_eq!(wire, domain);
        }
    }
}
