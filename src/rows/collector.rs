//! One pass over the tokens of a table: each belongs to the label before it.

mod doubt;
mod labels;
mod sheets;

use self::doubt::{is_glued, is_marked};
use super::{BYTES_OF_RUN, MOST, Rows, Run, RunKind, Sheet};
use crate::classify::{
    Content, MAX_UNIT_BYTES, between_labels, classify, classify_other, is_page_number, is_unit_or_mark,
};
use crate::document::{Layout, Token, TokenKind};
use crate::form::{Figure, Row, Table};
use crate::grammar::figure::{is_digits, read_figure};
use crate::grammar::is_space;
use crate::grammar::note::ends_in_note;
use crate::grammar::taxonomy::{Label, Place, next_label};
use crate::span::Span;

/// Where lines have so many cells on average, they are rows.
const ROW_TOKENS: usize = 2;
/// Of so many lines one may hold two cells where each cell has one; a pad behind the last cell of a row is more common.
const CELL_LINES: usize = 16;

/// What of the table is known so far, and the row that is open.
pub(super) struct Collector<'r, 't> {
    rows: &'r mut Rows,
    tokens: &'t [Token],
    text: &'t str,
    /// Where the block begins, and whether a line of nothing but a figure stands before it.
    from: u32,
    pub(super) after_figure: bool,
    /// The words that stand on the line before it.
    pub(super) above: Option<Span>,
    pub(super) sheet: Option<u16>,
    /// The table that the sheet is of.
    table: Option<Table>,
    /// Whether the heads of the sheet are being read, and no row has begun.
    header: bool,
    open: Option<Run>,
    /// Whether the token before was bars.
    bars: bool,
    /// Whether it was one bar on a line of its own.
    lone_bar: bool,
    /// Whether nothing but bars stands before on the same line.
    leads: bool,
    /// Whether a figure without a row stands before on the same line of a grid.
    stray: bool,
    /// Whether a lone bar begins each row of the printed table before, as in version 2.0 of the extractor.
    barred: bool,
    /// Rows of the printed table so far, those that a lone bar precedes, and where they begin among all.
    begun: (u32, u32, usize),
    layout: Layout,
    /// Whether each line of the block is a row.
    row_lines: bool,
    /// Whether nearly each line of the block is a cell.
    cell_lines: bool,
    /// Whether the rows begin with a serial number.
    serial: bool,
    /// How many figures stand among the heads of the sheet, and whether any do in the printed table so far.
    among_heads: u32,
    headed: bool,
    /// How many columns the heads of the sheet name.
    outcomes: usize,
    /// Whether the heads of the sheet name a proceeding.
    proceedings: bool,
    /// The last row of the form in this table or the one before.
    last_row: Option<Row>,
    /// Whether a row of the sheet stood below one that the form has behind it.
    disordered: bool,
    /// A head that more than one table has, read last, in none of them.
    stray_head: Option<(&'static [Label], Span)>,
    /// Where in the form the last label stands.
    place: Place,
}

impl<'r, 't> Collector<'r, 't> {
    pub(super) fn new(rows: &'r mut Rows, tokens: &'t [Token], text: &'t str) -> Self {
        Self {
            rows,
            tokens,
            text,
            from: 0,
            after_figure: false,
            above: None,
            sheet: None,
            table: None,
            header: false,
            open: None,
            bars: false,
            lone_bar: false,
            leads: false,
            stray: false,
            barred: false,
            begun: (0, 0, 0),
            layout: Layout::Padded,
            row_lines: false,
            cell_lines: false,
            serial: false,
            among_heads: 0,
            headed: false,
            outcomes: 0,
            proceedings: false,
            last_row: None,
            disordered: false,
            stray_head: None,
            place: Place::default(),
        }
    }

