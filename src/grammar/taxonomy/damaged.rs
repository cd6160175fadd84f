//! Labels that are torn: whether a damaged cell can have been made from a label of the form.
//!
//! `(二)申請?zhí)幚砬闆r` is 申請處理情況 after its bytes in GBK were cut: 執 (zhí) is 88CC, 請 ends in 88 and 處 begins with CC;
//! the annotation went between CC and 8E, and what follows is read shifted by one. Nothing is repaired here. The tree
//! of labels is walked byte by byte instead, so that every byte that is left must be the label's; for a byte that is lost the
//! annotation must be a reading of the two bytes it was put behind.
//!
//! ```text
//! whole  = letter | annotation | note | skipped | lost          a lone lost byte was a space
//! torn   = lost "("? syllable close                              its lead byte is lost
//! half   = pair | symbol | closing letter | torn                 behind a torn one, until a letter or an annotation ends it
//! ```

use core::fmt::Write as _;
use std::sync::LazyLock;

use arrayvec::ArrayString;

use super::{Lexicon, ROOT, is_chinese, is_digit, note, numbering};
use crate::glyph::{FoldTable, Folded, annotation, gbk, is_lost, is_read, torn_annotation};

/// States that the search may visit for each byte of the cell; honest cells need one or two.
const STATES_A_BYTE: usize = 8;

/// The bytes in GBK of every character that counts as a letter, by letter.
static FORMS: LazyLock<Vec<Vec<[u8; 2]>>> = LazyLock::new(|| {
    let fold = FoldTable::get();
    let mut forms = vec![Vec::new(); usize::from(fold.alphabet())];
    for (c, pair) in gbk::all() {
        if let Folded::Letter(letter) = fold.fold(c)
            && let Some(forms) = forms.get_mut(usize::from(letter))
        {
            forms.push(pair);
        }
    }
    forms
});

/// Punctuation of the labels, which may be torn as well: 、。“”《》，（）：；
const PUNCTUATION: [[u8; 2]; 12] = [
    [0xA1, 0xA2],
    [0xA1, 0xA3],
    [0xA1, 0xB0],
    [0xA1, 0xB1],
    [0xA1, 0xB6],
    [0xA1, 0xB7],
    [0xA3, 0xAC],
    [0xA3, 0xA8],
    [0xA3, 0xA9],
    [0xA3, 0xBA],
    [0xA3, 0xBB],
    [0xA3, 0xAE],
];

/// How the cell stands to the label's bytes.
#[derive(Clone, Copy)]
enum Place {
    /// Between two characters; the bytes of the one before, where it is known.
    Whole(Option<[u8; 2]>),
    /// Inside this one: its first byte is behind, its second one is next.
    Half([u8; 2]),
}

struct State {
    /// What is left of the cell begins here.
    at: usize,
    node: u16,
    place: Place,
}

