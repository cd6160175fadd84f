//! Bytes to text, and from a place in the text back to the bytes.
//!
//! | the input | is read as | the text |
//! | --- | --- | --- |
//! | begins with a byte-order mark | what the mark says | without the mark |
//! | has a declared encoding | that encoding | |
//! | is valid UTF-8 | UTF-8 | borrowed |
//! | is UTF-8 but for a few bytes, or cut inside a character | UTF-8 | U+FFFD for what is malformed |
//! | anything else | GB18030 (GBK, GB2312) or Big5, by its statistics | U+FFFD for what is malformed |
//! | was decoded wrongly and saved (mojibake), with nothing lost | what it was before | turned back as a whole |
//! | is none of them, holds a NUL, is a PDF or an office document | no text: an error | |
//!
//! Of a web page, decoded in the same way, the text is what it shows (`Source::from_html`, feature `html`).
//!
//! ```
//! use gongkai::source::{DEFAULT_MAX_BYTES, Encoding, Source};
//! use gongkai::Span;
//!
//! // 规章 | 3 |, in GBK
//! let bytes = b"\xB9\xE6\xD5\xC2 | 3 |\n";
//! let source = Source::from_bytes(bytes, Some(Encoding::Gb18030), DEFAULT_MAX_BYTES)?;
//! assert_eq!(source.text(), "规章 | 3 |\n");
//!
//! let figure = Span::new(9, 10);
//! assert_eq!(figure.of(source.text()), "3");
//! assert_eq!(&bytes[source.byte_span(figure).range()], b"3");
//! # Ok::<(), gongkai::Error>(())
//! ```

mod decode;
#[cfg(feature = "html")]
mod html;
mod map;
mod mojibake;

use core::fmt;
use std::borrow::Cow;

use self::map::Map;
pub use self::mojibake::Mojibake;
use crate::error::{Error, ErrorKind};
use crate::span::{ByteSpan, Span};

/// The largest input that is read where no other limit is given: 64 MiB.
///
/// The longest known report has less than 1 MiB; whatever is above the limit is rather an archive, or
/// a mistake. It counts bytes of the input, before decoding.
pub const DEFAULT_MAX_BYTES: usize = 64 << 20;

/// An encoding that reports are published in.
///
/// ```
/// use gongkai::source::Encoding;
///
/// assert_eq!(Encoding::from_label("gb2312"), Some(Encoding::Gb18030));
/// assert_eq!(Encoding::Gb18030.to_string(), "GB18030");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, little-endian: "Unicode" in the editors of Windows.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// GB18030, and with it GBK and GB2312, which are parts of it.
    Gb18030,
    /// Big5 with the Hong Kong characters.
    Big5,
}

impl Encoding {
    /// The usual name: `UTF-8`, `UTF-16LE`, `UTF-16BE`, `GB18030`, `Big5`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Gb18030 => "GB18030",
            Self::Big5 => "Big5",
        }
    }

    /// The encoding that a label, as of a `charset=`, stands for; `None` for other encodings.
    ///
    /// Labels are those of the [Encoding Standard](https://encoding.spec.whatwg.org/#names-and-labels) in
    /// any case: `gbk` and `gb2312` are GB18030, `utf-16` is UTF-16LE.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        encoding_rs::Encoding::for_label(label.as_bytes()).and_then(Self::from_encoding_rs)
    }

    fn from_encoding_rs(encoding: &'static encoding_rs::Encoding) -> Option<Self> {
        match encoding.name() {
            "UTF-8" => Some(Self::Utf8),
            "UTF-16LE" => Some(Self::Utf16Le),
            "UTF-16BE" => Some(Self::Utf16Be),
            "GBK" | "gb18030" => Some(Self::Gb18030),
            "Big5" => Some(Self::Big5),
            _ => None,
        }
    }

    fn encoding_rs(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Gb18030 => encoding_rs::GB18030,
            Self::Big5 => encoding_rs::BIG5,
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.label())
    }
}

/// Bytes that mean nothing in the encoding of the input, and the U+FFFD that stands for them.
///
/// ```
/// // 规章 | 3 | 行政许可, cut inside the last character
/// let bytes = &"规章 | 3 | 行政许可".as_bytes()[..24];
/// let report = gongkai::parse_bytes(bytes)?;
/// let malformed = report.source().malformed()[0];
/// assert_eq!(report.text(malformed.span()), "\u{FFFD}");
/// assert_eq!(&bytes[malformed.bytes().range()], b"\xE5\x8F");
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Malformed {
    span: Span,
    bytes: ByteSpan,
}

impl Malformed {
    /// The U+FFFD in the text.
    #[must_use]
    pub const fn span(self) -> Span {
        self.span
    }

    /// The bytes in the input, 1 to 4 of them.
    #[must_use]
    pub const fn bytes(self) -> ByteSpan {
        self.bytes
    }
}

