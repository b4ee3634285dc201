//! `docs/SECURITY.md` answers for every requirement that it promises to, and the tests that it names exist.
//!
//! A table row is `| id | level | asks for | met by | shown by |`. The last cell names tests as
//! `` `crates/auth/tests/it/rotation.rs::name` `` or `` `web/e2e/session.spec.ts::"title"` ``, or says why there
//! are none. What does not apply is a list: `- 1.2.6, 1.2.7: why`.

use std::collections::BTreeMap;
use std::path::Path;

/// The sections of OWASP ASVS 5.0.0 that the document answers for, with the level of each requirement in
/// their order: the third digit of 7.4 is the level of 7.4.3. Level 3 is not promised.
const SECTIONS: &[(&str, &str)] = &[
    ("1.1", "22"),
    ("1.2", "1111122223"),
    ("1.3", "112222222223"),
    ("1.4", "222"),
    ("1.5", "123"),
    ("2.1", "122"),
    ("2.2", "112"),
    ("2.3", "12223"),
    ("2.4", "23"),
    ("3.1", "3"),
    ("3.2", "113"),
    ("3.3", "12223"),
    ("3.4", "11222233"),
    ("3.5", "11122333"),
    ("3.6", "3"),
    ("3.7", "22333"),
    ("4.1", "12233"),
    ("4.2", "23333"),
    ("4.3", "22"),
    ("4.4", "1222"),
    ("6.1", "122"),
    ("6.2", "111111112222"),
    ("6.3", "11223333"),
    ("6.4", "112233"),
    ("6.5", "22222333"),
    ("6.6", "2223"),
    ("6.7", "33"),
    ("6.8", "2222"),
    ("7.1", "222"),
    ("7.2", "1111"),
    ("7.3", "22"),
    ("7.4", "11222"),
    ("7.5", "223"),
    ("7.6", "22"),
    ("8.1", "1233"),
    ("8.2", "1123"),
    ("8.3", "133"),
    ("8.4", "23"),
    ("9.1", "111"),
    ("9.2", "1222"),
    ("12.1", "12233"),
    ("12.2", "11"),
    ("12.3", "22223"),
    ("16.1", "2"),
    ("16.2", "22222"),
    ("16.3", "2222"),
    ("16.4", "222"),
    ("16.5", "2223"),
];

/// What the document must speak of: ASVS asks for it in writing (2.1, 6.1, 7.1, 8.1, 16.1).
const SUBJECTS: &[&str] = &[
    "## Who may do what",
    "## Sessions",
    "## Signing in",
    "## Limits",
    "## Input and output",
    "## The log",
    "## What the operator must do",
    "## Out of scope",
    "## Report a hole",
    "## OWASP ASVS 5.0",
];

/// Begins every table of requirements.
const HEADER: &str = "| id | level |";
/// What stands in place of a test that there cannot be, or is not.
const EXCUSES: [&str; 3] = ["not yet", "operator", "not applicable"];

/// The requirements of levels 1 and 2, with their levels.
fn requirements(sections: &[(&str, &str)]) -> BTreeMap<String, char> {
    let numbered = sections.iter().flat_map(|(section, levels)| {
        levels
            .chars()
            .enumerate()
            .map(move |(index, level)| (format!("{section}.{}", index + 1), level))
    });
    numbered.filter(|(_, level)| *level != '3').collect()
}

/// Everything that is wrong with the document. `read` gives the text of a file of the repository.
fn faults(
    document: &str,
    required: &BTreeMap<String, char>,
    read: &dyn Fn(&str) -> Option<String>,
) -> Vec<String> {
    let mut faults = Vec::new();
    let mut answered = BTreeMap::<&str, usize>::new();
    let mut in_table = false;
    for line in document.lines() {
        let row = line.starts_with('|');
        if row && in_table {
            if line.starts_with("|---") {
                continue;
            }
            match cells(line).as_slice() {
                [id, level, asks, met, shown] => {
                    *answered.entry(id).or_default() += 1;
                    if required.get(*id).map(char::to_string).as_deref() != Some(*level) {
                        faults.push(format!("{id}: is no requirement of level {level}"));
                    }
                    if asks.is_empty() || met.is_empty() {
                        faults.push(format!("{id}: has an empty cell"));
                    }
                    let wrong = faults_of_evidence(shown, read);
                    faults.extend(wrong.into_iter().map(|fault| format!("{id}: {fault}")));
                }
                _ => faults.push(format!("has not five cells: {line}")),
            }
        } else if let Some(ids) = inapplicable(line) {
            for id in ids {
                *answered.entry(id).or_default() += 1;
                if !required.contains_key(id) {
                    faults.push(format!("{id}: is no requirement of level 1 or 2"));
                }
            }
        }
        in_table = row && (in_table || line.starts_with(HEADER));
    }
    let often = answered.iter().filter(|(_, times)| **times > 1);
    faults.extend(often.map(|(id, times)| format!("{id}: is there {times} times")));
    let missing = required
        .keys()
        .filter(|id| !answered.contains_key(id.as_str()));
    faults.extend(missing.map(|id| format!("{id}: is not answered")));
    faults
}

