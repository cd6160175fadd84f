//! A report: its text, outline, meta data, forms and findings.

use core::fmt;
use core::ops::Range;

use arrayvec::ArrayVec;
use memchr::memchr2;

use crate::bind::bind;
use crate::detect::{self, Evidence};
use crate::diagnostic::{Code, Diagnostic, Findings, Severity};
use crate::document::{Block, BlockKind, Document, Shape};
use crate::form::{Cell, CellSpec, Figure, Form, SchemaVersion, SectionId};
use crate::glyph::{Cleaned, Cleaner, Survey, clean, is_lost};
use crate::grammar::figure::read_figure;
use crate::grammar::heading::section_of;
use crate::meta::{self, Meta};
use crate::rows::Rows;
use crate::source::{Mojibake, Source};
use crate::span::{ByteSpan, Span};
use crate::unread;

/// A section of the outline.
///
/// ```
/// let report = gongkai::parse("一、总体情况\n（一）依申请公开。全年收到申请3件。\n")?;
/// let [overview, requests] = report.sections() else { panic!() };
/// assert_eq!((overview.level(), requests.level()), (1, 2));
/// assert_eq!(report.text(requests.title()), "依申请公开");
/// assert_eq!(requests.id(), None); // no statutory section, which are of level 1
/// let prose: Vec<_> = report.prose(overview).map(|span| report.text(span)).collect();
/// assert_eq!(prose, ["全年收到申请3件。"]);
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Section {
    id: Option<SectionId>,
    level: u8,
    ordinal: u8,
    heading: Span,
    title: Span,
    blocks: (u32, u32),
}

impl Section {
    /// Which of the six statutory sections it is; `None` for other headings.
    #[must_use]
    pub const fn id(&self) -> Option<SectionId> {
        self.id
    }

    /// 1 for `一、` and for a statutory title without a number, 2 for `（一）`, 3 for `1.`, 4 for `（1）`.
    #[must_use]
    pub const fn level(&self) -> u8 {
        self.level
    }

    /// Its number, 3 of `三、`; 0 where it has none.
    #[must_use]
    pub const fn ordinal(&self) -> u8 {
        self.ordinal
    }

    /// The heading with its number.
    #[must_use]
    pub const fn heading(&self) -> Span {
        self.heading
    }

    /// The heading without its number.
    #[must_use]
    pub const fn title(&self) -> Span {
        self.title
    }

    /// The blocks below its heading, up to the next heading of its level or above: places in [`Document::blocks`].
    #[must_use]
    pub const fn blocks(&self) -> Range<usize> {
        self.blocks.0 as usize..self.blocks.1 as usize
    }
}

