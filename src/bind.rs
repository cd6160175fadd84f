//! Rows of the source to cells of the form.
//!
//! A row binds its cells in the order of the heads above it. What stands behind the last cell is a pad; the pad counts the
//! cells that the extractor dropped, not which. So a row is bound only where every reading of its bars puts the same
//! figure into the same slot:
//!
//! | behind the label (3 columns, width 4) | readings | bound |
//! | --- | --- | --- |
//! | `3 \| 5 \| 7 \|` | one | all |
//! | `3 \| \| 7 \|` | one: a bar with a cell behind it is an empty cell | all, the second blank |
//! | `3 \| 5 \| \|` | kept blank at the end; or a blank dropped anywhere, pad of one | none, `position-lost` |
//! | `\|\|\|` | three blanks dropped | all, blank |
//! | `3 \| 5 \| 7 \| 9 \|` | none | none, `surplus-cells` |

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Token, TokenKind};
use crate::form::{
    Block, Cell, CellId, CellSpec, Column, Figure, Form, Head, Proceeding, Row, SchemaVersion, Table, Unit,
};
use crate::grammar::figure::{read_figure, unit};
use crate::grammar::taxonomy::Label;
use crate::grammar::trim;
use crate::rows::{Rows, Run, RunKind, Sheet};
use crate::span::Span;

/// More columns than any row of any form has.
const MAX_COLUMNS: usize = 16;
/// Widths of tables above this are not told apart.
const MAX_WIDTH: usize = 40;

/// Fills the form of `version` with the rows of the source.
pub(crate) fn bind(
    version: SchemaVersion,
    rows: &Rows,
    document: &Document,
    text: &str,
    findings: &mut Vec<Diagnostic>,
) -> Form {
    let specs = version.cells();
    let mut binder = Binder {
        version,
        rows,
        document,
        text,
        findings,
        cells: specs.iter().map(|spec| Cell::missing(spec.unit)).collect(),
        seen: [false; Row::COUNT],
        sheet: None,
    };
    let widths = widths(rows, document);
    for run in &rows.runs {
        let Some(sheet) = rows.sheets.get(usize::from(run.sheet)) else { continue };
        if (sheet.table == Table::Statistics) == (version == SchemaVersion::V2014) {
            let width = widths.get(usize::from(sheet.grid)).copied().flatten();
            binder.run(run, sheet, width);
        }
    }
    binder.report_missing();
    let cells = binder.cells;
    Form::new(version, cells)
}

/// The width of every printed table that pads its rows: the sum of cells and pad on which most of its rows agree.
fn widths(rows: &Rows, document: &Document) -> Vec<Option<u8>> {
    let mut widths = Vec::with_capacity(usize::from(rows.grids));
    let mut runs = rows.runs.iter().peekable();
    for grid in 0..rows.grids {
        let mut counts = [0_u16; MAX_WIDTH];
        let mut padded = false;
        let of_grid =
            |run: &&Run| rows.sheets.get(usize::from(run.sheet)).is_some_and(|sheet| sheet.grid == grid);
        while let Some(run) = runs.next_if(|run| of_grid(run)) {
            let tail = tokens(document, run).last().is_some_and(|token| token.kind() == TokenKind::Bars);
            if run.last && !tail {
                continue;
            }
            padded |= tail;
            if let Some(count) = counts.get_mut(printed_width(document, run)) {
                *count = count.saturating_add(1);
            }
        }
        let best = counts.iter().enumerate().max_by_key(|(width, count)| (**count, *width));
        let width =
            best.filter(|(_, count)| padded && **count > 0).and_then(|(width, _)| u8::try_from(width).ok());
        widths.push(width);
    }
    widths
}

/// Cells and pad of a row: what its line adds up to.
fn printed_width(document: &Document, run: &Run) -> usize {
    tokens(document, run)
        .iter()
        .fold(usize::from(run.labels), |sum, token| sum.saturating_add(cells_of(token)))
}

