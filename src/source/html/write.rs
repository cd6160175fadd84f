//! The items of a page, written as the text that the page shows.

use arrayvec::ArrayVec;

use super::items::{Item, Items, Row};
use crate::error::Error;
use crate::form::Figure;
use crate::grammar::figure::read_figure;
use crate::grammar::heading::{parse_heading, section_of};
use crate::grammar::trim;
use crate::source::map::{Map, Width};
use crate::source::{Malformed, Source, decode};
use crate::span::Span;

/// Labels and heads are shorter than this, in bytes: a row with a longer cell is layout.
const MAX_CELL_BYTES: u32 = 1024;
/// Banners are shorter than this, in bytes: a longer cell alone in its row is prose.
const MAX_BANNER_BYTES: u32 = 180;
/// Cells that reach into the rows below, at a time. No form has more heads than this.
const MAX_REACHING: usize = 24;

/// Stands in a row for a figure that belongs to the row above as well.
const DITTO: char = '〃';
/// Stands for a bar in the text of the page.
const BAR: &str = "｜";
/// Stands for a picture.
const OBJECT: &str = "\u{FFFC}";

/// Writes `items` of `page`.
///
/// # Errors
///
/// The text is larger than 4 GiB.
pub(super) fn write(page: &Source<'_>, items: &Items) -> Result<Source<'static>, Error> {
    let mut writer = Writer {
        page,
        values: &items.values,
        text: String::with_capacity(page.text().len() / 2),
        map: Map::identity(page.byte_span(Span::empty(0)).start()),
        malformed: Vec::new(),
        space: false,
        line: 0,
        tables: Vec::new(),
    };
    let title = items.title.iter().chain(&[Item::Break]);
    for item in title.chain(&items.body) {
        writer.item(item);
    }
    writer.end_line();
    let end = u32::try_from(page.text().len()).unwrap_or(u32::MAX);
    writer.pin(page.byte_span(Span::empty(end)).start());
    decode::of_page(writer.text, page.encoding(), writer.map, writer.malformed)
}

/// A table being written.
#[derive(Debug, Default)]
struct Table {
    widest: u32,
    row: Option<OpenRow>,
    /// Cells that reach into the next rows, from left to right.
    reaching: ArrayVec<Reaching, MAX_REACHING>,
    /// Where a row without any text begins and ends, if one is the last so far.
    empty: Option<(usize, usize)>,
}

/// A row being written as one line.
#[derive(Clone, Copy, Debug)]
struct OpenRow {
    /// Whether it has one cell, which may be a heading.
    lone: bool,
    /// The column of the next cell.
    column: u32,
    cell: Option<OpenCell>,
}

#[derive(Clone, Copy, Debug)]
struct OpenCell {
    /// Where it begins in the text.
    start: usize,
    /// Where it begins in the page.
    slot: u32,
    column: u32,
    columns: u16,
    rows: u16,
    /// What it shows beside text.
    object: Option<(u32, u32)>,
    /// Whether the page ends in it.
    cut_off: bool,
}

/// A cell that reaches into the rows below its own.
#[derive(Clone, Copy, Debug)]
struct Reaching {
    column: u32,
    columns: u16,
    /// How many rows.
    rows: u16,
    /// Where it stands in the page, if it is a figure, a mark or nothing, and not a label.
    figure: Option<u32>,
    /// Whether it begins above the row being written.
    above: bool,
}

struct Writer<'s> {
    page: &'s Source<'s>,
    values: &'s str,
    text: String,
    map: Map,
    malformed: Vec<Malformed>,
    /// Whether white space precedes what comes next.
    space: bool,
    /// Where the line begins.
    line: usize,
    tables: Vec<Table>,
}