    /// Reads a block of the table; the lines between it and the block before do not end the table.
    pub(super) fn block(&mut self, from: u32, block: &[Token], layout: Layout) {
        // What interrupts the table may hide the label of the row that the bar begins.
        if let Some(run) = self.rows.runs.last_mut().filter(|_| self.lone_bar && self.sheet.is_some()) {
            run.bar_behind = true;
            // Where a bar stands before each cell, what interrupts the table may be the cell.
            run.interrupted |= self.layout == Layout::Cells;
        }
        (self.from, self.layout, self.stray, self.bars) = (from, layout, false, false);
        let lines: usize = block.iter().map(|token| usize::from(token.begins_line())).sum();
        self.row_lines =
            layout == Layout::Grid || lines > 0 && block.len() >= lines.saturating_mul(ROW_TOKENS);
        if self.sheet.is_none() {
            self.stray_figures(block);
        }
        self.cell_lines = block.len().saturating_sub(lines) <= lines / CELL_LINES;
        let (mut rest, mut at) = (block, from);
        while let Some((token, behind)) = rest.split_first() {
            rest = behind;
            let here = at;
            at = at.wrapping_add(1);
            if self.row_lines && token.begins_line() && self.line(here, token) {
                continue;
            }
            let counted = self.serial && !self.row_lines;
            if counted && self.is_serial_number(token, rest.first()) {
                self.close();
                continue;
            }
            self.token(here, token);
            // The figures of a row need no further look.
            let figure = |token: &&Token| {
                token.kind() == TokenKind::Digits && !(counted || self.row_lines && token.begins_line())
            };
            if rest.first().filter(figure).is_some()
                && let Some(run) = &mut self.open
            {
                let figures = rest.iter().take_while(figure).count();
                at = at.saturating_add(index(figures));
                run.push_figures(at, figures);
                (self.bars, self.lone_bar, self.leads) = (false, false, false);
                rest = rest.get(figures..).unwrap_or_default();
            }
        }
        self.close();
    }

    /// Whether it is the number of the row whose label stands behind it.
    #[cold]
    fn is_serial_number(&self, token: &Token, next: Option<&Token>) -> bool {
        is_digits(token.span().of(self.text))
            && next.is_some_and(|next| {
                next.kind() == TokenKind::Text
                    && !matches!(classify(next.span().of(self.text)), Content::Value)
            })
    }

    /// Counts figures between bars without any words, outside of the tables: whose they are nothing tells, in a document of
    /// two dialects.
    fn stray_figures(&mut self, block: &[Token]) {
        if block.iter().any(|token| token.kind() == TokenKind::Text) {
            return;
        }
        let mut figures = block.iter().filter(|token| token.kind() == TokenKind::Digits);
        if let Some(first) = figures.next() {
            let more = index(figures.count());
            self.rows.strays.0 = self.rows.strays.0.saturating_add(more).saturating_add(1);
            self.rows.strays.1.get_or_insert(first.span());
        }
    }

    /// Ends the table.
    pub(super) fn leave(&mut self) {
        if self.sheet.is_some() {
            self.end_grid();
            (self.sheet, self.table) = (None, None);
        }
        (self.header, self.serial, self.lone_bar) = (false, false, false);
    }

    /// Begins a line of a table whose rows are known to be lines. Whether its first token is thereby dealt with.
    fn line(&mut self, at: u32, token: &Token) -> bool {
        if token.kind() == TokenKind::Digits {
            self.interrupt(token);
        }
        self.stray = false;
        if self.layout == Layout::Grid {
            self.close();
            if token.kind() == TokenKind::Bars && self.is_before_figures() {
                self.open(RunKind::Figures, token.span(), at);
            }
        }
        let number = self.serial && !self.header && token.kind() == TokenKind::Digits;
        if number {
            self.close();
        }
        number
    }

    fn token(&mut self, at: u32, token: &Token) {
        match token.kind() {
            TokenKind::Bars => {
                let begins_row =
                    self.barred && token.begins_line() && token.span().len() == 1 && !self.lone_bar;
                if (self.bars || self.layout == Layout::Cells)
                    && !begins_row
                    && self.layout != Layout::Grid
                    && self.open.is_none()
                    && self.is_before_figures()
                {
                    self.open(RunKind::Figures, token.span(), at);
                    // Behind a pad on its line it may be none of the row's cells.
                    if let Some(run) = self.open.as_mut().filter(|run| run.layout == Layout::Padded) {
                        run.interrupted |= !token.begins_line();
                    }
                }
                let between = self.open.is_none_or(|run| run.kind == RunKind::Unknown);
                if token.is_open() && !self.header && between && self.sheet.is_some() {
                    // A bar too many or too few behind other words: they may stand within the row above.
                    self.doubt_last();
                }
                // A bar alone below a row that is a line, and ends in one: which of them is an empty cell is not told.
                // So are two on a line where each cell has one.
                let begins_line = token.begins_line();
                let apart = if begins_line { self.row_lines && !self.barred } else { self.cell_lines };
                let second = self.bars && apart;
                if let Some(run) = &mut self.open {
                    run.interrupted |= second && run.layout == Layout::Padded && run.width > 1;
                    run.push(at, token);
                }
                self.bars = true;
                self.lone_bar = token.begins_line() && token.span().len() == 1;
                self.leads |= token.begins_line();
                return;
            }
            TokenKind::Digits => match &mut self.open {
                Some(run) => run.push(at, token),
                None => self.value(at, token),
            },
            // The unit of a row or the dash for it, as most of the pre-2019 table have one.
            TokenKind::Text
                if !(self.row_lines && token.begins_line())
                    && let Some(run) = &mut self.open
                    && (token.unit().is_some() || is_unit_cell(token.span(), self.text)) =>
            {
                run.push(at, token);
            }
            TokenKind::Text => self.cell(at, token),
        }
        (self.bars, self.lone_bar, self.leads) = (false, false, false);
    }

