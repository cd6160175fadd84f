//! How a wording of the form may be spelled: in another script or punctuation, with annotations and spaces.

use arrayvec::ArrayString;
use memchr::memchr;

use super::MAX_WORDING_BYTES;
use crate::glyph::canonical;

/// Where the annotation ends that begins at `at`: Latin letters between ASCII brackets.
#[inline]
pub(super) fn annotation(i: &[u8], at: usize) -> Option<usize> {
    let [b'(', rest @ ..] = i.get(at..)? else { return None };
    let latin = |byte: &&u8| matches!(**byte, b'a'..=b'z' | 0x80..=0xDF);
    let len = rest.iter().take_while(latin).count();
    (rest.get(len) == Some(&b')')).then(|| at.wrapping_add(len).wrapping_add(2))
}

/// Whether `i` is `wording` in any script and punctuation, but for annotations and spaces.
#[inline]
pub(super) fn is_wording(i: &str, wording: &str) -> bool {
    i == wording || is_varied(i, wording)
}

/// The same, for a text that is not `wording` to the letter.
#[inline(never)]
fn is_varied(i: &str, wording: &str) -> bool {
    let (mut rest, mut letters) = (i.as_bytes(), wording.as_bytes());
    loop {
        let same = common_prefix(rest, letters);
        let (Some(behind), Some(others)) = (rest.get(same..), letters.get(same..)) else { return false };
        (rest, letters) = match (behind, others) {
            ([], []) => return true,
            ([b'(', ..], _) if let Some(end) = annotation(behind, 0) => {
                (behind.get(end..).unwrap_or_default(), others)
            }
            ([b' ', behind @ ..], _) => (behind, others),
            // A mark in ASCII, and full-width.
            ([a @ b'!'..=b'?', behind @ ..], [0xEF, 0xBC, b, others @ ..]) if a.wrapping_add(0x60) == *b => {
                (behind, others)
            }
            ([0xE4..=0xE9, _, _, next @ ..], [0xE4..=0xE9, _, _, expected @ ..])
                if is_variant(i, behind.len(), wording, others.len()) =>
            {
                (next, expected)
            }
            _ => return false,
        };
    }
}

/// How many bytes two texts have in common, up to the end of a character.
#[inline]
fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    const STEP: usize = 8;
    let (steps, others) = (a.as_chunks::<STEP>().0, b.as_chunks::<STEP>().0);
    let differ = |(a, b): (&[u8; STEP], &[u8; STEP])| u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
    let whole = steps.iter().zip(others).map(differ).take_while(|differ| *differ == 0).count();
    let mut same = whole.wrapping_mul(STEP);
    match steps.get(whole).zip(others.get(whole)).map(differ) {
        Some(differ) => same = same.wrapping_add((differ.trailing_zeros() >> 3) as usize),
        None => {
            while a.get(same).is_some_and(|byte| b.get(same) == Some(byte)) {
                same = same.wrapping_add(1);
            }
        }
    }
    // Back to the beginning of the character that differs.
    let within = |at: usize| [a, b].iter().any(|text| matches!(text.get(at), Some(0x80..=0xBF)));
    while same > 0 && within(same) {
        same = same.wrapping_sub(1);
    }
    same
}

/// Whether the characters that stand so many bytes before the ends of two texts are one, in two scripts.
#[cold]
fn is_variant(i: &str, left: usize, wording: &str, expected: usize) -> bool {
    let letter = |text: &str, left: usize| text.get(text.len().checked_sub(left)?..)?.chars().next();
    letter(i, left).map(canonical) == letter(wording, expected).map(canonical)
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
            assert!(is_wording(text, NOTE), "{text}");
        }
        for text in [
            "",
            "（",
            "(本列数据的勾稽关系为:第一项加第二项之和)",
            "(本列数据的勾稽关系为:第一项加第三项之和,等于第三项加第四项之和)",
            "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)0",
        ] {
            assert!(!is_wording(text, NOTE), "{text}");
        }
    }
}
