//! Tables whose columns spaces line up: which cell of a row is empty shows by where the others stand.
//!
//! ```text
//! 信息内容  本年制发件数  本年废止件数  现行有效件数
//! 规章      3                           7
//! ```
//!
//! A column is where cells of several rows, or of a row and the heads, begin, end or have their middle in one place. A row
//! is read by its columns only if each of its cells stands in one; otherwise it stays in doubt, in a document where others
//! line up. Columns are counted as a terminal shows them, two for an ideograph, or in characters, as some tools count.

use arrayvec::ArrayVec;
use unicode_width::UnicodeWidthStr;

use super::bare::{Bare, Line, heads_serials, is_numbered};
use super::line::{cells, has_gap};
use super::offset;
use crate::classify::{Content, classify};
use crate::form::{Head, RequestRow, Row};
use crate::grammar::figure::is_digits;
use crate::grammar::taxonomy::Label;

/// More columns than any table of the form has.
const MAX_COLUMNS: usize = 16;
/// How far the middle of a cell may be off that of its column, in half columns: nothing tells where an odd space went.
const ROUNDING: u32 = 2;

/// How the cells of a line are to be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Plan {
    /// In order.
    Free,
    /// No cell for certain: the columns do not fit.
    Doubt,
    /// Behind so many labels each value in its column, of so many.
    Columns { labels: u8, values: ArrayVec<u8, MAX_COLUMNS>, count: u8 },
}

/// The plans of all tables.
#[derive(Default)]
pub(super) enum AllPlans {
    /// Each line in order: nothing lines up.
    #[default]
    None,
    /// Of each line of each table; none of a table whose lines are read in order.
    Lines(Vec<Vec<Plan>>),
    /// More lines than a table has: no cell of a line with gaps is certain.
    Doubt,
}

/// The plans of a table.
#[derive(Clone, Copy)]
pub(super) enum Plans<'p> {
    None,
    Lines(&'p [Plan]),
    Doubt,
}

impl AllPlans {
    /// How many tokens they add to the cells of the lines, at most.
    pub(super) fn room(&self) -> usize {
        let Self::Lines(tables) = self else { return 0 };
        let added = |plan: &Plan| match plan {
            Plan::Columns { count, .. } => usize::from(*count),
            _ => 0,
        };
        tables.iter().flatten().map(added).fold(0, usize::saturating_add)
    }

    pub(super) fn of(&self, table: usize) -> Plans<'_> {
        match self {
            Self::None => Plans::None,
            Self::Doubt => Plans::Doubt,
            Self::Lines(tables) => match tables.get(table) {
                Some(plans) if !plans.is_empty() => Plans::Lines(plans),
                _ => Plans::None,
            },
        }
    }
}

impl<'p> Plans<'p> {
    pub(super) const fn are_none(self) -> bool {
        matches!(self, Self::None)
    }

    /// That of a line of the table.
    pub(super) fn of_line(self, at: usize, line: &str) -> &'p Plan {
        match self {
            Self::Lines(plans) => plans.get(at).unwrap_or(&Plan::Free),
            Self::Doubt if has_gap(line) => &Plan::Doubt,
            Self::None | Self::Doubt => &Plan::Free,
        }
    }
}

/// What a line is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    Head,
    /// A row with figures behind its labels.
    Row,
    /// The labels of a row, and nothing behind them.
    Blank,
    /// Figures without a label.
    Figures,
    Other,
}

/// Where a cell begins and ends, in columns of a terminal and in characters.
#[derive(Clone, Copy, Debug)]
struct Extent {
    columns: (u32, u32),
    characters: (u32, u32),
}

/// One row in so many fits an inexact mode by chance.
const BY_CHANCE: usize = 10;

/// What of two cells of a column is in one place.
#[derive(Clone, Copy, Debug)]
enum Edge {
    Start,
    End,
    Middle,
}

/// How columns are told.
#[derive(Clone, Copy, Debug)]
struct Mode {
    edge: Edge,
    characters: bool,
}

