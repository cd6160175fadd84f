//! Findings about a report: what is in doubt, where, and which cells it touches.
//!
//! A diagnostic is structured data; words come only from [`Diagnostic::message`]. Every code stands in [`TABLE`] with
//! its class, severity, wording and an example.

mod code;
#[cfg(feature = "render")]
mod render;

use core::fmt;

pub use code::{Code, Entry, TABLE};
#[cfg(feature = "render")]
pub use render::Renderer;

use crate::form::{CellId, Number};
use crate::span::Span;

/// What a diagnostic is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Class {
    /// The reading of the source: a cell whose place or content is in doubt.
    Reading,
    /// Figures of one report that contradict each other.
    Integrity,
    /// Prose that contradicts a table.
    Claim,
    /// Reports of several years that contradict each other.
    Series,
}

impl Class {
    /// The name in exports: `reading`, `integrity`, `claim`, `series`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Integrity => "integrity",
            Self::Claim => "claim",
            Self::Series => "series",
        }
    }
}

/// How much a diagnostic matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing; the cells named are right.
    Info,
    /// The cells named are in doubt, or left open.
    Warning,
    /// The source is wrong, or cannot be read, at the cells named.
    Error,
}

impl Severity {
    /// The name in exports: `info`, `warning`, `error`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The language of a message.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Language {
    /// English.
    #[default]
    English,
    /// 中文
    Chinese,
}

/// The numbers of a diagnostic.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub struct Counts {
    /// How many the source shows.
    pub found: u32,
    /// How many the form has.
    pub expected: u32,
}

/// One finding.
///
/// ```
/// use gongkai::diagnostic::{Code, Language};
///
/// let report = gongkai::parse("第二十条第(一)项 | |||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 约3件 | 0 | 0 |\n")?;
/// let finding = report.diagnostics().iter().find(|finding| finding.code() == Code::NOT_A_FIGURE).unwrap();
/// assert_eq!(report.text(finding.span().unwrap()), "约3件");
/// assert_eq!(finding.cells()[0].to_string(), "active_disclosure/rules/issued");
/// assert!(finding.message(Language::Chinese).contains("不是数字"));
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    code: Code,
    class: Class,
    severity: Severity,
    span: Option<Span>,
    cells: Vec<CellId>,
    counts: Counts,
    sides: Option<(Number, Number)>,
}

impl Diagnostic {
    /// A finding with the class and severity that the table of codes gives its code; a caller's own code is an
    /// integrity warning until [`with_class`](Self::with_class) says otherwise.
    #[must_use]
    pub fn new(code: Code, span: Option<Span>) -> Self {
        let (class, severity) =
            code.entry().map_or((Class::Integrity, Severity::Warning), |entry| (entry.class, entry.severity));
        Self { code, class, severity, span, cells: Vec::new(), counts: Counts::default(), sides: None }
    }

    /// Names the cells.
    #[must_use]
    pub fn with_cells(mut self, cells: impl IntoIterator<Item = CellId>) -> Self {
        self.cells.extend(cells);
        self
    }

    /// Sets the numbers.
    #[must_use]
    pub fn with_counts(mut self, found: u32, expected: u32) -> Self {
        self.counts = Counts { found, expected };
        self
    }

    /// Sets the two sides that should agree.
    #[must_use]
    pub fn with_sides(mut self, left: Number, right: Number) -> Self {
        self.sides = Some((left, right));
        self
    }

    /// Sets class and severity.
    #[must_use]
    pub fn with_class(mut self, class: Class, severity: Severity) -> Self {
        (self.class, self.severity) = (class, severity);
        self
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// The class.
    #[must_use]
    pub fn class(&self) -> Class {
        self.class
    }

    /// The severity.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Where to look; `None` where the source has nothing to look at.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.span
    }

    /// The cells in doubt: a row or a column group at most; empty where no cell is touched.
    #[must_use]
    pub fn cells(&self) -> &[CellId] {
        &self.cells
    }

    /// The numbers.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The two sides that should agree, left and right; `None` where the finding is not about two numbers.
    #[must_use]
    pub fn sides(&self) -> Option<(Number, Number)> {
        self.sides
    }

    /// The finding in words, one line, without its place.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let template = match (self.code.entry(), language) {
            (Some(entry), Language::English) => entry.english,
            (Some(entry), Language::Chinese) => entry.chinese,
            (None, _) => return format!("{}: {}", self.code, self.cells_in_words()),
        };
        let (left, right) = self.sides.unwrap_or((Number::from(0), Number::from(0)));
        template
            .replace("{left}", &left.to_string())
            .replace("{right}", &right.to_string())
            .replace("{found}", &self.counts.found.to_string())
            .replace("{expected}", &self.counts.expected.to_string())
            .replace("{cells}", &self.cells_in_words())
    }

    /// `requests/granted (natural_person, …, total)`, or the one cell.
    fn cells_in_words(&self) -> String {
        match self.cells.as_slice() {
            [] => String::new(),
            [cell] => cell.to_string(),
            [first, .., last] if self.cells.iter().all(|cell| cell.row == first.row) => {
                let dots = if self.cells.len() > 2 { " … " } else { ", " };
                format!("{}/{} ({}{dots}{})", first.table(), first.row, first.column, last.column)
            }
            cells => cells.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity.id(), self.code, self.message(Language::English))
    }
}