impl Writer<'_> {
    fn item(&mut self, item: &Item) {
        match *item {
            Item::Text { start, end } => self.words(start, end),
            Item::Value { start, end, value } => self.value(start, end, Span::new(value.0, value.1)),
            Item::Object { start, end } => {
                if let Some(cell) = self.row().and_then(|row| row.cell.as_mut()) {
                    cell.object = cell.object.or(Some((start, end)));
                }
                self.space = true;
            }
            Item::CutOff => {
                if let Some(cell) = self.row().and_then(|row| row.cell.as_mut()) {
                    cell.cut_off = true;
                }
            }
            Item::Apart => self.space = true,
            Item::Break if self.row().is_some() => self.space = true,
            Item::Break => self.end_line(),
            Item::Table { widest } => {
                self.end_line();
                self.tables.push(Table { widest, ..Table::default() });
            }
            Item::Row(row) => self.begin_row(row),
            Item::Cell { slot, columns, rows } => self.begin_cell(slot, columns, rows),
            Item::RowEnd => self.end_row(),
            Item::TableEnd => {
                self.end_line();
                self.tables.pop();
            }
        }
    }

    /// The row that is being written as one line.
    fn row(&mut self) -> Option<&mut OpenRow> {
        self.tables.last_mut()?.row.as_mut()
    }

    fn begin_row(&mut self, row: Row) {
        self.end_line();
        let end = self.text.len();
        let Some(table) = self.tables.last_mut() else { return };
        for cell in &mut table.reaching {
            cell.above = true;
        }
        // Word and Excel set the widths of columns by a row of empty cells; one before figures must not pass for them.
        let empty = table.empty.take_if(|_| row.cells > 0).filter(|empty| empty.1 == end);
        let lone = row.cells < 2;
        let most = if lone { MAX_BANNER_BYTES } else { MAX_CELL_BYTES };
        let layout = row.nested || table.widest < 2 || row.heaviest > most;
        table.row = (!layout).then_some(OpenRow { lone, column: 0, cell: None });
        if let Some((start, _)) = empty {
            self.forget(start);
            self.line = start;
        }
    }

    fn begin_cell(&mut self, slot: u32, columns: u16, rows: u16) {
        if self.row().is_none() {
            return self.end_line();
        }
        self.end_cell();
        self.reach();
        let start = self.text.len();
        if let Some(row) = self.row() {
            row.cell = Some(OpenCell {
                start,
                slot,
                column: row.column,
                columns,
                rows,
                object: None,
                cut_off: false,
            });
            row.column = row.column.saturating_add(u32::from(columns));
        }
    }

    /// Writes the figures that reach into this row from above, up to the next column that is free.
    fn reach(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some(row) = &mut table.row else { return };
        let mut dittos: ArrayVec<u32, MAX_REACHING> = ArrayVec::new();
        for cell in table.reaching.iter().filter(|cell| cell.above) {
            if cell.column == row.column {
                row.column = cell.column.saturating_add(u32::from(cell.columns));
                dittos.extend(cell.figure);
            }
        }
        for slot in dittos {
            self.pin_page(slot, false);
            self.text.push(DITTO);
            self.pin_page(slot, false);
            self.text.push_str(" | ");
        }
    }

    /// Ends the cell that is open: its bar, and what follows of the row.
    fn end_cell(&mut self) {
        self.space = false;
        let Some(cell) = self.row().and_then(|row| row.cell.take()) else { return };
        if trim(self.part(cell.start)).is_empty() {
            self.forget(cell.start);
            if let Some((start, end)) = cell.object {
                self.unit(start, end, OBJECT);
            } else {
                self.pin_page(cell.slot, false);
            }
        }
        let content = trim(self.part(cell.start));
        let is_label = || cell.column == 0 || read_figure(content).figure == Figure::Text;
        let reaching = cell.rows.checked_sub(1).filter(|rows| *rows > 0).map(|rows| Reaching {
            column: cell.column,
            columns: cell.columns,
            rows,
            figure: (!is_label()).then_some(cell.slot),
            above: false,
        });
        self.text.push_str(match content {
            _ if cell.cut_off => "",
            "" => "| ",
            _ => " | ",
        });
        if let (Some(cell), Some(table)) = (reaching, self.tables.last_mut()) {
            let at = table.reaching.partition_point(|other| other.column < cell.column);
            // What does not fit is left out, and the rows below have cells too few.
            let _ = table.reaching.try_insert(at, cell);
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        self.reach();
        let start = self.line;
        let Some(table) = self.tables.last_mut() else { return };
        for cell in table.reaching.iter_mut().filter(|cell| cell.above) {
            cell.rows = cell.rows.saturating_sub(1);
        }
        table.reaching.retain(|cell| cell.rows > 0);
        let row = table.row.take();
        if row.is_some_and(|row| row.lone)
            && let Some(cell) = self.text.get(start..).and_then(|line| line.strip_suffix(" | "))
            && parse_heading(cell).is_some_and(|heading| section_of(heading.title).is_some())
        {
            self.text.truncate(start.saturating_add(cell.len()));
        }
        self.end_line();
        let end = self.text.len();
        let is_empty =
            end > start && self.part(start).bytes().all(|byte| matches!(byte, b'|' | b' ' | b'\n'));
        if let (true, Some(table)) = (is_empty, self.tables.last_mut()) {
            table.empty = Some((start, end));
        }
    }

    fn end_line(&mut self) {
        self.space = false;
        if trim(self.part(self.line)).is_empty() {
            self.forget(self.line);
        } else {
            self.text.truncate(self.text.trim_end_matches(' ').len());
            self.text.push('\n');
            self.line = self.text.len();
        }
    }

    /// Takes back what was written from `start` on.
    fn forget(&mut self, start: usize) {
        self.text.truncate(start);
        self.map.truncate(index(start));
    }

    /// What was written from `start` on.
    fn part(&self, start: usize) -> &str {
        self.text.get(start..).unwrap_or_default()
    }

    /// Whether nothing was written yet into the line or the cell.
    fn is_at_start(&mut self) -> bool {
        let start = match self.row() {
            Some(OpenRow { cell: Some(cell), .. }) => cell.start,
            _ => self.line,
        };
        self.text.len() <= start
    }

    /// Text of the page, cut where white space is more than a space.
    fn words(&mut self, start: u32, end: u32) {
        let page = self.page.text();
        let part = Span::new(start, end).of(page);
        let bytes = part.as_bytes();
        let mut at = 0_usize;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let len = rest.iter().enumerate().position(|(len, byte)| match byte {
                b' ' => rest.get(len.saturating_add(1)).is_none_or(u8::is_ascii_whitespace),
                b'|' => true,
                byte => byte.is_ascii_whitespace(),
            });
            // A space at the beginning is white space like any other.
            let len = if rest.starts_with(b" ") { 0 } else { len.unwrap_or(rest.len()) };
            let from = start.saturating_add(index(at));
            let bars = rest.iter().take_while(|byte| **byte == b'|').count();
            let taken = match (len, bars) {
                (0, 0) => {
                    self.space = true;
                    1
                }
                (0, bars) => {
                    self.unit(from, from.saturating_add(index(bars)), &BAR.repeat(bars));
                    bars
                }
                (len, _) => {
                    self.copy(from, from.saturating_add(index(len)));
                    len
                }
            };
            at = at.saturating_add(taken);
        }
    }

    /// What a character reference stands for.
    fn value(&mut self, start: u32, end: u32, value: Span) {
        let value = value.of(self.values);
        if value.trim_ascii().is_empty() {
            self.space = true;
        } else if value.contains(['|', '\n']) {
            self.unit(start, end, &value.replace('\n', " ").replace('|', BAR));
        } else {
            self.unit(start, end, value);
        }
    }

    /// Writes the white space before what comes next.
    fn begin(&mut self) {
        if core::mem::take(&mut self.space) && !self.is_at_start() {
            self.text.push(' ');
        }
    }

    /// Writes `value` for a range of the page.
    fn unit(&mut self, start: u32, end: u32, value: &str) {
        self.begin();
        self.pin_page(start, false);
        self.text.push_str(value);
        self.pin_page(end, true);
    }

    /// Writes a range of the page.
    fn copy(&mut self, start: u32, end: u32) {
        self.begin();
        let span = Span::new(start, end);
        let at = index(self.text.len());
        self.map.push_part(&self.page.map, self.page.text(), span, at);
        self.text.push_str(span.of(self.page.text()));
        self.pin_page(end, true);
        let malformed = self.page.malformed();
        let first = malformed.partition_point(|damage| damage.span().start() < start);
        let within = malformed.iter().skip(first).take_while(|damage| damage.span().end() <= end);
        self.malformed.extend(within.map(|damage| {
            let from = at.saturating_add(damage.span().start().saturating_sub(start));
            Malformed { span: Span::new(from, from.saturating_add(damage.span().len())), ..*damage }
        }));
    }

    /// From here on the text belongs to a place of the page: filling, or one unit up to the next place.
    fn pin_page(&mut self, at: u32, up: bool) {
        let span = if up { Span::new(at.saturating_sub(1), at) } else { Span::empty(at) };
        let bytes = self.page.byte_span(span);
        self.pin(if up { bytes.end() } else { bytes.start() });
    }

    fn pin(&mut self, byte: usize) {
        self.map.push(index(self.text.len()), byte, Width::Unit);
    }
}

fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