/// Those that are exact first.
const MODES: [Mode; 6] = [
    Mode { edge: Edge::Start, characters: false },
    Mode { edge: Edge::End, characters: false },
    Mode { edge: Edge::Start, characters: true },
    Mode { edge: Edge::End, characters: true },
    Mode { edge: Edge::Middle, characters: false },
    Mode { edge: Edge::Middle, characters: true },
];

impl Mode {
    fn extent(self, cell: &Extent) -> (u32, u32) {
        if self.characters { cell.characters } else { cell.columns }
    }

    fn anchor(self, cell: &Extent) -> u32 {
        let (start, end) = self.extent(cell);
        match self.edge {
            Edge::Start => start,
            Edge::End => end,
            Edge::Middle => start.saturating_add(end),
        }
    }

    const fn tolerance(self) -> u32 {
        match self.edge {
            Edge::Start | Edge::End => 0,
            Edge::Middle => ROUNDING,
        }
    }
}

/// A line with its cells.
struct Parsed {
    role: Role,
    labels: usize,
    /// The last of them.
    label: Option<Extent>,
    /// Whether a mark stands right behind it, which may be the first value.
    glued: bool,
    /// Heads of columns, of a head; else the values.
    cells: Vec<Extent>,
}

/// So many lines may line up in any text, and one more for so many bytes of it; a row takes more than that.
const MOST_LINES: usize = 512;
const BYTES_OF_LINE: usize = 32;

/// How to read each of the lines of each table.
pub(super) fn plans(text: &str, tables: &[Bare]) -> AllPlans {
    let may_be = |table: &&Bare| table.may_be_aligned();
    let lines = tables.iter().filter(may_be).map(|table| table.lines as usize).fold(0, usize::saturating_add);
    if lines == 0 {
        return AllPlans::None;
    }
    if lines > MOST_LINES.saturating_add(text.len() / BYTES_OF_LINE) {
        return AllPlans::Doubt;
    }
    let tables: Vec<Vec<Parsed>> = tables.iter().map(|table| parsed(text, *table)).collect();
    // One tool printed all tables, in one mode.
    let mut fitting = [0_usize; MODES.len()];
    for part in tables.iter().flat_map(|lines| parts(lines)) {
        let rows = rows(part);
        for (sum, mode) in fitting.iter_mut().zip(MODES) {
            let fits = columns(part, &rows, mode).map_or(0, |(fits, _)| fits);
            *sum = sum.saturating_add(fits);
        }
    }
    // Of two that fit as many rows the first, and what is exact before what is not, which fits a row or two by chance.
    let most = |exact: bool| {
        let modes = MODES.iter().zip(fitting).rev().filter(|(mode, _)| (mode.tolerance() == 0) == exact);
        modes.max_by_key(|(_, fits)| *fits)
    };
    let (Some((mode, exact)), Some((other, inexact))) = (most(true), most(false)) else {
        return AllPlans::None;
    };
    let by_chance = exact.saturating_add(exact / BY_CHANCE).saturating_add(1);
    let mode = if inexact > by_chance { other } else { mode };
    let mut is_aligned = false;
    let plans = tables.iter().map(|lines| plans_of(lines, *mode, &mut is_aligned)).collect();
    if is_aligned { AllPlans::Lines(plans) } else { AllPlans::None }
}

/// The lines of a table; none where nothing in it can line up.
fn parsed(text: &str, table: Bare) -> Vec<Parsed> {
    if !table.may_be_aligned() {
        return Vec::new();
    }
    let mut parsed = Vec::with_capacity(table.lines as usize);
    let mut serials = false;
    parsed.extend(table.lines(text).map(|line| {
        serials |= heads_serials(line.span.of(text));
        Parsed::of(text, &line, serials)
    }));
    parsed
}

