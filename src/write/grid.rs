//! The tables of a form as the circulars lay them out: rows of cells, some of which span several columns or rows.
//!
//! Wording, order and numbering come from the lists of [`form`](crate::form); here stands only which cell spans what.

use super::error::{Reason, WriteError};
use crate::classify::{Content, classify};
use crate::form::{
    Block, Cell, CellId, ColumnSpec, Figure, Form, Head, Row, RowGroup, RowSpec, SchemaVersion, Table, Unit,
};
use crate::grammar::figure::read_figure;
use crate::grammar::is_space;
use crate::span::Span;

/// What a cell of a [`Grid`] is.
///
/// ```
/// use gongkai::form::{Figure, Form, Indicator, Row, SchemaVersion};
/// use gongkai::write::{Entry, grids};
///
/// let form = Form::from_cells(SchemaVersion::V2014, [(Indicator::Complaints.into(), Figure::Number(12.into()), None)]);
/// let row = grids(&form)?[0].rows().last().unwrap().to_vec(); // 六、举报投诉数量 | 件 | 12 |
/// let complaints = Row::Indicator(Indicator::Complaints);
/// let entries: Vec<_> = row.iter().map(|cell| cell.entry()).collect();
/// assert_eq!(entries, [Entry::Label(complaints), Entry::Unit(complaints), Entry::Figure(Indicator::Complaints.into())]);
/// # Ok::<(), gongkai::write::WriteError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Entry {
    /// A banner of table 二, such as 第二十条第（一）项.
    Banner,
    /// A head above columns or labels.
    Head,
    /// The label of a group of rows, such as （三）不予公开.
    Group,
    /// The label of a row.
    Label(Row),
    /// The unit of a row of the pre-2019 table.
    Unit(Row),
    /// A figure, which may be blank.
    Figure(CellId),
}

/// A cell of a [`Grid`].
///
/// ```
/// use gongkai::form::{DisclosureMeasure, DisclosureRow, Figure, Form, SchemaVersion};
/// use gongkai::write::grids;
///
/// let decisions = (DisclosureRow::Licensing, DisclosureMeasure::Decisions); // 行政许可
/// let form = Form::from_cells(SchemaVersion::V2021, [(decisions.into(), Figure::Blank, None)]);
/// let grids = grids(&form)?;
/// let banner = &grids[0].rows().next().unwrap()[0];
/// assert_eq!((banner.text(), banner.columns()), ("第二十条第（五）项", grids[0].width()));
/// assert_eq!(grids[0].rows().last().unwrap()[1].text(), ""); // blank
/// # Ok::<(), gongkai::write::WriteError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GridCell {
    entry: Entry,
    text: String,
    columns: usize,
    rows: usize,
}

impl GridCell {
    pub(super) fn new(entry: Entry, text: impl Into<String>) -> Self {
        Self { entry, text: text.into(), columns: 1, rows: 1 }
    }

    fn over(self, columns: usize, rows: usize) -> Self {
        Self { columns, rows, ..self }
    }

    /// What it is.
    #[must_use]
    pub const fn entry(&self) -> Entry {
        self.entry
    }

    /// Its wording or figure on one line; empty for a blank.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Over how many columns it spans, itself included.
    #[must_use]
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// Over how many rows it spans, itself included.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }
}

/// A table of a form, laid out.
///
/// ```
/// use gongkai::form::{DisclosureMeasure, DisclosureRow, Figure, Form, SchemaVersion};
/// use gongkai::write::{Entry, grids};
///
/// let fees = (DisclosureRow::AdministrativeFees, DisclosureMeasure::FeesCollected);
/// let form = Form::from_cells(SchemaVersion::V2021, [(fees.into(), Figure::Number(8.into()), None)]);
/// let [table] = &grids(&form)?[..] else { panic!() };
/// let texts: Vec<Vec<&str>> = table.rows().map(|row| row.iter().map(|cell| cell.text()).collect()).collect();
/// assert_eq!(texts[1], ["信息内容", "本年收费金额（单位：万元）"]);
/// assert_eq!(texts[2], ["行政事业性收费", "8"]);
/// assert_eq!((table.width(), table.rows().next().unwrap()[0].columns()), (2, 2));
/// # Ok::<(), gongkai::write::WriteError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grid {
    version: SchemaVersion,
    table: Table,
    width: usize,
    rows: Vec<Vec<GridCell>>,
}

