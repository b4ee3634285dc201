//! Where values come from: flags, then environment, then `.env`; secrets also from `*_FILE`.

use std::collections::HashMap;
use std::path::Path;

use crate::config::ConfigError;

/// Values by the names of their environment variables. An empty value counts as absent.
#[derive(Clone, Debug, Default)]
pub struct Source {
    values: HashMap<String, String>,
}

impl Source {
    /// Flags over the environment over the `.env` file of the working folder.
    ///
    /// # Errors
    /// A `.env` that cannot be read whole: half a configuration would be worse than none.
    pub fn from_process(
        flags: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Source, ConfigError> {
        let file = env_file(Path::new(".env"))?;
        let environment = std::env::vars_os()
            .filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?)));
        Ok(Source::fixed(
            file.into_iter().chain(environment).chain(flags),
        ))
    }

    /// Exactly these values, later ones over earlier ones.
    #[must_use]
    pub fn fixed(values: impl IntoIterator<Item = (String, String)>) -> Source {
        Source {
            values: values
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .collect(),
        }
    }

    pub(crate) fn text(&self, variable: &str) -> Option<String> {
        self.values.get(variable).cloned()
    }

    /// A value that `parse` understands, or the default.
    pub(crate) fn parsed<T>(
        &self,
        variable: &str,
        allowed: &str,
        parse: impl FnOnce(&str) -> Option<T>,
        default: impl FnOnce() -> T,
    ) -> Result<T, ConfigError> {
        match self.values.get(variable) {
            None => Ok(default()),
            Some(value) => parse(value).ok_or_else(|| ConfigError::Wrong {
                variable: variable.to_owned(),
                value: value.clone(),
                allowed: allowed.to_owned(),
            }),
        }
    }

    /// A secret, given itself or as the file that `{variable}_FILE` names.
    pub(crate) fn secret(&self, variable: &str) -> Result<Option<String>, ConfigError> {
        if let Some(value) = self.text(variable) {
            return Ok(Some(value));
        }
        let from = format!("{variable}_FILE");
        let Some(path) = self.text(&from) else {
            return Ok(None);
        };
        match std::fs::read_to_string(&path) {
            Ok(value) => Ok(Some(value.trim_end_matches(['\r', '\n']).to_owned())),
            Err(cause) => Err(ConfigError::File {
                variable: from,
                path,
                cause,
            }),
        }
    }
}

fn env_file(path: &Path) -> Result<Vec<(String, String)>, ConfigError> {
    let wrong = |error: &dotenvy::Error| ConfigError::File {
        variable: "configuration".to_owned(),
        path: path.display().to_string(),
        // Its text would repeat the line, which may hold a secret.
        cause: match error {
            dotenvy::Error::Io(cause) => cause.kind().into(),
            _ => std::io::Error::other(
                "a line is not of the form NAME=value; quote values with spaces or quotes",
            ),
        },
    };
    match dotenvy::from_path_iter(path) {
        Err(error) if error.not_found() => Ok(Vec::new()),
        Err(error) => Err(wrong(&error)),
        Ok(lines) => lines
            .map(|line| line.map_err(|error| wrong(&error)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(values: &[(&str, &str)]) -> Source {
        Source::fixed(values.iter().map(|(k, v)| ((*k).into(), (*v).into())))
    }

    #[test]
    fn later_values_win_and_empty_ones_are_absent() {
        let source = source(&[("A", "file"), ("A", "flag"), ("B", "")]);
        assert_eq!(source.text("A").as_deref(), Some("flag"));
        assert_eq!(source.text("B"), None);
    }

    #[test]
    fn secrets_come_from_files_without_their_last_line_break() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        std::fs::write(&path, "s3cret\n").unwrap();
        let source = source(&[
            ("KEY_FILE", path.to_str().unwrap()),
            ("GONE_FILE", "/nowhere"),
        ]);
        assert_eq!(source.secret("KEY").unwrap().as_deref(), Some("s3cret"));
        assert!(
            source
                .secret("GONE")
                .unwrap_err()
                .to_string()
                .contains("GONE_FILE")
        );
        assert_eq!(source.secret("NONE").unwrap(), None);
    }
}
