//! Inline pinyin: `區(qū)` for 區.
//!
//! ```text
//! annotation = open syllable close
//! open       = "(" | "（"        close = ")" | "）"
//! syllable   = letter{1,6}       Latin letters, at most one with a tone mark
//! ```
//!
//! An annotation is one only behind a character that is read so, alone or in its Simplified form.

use std::sync::LazyLock;

use arrayvec::ArrayString;

use super::gbk;
use super::readings::READINGS;
use super::simplify::{for_each_pair, simplified};

/// The longest syllables, such as zhuang.
const MAX_LETTERS: usize = 6;

/// A syllable of pinyin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Syllable {
    /// Without the tone; `ü` takes two bytes.
    plain: ArrayString<{ MAX_LETTERS * 2 }>,
    /// 1 to 4; 0 where no letter has a mark.
    tone: u8,
}

impl Syllable {
    /// Whether a letter has a tone mark.
    pub(crate) const fn is_toned(&self) -> bool {
        self.tone > 0
    }
}

/// `syllable`: it, and what is behind it.
pub(crate) fn syllable(i: &str) -> Option<(Syllable, &str)> {
    let mut syllable = Syllable { plain: ArrayString::new(), tone: 0 };
    let mut letters = i.chars();
    let mut rest = i;
    while let Some((plain, tone)) = letters.next().and_then(letter) {
        if syllable.plain.chars().count() == MAX_LETTERS || (tone > 0 && syllable.tone > 0) {
            return None;
        }
        syllable.plain.try_push(plain).ok()?;
        syllable.tone = syllable.tone.max(tone);
        rest = letters.as_str();
    }
    (!syllable.plain.is_empty()).then_some((syllable, rest))
}

/// `annotation`: its syllable, and what is behind it.
#[inline]
pub(crate) fn annotation(i: &str) -> Option<(Syllable, &str)> {
    // Behind most characters stands none.
    if !matches!(i.as_bytes().first(), Some(b'(' | 0xEF)) {
        return None;
    }
    closed(i.strip_prefix(['(', '（'])?)
}

/// An annotation whose opening bracket is gone.
pub(crate) fn closed(i: &str) -> Option<(Syllable, &str)> {
    let (syllable, rest) = syllable(i)?;
    Some((syllable, rest.strip_prefix([')', '）'])?))
}

/// A letter of pinyin without its tone, and the tone. Fonts for textbooks give a and g code points of their own.
fn letter(c: char) -> Option<(char, u8)> {
    Some(match c {
        'a'..='z' | 'ü' => (c, 0),
        'ɑ' => ('a', 0),
        'ɡ' => ('g', 0),
        'ā' => ('a', 1),
        'á' => ('a', 2),
        'ǎ' | 'ă' => ('a', 3),
        'à' => ('a', 4),
        'ē' => ('e', 1),
        'é' => ('e', 2),
        'ě' | 'ĕ' => ('e', 3),
        'è' => ('e', 4),
        'ī' => ('i', 1),
        'í' => ('i', 2),
        'ǐ' | 'ĭ' => ('i', 3),
        'ì' => ('i', 4),
        'ō' => ('o', 1),
        'ó' => ('o', 2),
        'ǒ' | 'ŏ' => ('o', 3),
        'ò' => ('o', 4),
        'ū' => ('u', 1),
        'ú' => ('u', 2),
        'ǔ' | 'ŭ' => ('u', 3),
        'ù' => ('u', 4),
        'ǖ' => ('ü', 1),
        'ǘ' => ('ü', 2),
        'ǚ' => ('ü', 3),
        'ǜ' => ('ü', 4),
        'ń' => ('n', 2),
        'ň' => ('n', 3),
        'ǹ' => ('n', 4),
        'ḿ' => ('m', 2),
        _ => return None,
    })
}

