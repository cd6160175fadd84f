//! The dialects: how each prints a cell, a blank, the end of a row and a pad, as data.

use super::aligned;
use super::error::{Reason, WriteError};
use super::grid::{Entry, Grid, GridCell};
use crate::id::machine_ids;

/// What a dialect cannot show of a form.
///
/// ```
/// use gongkai::write::{Blanks, Dialect};
///
/// let loss = Dialect::Lines.loss(); // each cell a line, and nothing for a blank one
/// assert_eq!(loss.blanks, Blanks::Dropped);
/// assert!(loss.rows);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub struct Loss {
    /// What becomes of blank cells.
    pub blanks: Blanks,
    /// Whether the ends of rows are lost, but for a pad, so that only labels tell where a row begins.
    pub rows: bool,
    /// Whether a bar within a cell cannot be told from one between cells; such a cell is a [`WriteError`].
    pub bars: bool,
}

/// What becomes of blank cells in a dialect.
///
/// ```
/// use gongkai::write::{Blanks, Dialect};
///
/// let shown = Dialect::ALL.iter().filter(|dialect| dialect.loss().blanks == Blanks::Shown);
/// assert!(shown.clone().any(|dialect| *dialect == Dialect::Markdown)); // | 规章 | 3 | | 7 |
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Blanks {
    /// They are printed, and read as blank.
    Shown,
    /// They are printed, but at the end of a row without a pad a blank cannot be told from a pad: all cells of that row may
    /// read as missing, with a diagnostic.
    OpenAtEnd,
    /// They are printed, and read as blank, but for one at the very end of a table, which may be a cell that is cut off: all
    /// cells of its row may read as missing, with a diagnostic.
    OpenAtTableEnd,
    /// They are not printed, so a blank is a [`WriteError`].
    Dropped,
}

