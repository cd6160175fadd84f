//! The fold: what a character of a label counts as when labels are compared.
//!
//! | source | counts as |
//! | --- | --- |
//! | `公` | itself |
//! | `開`, `⼀` (Kangxi radical), compatibility and private-use forms | their Simplified character |
//! | white space, zero-width characters, punctuation, quotation marks | nothing |
//! | `（…）`, `(…)`, `[…]`, `〔…〕` with their content: notes, numbering, pinyin annotations | nothing |
//! | a digit, a Latin letter, a character that no label holds | the end of the label |
//!
//! The fold never changes the text; it is a view through which the matcher looks.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::variants::VARIANTS;
use crate::form::{FIELDS, HEADS, SchemaVersion, TITLE_PARTS};

/// What a character counts as in a label.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Folded {
    /// A character of the form, by its number in the alphabet.
    Letter(u16),
    /// Nothing: skipped.
    Skip,
    /// Begins a note.
    Open,
    /// Ends a note.
    Close,
    /// No character of the form.
    Other,
    /// The end of the text.
    End,
}

impl Folded {
    #[inline(always)]
    const fn of(code: u16) -> Self {
        match code {
            LETTERS.. => Self::Letter(code),
            SKIP => Self::Skip,
            OPEN => Self::Open,
            CLOSE => Self::Close,
            _ => Self::Other,
        }
    }
}

const OTHER: u16 = 0;
const SKIP: u16 = 1;
const OPEN: u16 = 2;
const CLOSE: u16 = 3;
/// Numbers of letters begin here.
const LETTERS: u16 = 4;

/// The fold of every character up to the second plane, one number each.
pub(crate) struct FoldTable {
    basic: Box<[u16; 1 << 16]>,
    /// Compatibility ideographs and others beyond the basic plane, sorted.
    beyond: Vec<(char, u16)>,
    letters: u16,
}

static TABLE: LazyLock<FoldTable> = LazyLock::new(FoldTable::build);

impl FoldTable {
    pub(crate) fn get() -> &'static Self {
        &TABLE
    }

    /// One more than the highest number of a letter.
    pub(crate) fn alphabet(&self) -> u16 {
        self.letters
    }

    #[inline]
    pub(crate) fn fold(&self, c: char) -> Folded {
        Folded::of(self.code(c))
    }

    /// The fold of the character that begins at byte `at`, and where the next one begins.
    #[inline(always)]
    pub(crate) fn next(&self, text: &str, at: usize) -> (Folded, usize) {
        let low = |byte: u8| usize::from(byte & 0x3F);
        let (scalar, len) = match text.as_bytes().get(at..) {
            // Three bytes, as nearly every character of a label.
            Some([a @ 0xE0..=0xEF, b, c, ..]) => {
                ((usize::from(a & 0x0F) << 12) | (low(*b) << 6) | low(*c), 3)
            }
            Some([a @ 0..=0x7F, ..]) => (usize::from(*a), 1),
            Some([a @ 0xC2..=0xDF, b, ..]) => ((usize::from(a & 0x1F) << 6) | low(*b), 2),
            _ => return self.next_slowly(text, at),
        };
        (Folded::of(self.basic.get(scalar).copied().unwrap_or(OTHER)), at.wrapping_add(len))
    }

    #[cold]
    fn next_slowly(&self, text: &str, at: usize) -> (Folded, usize) {
        match text.get(at..).and_then(|rest| rest.chars().next()) {
            Some(c) => (self.fold(c), at.wrapping_add(c.len_utf8())),
            None => (Folded::End, at),
        }
    }

    #[inline]
    fn code(&self, c: char) -> u16 {
        match self.basic.get(c as usize) {
            Some(code) => *code,
            None => self
                .beyond
                .binary_search_by_key(&c, |(other, _)| *other)
                .ok()
                .and_then(|at| self.beyond.get(at))
                .map_or(OTHER, |(_, code)| *code),
        }
    }

    fn build() -> Self {
        let mut table = Self { basic: Box::new([OTHER; 1 << 16]), beyond: Vec::new(), letters: LETTERS };
        for c in SKIPPED.chars().chain(SKIPPED_RANGES.iter().flat_map(|&(from, to)| from..=to)) {
            table.set(c, SKIP);
        }
        OPENING.chars().for_each(|c| table.set(c, OPEN));
        CLOSING.chars().for_each(|c| table.set(c, CLOSE));
        for label in form_labels() {
            for c in strip_notes(label) {
                if table.code(c) == OTHER {
                    let letter = table.letters;
                    table.set(c, letter);
                    table.letters = letter.saturating_add(1);
                }
            }
        }
        for &(canonical, _, variants) in VARIANTS {
            let code = table.code(canonical);
            if code >= LETTERS {
                for variant in variants.chars().filter(|c| !c.is_ascii()) {
                    if table.code(variant) == OTHER {
                        table.set(variant, code);
                    }
                }
            }
        }
        table
    }

    fn set(&mut self, c: char, code: u16) {
        match self.basic.get_mut(c as usize) {
            Some(slot) => *slot = code,
            None => {
                let at = self.beyond.partition_point(|(other, _)| *other < c);
                self.beyond.insert(at, (c, code));
            }
        }
    }
}

