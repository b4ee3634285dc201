//! Every setting that the program reads is explained to those who set it.

use std::collections::BTreeSet;
use std::path::Path;

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(path)).unwrap()
}

/// The names of variables in the sources of the configuration, as they stand in quotes.
fn variables() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/config");
    let sources: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let is_name = |text: &&str| {
        let prefixes = ["DESKWIRE_", "DATABASE_", "REDIS_", "JWT_", "PASSWORD_"];
        let letters = |c: char| c.is_ascii_uppercase() || c == '_';
        prefixes.iter().any(|prefix| text.starts_with(prefix)) && text.chars().all(letters)
    };
    let quoted = sources.iter().flat_map(|source| source.split('"'));
    quoted.filter(is_name).map(str::to_owned).collect()
}

#[test]
fn the_example_names_every_setting_with_a_line_on_it() {
    let example = read(".env.example");
    let lines: Vec<&str> = example.lines().collect();
    let variables = variables();
    assert!(variables.len() > 12, "{variables:?}");
    for variable in variables {
        let place = lines.iter().position(|line| {
            let line = line.trim_start_matches('#');
            line.strip_prefix(&variable)
                .is_some_and(|rest| rest.starts_with('='))
        });
        let place = place.unwrap_or_else(|| panic!("{variable} is not in .env.example"));
        assert!(
            lines[place - 1].starts_with("# "),
            "{variable} is not explained"
        );
    }
}

#[test]
fn compose_passes_every_setting_on() {
    let compose = read("docker-compose.yml");
    // Inside the container these are fixed.
    let fixed = ["DESKWIRE_LISTEN", "DESKWIRE_DATA_DIR"];
    for variable in variables() {
        let passed = compose.contains(&format!("      {variable}: "));
        assert!(
            passed || fixed.contains(&variable.as_str()),
            "{variable} does not reach the container"
        );
    }
}
