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

use arrayvec::ArrayVec;

use crate::columns::{Columns, MAX_COLUMNS, REVIEW_CELLS, review_cells};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Token, TokenKind};
use crate::form::{Block, Cell, CellId, CellSpec, Figure, Form, Proceeding, Row, SchemaVersion, Table, Unit};
use crate::grammar::figure::{read_figure, unit};
use crate::grammar::trim;
use crate::rows::{Rows, Run, RunKind, Sheet};
use crate::span::Span;

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
        heads: None,
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

/// The value cells of a row, as far as its tokens tell.
struct Slots {
    /// A span for each cell; empty for a kept blank.
    spans: ArrayVec<Span, MAX_COLUMNS>,
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

/// The heads read last, and whose they are.
struct Heads {
    sheet: u16,
    item: u8,
    /// `None` where they are not those of the form.
    columns: Option<Columns>,
}

struct Binder<'b> {
    version: SchemaVersion,
    rows: &'b Rows,
    document: &'b Document,
    text: &'b str,
    findings: &'b mut Vec<Diagnostic>,
    cells: Vec<Cell>,
    seen: [bool; Row::COUNT],
    heads: Option<Heads>,
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
        let ids = block.columns.iter().map(|column| CellId { row, column: column.column });
        if run.cut_note {
            self.findings
                .push(Diagnostic::new(Code::LABEL_TRUNCATED, Some(run.label)).with_cells(ids.clone()));
        }
        if run.fragment {
            self.findings
                .push(Diagnostic::new(Code::LABEL_APPROXIMATE, Some(run.label)).with_cells(ids.clone()));
        }
        self.read_heads(run.sheet, sheet, block);
        let Some(columns) = self.heads.as_ref().and_then(|heads| heads.columns.clone()) else {
            self.see(row);
            return self
                .findings
                .push(Diagnostic::new(Code::HEADER_DIFFERS, Some(run.label)).with_cells(ids));
        };
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
        let again = self.see(row);
        let Some(spans) = self.place(row, run, &slots, columns.printed.len(), labels, width) else { return };
        let mut conflicts: ArrayVec<CellId, MAX_COLUMNS> = ArrayVec::new();
        for (printed, span) in columns.printed.iter().zip(&spans) {
            let at = first.saturating_add(usize::from(printed.place));
            if let Some(conflict) = self.set(at, *span, unit, again) {
                let _ = conflicts.try_push(conflict);
            }
        }
        if again {
            self.report_again(run, ids, &conflicts);
        }
    }

    /// The row without a label that holds all of table 四.
    fn figures(&mut self, run: &Run, sheet: &Sheet) {
        let slots = slots(tokens(self.document, run));
        let order = review_cells(self.rows.sheet_heads(sheet));
        let complete = slots.printed == REVIEW_CELLS && !slots.broken && slots.tail <= 1;
        let spans = order.as_ref().filter(|_| complete).map(|_| slots.spans);
        let code = match order {
            None => Code::HEADER_DIFFERS,
            Some(_) if slots.printed > REVIEW_CELLS => Code::SURPLUS_CELLS,
            Some(_) => Code::POSITION_LOST,
        };
        let placed = order.unwrap_or_default();
        for &row in Proceeding::ALL {
            let row = Row::Proceeding(row);
            let Some((block, _)) = self.version.row(row) else { continue };
            let ids = block.columns.iter().map(|column| CellId { row, column: column.column });
            let again = self.see(row);
            let Some(spans) = &spans else {
                let finding = Diagnostic::new(code, self.row_span(run)).with_cells(ids);
                self.findings.push(finding.with_counts(count(slots.printed), count(REVIEW_CELLS)));
                continue;
            };
            let mut conflicts: ArrayVec<CellId, MAX_COLUMNS> = ArrayVec::new();
            for (id, span) in placed.iter().zip(spans).filter(|(id, _)| id.row == row) {
                if let Some(at) = self.version.position(*id)
                    && let Some(conflict) = self.set(at, *span, None, again)
                {
                    let _ = conflicts.try_push(conflict);
                }
            }
            if again {
                self.report_again(run, ids, &conflicts);
            }
        }
    }

    /// Puts what stands at `span` into the cell; names the cell where it already holds something else.
    fn set(&mut self, at: usize, span: Span, unit: Option<Unit>, again: bool) -> Option<CellId> {
        let spec = self.version.cells().get(at)?;
        let cell = self.cell(spec, span, unit);
        let slot = self.cells.get_mut(at)?;
        if !again {
            *slot = cell;
        } else if slot.figure() != cell.figure() {
            *slot = Cell::missing(spec.unit);
            return Some(spec.id);
        }
        None
    }

    /// Says that a row is printed twice, with the same figures or with others.
    fn report_again(&mut self, run: &Run, ids: impl Iterator<Item = CellId>, conflicts: &[CellId]) {
        let span = self.row_span(run);
        self.findings.push(match conflicts {
            [] => Diagnostic::new(Code::DUPLICATE_ROW, span).with_cells(ids),
            _ => Diagnostic::new(Code::DUPLICATE_CONFLICT, span).with_cells(conflicts.iter().copied()),
        });
    }

    /// A heading of the pre-2019 table: a dash for its unit, and nothing for its figure.
    fn heading(&mut self, run: &Run) {
        let mut figures = tokens(self.document, run)
            .iter()
            .filter(|token| token.kind() == TokenKind::Text)
            .filter(|token| {
                matches!(read_figure(token.span().of(self.text)).figure, Figure::Number(_) | Figure::Text)
            })
            .filter(|token| unit(token.span().of(self.text)).is_err());
        if let Some(token) = figures.next_back() {
            self.findings.push(Diagnostic::new(Code::HEADING_WITH_FIGURE, Some(token.span())));
        }
    }

    /// A span for each printed column, if every reading of the row's bars gives the same.
    fn place(
        &mut self,
        row: Row,
        run: &Run,
        slots: &Slots,
        expected: usize,
        labels: usize,
        width: Option<u8>,
    ) -> Option<ArrayVec<Span, MAX_COLUMNS>> {
        let total = labels.saturating_add(slots.printed).saturating_add(slots.tail);
        let fits = width.is_none_or(|width| usize::from(width) == total || (run.last && slots.tail == 0));
        let code = if slots.printed == expected && !slots.broken {
            if fits {
                return Some(slots.spans.clone());
            }
            Code::WIDTH_MISMATCH
        } else if slots.filled == 0 && slots.tail > 0 && width.is_some() && fits && !slots.broken {
            // Every blank of the row was dropped or kept: whichever, all are blank.
            return Some(core::iter::repeat_n(slots.tail_span, expected).collect());
        } else if slots.printed > expected {
            Code::SURPLUS_CELLS
        } else {
            Code::POSITION_LOST
        };
        let (found, wanted) = match code {
            Code::WIDTH_MISMATCH => (total, width.map_or(0, usize::from)),
            _ => (slots.printed, expected),
        };
        let spans = (code == Code::WIDTH_MISMATCH).then(|| slots.spans.clone());
        let cells = self.version.row(row).into_iter().flat_map(|(block, _)| block.columns);
        let finding = Diagnostic::new(code, self.row_span(run))
            .with_cells(cells.map(|column| CellId { row, column: column.column }))
            .with_counts(count(found), count(wanted));
        self.findings.push(finding);
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

    /// Reads the heads of the sheet, unless they are those read last.
    fn read_heads(&mut self, at: u16, sheet: &Sheet, block: &'static Block) {
        if self.heads.as_ref().is_some_and(|heads| heads.sheet == at && heads.item == block.item) {
            return;
        }
        let columns = Columns::read(self.rows.sheet_heads(sheet), block, self.text);
        for printed in columns.iter().flat_map(|columns| &columns.printed) {
            if let (Some(head), Some(column)) =
                (printed.by_place, block.columns.get(usize::from(printed.place)))
            {
                let cells = block.rows.iter().map(|row| CellId { row: row.row, column: column.column });
                self.findings.push(Diagnostic::new(Code::HEADER_TRUNCATED, Some(head)).with_cells(cells));
            }
        }
        self.heads = Some(Heads { sheet: at, item: block.item, columns });
    }

    /// Marks the row as printed; whether it was before.
    fn see(&mut self, row: Row) -> bool {
        self.seen.get_mut(row.ordinal()).is_some_and(|seen| core::mem::replace(seen, true))
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
        spans: ArrayVec::new(),
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
        let _ = slots.spans.try_push(span);
        slots.printed = slots.printed.saturating_add(1);
    }
    slots
}

/// The cells that a row has in the version it belongs to.
fn other_version_cells(row: Row) -> impl Iterator<Item = CellId> {
    SchemaVersion::ALL.iter().find_map(|version| version.row(row)).into_iter().flat_map(move |(block, _)| {
        block.columns.iter().map(move |column| CellId { row, column: column.column })
    })
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
