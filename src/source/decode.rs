//! Which encoding the bytes are in, and the way from there to text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::DecoderResult;

use super::map::{Map, Width};
use super::{Encoding, Malformed, Source};
use crate::error::{Error, ErrorKind};
use crate::span::{ByteSpan, Span};

/// Bytes decoded at a time: also the longest run of the map, hence the most that one look-up reads.
/// Short in unit tests, so that these meet the cuts often.
pub(super) const SEGMENT: usize = if cfg!(test) { 64 } else { 2048 };

/// Malformed sequences are tolerated up to [`TOLERATED`] and one in so many bytes. Beyond
/// that the encoding is wrong, and the list of them would outgrow the input.
const TOLERATED_BYTES: usize = 16;
/// Malformed sequences that an input may have however short it is.
const TOLERATED: usize = 16;

/// Where the encoding is only guessed, one malformed sequence is plausible among so many
/// well-formed non-ASCII characters.
const PLAUSIBLE: usize = 50;

/// Pairs of bytes that are looked at before the detector is asked, and the fewest that tell anything: Big5 has one in three
/// with a second byte that GB 2312 does not have.
const PAIRS_ENOUGH: usize = 1024;
const PAIRS_NEEDED: usize = 64;

/// One control character in so many bytes is too many for a text. Compressed data has one in ten.
const CONTROL_BYTES: usize = 50;
/// Control characters that a text may have however short it is.
const CONTROLS: usize = 4;

/// Byte-order marks. GB18030 has one too: U+FEFF in four bytes.
const MARKS: [(&[u8], Encoding); 4] = [
    (b"\xEF\xBB\xBF", Encoding::Utf8),
    (b"\xFF\xFE", Encoding::Utf16Le),
    (b"\xFE\xFF", Encoding::Utf16Be),
    (b"\x84\x31\x95\x33", Encoding::Gb18030),
];

/// How files begin that reports are published in but that are no text.
const SIGNATURES: [(&[u8], &str); 6] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (docx, xlsx, wps, ofd)"),
    (b"\xD0\xCF\x11\xE0", "an old office document (doc, xls)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1F\x8B", "gzip data"),
    (b"\xFF\xFE\x00\x00", "UTF-32 text"),
];

const MANY_MALFORMED: &str = "too many sequences that the encoding does not have, the first";
const NO_ENCODING: &str = "a sequence that is neither UTF-8, GB18030 nor Big5";

/// The whole way. `limit` is the most text to make, in bytes.
pub(super) fn decode(bytes: &[u8], declared: Option<Encoding>, limit: u32) -> Result<Source<'_>, Error> {
    if let Some((_, reason)) = SIGNATURES.iter().find(|(head, _)| bytes.starts_with(head)) {
        return Err(not_text(0, reason));
    }
    let mark = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark));
    let origin = mark.map_or(0, |(mark, _)| mark.len());
    let body = bytes.get(origin..).unwrap_or_default();
    let declared = mark.map(|(_, encoding)| *encoding).or(declared);

    if let Some(encoding @ (Encoding::Utf16Le | Encoding::Utf16Be)) = declared {
        let source = transcode(bytes, origin, encoding, limit)?;
        return match control(source.text.as_bytes()) {
            None => Ok(source),
            Some((at, reason)) => Err(not_text(source.map.byte(&source.text, at, false), reason)),
        };
    }
    if let Some((at, reason)) = control(body) {
        return Err(not_text(origin.saturating_add(at), reason));
    }
    let borrowed = match declared {
        None | Some(Encoding::Utf8) => simdutf8::basic::from_utf8(body).ok(),
        Some(_) if body.is_ascii() => simdutf8::basic::from_utf8(body).ok(),
        Some(_) => None,
    };
    if let Some(text) = borrowed {
        return identity(text, origin, declared.unwrap_or(Encoding::Utf8), limit);
    }
    match declared.or_else(|| guess(body)) {
        Some(encoding) => transcode(bytes, origin, encoding, limit),
        None => try_each(bytes, limit),
    }
}