fn cells_of(token: &Token) -> usize {
    match token.kind() {
        TokenKind::Text => 1,
        TokenKind::Bars => token.span().len() as usize,
    }
}

fn tokens<'d>(document: &'d Document, run: &Run) -> &'d [Token] {
    document.all_tokens().get(run.tokens.0 as usize..run.tokens.1 as usize).unwrap_or_default()
}

/// The columns of a sheet in the order in which it prints them.
#[derive(Clone, Copy)]
struct Columns {
    /// For each printed column its place in the block.
    order: [u8; MAX_COLUMNS],
    /// Whether the column's head was identified by its place alone.
    by_place: [bool; MAX_COLUMNS],
    len: usize,
    /// Whether the heads are not those of the form.
    foreign: bool,
    /// The unit that the head of a column names.
    unit: Option<Unit>,
    /// Where a cut-off head stands.
    truncated: Option<Span>,
}

impl Columns {
    fn canonical(len: usize) -> Self {
        let mut order = [0; MAX_COLUMNS];
        for (at, slot) in (0_u8..).zip(order.iter_mut().take(len)) {
            *slot = at;
        }
        Self { order, by_place: [false; MAX_COLUMNS], len, foreign: false, unit: None, truncated: None }
    }
}

/// The value cells of a row, as far as its tokens tell.
struct Slots {
    /// A span for each cell; empty for a kept blank.
    spans: [Span; MAX_COLUMNS],
    /// How many cells are printed, which may be more than there is room for.
    printed: usize,
    /// How many of them hold text.
    filled: usize,
    /// How many bars stand behind the last cell.
    tail: usize,
    /// Where they stand.
    tail_span: Span,
    /// Whether a pad stands between two cells.
    broken: bool,
}

struct Binder<'b> {
    version: SchemaVersion,
    rows: &'b Rows,
    document: &'b Document,
    text: &'b str,
    findings: &'b mut Vec<Diagnostic>,
    cells: Vec<Cell>,
    seen: [bool; Row::COUNT],
    /// The columns of the sheet read last.
    sheet: Option<(u16, Row, Columns)>,
}