impl<T: Copy + PartialEq> Lexicon<T> {
    /// The meanings of the one label that `cell`, in which bytes are lost, can have been made from; `None` where there is
    /// none, or more than one.
    pub(super) fn damaged(&self, cell: &str) -> Option<&'static [T]> {
        let fold = FoldTable::get();
        let begin = numbering(fold, cell);
        let mut open = vec![State { at: begin, node: ROOT, place: Place::Whole(None) }];
        let mut found: Option<&'static [T]> = None;
        let mut budget = cell.len().saturating_mul(STATES_A_BYTE);
        while let Some(state) = open.pop() {
            budget = budget.checked_sub(1)?;
            let rest = cell.get(state.at..).unwrap_or_default();
            if matches!(state.place, Place::Whole(_)) && is_over(fold, rest) {
                let meanings = self.meanings(state.node);
                if found.is_some_and(|found| found != meanings && !meanings.is_empty()) {
                    return None;
                }
                found = found.or(Some(meanings).filter(|meanings| !meanings.is_empty()));
            }
            let Some(c) = rest.chars().next() else { continue };
            let behind = state.at.saturating_add(c.len_utf8());
            let mut visit = |at, node, place| open.push(State { at, node, place });
            match state.place {
                Place::Whole(before) => {
                    self.step_whole(fold, cell, (state.at, behind), c, (state.node, before), &mut visit);
                }
                Place::Half(torn) => {
                    self.step_half(fold, cell, (state.at, behind), c, (state.node, torn), &mut visit)
                }
            }
        }
        found
    }

    fn step_whole(
        &self,
        fold: &FoldTable,
        cell: &str,
        (at, behind): (usize, usize),
        c: char,
        (node, before): (u16, Option<[u8; 2]>),
        visit: &mut dyn FnMut(usize, u16, Place),
    ) {
        let rest = cell.get(at..).unwrap_or_default();
        // 七、 before the label, or what is left of it.
        let numeral = node == ROOT && (is_chinese(c) || is_digit(c));
        let end = |rest: &str| cell.len().saturating_sub(rest.len());
        if is_lost(c) {
            match (torn_annotation(rest), before) {
                (Some((syllable, rest)), Some([_, trail])) => {
                    self.for_each_next(node, &mut |child, pair: [u8; 2]| {
                        let listed = gbk::decode(trail, pair[0]);
                        if listed.is_some_and(|listed| is_read(listed, &syllable)) {
                            visit(end(rest), child, Place::Half(pair));
                        }
                    });
                }
                (Some(_), None) => {}
                (None, _) => visit(behind, node, Place::Whole(None)),
            }
            return;
        }
        let annotated = annotation(rest).filter(|(syllable, _)| {
            before.and_then(|[a, b]| gbk::decode(a, b)).is_some_and(|before| is_read(before, syllable))
        });
        if let Some((_, rest)) = annotated {
            return visit(end(rest), node, Place::Whole(before));
        }
        if numeral {
            visit(behind, node, Place::Whole(gbk::encode(c)));
        }
        match fold.fold(c) {
            Folded::Letter(letter) => {
                if let Some((_, child)) = self.children(node).iter().find(|(other, _)| *other == letter) {
                    visit(behind, *child, Place::Whole(gbk::encode(c)));
                }
            }
            Folded::Open => {
                if let Some(behind) = note(fold, cell, at) {
                    visit(behind, node, Place::Whole(None));
                }
            }
            Folded::Skip | Folded::Close => visit(behind, node, Place::Whole(None)),
            Folded::Other | Folded::End => {}
        }
    }

    fn step_half(
        &self,
        fold: &FoldTable,
        cell: &str,
        (at, behind): (usize, usize),
        c: char,
        (node, torn): (u16, [u8; 2]),
        visit: &mut dyn FnMut(usize, u16, Place),
    ) {
        let [first, second] = torn;
        if is_lost(c) {
            let rest = cell.get(at..).unwrap_or_default();
            if second >= 0x80
                && let Some((syllable, rest)) = torn_annotation(rest)
                && gbk::decode(first, second).is_some_and(|whole| is_read(whole, &syllable))
            {
                visit(cell.len().saturating_sub(rest.len()), node, Place::Whole(Some(torn)));
            } else if second >= 0x80 && rest.get(c.len_utf8()..).is_some_and(|rest| is_over(fold, rest)) {
                // Nothing is left of the label for its second byte.
                visit(behind, node, Place::Whole(None));
            }
            return;
        }
        if u32::from(second) == u32::from(c) {
            return visit(behind, node, Place::Whole(Some(torn)));
        }
        let symbol = matches!(second, 0xA2 | 0xA3);
        let shifted = gbk::encode(c).filter(|[shifted, _]| *shifted == second);
        if !symbol && shifted.is_none() {
            return;
        }
        let rest = cell.get(at..).unwrap_or_default();
        // Two bytes of two characters that are one on the list of annotations.
        let annotated = annotation(cell.get(behind..).unwrap_or_default());
        let behind = annotated
            .filter(|(syllable, _)| is_read(c, syllable))
            .map_or(behind, |(_, rest)| cell.len().saturating_sub(rest.len()));
        self.for_each_next(node, &mut |child, pair: [u8; 2]| {
            if shifted.is_some_and(|[_, next]| next == pair[0]) {
                visit(behind, child, Place::Half(pair));
            } else if symbol
                && let Some(folded) = gbk::decode(second, pair[0]).and_then(folded_symbol)
                && rest.starts_with(folded.as_str())
            {
                visit(at.saturating_add(folded.len()), child, Place::Half(pair));
            }
        });
    }

    /// Each pair of bytes that may come next, and where it leads: the letters below `node`, and punctuation.
    fn for_each_next(&self, node: u16, each: &mut dyn FnMut(u16, [u8; 2])) {
        for (letter, child) in self.children(node) {
            for pair in FORMS.get(usize::from(*letter)).into_iter().flatten() {
                each(*child, *pair);
            }
        }
        PUNCTUATION.iter().for_each(|pair| each(node, *pair));
    }
}

/// What a full-width or numbered symbol of GBK is folded to by an extractor: `⒁` to `(14)`.
fn folded_symbol(symbol: char) -> Option<ArrayString<8>> {
    let scalar = u32::from(symbol);
    let number = |first: u32| scalar.saturating_sub(first).saturating_add(1);
    let mut folded = ArrayString::new();
    match symbol {
        '！'..='～' => folded.try_push(char::from_u32(scalar.saturating_sub(0xFEE0))?).ok()?,
        '①'..='⑳' => write!(folded, "{}", number(0x2460)).ok()?,
        '⑴'..='⒇' => write!(folded, "({})", number(0x2474)).ok()?,
        '⒈'..='⒛' => write!(folded, "{}.", number(0x2488)).ok()?,
        'Ⅰ'..='Ⅲ' => (0..number(0x2160)).try_for_each(|_| folded.try_push('I')).ok()?,
        '㈠'..='㈩' => {
            let numeral = "一二三四五六七八九十".chars().nth(scalar.saturating_sub(0x3220) as usize)?;
            write!(folded, "({numeral})").ok()?;
        }
        _ => return None,
    }
    Some(folded)
}

/// Whether nothing of a label can be in `rest`: punctuation, or a note to the end, which may be torn itself.
fn is_over(fold: &FoldTable, rest: &str) -> bool {
    let is_skipped = |c| matches!(fold.fold(c), Folded::Skip | Folded::Close);
    let rest = rest.trim_matches(is_skipped);
    let opens = rest.chars().next().is_some_and(|c| fold.fold(c) == Folded::Open);
    rest.is_empty() || (opens && annotation(rest).is_none() && rest.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::super::{Label, damaged_label};
    use crate::form::{RequestRow, Row};

    #[test]
    fn torn_labels() {
        for (cell, row) in [
            ("(二)部分公開(kāi)(區(qū)分處?)", Some(RequestRow::PartiallyGranted)),
            ("(二)部分公? 開", Some(RequestRow::PartiallyGranted)),
            ("(二)申請?zhí)幚砬闆(bǎn)r", None),
            ("(二)部分公?", None),
            ("(二)部分公?示", None),
        ] {
            let found = damaged_label(cell).map(|labels| labels.to_vec());
            assert_eq!(found, row.map(|row| vec![Label::Row(Row::Request(row))]), "{cell}");
        }
    }
}