impl Grid {
    /// The version of the form.
    #[must_use]
    pub const fn version(&self) -> SchemaVersion {
        self.version
    }

    /// The table.
    #[must_use]
    pub const fn table(&self) -> Table {
        self.table
    }

    /// How many columns it has.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Its rows; a cell that spans several rows stands in the first of them.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[GridCell]> {
        self.rows.iter().map(Vec::as_slice)
    }
}

/// The tables of a form, without the rows and tables that are missing altogether.
///
/// # Errors
///
/// A cell that is missing in a row that has others; one whose unit or text cannot be printed.
///
/// ```
/// use gongkai::form::{Figure, Form, Proceeding, ReviewOutcome, SchemaVersion};
/// use gongkai::write::grids;
///
/// assert!(grids(&Form::from_cells(SchemaVersion::V2021, []))?.is_empty());
///
/// // One figure of 行政复议, and none of the other four in its row.
/// let upheld = (Proceeding::AdministrativeReview, ReviewOutcome::Upheld);
/// let form = Form::from_cells(SchemaVersion::V2021, [(upheld.into(), Figure::Number(3.into()), None)]);
/// assert!(grids(&form).is_err());
/// # Ok::<(), gongkai::write::WriteError>(())
/// ```
pub fn grids(form: &Form) -> Result<Vec<Grid>, WriteError> {
    grids_of(form, &|_| None)
}

/// The tables of a form whose cells stand in the text that `text_of` cuts.
pub(super) fn grids_of<'t>(
    form: &Form,
    text_of: &dyn Fn(Span) -> Option<&'t str>,
) -> Result<Vec<Grid>, WriteError> {
    let version = form.version();
    let mut grids = Vec::new();
    for blocks in version.tables() {
        let Some(table) = blocks.first().map(|block| block.table) else { continue };
        let mut parts: Vec<Part> = blocks.iter().map(Part::of).collect();
        let foreign = foreign_rows(form).filter(|(_, row)| row.row.table() == table);
        for (block, row) in foreign {
            // A row of another version stands under the heads of its own block, or under like ones.
            let part = parts.iter_mut().find(|part| alike(part.block, block));
            match part {
                Some(part) => part.rows.push(row),
                None => parts.push(Part { block, rows: vec![row] }),
            }
        }
        let mut filled = Vec::new();
        for mut part in parts {
            part.rows.sort_by_key(|row| row.row);
            filled.push(Filled::of(form, &part, text_of)?);
        }
        filled.retain(|block| block.rows.iter().any(|row| !row.figures.is_empty()));
        let grid = match (table, &filled[..]) {
            (_, []) => continue,
            (Table::ActiveDisclosure, blocks) => disclosure(blocks),
            (Table::Requests, [block, ..]) => requests(block),
            (Table::ReviewLitigation, [block, ..]) => review(block),
            (Table::Statistics, [block, ..]) => statistics(block),
        };
        let width =
            |row: &Vec<GridCell>| row.iter().fold(0_usize, |sum, cell| sum.saturating_add(cell.columns));
        // The rows of figures of every table have no cell above them that reaches down.
        let width = grid.iter().map(width).max().unwrap_or_default();
        grids.push(Grid { version, table, width, rows: grid });
    }
    Ok(grids)
}

/// A block and those of its rows that are to be printed.
struct Part {
    block: &'static Block,
    rows: Vec<&'static RowSpec>,
}

impl Part {
    fn of(block: &'static Block) -> Self {
        Self { block, rows: block.rows.iter().collect() }
    }
}

/// The rows of other versions that the form has, each with its block.
fn foreign_rows(form: &Form) -> impl Iterator<Item = (&'static Block, &'static RowSpec)> {
    let mut last = None;
    form.foreign_cells().filter_map(move |(spec, _)| {
        let new = last.replace(spec.id.row) != Some(spec.id.row);
        new.then(|| SchemaVersion::ALL.iter().find_map(|version| version.row(spec.id.row))).flatten()
    })
}

