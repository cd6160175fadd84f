//! One pass over the tokens of a table: each belongs to the label before it.

use super::{BYTES_OF_HEAD, BYTES_OF_RUN, BYTES_OF_SHEET, HeadCell, MOST, Rows, Run, RunKind, Sheet};
use crate::classify::{Content, classify_next};
use crate::document::{Layout, Token, TokenKind};
use crate::form::{Column, Head, Proceeding, RequestRow, Row, SchemaVersion, Table};
use crate::grammar::taxonomy::{Label, Place};
use crate::grammar::{chinese_digit, trim_start};
use crate::span::Span;

/// Heads over the figures of table 四 where they stand in one row: five outcomes of three proceedings.
const REVIEW_HEADS: usize = 15;

/// The number of a label has so many digits at most.
const MAX_NUMBER_DIGITS: usize = 1;

/// Where lines have so many cells on average, they are rows.
const ROW_TOKENS: usize = 2;

/// What of the table is known so far, and the row that is open.
pub(super) struct Collector<'r, 't> {
    rows: &'r mut Rows,
    tokens: &'t [Token],
    text: &'t str,
    /// Where the block begins, and whether a line of nothing but a figure stands before it.
    from: u32,
    pub(super) after_figure: bool,
    pub(super) sheet: Option<u16>,
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
            sheet: None,
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
            serial: false,
            among_heads: 0,
            headed: false,
            outcomes: 0,
            proceedings: false,
            last_row: None,
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
        let lines = block.iter().filter(|token| token.begins_line()).count();
        self.row_lines =
            layout == Layout::Grid || lines > 0 && block.len() >= lines.saturating_mul(ROW_TOKENS);
        let (mut rest, mut at) = (block, from);
        while let Some((token, behind)) = rest.split_first() {
            rest = behind;
            let here = at;
            at = at.saturating_add(1);
            let as_lines = self.row_lines || self.serial;
            if as_lines && token.begins_line() && self.line(here, token) {
                continue;
            }
            self.token(here, token);
            // The figures of a row need no further look.
            if let Some(run) = &mut self.open {
                let figure =
                    |token: &&Token| token.kind() == TokenKind::Digits && !(as_lines && token.begins_line());
                let figures = rest.iter().take_while(figure).count();
                if figures > 0 {
                    at = at.saturating_add(index(figures));
                    run.push_figures(at, figures);
                    (self.bars, self.lone_bar, self.leads) = (false, false, false);
                    rest = rest.get(figures..).unwrap_or_default();
                }
            }
        }
        self.close();
    }

    /// Ends the table.
    pub(super) fn leave(&mut self) {
        if self.sheet.is_some() {
            self.end_grid();
            self.sheet = None;
        }
        (self.header, self.serial, self.lone_bar) = (false, false, false);
    }

    /// A figure without a bar stands below the row read last, and may be part of it; where a bar ends each cell, only one that
    /// is no number of a page: too long for it, or at the end of the text, which may be cut off.
    pub(super) fn figure_behind(&mut self, is_part: bool) {
        if let Some(run) = self.rows.runs.last_mut() {
            run.interrupted |= is_part || run.layout != Layout::Padded;
        }
    }

    /// Ends the open row before a figure that begins a line: it is no part of the row before, but a page number, or of a row
    /// without its label.
    fn interrupt(&mut self, token: &Token) {
        let begins = token.begins_line() && self.row_lines && !self.serial;
        // Nor is it of a line of other words: a footer may stand between.
        if begins && self.open.is_some_and(|run| run.tokens.0 < run.tokens.1 || run.kind == RunKind::Unknown)
        {
            self.close();
        }
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
                }
                if token.is_open() && !self.header && self.open.is_none_or(|run| run.kind == RunKind::Unknown)
                {
                    // A bar too many or too few behind other words: they may stand within the row above.
                    self.doubt_last();
                }
                if let Some(run) = &mut self.open {
                    run.push(at, token);
                }
            }
            TokenKind::Digits => match &mut self.open {
                Some(run) => run.push(at, token),
                None => self.value(at, token),
            },
            TokenKind::Text => self.cell(at, token),
        }
        self.bars = token.kind() == TokenKind::Bars;
        self.lone_bar = self.bars && token.begins_line() && token.span().len() == 1;
        self.leads = self.bars && (token.begins_line() || self.leads);
    }

    fn cell(&mut self, at: u32, token: &Token) {
        let span = token.span();
        let text = span.of(self.text);
        match classify_next(text, &mut self.place) {
            Content::Value => {
                self.interrupt(token);
                self.value(at, token);
            }
            Content::Banner(item) => {
                self.joined(token, true);
                self.begin_sheet(Table::ActiveDisclosure, item);
            }
            Content::Field => {
                self.doubt_blank();
                self.close();
                self.rows.fields.push(span);
            }
            Content::Unknown if self.header => self.head(None, span),
            Content::Unknown => {
                self.doubt_blank();
                self.close();
                if self.sheet.is_some() {
                    self.open(RunKind::Unknown, span, at.saturating_add(1));
                }
            }
            Content::Labels { labels, cut_note, fragment, approximate } => {
                if fragment && self.header {
                    return self.head(None, span);
                }
                if is_glued(text, labels)
                    && let Some(run) = self
                        .open
                        .as_mut()
                        .filter(|run| run.kind != RunKind::Unknown)
                        .or(self.rows.runs.last_mut())
                {
                    run.interrupted = true;
                }
                self.joined(token, false);
                self.label(labels, approximate, at, span);
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

    /// Puts the row in doubt that stands before other labels in one line: where it ends is not told, or whose its figures are.
    fn joined(&mut self, token: &Token, banner: bool) {
        let is_line = self.layout == Layout::Grid;
        if let Some(run) =
            self.open.as_mut().filter(|run| !token.begins_line() && run.tokens.0 < run.tokens.1)
        {
            run.interrupted |= is_line || self.row_lines && (run.tail || banner);
        }
    }

    /// A value cell: part of the open row, or the first figure of table 四.
    fn value(&mut self, at: u32, token: &Token) {
        let span = token.span();
        if self.open.is_none() {
            if let Some(row) = self.pending_proceeding() {
                self.open(RunKind::Row(Row::Proceeding(row)), span, at);
                if let Some(run) = &mut self.open {
                    // The label may be a head, with a page number under it.
                    run.interrupted |= self.row_lines && token.begins_line();
                }
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
                let apart = at == self.from || of_table;
                if let Some(run) = self.rows.runs.last_mut().filter(|_| apart && !self.header) {
                    run.interrupted = true;
                }
                if self.sheet.is_some() {
                    self.among_heads = self.among_heads.saturating_add(u32::from(self.header));
                    self.headed |= self.header;
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

    /// A cell that holds one of the form's labels; its place decides which of its meanings holds.
    /// `approximate` where it may be of two rows.
    fn label(&mut self, labels: &'static [Label], approximate: bool, at: u32, span: Span) {
        if let [Label::Row(row)] = labels
            && !matches!(row, Row::Proceeding(_))
            && self.is_in_place(*row, span)
        {
            return self.begin_row(*row, at, span);
        }
        let current = self.current();
        let table = current.map(|sheet| sheet.table);
        let column = labels.iter().find_map(|label| match label {
            Label::Column(column) if column_table(*column) == table => Some(*column),
            _ => None,
        });
        // The head of a column, as most that are no row.
        if let Some(column) = column.filter(|_| self.header) {
            return self.head(Some(Label::Column(column)), span);
        }
        let row = self.pick_row(labels, table, span);
        let head = labels.iter().find_map(|label| match label {
            Label::Head(head) => Some(*head),
            _ => None,
        });
        match (column, row, head) {
            (_, Some(Row::Proceeding(row)), _) => self.proceeding(row, at, span),
            (_, Some(row), _) => {
                let twin = self.twin(labels, row, approximate);
                self.begin_row(row, at, span);
                if let Some(run) = &mut self.open {
                    run.twin = twin;
                }
            }
            (_, _, Some(Head::Group(_))) if table == Some(Table::Requests) || table.is_none() => {
                if table.is_none() {
                    self.begin_sheet(Table::Requests, 0);
                }
                self.begin_group(at, span);
            }
            (_, _, Some(head)) => self.other_head(head, at, span),
            // A column of this table below its rows: the heads are repeated.
            (Some(column), None, None) => {
                if let Some(sheet) = current {
                    self.begin_sheet(sheet.table, sheet.item);
                    self.head(Some(Label::Column(column)), span);
                }
            }
            (None, None, None) => self.foreign_column(labels, at, span),
        }
    }

    /// The row that a label means: of the sheet's own table, and of two rows of one wording the next one in the form.
    ///
    /// `None` where that is not told: 被依法纠错数 with no row before it, 总计 or 其他 outside its place.
    fn pick_row(&self, labels: &[Label], table: Option<Table>, span: Span) -> Option<Row> {
        let rows = || {
            labels.iter().filter_map(|label| match label {
                Label::Row(row) => Some(*row),
                _ => None,
            })
        };
        let mut of_table = rows().filter(|row| Some(row.table()) == table);
        let found = match (of_table.next(), of_table.next()) {
            (Some(only), None) => Some(only),
            (Some(_), Some(_)) => self.next_row(rows().filter(|row| Some(row.table()) == table)),
            (None, _) => {
                // A label that only one table has begins that table.
                let mut tables = labels.iter().filter_map(|label| match label {
                    Label::Row(row) => Some(row.table()),
                    Label::Column(column) => column_table(*column),
                    Label::Head(_) => None,
                });
                let first = tables.next()?;
                let same = tables.all(|table| table == first);
                if rows().nth(1).is_some() { self.next_row(rows()) } else { rows().next() }.filter(|_| same)
            }
        };
        found.filter(|row| self.is_in_place(*row, span))
    }

    /// The first of `rows`, in the order of the form, behind the last row read; else the last before it, which is then
    /// printed twice.
    fn next_row(&self, rows: impl Iterator<Item = Row> + Clone) -> Option<Row> {
        let last = self.last_row?;
        let of_table = rows.filter(|row| row.table() == last.table());
        of_table.clone().find(|row| *row > last).or_else(|| of_table.last())
    }

    /// The other row that a label may mean, unless the row before it in the form stands before it, and is known.
    fn twin(&self, labels: &[Label], row: Row, approximate: bool) -> Option<Row> {
        let known = !approximate
            && self
                .open
                .as_ref()
                .or(self.rows.runs.last())
                .is_some_and(|run| run.twin.is_none() && !run.fragment);
        let behind =
            known && self.last_row.is_some_and(|last| row.ordinal().checked_sub(last.ordinal()) == Some(1));
        let mut others = labels.iter().filter_map(|label| match label {
            Label::Row(other) if *other != row && other.table() == row.table() => Some(*other),
            _ => None,
        });
        others.next().filter(|_| !behind)
    }

    /// 其他 and 总计 are rows of table 三 under their numbers, or towards its end; elsewhere they are something cut off, or
    /// a subtotal.
    fn is_in_place(&self, row: Row, label: Span) -> bool {
        let numbered = |number: char| label.of(self.text).contains(number);
        let late =
            || self.last_row.is_some_and(|last| last >= Row::Request(RequestRow::NotProcessedPetition));
        match row {
            Row::Request(RequestRow::OutcomeTotal) => numbered('七') || late(),
            Row::Request(RequestRow::OtherHandlingOther) => numbered('3') || late(),
            _ => true,
        }
    }

    /// 行政复议 and its fellows: labels of rows where the outcomes stand above them, else heads over the outcomes.
    fn proceeding(&mut self, row: Proceeding, at: u32, span: Span) {
        let label = Label::Row(Row::Proceeding(row));
        if self.current().is_none_or(|sheet| sheet.table != Table::ReviewLitigation) {
            self.begin_sheet(Table::ReviewLitigation, 0);
            return self.head(Some(label), span);
        }
        let Some(sheet) = self.current() else { return };
        let (outcomes, proceedings) = (self.outcomes > 0, self.proceedings);
        if sheet.vertical || !self.header || (outcomes && !proceedings) {
            self.begin_row(Row::Proceeding(row), at, span);
        } else {
            self.head(Some(label), span);
        }
    }

    /// The proceeding whose head stands directly before a figure: its part of table 四 is printed row by row.
    fn pending_proceeding(&mut self) -> Option<Proceeding> {
        let sheet = self
            .current()
            .filter(|sheet| sheet.table == Table::ReviewLitigation && self.header && !self.bars)?;
        let last = self.rows.heads.get(sheet.heads.0 as usize..)?.last()?;
        match last.label {
            Some(Label::Row(Row::Proceeding(row))) => {
                self.rows.heads.pop();
                let to = index(self.rows.heads.len());
                if let Some(sheet) = self.sheet.and_then(|at| self.rows.sheets.get_mut(usize::from(at))) {
                    sheet.heads.1 = to;
                }
                Some(row)
            }
            _ => None,
        }
    }

    fn begin_row(&mut self, row: Row, at: u32, span: Span) {
        if self.current().is_none_or(|sheet| sheet.table != row.table()) {
            self.begin_sheet(row.table(), 0);
        }
        self.last_row = Some(row);
        let mut second = false;
        if let Some(run) = &mut self.open {
            // (六)其他处理 before 1.申请人…: a group after all.
            let is_group = match (run.kind, row) {
                (RunKind::Group, _) => true,
                (RunKind::Row(Row::Request(RequestRow::OtherHandling)), Row::Request(below)) => matches!(
                    below,
                    RequestRow::OtherHandlingCorrectionOverdue
                        | RequestRow::OtherHandlingFeeOverdue
                        | RequestRow::OtherHandlingOther
                ),
                _ => false,
            };
            if is_group && run.tokens.0 == run.tokens.1 {
                run.kind = RunKind::Row(row);
                run.labels = run.labels.saturating_add(1);
                run.label = span;
                run.tokens = (at.saturating_add(1), at.saturating_add(1));
                return;
            }
            // Two rows in one line: where the first one ends is not told, or whose the figures are.
            let figures = run.tokens.0 < run.tokens.1;
            let begins = self.tokens.get(at as usize).is_some_and(Token::begins_line);
            let joined = self.row_lines && !figures && matches!(run.kind, RunKind::Row(_));
            second = (self.layout == Layout::Grid || joined) && !begins;
        }
        self.close();
        self.open(RunKind::Row(row), span, at.saturating_add(1));
        if let Some(run) = &mut self.open {
            run.interrupted |= second;
        }
    }

    fn begin_group(&mut self, at: u32, span: Span) {
        match &mut self.open {
            Some(run) if run.kind == RunKind::Group && run.tokens.0 == run.tokens.1 => {
                run.labels = run.labels.saturating_add(1);
                run.label = span;
                run.tokens = (at.saturating_add(1), at.saturating_add(1));
            }
            _ => {
                self.close();
                self.open(RunKind::Group, span, at.saturating_add(1));
            }
        }
    }

    fn other_head(&mut self, head: Head, at: u32, span: Span) {
        self.serial |= head == Head::SerialNumber;
        let table = match head {
            Head::Content => Some(Table::ActiveDisclosure),
            Head::Applicants | Head::Organisations => Some(Table::Requests),
            Head::Litigation | Head::Category => Some(Table::ReviewLitigation),
            Head::Indicators => Some(Table::Statistics),
            _ => None,
        };
        match (table, self.current()) {
            (Some(table), Some(sheet)) if sheet.table == table && self.header => {}
            (Some(table), Some(sheet)) if sheet.table == table => {
                self.begin_sheet(table, sheet.item);
                self.doubt_banner(at);
            }
            (Some(table), _) => self.begin_sheet(table, 0),
            (None, _) if self.header => {}
            (None, _) => {
                self.close();
                if self.sheet.is_some() {
                    self.open(RunKind::Unknown, span, at.saturating_add(1));
                }
                return;
            }
        }
        if let Some(sheet) = self.sheet.and_then(|at| self.rows.sheets.get_mut(usize::from(at))) {
            sheet.look_alike |= head == Head::LookAlike;
            sheet.vertical |= head == Head::Category;
        }
        self.head(Some(Label::Head(head)), span);
    }

    /// A row of nothing but a pad above heads of table 二 stands where their banner does, and may have changed places with it.
    #[cold]
    fn doubt_banner(&mut self, at: u32) {
        let is_disclosure = self.current().is_some_and(|sheet| sheet.table == Table::ActiveDisclosure);
        let above = |run: &Run| run.tail && run.tokens.1 == at && at > self.from && self.is_pad(run);
        if is_disclosure && self.rows.runs.last().is_some_and(above) {
            self.doubt_last();
        }
    }

    /// Where a figure stands among the heads of table 二, the pad of its banner may stand in a row instead.
    #[cold]
    fn doubt_blanks(&mut self) {
        if self.current().is_none_or(|sheet| sheet.table != Table::ActiveDisclosure) {
            return;
        }
        for at in self.begun.2..self.rows.runs.len() {
            let is_pad = self.rows.runs.get(at).is_some_and(|run| run.tail && self.is_pad(run));
            if let Some(run) = self.rows.runs.get_mut(at).filter(|_| is_pad) {
                run.interrupted = true;
            }
        }
    }

    /// Whether nothing but bars stands behind the label of the row.
    fn is_pad(&self, run: &Run) -> bool {
        let cells = self.tokens.get(run.tokens.0 as usize..run.tokens.1 as usize).unwrap_or_default();
        cells.iter().all(|token| token.kind() == TokenKind::Bars)
    }

    /// A column of another table begins that table, if no other table has such a column.
    fn foreign_column(&mut self, labels: &'static [Label], at: u32, span: Span) {
        let mut columns = labels.iter().filter_map(|label| match label {
            Label::Column(column) => Some(*column),
            _ => None,
        });
        match (columns.next(), columns.next()) {
            (Some(column), None) => {
                if let Some(table) = column_table(column) {
                    self.begin_sheet(table, 0);
                    self.head(Some(Label::Column(column)), span);
                }
            }
            _ if self.header => self.head(None, span),
            _ => {
                self.close();
                if self.sheet.is_some() {
                    self.open(RunKind::Unknown, span, at.saturating_add(1));
                }
            }
        }
    }

    fn current(&self) -> Option<Sheet> {
        self.sheet.and_then(|at| self.rows.sheets.get(usize::from(at))).copied()
    }

    /// Whether the heads of table 四 are complete, so that figures may begin.
    fn is_before_figures(&self) -> bool {
        self.header
            && self.outcomes >= REVIEW_HEADS
            && self.current().is_some_and(|sheet| sheet.table == Table::ReviewLitigation)
    }

    fn begin_sheet(&mut self, table: Table, item: u8) {
        self.close();
        self.note_bar();
        let same_grid = self.current().is_some_and(|sheet| sheet.table == table);
        if !same_grid && self.sheet.is_some() {
            self.end_grid();
        }
        let from = index(self.rows.heads.len());
        let last = self.rows.heads.last().map_or(Span::empty(0), |head| head.span);
        let number = u16::try_from(self.rows.sheets.len()).ok();
        self.sheet = number.filter(|_| self.has_room(self.rows.sheets.len(), BYTES_OF_SHEET, last));
        if self.sheet.is_none() {
            self.rows.surplus.get_or_insert(last);
            return;
        }
        self.rows.sheets.push(Sheet {
            table,
            item,
            heads: (from, from),
            look_alike: false,
            vertical: false,
            broken: false,
            grid: self.rows.grids,
        });
        self.header = true;
        (self.among_heads, self.outcomes, self.proceedings) = (0, 0, false);
    }

    /// The printed table is over: its last row has no pad.
    fn end_grid(&mut self) {
        let grid = self.rows.grids;
        if let Some(run) = self.rows.runs.last_mut() {
            let of_grid =
                self.rows.sheets.get(usize::from(run.sheet)).is_some_and(|sheet| sheet.grid == grid);
            run.last |= of_grid;
        }
        if core::mem::take(&mut self.headed) {
            self.doubt_blanks();
        }
        self.strip_row_bars();
        self.rows.grids = grid.saturating_add(1);
    }

    /// Takes the bar that begins each row in version 2.0 of the extractor from the end of the row before, where four of
    /// five rows of the table have one. The pre-2019 table is left alone: its rows may all end in a blank.
    fn strip_row_bars(&mut self) {
        let (rows, barred, first) = self.begun;
        let statistics = self.current().is_some_and(|sheet| sheet.table == Table::Statistics);
        // Of a table of a row or two the others tell.
        if rows > 2 {
            self.barred = barred.saturating_mul(5) >= rows.saturating_mul(4);
        }
        if self.barred && !statistics {
            let runs = self.rows.runs.get_mut(first..).unwrap_or_default();
            for run in runs.iter_mut().filter(|run| run.bar_behind && run.tail) {
                run.tokens.1 = run.tokens.1.saturating_sub(1);
                run.width = run.width.saturating_sub(1);
                let last = run.tokens.1.checked_sub(1).filter(|last| *last >= run.tokens.0);
                let last = last.and_then(|last| self.tokens.get(last as usize));
                run.tail = last.is_some_and(|token| token.kind() == TokenKind::Bars);
            }
        }
        self.begun = (0, 0, self.rows.runs.len());
    }

    fn head(&mut self, label: Option<Label>, span: Span) {
        match label {
            Some(Label::Column(_)) => self.outcomes = self.outcomes.saturating_add(1),
            // One cut off counts all the same.
            None if self.current().is_some_and(|sheet| sheet.table == Table::ReviewLitigation) => {
                self.outcomes = self.outcomes.saturating_add(1);
            }
            Some(Label::Row(_) | Label::Head(Head::Litigation)) => self.proceedings = true,
            _ => {}
        }
        if self.has_room(self.rows.heads.len(), BYTES_OF_HEAD, span) {
            self.rows.heads.push(HeadCell { label, span });
        }
        let to = index(self.rows.heads.len());
        let broken = self.among_heads > 1;
        if let Some(sheet) = self.sheet.and_then(|at| self.rows.sheets.get_mut(usize::from(at))) {
            sheet.heads.1 = to;
            sheet.broken |= broken;
        }
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

    #[inline]
    fn close(&mut self) {
        // An unknown label with nothing behind it is a head, a note, a caption.
        if let Some(run) =
            self.open.take().filter(|run| run.kind != RunKind::Unknown || run.tokens.0 < run.tokens.1)
            && self.has_room(self.rows.runs.len(), BYTES_OF_RUN, run.label)
        {
            if run.kind == RunKind::Unknown {
                self.doubt_above(run.tokens.0);
            }
            self.rows.runs.push(run);
        }
    }

    /// Puts the row in doubt above words in the cell of a figure that has lost its bar: what stands behind them, from token
    /// `first` on, may be of the row.
    #[cold]
    fn doubt_above(&mut self, first: u32) {
        let before = first.checked_sub(2).and_then(|at| self.tokens.get(at as usize));
        if before.is_some_and(|before| before.is_open() && before.kind() != TokenKind::Bars) {
            self.doubt_last();
        }
    }

    /// Puts the row in doubt whose last cell is empty before words of no table: its bar may be theirs.
    #[cold]
    fn doubt_blank(&mut self) {
        let is_blank = self.bars && self.layout == Layout::Cells;
        if let Some(run) = self.open.as_mut().filter(|_| is_blank) {
            run.interrupted = true;
        }
    }

    /// Puts the row read last in doubt.
    #[cold]
    fn doubt_last(&mut self) {
        if let Some(run) = self.rows.runs.last_mut() {
            run.interrupted = true;
        }
    }

    /// Notes whether a lone bar stands behind the row read last, which may begin what is read now.
    #[inline]
    fn note_bar(&mut self) {
        let lone_bar = self.lone_bar;
        if let Some(before) = self.rows.runs.get_mut(self.begun.2..).and_then(<[_]>::last_mut) {
            before.bar_behind = lone_bar;
        }
    }
}

/// Whether a figure, which may be of the row before, stands before a label in its cell: before its number (`390 4.信函申请数`),
/// on a line of its own, or where no such number is.
#[inline]
fn is_glued(label: &str, labels: &[Label]) -> bool {
    // As hardly any label.
    if !matches!(label.as_bytes(), [b'0'..=b'9', behind, ..] if *behind != b'.') {
        return false;
    }
    let rest = label.trim_start_matches(|c: char| c.is_ascii_digit());
    let gap = rest.len().saturating_sub(trim_start(rest).len());
    let is_line = rest.get(..gap).is_some_and(|gap| gap.contains('\n'));
    let numbers = || labels.iter().any(|label| matches!(label, Label::Row(row) if has_number(*row)));
    let is_number = label.len().saturating_sub(rest.len()) <= MAX_NUMBER_DIGITS && numbers();
    let mut letters = trim_start(rest).chars();
    let numbered = match letters.next() {
        Some('0'..='9' | '(' | '（') => true,
        Some(first) => chinese_digit(first).is_some() && letters.next() == Some('、'),
        None => false,
    };
    let words = !matches!(trim_start(rest).chars().next(), None | Some('.' | '．' | '、'));
    rest.len() < label.len() && gap > 0 && (numbered || words && (is_line || !is_number))
}

/// Whether the form prints a digit before the label of the row.
#[cold]
fn has_number(row: Row) -> bool {
    let number = |version: &SchemaVersion| version.placed(row).map_or("", |place| place.spec.number);
    SchemaVersion::ALL.iter().any(|version| number(version).ends_with(|c: char| c.is_ascii_digit()))
}

fn column_table(column: Column) -> Option<Table> {
    Some(match column {
        Column::Measure(_) => Table::ActiveDisclosure,
        Column::Applicant(_) => Table::Requests,
        Column::Outcome(_) => Table::ReviewLitigation,
        Column::Value => Table::Statistics,
    })
}

pub(super) fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