fn cells(row: &str) -> Vec<&str> {
    let row = row.trim().trim_start_matches('|').trim_end_matches('|');
    row.split('|').map(str::trim).collect()
}

/// The ids of a line such as `- 1.2.6, 1.2.7: why`.
fn inapplicable(line: &str) -> Option<Vec<&str>> {
    let (ids, why) = line.strip_prefix("- ")?.split_once(": ")?;
    let ids: Vec<_> = ids.split(", ").collect();
    let well_formed = |id: &&str| {
        id.split('.').count() == 3 && id.split('.').all(|part| part.parse::<u8>().is_ok())
    };
    (ids.iter().all(well_formed) && !why.trim().is_empty()).then_some(ids)
}

/// What is wrong with the last cell of a row.
fn faults_of_evidence(cell: &str, read: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let pending = cell.split("pending:").skip(1);
    let mut faults: Vec<_> = pending
        .map(|test| format!("is pending:{}", test.trim_end_matches([' ', ','])))
        .collect();
    // Every second part stands between backticks.
    let tests: Vec<_> = cell.split('`').skip(1).step_by(2).collect();
    let is_excused = EXCUSES.iter().any(|excuse| cell.contains(excuse));
    if faults.is_empty() && tests.is_empty() && !is_excused {
        let excuses = EXCUSES.join(", ");
        faults.push(format!("names no test and says none of {excuses}"));
    }
    let wrong = tests.into_iter().filter(|test| !exists(test, read));
    faults.extend(wrong.map(|test| format!("there is no test {test}")));
    faults
}

/// Whether the repository has this test, and runs it.
fn exists(reference: &str, read: &dyn Fn(&str) -> Option<String>) -> bool {
    let Some((file, test)) = reference.split_once("::") else {
        return false;
    };
    if file.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return false;
    }
    let Some(source) = read(file) else {
        return false;
    };
    if file.ends_with(".rs") {
        is_registered(file, read) && has_rust_test(&source, test)
    } else {
        let runs = [".spec.ts", ".test.ts", ".test.tsx"]
            .iter()
            .any(|ending| file.ends_with(ending));
        let title = test
            .strip_prefix('"')
            .and_then(|test| test.strip_suffix('"'));
        runs && title.is_some_and(|title| has_web_test(&source, title))
    }
}

/// A file of an integration test runs only if its `main.rs` names it.
fn is_registered(file: &str, read: &dyn Fn(&str) -> Option<String>) -> bool {
    let Some((folder, inner)) = file.split_once("/tests/it/") else {
        return true;
    };
    let module = inner.split(['/', '.']).next().unwrap_or_default();
    let declaration = format!("mod {module};");
    let main = read(&format!("{folder}/tests/it/main.rs"));
    main.is_some_and(|main| main.lines().any(|line| line.trim() == declaration))
}

/// Whether a function of this name is a test: by its attribute, within `on_every_database!`, or listed by
/// `on_both_stores!`.
fn has_rust_test(source: &str, name: &str) -> bool {
    let lines: Vec<_> = source.lines().collect();
    let is_listed = source.split("on_both_stores!(").skip(1).any(|rest| {
        let list = rest.split(");").next().unwrap_or_default();
        let names = list.split_once(':').map_or("", |(_, names)| names);
        names.split(',').any(|listed| listed.trim() == name)
    });
    lines.iter().enumerate().any(|(index, line)| {
        let text = line.trim_start();
        let text = text.strip_prefix("async ").unwrap_or(text);
        let Some(rest) = text
            .strip_prefix("fn ")
            .and_then(|fun| fun.strip_prefix(name))
        else {
            return false;
        };
        if !rest.starts_with('(') {
            return false;
        }
        let above = || lines[..index].iter().rev().map(|line| line.trim());
        let attributes: Vec<_> = above()
            .take_while(|line| line.starts_with("#[") || line.starts_with("//"))
            .filter(|line| line.starts_with("#["))
            .collect();
        let is_attributed = attributes
            .iter()
            .any(|line| *line == "#[test]" || line.contains("::test]") || line.contains("::test("));
        let indent = line.len() - line.trim_start().len();
        let outermost = lines[..index]
            .iter()
            .rev()
            .find(|line| !line.is_empty() && !line.starts_with([' ', '}']));
        let in_macro = indent == 4
            && outermost.is_some_and(|line| line.trim_end().ends_with("on_every_database! {"));
        let is_ignored = attributes.iter().any(|line| line.starts_with("#[ignore"));
        !is_ignored && (is_attributed || in_macro || (indent == 0 && is_listed))
    })
}