/// Whether two blocks have the same columns under the same banner.
fn alike(a: &Block, b: &Block) -> bool {
    (a.table, a.item) == (b.table, b.item)
        && a.columns.len() == b.columns.len()
        && a.columns.iter().zip(b.columns).all(|(a, b)| a.column == b.column)
}

/// A block with its figures as they are printed.
struct Filled {
    block: &'static Block,
    /// Heads of the columns, with the unit of amounts.
    heads: Vec<String>,
    rows: Vec<FilledRow>,
}

struct FilledRow {
    spec: &'static RowSpec,
    unit: Option<Unit>,
    /// None for a heading and for a row that is missing.
    figures: Vec<GridCell>,
}

impl Filled {
    fn of<'t>(
        form: &Form,
        part: &Part,
        text_of: &dyn Fn(Span) -> Option<&'t str>,
    ) -> Result<Self, WriteError> {
        let block = part.block;
        let cell = |row: &RowSpec, column: &ColumnSpec| {
            let id = CellId { row: row.row, column: column.column };
            form.get(id).map(|cell| (id, cell)).filter(|_| !row.heading)
        };
        let mut heads = Vec::new();
        let mut units = Vec::new();
        for column in block.columns {
            // The head names the unit of amounts, the row that of the pre-2019 table.
            let mut cells = part.rows.iter().filter_map(|row| cell(row, column));
            let shown = if column.amount { cells.find_map(|(_, cell)| cell.unit()) } else { None };
            heads.push(match shown {
                Some(unit) => format!("{}（单位：{unit}）", column.label),
                None => column.label.to_owned(),
            });
            units.push(shown.or(column.unit));
        }
        let mut rows = Vec::new();
        let mut before = None;
        for &spec in &part.rows {
            let cells: Vec<(CellId, &Cell)> =
                block.columns.iter().filter_map(|column| cell(spec, column)).collect();
            let is_missing = |(_, cell): &(CellId, &Cell)| cell.figure() == Figure::Missing;
            let mut figures = Vec::new();
            let unit = cells.first().and_then(|(_, cell)| cell.unit());
            if !cells.iter().all(is_missing) {
                if let Some((id, _)) = cells.first().filter(|_| !is_told(block, before, spec)) {
                    return Err(WriteError::new(*id, Reason::Label));
                }
                before = Some(spec.row);
                for ((id, cell), column_unit) in cells.into_iter().zip(&units) {
                    let place = if spec.unit.is_some() { unit } else { *column_unit };
                    let figure = figure_of(cell, place, text_of)
                        .filter(|_| spec.unit.is_none() || unit.is_some())
                        .ok_or(Reason::Unit);
                    let figure = figure.map_err(|reason| match cell.figure() {
                        Figure::Missing => Reason::Missing,
                        Figure::Text => Reason::Text,
                        _ => reason,
                    });
                    let text = figure.map_err(|reason| WriteError::new(id, reason))?;
                    figures.push(GridCell::new(Entry::Figure(id), text));
                }
            }
            rows.push(FilledRow { spec, unit, figures });
        }
        Ok(Self { block, heads, rows })
    }

    fn present(&self) -> impl Iterator<Item = &FilledRow> {
        self.rows.iter().filter(|row| !row.figures.is_empty())
    }

    fn head(&self) -> impl Iterator<Item = GridCell> {
        self.heads.iter().map(|head| GridCell::new(Entry::Head, head))
    }
}

/// Whether its label tells which row it is, with the row that is printed before it: 被依法纠错数 stands in the form twice.
fn is_told(block: &Block, before: Option<Row>, spec: &RowSpec) -> bool {
    let mut twins = block.rows.iter().filter(|row| row.row != spec.row && row.label == spec.label);
    twins.all(|twin| before.is_some_and(|before| twin.row <= before || spec.row < twin.row))
}