/// Text that stands in the input as it is, after a mark of `origin` bytes.
pub(super) fn identity(
    text: &str,
    origin: usize,
    encoding: Encoding,
    limit: u32,
) -> Result<Source<'_>, Error> {
    fits(text, limit)?;
    Ok(Source {
        text: Cow::Borrowed(text),
        encoding,
        map: Map::identity(origin),
        malformed: Vec::new(),
        page: false,
        mojibake: None,
    })
}

/// The text of a page.
#[cfg(feature = "html")]
pub(super) fn of_page(
    text: String,
    encoding: Encoding,
    map: Map,
    malformed: Vec<Malformed>,
) -> Result<Source<'static>, Error> {
    fits(&text, u32::MAX)?;
    Ok(Source { text: Cow::Owned(text), encoding, map, malformed, page: true, mojibake: None })
}

/// Where `bytes` have what texts do not: a NUL, or many control characters.
fn control(bytes: &[u8]) -> Option<(usize, &'static str)> {
    if let Some(at) = memchr::memchr(0, bytes) {
        return Some((at, "a NUL character"));
    }
    let is_control = |byte: &u8| matches!(byte, ..0x09 | 0x0E..0x1A | 0x1C..0x20 | 0x7F);
    // In pieces whose sums fit a byte: the loop becomes vector instructions.
    let sum = |piece: &[u8]| usize::from(piece.iter().map(|b| u8::from(is_control(b))).sum::<u8>());
    let controls: usize = bytes.chunks(255).map(sum).sum();
    if controls <= CONTROLS || controls.saturating_mul(CONTROL_BYTES) <= bytes.len() {
        return None;
    }
    let first = bytes.iter().position(is_control);
    first.map(|at| (at, "many control characters, the first"))
}