/// A report, parsed.
///
/// The text is the only thing it borrows; all else are values and spans. [`into_owned`](Self::into_owned) cuts it loose.
///
/// ```
/// let report = gongkai::parse("一、总体情况\n2023年,我局主动公开政府信息6件。\n")?;
/// assert_eq!(report.meta().report_year.unwrap().value, 2023);
/// assert_eq!(report.sections()[0].id(), Some(gongkai::form::SectionId::Overview));
/// assert!(report.form().is_none());
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Report<'a> {
    source: Source<'a>,
    document: Document,
    meta: Meta,
    sections: Vec<Section>,
    forms: Vec<Form>,
    evidence: Vec<Evidence>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Report<'a> {
    pub(crate) fn of(source: Source<'a>, shape: Option<Shape>) -> Self {
        let text = source.text();
        let mut diagnostics = Findings::of(text.len());
        let mut document = match shape {
            Some(shape) => Document::scan_as(text, shape),
            None if source.is_page() => Document::scan_as(text, Shape::WholeRows),
            None => Document::scan(text),
        };
        let rows = Rows::collect(&document, text);
        let (evidence, versions) = detect::versions(&rows);
        let forms: Vec<Form> =
            versions.iter().map(|version| bind(*version, &rows, &document, text, &mut diagnostics)).collect();
        if forms.is_empty() {
            let unread = unread::find(&rows, &document, text);
            let severity = if unread.is_some() { Severity::Warning } else { Severity::Info };
            diagnostics.push(Diagnostic::new(Code::NO_STATUTORY_TABLE, unread).with_severity(severity));
        }
        if let (strays, Some(first)) = rows.strays {
            diagnostics.push(Diagnostic::new(Code::UNBOUND_CELLS, Some(first)).with_counts(strays, 0));
        }
        for head in &rows.approximate {
            diagnostics.push(Diagnostic::new(Code::LABEL_APPROXIMATE, Some(*head)));
        }
        match source.mojibake() {
            Some(Mojibake::Lossy) => diagnostics.push(Diagnostic::new(Code::MOJIBAKE, None)),
            Some(_) => diagnostics.push(Diagnostic::new(Code::MOJIBAKE_DECODED, None)),
            None => {}
        }
        for malformed in source.malformed() {
            diagnostics.push(Diagnostic::new(Code::MALFORMED_BYTES, Some(malformed.span())));
        }
        let meta = meta::read(&mut document, &rows, text, &mut diagnostics);
        let sections = outline(&document, text);
        Self { source, document, meta, sections, forms, evidence, diagnostics: diagnostics.into_list() }
    }

    /// The decoded text. Every [`Span`] of the report lies in it.
    #[must_use]
    pub fn source_text(&self) -> &str {
        self.source.text()
    }

    /// The part of the text that `span` covers.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        span.of(self.source.text())
    }

    /// The text with its encoding, and the way back to the original bytes.
    #[must_use]
    pub const fn source(&self) -> &Source<'a> {
        &self.source
    }

    /// Where `span` lies in the original input.
    #[must_use]
    pub fn byte_span(&self, span: Span) -> ByteSpan {
        self.source.byte_span(span)
    }

    /// The blocks of the text.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// Title, agency, year, period, dates, signatories.
    #[must_use]
    pub const fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Every heading in order, with its level.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The first section with this statutory title; `None` where no heading has it.
    #[must_use]
    pub fn section(&self, id: SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == Some(id))
    }

    /// The paragraphs of a section, without tables, filing lines, signature and site furniture.
    ///
    /// ```
    /// use gongkai::form::SectionId;
    ///
    /// let report = gongkai::parse("二、主动公开政府信息情况\n规章 | 0 | 0 | 3 |\n六、其他需要报告的事项\n本年未收取信息处理费。\n打印\n")?;
    /// let prose = |id| report.prose(report.section(id).unwrap()).map(|span| report.text(span)).collect::<Vec<_>>();
    /// assert_eq!(prose(SectionId::OtherMatters), ["本年未收取信息处理费。"]);
    /// assert!(prose(SectionId::ActiveDisclosure).is_empty());
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    pub fn prose(&self, section: &Section) -> impl Iterator<Item = Span> {
        let blocks = self.document.blocks().get(section.blocks()).unwrap_or_default();
        blocks.iter().filter(|block| block.kind() == BlockKind::Paragraph).map(Block::span)
    }

    /// The paragraphs of a section, cleaned: without pinyin annotations, torn characters put together, Simplified. What one
    /// annotation is worth, and whether the text is Traditional, the whole report decides; positions lead to its text.
    ///
    /// ```
    /// use gongkai::form::SectionId;
    /// use gongkai::glyph::Cleaner;
    ///
    /// let report = gongkai::parse("一、總體情況\n領(lǐng)導(dǎo)重視,全年公開政府信息6件。\n")?;
    /// let overview = report.section(SectionId::Overview).unwrap();
    /// let paragraph = report.clean_text(overview, Cleaner::new()).next().unwrap();
    /// assert_eq!(paragraph.text(), "领导重视,全年公开政府信息6件。");
    /// let first = paragraph.edits()[0];
    /// assert_eq!(report.text(first.source()), "領");
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    pub fn clean_text(&self, section: &Section, cleaner: Cleaner) -> impl Iterator<Item = Cleaned<'_>> {
        let survey = Survey::of(self.source.text());
        self.prose(section).map(move |span| cleaner.part(self.text(span), span.start(), &survey))
    }

    /// The form with the most rows; `None` for a report without a statutory table.
    #[must_use]
    pub fn form(&self) -> Option<&Form> {
        self.forms.first()
    }

    /// All forms: a report for 2019 with the old statistics table attached has two.
    ///
    /// ```
    /// use gongkai::form::SchemaVersion;
    ///
    /// let text = "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n规章 | 2 | 2 | 9 |\n规范性文件 | 0 | 0 | 4 |\n\
    ///             附件\n政府信息公开情况统计表\n统计指标 | 单位 | 统计数 |\n六、举报投诉数量 | 件 | 12 |\n";
    /// let report = gongkai::parse(text)?;
    /// let versions: Vec<_> = report.forms().iter().map(|form| form.version()).collect();
    /// assert_eq!(versions, [SchemaVersion::V2019, SchemaVersion::V2014]);
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[must_use]
    pub fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// What speaks for which version of the form; empty where no head or row is of one version alone.
    #[must_use]
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// Every cell of every form, missing ones included, in the order of the form; behind them its rows of another version.
    ///
    /// ```
    /// use gongkai::Figure;
    ///
    /// let report = gongkai::parse("六、举报投诉数量 | 件 | 12 |\n")?;
    /// let shown = report.cells().filter(|(_, _, cell)| cell.figure() != Figure::Missing);
    /// let shown: Vec<_> = shown.map(|(version, spec, _)| format!("{version} {}", spec.id)).collect();
    /// assert_eq!(shown, ["v2014 statistics/complaints/value"]);
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    pub fn cells(&self) -> impl Iterator<Item = (SchemaVersion, &'static CellSpec, &Cell)> {
        self.forms.iter().flat_map(|form| {
            form.cells().chain(form.foreign_cells()).map(|(spec, cell)| (form.version(), spec, cell))
        })
    }

    /// What is in doubt about the reading. Figures that contradict each other are the business of [`check`](crate::check()).
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The same report with its own copy of the text.
    ///
    /// ```
    /// fn read(path: &std::path::Path) -> Result<gongkai::Report<'static>, Box<dyn std::error::Error>> {
    ///     let text = std::fs::read(path)?;
    ///     Ok(gongkai::parse_bytes(&text)?.into_owned()) // outlives `text`
    /// }
    /// ```
    #[must_use]
    pub fn into_owned(self) -> Report<'static> {
        Report {
            source: self.source.into_owned(),
            document: self.document,
            meta: self.meta,
            sections: self.sections,
            forms: self.forms,
            evidence: self.evidence,
            diagnostics: self.diagnostics,
        }
    }

    /// Checks what must hold of every report, whatever the input; for fuzzers and embedders.
    ///
    /// # Errors
    ///
    /// The first invariant that does not hold, which is a fault of this crate: blocks partition the text; spans lie on
    /// character boundaries; every cell's span re-reads to its figure; every cell that is missing or text is named by a
    /// reading diagnostic.
    pub fn verify(&self) -> Result<(), Violation> {
        let text = self.source.text();
        let in_text = |span: Span, what| match text.get(span.range()) {
            Some(_) => Ok(()),
            None => Err(Violation { what, span }),
        };
        let mut end = 0;
        for block in self.document.blocks() {
            in_text(block.span(), "a block off the text")?;
            let gap = Span::new(end, block.span().start());
            if block.span().start() < end || !gap.of(text).chars().all(crate::grammar::is_space) {
                return Err(Violation { what: "text between two blocks", span: gap });
            }
            end = block.span().end();
            let mut at = block.span().start();
            for token in self.document.tokens(block) {
                in_text(token.span(), "a token off the text")?;
                if token.span().start() < at || !block.span().contains(token.span()) {
                    return Err(Violation { what: "a token out of order", span: token.span() });
                }
                at = token.span().end();
            }
        }
        let gap = Span::new(end, u32::try_from(text.len()).unwrap_or(u32::MAX));
        if !gap.of(text).chars().all(crate::grammar::is_space) {
            return Err(Violation { what: "text behind the last block", span: gap });
        }
        for (_, spec, cell) in self.cells() {
            let span = cell.span().unwrap_or_default();
            in_text(span, "a cell off the text")?;
            let reread = read_figure(span.of(text)).figure;
            let doubtful = matches!(cell.figure(), Figure::Missing | Figure::Text);
            if cell.figure() != Figure::Missing && reread != cell.figure() {
                return Err(Violation { what: "a cell that its span does not re-read to", span });
            }
            if doubtful && !self.diagnostics.iter().any(|finding| finding.cells().contains(&spec.id)) {
                return Err(Violation { what: "a cell left open without a diagnostic", span });
            }
        }
        for finding in &self.diagnostics {
            in_text(finding.span().unwrap_or_default(), "a diagnostic off the text")?;
        }
        for section in &self.sections {
            in_text(section.heading, "a heading off the text")?;
        }
        Ok(())
    }
}