/// A text, with the way back to the bytes it was read from.
///
/// The input itself is not kept: a span leads back to its bytes without them.
///
/// ```
/// use gongkai::source::Encoding;
///
/// let report = gongkai::parse("规章 | 0 | 0 | 3 |\n")?;
/// let source = report.source();
/// assert_eq!((source.text(), source.encoding()), ("规章 | 0 | 0 | 3 |\n", Encoding::Utf8));
/// assert!(source.is_borrowed() && source.malformed().is_empty());
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Source<'a> {
    text: Cow<'a, str>,
    encoding: Encoding,
    map: Map,
    malformed: Vec<Malformed>,
    /// Whether it is the text of a web page: every row of a table is one line.
    page: bool,
    mojibake: Option<Mojibake>,
}

impl<'a> Source<'a> {
    /// Takes text as it is; nothing is copied. Control characters are the caller's business here.
    ///
    /// A leading U+FEFF (the byte-order mark) is left out of [`Source::text`], and counted in [`Source::byte_span`].
    ///
    /// # Errors
    ///
    /// [`Error::is_limit`] for more than `max_bytes` bytes, or 4 GiB.
    ///
    /// ```
    /// use gongkai::source::{DEFAULT_MAX_BYTES, Source};
    /// use gongkai::Span;
    ///
    /// let source = Source::from_text("\u{FEFF}规章 | 3 |", DEFAULT_MAX_BYTES)?;
    /// assert_eq!(source.text(), "规章 | 3 |");
    /// assert_eq!(source.byte_span(Span::new(0, 6)).range(), 3..9);
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    pub fn from_text(text: &'a str, max_bytes: usize) -> Result<Self, Error> {
        within(text.len(), max_bytes)?;
        let body = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let origin = text.len().saturating_sub(body.len());
        decode::identity(body, origin, Encoding::Utf8, u32::MAX).map(mojibake::turn_back)
    }

    /// Decodes `bytes`, as the [table of the module](self) says. UTF-8 is borrowed.
    ///
    /// `encoding` is what the sender declares (`Content-Type`, a `meta` element); a byte-order mark overrules it.
    /// With `None` the bytes are looked at, which is sure from about 64 Chinese characters on. UTF-16
    /// without a mark is read only where it is declared. A declaration does not keep mojibake from being turned back:
    /// what was declared wrongly looks the same, and [`mojibake`](Self::mojibake) says it.
    ///
    /// # Errors
    ///
    /// [`Error::is_limit`] for more than `max_bytes` bytes, or 4 GiB of text. [`Error::is_not_text`] for a NUL or many
    /// control characters, the signature of a PDF or an office document, and bytes of which too many are malformed
    /// in the encoding.
    ///
    /// ```
    /// use gongkai::source::{DEFAULT_MAX_BYTES, Source};
    ///
    /// let source = Source::from_bytes("行政许可 | 12 |".as_bytes(), None, DEFAULT_MAX_BYTES)?;
    /// assert!(source.is_borrowed());
    ///
    /// let error = Source::from_bytes(b"%PDF-1.7", None, DEFAULT_MAX_BYTES).unwrap_err();
    /// assert!(error.is_not_text());
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    pub fn from_bytes(bytes: &'a [u8], encoding: Option<Encoding>, max_bytes: usize) -> Result<Self, Error> {
        within(bytes.len(), max_bytes)?;
        decode::decode(bytes, encoding, u32::MAX).map(mojibake::turn_back)
    }