/// Whether `c`, or its Simplified form, is read so: with this tone, or where `syllable` has none with any.
pub(crate) fn is_read(c: char, syllable: &Syllable) -> bool {
    let Some(characters) = row(syllable).and_then(|row| READINGS.get(row)).map(|(_, characters)| *characters)
    else {
        return false;
    };
    let simple = simplified(c);
    let mut tone = 0;
    for other in characters.chars() {
        if let Some(digit) = other.to_digit(10) {
            tone = digit;
        } else if (other == c || other == simple)
            && (!syllable.is_toned() || tone == u32::from(syllable.tone))
        {
            return true;
        }
    }
    false
}

/// Whether `c`, or its Simplified form, has a reading in the table: whether it is in use.
pub(crate) fn is_common(c: char) -> bool {
    let codes = &BY_READING.common;
    let known = |c: char| u16::try_from(u32::from(c)).is_ok_and(|c| codes.binary_search(&c).is_ok());
    known(c) || known(simplified(c))
}

/// All characters of GBK that are read so and whose first byte is `lead`.
pub(crate) fn read_with_lead(syllable: &Syllable, lead: u8) -> impl Iterator<Item = char> + use<> {
    // A syllable that is none has no row, and no entry has that number.
    let row = row(syllable).and_then(|row| u16::try_from(row).ok()).unwrap_or(u16::MAX);
    let tone = syllable.tone;
    let from = BY_READING.pairs.partition_point(|entry| *entry < (row, tone, [lead, 0]));
    let of_lead = BY_READING.pairs.get(from..).unwrap_or_default().iter();
    of_lead
        .take_while(move |entry| **entry <= (row, tone, [lead, u8::MAX]))
        .filter_map(|(_, _, [lead, trail])| gbk::decode(*lead, *trail))
}

fn row(syllable: &Syllable) -> Option<usize> {
    READINGS.binary_search_by(|(plain, _)| (*plain).cmp(syllable.plain.as_str())).ok()
}

struct ByReading {
    /// Row of the table, tone, and the two bytes of a character in GBK: Traditional ones too.
    pairs: Vec<(u16, u8, [u8; 2])>,
    /// The characters of the table, sorted.
    common: Vec<u16>,
}

static BY_READING: LazyLock<ByReading> = LazyLock::new(|| {
    let mut traditional: Vec<(char, char)> = Vec::new();
    for_each_pair(|from, to| traditional.push((to, from)));
    traditional.sort_unstable();
    let mut index = ByReading { pairs: Vec::new(), common: Vec::new() };
    for (row, (_, characters)) in (0_u16..).zip(READINGS) {
        let mut tone = 0;
        for c in characters.chars() {
            if let Some(digit) = c.to_digit(10) {
                tone = u8::try_from(digit).unwrap_or_default();
                continue;
            }
            let from = traditional.partition_point(|(simple, _)| *simple < c);
            let forms =
                traditional.get(from..).unwrap_or_default().iter().take_while(|(simple, _)| *simple == c);
            for form in core::iter::once(c).chain(forms.map(|(_, form)| *form)) {
                if let Some(pair) = gbk::encode(form) {
                    index.pairs.push((row, tone, pair));
                }
            }
            index.common.extend(u16::try_from(u32::from(c)));
        }
    }
    index.pairs.sort_unstable();
    index.pairs.dedup();
    index.common.sort_unstable();
    index.common.dedup();
    index
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_an_annotation() {
        for (text, c, verified) in [
            ("(qū)", '區', true),
            ("（qū）", '区', true),
            ("(he)", '和', true),
            ("(lǜ)", '率', true),
            ("(tǒnɡ)", '統', true),
            ("(qú)", '區', false),
            ("(rd)", '發', false),
        ] {
            let (syllable, rest) = annotation(text).unwrap();
            assert_eq!((is_read(c, &syllable), rest), (verified, ""), "{text}");
        }
        for text in ["(服务)", "()", "(qu", "(zhuangs)", "(qūá)", "(q u)", "(A)", "[qū]", "(1)"] {
            assert_eq!(annotation(text), None, "{text}");
        }
    }

    #[test]
    fn characters_of_a_reading() {
        let (syllable, _) = syllable("dāng").unwrap();
        assert_eq!(read_with_lead(&syllable, 0xAE).collect::<Vec<_>>(), ['當']);
        assert!(is_common('處') && is_common('处') && !is_common('\u{4e02}'));
    }
}
