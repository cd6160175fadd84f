//! Text that was decoded in the wrong encoding and saved: as a whole it is turned back, or it is reported.
//!
//! | what happened | looks like | is proven by |
//! | --- | --- | --- |
//! | GBK was read as Windows-1252 or Latin-1 | `Õþ¸®ÐÅÏ¢¹«¿ª` | every character has a byte there, and the bytes are GBK and Chinese |
//! | UTF-8 was read as GBK | `鏀垮簻淇℃伅` | every character has its bytes in GBK, and the bytes are UTF-8 |
//!
//! Nothing is turned back in part: one character that has no byte, one byte too few, and the text stays as it is.

use std::borrow::Cow;

use super::Source;
use super::map::{Map, Width};
use crate::span::Span;

/// How the text was read wrongly before it came here.
///
/// ```
/// use gongkai::source::{DEFAULT_MAX_BYTES, Mojibake, Source};
///
/// // 商业企业 | 法律服务机构 |, from UTF-8 as if it were GBK
/// let text = "鍟嗕笟浼佷笟 | 娉曞緥鏈嶅姟鏈烘瀯 |";
/// let source = Source::from_text(text, DEFAULT_MAX_BYTES)?;
/// assert_eq!((source.text(), source.mojibake()), ("商业企业 | 法律服务机构 |", Some(Mojibake::Utf8AsGbk)));
///
/// // The same with a character lost on the way.
/// let text = "鍟嗕笟浼佷笟 | 娉曞緥鏈嶅姟鏈?瀯 |";
/// let source = Source::from_text(text, DEFAULT_MAX_BYTES)?;
/// assert_eq!((source.text(), source.mojibake()), (text, Some(Mojibake::Lossy)));
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Mojibake {
    /// GBK as Windows-1252 or Latin-1; turned back, and reported as `mojibake-decoded`.
    GbkAsLatin1,
    /// UTF-8 as GBK; turned back, and reported as `mojibake-decoded`.
    Utf8AsGbk,
    /// One of them by its looks, with characters lost on the way; left as it is, and reported as `mojibake`.
    Lossy,
}

/// So many characters beyond ASCII are looked at; the first line of a report has one of [`EXCLUDED`].
const LOOK: usize = 96;
/// So many are needed for a verdict.
const ENOUGH: usize = 12;
/// One of so many characters, at least, is frequent in Chinese (level 1 of GB 2312): nine of ten are.
const FREQUENT: usize = 2;

/// Frequent characters that UTF-8 read as GBK cannot hold: one of their bytes in GBK is none that such text has.
const EXCLUDED: &str = "政信年的一二三四情在和是有日月第总主行";
/// Turns the text of `source` back where that is proven. A text that is what it seems is found out at its first line.
pub(super) fn turn_back(source: Source<'_>) -> Source<'_> {
    let text = source.text();
    let Some(suspect) = suspect(text) else { return source };
    let bytes = match suspect {
        Mojibake::Utf8AsGbk => bytes_in_gbk(text),
        _ => bytes_in_latin1(text),
    };
    let decoded = bytes.as_deref().and_then(|bytes| match suspect {
        Mojibake::Utf8AsGbk => {
            core::str::from_utf8(bytes).ok().filter(|text| is_han(text)).map(Cow::Borrowed)
        }
        _ => encoding_rs::GBK
            .decode_without_bom_handling_and_without_replacement(bytes)
            .filter(|text| is_chinese(text)),
    });
    match decoded.filter(|decoded| u32::try_from(decoded.len()).is_ok()) {
        Some(decoded) => {
            let map = map(&source, suspect, &decoded);
            let (text, encoding) = (Cow::Owned(decoded.into_owned()), source.encoding);
            Source { text, encoding, map, malformed: Vec::new(), page: false, mojibake: Some(suspect) }
        }
        None if is_typical(text, suspect) => Source { mojibake: Some(Mojibake::Lossy), ..source },
        None => source,
    }
}

/// What the first characters beyond ASCII look like.
fn suspect(text: &str) -> Option<Mojibake> {
    let (mut latin, mut han) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii()).take(LOOK) {
        match c {
            _ if EXCLUDED.contains(c) => return None,
            '\u{80}'..='\u{FF}' => latin = latin.saturating_add(1),
            '\u{4E00}'..='\u{9FFF}' => han = han.saturating_add(1),
            _ => {}
        }
    }
    if han == 0 && latin >= ENOUGH {
        return Some(Mojibake::GbkAsLatin1);
    }
    // 。 leaves now and then a euro sign or a dot behind.
    (han >= ENOUGH && latin < han / 4).then_some(Mojibake::Utf8AsGbk)
}

