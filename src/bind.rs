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

mod fillers;
mod heads;
mod inferred;
mod report;
mod review;
mod slots;
mod units;
mod width;

use arrayvec::ArrayVec;

use self::heads::Heads;
use self::inferred::{Lost, Open};
use self::slots::{Reading, fits, slots};
use self::units::{PrintedUnits, printed_unit};
use self::width::width_of;
use crate::columns::{Columns, MAX_COLUMNS};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::document::{Document, Layout, Token, TokenKind};
use crate::form::{Cell, CellId, CellSpec, Figure, Form, Row, RowPlace, SchemaVersion, Table, Unit};
use crate::grammar::figure::{digit_of, is_mark, read_count, read_figure};
use crate::rows::{Rows, Run, RunKind, Sheet};
use crate::span::Span;

/// Fills the form of `version` with the rows of the source.
pub(crate) fn bind(
    version: SchemaVersion,
    rows: &Rows,
    document: &Document,
    text: &str,
    findings: &mut Findings,
) -> Form {
    let specs = version.cells();
    if let Some(surplus) = rows.surplus {
        let cells = specs.iter().map(|spec| spec.id);
        findings.push(Diagnostic::new(Code::TOO_MANY_ROWS, Some(surplus)).with_cells(cells));
        return Form::new(version, version.missing().to_vec(), Vec::new());
    }
    let mut binder = Binder {
        version,
        rows,
        document,
        text,
        findings,
        cells: version.missing().to_vec(),
        foreign: Vec::new(),
        seen: [Seen::No; Row::COUNT],
        unseen: version.filled_rows(),
        printed_units: None,
        spans: None,
        evenness: None,
        lone: false,
        widest: 0,
        overfull: false,
        open: Open::None,
    };
    let (mut grid, mut width) = (None, None);
    let mut heads = None;
    let mut rest = rows.runs.as_slice();
    while let [first, ..] = rest {
        let of_sheet = rest.partition_point(|run| run.sheet == first.sheet);
        let (runs, behind) = rest.split_at_checked(of_sheet).unwrap_or_default();
        if let Some(sheet) = rows.sheets.get(usize::from(first.sheet))
            && (sheet.table == Table::Statistics) == (version == SchemaVersion::V2014)
        {
            if grid.replace(sheet.grid) != Some(sheet.grid) {
                let of_grid = rest.partition_point(|run| rows.grid(run) == sheet.grid);
                (width, binder.lone) = width_of(rest.get(..of_grid).unwrap_or_default());
                binder.widest = 0;
            }
            for run in runs {
                binder.run(run, sheet, width, &mut heads);
            }
        }
        rest = behind;
    }
    binder.infer();
    if binder.unseen > 0 {
        binder.report_missing();
    }
    let foreign = binder.foreign.into_iter().zip(binder.cells.split_off(specs.len())).collect();
    Form::new(version, binder.cells, foreign)
}

fn tokens<'d>(document: &'d Document, run: &Run) -> &'d [Token] {
    document.all_tokens().get(run.tokens.0 as usize..run.tokens.1 as usize).unwrap_or_default()
}

/// Where the cells of a row belong.
#[derive(Clone, Copy)]
struct Frame<'h> {
    /// Of table 四 where it is one row the first.
    row: Row,
    /// The position of the first one in the form.
    first: usize,
    columns: &'h Columns,
    /// The unit that head or row print: `Some(None)` for one that is not known.
    unit: Option<Option<Unit>>,
    /// How many cells its labels take.
    labels: usize,
    /// How many cells and pads the rows of its table have.
    width: Option<u8>,
    /// How many cells and pads the line of its heads has, where that tells anything.
    head: Option<usize>,
}

/// Whether a row of the form was read.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Seen {
    #[default]
    No,
    /// Without heads of the form above it.
    Headless,
    Whole,
}

