//! The form as data against its specification, `tests/data/taxonomy.toml`, and the parser of its labels against the form.
//!
//! The file is compared in both directions: an entry that the crate lacks fails, a row or column of the crate that the file
//! lacks fails, and so does a key that no test here reads. Only wordings beyond the official ones may be more in the crate.

use std::collections::{BTreeMap, HashSet};

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use gongkai::form::{Block, ColumnSpec, HEADS, Head, Row, RowSpec, SchemaVersion, SectionId};
use gongkai::grammar::heading::section_of;
use gongkai::grammar::taxonomy::{Label, parse_label};
use toml::{Table, Value};

const SPECIFICATION: &str = include_str!("../data/taxonomy.toml");
const README: &str = include_str!("../../README.md");

/// An entry of the file whose keys are taken one by one, so that none is overlooked.
struct Entry {
    at: String,
    keys: Table,
}

impl Entry {
    fn new(at: impl Into<String>, value: Value) -> Self {
        let at = at.into();
        let Value::Table(keys) = value else { panic!("{at} is no table") };
        Self { at, keys }
    }

    fn text(&mut self, key: &str) -> Option<String> {
        self.keys.remove(key).map(|value| match value {
            Value::String(text) => text,
            other => panic!("{}: {key} is {other}", self.at),
        })
    }

    fn must(&mut self, key: &str) -> String {
        self.text(key).unwrap_or_else(|| panic!("{} has no {key}", self.at))
    }

    fn flag(&mut self, key: &str) -> bool {
        self.keys.remove(key).is_some_and(|value| value.as_bool().expect("a boolean"))
    }

    fn list(&mut self, key: &str) -> Option<Vec<Value>> {
        self.keys.remove(key).map(|value| match value {
            Value::Array(values) => values,
            other => panic!("{}: {key} is {other}", self.at),
        })
    }

    fn texts(&mut self, key: &str) -> Vec<String> {
        let values = self.list(key).unwrap_or_default();
        values.iter().map(|value| value.as_str().expect("a string").to_owned()).collect()
    }

    fn entries(&mut self, key: &str) -> Vec<Entry> {
        let values = self.list(key).unwrap_or_default();
        values.into_iter().map(|value| Entry::new(format!("{} {key}", self.at), value)).collect()
    }

