//! What a researcher would write in an afternoon: lines split at bars, regular expressions for numbering and numbers, a
//! dictionary of labels. It reads the same tables, to measure against.
//!
//! It has no spans, no findings, no outline and no units, knows the official labels alone, and tells neither a blank cell
//! from a missing one nor a number from one that slipped by a column. How many cells it gets right is printed beside its
//! time.

use std::collections::HashMap;

use gongkai::form::{CellId, Row, SchemaVersion, Table};
use regex::Regex;

/// The reader with its expressions and dictionaries, which are built once.
pub struct Baseline {
    number: Regex,
    numbering: Regex,
    note: Regex,
    forms: HashMap<SchemaVersion, HashMap<String, Vec<Vec<CellId>>>>,
}

/// What it reads: the value of each cell that it found.
pub type Values = HashMap<CellId, f64>;

/// Measure words, which stand in a column of their own.
const UNITS: &[&str] = &["条", "件", "次", "篇", "个", "万元", "元", "人", "人次", "单位", "统计数"];

impl Baseline {
    pub fn new() -> Self {
        let regex = |pattern| Regex::new(pattern).expect("a regular expression");
        let forms = SchemaVersion::ALL.iter().map(|&version| (version, labels(version))).collect();
        Self {
            number: regex(r"^-?[0-9][0-9,]*(\.[0-9]+)?$"),
            numbering: regex(
                r"^(其中[：:])?([（(][一二三四五六七八九十0-9]+[）)]|[一二三四五六七八九十0-9]+[、.．])*",
            ),
            note: regex(r"[（(][^（）()]*[）)]"),
            forms,
        }
    }

    pub fn read(&self, text: &str) -> Values {
        let version = if text.contains("统计指标") || text.contains("情况统计表") {
            SchemaVersion::V2014
        } else if text.contains("对外公开总数量") {
            SchemaVersion::V2019
        } else {
            SchemaVersion::V2021
        };
        let labels = &self.forms[&version];
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut values = Values::new();
        let mut row: &[CellId] = &[];
        for cell in text
            .lines()
            .filter(|line| line.contains('|') || line.len() < 120)
            .flat_map(|line| line.split('|'))
        {
            let cell = cell.trim();
            if cell.is_empty() || UNITS.contains(&cell) {
                continue;
            }
            if self.number.is_match(cell) || matches!(cell, "—" | "——" | "/" | "-") {
                if let [id, rest @ ..] = row {
                    if let Ok(value) = cell.replace(',', "").parse() {
                        values.insert(*id, value);
                    }
                    row = rest;
                }
                continue;
            }
            let label: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
            let label = self.numbering.replace(&label, "");
            let label = self.note.replace_all(&label, "");
            row = match labels.get_key_value(&*label) {
                Some((label, rows)) => {
                    let time = seen.entry(label).or_default();
                    *time += 1;
                    rows.get(*time - 1).map_or(&[], Vec::as_slice)
                }
                None => &[],
            };
        }
        values
    }
}

/// For each official label the cells of its rows, in the order of the form.
fn labels(version: SchemaVersion) -> HashMap<String, Vec<Vec<CellId>>> {
    let cells = |row: Row| -> Vec<CellId> {
        version.cells().iter().map(|spec| spec.id).filter(|id| id.row == row).collect()
    };
    let mut labels: HashMap<String, Vec<Vec<CellId>>> = HashMap::new();
    for block in version.blocks().filter(|block| block.table != Table::ReviewLitigation) {
        for row in block.rows {
            labels.entry(row.label.to_owned()).or_default().push(cells(row.row));
        }
    }
    // 总计 is a head of table 三, its last outcome, and three heads of table 四, below which all figures of that stand in a row.
    if let Some(outcome) = labels.remove("总计") {
        let ids = version.cells().iter().map(|spec| spec.id);
        let review: Vec<CellId> = ids.filter(|id| id.table() == Table::ReviewLitigation).collect();
        let rows = [Vec::new(), outcome.concat(), Vec::new(), Vec::new(), review];
        labels.insert("总计".to_owned(), rows.into());
    }
    labels
}
