//! Positions: a [`Span`] lies in the decoded text, a [`ByteSpan`] in the original input, a [`CleanSpan`] in cleaned text.
//!
//! They are different coordinate spaces and different types, so that one is never taken for another.
//! [`Source::byte_span`](crate::source::Source::byte_span) leads from the first to the second,
//! [`Cleaned::source_span`](crate::glyph::Cleaned::source_span) from the third to the first.

use core::fmt;
use core::ops::Range;

/// A byte range of the decoded text, `start..end`, at most 4 GiB from its beginning.
///
/// Both ends lie on character boundaries of the text that the span was made for.
///
/// ```
/// let report = gongkai::parse("规章 | 0 | 0 | 3 |\n")?;
/// let span = gongkai::Span::new(0, 6);
/// assert_eq!(report.text(span), "规章");
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from `start` to `end`; an `end` before `start` gives the empty span at `start`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end }
    }

    /// The empty span at `at`.
    #[must_use]
    pub const fn empty(at: u32) -> Self {
        Self { start: at, end: at }
    }

    /// The first byte.
    #[must_use]
    pub const fn start(self) -> u32 {
        self.start
    }

    /// The byte after the last one.
    #[must_use]
    pub const fn end(self) -> u32 {
        self.end
    }

    /// Length in bytes of the text.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds no byte (the slot of a blank cell does not).
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The smallest span that holds both.
    ///
    /// ```
    /// use gongkai::Span;
    ///
    /// let text = "规章 | 12 |";
    /// assert_eq!(Span::new(0, 6).to(Span::new(9, 11)).of(text), "规章 | 12");
    /// ```
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies within this span; their ends may meet.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The range for slicing the text.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of `text` that the span covers; empty where it does not lie in `text`, or ends inside a character.
    ///
    /// ```
    /// use gongkai::Span;
    ///
    /// assert_eq!(Span::new(9, 11).of("规章 | 12 |"), "12");
    /// assert_eq!(Span::new(9, 40).of("规章 | 12 |"), "");
    /// assert_eq!(Span::new(0, 4).of("规章 | 12 |"), ""); // 章 begins at 3, and has three bytes
    /// ```
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Where `part`, a slice of `base`, lies in `base`.
    ///
    /// `None` where `part` is no slice of `base`, or the position does not fit 32 bits.
    ///
    /// ```
    /// use gongkai::Span;
    ///
    /// let text = "规章 | 12 |";
    /// let figure = text.split('|').nth(1).unwrap().trim();
    /// assert_eq!(Span::locate(text, figure), Some(Span::new(9, 11)));
    /// assert_eq!(Span::locate(text, "12"), None); // the same letters, but no slice of `text`
    /// ```
    #[must_use]
    pub fn locate(base: &str, part: &str) -> Option<Self> {
        let start = (part.as_ptr() as usize).checked_sub(base.as_ptr() as usize)?;
        let end = start.checked_add(part.len())?;
        if end > base.len() {
            return None;
        }
        Some(Self::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?))
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A byte range of the original input, before decoding.
///
/// For UTF-8 without a byte-order mark it equals the [`Span`] it was made from.
///
/// ```
/// let (gbk, _, _) = encoding_rs::GB18030.encode("二、主动公开政府信息情况\n规章 | 0 | 0 | 12 |\n");
/// let report = gongkai::parse_bytes(&gbk)?;
/// let at = report.source_text().find("12").unwrap() as u32;
/// let bytes = report.byte_span(gongkai::Span::new(at, at + 2));
/// assert_eq!(&gbk[bytes.range()], b"12");
/// assert!(bytes.start() < at as usize); // two bytes a character here, three in the text
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ByteSpan {
    start: usize,
    end: usize,
}

impl ByteSpan {
    /// The span from `start` to `end`; an `end` before `start` gives the empty span at `start`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end }
    }

    /// The first byte.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start
    }

    /// The byte after the last one.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end
    }

    /// The range for slicing the original bytes.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl fmt::Debug for ByteSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}..{}", self.start, self.end)
    }
}

/// A byte range of a cleaned text, [`Cleaned::text`](crate::glyph::Cleaned::text).
///
/// [`Cleaned::source_span`](crate::glyph::Cleaned::source_span) leads from it to the text it was made from.
///
/// ```
/// use gongkai::CleanSpan;
///
/// let cleaned = gongkai::glyph::clean("區(qū)縣(xiàn)政務(wù)公開(kāi)");
/// assert_eq!(cleaned.text(), "区县政务公开");
/// let second = CleanSpan::new(3, 6);
/// assert_eq!(&cleaned.text()[second.range()], "县");
/// assert_eq!(cleaned.source_text(cleaned.source_span(second)), "縣");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CleanSpan {
    start: u32,
    end: u32,
}

impl CleanSpan {
    /// The span from `start` to `end`; an `end` before `start` gives the empty span at `start`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end }
    }

    /// The first byte.
    #[must_use]
    pub const fn start(self) -> u32 {
        self.start
    }

    /// The byte after the last one.
    #[must_use]
    pub const fn end(self) -> u32 {
        self.end
    }

    /// Length in bytes of the cleaned text.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds no byte, as where an annotation was taken out.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The range for slicing the cleaned text.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl fmt::Debug for CleanSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "clean {}..{}", self.start, self.end)
    }
}