    fn finish(self) {
        assert!(self.keys.is_empty(), "{}: no test reads {:?}", self.at, self.keys);
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct WantedRow {
    id: String,
    number: String,
    label: String,
    aliases: Vec<String>,
    group: Option<String>,
    note: Option<String>,
    unit: Option<String>,
    article: Option<String>,
    circular: Option<String>,
    heading: bool,
}

impl WantedRow {
    fn read(entry: &mut Entry) -> Self {
        Self {
            id: entry.must("id"),
            number: entry.text("number").unwrap_or_default(),
            label: entry.must("label"),
            aliases: entry.texts("aliases"),
            group: entry.text("group"),
            note: entry.text("note"),
            unit: entry.text("unit"),
            article: entry.text("article"),
            circular: entry.text("circular"),
            heading: entry.flag("heading"),
        }
    }

    /// What the crate has, with those of its aliases that the file has.
    fn of(spec: &RowSpec, aliases: &[String]) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Self {
            id: spec.row.id().to_owned(),
            number: spec.number.to_owned(),
            label: spec.label.to_owned(),
            aliases: known(aliases, spec.aliases),
            group: owned(spec.group),
            note: owned(spec.note),
            unit: owned(spec.unit.map(|unit| unit.label())),
            article: owned(spec.article),
            circular: owned(spec.circular),
            heading: spec.heading,
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct WantedColumn {
    id: String,
    label: String,
    aliases: Vec<String>,
    group: Option<String>,
    unit: Option<String>,
    signed: bool,
    unit_from: bool,
}

impl WantedColumn {
    fn read(mut entry: Entry) -> Self {
        let column = Self {
            id: entry.must("id"),
            label: entry.must("label"),
            aliases: entry.texts("aliases"),
            group: entry.text("group"),
            unit: entry.text("unit"),
            signed: entry.flag("signed"),
            unit_from: entry.text("unit_from").is_some_and(|from| {
                assert_eq!(from, "cell or header");
                true
            }),
        };
        // The note of a column says its unit again, as its head prints it.
        if let Some(note) = entry.text("note") {
            assert_eq!(Some(note), column.unit.as_ref().map(|unit| format!("单位：{unit}")));
        }
        entry.finish();
        column
    }

    fn of(spec: &ColumnSpec, aliases: &[String]) -> Self {
        Self {
            id: spec.column.id().to_owned(),
            label: spec.label.to_owned(),
            aliases: known(aliases, spec.aliases),
            group: spec.group.map(str::to_owned),
            unit: spec.unit.map(|unit| unit.label().to_owned()),
            signed: spec.signed,
            unit_from: spec.unit_from_source,
        }
    }
}

/// Those of `wanted` that the crate has.
fn known(wanted: &[String], has: &[&str]) -> Vec<String> {
    wanted.iter().filter(|alias| has.contains(&alias.as_str())).cloned().collect()
}

#[derive(Clone, Debug, Default)]
struct WantedBlock {
    banner: Option<String>,
    rows: Vec<WantedRow>,
    columns: Vec<WantedColumn>,
}

impl WantedBlock {
    fn read(entry: &mut Entry) -> Self {
        let rows = entry.entries("rows").into_iter().map(|mut row| {
            let wanted = WantedRow::read(&mut row);
            row.finish();
            wanted
        });
        let rows = rows.collect();
        let columns = entry.entries("columns").into_iter().map(WantedColumn::read).collect();
        Self { banner: entry.text("banner"), rows, columns }
    }
}

struct Specification {
    /// id, name, years, source, tables.
    templates: Vec<(String, String, String, String, Vec<String>)>,
    /// id, label, aliases.
    sections: Vec<(String, String, Vec<String>)>,
    /// By template and table.
    tables: BTreeMap<(String, String), Vec<WantedBlock>>,
}

impl Specification {
    fn read() -> Self {
        let mut root = Entry::new("the file", Value::Table(SPECIFICATION.parse().expect("TOML")));
        let templates = root.entries("template").into_iter().map(|mut entry| {
            let template = (
                entry.must("id"),
                entry.must("name"),
                entry.must("years"),
                entry.must("source"),
                entry.texts("tables"),
            );
            entry.finish();
            template
        });
        let templates = templates.collect();
        let sections = root.entries("section").into_iter().map(|mut entry| {
            let section = (entry.must("id"), entry.must("label"), entry.texts("aliases"));
            entry.finish();
            section
        });
        let sections = sections.collect();
        let mut tables = BTreeMap::new();
        for mut entry in root.entries("table") {
            let (id, template) = (entry.must("id"), entry.must("template"));
            entry.at = format!("{template} {id}");
            let blocks = match entry.text("same_as") {
                Some(other) => Self::derived(&mut entry, &tables, &(other, id.clone())),
                None => {
                    let groups = entry.entries("group").into_iter().map(|mut group| {
                        let block = WantedBlock::read(&mut group);
                        assert!(block.banner.is_some(), "{} has a group without a banner", group.at);
                        group.finish();
                        block
                    });
                    let mut blocks: Vec<WantedBlock> = groups.collect();
                    let own = WantedBlock::read(&mut entry);
                    assert_eq!(own.rows.is_empty(), !blocks.is_empty(), "{}: groups or rows", entry.at);
                    if blocks.is_empty() {
                        blocks.push(own);
                    }
                    blocks
                }
            };
            entry.finish();
            assert!(tables.insert((template, id), blocks).is_none(), "a table twice");
        }
        root.finish();
        Self { templates, sections, tables }
    }

    /// A table that is another one but for some rows.
    fn derived(
        entry: &mut Entry,
        tables: &BTreeMap<(String, String), Vec<WantedBlock>>,
        other: &(String, String),
    ) -> Vec<WantedBlock> {
        let mut blocks = tables.get(other).unwrap_or_else(|| panic!("{other:?} comes first")).clone();
        for id in entry.texts("remove") {
            let block = blocks.iter_mut().find(|block| block.rows.iter().any(|row| row.id == id));
            block.unwrap_or_else(|| panic!("no row {id} to remove")).rows.retain(|row| row.id != id);
        }
        for mut row in entry.entries("insert") {
            let before = row.must("before");
            let wanted = WantedRow::read(&mut row);
            row.finish();
            let place = blocks.iter_mut().find_map(|block| {
                let at = block.rows.iter().position(|row| row.id == before)?;
                Some((block, at))
            });
            let (block, at) = place.unwrap_or_else(|| panic!("no row {before} to insert before"));
            block.rows.insert(at, wanted);
        }
        blocks
    }
}

#[test]
fn templates_are_those_of_the_specification() {
    let specification = Specification::read();
    assert_eq!(specification.templates.len(), SchemaVersion::ALL.len());
    for ((id, name, years, source, tables), &version) in
        specification.templates.iter().zip(SchemaVersion::ALL)
    {
        assert_eq!(version.id(), id);
        assert_eq!(SchemaVersion::from_id(id), Some(version));
        assert_eq!(version.name(), name);
        assert_eq!(version.source(), source);
        let found: Vec<&str> = version
            .tables()
            .iter()
            .map(|blocks| {
                let table = blocks[0].table;
                assert!(blocks.iter().all(|block| block.table == table), "{id}: tables are mixed");
                table.id()
            })
            .collect();
        assert_eq!(&found, tables, "{id}");

        // The years are told in words only.
        let line =
            README.lines().find(|line| line.starts_with(&format!("| `{id}`"))).expect("a line of the README");
        let years = match years.strip_suffix('-') {
            Some(first) => format!("since {first}"),
            None => years.replace('-', "–"),
        };
        assert!(line.contains(&format!("| {years} |")), "{line}: {years}");
        assert!(line.ends_with(&format!("| {} |", version.cells().len())), "{line}");
    }
    let cells: Vec<usize> = SchemaVersion::ALL.iter().map(|version| version.cells().len()).collect();
    assert_eq!(cells, [58, 198, 200]);
}

#[test]
fn tables_are_those_of_the_specification() {
    let mut specification = Specification::read();
    for &version in SchemaVersion::ALL {
        for blocks in version.tables() {
            let key = (version.id().to_owned(), blocks[0].table.id().to_owned());
            let wanted = specification.tables.remove(&key).unwrap_or_else(|| panic!("{key:?} is no table"));
            assert_eq!(blocks.len(), wanted.len(), "{key:?}: blocks");
            for (block, wanted) in blocks.iter().zip(&wanted) {
                compare_blocks(&format!("{key:?}"), block, wanted);
            }
        }
    }
    assert!(
        specification.tables.is_empty(),
        "tables that the crate lacks: {:?}",
        specification.tables.keys()
    );
}

fn compare_blocks(at: &str, block: &Block, wanted: &WantedBlock) {
    assert_eq!(block.banner, wanted.banner.as_deref(), "{at}");
    let item = block.banner.and_then(|banner| banner.chars().rev().nth(2));
    let item =
        item.map(|c| "一二三四五六七八九".chars().position(|numeral| numeral == c).expect("a numeral") + 1);
    assert_eq!(usize::from(block.item), item.unwrap_or(0), "{at} {:?}", block.banner);

    let ids: Vec<&str> = block.rows.iter().map(|row| row.row.id()).collect();
    let wanted_ids: Vec<&str> = wanted.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, wanted_ids, "{at}: rows");
    for (spec, wanted) in block.rows.iter().zip(&wanted.rows) {
        assert_eq!(spec.row.table(), block.table, "{at}");
        assert_eq!(&WantedRow::of(spec, &wanted.aliases), wanted, "{at}");
        assert_eq!(Row::from_id(block.table, &wanted.id), Some(spec.row), "{at}");
        // A group's label is one that the parser knows.
        if let Some(group) = spec.group {
            let is_head = |labels: &[Label]| {
                labels.iter().any(|label| matches!(label, Label::Head(Head::Group(_) | Head::Litigation)))
            };
            assert!(parse_label(group).is_some_and(|found| is_head(found.labels)), "{at}: {group}");
        }
    }

    let ids: Vec<&str> = block.columns.iter().map(|column| column.column.id()).collect();
    let wanted_ids: Vec<&str> = wanted.columns.iter().map(|column| column.id.as_str()).collect();
    assert_eq!(ids, wanted_ids, "{at}: columns");
    for (spec, wanted) in block.columns.iter().zip(&wanted.columns) {
        assert_eq!(&WantedColumn::of(spec, &wanted.aliases), wanted, "{at}");
        // Amounts of money are what has a unit of money, or might have one.
        assert_eq!(spec.amount, wanted.unit.is_some() || wanted.unit_from, "{at} {}", wanted.id);
    }
}

#[test]
fn sections_are_those_of_the_specification() {
    let specification = Specification::read();
    let ids: Vec<&str> = specification.sections.iter().map(|(id, ..)| id.as_str()).collect();
    assert_eq!(SectionId::ALL.iter().map(|id| id.id()).collect::<Vec<_>>(), ids);
    for (id, label, aliases) in &specification.sections {
        let section = SectionId::from_id(id);
        assert!(section.is_some(), "{id}");
        for title in [label].into_iter().chain(aliases) {
            assert_eq!(section_of(title), section, "{title}");
            assert_eq!(section_of(&traditional(title)), section, "{title} in Traditional");
        }
    }
}

/// Every official label and every alias of every version, with what it means there.
fn labels() -> Vec<(&'static str, Label)> {
    let mut labels = Vec::new();
    for block in SchemaVersion::ALL.iter().flat_map(|version| version.blocks()) {
        for row in block.rows {
            labels.extend([row.label].iter().chain(row.aliases).map(|label| (*label, Label::Row(row.row))));
        }
        for column in block.columns {
            let meant = Label::Column(column.column);
            labels.extend([column.label].iter().chain(column.aliases).map(|label| (*label, meant)));
        }
    }
    for (head, wordings) in HEADS {
        labels.extend(wordings.iter().map(|label| (*label, Label::Head(*head))));
    }
    let mut seen = HashSet::new();
    labels.retain(|label| seen.insert(*label));
    assert!(labels.len() > 150, "{} labels", labels.len());
    labels
}

/// Each character by itself, so that no phrase of the dictionaries can match.
fn traditional(text: &str) -> String {
    use std::sync::LazyLock;
    static S2T: LazyLock<OpenCC> =
        LazyLock::new(|| OpenCC::from_config(BuiltinConfig::S2t).expect("OpenCC's own dictionaries"));
    let lines: String = text.chars().flat_map(|c| [c, '\n']).collect();
    S2T.convert(&lines).chars().filter(|c| *c != '\n').collect()
}

fn spaced(label: &str, between: &str) -> String {
    label.chars().map(String::from).collect::<Vec<_>>().join(between)
}

/// Checks that `text` is read whole, and means `meant`.
fn assert_whole(text: &str, meant: Label, failures: &mut Vec<String>) {
    match parse_label(text) {
        Some(found) if found.labels.contains(&meant) && found.rest.is_empty() && !found.cut_note => {}
        found => failures.push(format!("{text:?} is not {meant:?} but {found:?}")),
    }
}

fn report(failures: &[String]) {
    assert!(failures.is_empty(), "{} labels are not read:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_label_means_its_row_or_column() {
    let mut failures = Vec::new();
    for (label, meant) in labels() {
        assert_whole(label, meant, &mut failures);
    }
    report(&failures);
}

#[test]
fn every_label_behind_every_numbering() {
    let mut failures = Vec::new();
    for (label, meant) in labels() {
        for number in ["1.", "１．", "(一)", "（三）", "一、", "三 、 ", "其中:", "其中：", "（七）1."]
        {
            assert_whole(&format!("{number}{label}"), meant, &mut failures);
        }
    }
    report(&failures);
}

#[test]
fn every_label_with_notes() {
    let mut failures = Vec::new();
    for (label, meant) in labels() {
        for note in ["（单位：万元）", "(不计其他情形)", " （ 区分处理的，只计这一情形 ）", "："]
        {
            assert_whole(&format!("{label}{note}"), meant, &mut failures);
        }
    }
    report(&failures);
}

#[test]
fn every_label_with_inner_white_space() {
    let mut failures = Vec::new();
    for (label, meant) in labels() {
        for space in [" ", "\n", "\u{3000}", "\u{a0}", " \r\n "] {
            assert_whole(&spaced(label, space), meant, &mut failures);
        }
    }
    report(&failures);
}

#[test]
fn every_label_with_pinyin_annotations() {
    let mut failures = Vec::new();
    for (label, meant) in labels() {
        for (at, _) in label.char_indices().skip(1) {
            for annotation in ["(guī)", "（guī zhāng）"] {
                assert_whole(&format!("{}{annotation}{}", &label[..at], &label[at..]), meant, &mut failures);
            }
        }
    }
    assert_whole(
        "規(guī)章",
        labels().iter().find(|(label, _)| *label == "规章").expect("规章").1,
        &mut failures,
    );
    report(&failures);
}

#[test]
fn every_label_in_traditional_characters() {
    let mut failures = Vec::new();
    let mut changed = 0;
    for (label, meant) in labels() {
        let converted = traditional(label);
        changed += usize::from(converted != label);
        assert_whole(&converted, meant, &mut failures);
        assert_whole(&format!("１．{converted}（單位：萬元）"), meant, &mut failures);
    }
    assert!(changed > 100, "only {changed} labels changed");
    report(&failures);
}

/// What is behind a label is the rest, from the label's last letter on: nothing is lost and nothing is taken.
#[test]
fn what_follows_a_label_is_the_rest() {
    let mut failures = Vec::new();
    for (label, meant) in labels() {
        for number in ["", "1.", "（三）"] {
            for behind in ["3", " 12件", "：７", "（单位：万元）5", "甲乙丙"] {
                let text = format!("{number}{label}{behind}");
                match parse_label(&text) {
                    // A longer label of another row must not come about.
                    Some(found) if found.labels.contains(&meant) => {
                        let taken = &text[..text.len() - found.rest.len()];
                        assert_eq!(format!("{taken}{}", found.rest), text);
                        let again = parse_label(taken).expect("what was taken is a label");
                        // The closing quotation mark of 危及“三安全一稳定” is no letter.
                        let rest = found.rest.strip_prefix('”').unwrap_or(found.rest);
                        if rest != behind || again.labels != found.labels || !again.rest.is_empty() {
                            failures.push(format!("{text:?}: {:?} is left of it", found.rest));
                        }
                    }
                    found => failures.push(format!("{text:?} is not {meant:?} but {found:?}")),
                }
            }
        }
    }
    report(&failures);
}

#[test]
fn the_longest_label_wins() {
    let labels = labels();
    let mut pairs = 0;
    for (short, meant) in &labels {
        for (long, _) in labels.iter().filter(|(long, _)| long.len() > short.len() && long.starts_with(short))
        {
            let found = parse_label(long).expect("a label");
            assert_eq!(found.rest, "", "{long}");
            let only_short = labels.iter().all(|(label, other)| label != long || other != meant);
            assert!(!only_short || !found.labels.contains(meant), "{short} of {long}");
            pairs += 1;
        }
    }
    assert!(pairs > 10, "only {pairs} labels begin with another");
    let other = parse_label("其他").expect("a label");
    let handling = parse_label("其他处理").expect("a label");
    assert!(other.labels.iter().all(|label| !handling.labels.contains(label)));
    assert_eq!(parse_label("其他处").map(|found| (found.labels, found.rest)), Some((other.labels, "处")));
    assert_eq!(parse_label("其").map(|found| found.labels), None);
}