/// The encoding of bytes that are not valid UTF-8, where they show it.
fn guess(bytes: &[u8]) -> Option<Encoding> {
    if is_damaged_utf8(bytes) {
        return Some(Encoding::Utf8);
    }
    if is_gbk(bytes) {
        return Some(Encoding::Gb18030);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // No top-level domain: with `cn` it would never answer Big5.
    Encoding::from_encoding_rs(detector.guess(None, Utf8Detection::Deny))
}

/// Whether the first pairs of `bytes` are those of GBK and of no other encoding, which spares the detector, many times as
/// slow as decoding.
///
/// Big5 pairs the same bytes up, but has no second byte from 80 to A0; and where Traditional Chinese in GBK has none, either,
/// being short or GB 2312 throughout, it has none below A1 at all, as every third pair of Big5 has. Text in an alphabet
/// has hardly any pair.
fn is_gbk(bytes: &[u8]) -> bool {
    let (mut pairs, mut frequent, mut low, mut ascii, mut bad) =
        (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    let mut at = 0_usize;
    while let Some(&lead) = bytes.get(at)
        && pairs < PAIRS_ENOUGH
    {
        if lead <= 0x80 {
            at = at.wrapping_add(1);
            continue;
        }
        // An end inside a pair is no fault.
        let count = match (lead, bytes.get(at.wrapping_add(1)).copied().unwrap_or(b'0')) {
            (0xB0..=0xD7, 0xA1..=0xFE) => Some(&mut frequent),
            (..=0xFE, 0x80..=0xA0) => Some(&mut low),
            (..=0xFE, 0x40..=0x7E) => Some(&mut ascii),
            (..=0xFE, 0xA1..=0xFE | b'0'..=b'9') => None,
            _ => Some(&mut bad),
        };
        if let Some(count) = count {
            *count = count.wrapping_add(1);
        }
        pairs = pairs.wrapping_add(1);
        at = at.wrapping_add(2);
    }
    let many = pairs >= PAIRS_NEEDED && bad.saturating_mul(PLAUSIBLE) <= pairs;
    let unlike_big5 = low.saturating_mul(PLAUSIBLE) > pairs || ascii == 0;
    many && unlike_big5 && frequent.saturating_mul(3) >= pairs
}

/// Whether `bytes` are UTF-8 but for a few sequences and a character cut at either end.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    let mut at = 0_usize;
    for chunk in bytes.utf8_chunks() {
        good = good.saturating_add(chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count());
        let start = at.saturating_add(chunk.valid().len());
        at = start.saturating_add(chunk.invalid().len());
        let cut_at_start = start < 3 && matches!(chunk.invalid(), [0x80..0xC0]);
        let cut_at_end = at == bytes.len()
            && core::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
        if !chunk.invalid().is_empty() && !cut_at_start && !cut_at_end {
            bad = bad.saturating_add(1);
        }
        // No input has more good sequences than half its bytes.
        if bad.saturating_mul(PLAUSIBLE) > bytes.len() / 2 {
            return false;
        }
    }
    good > 0 && bad.saturating_mul(PLAUSIBLE) <= good
}

/// Damaged legacy text, of which the detector makes nothing: the encoding in which more of it
/// are frequent characters, if little of it is malformed.
fn try_each(bytes: &[u8], limit: u32) -> Result<Source<'_>, Error> {
    let mut best: Option<(usize, Source<'_>)> = None;
    let mut stop = 0_usize;
    for encoding in [Encoding::Gb18030, Encoding::Big5] {
        let source = match transcode(bytes, 0, encoding, limit) {
            Err(error) if error.is_limit() => return Err(error),
            Err(error) => {
                stop = stop.max(error.offset().unwrap_or_default());
                continue;
            }
            Ok(source) => source,
        };
        let bad = source.malformed.len();
        let wide = source.text.chars().filter(|char| !char.is_ascii()).count();
        if bad.saturating_mul(PLAUSIBLE) > wide.saturating_sub(bad) {
            stop = stop.max(source.malformed.first().map_or(0, |bad| bad.bytes.start()));
            continue;
        }
        let frequent = count_frequent(bytes, &source.malformed, encoding);
        if best.as_ref().is_none_or(|(other, _)| frequent > *other) {
            best = Some((frequent, source));
        }
    }
    match best {
        Some((_, source)) => Ok(source),
        None => Err(not_text(stop, NO_ENCODING)),
    }
}

/// How many pairs of `bytes` are in the part of the encoding that its standard gives to frequent
/// characters and punctuation: level 1 of GB 2312, level 1 of Big5.
fn count_frequent(bytes: &[u8], malformed: &[Malformed], encoding: Encoding) -> usize {
    let mut frequent = 0_usize;
    let mut at = 0_usize;
    let ends = malformed.iter().map(|bad| (bad.bytes.start(), bad.bytes.end()));
    for (stop, next) in ends.chain([(bytes.len(), bytes.len())]) {
        while let Some(&[lead, trail]) = bytes.get(at..stop).and_then(|rest| rest.first_chunk()) {
            let is_frequent = match (encoding, lead, trail) {
                (Encoding::Big5, 0xA1..=0xC6, _) => true,
                (_, 0xA1..=0xA3 | 0xB0..=0xD7, 0xA1..) => encoding != Encoding::Big5,
                _ => false,
            };
            frequent = frequent.saturating_add(usize::from(is_frequent));
            at = at.saturating_add(if lead < 0x80 { 1 } else { 2 });
        }
        at = next;
    }
    frequent
}

/// Decodes `bytes` from `origin` on, with U+FFFD for what is malformed.
fn transcode(bytes: &[u8], origin: usize, encoding: Encoding, limit: u32) -> Result<Source<'static>, Error> {
    let rest = bytes.len().saturating_sub(origin);
    // Two bytes give three at most times.
    let room = rest.saturating_add(rest / 2).saturating_add(SEGMENT / 8);
    let mut text = String::with_capacity(room);
    let mut map = Map::identity(origin);
    let mut malformed: Vec<Malformed> = Vec::new();
    let tolerated = TOLERATED.saturating_add(bytes.len() / TOLERATED_BYTES);

    // A `String` to decode to would be filled up with zeros at each segment.
    let mut scratch = "\0".repeat(SEGMENT.saturating_mul(4));

    let mut at = origin;
    while at < bytes.len() {
        let cut = at.saturating_add(SEGMENT).min(bytes.len());
        let segment = bytes.get(at..cut).unwrap_or_default();
        let before = fits(&text, limit)?;
        let done = decode_segment(segment, encoding, &mut scratch, &mut text);
        let clean = segment.get(..done.clean).unwrap_or_default();
        if !clean.is_empty() {
            let piece = text.get(before as usize..).unwrap_or_default();
            map.push_piece(encoding, (before, piece), (at, clean));
        }
        at = at.saturating_add(done.clean);
        // Where the bad sequence reaches the cut, perhaps the cut made it bad: the next
        // segment begins with it, and decides.
        let is_open = cut < bytes.len() && done.read == segment.len() && done.clean > 0;
        if done.bad > 0 && !is_open {
            let start = fits(&text, limit)?;
            text.push(char::REPLACEMENT_CHARACTER);
            map.push(start, at, Width::Unit);
            let stop = at.saturating_add(done.bad);
            malformed.push(Malformed {
                span: Span::new(start, fits(&text, limit)?),
                bytes: ByteSpan::new(at, stop),
            });
            at = stop;
        }
        if malformed.len() > tolerated {
            let first = malformed.first().map(|first| first.bytes.start());
            return Err(not_text(first.unwrap_or_default(), MANY_MALFORMED));
        }
    }
    map.push(fits(&text, limit)?, bytes.len(), Width::Utf8);
    Ok(Source { text: Cow::Owned(text), encoding, map, malformed, page: false, mojibake: None })
}