const OPENING: &str = "(（[［〔【〈﹙";
const CLOSING: &str = ")）]］〕】〉﹚";
const SKIPPED: &str = "\t\r\n !\"#$%&'*+,-./:;<=>@\\^_`{}~　、。・·〃「」『』《》〖〗“”‘’…—–－～，．：；！＂＇＊＋／＝＿\u{a0}\u{feff}\u{2060}\u{ad}﹐﹑﹒﹔﹕";
const SKIPPED_RANGES: &[(char, char)] = &[('\u{2000}', '\u{200f}'), ('\u{2028}', '\u{202f}')];

/// An official wording as OpenCC's `s2t` writes it character by character.
pub(crate) fn traditional(wording: &str) -> String {
    let letter = |c: char| {
        let found = VARIANTS.binary_search_by_key(&c, |(canonical, ..)| *canonical).ok();
        found.and_then(|at| VARIANTS.get(at)).map_or(c, |(_, traditional, _)| *traditional)
    };
    wording.chars().map(letter).collect()
}

static CANONICAL: LazyLock<(Ideographs, FxHashMap<char, char>)> = LazyLock::new(|| {
    let variants = VARIANTS.iter().flat_map(|(to, _, from)| from.chars().map(|from| (from, *to)));
    let variants: FxHashMap<char, char> = variants.filter(|(from, _)| !from.is_ascii()).collect();
    (Ideographs::of(|c| variants.contains_key(&c)), variants)
});

/// A set of ideographs, one bit for each: a look into it takes a tenth of that into a map.
pub(crate) struct Ideographs(Vec<u64>);

impl Ideographs {
    const FIRST: u32 = 0x4E00;
    const COUNT: u32 = 0x5200;

    /// Those that `has` says yes to.
    pub(crate) fn of(has: impl Fn(char) -> bool) -> Self {
        let bits = |word: u32| {
            let each = (0..u64::BITS).filter(|bit| {
                let at = word.wrapping_mul(u64::BITS).wrapping_add(*bit);
                char::from_u32(Self::FIRST.wrapping_add(at)).is_some_and(&has)
            });
            each.fold(0_u64, |bits, bit| bits | 1_u64.wrapping_shl(bit))
        };
        Self((0..Self::COUNT / u64::BITS).map(bits).collect())
    }

    /// Whether `c` is one of them; `None` where it is no ideograph of the first block.
    #[inline]
    pub(crate) fn has(&self, c: char) -> Option<bool> {
        let at = (c as u32).wrapping_sub(Self::FIRST);
        let bits = self.0.get((at / u64::BITS) as usize)?;
        Some(bits & 1_u64.wrapping_shl(at % u64::BITS) != 0)
    }
}

/// The Simplified character that `c` stands for, as far as the variant table knows it; else `c` itself.
pub(crate) fn canonical(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let (known, variants) = &*CANONICAL;
    match known.has(c) {
        Some(false) => c,
        _ => variants.get(&c).copied().unwrap_or(c),
    }
}

/// The characters that `canonical` turns into `c`.
pub(crate) fn variants(c: char) -> impl Iterator<Item = char> {
    let found = VARIANTS.binary_search_by_key(&c, |(canonical, ..)| *canonical).ok();
    found.and_then(|at| VARIANTS.get(at)).into_iter().flat_map(|(_, _, variants)| variants.chars())
}

/// Every wording of the form and of the lines around it.
pub(crate) fn form_labels() -> impl Iterator<Item = &'static str> {
    let cells = SchemaVersion::ALL.iter().flat_map(|version| version.blocks()).flat_map(|block| {
        let rows =
            block.rows.iter().flat_map(|row| core::iter::once(row.label).chain(row.aliases.iter().copied()));
        let columns = block
            .columns
            .iter()
            .flat_map(|column| core::iter::once(column.label).chain(column.aliases.iter().copied()));
        rows.chain(columns)
    });
    let around = HEADS.iter().flat_map(|(_, labels)| labels.iter().copied());
    let titles = TITLE_PARTS.iter().flat_map(|(_, labels)| labels.iter().copied());
    let fields = FIELDS.iter().flat_map(|(_, labels)| labels.iter().copied());
    cells.chain(around).chain(titles).chain(fields)
}

/// The characters of an official label outside its brackets.
fn strip_notes(label: &str) -> impl Iterator<Item = char> + '_ {
    let mut depth = 0_u32;
    label.chars().filter(move |&c| {
        if OPENING.contains(c) {
            depth = depth.saturating_add(1);
        } else if CLOSING.contains(c) {
            depth = depth.saturating_sub(1);
        }
        depth == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variant_table_knows_every_character_of_the_form() {
        let known = include_str!("../../tests/data/form_characters.txt");
        let han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        for label in form_labels() {
            for c in strip_notes(label).filter(han) {
                assert!(known.contains(c), "{c} of {label}: add it to form_characters.txt and regenerate");
            }
        }
    }

    #[test]
    fn traditional_and_simplified_fold_alike() {
        let table = FoldTable::get();
        for (traditional, simplified) in
            [('開', '开'), ('總', '总'), ('計', '计'), ('處', '处'), ('業', '业')]
        {
            assert_eq!(table.fold(traditional), table.fold(simplified), "{traditional}");
            assert!(matches!(table.fold(simplified), Folded::Letter(_)), "{simplified}");
        }
        assert_eq!(table.fold('　'), Folded::Skip);
        assert_eq!(table.fold('（'), Folded::Open);
        assert_eq!(table.fold('7'), Folded::Other);
        assert_eq!(table.fold('?'), Folded::Other);
    }
}
