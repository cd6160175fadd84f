//! Forms written as the extractor writes them, read back; damaged, read back; and noise.
//!
//! The writer here knows the form's own lists and the rules of the extractor, nothing of the reader:
//!
//! ```text
//! table = row*          maxc = the width of the page's table
//! row   = cell+ pad?    pad = "|" × (maxc − printed cells), where that is above 0; never on the last row
//! cell  = text " | "    a kept blank is a lone bar
//! ```

use std::fmt::{self, Write as _};

use allocation_counter::measure;
use gongkai::diagnostic::{Code, Language, TABLE};
use gongkai::document::{BlockKind, Document};
use gongkai::form::{
    Block, CellId, DisclosureMeasure, DisclosureRow, Figure, Indicator, Row, RowSpec, SchemaVersion, Table,
    Unit,
};
use gongkai::{Report, check, parse, parse_bytes};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The cases of a property; each parses a few thousand cells.
const CASES: u32 = 256;

fn config() -> ProptestConfig {
    ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() }
}

/// What a value cell shows, and how it must be read.
#[derive(Clone, PartialEq, Eq)]
pub struct Value {
    pub shown: String,
    state: &'static str,
    /// The number without its separators, in ASCII.
    number: String,
    unit: Option<Unit>,
}

/// Short, because a failing case prints two hundred of them.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown.escape_debug().to_string())
    }
}

impl Value {
    pub fn number(shown: String, number: String, unit: Option<Unit>) -> Self {
        Self { shown, state: "number", number, unit }
    }

    pub fn blank() -> Self {
        Self { shown: String::new(), state: "blank", number: String::new(), unit: None }
    }
}

/// `1234567` as `1,234,567`.
fn grouped(number: u64, comma: char) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(comma);
        }
        text.push(digit);
    }
    text
}

fn full_width(digits: &str) -> String {
    digits.chars().map(|c| char::from_u32('０' as u32 + (c as u32 - '0' as u32)).expect("a digit")).collect()
}

fn value() -> impl Strategy<Value = Value> {
    let number = prop_oneof![0_u64..10, 0_u64..100_000, 0_u64..1_000_000_000_000];
    let unit = select(Unit::ALL);
    let plain = |n: u64| Value::number(n.to_string(), n.to_string(), None);
    prop_oneof![
        12 => number.clone().prop_map(plain),
        6 => Just(plain(0)),
        5 => Just(Value::blank()),
        2 => (number.clone(), select(&[',', '，'][..]))
            .prop_map(|(n, comma)| Value::number(grouped(n, comma), n.to_string(), None)),
        1 => number.clone().prop_map(|n| Value::number(full_width(&n.to_string()), n.to_string(), None)),
        2 => (number.clone(), 0_u32..10_000).prop_map(|(n, f)| {
            let shown = format!("{n}.{f:04}");
            Value::number(shown.clone(), shown, None)
        }),
        1 => (1_u64..100_000).prop_map(|n| Value::number(format!("-{n}"), format!("-{n}"), None)),
        1 => (1_u64..100_000).prop_map(|n| Value::number(format!("+{n}"), n.to_string(), None)),
        2 => (number.clone(), unit, select(&["", " "][..])).prop_map(|(n, unit, space)| {
            Value::number(format!("{n}{space}{}", unit.label()), n.to_string(), Some(unit))
        }),
        1 => (number, select(&["(其中修订16件)", "（含上年结转）"][..]))
            .prop_map(|(n, remark)| Value::number(format!("{n}{remark}"), n.to_string(), None)),
        2 => select(&["—", "——", "/", "无", "不适用", "-", "－"][..]).prop_map(|mark| Value {
            shown: mark.to_owned(),
            state: "not_applicable",
            number: String::new(),
            unit: None,
        }),
    ]
}

fn version() -> impl Strategy<Value = SchemaVersion> {
    select(SchemaVersion::ALL)
}

/// A value for each cell of a version.
fn filled() -> impl Strategy<Value = (SchemaVersion, Vec<Value>)> {
    version().prop_flat_map(|version| (Just(version), vec(value(), version.cells().len())))
}