/// Whether the text is full of what such text is full of.
fn is_typical(text: &str, suspect: Mojibake) -> bool {
    let (mut all, mut typical) = (0_usize, 0_usize);
    let mut count = |counts: bool| {
        all = all.saturating_add(1);
        typical = typical.saturating_add(usize::from(counts));
    };
    if suspect == Mojibake::Utf8AsGbk {
        // Pairs of the bytes of UTF-8; of the frequent characters one in eight is such a pair.
        let (bytes, ..) = encoding_rs::GBK.encode(text);
        for_each_pair(&bytes, |pair| count(pair.iter().all(|byte| is_byte_of_utf8(*byte))));
        return typical.saturating_mul(5) >= all.saturating_mul(4);
    }
    // The bytes of GB 2312, which no language of Europe uses in such numbers.
    let is_sign = |c| matches!(c, '\u{A1}'..='\u{BF}' | '\u{D0}' | '\u{D7}' | '\u{FE}');
    text.chars().filter(|c| !c.is_ascii()).for_each(|c| count(is_sign(c)));
    typical.saturating_mul(4) >= all
}

/// The bytes of Chinese in UTF-8.
const fn is_byte_of_utf8(byte: u8) -> bool {
    matches!(byte, 0x80..=0xBF | 0xC2 | 0xE2..=0xE9 | 0xEF)
}

/// Each pair of bytes of well-formed GBK.
fn for_each_pair(bytes: &[u8], mut each: impl FnMut([u8; 2])) {
    let mut rest = bytes;
    while let [first, behind @ ..] = rest {
        rest = behind;
        // 80 alone is the euro sign.
        if *first > 0x80
            && let [second, behind @ ..] = behind
        {
            each([*first, *second]);
            rest = behind;
        }
    }
}

fn bytes_in_gbk(text: &str) -> Option<Vec<u8>> {
    let (bytes, _, lossy) = encoding_rs::GBK.encode(text);
    (!lossy).then(|| bytes.into_owned())
}

/// The bytes that the characters stand for in Windows-1252, or in Latin-1 where that has none.
fn bytes_in_latin1(text: &str) -> Option<Vec<u8>> {
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(text);
    if !lossy {
        return Some(bytes.into_owned());
    }
    text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

/// Whether most characters of a text decoded from GBK are frequent ones.
fn is_chinese(text: &str) -> bool {
    let (bytes, ..) = encoding_rs::GBK.encode(text);
    let (mut all, mut frequent) = (0_usize, 0_usize);
    for_each_pair(&bytes, |[first, _]| {
        all = all.saturating_add(1);
        frequent = frequent.saturating_add(usize::from((0xB0..=0xD7).contains(&first)));
    });
    frequent > 0 && frequent.saturating_mul(FREQUENT) >= all
}

/// Whether most characters of the text beyond ASCII take three bytes, as Chinese does: 元元 is well-formed UTF-8 in GBK, too.
fn is_han(text: &str) -> bool {
    let (mut all, mut han) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        all = all.saturating_add(1);
        han = han.saturating_add(usize::from(c.len_utf8() == 3));
    }
    han.saturating_mul(2) >= all
}

/// Each character of the decoded text, and the characters of the source that its bytes were read as.
fn map(source: &Source<'_>, kind: Mojibake, decoded: &str) -> Map {
    // Where the character of the source ends that holds the byte at `done`.
    let mut characters = source.text().char_indices();
    let mut place = 0_usize;
    let mut covered = 0_usize;
    let mut needed = 0_usize;
    let mut map = Map::with_room(0, decoded.chars().count().saturating_add(1));
    for (at, c) in decoded.char_indices() {
        let begin = if covered > needed { place } else { characters.offset() };
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        map.push(
            at,
            source.byte_span(Span::empty(u32::try_from(begin).unwrap_or(u32::MAX))).start(),
            Width::Unit,
        );
        needed = needed.saturating_add(match kind {
            Mojibake::Utf8AsGbk => c.len_utf8(),
            _ if c.is_ascii() => 1,
            _ => 2,
        });
        while covered < needed {
            let Some((start, c)) = characters.next() else { break };
            place = start;
            let bytes = if kind == Mojibake::Utf8AsGbk && !c.is_ascii() { 2 } else { 1 };
            covered = covered.saturating_add(bytes);
        }
    }
    let end = u32::try_from(source.text().len()).unwrap_or(u32::MAX);
    let last = u32::try_from(decoded.len()).unwrap_or(u32::MAX);
    map.push(last, source.byte_span(Span::empty(end)).start(), Width::Utf8);
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excluded_characters_have_a_byte_that_utf8_has_not() {
        for c in EXCLUDED.chars() {
            let text = c.to_string();
            let (bytes, ..) = encoding_rs::GBK.encode(&text);
            assert!(!bytes.iter().all(|byte| is_byte_of_utf8(*byte)), "{c}");
        }
    }
}
