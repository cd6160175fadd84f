//! `fuzz/labels.dict` is generated from the form: `GONGKAI_UPDATE=1 cargo test --test it dictionary` rewrites it, a plain
//! test run compares.
//!
//! One entry a word, in the format of libFuzzer: printable ASCII, everything else as `\xNN`. The word itself stands above its
//! entry as a comment.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use gongkai::form::{FIELDS, HEADS, SchemaVersion, TITLE_PARTS, Unit};

/// libFuzzer leaves out longer entries; a label is cut here, which is how extractors cut them too.
const MAX_BYTES: usize = 64;

/// Pieces of tables, figures and dates in the shapes of the dialects.
const PIECES: &[&str] = &[
    "|",
    "||",
    "|||",
    " | ",
    " |\n",
    "|\n",
    "\n",
    "\r\n",
    "| ",
    "|---|---|",
    "0 |",
    "—",
    "——",
    "/",
    "-3",
    "+5",
    "1,234",
    "12.50",
    "１２",
    "无",
    "不适用",
    "约3件",
    "3+1",
    "22(其中修订16件)",
    "\u{a0}",
    "\u{3000}",
    "\u{feff}",
    "2023年1月1日",
    "二〇二三年",
    "至12月31日",
    "（2016年度）",
    "附件",
    "其中:",
    "一、",
    "(一)",
    "（一）",
    "1.",
    "①",
    "年度报告",
];

fn words() -> BTreeSet<String> {
    let mut words: BTreeSet<String> = PIECES.iter().map(ToString::to_string).collect();
    for block in SchemaVersion::ALL.iter().flat_map(|version| version.blocks()) {
        words.extend(block.banner.map(String::from));
        for row in block.rows {
            words.insert(row.label.into());
            words.extend(row.aliases.iter().copied().chain(row.group).map(String::from));
            words.extend(row.note.map(|note| format!("({note})")));
        }
        for column in block.columns {
            words.insert(column.label.into());
            words.extend(column.aliases.iter().copied().chain(column.group).map(String::from));
        }
    }
    words.extend(HEADS.iter().flat_map(|(_, labels)| *labels).map(ToString::to_string));
    words.extend(TITLE_PARTS.iter().flat_map(|(_, labels)| *labels).map(ToString::to_string));
    words.extend(FIELDS.iter().flat_map(|(_, labels)| *labels).map(|label| format!("{label}:")));
    words.extend(Unit::ALL.iter().map(|unit| unit.label().to_string()));
    words.iter().map(|word| cut(word).to_string()).collect()
}

/// As much of `word` as an entry holds.
fn cut(word: &str) -> &str {
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    &word[..ends.take_while(|end| *end <= MAX_BYTES).last().unwrap_or(0)]
}

fn generate() -> String {
    let mut dictionary = String::from(
        "# Generated, do not edit: GONGKAI_UPDATE=1 cargo test --test it dictionary rewrites this file.\n",
    );
    for word in words() {
        let shown = word.escape_default().to_string();
        let shown =
            if word.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) { word.as_str() } else { &shown };
        let mut entry = String::new();
        for byte in word.bytes() {
            match byte {
                b'"' | b'\\' => write!(entry, "\\{}", char::from(byte)).unwrap(),
                b' '..=b'~' => entry.push(char::from(byte)),
                _ => write!(entry, "\\x{byte:02X}").unwrap(),
            }
        }
        writeln!(dictionary, "# {shown}\n\"{entry}\"").unwrap();
    }
    dictionary
}

#[test]
fn labels_dict_is_that_of_the_form() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/labels.dict");
    let generated = generate();
    if std::env::var_os("GONGKAI_UPDATE").is_some() {
        fs::write(&path, &generated).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == generated,
        "fuzz/labels.dict is not that of the form: GONGKAI_UPDATE=1 cargo test --test it dictionary"
    );
}