/// Whether `test(` or `it(` is called with this title, and not skipped or commented out.
fn has_web_test(source: &str, title: &str) -> bool {
    ['\'', '"', '`'].into_iter().any(|quote| {
        let title = title.replace(quote, &format!("\\{quote}"));
        let literal = format!("{quote}{title}{quote}");
        source.match_indices(&literal).any(|(at, _)| {
            let before = source[..at].trim_end();
            let line = before.lines().next_back().unwrap_or_default().trim();
            matches!(line, "test(" | "it(")
        })
    })
}

fn repository_file(path: &str) -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(path)).ok()
}

#[test]
fn every_requirement_is_answered_by_tests_that_exist() {
    let document = repository_file("docs/SECURITY.md").unwrap();
    let faults = faults(&document, &requirements(SECTIONS), &repository_file);
    assert!(
        faults.is_empty(),
        "docs/SECURITY.md:\n{}",
        faults.join("\n")
    );
}

#[test]
fn every_subject_that_must_be_in_writing_has_its_section() {
    let document = repository_file("docs/SECURITY.md").unwrap();
    for subject in SUBJECTS {
        let section = document
            .lines()
            .skip_while(|line| line != subject)
            .skip(1)
            .take_while(|line| !line.starts_with("## "));
        assert!(section.count() > 2, "nothing is said of: {subject}");
    }
}

