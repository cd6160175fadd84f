//! How a wording of the form may be spelled: in another script or punctuation, with annotations and spaces.

use arrayvec::ArrayString;
use memchr::memchr;

use super::MAX_WORDING_BYTES;
use crate::glyph::canonical;

/// The bytes of an ideograph.
const LETTER: usize = 3;

/// Where the annotation ends that begins at `at`: Latin letters between ASCII brackets.
#[inline]
pub(super) fn annotation(i: &[u8], at: usize) -> Option<usize> {
    let [b'(', rest @ ..] = i.get(at..)? else { return None };
    // The few marks of ASCII behind `z` stand in no brackets.
    let latin = |byte: &&u8| matches!(**byte, b'a'..=0xDF);
    let len = rest.iter().take_while(latin).count();
    (rest.get(len) == Some(&b')')).then(|| at.wrapping_add(len).wrapping_add(2))
}

/// Whether `i` is `wording` in any script and punctuation, but for annotations and spaces.
#[inline]
pub(super) fn is_wording(i: &[u8], wording: &[u8]) -> bool {
    let (mut rest, mut letters) = (i, wording);
    // Most differ in a place or two, and what is behind them is as long.
    while rest != letters {
        (rest, letters) = different(rest, letters);
        (rest, letters) = match (rest, letters) {
            ([b'(', ..], _) if let Some(end) = annotation(rest, 0) => {
                (rest.get(end..).unwrap_or_default(), letters)
            }
            ([b' ', behind @ ..], _) => (behind, letters),
            // A mark in ASCII, and full-width.
            ([a @ b'!'..=b'?', behind @ ..], [0xEF, 0xBC, b, others @ ..])
            | ([0xEF, 0xBC, b, behind @ ..], [a @ b'!'..=b'?', others @ ..])
                if a.wrapping_add(0x60) == *b =>
            {
                (behind, others)
            }
            _ => match behind_variant((i, rest.len()), (wording, letters.len())) {
                Some(behind) => behind,
                None => return false,
            },
        };
    }
    true
}

/// What is left of two texts from the first byte on in which they differ.
#[inline(always)]
fn different<'t>(mut a: &'t [u8], mut b: &'t [u8]) -> (&'t [u8], &'t [u8]) {
    const STEP: usize = 8;
    while let (Some((first, behind)), Some((second, others))) =
        (a.split_first_chunk::<STEP>(), b.split_first_chunk::<STEP>())
    {
        let differ = u64::from_le_bytes(*first) ^ u64::from_le_bytes(*second);
        if differ != 0 {
            let same = (differ.trailing_zeros() >> 3) as usize;
            return (a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default());
        }
        (a, b) = (behind, others);
    }
    while let ([first, behind @ ..], [second, others @ ..]) = (a, b)
        && first == second
    {
        (a, b) = (behind, others);
    }
    (a, b)
}

/// What is behind the characters that differ so many bytes before the ends of two texts, if they are one ideograph in two
/// scripts.
#[cold]
fn behind_variant<'t>(
    (i, left): (&'t [u8], usize),
    (wording, expected): (&'t [u8], usize),
) -> Option<(&'t [u8], &'t [u8])> {
    let (mut at, mut other) = (i.len().checked_sub(left)?, wording.len().checked_sub(expected)?);
    // Their first bytes may be the same.
    while matches!((i.get(at)?, wording.get(other)?), (0x80..=0xBF, _) | (_, 0x80..=0xBF)) {
        (at, other) = (at.checked_sub(1)?, other.checked_sub(1)?);
    }
    let (letters, others) = (i.get(at..)?, wording.get(other..)?);
    let (a, b) = (letter(letters)?, letter(others)?);
    let are_ideographs = [a, b].iter().all(|c| matches!(c, '\u{4000}'..='\u{9FFF}'));
    let is_variant = are_ideographs && canonical(a) == canonical(b);
    is_variant.then_some((letters.get(LETTER..)?, others.get(LETTER..)?))
}

/// The first character of a text; `None` where it can be no ideograph, which has three bytes.
pub(super) fn letter(i: &[u8]) -> Option<char> {
    let [a @ 0xE0..=0xEF, b, c, ..] = i else { return None };
    let bits = |byte: &u8| u32::from(byte & 0x3F);
    char::from_u32((u32::from(a & 0x0F) << 12) | (bits(b) << 6) | bits(c))
}

/// `i` without its annotations, if it has any: `行政處罰` for `行政處(chù)罰`. It is put together in `plain`.
pub(super) fn unannotated<'p>(i: &str, plain: &'p mut ArrayString<MAX_WORDING_BYTES>) -> Option<&'p str> {
    let (mut kept, mut at) = (0_usize, memchr(b'(', i.as_bytes())?);
    while let Some(byte) = i.as_bytes().get(at) {
        at = match byte {
            0xE4..=0xE9 => at.wrapping_add(3),
            b'(' => match annotation(i.as_bytes(), at) {
                Some(behind) => {
                    plain.try_push_str(i.get(kept..at)?).ok()?;
                    kept = behind;
                    behind
                }
                None => at.wrapping_add(1),
            },
            _ => at.wrapping_add(1),
        };
    }
    if kept == 0 {
        return None;
    }
    plain.try_push_str(i.get(kept..)?).ok()?;
    Some(plain.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_in_any_script_and_punctuation() {
        const NOTE: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
        for text in [
            NOTE,
            "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)",
            "(本列數(shù)據(jù)的勾稽關(guān)系為:第一項(xiàng)加第二項之和,等于第三項加第四項之和)",
            "（本列数据的勾稽关系为：第一项加第二项 之和，等于第三项加第四项之和）",
        ] {
            assert!(is_wording(text.as_bytes(), NOTE.as_bytes()), "{text}");
        }
        let ascii = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)";
        assert!(is_wording(NOTE.as_bytes(), ascii.as_bytes()));
        for text in [
            "",
            "（",
            "(本列数据的勾稽关系为:第一项加第二项之和)",
            "(本列数据的勾稽关系为:第一项加第三项之和,等于第三项加第四项之和)",
            "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)0",
        ] {
            assert!(!is_wording(text.as_bytes(), NOTE.as_bytes()), "{text}");
        }
    }
}