    /// Reads the bytes of a web page, or of a part of one: its [text](Self::text) is what it shows, a line for each
    /// paragraph and one for each row of a table, with a bar behind every cell. Behind the feature `html`.
    ///
    /// `encoding` is that of the `Content-Type`; without it a `charset` that the page declares counts, unless its bytes are
    /// UTF-8 or none of what is declared. [`byte_span`](Self::byte_span) leads to the bytes of the page, with the tags and
    /// character references between the ends; the slot of an empty cell is behind its start tag. A `|` in the page is `｜` in
    /// the text. What is hidden, by `hidden` or `display: none`, is not read.
    ///
    /// # Errors
    ///
    /// As [`Source::from_bytes`].
    ///
    /// ```
    /// use gongkai::source::{DEFAULT_MAX_BYTES, Source};
    ///
    /// let page = "<h2>二、主动公开</h2><table><tr><td>规章<td></td><td><b>1&#50;</b></table>";
    /// let source = Source::from_html(page.as_bytes(), None, DEFAULT_MAX_BYTES)?;
    /// assert_eq!(source.text(), "二、主动公开\n规章 | | 12 |\n");
    ///
    /// let at = source.text().find("12").unwrap() as u32;
    /// assert_eq!(&page[source.byte_span(gongkai::Span::new(at, at + 2)).range()], "1&#50;");
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[cfg(feature = "html")]
    pub fn from_html(
        bytes: &[u8],
        encoding: Option<Encoding>,
        max_bytes: usize,
    ) -> Result<Source<'static>, Error> {
        html::read(bytes, encoding, max_bytes)
    }

    /// [`from_html`](Self::from_html) for a page that is decoded already; what it says of its encoding does not count.
    ///
    /// # Errors
    ///
    /// As [`Source::from_text`].
    #[cfg(feature = "html")]
    pub fn from_html_text(text: &str, max_bytes: usize) -> Result<Source<'static>, Error> {
        html::show(&Source::from_text(text, max_bytes)?)
    }

    /// The text, without a byte-order mark; of a web page, what it shows. Every [`Span`] is a range of it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The encoding the input was read in; [`Encoding::Utf8`] for text that came as such.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Whether every line with bars is a whole row of a table.
    pub(crate) const fn is_page(&self) -> bool {
        self.page
    }

    /// Whether the text is the caller's, and not a decoded copy.
    #[must_use]
    pub const fn is_borrowed(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// The bytes of the input, its byte-order mark included, from which `span` was decoded.
    ///
    /// Exact for every span on character boundaries. One end inside a character, or between the two
    /// characters that one Big5 pair stands for, takes in the whole of it; ends behind the text count as its end.
    /// The cost does not depend on the length of the text.
    #[must_use]
    pub fn byte_span(&self, span: Span) -> ByteSpan {
        let start = self.floor(span.start());
        let mut end = (span.end() as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end = end.saturating_add(1);
        }
        ByteSpan::new(
            self.map.byte(&self.text, start, false),
            self.map.byte(&self.text, end, !span.is_empty()),
        )
    }

    /// What of the input was malformed, in order; empty for nearly every input.
    ///
    /// ```
    /// use gongkai::source::{DEFAULT_MAX_BYTES, Source};
    ///
    /// // 政府信息, cut inside the last character
    /// let bytes = &"政府信息".as_bytes()[..11];
    /// let source = Source::from_bytes(bytes, None, DEFAULT_MAX_BYTES)?;
    /// assert_eq!(source.text(), "政府信\u{FFFD}");
    /// assert_eq!(source.malformed()[0].bytes().range(), 9..11);
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[must_use]
    pub fn malformed(&self) -> &[Malformed] {
        &self.malformed
    }

    /// How the text had been decoded wrongly before it came here, and whether it was turned back; `None` for text that is what it
    /// seems.
    ///
    /// ```
    /// use gongkai::source::{DEFAULT_MAX_BYTES, Mojibake, Source};
    /// use gongkai::Span;
    ///
    /// // 规范性文件公开目录, from GBK to UTF-8 as if it were Latin-1
    /// let text = "¹æ·¶ÐÔÎÄ¼þ¹«¿ªÄ¿Â¼";
    /// let source = Source::from_text(text, DEFAULT_MAX_BYTES)?;
    /// assert_eq!(source.text(), "规范性文件公开目录");
    /// assert_eq!(source.mojibake(), Some(Mojibake::GbkAsLatin1));
    /// assert_eq!(&text[source.byte_span(Span::new(0, 3)).range()], "¹æ");
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[must_use]
    pub const fn mojibake(&self) -> Option<Mojibake> {
        self.mojibake
    }

    /// Line and column of an offset in the text, both from 1 on, the column in characters.
    ///
    /// Lines end with LF or CR LF. The line is found by reading the text up to `offset`, so ask for what is shown, not for
    /// every cell. An offset behind the text counts as its end.
    ///
    /// ```
    /// use gongkai::source::{DEFAULT_MAX_BYTES, Source};
    ///
    /// let source = Source::from_text("规章 | 3 |\r\n行政许可 | 12 |", DEFAULT_MAX_BYTES)?;
    /// let at = source.text().find("12").unwrap() as u32;
    /// assert_eq!(source.line_column(at), (2, 8));
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[must_use]
    pub fn line_column(&self, offset: u32) -> (u32, u32) {
        let before = self.text.get(..self.floor(offset)).unwrap_or_default();
        let lines = memchr::memchr_iter(b'\n', before.as_bytes()).count();
        let line = before.rsplit('\n').next().unwrap_or_default();
        // Both are at most the length of the text, which fits; one more does not where it is full.
        let from_one = |count: usize| u32::try_from(count).unwrap_or(u32::MAX).saturating_add(1);
        (from_one(lines), from_one(line.chars().count()))
    }

    /// The same with a text of its own, for keeping it longer than the input.
    #[must_use]
    pub fn into_owned(self) -> Source<'static> {
        Source {
            text: Cow::Owned(self.text.into_owned()),
            encoding: self.encoding,
            map: self.map,
            malformed: self.malformed,
            page: self.page,
            mojibake: self.mojibake,
        }
    }

    /// `offset`, moved back to the beginning of its character or the end of the text.
    fn floor(&self, offset: u32) -> usize {
        let mut at = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at = at.saturating_sub(1);
        }
        at
    }
}

fn within(size: usize, limit: usize) -> Result<(), Error> {
    if size > limit {
        return Err(Error::from(ErrorKind::Limit { size, limit }));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
