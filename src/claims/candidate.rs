//! Figures that may be claims, found by their measure words without reading the prose around them: paragraphs that hold none
//! need not be read.
//!
//! A candidate is a figure with the measure word of a wording and the words of the wording before it. The reader finds a claim
//! nowhere else.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, packed};
use arrayvec::ArrayVec;
use rustc_hash::FxHashMap;

use super::reader::{LOOK_BACK, MAX_ANNOTATION, annotation, follows, is_quote, measure};
use super::subject::{Step, Subject, WORDINGS, Wording};
use crate::document::{Block, BlockKind};
use crate::form::Number;
use crate::glyph::{canonical, variants};
use crate::grammar::numeral::{Exactness, is_more, is_numeral, parse_quantity};
use crate::grammar::{digit, is_space};
use crate::report::Report;
use crate::span::Span;

/// Subjects, one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Subjects(u32);

const _: () = assert!(Subject::ALL.len() <= 32, "one bit each");

impl Subjects {
    pub(super) fn insert(&mut self, subject: Subject) {
        self.0 |= 1_u32.wrapping_shl(subject as u32);
    }

    pub(super) const fn contains(self, subject: Subject) -> bool {
        self.0 & 1_u32.wrapping_shl(subject as u32) != 0
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A figure that may be a claim.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Its block.
    pub(super) block: usize,
    /// Where its measure word begins in the text.
    pub(super) measure: usize,
    /// What it may be about.
    pub(super) subjects: Subjects,
    /// Its value; `None` where only the reader can tell.
    pub(super) value: Option<(Number, Exactness)>,
}

/// The candidates of all paragraphs and headings, in their order.
pub(super) fn candidates(report: &Report<'_>) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let is_prose = |block: &Block| matches!(block.kind(), BlockKind::Paragraph | BlockKind::Heading);
    let text = report.source_text();
    let blocks = report.document().blocks();
    let mut first = 0_usize;
    for run in blocks.chunk_by(|a, b| is_prose(a) == is_prose(b)) {
        if let [begin, ..] = run
            && let [.., end] = run
            && is_prose(begin)
        {
            let offset = begin.span().start() as usize;
            let mut at = 0_usize;
            MEASURES.find(Span::new(begin.span().start(), end.span().end()).of(text), |place| {
                let place = place.saturating_add(offset);
                while let Some(block) = run.get(at)
                    && block.span().end() as usize <= place
                {
                    at = at.saturating_add(1);
                }
                let block = run.get(at).map(|block| block.span()).unwrap_or_default();
                let start = block.start() as usize;
                if let Some(at_measure) = place.checked_sub(start)
                    && let Some((subjects, value)) = candidate(block.of(text), at_measure)
                {
                    let block = first.saturating_add(at);
                    candidates.push(Candidate { block, measure: place, subjects, value });
                }
            });
        }
        first = first.saturating_add(run.len());
    }
    candidates
}

/// What the figure whose measure word begins at `at` may be about, and its value.
fn candidate(text: &str, at: usize) -> Option<(Subjects, Option<(Number, Exactness)>)> {
    let (before, behind) = text.split_at_checked(at)?;
    let before = trim_end(before);
    if !before.ends_with(ends_number) {
        return None;
    }
    let phrase = before.trim_end_matches(|c| ends_number(c) || matches!(c, ',' | '，' | '.' | '．'));
    let (letter, _, behind) = measure(behind)?;
    let (last, _) = key_before(phrase);
    let mut wordings = wordings_at(letter, last).peekable();
    wordings.peek()?;
    let clause = clause(phrase);
    let mut subjects = Subjects::default();
    for wording in wordings {
        if reaches(wording.steps, &clause)
            && wording.behind.as_ref().is_none_or(|step| follows(step, behind).is_some())
        {
            subjects.insert(wording.subject);
        }
    }
    let value = || {
        let (quantity, rest) = parse_quantity(before.get(phrase.len()..)?)?;
        rest.is_empty().then_some((quantity.value, quantity.exactness))
    };
    (subjects != Subjects::default()).then(|| (subjects, value()))
}

fn trim_end(text: &str) -> &str {
    if text.ends_with(|c: char| c.is_ascii_digit()) { text } else { text.trim_end_matches(is_space) }
}

/// Whether a quantity can end with `c`.
fn ends_number(c: char) -> bool {
    digit(c).is_some() || is_numeral(c) || is_more(c)
}

/// The characters of the clause that ends with `phrase`, the last one first, as the reader keeps them.
fn clause(phrase: &str) -> ArrayVec<char, LOOK_BACK> {
    let mut clause = ArrayVec::new();
    let mut rest = phrase;
    while !clause.is_full()
        && let (Some(key), before) = key_before(rest)
    {
        clause.push(key);
        rest = before;
    }
    clause
}

/// The last character of the clause, as the reader keeps it, and what stands before it; `None` where the clause begins.
fn key_before(phrase: &str) -> (Option<char>, &str) {
    let mut rest = phrase;
    while let Some(c) = rest.chars().next_back() {
        let before = rest.get(..rest.len().saturating_sub(c.len_utf8())).unwrap_or_default();
        rest = match c {
            _ if is_space(c) || is_quote(c) || matches!(c, '《' | '》') => before,
            ')' | '）' => match without_annotation(rest) {
                Some(before) => before,
                None => break,
            },
            '(' | '（' | '。' | '；' | ';' | '！' | '!' | '，' | ',' | '：' | ':' => break,
            _ => return (Some(canonical(c)), before),
        };
    }
    (None, rest)
}

/// `text` without the pinyin annotation that it ends with.
fn without_annotation(text: &str) -> Option<&str> {
    let mut last = text.char_indices().rev().take(MAX_ANNOTATION.saturating_add(1));
    let (at, _) = last.find(|(_, c)| matches!(c, '(' | '（'))?;
    let (before, bracket) = text.split_at_checked(at)?;
    (annotation(bracket) == Some(bracket.len())).then_some(before)
}

/// Whether the words of `steps` stand in the clause, in their order up to its end.
fn reaches(steps: &[Step], clause: &[char]) -> bool {
    let mut rest = clause;
    for step in steps.iter().rev() {
        loop {
            let ends = |word: &&&str| {
                let mut letters = rest.iter();
                word.chars().rev().all(|c| letters.next() == Some(&c))
            };
            if let Some(word) = step.words.iter().filter(ends).max_by_key(|word| word.len()) {
                rest = rest.get(word.chars().count()..).unwrap_or_default();
                break;
            }
            match rest.split_first() {
                Some((c, before)) if step.between.contains(*c) => rest = before,
                _ => return false,
            }
        }
    }
    true
}

/// The wordings of figures with this measure word behind this character, as far as these two tell.
pub(super) fn wordings_at(measure: char, last: Option<char>) -> impl Iterator<Item = &'static Wording> {
    let of = |letters: &FxHashMap<char, u32>, c: char| letters.get(&c).copied().unwrap_or_default();
    let before = last.map_or(0, |last| of(&ENDINGS.before, last)) | ENDINGS.bare;
    let mut fits = of(&ENDINGS.measures, measure) & before;
    core::iter::from_fn(move || {
        let first = fits.trailing_zeros();
        fits &= fits.wrapping_sub(1);
        WORDINGS.get(first as usize)
    })
}