/// The parts of a table, each of which begins with its heads.
fn parts(lines: &[Parsed]) -> impl Iterator<Item = &[Parsed]> {
    lines.chunk_by(|line, next| line.role == Role::Head || next.role != Role::Head)
}

/// How to read each of the lines of a table. Sets `is_aligned` where several of its columns line up; one may do so by
/// chance.
fn plans_of(lines: &[Parsed], mode: Mode, is_aligned: &mut bool) -> Vec<Plan> {
    let mut plans = Vec::with_capacity(lines.len());
    let mut below = lines.iter().skip(1).map(|line| line.role);
    for part in parts(lines) {
        let columns = columns(part, &rows(part), mode).map(|(_, columns)| columns);
        *is_aligned |= columns.as_ref().is_some_and(|columns| columns.len() > 1);
        let mut is_headed = false;
        for line in part {
            let next = below.next();
            let is_row =
                matches!(line.role, Role::Row | Role::Blank) || is_headed && line.role == Role::Figures;
            plans.push(match &columns {
                _ if !is_row => Plan::Free,
                Some(columns) => line.plan(mode, columns, next),
                None if line.role == Role::Blank && next != Some(Role::Figures) => Plan::Free,
                None => Plan::Doubt,
            });
            is_headed = line.role == Role::Head;
        }
    }
    plans
}

