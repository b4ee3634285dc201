//! Keys: made once in the data folder on the embedded default, required and strong in production.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use rand::Rng as _;
use secrecy::SecretString;

use crate::config::{ConfigError, Source, StorageConfig};

/// The keys of the process.
#[derive(Clone, Debug)]
pub struct Secrets {
    /// Signs access tokens.
    pub access: SecretString,
    /// Signs refresh tokens.
    pub refresh: SecretString,
    /// Goes into every password hash.
    pub pepper: SecretString,
}

impl Secrets {
    pub(crate) fn load(source: &Source, storage: &StorageConfig) -> Result<Secrets, ConfigError> {
        let secret = |variable: &str, file: &str| match source.secret(variable)? {
            Some(value) => checked(variable, value),
            None if storage.is_embedded() => generated(variable, &storage.data_dir.join(file)),
            None => Err(ConfigError::secret(
                variable,
                "set when DATABASE_URL is MySQL: 32 random bytes, as `openssl rand -base64 32` prints them",
            )),
        };
        Ok(Secrets {
            access: secret("JWT_ACCESS_SECRET", "jwt_access_secret")?,
            refresh: secret("JWT_REFRESH_SECRET", "jwt_refresh_secret")?,
            pepper: secret("PASSWORD_PEPPER", "password_pepper")?,
        })
    }
}

fn checked(variable: &str, value: String) -> Result<SecretString, ConfigError> {
    match auth::check_secret(&value) {
        Ok(()) => Ok(value.into()),
        Err(weakness) => Err(ConfigError::secret(
            variable,
            &format!("a strong secret ({weakness}): `openssl rand -base64 32` prints one"),
        )),
    }
}

/// Reads the secret from its file, making it first if it is not there.
fn generated(variable: &str, path: &Path) -> Result<SecretString, ConfigError> {
    let failed = |cause| ConfigError::File {
        variable: variable.to_owned(),
        path: path.display().to_string(),
        cause,
    };
    if let Some(folder) = path.parent() {
        private_folder(folder).map_err(failed)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            let mut bytes = [0u8; 32];
            rand::rng().fill_bytes(&mut bytes);
            let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            file.write_all(text.as_bytes()).map_err(failed)?;
            file.sync_all().map_err(failed)?;
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(failed(error)),
    }
    let text = std::fs::read_to_string(path).map_err(failed)?;
    checked(variable, text.trim().to_owned())
}

/// Makes a folder that only this user can look into: messages and hashes will be in it.
fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;
    use crate::config::Config;

    #[test]
    fn generated_secrets_are_kept_private_and_stay_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("data");
        let dir = folder.to_str().unwrap().to_owned();
        let source = Source::fixed([("DESKWIRE_DATA_DIR".to_owned(), dir)]);

        let first = Config::load(&source).unwrap().secrets;
        let again = Config::load(&source).unwrap().secrets;
        assert_eq!(first.access.expose_secret(), again.access.expose_secret());
        assert_ne!(first.access.expose_secret(), first.refresh.expose_secret());

        #[cfg(unix)]
        for file in ["jwt_access_secret", "jwt_refresh_secret", "password_pepper"] {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(folder.join(file))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(&folder).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700);
        }
    }
}