impl Binder<'_> {
    fn run(&mut self, run: &Run, sheet: &Sheet, width: Option<u8>) {
        match run.kind {
            RunKind::Row(_) if sheet.look_alike => {}
            RunKind::Row(row) => self.row(row, run, sheet, width),
            RunKind::Figures => self.figures(run, sheet),
            RunKind::Group | RunKind::Unknown => {
                let found =
                    tokens(self.document, run).iter().filter(|token| token.kind() == TokenKind::Text).count();
                if found > 0 {
                    self.findings.push(
                        Diagnostic::new(Code::UNKNOWN_ROW, Some(run.label)).with_counts(count(found), 0),
                    );
                }
            }
        }
    }

    /// A row with a label of the form.
    fn row(&mut self, row: Row, run: &Run, sheet: &Sheet, width: Option<u8>) {
        let Some((block, spec)) = self.version.row(row) else {
            let finding = Diagnostic::new(Code::ROW_OF_OTHER_VERSION, Some(run.label));
            return self.findings.push(finding.with_cells(other_version_cells(row)));
        };
        if spec.heading {
            return self.heading(run);
        }
        let Some(first) = self.version.row_position(row) else { return };
        let columns = self.columns(run.sheet, sheet, row, block);
        let ids = block.columns.iter().map(|column| CellId { row, column: column.column });
        if run.cut_note {
            self.findings
                .push(Diagnostic::new(Code::LABEL_TRUNCATED, Some(run.label)).with_cells(ids.clone()));
        }
        if run.fragment {
            self.findings
                .push(Diagnostic::new(Code::LABEL_APPROXIMATE, Some(run.label)).with_cells(ids.clone()));
        }
        if columns.foreign {
            self.see(row, run);
            return self
                .findings
                .push(Diagnostic::new(Code::HEADER_DIFFERS, Some(run.label)).with_cells(ids));
        }
        let mut tokens = tokens(self.document, run);
        let mut unit = columns.unit;
        let mut labels = usize::from(run.labels);
        if row.table() == Table::Statistics
            && let Some(printed) = self.unit_cell(tokens)
        {
            tokens = tokens.get(1..).unwrap_or_default();
            labels = labels.saturating_add(1);
            unit = printed;
        }
        let slots = slots(tokens);
        let Some(placed) = self.place(row, run, &slots, &columns, labels, width) else { return };
        let again = self.seen.get(row.ordinal()).copied().unwrap_or(false);
        self.see(row, run);
        let mut conflicts = Vec::new();
        for (at, span) in placed.iter().take(columns.len).enumerate() {
            let place = usize::from(columns.order.get(at).copied().unwrap_or_default());
            let index = first.saturating_add(place);
            let Some(spec) = self.version.cells().get(index) else { continue };
            let by_place = columns.by_place.get(at).copied().unwrap_or(false);
            if by_place {
                let span = columns.truncated.or(Some(*span));
                self.findings.push(Diagnostic::new(Code::HEADER_TRUNCATED, span).with_cells([spec.id]));
            }
            let cell = self.cell(spec, *span, unit);
            let Some(slot) = self.cells.get_mut(index) else { continue };
            if !again {
                *slot = cell;
            } else if slot.figure() != cell.figure() || (cell.figure() == Figure::Text) {
                *slot = Cell::missing(spec.unit);
                conflicts.push(spec.id);
            }
        }
        if again {
            let (code, cells) = match conflicts.is_empty() {
                true => (
                    Code::DUPLICATE_ROW,
                    block.columns.iter().map(|column| CellId { row, column: column.column }).collect(),
                ),
                false => (Code::DUPLICATE_CONFLICT, conflicts),
            };
            self.findings.push(Diagnostic::new(code, Some(run.label)).with_cells(cells));
        }
    }

    /// The row without a label that holds all of table 四.
    fn figures(&mut self, run: &Run, sheet: &Sheet) {
        let Some(first) = self.version.row_position(Row::Proceeding(Proceeding::AdministrativeReview)) else {
            return;
        };
        let slots = slots(tokens(self.document, run));
        let order = self.proceedings(sheet);
        let outcomes = self.version.cells().len().saturating_sub(first);
        let complete = slots.printed == outcomes && !slots.broken && slots.tail <= 1;
        let spans: Option<[Span; MAX_COLUMNS]> = match order {
            Some(_) if complete => Some(slots.spans),
            Some(_) if slots.filled == 0 && slots.printed.saturating_add(slots.tail) == outcomes => {
                Some([slots.tail_span; MAX_COLUMNS])
            }
            _ => None,
        };
        for &row in Proceeding::ALL {
            let row = Row::Proceeding(row);
            let again = self.seen.get(row.ordinal()).copied().unwrap_or(false);
            let Some((block, _)) = self.version.row(row) else { continue };
            let ids = block.columns.iter().map(|column| CellId { row, column: column.column });
            let Some(spans) = spans else {
                let code = match order {
                    None => Code::HEADER_DIFFERS,
                    Some(_) if slots.printed > outcomes => Code::SURPLUS_CELLS,
                    Some(_) => Code::POSITION_LOST,
                };
                let finding = Diagnostic::new(code, self.row_span(run)).with_cells(ids);
                self.findings.push(finding.with_counts(count(slots.printed), count(outcomes)));
                self.see(row, run);
                continue;
            };
            let mut conflicts = Vec::new();
            for id in ids.clone() {
                let Some(index) = self.version.position(id) else { continue };
                let printed =
                    order.as_ref().and_then(|order| order.iter().position(|placed| *placed == Some(id)));
                let (Some(spec), Some(span)) =
                    (self.version.cells().get(index), printed.and_then(|at| spans.get(at)))
                else {
                    continue;
                };
                let cell = self.cell(spec, *span, None);
                let Some(slot) = self.cells.get_mut(index) else { continue };
                if !again {
                    *slot = cell;
                } else if slot.figure() != cell.figure() {
                    *slot = Cell::missing(spec.unit);
                    conflicts.push(id);
                }
            }
            if again {
                let finding = match conflicts.is_empty() {
                    true => Diagnostic::new(Code::DUPLICATE_ROW, self.row_span(run)).with_cells(ids),
                    false => {
                        Diagnostic::new(Code::DUPLICATE_CONFLICT, self.row_span(run)).with_cells(conflicts)
                    }
                };
                self.findings.push(finding);
            }
            self.see(row, run);
        }
    }

    /// A heading of the pre-2019 table: a dash for its unit, and nothing for its figure.
    fn heading(&mut self, run: &Run) {
        let figures = tokens(self.document, run)
            .iter()
            .filter(|token| token.kind() == TokenKind::Text)
            .filter(|token| {
                matches!(read_figure(token.span().of(self.text)).figure, Figure::Number(_) | Figure::Text)
            })
            .filter(|token| unit(token.span().of(self.text)).is_err());
        if let Some(token) = figures.last() {
            self.findings.push(Diagnostic::new(Code::HEADING_WITH_FIGURE, Some(token.span())));
        }
    }

    /// A span for each printed column, if every reading of the row's bars gives the same.
    fn place(
        &mut self,
        row: Row,
        run: &Run,
        slots: &Slots,
        columns: &Columns,
        labels: usize,
        width: Option<u8>,
    ) -> Option<[Span; MAX_COLUMNS]> {
        let expected = columns.len;
        let total = labels.saturating_add(slots.printed).saturating_add(slots.tail);
        let fits = width.is_none_or(|width| usize::from(width) == total || (run.last && slots.tail == 0));
        let code = if slots.printed == expected && !slots.broken {
            if fits {
                return Some(slots.spans);
            }
            Code::WIDTH_MISMATCH
        } else if slots.filled == 0 && slots.tail > 0 && width.is_some() && fits && !slots.broken {
            // Every blank of the row was dropped or kept: whichever, all are blank.
            return Some([slots.tail_span; MAX_COLUMNS]);
        } else if slots.printed > expected {
            Code::SURPLUS_CELLS
        } else {
            Code::POSITION_LOST
        };
        let (found, wanted) = match code {
            Code::WIDTH_MISMATCH => (total, width.map_or(0, usize::from)),
            _ => (slots.printed, expected),
        };
        let spans = (code == Code::WIDTH_MISMATCH).then_some(slots.spans);
        let cells = self.version.row(row).into_iter().flat_map(|(block, _)| block.columns);
        let finding = Diagnostic::new(code, self.row_span(run))
            .with_cells(cells.map(|column| CellId { row, column: column.column }))
            .with_counts(count(found), count(wanted));
        self.findings.push(finding);
        if spans.is_none() {
            self.see(row, run);
        }
        spans
    }

    /// Reads one cell and says what is doubtful about it.
    fn cell(&mut self, spec: &CellSpec, span: Span, printed_unit: Option<Unit>) -> Cell {
        if span.is_empty() {
            return Cell::new(Figure::Blank, span, printed_unit.or(spec.unit));
        }
        let reading = read_figure(span.of(self.text));
        let unit = reading.unit.or(printed_unit).or(spec.unit);
        let mut finding = |code| self.findings.push(Diagnostic::new(code, Some(span)).with_cells([spec.id]));
        match reading.figure {
            Figure::Text if reading.overflow => finding(Code::FIGURE_OVERFLOW),
            Figure::Text => finding(Code::NOT_A_FIGURE),
            Figure::Number(number) => {
                if reading.remark.is_some() {
                    finding(Code::VALUE_REMARK);
                }
                if spec.unit.is_some() && unit != spec.unit {
                    finding(Code::UNIT_DIFFERS);
                }
                if spec.unit_from_source && unit.is_none() && !number.is_zero() {
                    finding(Code::UNIT_UNSTATED);
                }
            }
            _ => {}
        }
        Cell::new(reading.figure, span, unit)
    }

    /// The unit cell of a row of the pre-2019 table: `Some(None)` for one that names no unit.
    fn unit_cell(&self, tokens: &[Token]) -> Option<Option<Unit>> {
        let token = tokens.first().filter(|token| token.kind() == TokenKind::Text)?;
        match unit(token.span().of(self.text)) {
            Ok((rest, unit)) if trim(rest).is_empty() => Some(Some(unit)),
            _ => None,
        }
    }

    /// The columns of the sheet, in the order of its heads.
    fn columns(&mut self, at: u16, sheet: &Sheet, row: Row, block: &'static Block) -> Columns {
        if let Some((known, of, columns)) = self.sheet
            && known == at
            && (of == row || sheet.table != Table::ActiveDisclosure)
        {
            return columns;
        }
        let columns = match sheet.table {
            Table::Statistics => Columns::canonical(1),
            _ => self.read_heads(sheet, block),
        };
        self.sheet = Some((at, row, columns));
        columns
    }

    fn read_heads(&self, sheet: &Sheet, block: &'static Block) -> Columns {
        let mut columns = Columns::canonical(block.columns.len());
        let mut order: [Option<u8>; MAX_COLUMNS] = [None; MAX_COLUMNS];
        let mut len = 0_usize;
        let mut organisations_at = None;
        let mut organisations: [Option<u8>; MAX_COLUMNS] = [None; MAX_COLUMNS];
        let mut organisation_count = 0_usize;
        let mut truncated = None;
        for head in self.rows.sheet_heads(sheet) {
            let place = match head.label {
                Some(Label::Column(column)) => {
                    let place = block.columns.iter().position(|spec| spec.column == column);
                    columns.unit = columns.unit.or_else(|| head_unit(head.span.of(self.text)));
                    match place.and_then(|place| u8::try_from(place).ok()) {
                        Some(place) => Some(place),
                        None => continue,
                    }
                }
                Some(Label::Head(Head::Organisations)) => {
                    organisations_at = Some(len);
                    continue;
                }
                Some(_) => continue,
                None => {
                    truncated = truncated.or(Some(head.span));
                    None
                }
            };
            let grouped = place
                .and_then(|place| block.columns.get(usize::from(place)))
                .is_some_and(|spec| spec.group.is_some());
            if grouped {
                if let Some(slot) = organisations.get_mut(organisation_count) {
                    *slot = place;
                    organisation_count = organisation_count.saturating_add(1);
                }
            } else if let Some(slot) = order.get_mut(len) {
                *slot = place;
                len = len.saturating_add(1);
            }
        }
        if len == 0 && organisation_count == 0 {
            return columns;
        }
        let insert_at = organisations_at.unwrap_or(len.min(1)).min(len);
        let mut printed: [Option<u8>; MAX_COLUMNS] = [None; MAX_COLUMNS];
        let (before, after) = order.split_at(insert_at);
        let all = before
            .iter()
            .chain(organisations.iter().take(organisation_count))
            .chain(after.iter().take(len.saturating_sub(insert_at)));
        for (slot, place) in printed.iter_mut().zip(all) {
            *slot = *place;
        }
        let total = len.saturating_add(organisation_count);
        if total != block.columns.len() {
            columns.foreign = true;
            return columns;
        }
        let mut taken = [false; MAX_COLUMNS];
        for place in printed.iter().take(total).flatten() {
            match taken.get_mut(usize::from(*place)) {
                Some(taken) if !*taken => *taken = true,
                _ => columns.foreign = true,
            }
        }
        for (at, place) in (0_u8..).zip(printed.iter().take(total)) {
            let index = usize::from(at);
            match place {
                Some(place) => set(&mut columns.order, index, *place),
                // A head cut off: its place decides, if the heads around it stand in theirs.
                None if !taken.get(index).copied().unwrap_or(true) => {
                    set(&mut columns.order, index, at);
                    set(&mut columns.by_place, index, true);
                    set(&mut taken, index, true);
                }
                None => columns.foreign = true,
            }
        }
        columns.truncated = truncated;
        columns
    }

    /// The cells of table 四 in the order in which its heads print them; `None` where the heads are not those of the form.
    fn proceedings(&self, sheet: &Sheet) -> Option<Vec<Option<CellId>>> {
        let heads = self.rows.sheet_heads(sheet);
        let parts: Vec<Proceeding> = heads
            .iter()
            .filter_map(|head| match head.label {
                Some(Label::Row(Row::Proceeding(row))) => Some(row),
                _ => None,
            })
            .collect();
        let outcomes: Vec<Column> = heads
            .iter()
            .filter_map(|head| match head.label {
                Some(Label::Column(column)) => Some(column),
                _ => None,
            })
            .collect();
        let each = 5_usize;
        let complete = parts.len() == Proceeding::ALL.len()
            && outcomes.len() == each.saturating_mul(parts.len())
            && heads.iter().all(|head| head.label.is_some());
        if !complete {
            return None;
        }
        let ids: Vec<Option<CellId>> = parts
            .iter()
            .zip(outcomes.chunks(each))
            .flat_map(|(row, outcomes)| {
                outcomes.iter().map(|column| Some(CellId { row: Row::Proceeding(*row), column: *column }))
            })
            .collect();
        let distinct = ids.iter().enumerate().all(|(at, id)| !ids.iter().take(at).any(|other| other == id));
        distinct.then_some(ids)
    }

    fn see(&mut self, row: Row, _run: &Run) {
        set(&mut self.seen, row.ordinal(), true);
    }

    /// From the label of a row to its last token.
    fn row_span(&self, run: &Run) -> Option<Span> {
        Some(tokens(self.document, run).iter().fold(run.label, |span, token| span.to(token.span())))
    }

    /// Names the rows of the form that the source does not have.
    fn report_missing(&mut self) {
        for block in self.version.blocks() {
            for spec in block.rows.iter().filter(|spec| !spec.heading) {
                if !self.seen.get(spec.row.ordinal()).copied().unwrap_or(false) {
                    let cells =
                        block.columns.iter().map(|column| CellId { row: spec.row, column: column.column });
                    self.findings.push(Diagnostic::new(Code::MISSING_ROW, None).with_cells(cells));
                }
            }
        }
    }
}

