//! Figures that may be claims, found by their measure words without reading the prose around them: paragraphs that hold none
//! need not be read.
//!
//! A candidate is a figure with the measure word of a wording and the words of the wording before it. The reader finds a claim
//! nowhere else.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, packed};
use arrayvec::ArrayVec;
use rustc_hash::FxHashMap;

use super::subject::{Step, Subject, WORDINGS, Wording};
use super::words::{LOOK_BACK, MAX_ANNOTATION, annotation, follows, is_quote, measure};
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
    let mut letters = before.char_indices().rev();
    letters.next().filter(|(_, c)| ends_number(*c))?;
    let other = letters.find(|(_, c)| !ends_number(*c) && !matches!(c, ',' | '，' | '.' | '．'));
    let phrase = before.get(..other.map_or(0, |(at, c)| at.saturating_add(c.len_utf8())))?;
    let (letter, _, behind) = measure(behind)?;
    let (last, _) = key_before(phrase);
    let mut wordings = wordings_at(letter, last).peekable();
    wordings.peek()?;
    let mut clause = ArrayVec::new();
    read_clause(phrase, &mut clause);
    let mut subjects = Subjects::default();
    for (wording, roles) in wordings {
        if reaches(wording.steps, roles, &clause)
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
    let has_space = text.chars().next_back().is_some_and(is_space);
    if has_space { text.trim_end_matches(is_space) } else { text }
}

/// Whether a quantity can end with `c`.
fn ends_number(c: char) -> bool {
    digit(c).is_some() || is_numeral(c) || is_more(c)
}

/// The characters of the clause that ends with `phrase`, the last one first, as the reader keeps them, as far as they can be
/// those of wordings.
fn read_clause(phrase: &str, clause: &mut ArrayVec<(char, Role), LOOK_BACK>) {
    let mut rest = phrase;
    while !clause.is_full()
        && let (Some(key), before) = key_before(rest)
        && let Some(role) = ENDINGS.roles.get(&key)
    {
        clause.push((key, *role));
        rest = before;
    }
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

/// Whether the words of `steps`, of which the first has the bit `first`, stand in the clause, in their order up to its end.
fn reaches(steps: &[Step], first: u32, clause: &[(char, Role)]) -> bool {
    let mut rest = clause;
    for (at, step) in steps.iter().enumerate().rev() {
        let bit = first.wrapping_add(at as u32);
        loop {
            let Some(((_, role), before)) = rest.split_first() else { return false };
            let is_here = |word: &&&str| {
                let mut letters = rest.iter();
                has(role.ends, bit)
                    && word.chars().rev().all(|c| letters.next().is_some_and(|(letter, _)| *letter == c))
            };
            if let Some(word) = step.words.iter().filter(is_here).max_by_key(|word| word.len()) {
                rest = rest.get(word.chars().count()..).unwrap_or_default();
                break;
            }
            if !has(role.between, bit) {
                return false;
            }
            rest = before;
        }
    }
    true
}

/// The wordings of figures with this measure word behind this character, as far as these two tell; with the bit of the first
/// step of each.
pub(super) fn wordings_at(
    measure: char,
    last: Option<char>,
) -> impl Iterator<Item = (&'static Wording, u32)> {
    let before = last.and_then(|last| ENDINGS.roles.get(&last)).map_or(0, |role| role.before) | ENDINGS.bare;
    let mut fits = ENDINGS.measures.get(&measure).copied().unwrap_or_default() & before;
    core::iter::from_fn(move || {
        let first = fits.trailing_zeros();
        fits &= fits.wrapping_sub(1);
        WORDINGS.get(first as usize).zip(ENDINGS.steps.get(first as usize).copied())
    })
}

/// Whether `c` may stand before the words of the step that has the bit `step`.
pub(super) fn is_between(step: u32, c: char) -> bool {
    ENDINGS.roles.get(&c).is_some_and(|role| has(role.between, step))
}

const fn has(bits: u64, bit: u32) -> bool {
    bits & 1_u64.wrapping_shl(bit) != 0
}

/// What a character is to the wordings, one bit for each step or wording.
#[derive(Clone, Copy, Default, Debug)]
struct Role {
    /// The steps that it can stand in between.
    between: u64,
    /// The steps of which a word ends with it.
    ends: u64,
    /// The wordings in which it can stand right before the figure.
    before: u32,
}

/// What the wordings end in.
struct Endings {
    /// The wordings that have a measure word, one bit each.
    measures: FxHashMap<char, u32>,
    /// Every character of a wording.
    roles: FxHashMap<char, Role>,
    /// The bit of the first step of each wording.
    steps: Vec<u32>,
    /// The wordings without a word before the figure.
    bare: u32,
}

const _: () = assert!(WORDINGS.len() <= 32, "one bit each");

static ENDINGS: LazyLock<Endings> = LazyLock::new(|| {
    let mut measures: FxHashMap<char, u32> = FxHashMap::default();
    let mut roles: FxHashMap<char, Role> = FxHashMap::default();
    let (mut steps, mut bare, mut step) = (Vec::new(), 0_u32, 0_u32);
    for (wording, of) in (0_u32..).map(|at| 1_u32.wrapping_shl(at)).zip(WORDINGS) {
        for c in of.measures.chars() {
            *measures.entry(c).or_default() |= wording;
        }
        steps.push(step);
        bare |= if of.steps.is_empty() { wording } else { 0 };
        for (place, Step { words, between }) in of.steps.iter().enumerate() {
            let bit = 1_u64.wrapping_shl(step);
            let before = if place.saturating_add(1) == of.steps.len() { wording } else { 0 };
            words.iter().flat_map(|word| word.chars()).for_each(|c| {
                roles.entry(c).or_default();
            });
            for c in words.iter().filter_map(|word| word.chars().next_back()) {
                let role = roles.entry(c).or_default();
                (role.ends, role.before) = (role.ends | bit, role.before | before);
            }
            for c in between.chars() {
                let role = roles.entry(c).or_default();
                (role.between, role.before) = (role.between | bit, role.before | before);
            }
            step = step.saturating_add(1);
        }
    }
    Endings { measures, roles, steps, bare }
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
        let before = ENDINGS.roles.iter().filter(|(_, role)| role.before != 0);
        assert_eq!(before.map(|(c, _)| *c).find(is_number), None);
    }

    #[test]
    fn steps_have_one_bit_each() {
        assert!(WORDINGS.iter().map(|wording| wording.steps.len()).sum::<usize>() <= 64);
    }
}
