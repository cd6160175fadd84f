//! Traditional to Simplified, character by character, by a table in which both have the same length.
//!
//! Phrases do not count, so 著 stays 著 in 著重, and no word is replaced by another, as a profile for Taiwan would.

use std::sync::LazyLock;

use super::simplified::SIMPLIFIED;

/// The ideographs that the table knows about.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;
const LEN: usize = (LAST - FIRST + 1) as usize;

/// What no conversion touches.
const NEUTRAL: u16 = 0;
/// What a conversion ends in, and none begins with.
const IS_SIMPLIFIED: u16 = 1;

/// For each ideograph what it becomes, or one of the two above.
static TABLE: LazyLock<Box<[u16; LEN]>> = LazyLock::new(|| {
    let mut table = Box::new([NEUTRAL; LEN]);
    let mut set = |c: char, to: u16, over: bool| {
        if let Some(slot) = place(c).and_then(|at| table.get_mut(at)).filter(|slot| over || **slot == NEUTRAL)
        {
            *slot = to;
        }
    };
    for_each_pair(|_, to| set(to, IS_SIMPLIFIED, true));
    for_each_pair(|from, to| set(from, u16::try_from(u32::from(to)).unwrap_or(NEUTRAL), true));
    table
});

fn place(c: char) -> Option<usize> {
    u32::from(c).checked_sub(FIRST).map(|at| at as usize)
}

/// All pairs of the generated table.
pub(crate) fn for_each_pair(mut each: impl FnMut(char, char)) {
    let mut letters = SIMPLIFIED.chars();
    while let (Some(from), Some(to)) = (letters.next(), letters.next()) {
        each(from, to);
    }
}

/// The Simplified form of a character; itself where it has none.
pub(crate) fn simplified(c: char) -> char {
    let found = place(c).and_then(|at| TABLE.get(at)).copied().unwrap_or(NEUTRAL);
    if found > IS_SIMPLIFIED { char::from_u32(u32::from(found)).unwrap_or(c) } else { c }
}

/// How many characters of a text the conversion would change, and how many are already what it makes of others.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Script {
    pub traditional: u32,
    pub simplified: u32,
}

/// So many more characters of one script than of the other leave no doubt which a text is in: some 800 ideographs, and less
/// than a page.
const NO_DOUBT: u32 = 256;
/// Bytes looked at between two questions whether there is doubt.
const PIECE: usize = 1024;

impl Script {
    /// Counts from the beginning on until there is no doubt.
    pub(crate) fn of(text: &str) -> Self {
        let table: &[u16; LEN] = &TABLE;
        let mut script = Self::default();
        let mut rest = text.as_bytes();
        while !rest.is_empty() && script.traditional.abs_diff(script.simplified) < NO_DOUBT {
            let mut len = 0_usize;
            while let Some([a, b, c]) = rest.get(len..len.wrapping_add(3))
                && len < PIECE
            {
                // An ideograph takes three bytes; of anything else step over one, and its other bytes begin nothing.
                if !matches!(a, 0xE3..=0xE9) {
                    len = len.wrapping_add(1);
                    continue;
                }
                let scalar = u32::from(a & 0x0F) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F);
                let found = table.get(scalar.wrapping_sub(FIRST) as usize).copied().unwrap_or(NEUTRAL);
                script.simplified = script.simplified.wrapping_add(u32::from(found == IS_SIMPLIFIED));
                script.traditional = script.traditional.wrapping_add(u32::from(found > IS_SIMPLIFIED));
                len = len.wrapping_add(3);
            }
            if len < PIECE {
                break;
            }
            rest = rest.get(len..).unwrap_or_default();
        }
        script
    }

    /// Whether the text is Traditional: more of it than not.
    pub(crate) const fn is_traditional(self) -> bool {
        self.traditional > self.simplified
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_characters() {
        for (from, to) in [('區', '区'), ('發', '发'), ('著', '著'), ('发', '发'), ('a', 'a'), ('，', '，')]
        {
            assert_eq!(simplified(from), to);
        }
        for_each_pair(|from, to| assert_eq!((from.len_utf8(), to.len_utf8()), (3, 3), "{from}{to}"));
    }
}
