//! The binary under test, built like this program.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// A binary and what it can do.
pub(crate) struct Binary {
    pub(crate) path: PathBuf,
    /// Whether it dies where it is asked to; builds for release do not.
    pub(crate) has_failpoints: bool,
}

/// Builds `deskwire` and finds it beside this program.
pub(crate) fn build() -> Result<Binary> {
    let own = std::env::current_exe()?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    // What cargo says of this package to its program would make some others be built anew.
    for (name, _) in std::env::vars_os() {
        let about_us = [
            "CARGO_PKG_",
            "CARGO_MANIFEST_",
            "CARGO_BIN_",
            "CARGO_CRATE_",
        ];
        let text = name.to_string_lossy();
        if about_us.iter().any(|beginning| text.starts_with(beginning)) {
            command.env_remove(&name);
        }
    }
    command.args(["build", "--package", "app", "--bin", "deskwire"]);
    let is_release = own
        .parent()
        .is_some_and(|folder| folder.ends_with("release"));
    if is_release {
        command.arg("--release");
    }
    let status = command.status().context("cargo does not start")?;
    if !status.success() {
        bail!("the binary was not built");
    }
    Ok(Binary {
        path: own.with_file_name("deskwire"),
        has_failpoints: !is_release,
    })
}