/// An invariant of [`Report::verify`] that does not hold.
///
/// ```
/// let report = gongkai::parse("规章 | 约3件 | 0 | ||\n")?;
/// assert_eq!(report.verify(), Ok(())); // whatever the input
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Violation {
    what: &'static str,
    span: Span,
}

impl Violation {
    /// Where.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {:?}: please report it with the input", self.what, self.span)
    }
}

impl core::error::Error for Violation {}

/// Headings have levels up to 4, so that no more than so many sections are within each other.
const LEVELS: usize = 5;

/// The headings of the document as sections.
fn outline(document: &Document, text: &str) -> Vec<Section> {
    let blocks = document.blocks();
    let count = blocks.iter().filter(|block| block.kind() == BlockKind::Heading).count();
    let mut sections: Vec<Section> = Vec::with_capacity(count);
    let total = u32::try_from(blocks.len()).unwrap_or(u32::MAX);
    // The sections that have not ended yet, the innermost last.
    let mut open: ArrayVec<usize, LEVELS> = ArrayVec::new();
    for (at, block) in (0_u32..).zip(blocks) {
        if block.kind() != BlockKind::Heading {
            continue;
        }
        while let Some(section) = open.last().and_then(|&last| sections.get_mut(last)) {
            if section.level < block.level() {
                break;
            }
            section.blocks.1 = at;
            open.pop();
        }
        let _ = open.try_push(sections.len());
        sections.push(Section {
            id: if block.level() == 1 { titled_section(block.title().of(text)) } else { None },
            level: block.level(),
            ordinal: block.ordinal(),
            heading: block.span(),
            title: block.title(),
            blocks: (at.saturating_add(1), total),
        });
    }
    sections
}

/// The section of a title, which may be torn.
fn titled_section(title: &str) -> Option<SectionId> {
    // What is lost begins with one of these bytes.
    let is_torn = || memchr2(b'?', 0xEF, title.as_bytes()).is_some() && title.contains(is_lost);
    let torn = || is_torn().then(|| section_of(clean(title).text())).flatten();
    section_of(title).or_else(torn)
}
