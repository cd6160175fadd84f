//! Reads Chinese government-information-disclosure annual reports (政府信息公开工作年度报告).
//!
//! Every Chinese government office publishes such a report each year, with statutory tables, on a web page of its own.
//! This crate reads the text of such a page into a typed [`Report`]: every figure of the tables with its place in the
//! source, the outline of sections, agency, year and period, and [diagnostics](diagnostic) that say what is in doubt.
//!
//! **No figure is silently wrong.** A cell holds what the source shows, or a diagnostic names that cell.
//!
//! ```
//! use gongkai::form::{Applicant, RequestRow};
//!
//! let text = "\
//! 三、收到和处理政府信息公开申请情况
//! (本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和) | 申请人情况 | ||||||||
//! 自然人 | 法人或其他组织 | 总计 | |||||||
//! 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||
//! 一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 1 | 4 | ||
//! ";
//! let report = gongkai::parse(text)?;
//! let requests = report.form().and_then(|form| form.requests()).unwrap();
//! let cell = requests.get(RequestRow::NewReceived, Applicant::NaturalPerson).unwrap();
//! assert_eq!(cell.number(), Some(3.into()));
//! assert_eq!(report.text(cell.span().unwrap()), "3");
//! # Ok::<(), gongkai::Error>(())
//! ```
//!
//! | stage | module | from | to |
//! | --- | --- | --- | --- |
//! | decode | [`source`] | bytes | text, with a way back to the bytes |
//! | scan | [`grammar`], [`document`] | text | blocks, and the cells of tables |
//! | bind | [`form`] | cells | a filled [`Form`] of the version detected |
//! | report | [`Report`] | all of it | typed access, outline, meta data, findings |
//! | write | [`mod@write`] | a report or a form | its tables as text, in any dialect |
//! | check | [`mod@check`] | a report | findings: figures that contradict each other |
//! | claims | [`claims`] | a report | figures of its prose, and those its tables contradict |
//! | export | [`export`] | reports | tidy cells, wide metrics and findings as CSV, JSON Lines or Arrow |
//! | compare | [`metrics`], [`diff`](mod@diff), [`series`] | reports | the same questions of every version and year |
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod bind;
pub mod check;
pub mod claims;
mod classify;
mod columns;
mod detect;
pub mod diagnostic;
pub mod diff;
pub mod document;
mod error;
pub mod export;
pub mod form;
pub mod glyph;
pub mod grammar;
mod id;
pub mod meta;
pub mod metrics;
mod report;
mod rows;
#[cfg(feature = "serde")]
pub mod serial;
pub mod series;
pub mod source;
pub mod span;
mod unread;
pub mod write;

pub use check::check;
pub use claims::Claim;
pub use detect::Evidence;
pub use diagnostic::Diagnostic;
pub use document::Document;
pub use error::Error;
pub use form::{Cell, Figure, Form, Number};
pub use metrics::Metric;
pub use report::{Report, Section, Violation};
#[cfg(feature = "serde")]
pub use serial::CellRecord;
pub use span::{ByteSpan, CleanSpan, Span};

use document::Shape;
use source::{DEFAULT_MAX_BYTES, Encoding, Source};

/// Parses the text of a report with default options.
///
/// # Errors
///
/// The text is larger than [`DEFAULT_MAX_BYTES`].
/// Whatever else is wrong with it, the report says in its diagnostics.
///
/// ```
/// let report = gongkai::parse("六、举报投诉数量 | 件 | 约3件 |\n")?;
/// assert_eq!(report.form().unwrap().version(), gongkai::form::SchemaVersion::V2014);
/// assert!(report.diagnostics().iter().any(|finding| finding.code().as_str() == "not-a-figure"));
/// # Ok::<(), gongkai::Error>(())
/// ```
pub fn parse(text: &str) -> Result<Report<'_>, Error> {
    Parser::new().parse(text)
}

/// Parses the bytes of a report with default options; the encoding is found by byte-order mark or by detection.
///
/// # Errors
///
/// The input is larger than [`DEFAULT_MAX_BYTES`], or it is no text.
///
/// ```
/// let (gbk, _, _) = encoding_rs::GB18030.encode("二、主动公开政府信息情况\n规章 | 0 | 0 | 3 |\n");
/// let report = gongkai::parse_bytes(&gbk)?;
/// assert_eq!(report.source().encoding(), gongkai::source::Encoding::Gb18030);
/// # Ok::<(), gongkai::Error>(())
/// ```
pub fn parse_bytes(bytes: &[u8]) -> Result<Report<'_>, Error> {
    Parser::new().parse_bytes(bytes)
}