/// What [`decode_segment`] made of a segment.
struct Decoded {
    /// Bytes decoded to text.
    clean: usize,
    /// Bytes of the malformed sequence after them, 0 where there is none.
    bad: usize,
    /// Bytes the decoder had to see for that.
    read: usize,
}

/// Decodes `segment` up to its first malformed sequence, behind what `text` holds.
///
/// No decoder lives longer than its segment, so none has state that the map does not know.
fn decode_segment(segment: &[u8], encoding: Encoding, scratch: &mut str, text: &mut String) -> Decoded {
    let mut decoder = encoding.encoding_rs().new_decoder_without_bom_handling();
    let mut read = 0_usize;
    loop {
        let rest = segment.get(read..).unwrap_or_default();
        let (result, taken, written) = decoder.decode_to_str_without_replacement(rest, scratch, true);
        text.push_str(scratch.get(..written).unwrap_or_default());
        read = read.saturating_add(taken);
        let (bad, after) = match result {
            DecoderResult::InputEmpty => (0, 0),
            DecoderResult::Malformed(bad, after) => (usize::from(bad), usize::from(after)),
            DecoderResult::OutputFull => continue,
        };
        let clean = read.saturating_sub(after).saturating_sub(bad);
        return Decoded { clean, bad, read };
    }
}

/// The end of `text` as an offset.
///
/// # Errors
///
/// Where `text` is longer than `limit`.
fn fits(text: &str, limit: u32) -> Result<u32, Error> {
    match u32::try_from(text.len()) {
        Ok(end) if end <= limit => Ok(end),
        _ => Err(Error::from(ErrorKind::Limit { size: text.len(), limit: limit as usize })),
    }
}

fn not_text(offset: usize, reason: &'static str) -> Error {
    Error::from(ErrorKind::NotText { offset, reason })
}