    #[inline(always)]
    fn cell(&mut self, at: u32, token: &Token) {
        let span = token.span();
        let bytes = self.text.as_bytes().get(span.range());
        let next = bytes.and_then(|cell| next_label(cell, &mut self.place));
        // As most. Nothing is glued to it, and no mark stands before it.
        if let Some(labels @ [_, ..]) = next {
            return self.labelled(labels, false, at, token);
        }
        let text = span.of(self.text);
        let content = match next {
            Some(_) => between_labels(text),
            None => classify_other(text, &mut self.place),
        };
        match content {
            Content::Value => {
                self.interrupt(token);
                self.value(at, token);
                // Where the number of a page stands for a figure, a figure is missing.
                let is_page = || is_page_number(text) && read_figure(text).figure == Figure::Text;
                let others = |text: &str| text.contains(|c: char| !c.is_ascii_digit() && !is_space(c));
                let mixed = text.bytes().any(|byte| byte.is_ascii_digit()) && others(text);
                if let Some(run) = self.open.as_mut().filter(|_| mixed && is_page()) {
                    run.interrupted = true;
                }
            }
            Content::Banner(item) => {
                if ends_in_note(text) {
                    self.caption(span);
                }
                self.joined(token, true);
                self.begin_sheet(Table::ActiveDisclosure, item);
            }
            Content::Field => {
                self.doubt_blank();
                self.close();
                self.rows.fields.push(span);
            }
            Content::Unknown if self.header => {
                self.caption(span);
                self.head(None, span);
            }
            Content::Unknown => {
                self.caption(span);
                self.joined(token, false);
                self.doubt_blank();
                self.begin_unknown(at, span);
            }
            Content::Labels { labels, cut_note, fragment, approximate } => {
                if fragment && self.header {
                    return self.head(None, span);
                }
                if (is_glued(text, labels) || self.bars && is_marked(text))
                    && let Some(run) = self
                        .open
                        .as_mut()
                        .filter(|run| run.kind != RunKind::Unknown)
                        .or(self.rows.runs.last_mut())
                {
                    run.interrupted = true;
                }
                self.labelled(labels, approximate, at, token);
                if approximate && self.open.is_none_or(|run| run.label != span) {
                    self.rows.approximate.push(span);
                }
                if let Some(run) = &mut self.open
                    && (cut_note || fragment || approximate)
                {
                    run.cut_note |= cut_note;
                    run.fragment |= fragment || (approximate && run.label == span);
                }
            }
        }
    }

    /// A cell that holds a label, and nothing that may be of the row before.
    #[inline(always)]
    fn labelled(&mut self, labels: &'static [Label], approximate: bool, at: u32, token: &Token) {
        self.joined(token, false);
        self.label(labels, approximate, at, token.span());
        if self.layout == Layout::Cells || token.is_open() {
            self.doubt_label(at, token);
        }
        // In no other table the label of a row ends in that of another.
        if matches!(labels, [Label::Row(Row::Indicator(_)), ..]) {
            self.doubt_wrapped(labels, at, token.span());
        }
    }