struct Binder<'b> {
    version: SchemaVersion,
    rows: &'b Rows,
    document: &'b Document,
    text: &'b str,
    findings: &'b mut Findings,
    cells: Vec<Cell>,
    /// What the cells behind those of the version are.
    foreign: Vec<&'static CellSpec>,
    seen: [Seen; Row::COUNT],
    /// How many rows with cells were not read yet.
    unseen: usize,
    /// What the pre-2019 table shows of units, once asked.
    printed_units: Option<PrintedUnits>,
    /// Of the grid asked last: whether it prints empty cells where labels span columns.
    spans: Option<(u16, bool)>,
    /// Of the grid asked last: how many rows of few figures are as wide as all others, and how many are not.
    evenness: Option<(u16, (u32, u32))>,
    /// Whether no two rows of the printed table agree on its width.
    lone: bool,
    /// How many cells the broadest line of its heads has so far, in a grid.
    widest: usize,
    /// Whether the row before has more cells than the form.
    overfull: bool,
    /// The rows whose cells have lost their places.
    open: Open,
}

impl Binder<'_> {
    #[inline(always)]
    fn run(&mut self, run: &Run, sheet: &Sheet, width: Option<u8>, heads: &mut Option<Heads>) {
        // As nearly all.
        if let RunKind::Row(row) = run.kind {
            if !sheet.look_alike {
                self.row(row, run, sheet, width, heads);
            }
        } else if run.kind == RunKind::Figures {
            self.figures(run, sheet);
        } else {
            let found =
                tokens(self.document, run).iter().filter(|token| token.kind() != TokenKind::Bars).count();
            if found > 0 {
                self.findings
                    .push(Diagnostic::new(Code::UNKNOWN_ROW, Some(run.label)).with_counts(count(found), 0));
            }
        }
    }

    /// A row with a label of the form.
    #[inline(always)]
    fn row(&mut self, row: Row, run: &Run, sheet: &Sheet, width: Option<u8>, heads: &mut Option<Heads>) {
        let own = self.version.placed(row);
        let Some(place) = own.or_else(|| other_version(row)) else { return };
        let Some(first) = place.first() else { return self.heading(run) };
        let Some(first) = own.map(|_| first).or_else(|| self.add_foreign(row, run)) else { return };
        if !heads.as_ref().is_some_and(|heads| heads.are_of(run, place.block)) {
            *heads = Some(self.read_heads(run, sheet, place.block));
        }
        let Some(heads) = heads else { return };
        let headless = heads.nameless;
        if run.cut_note || run.fragment || headless || run.twin.is_some() {
            self.report_label(row, run, headless);
        }
        // Of a row with heads of the form above it and one without, such as that of a list in the prose, the first one counts.
        let seen = if headless { Seen::Headless } else { Seen::Whole };
        let before = self.mark(row, seen);
        if before == Seen::Whole && headless {
            self.mark(row, before);
            return;
        }
        match &heads.columns {
            Some(columns) => self.values(run, (row, first), columns, (width, heads.cells), before == seen),
            None => {
                let finding = Diagnostic::new(Code::HEADER_DIFFERS, Some(run.label));
                self.findings.push(finding.with_cells(self.ids(row)));
            }
        }
    }

    /// Makes room for a row of another version, behind the cells of this one; gives the position of its first cell.
    #[inline(never)]
    fn add_foreign(&mut self, row: Row, run: &Run) -> Option<usize> {
        let own = self.version.cells().len();
        let known = self.foreign.iter().position(|spec| spec.id.row == row);
        if let Some(at) = known {
            return own.checked_add(at);
        }
        let first = self.cells.len();
        let others = SchemaVersion::ALL.iter().find(|version| version.row_position(row).is_some())?;
        let specs = others.cells().iter().filter(|spec| spec.id.row == row);
        self.foreign.extend(specs.clone());
        self.cells.extend(specs.map(|spec| Cell::missing(spec.unit)));
        self.unseen = self.unseen.saturating_add(1);
        self.findings
            .push(Diagnostic::new(Code::ROW_OF_OTHER_VERSION, Some(run.label)).with_cells(self.ids(row)));
        Some(first)
    }

    /// What the cell at `at` is.
    fn spec(&self, at: usize) -> Option<&'static CellSpec> {
        let own = self.version.cells();
        own.get(at).or_else(|| self.foreign.get(at.checked_sub(own.len())?).copied())
    }

    /// The value cells of a row, under known columns; `first` is the position of its first cell, and it was read before if
    /// `again`.
    #[inline(always)]
    fn values(
        &mut self,
        run: &Run,
        (row, first): (Row, usize),
        columns: &Columns,
        (width, head): (Option<u8>, Option<usize>),
        again: bool,
    ) {
        let mut tokens = tokens(self.document, run);
        let (mut unit, mut labels) = (columns.unit, usize::from(run.labels));
        if row.table() == Table::Statistics {
            let printed = self.unit_cell(tokens);
            if printed.is_some() {
                tokens = tokens.get(1..).unwrap_or_default();
                unit = printed;
            }
            let in_doubt = match printed {
                Some(_) => self.lacks_figure(run, tokens),
                None => self.lacks_unit(run, tokens),
            };
            // The other rows have a unit: of several cells, or one that may be the unit's, which is the figure is not told.
            let cells = labels.saturating_add(usize::from(printed.is_some())).saturating_add(tokens.len());
            labels = labels.saturating_add(usize::from(printed.is_some() || in_doubt));
            if in_doubt {
                let code = if self.is_number(tokens) { Code::WIDTH_MISMATCH } else { Code::POSITION_LOST };
                let finding = Diagnostic::new(code, self.row_span(run)).with_cells(self.ids(row));
                let finding = finding.with_counts(count(cells), count(labels.saturating_add(1)));
                self.findings.push(finding);
                if code == Code::POSITION_LOST {
                    return;
                }
            }
        }
        // No note ends in an ideograph, as nearly all labels do.
        let label = self.text.as_bytes().get(..run.label.end() as usize);
        if !matches!(label, Some([.., 0xE4..=0xE9, _, _])) || !self.rows.captions.is_empty() {
            unit = self.row_unit(row, run, first, unit);
        }
        let frame = Frame { row, first, columns, unit, labels, width, head };
        let is_lone = self.lone && head.is_some();
        let doubtful = again || run.interrupted || self.overfull || is_lone;
        let plain = !doubtful && run.layout == Layout::Padded;
        if !plain || !self.regular(tokens, &frame, run.last) {
            self.irregular(run, tokens, again, frame);
        }
    }

    /// Binds a row that is not as most are.
    #[inline(never)]
    fn irregular(&mut self, run: &Run, tokens: &[Token], again: bool, frame: Frame<'_>) {
        let Frame { row, first, columns, unit, labels, width, .. } = frame;
        let mut slots = slots(tokens, run.layout != Layout::Padded);
        slots.open |= run.cut_off;
        let total = labels.saturating_add(slots.printed).saturating_add(slots.tail);
        if run.layout == Layout::Grid {
            let fillers = self.fillers(row, run, columns.printed.len(), width);
            slots.drop_fillers(fillers);
        }
        let padded = width.filter(|_| run.layout == Layout::Padded);
        let mut reading = slots.read(columns.printed.len(), labels, padded, run.last);
        if matches!(reading, Reading::InOrder)
            && let Some(expected) = self.other_width(run, &slots, &frame, total)
        {
            let found = labels.saturating_add(slots.printed);
            reading = Reading::Doubt { code: Code::WIDTH_MISMATCH, found, expected };
        }
        if matches!(reading, Reading::InOrder) && self.has_other_line(tokens) {
            let found = slots.printed.saturating_sub(1);
            reading = Reading::Doubt { code: Code::POSITION_LOST, found, expected: columns.printed.len() };
        }
        if run.interrupted
            && !matches!(reading, Reading::Doubt { code: Code::POSITION_LOST | Code::SURPLUS_CELLS, .. })
        {
            let found = slots.printed.saturating_add(1);
            reading = Reading::Doubt { code: Code::SURPLUS_CELLS, found, expected: columns.printed.len() };
        }
        let overfull = matches!(reading, Reading::Doubt { code: Code::SURPLUS_CELLS, .. });
        let below_overfull = core::mem::replace(&mut self.overfull, overfull);
        if matches!(reading, Reading::Blank) && (below_overfull || row.table() == Table::ReviewLitigation) {
            // What looks like a row of blanks may be the pad of a head over the one row of figures, and its figures may stand
            // before its label.
            reading = Reading::Doubt { code: Code::POSITION_LOST, found: 0, expected: columns.printed.len() };
        }
        let dropped = slots.printed.saturating_add(slots.tail) >= columns.printed.len();
        let places = || columns.printed.iter().copied().collect::<Option<_>>();
        if matches!(reading, Reading::Doubt { code: Code::POSITION_LOST, .. })
            && row.table() == Table::Requests
            && dropped
            && !(again || run.interrupted || slots.broken || slots.open)
            && let Some(places) = places()
        {
            self.lose(Lost {
                row,
                first,
                span: self.row_span(run),
                printed: slots.spans,
                dropped: slots.tail_span,
                places,
            });
            return;
        }
        if let Reading::Doubt { code, found, expected } = reading {
            let finding = Diagnostic::new(code, self.row_span(run)).with_cells(self.ids(row));
            self.findings.push(finding.with_counts(count(found), count(expected)));
            if code != Code::WIDTH_MISMATCH {
                return;
            }
        }
        if slots.open
            && let Some(Some(place)) = columns.printed.get(slots.printed.saturating_sub(1))
            && let Some(spec) = self.spec(first.saturating_add(usize::from(*place)))
        {
            self.report_open(&slots, spec.id);
        }
        let spans =
            columns.printed.iter().zip(slots.spans.iter().chain(core::iter::repeat(&slots.tail_span)));
        let mut conflicts: ArrayVec<CellId, MAX_COLUMNS> = ArrayVec::new();
        for (printed, span) in spans {
            let span = if matches!(reading, Reading::Blank) { slots.tail_span } else { *span };
            if let Some(place) = printed {
                conflicts.extend(self.set(first.saturating_add(usize::from(*place)), span, unit, again));
            }
        }
        if again {
            self.report_again(run, self.ids(row), &conflicts);
        }
    }

    /// Binds a row as most are: a figure of digits alone, a dash or an empty cell for each column and a pad that fits, or nothing
    /// but the pad of a row of blanks. Whether it was one.
    #[inline(always)]
    fn regular(&mut self, tokens: &[Token], frame: &Frame<'_>, last: bool) -> bool {
        let Frame { row, first, columns, unit, labels, width, .. } = *frame;
        let count = columns.printed.len();
        // A bar is an empty cell if a cell or a pad is behind it, and other rows tell that the pad is one.
        let sure = width.is_some() && !self.lone;
        let Some(cells) = self.cells.get_mut(first..first.saturating_add(count)) else { return false };
        // Each has the unit of the form already. One other than that wants its finding, and so does an amount that has none.
        let (plain, blank) = match row.table() {
            Table::Statistics => {
                (unit.is_none_or(|unit| cells.first().is_some_and(|cell| cell.unit() == unit)), true)
            }
            table => (columns.plain && unit == columns.unit, table != Table::ReviewLitigation),
        };
        let is_pad = |token: &Token| token.kind() == TokenKind::Bars && !token.is_open();
        let bars = |token: &Token| token.span().len().max(1) as usize;
        let (figures, tail) = match tokens.split_at_checked(count) {
            Some((figures @ [.., last], [])) if last.kind() != TokenKind::Bars => (figures, 0),
            Some((figures, [pad])) if is_pad(pad) => (figures, bars(pad)),
            _ => (&[][..], 0),
        };
        match tokens {
            [pad] if is_pad(pad) => {
                let total = labels.saturating_add(bars(pad));
                let roomy = width.is_some_and(|width| usize::from(width) >= labels.saturating_add(count));
                if !plain || !blank || !roomy || !fits(total, width, false) {
                    return false;
                }
                let at = Span::empty(pad.span().start());
                cells.iter_mut().for_each(|cell| *cell = Cell::new(Figure::Blank, at, cell.unit()));
            }
            _ => {
                let total = labels.saturating_add(count).saturating_add(tail);
                if !plain || figures.len() != count || !fits(total, width, last && tail == 0) {
                    return false;
                }
                let text = self.text.as_bytes();
                for (cell, token) in cells.iter_mut().zip(figures) {
                    let span = token.span();
                    let is_digits = token.kind() == TokenKind::Digits && !token.is_open();
                    // As most.
                    if let Some(digit) = text.get(span.start() as usize)
                        && is_digits
                        && span.end() == span.start().wrapping_add(1)
                    {
                        *cell = Cell::new(Figure::Number(digit_of(*digit)), span, cell.unit());
                        continue;
                    }
                    match plain_cell(token, self.text, cell.unit()) {
                        Some(plain) if sure || plain.figure() != Figure::Blank => *cell = plain,
                        _ => {
                            // Those before it are in no doubt, but its place may be.
                            cells.iter_mut().for_each(|cell| *cell = Cell::missing(cell.unit()));
                            return false;
                        }
                    }
                }
            }
        }
        true
    }

    /// The cells of a row.
    fn ids(&self, row: Row) -> impl Iterator<Item = CellId> + Clone + use<> {
        let place = self.version.placed(row).or_else(|| other_version(row));
        let columns = place.map_or(&[][..], |place| place.block.columns);
        columns.iter().map(move |column| CellId { row, column: column.column })
    }

    /// Puts what stands at `span` into the cell; names the cell where it already holds something else.
    fn set(&mut self, at: usize, span: Span, unit: Option<Option<Unit>>, again: bool) -> Option<CellId> {
        let spec = self.spec(at)?;
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

    /// Reads one cell and says what is doubtful about it.
    ///
    /// `unit` is the one that head or row print: `Some(None)` where they print one that is not known.
    fn cell(&mut self, spec: &CellSpec, span: Span, unit: Option<Option<Unit>>) -> Cell {
        let outer = printed_unit(spec, unit);
        if span.is_empty() {
            return Cell::new(Figure::Blank, span, outer.unwrap_or(spec.unit));
        }
        let text = span.of(self.text);
        // Digits alone, in the form's unit, are in no doubt.
        if outer.is_none()
            && !spec.unit_from_source
            && let Some(count) = read_count(text)
        {
            return Cell::new(Figure::Number(count), span, spec.unit);
        }
        let reading = read_figure(text);
        let unit = reading.unit.or(outer.unwrap_or(spec.unit));
        let mut finding = |code| self.findings.push(Diagnostic::new(code, Some(span)).with_cells([spec.id]));
        match reading.figure {
            Figure::Text if reading.overflow => finding(Code::FIGURE_OVERFLOW),
            Figure::Text => finding(Code::NOT_A_FIGURE),
            Figure::Number(number) => {
                if reading.remark.is_some() {
                    finding(Code::VALUE_REMARK);
                }
                if spec.unit.is_some() && unit.is_some() && unit != spec.unit {
                    finding(Code::UNIT_DIFFERS);
                }
                let stated = unit.is_some() || !(spec.unit_from_source || spec.unit.is_some());
                // A unit that is printed and not known is asked for even where there is nothing of it.
                if !stated && (!number.is_zero() || outer == Some(None)) {
                    finding(Code::UNIT_UNSTATED);
                }
                if number.is_negative() && !spec.signed {
                    finding(Code::NEGATIVE_FIGURE);
                }
            }
            _ => {}
        }
        Cell::new(reading.figure, span, unit)
    }

    /// Marks the row; gives how it was marked before.
    fn mark(&mut self, row: Row, seen: Seen) -> Seen {
        let Some(mark) = self.seen.get_mut(row.ordinal()) else { return Seen::No };
        let before = core::mem::replace(mark, seen);
        self.unseen = self.unseen.wrapping_sub(usize::from(before == Seen::No));
        before
    }

    /// From the label of a row to its last token.
    fn row_span(&self, run: &Run) -> Option<Span> {
        Some(tokens(self.document, run).iter().fold(run.label, |span, token| span.to(token.span())))
    }
}

/// A cell of digits alone, of a dash, or of a bar behind no text, if nothing about its bar is in doubt.
#[inline(never)]
fn plain_cell(token: &Token, text: &str, unit: Option<Unit>) -> Option<Cell> {
    let span = token.span();
    let (figure, span) = match token.kind() {
        _ if token.is_open() => return None,
        TokenKind::Digits => (Figure::Number(read_count(span.of(text))?), span),
        TokenKind::Text => (is_mark(span.of(text)).then_some(Figure::NotApplicable)?, span),
        TokenKind::Bars => ((span.len() == 1).then_some(Figure::Blank)?, Span::empty(span.start())),
    };
    Some(Cell::new(figure, span, unit))
}

/// Where the row stands in the version it belongs to.
fn other_version(row: Row) -> Option<&'static RowPlace> {
    SchemaVersion::ALL.iter().find_map(|version| version.placed(row))
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
