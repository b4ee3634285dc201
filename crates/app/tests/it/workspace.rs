//! The walls between crates, and the versions with known holes to stay above.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use semver::Version;

/// Each crate of ours and which of ours it may depend on.
const ALLOWED: [(&str, &[&str]); 10] = [
    ("domain", &[]),
    ("migration", &[]),
    ("contract", &["domain"]),
    ("repository", &["domain", "migration"]),
    ("auth", &["domain"]),
    ("realtime", &["domain", "contract"]),
    ("services", &["domain", "repository", "auth"]),
    (
        "app",
        &["domain", "contract", "services", "auth", "realtime"],
    ),
    ("testkit", &["domain"]),
    ("chaos", &["domain", "testkit"]),
];

/// Names of libraries by their beginning, and the only crates that may use them outside of tests.
const HOMES: [(&str, &[&str]); 6] = [
    ("sea-orm", &["repository", "migration"]),
    ("actix", &["app"]),
    ("redis", &["auth", "realtime"]),
    ("deadpool-redis", &["auth", "realtime"]),
    ("sqlx", &["testkit", "chaos"]),
    ("prometheus", &["app"]),
];

/// Versions below these have known holes.
const FLOORS: [(&str, &str); 3] = [
    ("jsonwebtoken", "10.3.0"),
    ("actix-http", "3.12.1"),
    ("bcrypt", "0.19.2"),
];

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .exec()
        .unwrap()
}

#[test]
fn crates_depend_on_each_other_only_along_the_allowed_edges() {
    let metadata = metadata();
    let ours: BTreeSet<_> = metadata
        .workspace_packages()
        .iter()
        .map(|p| p.name.to_string())
        .collect();
    let allowed: BTreeMap<_, _> = ALLOWED.into_iter().collect();
    assert_eq!(ours, allowed.keys().map(ToString::to_string).collect());
    for package in metadata.workspace_packages() {
        for dependency in &package.dependencies {
            let is_edge =
                dependency.kind == DependencyKind::Normal && ours.contains(&dependency.name);
            let may = allowed[package.name.as_str()].contains(&dependency.name.as_str());
            assert!(
                !is_edge || may,
                "{} must not depend on {}",
                package.name,
                dependency.name
            );
        }
    }
}

#[test]
fn libraries_stay_in_their_crates() {
    for package in metadata().workspace_packages() {
        for dependency in package
            .dependencies
            .iter()
            .filter(|d| d.kind == DependencyKind::Normal)
        {
            for (library, homes) in HOMES {
                let at_home = homes.contains(&package.name.as_str());
                assert!(
                    !dependency.name.starts_with(library) || at_home,
                    "{} must not use {}",
                    package.name,
                    dependency.name
                );
            }
        }
    }
}

#[test]
fn no_dependency_is_below_its_floor() {
    let metadata = metadata();
    for (name, floor) in FLOORS {
        let floor = Version::parse(floor).unwrap();
        let found: Vec<_> = metadata
            .packages
            .iter()
            .filter(|p| p.name.as_str() == name)
            .collect();
        assert!(!found.is_empty(), "{name} is gone: take it off the list");
        for package in found {
            assert!(
                package.version >= floor,
                "{name} {} is below {floor}",
                package.version
            );
        }
    }
}

#[test]
fn versions_are_named_in_the_workspace_only() {
    let root = metadata().workspace_root;
    for package in metadata().workspace_packages() {
        let manifest = std::fs::read_to_string(&package.manifest_path).unwrap();
        let own = manifest.lines().find(|line| {
            let line = line.trim();
            line.contains("version = \"") || line.contains("path = \"../")
        });
        assert_eq!(own, None, "{} in {root}", package.name);
    }
}