    /// A value cell: part of the open row, or the first figure of table 四.
    fn value(&mut self, at: u32, token: &Token) {
        let span = token.span();
        if self.header && self.open.is_none() {
            self.begin_first_row(at);
        }
        if self.open.is_none() {
            if let Some(row) = self.pending_proceeding() {
                self.open(RunKind::Row(Row::Proceeding(row)), span, at);
                if let Some(run) = &mut self.open {
                    // The label may be a head, with a page number under it.
                    run.interrupted |= self.row_lines && token.begins_line();
                }
            } else if let Some(row) = self.proceeding_above() {
                self.open(RunKind::Row(Row::Proceeding(row)), span, at);
            } else if self.is_before_figures() {
                self.open(RunKind::Figures, span, at);
                // A bar on a line of its own before them is their first cell, empty, or a pad of one.
                let doubtful = self.lone_bar && !self.barred;
                if let Some(run) = self.open.as_mut().filter(|_| doubtful) {
                    run.interrupted = true;
                }
            } else {
                // It may be of the row before, whatever interrupts the table there; an empty cell may stand for its label.
                let begins = token.begins_line() || self.leads;
                let of_table = self.sheet.is_some() && self.row_lines && begins;
                let apart = at == self.from && self.sheet.is_some() || of_table;
                if let Some(run) = self.rows.runs.last_mut().filter(|_| apart && !self.header) {
                    run.interrupted = true;
                }
                if self.sheet.is_some() {
                    self.among_heads = self.among_heads.saturating_add(u32::from(self.header));
                    self.headed |= self.header;
                    // One in the place of the one head of figures: 12月.
                    let sheet = self.sheet.and_then(|at| self.rows.sheets.get_mut(usize::from(at)));
                    if let Some(sheet) = sheet.filter(|sheet| sheet.table == Table::Statistics) {
                        sheet.broken |= self.header;
                    }
                    self.rows.strays.0 = self.rows.strays.0.saturating_add(1);
                    self.rows.strays.1.get_or_insert(span);
                    self.stray = self.row_lines;
                }
            }
        }
        if let Some(run) = &mut self.open {
            run.push(at, token);
        }
    }

    fn current(&self) -> Option<Sheet> {
        self.sheet.and_then(|at| self.rows.sheets.get(usize::from(at))).copied()
    }

    #[inline]
    fn open(&mut self, kind: RunKind, label: Span, first: u32) {
        self.header = false;
        let Some(sheet) = self.sheet else { return };
        if matches!(kind, RunKind::Row(_) | RunKind::Group) {
            self.begun.0 = self.begun.0.saturating_add(1);
            self.begun.1 = self.begun.1.saturating_add(u32::from(self.lone_bar));
        }
        if kind != RunKind::Figures {
            self.note_bar();
        }
        // The row of table 四 begins a line, where lines are rows.
        let begins = || self.tokens.get(first as usize).is_some_and(Token::begins_line);
        let joined = kind == RunKind::Figures && self.row_lines && !begins();
        self.open = Some(Run {
            kind,
            sheet,
            labels: u8::from(kind != RunKind::Figures),
            cut_note: false,
            fragment: false,
            twin: None,
            layout: self.layout,
            cut_off: false,
            interrupted: self.stray || joined || self.after_figure && first == self.from,
            last: false,
            label,
            tokens: (first, first),
            width: 0,
            tail: false,
            bar_behind: false,
        });
    }

    /// Whether there is room for one more than so many; notes where there is none.
    #[inline]
    fn has_room(&mut self, count: usize, bytes_of_one: usize, span: Span) -> bool {
        let has_room = count < MOST
            || count.saturating_sub(MOST) < self.text.len().checked_div(bytes_of_one).unwrap_or_default();
        if !has_room {
            self.rows.surplus.get_or_insert(span);
        }
        has_room
    }

    /// Ends the row that is open.
    #[inline(always)]
    fn close(&mut self) {
        let Some(Run { kind, label, tokens, .. }) = self.open else { return };
        // An unknown label with nothing behind it is a head, a note, a caption.
        let is_row = kind != RunKind::Unknown || tokens.0 < tokens.1;
        if is_row && self.has_room(self.rows.runs.len(), BYTES_OF_RUN, label) {
            if kind == RunKind::Unknown {
                self.doubt_above(tokens.0);
            }
            self.keep();
        }
        self.open = None;
    }

    /// Keeps the row that is open.
    #[inline]
    fn keep(&mut self) {
        let Some(run) = &mut self.open else { return };
        // A pad and nothing else below a row that shows nothing at all may be of that row.
        let is_bare = |before: &Run| before.tokens.0 == before.tokens.1 && before.sheet == run.sheet;
        if run.tail
            && run.tokens.1.wrapping_sub(run.tokens.0) == 1
            && self.rows.runs.last().is_some_and(is_bare)
        {
            run.interrupted |= run.layout == Layout::Padded;
        }
        self.rows.runs.push(*run);
    }
}

/// Whether the cell is nothing but a unit, or a mark such as a dash.
#[inline]
fn is_unit_cell(span: Span, text: &str) -> bool {
    span.len() <= MAX_UNIT_BYTES && {
        let cell = span.of(text);
        !cell.is_ascii() && is_unit_or_mark(cell)
    }
}

pub(super) fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