macro_rules! dialects {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $style:expr;)+) => {
        /// A shape in which extractors and converters print tables.
        ///
        /// The samples show two rows of a table of four columns: 规章 with 3, a blank and 7, and a banner.
        /// Version numbers are those of trafilatura, whose output changed with almost every release.
        ///
        /// ```
        /// use gongkai::write::{Blanks, Dialect};
        ///
        /// assert_eq!(Dialect::from_id("markdown"), Some(Dialect::Markdown));
        /// let dropping = Dialect::ALL.iter().filter(|dialect| dialect.loss().blanks == Blanks::Dropped);
        /// assert_eq!(dropping.collect::<Vec<_>>(), [&Dialect::Lines]);
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[non_exhaustive]
        pub enum Dialect { $($(#[$doc])* $variant,)+ }

        machine_ids! { Dialect { $($variant = $id,)+ } }

        impl Dialect {
            const fn style(self) -> Style {
                match self { $(Self::$variant => $style,)+ }
            }
        }
    };
}

dialects! {
    /// One row a line (1.10 to 1.12, tight markup).
    ///
    /// ```text
    /// 规章 | 3 | | 7 |
    /// 第二十条第（五）项 | |||
    /// ```
    V1_12Rows = "1.12-rows", Style { pad: Some(" "), ..BAR_BEHIND };
    /// One cell a line, the pad on a line of its own (1.10 to 1.12, paragraphs in the cells).
    ///
    /// ```text
    /// 规章 |
    /// 3 |
    /// |
    /// 7 |
    /// 第二十条第（五）项 |
    /// |||
    /// ```
    V1_12Cells = "1.12-cells", Style { join: "\n", pad: Some("\n"), rows: false, ..BAR_BEHIND };
    /// One cell a line, the pad on the line of the last cell (1.10 to 1.12).
    ///
    /// ```text
    /// 规章 |
    /// 3 |
    /// |
    /// 7 |
    /// 第二十条第（五）项 | |||
    /// ```
    V1_12Tight = "1.12-tight", Style { join: "\n", pad: Some(" "), rows: false, ..BAR_BEHIND };
    /// A bar on either side of a cell, no pad (1.4, bare cells).
    ///
    /// ```text
    /// |规章||3||||7|
    /// |第二十条第（五）项|
    /// ```
    V1_4Rows = "1.4-rows", Style { before: "|", after: "|", blank: "||", join: "", ..PLAIN };
    /// Both bars of a cell on lines of their own before it (1.4, paragraphs in the cells).
    ///
    /// ```text
    /// |
    /// |
    /// 规章
    /// |
    /// |
    /// 3
    /// |
    /// |
    /// |
    /// |
    /// 7
    /// |
    /// |
    /// 第二十条第（五）项
    /// ```
    V1_4Cells = "1.4-cells", Style { before: "|\n|\n", blank: "|\n|", join: "\n", rows: false, blanks: Blanks::OpenAtTableEnd, ..PLAIN };
    /// A bar before each cell (1.6).
    ///
    /// ```text
    /// |规章
    /// |3
    /// |
    /// |7
    /// |第二十条第（五）项
    /// ```
    V1_6Cells = "1.6-cells", Style { before: "|", join: "\n", rows: false, blanks: Blanks::OpenAtTableEnd, ..PLAIN };
    /// A bar on a line of its own before each cell (1.6, paragraphs in the cells).
    ///
    /// ```text
    /// |
    /// 规章
    /// |
    /// 3
    /// |
    /// |
    /// 7
    /// |
    /// 第二十条第（五）项
    /// ```
    V1_6Split = "1.6-split", Style { before: "|\n", join: "\n", rows: false, blanks: Blanks::OpenAtTableEnd, ..PLAIN };
    /// A bar right behind each cell (1.8).
    ///
    /// ```text
    /// 规章|
    /// 3|
    /// |
    /// 7|
    /// 第二十条第（五）项|
    /// ```
    V1_8Cells = "1.8-cells", Style { after: "|", join: "\n", rows: false, ..PLAIN };
    /// One row a line without spaces or pads (1.9).
    ///
    /// ```text
    /// 规章|3||7|
    /// 第二十条第（五）项|
    /// ```
    V1_9Rows = "1.9-rows", Style { after: "|", join: "", ..PLAIN };
    /// A bar on a line of its own behind each cell (1.8 and 1.9, paragraphs in the cells).
    ///
    /// ```text
    /// 规章
    /// |
    /// 3
    /// |
    /// |
    /// 7
    /// |
    /// 第二十条第（五）项
    /// |
    /// ```
    V1_9Split = "1.9-split", Style { after: "\n|", join: "\n", rows: false, blanks: Blanks::OpenAtTableEnd, ..PLAIN };
    /// As [`V1_12Rows`](Self::V1_12Rows) with a bar before each row (2.0).
    ///
    /// ```text
    /// | 规章 | 3 | | 7 |
    /// | 第二十条第（五）项 | |||
    /// ```
    V2_0Rows = "2.0-rows", Style { row: "| ", pad: Some(" "), ..BAR_BEHIND };
    /// As [`V1_12Cells`](Self::V1_12Cells) with a lone bar before each row (2.0).
    ///
    /// ```text
    /// |
    /// 规章 |
    /// 3 |
    /// |
    /// 7 |
    /// |
    /// 第二十条第（五）项 |
    /// |||
    /// ```
    V2_0Cells = "2.0-cells", Style { row: "|\n", join: "\n", pad: Some("\n"), ..BAR_BEHIND };
    /// As [`V2_0Rows`](Self::V2_0Rows), the last row padded too (2.1).
    ///
    /// ```text
    /// | 规章 | 3 | | 7 |
    /// | 第二十条第（五）项 | |||
    /// ```
    V2_1 = "2.1", Style { row: "| ", pad: Some(" "), pad_last: true, ..BAR_BEHIND };
    /// A full grid: what a cell spans is printed as empty cells (2.2).
    ///
    /// ```text
    /// | 规章 | 3 |  | 7 |
    /// | 第二十条第（五）项 |  |  |  |
    /// ```
    V2_2 = "2.2", FULL;
    /// A pipe table of GitHub Flavored Markdown, headings with `#`.
    ///
    /// ```text
    /// | 规章 | 3 |  | 7 |
    /// | 第二十条第（五）项 |  |  |  |
    /// ```
    Markdown = "markdown", Style { rule: Some(("| ---", " | ---", " |")), spaced: true, heading: '#', ..FULL };
    /// Bars between cells, a rule below the first row (html2text).
    ///
    /// ```text
    /// 规章| 3| | 7
    /// 第二十条第（五）项
    /// ```
    Html2text = "html2text",
        Style { join: "| ", blank: "", rule: Some(("---", "|---", "")), spaced: true, heading: '#', ..PLAIN };
    /// Cells as lines between blank lines, no bars (resiliparse). A blank cannot be shown; the sample has a dash for it.
    ///
    /// ```text
    /// 规章
    ///
    /// 3
    ///
    /// —
    ///
    /// 7
    ///
    /// 第二十条第（五）项
    /// ```
    Lines = "lines",
        Style { join: "\n\n", blank: "", end: "\n\n", rows: false, spaced: true, blanks: Blanks::Dropped, ..PLAIN };
    /// One row a line, tabulators between cells. The sample has `⇥` for them.
    ///
    /// ```text
    /// 规章⇥3⇥⇥7
    /// 第二十条第（五）项
    /// ```
    Tabs = "tabs", Style { join: "\t", blank: "", ..PLAIN };
    /// One row a line, columns lined up by spaces, an ideograph as wide as two (inscriptis, `pdftotext -layout`).
    ///
    /// ```text
    /// 规章      3                           7
    /// 第二十条第（五）项
    /// ```
    Aligned = "aligned", Style { aligned: true, blanks: Blanks::OpenAtTableEnd, ..PLAIN };
}

impl Dialect {
    /// What it cannot show.
    #[must_use]
    pub const fn loss(self) -> Loss {
        let Style { blanks, rows, escape, .. } = self.style();
        Loss { blanks, rows: !rows, bars: !escape }
    }
}

/// How a dialect prints a table.
#[derive(Clone, Copy)]
struct Style {
    /// Before each row.
    row: &'static str,
    /// Behind each row.
    end: &'static str,
    /// Before and behind the text of a cell.
    before: &'static str,
    after: &'static str,
    /// A blank cell.
    blank: &'static str,
    /// Between two cells.
    join: &'static str,
    /// Between the last cell and the pad, where rows are padded.
    pad: Option<&'static str>,
    /// Whether the last row is.
    pad_last: bool,
    /// Whether what a cell spans is printed as empty cells.
    full: bool,
    /// The rule below the first row: before the first cell, before each other cell, behind the last.
    rule: Option<(&'static str, &'static str, &'static str)>,
    /// Whether spaces line up the columns.
    aligned: bool,
    /// Whether tables and headings stand between blank lines.
    spaced: bool,
    /// What stands before a heading, once for each level; nothing for a space.
    heading: char,
    /// Whether a bar within a cell is escaped.
    escape: bool,
    /// Whether a line break shows where a row ends.
    rows: bool,
    blanks: Blanks,
}

/// No bars at all.
const PLAIN: Style = Style {
    row: "",
    end: "\n",
    before: "",
    after: "",
    blank: "|",
    join: " ",
    pad: None,
    pad_last: false,
    full: false,
    rule: None,
    aligned: false,
    spaced: false,
    heading: ' ',
    escape: false,
    rows: true,
    blanks: Blanks::Shown,
};
/// Each cell with a bar behind it.
const BAR_BEHIND: Style = Style { after: " |", blanks: Blanks::OpenAtEnd, ..PLAIN };
/// A full grid.
const FULL: Style = Style { row: "| ", after: " |", blank: " |", full: true, escape: true, ..PLAIN };

/// Puts headings and tables together.
pub(super) struct Printer {
    dialect: Dialect,
    style: Style,
    text: String,
}

impl Printer {
    pub(super) const fn new(dialect: Dialect) -> Self {
        Self { dialect, style: dialect.style(), text: String::new() }
    }

    /// A heading of the report; level 0 is its title.
    pub(super) fn heading(&mut self, level: u8, heading: &str) {
        self.space();
        if self.style.heading != ' ' {
            self.text.extend(core::iter::repeat_n(self.style.heading, usize::from(level).saturating_add(1)));
            self.text.push(' ');
        }
        self.text.extend(heading.chars().map(|c| if matches!(c, '\n' | '|') { ' ' } else { c }));
        self.text.push('\n');
    }

    /// A table below its official title.
    pub(super) fn titled(&mut self, grid: &Grid) -> Result<(), WriteError> {
        let title =
            super::section_of(grid.table()).map_or(grid.version().name(), |section| section.heading());
        self.heading(1, title);
        self.grid(grid)
    }

    /// A table.
    pub(super) fn grid(&mut self, grid: &Grid) -> Result<(), WriteError> {
        self.space();
        let style = self.style;
        if style.aligned {
            grid.rows().flatten().try_for_each(|cell| self.check(cell))?;
            self.text.push_str(&aligned::lines(grid));
            return Ok(());
        }
        // How many more rows each column is taken by a cell above.
        let mut taken = vec![0_usize; if style.full { grid.width() } else { 0 }];
        let last = grid.rows().len().saturating_sub(1);
        for (at, row) in grid.rows().enumerate() {
            self.text.push_str(style.row);
            let mut printed = 0_usize;
            let mut cells = row.iter();
            while printed < taken.len() || !style.full {
                // What a cell above reaches down to is empty.
                let free = taken.get(printed).is_none_or(|taken| *taken == 0);
                let Some(cell) = (if free { cells.next() } else { None }) else {
                    if !style.full {
                        break;
                    }
                    self.cell(printed, "");
                    if let Some(rest) = taken.get_mut(printed) {
                        *rest = rest.saturating_sub(1);
                    }
                    printed = printed.saturating_add(1);
                    continue;
                };
                self.check(cell)?;
                self.cell(printed, cell.text());
                let end = if style.full { printed.saturating_add(cell.columns()) } else { printed };
                for slot in taken.get_mut(printed..end).unwrap_or_default() {
                    *slot = cell.rows().saturating_sub(1);
                }
                for filler in printed.saturating_add(1)..end {
                    self.cell(filler, "");
                }
                printed = end.max(printed.saturating_add(1));
            }
            if let Some(join) = style.pad.filter(|_| at < last || style.pad_last) {
                let pad = grid.width().saturating_sub(printed);
                self.text.push_str(if pad > 0 { join } else { "" });
                self.text.extend(core::iter::repeat_n('|', pad));
            }
            self.text.push_str(style.end);
            if let Some((first, other, end)) = style.rule.filter(|_| at == 0) {
                self.text.push_str(first);
                self.text.push_str(&other.repeat(printed.saturating_sub(1)));
                self.text.push_str(end);
                self.text.push('\n');
            }
        }
        Ok(())
    }

    /// Whether the dialect can show the cell.
    fn check(&self, cell: &GridCell) -> Result<(), WriteError> {
        let Entry::Figure(id) = cell.entry() else { return Ok(()) };
        if cell.text().is_empty() && self.style.blanks == Blanks::Dropped {
            return Err(WriteError::new(id, Reason::Blank(self.dialect)));
        }
        if cell.text().contains('|') && !self.style.escape {
            return Err(WriteError::new(id, Reason::Bar(self.dialect)));
        }
        Ok(())
    }

    /// The cell with `printed` cells before it in its row.
    fn cell(&mut self, printed: usize, text: &str) {
        let Style { join, before, after, blank, .. } = self.style;
        self.text.push_str(if printed > 0 { join } else { "" });
        if text.is_empty() {
            self.text.push_str(blank);
        } else {
            self.text.push_str(before);
            // Only a dialect that escapes bars gets here with one.
            self.text.push_str(&text.replace('|', "\\|"));
            self.text.push_str(after);
        }
    }

    /// A blank line, where the dialect has them and none is there yet.
    fn space(&mut self) {
        if self.style.spaced && !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{CellId, Indicator};

    #[test]
    fn a_bar_is_escaped_or_refused() {
        for &dialect in Dialect::ALL {
            let id = CellId::from(Indicator::Complaints);
            let cell = GridCell::new(Entry::Figure(id), "3|5");
            let mut printer = Printer::new(dialect);
            let error = printer.check(&cell).err();
            if error.is_none() {
                printer.cell(0, cell.text());
                assert!(printer.finish().contains("3\\|5"), "{dialect}");
            } else {
                assert_eq!(error.map(|error| (error.cell(), error.dialect())), Some((id, Some(dialect))));
            }
            assert_eq!(dialect.loss().bars, error.is_some(), "{dialect}");
        }
    }
}
