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

use super::annotation::{Syllable, annotation, closed, is_common, is_read, read_with_lead};
use super::gbk;

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
        let Some(mended) = run(lost, rest).filter(|mended| !is_contradicted(mended)) else { continue };
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
pub(super) fn split(i: &str, is_damaged: bool) -> Option<Mended<'_>> {
    let behind = i.strip_prefix(is_lost)?;
    let mut rest = behind.chars();
    // The full stop is the common partner of A3; the text shows no other.
    let lead = match rest.next()? {
        mark @ (',' | '!' | '?') => full_width_trail(mark)?,
        _ => return None,
    };
    let mut mended = run(lead, rest.as_str())?;
    mended.text.insert(0, FULL_STOP);
    let confirmed = annotation(mended.rest).is_some() && !is_contradicted(&mended);
    let goes_on = mended.rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    (confirmed || is_damaged && !goes_on && !is_contradicted(&mended)).then_some(mended)
}

const FULL_STOP: char = '。';
/// The first byte of full-width ASCII in GBK.
const FULL_WIDTH: u8 = 0xA3;
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
fn run(mut lead: u8, i: &str) -> Option<Mended<'_>> {
    let mut text = String::new();
    let mut rest = i;
    for _ in 0..MAX_RUN {
        let mut letters = rest.chars();
        let c = letters.next()?;
        if is_lost(c) {
            let (syllable, rest) = torn_annotation(rest)?;
            let mut fitting = read_with_lead(&syllable, lead);
            text.push(fitting.next().filter(|c| is_plausible(*c))?);
            return fitting.next().is_none().then_some(Mended { text, rest });
        }
        rest = letters.as_str();
        if let '@'..='~' = c
            && let Some(whole) = gbk::decode(lead, u8::try_from(c).ok()?).filter(|whole| is_plausible(*whole))
        {
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
    }
    None
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
        let mended = split("?,F(xiàn)將", false).unwrap();
        assert_eq!((mended.text.as_str(), mended.rest), ("。現", "(xiàn)將"));
        let mended = split("?!吧鷳B(tài)", false).unwrap();
        assert_eq!((mended.text.as_str(), mended.rest), ("。“生態", "(tài)"));
        for real in ["?,F(tài)將", "?,OK", "?!?", "?,", "?,現", "?.F(xiàn)"] {
            assert!(split(real, false).is_none(), "{real}");
        }
    }
}
