//! GBK characters torn apart: `政府?dāng)?shù)據` for 政府數據.
//!
//! A replacement of bytes that ignores where characters begin put its annotation between the two bytes of a character, or
//! took one of them; a decoder printed `?` for the byte that stood alone, and read the bytes behind it shifted by one,
//! until a byte that is a letter in ASCII ended the shift. The bytes behind the `?` are therefore still there:
//!
//! | rule | source | bytes | read |
//! | --- | --- | --- | --- |
//! | straddle | `展?fàn)顩r` | 範 (fàn) is B9A0, 展 ends in B9: the lost byte is A0, then EE 9B 72 | 展狀況 |
//! | split | `工作?,F(xiàn)將` | the comma is A3AC; A1 before it lost its partner A3: AC 46 | 工作。現將 |

use arrayvec::ArrayVec;

use super::annotation::{Syllable, annotation, closed, is_common, is_read, read_with_lead};
use super::gbk;
use super::simplify::simplified;

/// A run shifted by one is no longer than this; in Traditional text every third character ends it.
const MAX_RUN: usize = 48;
/// So many verified annotations with tones make it plain that a document was damaged.
pub(super) const DAMAGED: u32 = 3;

/// What stood where a byte is lost.
pub(super) struct Mended<'a> {
    /// The recovered characters.
    pub text: String,
    /// What is behind the damage.
    pub rest: &'a str,
}

/// Whether a character stands for a byte that could not be decoded.
pub(crate) const fn is_lost(c: char) -> bool {
    matches!(c, '?' | char::REPLACEMENT_CHARACTER)
}

/// `lost "("? syllable close`, with a tone: the annotation whose opening bracket, or lead byte, is lost.
pub(crate) fn torn_annotation(i: &str) -> Option<(Syllable, &str)> {
    let behind = i.strip_prefix(is_lost)?;
    closed(behind.strip_prefix('(').unwrap_or(behind)).filter(|(syllable, _)| syllable.is_toned())
}

/// Mends a straddle at the beginning of `i`, behind the character `before`. `is_listed` says whether a character is known
/// to be annotated in the document, which decides between two that fit.
pub(super) fn straddle<'a>(before: char, i: &'a str, is_listed: impl Fn(char) -> bool) -> Option<Mended<'a>> {
    let (syllable, rest) = torn_annotation(i)?;
    let [_, trail] = gbk::encode(before)?;
    let mut found: Option<(bool, Mended<'a>)> = None;
    let mut tied = false;
    for listed in read_with_lead(&syllable, trail) {
        let Some([_, lost]) = gbk::encode(listed) else { continue };
        let Some(mended) = run(lost, rest, &is_listed).filter(|mended| !is_contradicted(mended)) else {
            continue;
        };
        let rank = is_listed(listed);
        match &found {
            Some((best, other)) if *best == rank => tied |= other.text != mended.text,
            Some((true, _)) => {}
            _ => (found, tied) = (Some((rank, mended)), false),
        }
    }
    found.filter(|_| !tied).map(|(_, mended)| mended)
}

/// Mends a split at the beginning of `i`. Without an annotation that confirms the last character, only where the
/// document `is_damaged` elsewhere.
pub(super) fn split(i: &str, is_damaged: bool, is_listed: impl Fn(char) -> bool) -> Option<Mended<'_>> {
    let behind = i.strip_prefix(is_lost)?;
    let mut rest = behind.chars();
    // The full stop is the common partner of A3; the text shows no other.
    let lead = match rest.next()? {
        mark @ (',' | '!' | '?') => full_width_trail(mark)?,
        _ => return None,
    };
    let mut mended = run(lead, rest.as_str(), &is_listed)?;
    // No full stop stands before one: 常。 is B3A3 A1A3, and the lost byte is that of 常.
    if mended.text.starts_with([FULL_STOP, '、', '，', '；', '：']) {
        return None;
    }
    mended.text.insert(0, FULL_STOP);
    let confirmed = annotation(mended.rest).is_some() && !is_contradicted(&mended);
    let goes_on = mended.rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    (confirmed || is_damaged && !goes_on && !is_contradicted(&mended)).then_some(mended)
}

const FULL_STOP: char = '。';
/// The first byte of full-width ASCII in GBK.
const FULL_WIDTH: u8 = 0xA3;
/// First bytes of the frequent characters of GB 2312, its level 1.
const FREQUENT: core::ops::RangeInclusive<u8> = 0xB0..=0xD7;
/// The first byte of punctuation in GBK.
const PUNCTUATION: u8 = 0xA1;

/// The second byte of the full-width form that was folded to `mark`.
fn full_width_trail(mark: char) -> Option<u8> {
    u8::try_from(u32::from(mark)).ok()?.checked_add(0x80)
}

/// Whether an annotation follows that is none of the last character's.
fn is_contradicted(mended: &Mended<'_>) -> bool {
    let last = mended.text.chars().next_back();
    annotation(mended.rest).is_some_and(|(syllable, _)| !last.is_some_and(|last| is_read(last, &syllable)))
}