impl Parsed {
    /// `serials`: in a table with a column of serial numbers.
    fn of(text: &str, line: &Line, serials: bool) -> Self {
        let content = line.span.of(text);
        let before = text.get(..line.span.start() as usize).unwrap_or_default();
        let indent = before.rsplit('\n').next().unwrap_or_default();
        let mut end = (width(indent), characters(indent));
        let mut at = 0;
        let mut parsed = Self { role: Role::Other, labels: 0, label: None, glued: false, cells: Vec::new() };
        let (mut is_proceeding, mut is_group) = (false, false);
        let (mut rows, mut heads, mut others) = (0_usize, Vec::new(), 0_usize);
        let mut label = None;
        let mut serial = serials && is_numbered(content);
        for cell in cells(content) {
            let from = offset(content, cell);
            let gap = content.get(at..from).unwrap_or_default();
            let start = (end.0.saturating_add(width(gap)), end.1.saturating_add(characters(gap)));
            end = (start.0.saturating_add(width(cell)), start.1.saturating_add(characters(cell)));
            at = from.saturating_add(cell.len());
            let extent = Extent { columns: (start.0, end.0), characters: (start.1, end.1) };
            if core::mem::take(&mut serial) {
                parsed.labels = parsed.labels.saturating_add(1);
                continue;
            }
            let content =
                if parsed.cells.is_empty() && !is_digits(cell) { classify(cell) } else { Content::Value };
            label = if matches!(content, Content::Value) { label } else { Some(extent) };
            match content {
                // A line of more cells is none of a table, and no cell of it certain.
                Content::Value if parsed.cells.len() <= MAX_COLUMNS => parsed.cells.push(extent),
                Content::Value => {}
                Content::Labels { labels, fragment, .. } => {
                    parsed.labels = parsed.labels.saturating_add(1);
                    parsed.glued |= ends_in_mark(cell);
                    let is_column = labels
                        .iter()
                        .any(|label| matches!(label, Label::Column(_) | Label::Head(Head::UnitOfCount)));
                    let is_row = labels.iter().any(|label| matches!(label, Label::Row(_)));
                    for label in labels {
                        is_proceeding |= matches!(label, Label::Row(Row::Proceeding(_)));
                        is_group |= matches!(label, Label::Row(Row::Request(RequestRow::OtherHandling)));
                    }
                    // 总计 and 其他 are heads, and rows under their numbers.
                    let is_numbered = is_row
                        && cell.starts_with(['(', '（', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
                    match (is_column && !is_numbered, is_row) {
                        (true, _) if heads.len() <= MAX_COLUMNS => heads.push(extent),
                        (true, _) => {}
                        (false, true) if !fragment => rows = rows.saturating_add(1),
                        (false, true) => others = others.saturating_add(1),
                        (false, false) => {}
                    }
                }
                Content::Banner(_) => parsed.labels = parsed.labels.saturating_add(1),
                Content::Field | Content::Unknown => {
                    parsed.labels = parsed.labels.saturating_add(1);
                    others = others.saturating_add(1);
                }
            }
        }
        parsed.label = label;
        let (values, labels) = (parsed.cells.len(), parsed.labels);
        parsed.role = match (values, labels) {
            (0, 0) => Role::Other,
            (_, 0) => Role::Figures,
            // 总计 and 其他 are heads and rows.
            (1.., _) if rows > 0 || !heads.is_empty() => Role::Row,
            (1.., _) => Role::Other,
            // A head over the outcomes.
            (0, _) if is_proceeding => Role::Head,
            (0, _) if rows == 1 && heads.is_empty() && others == 0 && !is_group => Role::Blank,
            (0, 1) if !heads.is_empty() && others == 0 => Role::Other,
            (0, _) if rows == 0 => Role::Head,
            (0, _) => Role::Other,
        };
        if parsed.role == Role::Head {
            parsed.cells = heads;
        }
        parsed
    }

    /// How to read a row; `next` is what stands below.
    fn plan(&self, mode: Mode, columns: &[(u32, u32)], next: Option<Role>) -> Plan {
        let Some(values) = places(&self.cells, mode, columns) else { return Plan::Doubt };
        // Its figures may go on there; where a label stands among the columns, they stand in others than their own.
        let first = columns.first().map_or(u32::MAX, |(from, _)| *from);
        let is_shifted = self.label.is_some_and(|label| mode.anchor(&label) >= first);
        if next == Some(Role::Figures) || is_shifted || self.glued {
            return Plan::Doubt;
        }
        let whole = values.last().and_then(|last| usize::from(*last).checked_add(1)) == Some(columns.len());
        // What follows shows that the line is not cut off.
        let ends = matches!(next, Some(Role::Row | Role::Blank | Role::Head));
        match (whole || ends, self.role) {
            (true, _) => {
                let (Ok(labels), Ok(count)) = (u8::try_from(self.labels), u8::try_from(columns.len())) else {
                    return Plan::Doubt;
                };
                Plan::Columns { labels, values, count }
            }
            (false, Role::Blank) => Plan::Free,
            (false, _) => Plan::Doubt,
        }
    }
}

/// Whether a label ends in what may be a value without a space before it: `（二）部分公开/`.
fn ends_in_mark(label: &str) -> bool {
    label.ends_with(['/', '／', '\\', '-', '－', '−', '–', '—', '―', '─'])
}

/// In which column each cell stands, from left to right; `None` where one stands in none, or two in one.
fn places(cells: &[Extent], mode: Mode, columns: &[(u32, u32)]) -> Option<ArrayVec<u8, MAX_COLUMNS>> {
    let place = |cell| {
        let anchor = mode.anchor(cell);
        let at = columns.partition_point(|(_, to)| *to < anchor);
        columns.get(at).filter(|(from, _)| *from <= anchor).and_then(|_| u8::try_from(at).ok())
    };
    let mut places = ArrayVec::new();
    for cell in cells {
        let place = place(cell)?;
        if places.last().is_some_and(|last| *last >= place) {
            return None;
        }
        places.try_push(place).ok()?;
    }
    Some(places)
}

/// The values of each row; of table 四 the one below its heads.
fn rows(part: &[Parsed]) -> Vec<&[Extent]> {
    let labelled: Vec<&[Extent]> =
        part.iter().filter(|line| line.role == Role::Row).map(|line| &line.cells[..]).collect();
    let below = part.iter().find(|line| line.role != Role::Head).filter(|line| line.role == Role::Figures);
    match below {
        Some(line) if labelled.is_empty() => vec![&line.cells[..]],
        _ => labelled,
    }
}

/// The columns of heads and rows, and how many rows fit them, if most do.
fn columns(part: &[Parsed], rows: &[&[Extent]], mode: Mode) -> Option<(usize, Vec<(u32, u32)>)> {
    let heads: Vec<Extent> = part
        .iter()
        .filter(|line| line.role == Role::Head)
        .flat_map(|line| line.cells.iter().copied())
        .collect();
    let mut best: Option<(usize, Vec<(u32, u32)>)> = None;
    for of_heads in [true, false] {
        let found = if of_heads { of_extents(&heads, mode, 1) } else { of_rows(rows, &heads, mode) };
        let Some(columns) = found else { continue };
        let fitting: Vec<&[Extent]> =
            rows.iter().copied().filter(|row| places(row, mode, &columns).is_some()).collect();
        let twice = fitting.len().saturating_mul(2);
        // Heads are as good as half of the rows.
        let most = twice > rows.len() || of_heads && twice == rows.len();
        let better = best.as_ref().is_none_or(|(fits, _)| fitting.len() > *fits);
        let with_heads = if of_heads { &heads[..] } else { &[] };
        if most && better && are_apart(&fitting, with_heads, mode, &columns) {
            best = Some((fitting.len(), columns));
        }
    }
    best
}

/// The columns that values of at least two rows share, as many as there are heads; more where one is lost, if the other heads
/// and most rows agree.
fn of_rows(rows: &[&[Extent]], heads: &[Extent], mode: Mode) -> Option<Vec<(u32, u32)>> {
    let values: Vec<Extent> = rows.iter().flat_map(|row| row.iter().copied()).collect();
    let found = of_extents(&values, mode, 2);
    if heads.is_empty() || found.as_ref().is_some_and(|columns| columns.len() == heads.len()) {
        return found;
    }
    let most = rows.len().checked_div(2).filter(|half| *half > 1)?.saturating_add(1);
    let headed = |columns: &Vec<(u32, u32)>| {
        columns.len() > heads.len() && heads.iter().all(|head| places(&[*head], mode, columns).is_some())
    };
    of_extents(&values, mode, most).filter(headed)
}

/// The places in which at least so many cells have their anchor.
fn of_extents(cells: &[Extent], mode: Mode, least: usize) -> Option<Vec<(u32, u32)>> {
    let mut anchors: Vec<u32> = cells.iter().map(|cell| mode.anchor(cell)).collect();
    anchors.sort_unstable();
    let near = |a: &u32, b: &u32| b.saturating_sub(*a) <= mode.tolerance();
    let mut columns = Vec::new();
    for group in anchors.chunk_by(near).filter(|group| group.len() >= least) {
        if columns.len() >= MAX_COLUMNS {
            return None;
        }
        if let (Some(from), Some(to)) = (group.first(), group.last()) {
            columns.push((from.saturating_sub(mode.tolerance()), to.saturating_add(mode.tolerance())));
        }
    }
    (!columns.is_empty()).then_some(columns)
}

/// Whether space remains between the columns, whatever stands in them.
fn are_apart(rows: &[&[Extent]], heads: &[Extent], mode: Mode, columns: &[(u32, u32)]) -> bool {
    let mut extents = [(u32::MAX, 0_u32); MAX_COLUMNS];
    let each = heads.iter().map(core::slice::from_ref).chain(rows.iter().copied());
    for cells in each {
        for (cell, place) in cells.iter().zip(places(cells, mode, columns).unwrap_or_default()) {
            if let Some(extent) = extents.get_mut(usize::from(place)) {
                let (start, end) = mode.extent(cell);
                *extent = (extent.0.min(start), extent.1.max(end));
            }
        }
    }
    let extents = extents.get(..columns.len()).unwrap_or_default();
    extents.is_sorted_by(|a, b| a.1 < b.0)
}

fn width(text: &str) -> u32 {
    u32::try_from(text.width()).unwrap_or(u32::MAX)
}

fn characters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}