/// The cells and the pad of a row.
fn slots(tokens: &[Token]) -> Slots {
    let mut slots = Slots {
        spans: [Span::empty(0); MAX_COLUMNS],
        printed: 0,
        filled: 0,
        tail: 0,
        tail_span: Span::empty(0),
        broken: false,
    };
    let mut rest = tokens.iter().peekable();
    while let Some(token) = rest.next() {
        let span = match token.kind() {
            TokenKind::Text => {
                slots.filled = slots.filled.saturating_add(1);
                token.span()
            }
            TokenKind::Bars if rest.peek().is_none() => {
                slots.tail = token.span().len() as usize;
                slots.tail_span = Span::empty(token.span().start());
                break;
            }
            TokenKind::Bars => {
                slots.broken |= token.span().len() > 1;
                Span::empty(token.span().start())
            }
        };
        if let Some(slot) = slots.spans.get_mut(slots.printed) {
            *slot = span;
        }
        slots.printed = slots.printed.saturating_add(1);
    }
    slots
}

/// The unit that a column head names in its note: `本年收费金额（单位：万元）`.
fn head_unit(head: &str) -> Option<Unit> {
    let note = head.split(['(', '（']).nth(1)?;
    let note = note.trim_start_matches(|c| matches!(c, '单' | '單' | '位' | ':' | '：' | ' '));
    unit(note).ok().map(|(_, unit)| unit)
}

/// The cells that a row has in the version it belongs to.
fn other_version_cells(row: Row) -> impl Iterator<Item = CellId> {
    SchemaVersion::ALL.iter().find_map(|version| version.row(row)).into_iter().flat_map(move |(block, _)| {
        block.columns.iter().map(move |column| CellId { row, column: column.column })
    })
}

fn set<T>(slots: &mut [T], at: usize, value: T) {
    if let Some(slot) = slots.get_mut(at) {
        *slot = value;
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