/// `run = pair* ( letter | torn-annotation )`: decodes again what was read shifted by one, `lead` being the byte
/// before it. `None` where a character comes out that is not in use, or the shift does not end.
fn run<'a>(mut lead: u8, i: &'a str, is_listed: &impl Fn(char) -> bool) -> Option<Mended<'a>> {
    let mut text = String::new();
    let mut rest = i;
    for _ in 0..MAX_RUN {
        let mut letters = rest.chars();
        let c = letters.next()?;
        if is_lost(c) {
            let (syllable, rest) = torn_annotation(rest)?;
            text.push(only(read_with_lead(&syllable, lead).filter(|c| is_plausible(*c)), is_listed)?);
            return Some(Mended { text, rest });
        }
        rest = letters.as_str();
        if let '@'..='~' = c
            && let Some(whole) = gbk::decode(lead, u8::try_from(c).ok()?).filter(|whole| is_plausible(*whole))
        {
            // The letter may as well be full-width, A3 and a byte to go on with: 保 and not 盪 before U.
            let closes = annotation(rest).is_some_and(|(syllable, _)| is_read(whole, &syllable));
            if !closes && goes_on(lead, c, rest) {
                return None;
            }
            text.push(whole);
            return Some(Mended { text, rest });
        }
        if c.is_ascii_graphic() && lead == PUNCTUATION {
            // 。 and the next byte came out as a full-width character.
            text.push(FULL_STOP);
            lead = full_width_trail(c)?;
            continue;
        }
        let [first, second] = gbk::encode(c)?;
        text.push(gbk::decode(lead, first).filter(|whole| is_plausible(*whole))?);
        // A letter behind the character, read as its half.
        if second.is_ascii_alphabetic() {
            text.push(char::from(second));
            return Some(Mended { text, rest });
        }
        lead = second;
        // Two bytes of two characters that are one on the list.
        if let Some((_, behind)) = annotation(rest).filter(|(syllable, _)| is_read(c, syllable)) {
            rest = behind;
        }
    }
    None
}

/// The one that fits; of several the one that the document is known to annotate, or the first of those that are one character
/// in Simplified.
fn only(fitting: impl Iterator<Item = char>, is_listed: &impl Fn(char) -> bool) -> Option<char> {
    let fitting: ArrayVec<char, 8> = fitting.take(8).collect();
    let mut listed = fitting.iter().filter(|c| is_listed(**c));
    match (listed.next(), listed.next(), fitting.as_slice()) {
        (Some(one), None, _) => Some(*one),
        (None, None, [first, others @ ..]) => {
            others.iter().all(|c| simplified(*c) == simplified(*first)).then_some(*first)
        }
        _ => None,
    }
}

/// Whether `letter` behind `lead` may be full-width, and the text in `rest` goes on with it.
fn goes_on(lead: u8, letter: char, rest: &str) -> bool {
    let plausible = |lead, trail| gbk::decode(lead, trail).is_some_and(is_plausible);
    let next = rest.chars().next().and_then(gbk::encode);
    FREQUENT.contains(&lead)
        && full_width_trail(letter).zip(next).is_some_and(|(lead, [first, _])| plausible(lead, first))
}

fn is_plausible(c: char) -> bool {
    is_common(c) || matches!(gbk::encode(c), Some([PUNCTUATION, 0xA2..=0xBF] | [FULL_WIDTH, 0xA1..=0xBF]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn straddles() {
        for (before, damaged, whole, rest) in [
            ('府', "?dāng)?shù)據(jù)", "數", "據(jù)"),
            ('府', "\u{FFFD}(dāng)\u{FFFD}(shù)據", "數", "據"),
            ('展', "?fàn)顩r等", "狀況", "等"),
            ('請', "?zhí)幚砬闆r |", "處理情況", " |"),
        ] {
            let mended = straddle(before, damaged, |_| false).unwrap_or_else(|| panic!("{damaged}"));
            assert_eq!((mended.text.as_str(), mended.rest), (whole, rest), "{damaged}");
        }
        for (before, real) in [('吗', "?dang)"), ('吗', "? dāng)"), ('a', "?fàn)顩r"), ('展', "?fàn)，r")]
        {
            assert!(straddle(before, real, |_| false).is_none(), "{real}");
        }
    }

    #[test]
    fn splits() {
        let mended = split("?,F(xiàn)將", false, |_| false).unwrap();
        assert_eq!((mended.text.as_str(), mended.rest), ("。現", "(xiàn)將"));
        let mended = split("?!吧鷳B(tài)", false, |_| false).unwrap();
        assert_eq!((mended.text.as_str(), mended.rest), ("。“生態", "(tài)"));
        for real in ["?,F(tài)將", "?,OK", "?!?", "?,", "?,現", "?.F(xiàn)"] {
            assert!(split(real, false, |_| false).is_none(), "{real}");
        }
    }
}