/// How the figure of a cell is printed where its place shows the unit `place`; `None` where that would change it.
fn figure_of<'t>(
    cell: &Cell,
    place: Option<Unit>,
    text_of: &dyn Fn(Span) -> Option<&'t str>,
) -> Option<String> {
    let shown = match (cell.figure(), cell.unit().filter(|unit| Some(*unit) != place)) {
        (Figure::Number(number), Some(unit)) => format!("{number}{unit}"),
        (Figure::Number(number), None) => number.to_string(),
        (Figure::Blank, _) => String::new(),
        (Figure::NotApplicable, _) => NOT_APPLICABLE.to_owned(),
        (Figure::Text, _) => one_line(text_of(cell.span()?)?),
        (Figure::Missing, _) => return None,
    };
    let reading = read_figure(&shown);
    let value = cell.figure() == Figure::Blank || matches!(classify(&shown), Content::Value);
    let same = reading.figure == cell.figure() && reading.unit.or(place) == cell.unit();
    (value && same).then_some(shown)
}

/// The mark for "does not apply".
const NOT_APPLICABLE: &str = "—";

/// The text with white space, line ends among it, as single spaces.
fn one_line(text: &str) -> String {
    text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Table 二: a banner, heads and rows for each paragraph of Article 20; the last cell of a row spans what is left.
fn disclosure(blocks: &[Filled]) -> Vec<Vec<GridCell>> {
    let width = blocks.iter().map(|block| block.heads.len().saturating_add(1)).max().unwrap_or_default();
    let mut rows = Vec::new();
    for block in blocks {
        rows.extend(block.block.banner.map(|banner| vec![GridCell::new(Entry::Banner, banner)]));
        let content = GridCell::new(Entry::Head, Head::Content.label());
        rows.push(core::iter::once(content).chain(block.head()).collect());
        rows.extend(block.present().map(labelled));
    }
    for row in &mut rows {
        let rest = width.saturating_sub(row.len());
        if let Some(last) = row.last_mut() {
            last.columns = last.columns.saturating_add(rest);
        }
    }
    rows
}

/// A row: its label and its figures.
fn labelled(row: &FilledRow) -> Vec<GridCell> {
    core::iter::once(label(row.spec)).chain(row.figures.iter().cloned()).collect()
}

fn label(spec: &RowSpec) -> GridCell {
    let note = spec.note.map(|note| format!("（{note}）")).unwrap_or_default();
    GridCell::new(Entry::Label(spec.row), format!("{}{}{note}", numbering(spec.number), spec.label))
}

/// The last part of a row's number as it is printed: `（三）` of `三(三)`, `1.` of `三(三)1`, `其中：`.
fn numbering(number: &str) -> String {
    match number.rsplit_once(')') {
        Some((_, "")) => bracketed(number),
        Some((_, digit)) => format!("{digit}."),
        None if number.is_empty() => String::new(),
        None if number.is_ascii() => format!("{number}."),
        None if number.chars().nth(1).is_some() => format!("{number}："),
        None => format!("{number}、"),
    }
}

/// `（三）` of `三(三)1`.
fn bracketed(number: &str) -> String {
    let inner = number.split(['(', ')']).nth(1).unwrap_or_default();
    format!("（{inner}）")
}

/// Columns in front of the figures of table 三: 三、本年度办理结果, its groups, their rows.
const REQUEST_LABELS: usize = 3;

/// Table 三: heads in three rows, labels in three columns.
fn requests(filled: &Filled) -> Vec<Vec<GridCell>> {
    let columns = filled.block.columns;
    let note = filled.block.note.unwrap_or_default();
    let corner = GridCell::new(Entry::Head, note).over(REQUEST_LABELS, 3);
    let applicants = GridCell::new(Entry::Head, Head::Applicants.label()).over(columns.len(), 1);
    let (mut upper, mut lower): (Vec<GridCell>, Vec<GridCell>) = (Vec::new(), Vec::new());
    for (column, head) in columns.iter().zip(filled.head()) {
        match column.group {
            None => upper.push(head.over(1, 2)),
            Some(group) => {
                match upper.last_mut().filter(|last| last.text == group) {
                    Some(last) => last.columns = last.columns.saturating_add(1),
                    None => upper.push(GridCell::new(Entry::Head, group)),
                }
                lower.push(head);
            }
        }
    }
    let mut rows = vec![vec![corner, applicants], upper, lower];
    let present: Vec<&FilledRow> = filled.present().collect();
    let (mut outcome, mut group) = (false, None);
    for (at, row) in present.iter().enumerate() {
        let spec = row.spec;
        let rest = || present.iter().skip(at).map(|row| row.spec);
        let mut cells = Vec::new();
        let of_outcome = spec.number.contains('(');
        if of_outcome && !outcome {
            let label = Head::Group(RowGroup::Outcome).label();
            let number = spec.number.split('(').next().unwrap_or_default();
            let height = rest().take_while(|spec| spec.number.contains('(')).count();
            cells.push(GridCell::new(Entry::Group, format!("{number}、{label}")).over(1, height));
        }
        if let Some(name) = spec.group.filter(|name| group != Some(*name)) {
            let height = rest().take_while(|spec| spec.group == Some(name)).count();
            let text = format!("{}{name}", bracketed(spec.number));
            cells.push(GridCell::new(Entry::Group, text).over(1, height));
        }
        (outcome, group) = (of_outcome, spec.group);
        let above = usize::from(of_outcome).saturating_add(usize::from(group.is_some()));
        cells.push(label(spec).over(REQUEST_LABELS.saturating_sub(above), 1));
        cells.extend(row.figures.iter().cloned());
        rows.push(cells);
    }
    rows
}

/// Table 四: one row of figures under three rows of heads; or, where a proceeding is missing, one row for each of the others.
fn review(filled: &Filled) -> Vec<Vec<GridCell>> {
    if filled.present().count() < filled.rows.len() {
        let category = GridCell::new(Entry::Head, Head::Category.label());
        let heads = core::iter::once(category).chain(filled.head()).collect();
        return core::iter::once(heads).chain(filled.present().map(labelled)).collect();
    }
    let outcomes = filled.heads.len();
    let (mut top, mut upper, mut lower): (Vec<GridCell>, Vec<GridCell>, Vec<GridCell>) =
        (Vec::new(), Vec::new(), Vec::new());
    for row in &filled.rows {
        let name = label(row.spec).over(outcomes, 1);
        match row.spec.group {
            None => {
                top.push(name);
                upper.extend(filled.head().map(|head| head.over(1, 2)));
            }
            Some(group) => {
                match top.last_mut().filter(|last| last.text == group) {
                    Some(last) => last.columns = last.columns.saturating_add(outcomes),
                    None => top.push(GridCell::new(Entry::Head, group).over(outcomes, 1)),
                }
                upper.push(name);
                lower.extend(filled.head());
            }
        }
    }
    let figures = filled.rows.iter().flat_map(|row| row.figures.iter().cloned()).collect();
    vec![top, upper, lower, figures]
}

/// The pre-2019 table: label, unit, figure; headings have a dash for both.
fn statistics(filled: &Filled) -> Vec<Vec<GridCell>> {
    let heads = [Head::Indicators.label(), Head::UnitOfCount.label()];
    let heads = heads.into_iter().map(|head| GridCell::new(Entry::Head, head)).chain(filled.head()).collect();
    let mut rows: Vec<Vec<GridCell>> = vec![heads];
    for (at, row) in filled.rows.iter().enumerate() {
        let unit = |text: &str| GridCell::new(Entry::Unit(row.spec.row), text);
        let mut below = filled
            .rows
            .iter()
            .skip(at)
            .skip(1)
            .take_while(|below| below.spec.number.starts_with(row.spec.number));
        if row.spec.heading && below.any(|row| !row.figures.is_empty()) {
            rows.push(vec![label(row.spec), unit(NOT_APPLICABLE), unit(NOT_APPLICABLE)]);
        }
        if let Some(printed) = row.unit.filter(|_| !row.figures.is_empty()) {
            let front = [label(row.spec), unit(printed.label())];
            rows.push(front.into_iter().chain(row.figures.iter().cloned()).collect());
        }
    }
    rows
}