#[test]
fn no_crate_of_ours_may_be_unsafe() {
    let workspace = repository_file("Cargo.toml").unwrap();
    assert!(workspace.contains("\nunsafe_code = \"forbid\"\n"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let crates = std::fs::read_dir(root.join("crates")).unwrap();
    let crates = crates.map(|entry| entry.unwrap().path().join("Cargo.toml"));
    for manifest in crates.chain([root.join("migration/Cargo.toml")]) {
        let text = std::fs::read_to_string(&manifest).unwrap();
        let inherits = text.contains("\n[lints]\nworkspace = true\n");
        assert!(inherits, "{} has its own lints", manifest.display());
    }
}

/// A small document, its files, and what is wrong with it.
fn faults_of(rows: &str) -> Vec<String> {
    let files = |path: &str| {
        let text = match path {
            "crates/a/tests/it/main.rs" => "mod b;\n",
            "crates/a/tests/it/b.rs" | "crates/a/tests/it/forgotten.rs" => {
                "on_every_database! {\n    async fn in_a_macro(desk: Desk) {\n        async fn inner(a: u8) {}\n    }\n}\n\
                 on_both_stores!(door: listed, another);\n\nasync fn listed(desk: Desk) {}\n\nasync fn unlisted(desk: Desk) {}\n\n\
                 mod tests {\n    #[test]\n    fn plain() {}\n\n    #[tokio::test(start_paused = true)]\n    // Why.\n    async fn paused() {}\n\n\
                 \x20   #[test]\n    #[ignore]\n    fn ignored() {}\n\n    fn no_test() {}\n    // fn commented() {}\n}\n"
            }
            "web/e2e/a.spec.ts" => {
                "test('signs in', async () => {});\n  it(\n    \"the user's page\",\n  );\n// test('is commented out');\n\
                 test.skip('is skipped', () => {});\nconst title = 'is no test';\n"
            }
            "web/src/a.ts" => "test('never runs', () => {});\n",
            _ => return None,
        };
        Some(text.to_owned())
    };
    let table = format!("{HEADER} asks for | met by | shown by |\n|---|---|---|---|---|\n{rows}\n");
    faults(&table, &requirements(&[("9.9", "123")]), &files)
}

#[test]
fn rows_with_tests_or_reasons_are_accepted() {
    for shown in [
        "`crates/a/tests/it/b.rs::in_a_macro`",
        "`crates/a/tests/it/b.rs::listed`, `crates/a/tests/it/b.rs::plain`",
        "`crates/a/tests/it/b.rs::paused`",
        "`web/e2e/a.spec.ts::\"signs in\"` `web/e2e/a.spec.ts::\"the user's page\"`",
        "not yet",
        "operator: TLS ends at the proxy",
        "not applicable: there is none",
    ] {
        let rows = format!("| 9.9.1 | 1 | a | b | {shown} |\n\n- 9.9.2: there is none\n");
        assert_eq!(faults_of(&rows), [""; 0], "{shown}");
    }
}

#[test]
fn a_test_that_is_missing_is_refused() {
    for reference in [
        "crates/a/tests/it/b.rs::gone",
        "crates/a/tests/it/b.rs::plai",
        "crates/a/tests/it/b.rs::unlisted",
        "crates/a/tests/it/b.rs::inner",
        "crates/a/tests/it/b.rs::no_test",
        "crates/a/tests/it/b.rs::ignored",
        "crates/a/tests/it/b.rs::commented",
        "crates/a/tests/it/b.rs",
        "crates/a/tests/it/forgotten.rs::plain",
        "crates/a/tests/it/gone.rs::plain",
        "crates/a/tests/it/../it/b.rs::plain",
        "/crates/a/tests/it/b.rs::plain",
        "web/e2e/a.spec.ts::\"signs out\"",
        "web/e2e/a.spec.ts::signs in",
        "web/e2e/a.spec.ts::\"is commented out\"",
        "web/e2e/a.spec.ts::\"is skipped\"",
        "web/e2e/a.spec.ts::\"is no test\"",
        "web/src/a.ts::\"never runs\"",
    ] {
        let good = "`crates/a/tests/it/b.rs::plain`";
        let rows = format!("| 9.9.1 | 1 | a | b | {good}, `{reference}` |\n- 9.9.2: none\n");
        assert_eq!(
            faults_of(&rows),
            [format!("9.9.1: there is no test {reference}")]
        );
    }
}

#[test]
fn a_row_without_evidence_is_refused() {
    let row = |shown: &str| format!("| 9.9.1 | 1 | a | b | {shown} |\n- 9.9.2: none\n");
    for shown in ["", "trust me", "Not Yet"] {
        let faults = faults_of(&row(shown));
        assert!(faults[0].starts_with("9.9.1: names no test"), "{faults:?}");
    }
    let faults = faults_of(&row("pending: that it works"));
    assert_eq!(faults, ["9.9.1: is pending: that it works"]);
    let faults = faults_of(&row(
        "`crates/a/tests/it/b.rs::gone`, pending: one, pending: two",
    ));
    assert_eq!(
        faults,
        [
            "9.9.1: is pending: one",
            "9.9.1: is pending: two",
            "9.9.1: there is no test crates/a/tests/it/b.rs::gone",
        ]
    );
}

#[test]
fn each_requirement_is_answered_once_with_its_level() {
    let row = |id: &str, level: &str| format!("| {id} | {level} | a | b | not yet |\n");
    let good = [row("9.9.1", "1"), row("9.9.2", "2")].concat();
    assert_eq!(faults_of(&good), [""; 0]);
    for (rows, fault) in [
        (row("9.9.1", "1"), "9.9.2: is not answered"),
        (good.clone() + &row("9.9.1", "1"), "9.9.1: is there 2 times"),
        (
            good.clone() + "\n- 9.9.2: none\n",
            "9.9.2: is there 2 times",
        ),
        (
            row("9.9.1", "1") + &row("9.9.2", "1"),
            "9.9.2: is no requirement of level 1",
        ),
        (
            good.clone() + &row("9.9.3", "3"),
            "9.9.3: is no requirement of level 3",
        ),
        (
            good.clone() + &row("9.8.1", "1"),
            "9.8.1: is no requirement of level 1",
        ),
        (
            good.clone() + &row("V9.9.1", "1"),
            "V9.9.1: is no requirement of level 1",
        ),
        (
            good.clone() + "\n- 9.9.3: none\n",
            "9.9.3: is no requirement of level 1 or 2",
        ),
        (
            row("9.9.1", "1") + "| 9.9.2 | 2 | a |  | not yet |\n",
            "9.9.2: has an empty cell",
        ),
        (
            good + "| 9.9.1 | 1 | not yet |\n",
            "has not five cells: | 9.9.1 | 1 | not yet |",
        ),
    ] {
        assert_eq!(faults_of(&rows), [fault], "{rows}");
    }
}