/// A number of its own for each cell, so that no two can be exchanged unseen.
fn numbered(version: SchemaVersion) -> Vec<Value> {
    let numbers = version.cells().iter().zip(1001_u64..);
    numbers
        .map(|(spec, n)| match spec.unit_from_source {
            true => Value::number(format!("{n}万元"), n.to_string(), Some(Unit::WanYuan)),
            false => Value::number(n.to_string(), n.to_string(), None),
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    OneCellALine,
    OneRowALine,
}

fn shape() -> impl Strategy<Value = Shape> {
    select(&[Shape::OneCellALine, Shape::OneRowALine][..])
}

/// A row as it will be printed.
struct Line {
    /// Labels, heads and units in front of the values.
    front: Vec<String>,
    /// Where its values stand among the cells of the version.
    cells: std::ops::Range<usize>,
}

/// A table of the page.
struct Grid {
    heading: &'static str,
    width: usize,
    lines: Vec<Line>,
}

/// The tables of a version as the circulars lay them out.
fn grids(version: SchemaVersion) -> Vec<Grid> {
    let tables = version.tables().iter();
    tables
        .map(|blocks| match blocks[0].table {
            Table::ActiveDisclosure => disclosure(version, blocks),
            Table::Requests => requests(version, &blocks[0]),
            Table::ReviewLitigation => review(version, &blocks[0]),
            Table::Statistics => statistics(version, &blocks[0]),
            table => panic!("{table} is new"),
        })
        .collect()
}

fn heads(texts: &[&str]) -> Line {
    Line { front: texts.iter().map(ToString::to_string).collect(), cells: 0..0 }
}

/// Where the cells of a row stand in its version.
fn range(version: SchemaVersion, row: Row) -> std::ops::Range<usize> {
    let cells = version.cells();
    let first = cells.iter().position(|spec| spec.id.row == row).expect("a row with cells");
    first..first + cells[first..].iter().take_while(|spec| spec.id.row == row).count()
}

fn disclosure(version: SchemaVersion, blocks: &[Block]) -> Grid {
    let mut lines = Vec::new();
    for block in blocks {
        lines.push(heads(&[block.banner.expect("a banner")]));
        let mut front = vec!["信息内容".to_owned()];
        front.extend(block.columns.iter().map(|column| match column.unit {
            Some(unit) => format!("{}（单位：{unit}）", column.label),
            None => column.label.to_owned(),
        }));
        lines.push(Line { front, cells: 0..0 });
        for row in block.rows {
            lines.push(Line { front: vec![row.label.to_owned()], cells: range(version, row.row) });
        }
    }
    Grid { heading: "二、主动公开政府信息情况", width: 4, lines }
}

fn requests(version: SchemaVersion, block: &Block) -> Grid {
    let mut lines = vec![
        heads(&["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"]),
        heads(&["自然人", "法人或其他组织", "总计"]),
        heads(&["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]),
    ];
    let mut group = None;
    for row in block.rows {
        let mut front = Vec::new();
        if row.number == "三(一)" {
            front.push("三、本年度办理结果".to_owned());
        }
        if row.group != group {
            group = row.group;
            front.extend(group.map(|label| format!("{}{label}", bracketed(row.number))));
        }
        front.push(numbered_label(row));
        lines.push(Line { front, cells: range(version, row.row) });
    }
    Grid { heading: "三、收到和处理政府信息公开申请情况", width: 10, lines }
}

/// `（三）` of `三(三)1`.
fn bracketed(number: &str) -> String {
    let inner = number.split(['(', ')']).nth(1).expect("a number in brackets");
    format!("（{inner}）")
}

/// The label with the last part of its number, and its note.
fn numbered_label(row: &RowSpec) -> String {
    let number = match row.number.rsplit_once(')') {
        Some((_, "")) => bracketed(row.number),
        Some((_, digit)) => format!("{digit}."),
        None if row.number.is_empty() => String::new(),
        None if row.number == "其中" => "其中：".to_owned(),
        None if row.number.is_ascii() => format!("{}.", row.number),
        None => format!("{}、", row.number),
    };
    let note = row.note.map(|note| format!("（{note}）")).unwrap_or_default();
    format!("{number}{}{note}", row.label)
}

fn review(version: SchemaVersion, block: &Block) -> Grid {
    let outcomes: Vec<&str> = block.columns.iter().map(|column| column.label).collect();
    let [review, direct, after] = block.rows else { panic!("three proceedings") };
    let first = range(version, review.row).start;
    let lines = vec![
        heads(&[review.label, "行政诉讼"]),
        heads(&[&outcomes[..], &[direct.label, after.label]].concat()),
        heads(&[&outcomes[..], &outcomes[..]].concat()),
        Line { front: Vec::new(), cells: first..first + 15 },
    ];
    Grid { heading: "四、政府信息公开行政复议、行政诉讼情况", width: 15, lines }
}

fn statistics(version: SchemaVersion, block: &Block) -> Grid {
    let mut lines = vec![heads(&["统计指标", "单位", "统计数"])];
    for row in block.rows {
        let label = numbered_label(row);
        lines.push(match row.unit {
            Some(unit) => {
                Line { front: vec![label, unit.label().to_owned()], cells: range(version, row.row) }
            }
            None => Line { front: vec![label, "—".to_owned(), "—".to_owned()], cells: 0..0 },
        });
    }
    Grid { heading: "政府信息公开情况统计表", width: 3, lines }
}

/// Prints a row: its cells, a kept blank as a lone bar, and its pad.
fn print_row(page: &mut String, shape: Shape, cells: &[&str], pad: usize) {
    match shape {
        Shape::OneCellALine => {
            for cell in cells {
                let _ = if cell.is_empty() { writeln!(page, "|") } else { writeln!(page, "{cell} |") };
            }
            if pad > 0 {
                let _ = writeln!(page, "{}", "|".repeat(pad));
            }
        }
        Shape::OneRowALine => {
            let cells: Vec<String> = cells
                .iter()
                .map(|cell| if cell.is_empty() { "|".to_owned() } else { format!("{cell} |") })
                .collect();
            let mut row = cells.join(" ");
            if pad > 0 {
                row.push(' ');
                row.push_str(&"|".repeat(pad));
            }
            let _ = writeln!(page, "{row}");
        }
    }
}

/// What to do to one value cell while printing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Damage {
    /// Its text and its bar are lost; the pad is what it was.
    Lost,
    /// Printed twice.
    Twice,
    /// Its bar is lost, so that it runs into the next cell or line.
    NoBar,
    /// Text with a digit that is no figure.
    NoFigure,
    /// A word without a digit.
    Word,
    /// More digits than can be kept.
    Overflow,
    /// Half of a figure behind white space: `12 34`.
    Split,
}

const DAMAGES: &[Damage] = &[
    Damage::Lost,
    Damage::Twice,
    Damage::NoBar,
    Damage::NoFigure,
    Damage::Word,
    Damage::Overflow,
    Damage::Split,
];

/// Stands for a blank that the extractor drops.
const DROPPED: &str = "\u{2}";

/// The page: title, prose, and the tables of the version with `values`.
pub fn print(
    version: SchemaVersion,
    values: &[Value],
    shape: Shape,
    damage: Option<(usize, Damage)>,
) -> String {
    let mut page = String::from("某某局年度政府信息公开工作年度报告\n一、总体情况\n例文。\n");
    for grid in grids(version) {
        let _ = writeln!(page, "{}", grid.heading);
        let last = grid.lines.len() - 1;
        for (at, line) in grid.lines.iter().enumerate() {
            let mut cells: Vec<String> = line.front.clone();
            let mut printed = cells.len();
            for cell in line.cells.clone() {
                let shown = values[cell].shown.clone();
                if shown == DROPPED {
                    continue;
                }
                printed += 1;
                match damage.filter(|(damaged, _)| *damaged == cell).map(|(_, damage)| damage) {
                    None => cells.push(shown),
                    Some(Damage::Lost) => {}
                    Some(Damage::Twice) => cells.extend([shown.clone(), shown]),
                    // The bar is taken out below.
                    Some(Damage::NoBar) => cells.push(format!("{shown}\u{1}")),
                    Some(Damage::NoFigure) => cells.push(format!("约{shown}多")),
                    Some(Damage::Word) => cells.push("若干".to_owned()),
                    Some(Damage::Overflow) => cells.push("9".repeat(40)),
                    Some(Damage::Split) => cells.push(format!("5{shown} 5")),
                }
            }
            let pad = if at == last { 0 } else { grid.width - printed };
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            // A row without a cell vanishes.
            if !cells.is_empty() {
                print_row(&mut page, shape, &cells, pad);
            }
        }
        page.push_str("例文。\n");
    }
    page.replace("\u{1} |", "")
}

/// Whether nothing tells the last blank of a row from a pad: a blank at the end of a row, with no pad behind it.
pub fn ambiguous(version: SchemaVersion, values: &[Value]) -> Vec<bool> {
    let mut open = vec![false; values.len()];
    for grid in grids(version) {
        let last = grid.lines.len() - 1;
        for (at, line) in grid.lines.iter().enumerate().filter(|(_, line)| !line.cells.is_empty()) {
            let padded = at < last && line.front.len() + line.cells.len() < grid.width;
            let blank = values[line.cells.end - 1].state == "blank";
            open[line.cells.clone()].fill(blank && !padded);
        }
    }
    open
}

/// The unit a cell has where it names none itself.
fn unit_of_form(version: SchemaVersion, id: CellId) -> Option<Unit> {
    let (block, row) = version.row(id.row).expect("a row of the version");
    let column = block.columns.iter().find(|column| column.column == id.column).expect("a column");
    row.unit.or(column.unit)
}

/// Checks that the cell is `value`, at the very bytes that show it.
fn check_cell(report: &Report<'_>, id: CellId, value: &Value) -> Result<(), TestCaseError> {
    let form = report.form().expect("a form");
    let cell = form.get(id).expect("a cell of the version");
    prop_assert_eq!(cell.figure().state(), value.state, "{}", id);
    if let Figure::Number(number) = cell.figure() {
        prop_assert_eq!(number.to_string(), &value.number[..], "{}", id);
    }
    let span = cell.span().expect("a cell that is not missing");
    prop_assert_eq!(report.text(span), &value.shown, "{}", id);
    prop_assert_eq!(cell.unit(), value.unit.or(unit_of_form(form.version(), id)), "{}", id);
    Ok(())
}

/// Whether a finding says that the cell is in doubt.
fn is_named(report: &Report<'_>, id: CellId) -> bool {
    report.diagnostics().iter().any(|finding| finding.cells().contains(&id))
}

fn verify(report: &Report<'_>) -> Result<(), TestCaseError> {
    report.verify().map_err(|violation| TestCaseError::fail(violation.to_string()))?;
    for finding in check(report) {
        prop_assert!(report.source_text().get(finding.span().unwrap_or_default().range()).is_some());
        let message = finding.message(Language::Chinese);
        prop_assert!(!message.contains(['{', '}']), "{}", message);
    }
    Ok(())
}

/// Checks the one promise: a figure is the one printed, or a finding names its cell.
fn right_or_named(
    report: &Report<'_>,
    version: SchemaVersion,
    values: &[Value],
) -> Result<(), TestCaseError> {
    for form in report.forms() {
        for (spec, cell) in form.cells() {
            let value = version.position(spec.id).map(|at| &values[at]);
            let right = value.is_some_and(|value| match cell.figure() {
                Figure::Number(number) => value.state == "number" && number.to_string() == value.number,
                figure => figure.state() == value.state,
            });
            prop_assert!(
                right || is_named(report, spec.id),
                "{} is {:?} without a word, and was {:?}",
                spec.id,
                cell.figure(),
                value
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    /// What was printed is what is read, in both shapes.
    #[test]
    fn a_form_reads_back((version, values) in filled(), shape in shape()) {
        let page = print(version, &values, shape, None);
        let report = parse(&page).expect("within the limit");
        verify(&report)?;
        prop_assert_eq!(report.forms().len(), 1);
        let form = report.form().expect("a form");
        prop_assert_eq!(form.version(), version);
        let ambiguous = ambiguous(version, &values);
        let mut open = 0;
        for (at, (spec, cell)) in form.cells().enumerate() {
            if ambiguous[at] && cell.figure() == Figure::Missing {
                prop_assert!(is_named(&report, spec.id), "{} is open without a word", spec.id);
                open += 1;
            } else {
                check_cell(&report, spec.id, &values[at])?;
            }
        }
        // Findings are about what was printed, and about nothing else.
        for finding in report.diagnostics() {
            let wanted = match finding.code() {
                Code::POSITION_LOST => open > 0,
                Code::VALUE_REMARK => values.iter().any(|value| value.shown.contains(['(', '（'])),
                Code::UNIT_DIFFERS => values.iter().any(|value| value.unit.is_some()),
                Code::UNIT_UNSTATED => version == SchemaVersion::V2019,
                code if code.as_str() == "negative-figure" => {
                    values.iter().any(|value| value.number.starts_with('-'))
                }
                _ => false,
            };
            prop_assert!(wanted, "{}", finding);
        }
    }

    /// Whatever the values and the damage, a cell is right or named by a finding.
    #[test]
    fn no_damage_misleads(
        (version, values) in filled(),
        shape in shape(),
        cell in any::<Index>(),
        damage in select(DAMAGES),
    ) {
        let damaged = cell.index(values.len());
        let page = print(version, &values, shape, Some((damaged, damage)));
        let report = parse(&page).expect("within the limit");
        verify(&report)?;
        right_or_named(&report, version, &values)?;
    }

    /// Blanks that the extractor drops: only the pad counts them, and nothing tells which they were.
    #[test]
    fn dropped_blanks_are_never_misplaced(
        (version, values) in filled(),
        shape in shape(),
        dropped in vec(any::<bool>(), 200),
    ) {
        let values: Vec<Value> = values
            .into_iter()
            .zip(dropped)
            .map(|(value, dropped)| match value.state {
                "blank" if dropped => Value { shown: DROPPED.to_owned(), ..value },
                _ => value,
            })
            .collect();
        let page = print(version, &values, shape, None);
        let report = parse(&page).expect("within the limit");
        verify(&report)?;
        right_or_named(&report, version, &values)?;
    }

    /// Any text: no panic, and every invariant of a report.
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        verify(&parse(&text).expect("within the limit"))?;
    }

    /// Any bytes: a report that holds, or an error.
    #[test]
    fn any_bytes_are_read(bytes in vec(any::<u8>(), 0..512)) {
        if let Ok(report) = parse_bytes(&bytes) {
            verify(&report)?;
        }
    }

    /// Pieces of the form in any order: what no report looks like, and every recogniser meets.
    #[test]
    fn any_pieces_are_read(text in soup()) {
        let report = parse(&text).expect("within the limit");
        verify(&report)?;
        for finding in report.diagnostics() {
            prop_assert!(TABLE.iter().any(|entry| entry.code == finding.code()));
            prop_assert!(finding.cells().len() <= MOST_CELLS, "{finding} names {} cells", finding.cells().len());
        }
    }

    /// Twice the input is at most twice the work: tokens, findings, allocations and their bytes.
    #[test]
    fn work_grows_with_the_input(text in soup()) {
        linear(&text)?;
    }
}

/// The cells of a column of table 三, the most that one finding of doubt may name.
const MOST_CELLS: usize = 25;

/// Labels, heads, figures, bars and line ends, in any order.
fn soup() -> impl Strategy<Value = String> {
    let mut pieces: Vec<String> =
        ["|", "||", "|||", " | ", " |\n", "\n", "\n", "0 |", "3", "1,234", "—", "约3件", "无 |", " "]
            .iter()
            .chain(&[
                "（",
                "）",
                "其中：",
                "一、",
                "（三）",
                "1.",
                "填报日期：",
                "2019年1月3日",
                "。",
                "小计 |",
                "续表 |",
                "代码 |",
            ])
            .chain(&[
                "三、本年度办理结果 | ",
                "信息内容 | ",
                "申请人情况 | ",
                "\u{3000}",
                "\r\n",
                "类别 | ",
                "行政诉讼 | ",
                "若干 | ",
            ])
            .map(ToString::to_string)
            .collect();
    for block in SchemaVersion::ALL.iter().flat_map(|version| version.blocks()) {
        pieces.extend(block.banner.map(|banner| format!("{banner} | |||\n")));
        for row in block.rows {
            pieces.push(format!("{} | ", row.label));
            pieces.push(format!("{} |\n", numbered_label(row)));
        }
        pieces.extend(block.columns.iter().map(|column| format!("{} | ", column.label)));
    }
    let rows = SchemaVersion::ALL
        .iter()
        .map(|&version| print(version, &numbered(version), Shape::OneRowALine, None));
    let rows: Vec<String> =
        rows.flat_map(|page| page.split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>()).collect();
    // As many bars and figures as labels, else there are no rows.
    let common: Vec<String> = pieces[..34].to_vec();
    vec(prop_oneof![4 => select(common), 3 => select(pieces), 2 => select(rows)], 1..120)
        .prop_map(|pieces| pieces.concat())
}

/// What it takes to parse `text`: allocations, their bytes, tokens and findings.
fn work(text: &str) -> [u64; 4] {
    let mut counts = (0, 0);
    let info = measure(|| {
        let report = parse(text).expect("within the limit");
        let tables = report.document().blocks().iter().filter(|block| block.kind() == BlockKind::Table);
        let tokens: usize = tables.map(|block| report.document().tokens(block).len()).sum();
        counts = (tokens, report.diagnostics().len());
    });
    [info.count_total, info.bytes_total, counts.0 as u64, counts.1 as u64]
}

fn rows_of_all_forms() -> u64 {
    SchemaVersion::ALL.iter().flat_map(|version| version.blocks()).map(|block| block.rows.len() as u64).sum()
}

fn linear(text: &str) -> Result<(), TestCaseError> {
    // The tables that all parses share are built on first use.
    let _ = work(text);
    let [four, eight, sixteen] = [4, 8, 16].map(|copies| work(&text.repeat(copies)));
    // Memory comes in steps, one of which may fall on either side of a doubling.
    for (at, (what, slack)) in [("allocations", 64), ("bytes", 65_536)].into_iter().enumerate() {
        for (half, whole) in [(four[at], eight[at]), (eight[at], sixteen[at])] {
            prop_assert!(whole <= 2 * half + slack, "{}: {} and then {} for {:?}", what, half, whole, text);
        }
    }
    // Eight copies more give twice what four copies more do; the first copy may be read otherwise than those behind it.
    // What looks like a table without bars is one where there is enough of it; and what speaks for another version of the
    // form brings in that version where it is the majority, with one finding for each row that is not there.
    for (at, (what, slack)) in [(2, ("tokens", 64)), (3, ("findings", rows_of_all_forms()))] {
        let (last, next) = (eight[at].saturating_sub(four[at]), sixteen[at].saturating_sub(eight[at]));
        prop_assert!(next <= 2 * last + slack, "{}: {} and then {} for {:?}", what, last, next, text);
    }
    Ok(())
}

/// The same for whole reports, and for what could tempt a parser to look back: many heads, open brackets, bars alone.
#[test]
fn work_grows_with_hostile_input() {
    let mut inputs: Vec<String> = Vec::new();
    for &version in SchemaVersion::ALL {
        for shape in [Shape::OneCellALine, Shape::OneRowALine] {
            inputs.push(print(version, &numbered(version), shape, None));
        }
    }
    for piece in [
        "|",
        "||| | ",
        "（",
        "规章 | （",
        "一、一、",
        "年月日",
        "1,111,",
        "其中",
        "行政复议 | ",
        "总计 |\n",
        "填报单位：",
        "\n",
    ] {
        inputs.push(piece.repeat(400));
    }
    for input in inputs {
        if let Err(error) = linear(&input) {
            panic!("{error}");
        }
    }
}

/// A document is cut in one pass as well.
#[test]
fn a_page_has_as_many_tokens_as_cells_and_pads() {
    for &version in SchemaVersion::ALL {
        let values = numbered(version);
        let wanted: usize = grids(version)
            .iter()
            .map(|grid| {
                let last = grid.lines.len() - 1;
                let lines = grid.lines.iter().enumerate();
                lines
                    .map(|(at, line)| {
                        let cells = line.front.len() + line.cells.len();
                        cells + usize::from(at < last && cells < grid.width)
                    })
                    .sum::<usize>()
            })
            .sum();
        for shape in [Shape::OneCellALine, Shape::OneRowALine] {
            let page = print(version, &values, shape, None);
            let document = Document::scan(&page);
            let tokens: usize = document.blocks().iter().map(|block| document.tokens(block).len()).sum();
            assert_eq!(tokens, wanted, "{version} {shape:?}");
        }
    }
}

/// A damaged cell costs its own row at most, and says so: every cell of every version, in both shapes.
#[test]
fn damage_stays_in_its_row() {
    let mut failures = Vec::new();
    for &version in SchemaVersion::ALL {
        let values = numbered(version);
        for shape in [Shape::OneCellALine, Shape::OneRowALine] {
            for damaged in 0..values.len() {
                for &damage in DAMAGES {
                    if let Err(error) = check_damage(version, &values, shape, damaged, damage) {
                        let id = version.cells()[damaged].id;
                        failures.push(format!("{version}, {shape:?}, {id} {damage:?}: {error}"));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} cells:\n{}", failures.len(), failures.join("\n"));
}

fn check_damage(
    version: SchemaVersion,
    values: &[Value],
    shape: Shape,
    damaged: usize,
    damage: Damage,
) -> Result<(), TestCaseError> {
    let page = print(version, values, shape, Some((damaged, damage)));
    let report = parse(&page).expect("within the limit");
    verify(&report)?;
    if damage == Damage::NoBar {
        // A line without a bar is prose: the table falls into two, and the second begins without its heads.
        return right_or_named(&report, version, values);
    }
    let form = report.form().expect("a form");
    prop_assert_eq!(form.version(), version);
    let row = grids(version).into_iter().flat_map(|grid| grid.lines);
    let row = row.map(|line| line.cells).find(|cells| cells.contains(&damaged)).expect("a row");
    let alone = matches!(damage, Damage::NoFigure | Damage::Overflow | Damage::Split);
    for (at, (spec, cell)) in form.cells().enumerate() {
        let affected = if alone { at == damaged } else { row.contains(&at) };
        if affected {
            let state = if alone { "text" } else { "missing" };
            prop_assert_eq!(cell.figure().state(), state, "{}", spec.id);
        } else {
            check_cell(&report, spec.id, &values[at])?;
        }
        prop_assert_eq!(is_named(&report, spec.id), affected, "{}", spec.id);
    }
    // Table 四 is one row of three proceedings.
    let rows = if row.len() == 15 { 3 } else { 1 };
    let wanted = match damage {
        Damage::Lost => vec![Code::POSITION_LOST; rows],
        Damage::Twice => vec![Code::SURPLUS_CELLS; rows],
        Damage::NoFigure | Damage::Split => vec![Code::NOT_A_FIGURE],
        Damage::Overflow => vec![Code::FIGURE_OVERFLOW],
        // Whether a row that is none of the form's follows depends on what stands behind the word.
        Damage::Word | Damage::NoBar => return Ok(()),
    };
    let codes: Vec<Code> = report.diagnostics().iter().map(|finding| finding.code()).collect();
    prop_assert_eq!(codes, wanted);
    Ok(())
}

/// A line lost, printed twice, or run into the next: no figure changes its place unseen.
#[test]
fn a_damaged_line_moves_no_figure() {
    let mut failures = Vec::new();
    for &version in SchemaVersion::ALL {
        let values = numbered(version);
        for shape in [Shape::OneCellALine, Shape::OneRowALine] {
            let page = print(version, &values, shape, None);
            let lines: Vec<&str> = page.split_inclusive('\n').collect();
            for at in 0..lines.len() {
                let (before, line, after) = (lines[..at].concat(), lines[at], lines[at + 1..].concat());
                let bare = line.trim_end_matches('\n');
                for (fault, text) in [
                    ("lost", format!("{before}{after}")),
                    ("doubled", format!("{before}{line}{line}{after}")),
                    ("joined to the next", format!("{before}{bare} {after}")),
                    (
                        "without its last bar",
                        format!("{before}{}\n{after}", bare.trim_end_matches(['|', ' '])),
                    ),
                ] {
                    let report = parse(&text).expect("within the limit");
                    if let Err(error) =
                        verify(&report).and_then(|()| right_or_named(&report, version, &values))
                    {
                        failures.push(format!("{version}, {shape:?}, {line:?} {fault}: {error}"));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} lines:\n{}", failures.len(), failures.join("\n"));
}

/// The last blank of a row without a pad is left open, the blanks before it are not.
#[test]
fn a_lone_bar_at_the_end_is_left_open() {
    for shape in [Shape::OneCellALine, Shape::OneRowALine] {
        let version = SchemaVersion::V2021;
        for (blank, open) in [(0, false), (1, false), (2, true)] {
            let mut values = numbered(version);
            values[blank] = Value::blank();
            let page = print(version, &values, shape, None);
            let report = parse(&page).expect("within the limit");
            let form = report.form().expect("a form");
            let states: Vec<&str> = form.cells().take(3).map(|(_, cell)| cell.figure().state()).collect();
            let named = report.diagnostics().iter().filter(|finding| finding.code() == Code::POSITION_LOST);
            assert_eq!(named.map(|finding| finding.cells().len()).sum::<usize>(), if open { 3 } else { 0 });
            let mut wanted = ["number"; 3];
            wanted[blank] = "blank";
            assert_eq!(states, if open { ["missing"; 3] } else { wanted }, "{shape:?}");
        }
    }
}

/// Table 四 has 15 figures and no pad: a bar behind the fifteenth, on their own line, is a sixteenth cell.
#[test]
fn a_bar_behind_fifteen_figures_of_one_line_is_a_cell_too_many() {
    let mut values = numbered(SchemaVersion::V2021);
    *values.last_mut().expect("cells") = Value::blank();
    let damaged = values.len() - 14;
    let page = print(SchemaVersion::V2021, &values, Shape::OneRowALine, Some((damaged, Damage::Twice)));
    let report = parse(&page).expect("within the limit");
    if let Err(error) = right_or_named(&report, SchemaVersion::V2021, &values) {
        panic!("{error}");
    }
}

/// Table 四 in one line that begins with a blank: a bar in front of the first figure.
#[test]
fn blanks_at_the_start_of_a_line_are_cells() {
    let version = SchemaVersion::V2021;
    for shape in [Shape::OneCellALine, Shape::OneRowALine] {
        for blanks in 0..15 {
            let mut values = numbered(version);
            let first = values.len() - 15;
            values[first..first + blanks].fill(Value::blank());
            // Behind the blanks a figure that is more than digits.
            let next = &mut values[first + blanks];
            *next = Value::number(grouped(1234, ','), "1234".to_owned(), None);
            let page = print(version, &values, shape, None);
            let report = parse(&page).expect("within the limit");
            for (spec, value) in version.cells().iter().zip(&values).skip(first) {
                if let Err(error) = check_cell(&report, spec.id, value) {
                    panic!("{shape:?}, {blanks} blanks: {error}");
                }
            }
        }
    }
}

/// Of two rows with one wording the one that comes next is meant, whatever stands between it and the last known row.
#[test]
fn an_unknown_row_does_not_turn_back_the_form() {
    let page = "统计指标 | 单位 | 统计数 |\n五、行政诉讼数量 | 件 | 9 |\n（一）驳回起诉数 | 件 | 2 |\n（二）被依法纠错数 | 件 | 7 |\n";
    let report = parse(page).expect("within the limit");
    let form = report.form().expect("a form");
    let state = |row: Indicator| form.get(row).expect("a cell").figure();
    assert_eq!(state(Indicator::ReviewsCorrected), Figure::Missing, "the table has no reviews at all");
    assert_eq!(state(Indicator::LitigationCorrected), Figure::Number(7.into()));
}

/// The unit in the head of one column is that column's alone.
#[test]
fn the_unit_of_a_head_is_that_of_its_column() {
    let page = "第二十条第（九）项 | ||\n信息内容 | 采购项目数量 | 采购总金额（单位：万元） |\n政府集中采购 | 3 | 120.5 |\n";
    let report = parse(page).expect("within the limit");
    let table = report.form().and_then(|form| form.disclosure()).expect("table 二");
    let row = DisclosureRow::GovernmentProcurement;
    let unit = |column| table.get(row, column).expect("a cell").unit();
    assert_eq!(unit(DisclosureMeasure::ProcurementAmount), Some(Unit::WanYuan));
    assert_eq!(unit(DisclosureMeasure::ProcurementProjects), None, "a count has no unit of money");
}
