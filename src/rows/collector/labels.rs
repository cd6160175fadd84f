//! What a label means where it stands: a row, a head, a group, the beginning of a table.

use super::{Collector, index};
use crate::classify::{Content, classify};
use crate::document::{Layout, Token, TokenKind};
use crate::form::{Applicant, Column, Head, Proceeding, RequestRow, ReviewOutcome, Row, Table};
use crate::grammar::taxonomy::Label;
use crate::rows::{HeadCell, Run, RunKind};
use crate::span::Span;

impl Collector<'_, '_> {
    /// A cell that holds one of the form's labels; its place decides which of its meanings holds.
    /// `approximate` where it may be of two rows.
    #[inline(always)]
    pub(super) fn label(&mut self, labels: &'static [Label], approximate: bool, at: u32, span: Span) {
        if let [Label::Row(row)] = labels
            && !matches!(row, Row::Proceeding(_))
            && self.is_in_place(*row, span)
        {
            return self.begin_row(*row, at, span);
        }
        // The head of a column and nothing else, as most that are no row.
        if let [Label::Column(column)] = labels
            && self.header
            && column_table(*column) == self.table
        {
            return self.head(Some(Label::Column(*column)), span);
        }
        self.other_label(labels, approximate, at, span);
    }

    /// The same, for one that is neither the label of the row that stands there, nor the head of a column, and nothing else.
    #[inline(never)]
    fn other_label(&mut self, labels: &'static [Label], approximate: bool, at: u32, span: Span) {
        let table = self.table;
        let column = labels.iter().find_map(|label| match label {
            Label::Column(column) if column_table(*column) == table => Some(*column),
            _ => None,
        });
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
                let of_a_group = self.may_be_of_a_group(row, labels, span);
                self.begin_other_row(row, at, span);
                if let Some(run) = &mut self.open {
                    run.twin = twin;
                    run.fragment |= of_a_group;
                }
            }
            (_, _, Some(Head::Group(_))) if table == Some(Table::Requests) || table.is_none() => {
                if table.is_none() {
                    self.begin_sheet(Table::Requests, 0);
                }
                self.begin_group(at, span);
            }
            (_, _, Some(head)) => self.other_head(head, at, span),
            // 6.其他 is a row that the form does not have.
            (Some(_), None, None) if span.of(self.text).starts_with(|c: char| c.is_ascii_digit()) => {
                self.begin_unknown(at, span);
            }
            // A column of this table below its rows: the heads are repeated.
            (Some(column), None, None) => {
                if let Some(sheet) = self.current() {
                    self.begin_columns(sheet.table, sheet.item, column, span);
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
        rows().next()?;
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
        // (六)其他
        let group =
            found == Some(Row::Request(RequestRow::OtherHandlingOther)) && span.of(self.text).contains('六');
        let found = if group { Some(OTHER_HANDLING) } else { found };
        found.filter(|row| self.is_in_place(*row, span))
    }

    /// The first of `rows`, in the order of the form, behind the last row read; else the last before it, which is then
    /// printed twice.
    fn next_row(&self, rows: impl Iterator<Item = Row> + Clone) -> Option<Row> {
        let last = self.last_row?;
        let of_table = rows.filter(|row| row.table() == last.table());
        of_table.clone().find(|row| *row > last).or_else(|| of_table.last())
    }

    /// The other row that a label may mean, unless the row before it in the form stands before it, and is known: a row of other
    /// words between them may be one whose label is damaged, and rows in another order are none that it stands among.
    fn twin(&self, labels: &[Label], row: Row, approximate: bool) -> Option<Row> {
        let known = !approximate
            && !self.disordered
            && self.last_run().is_some_and(|run| run.twin.is_none() && !run.fragment && !is_other_row(run));
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
    #[inline(always)]
    fn is_in_place(&self, row: Row, label: Span) -> bool {
        !matches!(row, Row::Request(RequestRow::OutcomeTotal | RequestRow::OtherHandlingOther))
            || self.is_numbered_or_late(row, label)
    }

    #[cold]
    fn is_numbered_or_late(&self, row: Row, label: Span) -> bool {
        let numbered = |numbers: &[char]| label.of(self.text).contains(numbers);
        let late =
            || self.last_row.is_some_and(|last| last >= Row::Request(RequestRow::NotProcessedPetition));
        match row {
            Row::Request(RequestRow::OutcomeTotal) => numbered(&['七']) || late(),
            Row::Request(RequestRow::OtherHandlingOther) => {
                let other_number = || numbered(&['1', '2', '4', '5', '6', '7', '8', '9']);
                numbered(&['3']) || late() && !other_number()
            }
            _ => true,
        }
    }

    /// Whether it is 其他 outside (六)其他处理, or 总计 that stands neither under its number nor behind that group: it may be of
    /// another group, as (六)其他 may be the group itself.
    fn may_be_of_a_group(&self, row: Row, labels: &[Label], label: Span) -> bool {
        let first = Row::Request(RequestRow::OtherHandlingCorrectionOverdue);
        let handled = self.last_row.is_some_and(|last| last >= first);
        match row {
            Row::Request(RequestRow::OutcomeTotal) => !handled && !label.of(self.text).contains('七'),
            Row::Request(RequestRow::OtherHandlingOther) => !handled,
            row => row == OTHER_HANDLING && !labels.contains(&Label::Row(row)),
        }
    }

    /// 行政复议 and its fellows: labels of rows where the outcomes stand above them, else heads over the outcomes.
    fn proceeding(&mut self, row: Proceeding, at: u32, span: Span) {
        let label = Label::Row(Row::Proceeding(row));
        if self.table != Some(Table::ReviewLitigation) {
            self.begin_sheet(Table::ReviewLitigation, 0);
            return self.head(Some(label), span);
        }
        let Some(sheet) = self.current() else { return };
        // The same table once more.
        if !self.header && self.last_run().is_some_and(|run| run.kind == RunKind::Figures) {
            self.begin_sheet(Table::ReviewLitigation, 0);
            return self.head(Some(label), span);
        }
        let (outcomes, proceedings) = (self.outcomes > 0, self.proceedings);
        if sheet.vertical || !self.header || (outcomes && !proceedings) {
            self.begin_other_row(Row::Proceeding(row), at, span);
        } else {
            self.head(Some(label), span);
        }
    }

    /// The proceeding to which a table of five outcomes belongs, whose figures begin: its first head, or the line above it.
    pub(super) fn proceeding_above(&self) -> Option<Proceeding> {
        let sheet = self.current().filter(|sheet| sheet.table == Table::ReviewLitigation && self.header)?;
        let heads = self.rows.heads.get(sheet.heads.0 as usize..)?;
        let proceeding = |label: &Label| match label {
            Label::Row(Row::Proceeding(row)) => Some(*row),
            _ => None,
        };
        let (row, outcomes) = match heads {
            [HeadCell { label: Some(label), .. }, outcomes @ ..] if proceeding(label).is_some() => {
                (proceeding(label)?, outcomes)
            }
            [first, ..] => {
                let begins = self.tokens.get(self.from as usize)?.span() == first.span;
                let above = self.above.filter(|_| begins)?.of(self.text);
                let Content::Labels { labels, fragment: false, approximate: false, .. } = classify(above)
                else {
                    return None;
                };
                (labels.iter().find_map(proceeding)?, heads)
            }
            [] => return None,
        };
        let is_outcome = |head: &HeadCell| matches!(head.label, Some(Label::Column(Column::Outcome(_))));
        (outcomes.len() == ReviewOutcome::ALL.len() && outcomes.iter().all(is_outcome)).then_some(row)
    }

    /// The row that is open, or was read last.
    fn last_run(&self) -> Option<&Run> {
        self.open.as_ref().or(self.rows.runs.last())
    }

    /// The proceeding whose head stands directly before a figure: its part of table 四 is printed row by row.
    pub(super) fn pending_proceeding(&mut self) -> Option<Proceeding> {
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

    /// Begins the row of the words right before the figure at token `at`, below all heads of the table, that were taken for one
    /// more: a label that is cut off, or none of the form's.
    #[cold]
    pub(super) fn begin_first_row(&mut self, at: u32) {
        let above = self.tokens.get(..at as usize).unwrap_or_default();
        let Some(before) = above.iter().rposition(|token| token.kind() != TokenKind::Bars) else { return };
        let (Some(label), Some(sheet)) = (above.get(before).copied(), self.current()) else { return };
        let heads = self.rows.heads.get(sheet.heads.0 as usize..).unwrap_or_default();
        // More columns of table 三 than it has: the last is 总计 once more.
        let (columns, surplus) = match sheet.table {
            Table::Requests => (Applicant::ALL.len(), self.outcomes > Applicant::ALL.len()),
            Table::ActiveDisclosure => (1, false),
            Table::ReviewLitigation | Table::Statistics => return,
        };
        let is_label = |head: &HeadCell| head.span == label.span() && (head.label.is_none() || surplus);
        if self.outcomes < columns || !heads.last().is_some_and(is_label) {
            return;
        }
        let head = self.rows.heads.pop();
        if let Some(sheet) = self.sheet.and_then(|at| self.rows.sheets.get_mut(usize::from(at))) {
            sheet.heads.1 = sheet.heads.1.saturating_sub(1);
        }
        self.header = false;
        match head.and_then(|head| head.label) {
            None => self.cell(index(before), &label),
            // 总计 before any row that it could be the sum of.
            Some(_) => self.begin_unknown(index(before), label.span()),
        }
        for (here, bars) in (index(before)..at).zip(above.get(before..).unwrap_or_default()).skip(1) {
            if let Some(run) = &mut self.open {
                run.push(here, bars);
            }
        }
    }

    /// Begins a row whose label is not the next one of the form.
    #[inline(never)]
    fn begin_other_row(&mut self, row: Row, at: u32, span: Span) {
        self.begin_row(row, at, span);
    }

    #[inline(always)]
    fn begin_row(&mut self, row: Row, at: u32, span: Span) {
        if self.table != Some(row.table()) {
            self.begin_sheet(row.table(), 0);
        }
        self.disordered |= !self.header && self.last_row.is_some_and(|last| row < last);
        self.last_row = Some(row);
        let mut second = self.header && self.among_heads > 0 && self.is_below_open(at);
        let figured = self.open.as_ref().is_some_and(|run| run.kind == RunKind::Group && !self.is_pad(run));
        if let Some(run) = &mut self.open {
            // (六)其他处理 before 1.申请人…: a group after all.
            let is_group = run.kind == RunKind::Group || is_whole_of(run.kind, row);
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
            second |= (self.layout == Layout::Grid || joined) && !begins;
            // A figure between the labels of a group and of its row may be of the row.
            second |= figured;
        }
        self.close();
        // With figures of its own before the second of its parts it may be the first, without its label; before rows of other
        // groups it may be anything.
        let first = Row::Request(RequestRow::OtherHandlingCorrectionOverdue);
        if self.rows.runs.last().is_some_and(|before| before.kind == RunKind::Row(OTHER_HANDLING))
            && (row < first || row == Row::Request(RequestRow::OtherHandlingFeeOverdue))
        {
            self.doubt_last();
        }
        self.open(RunKind::Row(row), span, at.saturating_add(1));
        if let Some(run) = &mut self.open {
            run.interrupted |= second;
        }
    }

    /// A row that the form does not have, if it stands in a table.
    pub(super) fn begin_unknown(&mut self, at: u32, span: Span) {
        self.close();
        if self.sheet.is_some() {
            self.open(RunKind::Unknown, span, at.saturating_add(1));
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
            Head::UnitOfCount if self.sheet.is_none() && self.is_behind_words(at) => Some(Table::Statistics),
            _ => None,
        };
        // 行政诉讼 before the first of its two rows.
        let is_proceeding = |run: &Run| matches!(run.kind, RunKind::Row(Row::Proceeding(_)));
        if head == Head::Litigation && !self.header && self.last_run().is_some_and(is_proceeding) {
            return self.begin_group(at, span);
        }
        match (table, self.current()) {
            (Some(table), Some(sheet)) if sheet.table == table && self.header => {}
            (Some(table), Some(sheet)) if sheet.table == table => {
                self.begin_sheet(table, sheet.item);
                self.doubt_banner(at);
            }
            (Some(table), _) => self.begin_sheet(table, 0),
            (None, _) if self.header => {}
            (None, _) => {
                self.begin_unknown(at, span);
                return;
            }
        }
        if let Some(sheet) = self.sheet.and_then(|at| self.rows.sheets.get_mut(usize::from(at))) {
            sheet.look_alike |= head == Head::LookAlike;
            sheet.vertical |= head == Head::Category;
        }
        self.head(Some(Label::Head(head)), span);
    }

    /// Whether words stand before the cell, in its line where lines are rows: those of a head over labels, where it is 单位.
    fn is_behind_words(&self, at: u32) -> bool {
        let token = |at: u32| self.tokens.get(at as usize);
        let before = at.checked_sub(1).filter(|_| at > self.from).and_then(token);
        before.is_some_and(|before| before.kind() == TokenKind::Text)
            && !(self.row_lines && token(at).is_some_and(Token::begins_line))
    }

    /// Begins a sheet with the head of a column.
    fn begin_columns(&mut self, table: Table, item: u8, column: Column, span: Span) {
        // 复议后起诉 above the heads of a table of its own: no row.
        let is_above = |run: &mut Run| {
            matches!(run.kind, RunKind::Row(Row::Proceeding(_))) && run.tokens.0 == run.tokens.1
        };
        let above = self.open.take_if(is_above);
        self.begin_sheet(table, item);
        if let Some(Run { kind: RunKind::Row(row), label, .. }) = above {
            self.head(Some(Label::Row(row)), label);
        }
        self.head(Some(Label::Column(column)), span);
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
                    self.begin_columns(table, 0, column, span);
                }
            }
            _ if self.header => self.head(None, span),
            _ => {
                self.begin_unknown(at, span);
                self.stray_head = Some((labels, span));
            }
        }
    }
}

/// (六)其他处理, of the form of 2019.
const OTHER_HANDLING: Row = Row::Request(RequestRow::OtherHandling);

/// Whether the row has figures, and a label that is not the form's.
fn is_other_row(run: &Run) -> bool {
    run.kind == RunKind::Unknown && run.tokens.0 < run.tokens.1
}

/// Whether the one is (六)其他处理, and the other is a row of its parts.
fn is_whole_of(kind: RunKind, row: Row) -> bool {
    kind == RunKind::Row(OTHER_HANDLING)
        && matches!(
            row,
            Row::Request(
                RequestRow::OtherHandlingCorrectionOverdue
                    | RequestRow::OtherHandlingFeeOverdue
                    | RequestRow::OtherHandlingOther
            )
        )
}

pub(super) fn column_table(column: Column) -> Option<Table> {
    Some(match column {
        Column::Measure(_) => Table::ActiveDisclosure,
        Column::Applicant(_) => Table::Requests,
        Column::Outcome(_) => Table::ReviewLitigation,
        Column::Value => Table::Statistics,
    })
}