/// By what the wordings end in, one bit each.
struct Endings {
    /// The wordings that have a measure word.
    measures: FxHashMap<char, u32>,
    /// The wordings that a character can stand in right before the figure.
    before: FxHashMap<char, u32>,
    /// The wordings without a word before the figure.
    bare: u32,
}

const _: () = assert!(WORDINGS.len() <= 32, "one bit each");

static ENDINGS: LazyLock<Endings> = LazyLock::new(|| {
    let mut endings = Endings { measures: FxHashMap::default(), before: FxHashMap::default(), bare: 0 };
    for (at, wording) in (0_u32..).zip(WORDINGS) {
        let bit = 1_u32.wrapping_shl(at);
        for c in wording.measures.chars() {
            *endings.measures.entry(c).or_default() |= bit;
        }
        match wording.steps.last() {
            None => endings.bare |= bit,
            Some(step) => {
                let ends = step.words.iter().filter_map(|word| word.chars().next_back());
                for c in step.between.chars().chain(ends) {
                    *endings.before.entry(c).or_default() |= bit;
                }
            }
        }
    }
    endings
});

/// Finds the measure words of all wordings, in all their forms.
enum Measures {
    /// With vector instructions, many times as fast.
    Packed(packed::Searcher),
    Automaton(AhoCorasick),
    None,
}

impl Measures {
    fn find(&self, text: &str, mut found: impl FnMut(usize)) {
        match self {
            Self::Packed(searcher) => searcher.find_iter(text).for_each(|at| found(at.start())),
            Self::Automaton(automaton) => automaton.find_iter(text).for_each(|at| found(at.start())),
            Self::None => {}
        }
    }
}

static MEASURES: LazyLock<Measures> = LazyLock::new(|| {
    let letters = WORDINGS.iter().flat_map(|wording| wording.measures.chars());
    let mut forms: Vec<String> = letters.flat_map(|c| variants(c).chain([c])).map(String::from).collect();
    forms.sort_unstable();
    forms.dedup();
    match (packed::Searcher::new(&forms), AhoCorasick::new(&forms)) {
        (Some(searcher), _) => Measures::Packed(searcher),
        (None, Ok(automaton)) => Measures::Automaton(automaton),
        (None, Err(_)) => Measures::None,
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    /// The first character before the run of a number is looked at, though the figure may begin within the run.
    #[test]
    fn no_wording_ends_in_what_a_number_holds() {
        let is_number = |c: &char| ends_number(*c) || matches!(c, ',' | '，' | '.' | '．');
        assert_eq!(ENDINGS.before.keys().copied().find(is_number), None);
    }
}