/// Parses a web page, or a part of one, with default options: its tables with `rowspan` and `colspan`, layout tables around
/// them, and what the page hides left out; behind the feature `html`. See [`Source::from_html`].
///
/// # Errors
///
/// As [`parse_bytes`].
///
/// ```
/// let page = "<p>二、主动公开政府信息情况<table><tr><th>信息内容<th>本年制发件数<th>本年废止件数<th>现行有效件数\
///             <tr><td>规章<td>0<td>&nbsp;<td><span>1</span>3</table>";
/// let report = gongkai::parse_html(page.as_bytes())?;
/// let cells: Vec<_> = report.cells().take(3).map(|(_, _, cell)| cell).collect();
/// assert_eq!(cells[2].number(), Some(13.into()));
/// assert_eq!(cells[1].figure(), gongkai::Figure::Blank);
/// assert_eq!(&page[report.byte_span(cells[2].span().unwrap()).range()], "1</span>3");
/// # Ok::<(), gongkai::Error>(())
/// ```
#[cfg(feature = "html")]
pub fn parse_html(page: &[u8]) -> Result<Report<'static>, Error> {
    Parser::new().parse_html(page)
}

/// Options of parsing.
///
/// ```
/// use gongkai::source::Encoding;
///
/// let parser = gongkai::Parser::new().max_bytes(1 << 20).encoding(Encoding::Gb18030);
/// assert!(parser.parse_bytes(b"\xb9\xab\xbf\xaa").is_ok()); // 公开
/// ```
#[derive(Clone, Debug)]
pub struct Parser {
    max_bytes: usize,
    encoding: Option<Encoding>,
    shape: Option<Shape>,
}

impl Default for Parser {
    fn default() -> Self {
        Self::new()
    }
}

impl Parser {
    /// The default options.
    #[must_use]
    pub const fn new() -> Self {
        Self { max_bytes: DEFAULT_MAX_BYTES, encoding: None, shape: None }
    }

    /// The largest input that is read, in bytes; 64 MiB by default.
    ///
    /// ```
    /// let error = gongkai::Parser::new().max_bytes(8).parse("规章 | 0 | 0 | 3 |").unwrap_err();
    /// assert!(error.is_limit());
    /// ```
    #[must_use]
    pub const fn max_bytes(mut self, max_bytes: usize) -> Self {
        self.max_bytes = max_bytes;
        self
    }

    /// The encoding of bytes without a byte-order mark; by default it is detected.
    ///
    /// What is proven to be mojibake in it is turned back all the same, and [`Source::mojibake`](source::Source::mojibake)
    /// and a diagnostic say so: servers declare what is not so.
    #[must_use]
    pub const fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = Some(encoding);
        self
    }

    /// Where the bars of tables stand, for text of a known origin; by default the text tells.
    ///
    /// ```
    /// use gongkai::document::Shape;
    ///
    /// let text = "规章\n|\n3\n|\n";
    /// let report = gongkai::Parser::new().shape(Shape::OwnLine).parse(text)?;
    /// assert_eq!(report.document().tokens(&report.document().blocks()[0]).len(), 2);
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[must_use]
    pub const fn shape(mut self, shape: Shape) -> Self {
        self.shape = Some(shape);
        self
    }

    /// Parses text.
    ///
    /// # Errors
    ///
    /// As [`parse`].
    pub fn parse<'a>(&self, text: &'a str) -> Result<Report<'a>, Error> {
        Source::from_text(text, self.max_bytes).map(|source| Report::of(source, self.shape))
    }

    /// Parses bytes.
    ///
    /// # Errors
    ///
    /// As [`parse_bytes`].
    pub fn parse_bytes<'a>(&self, bytes: &'a [u8]) -> Result<Report<'a>, Error> {
        Source::from_bytes(bytes, self.encoding, self.max_bytes).map(|source| Report::of(source, self.shape))
    }

    /// Parses the bytes of a web page; behind the feature `html`.
    ///
    /// # Errors
    ///
    /// As [`parse_html`].
    #[cfg(feature = "html")]
    pub fn parse_html(&self, page: &[u8]) -> Result<Report<'static>, Error> {
        Source::from_html(page, self.encoding, self.max_bytes).map(|source| Report::of(source, self.shape))
    }

    /// Parses a web page that is decoded already; behind the feature `html`.
    ///
    /// # Errors
    ///
    /// As [`parse`].
    #[cfg(feature = "html")]
    pub fn parse_html_text(&self, page: &str) -> Result<Report<'static>, Error> {
        Source::from_html_text(page, self.max_bytes).map(|source| Report::of(source, self.shape))
    }
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../README.zh-CN.md")]
struct ReadmeInChinese;
