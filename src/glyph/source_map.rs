//! Edits, and the way between a text and what they make of it.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::{CleanSpan, Span};

/// What an edit undoes.
///
/// ```
/// use gongkai::glyph::{Rule, clean};
///
/// let cleaned = clean("區(qū)統(tǒng)計(jì)局按季公開政府?dāng)?shù)據(jù)。");
/// let rules = cleaned.edits().iter().map(|edit| edit.rule());
/// assert_eq!(rules.filter(|rule| *rule == Rule::Straddle).count(), 1); // ?dāng)?shù to 數
/// assert_eq!(Rule::Straddle.code().as_str(), "straddle-mended");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Rule {
    /// A pinyin annotation is taken out: `區(qū)` to 區.
    Annotation,
    /// A character torn by an annotation is put together: `政府?dāng)?shù)據` to 政府數據.
    Straddle,
    /// A punctuation mark torn from its half is put back: `工作?,F` to 工作。現.
    Split,
    /// A Traditional character becomes Simplified.
    Simplify,
}

impl Rule {
    /// The code of its diagnostics.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::Annotation => Code::ANNOTATION_REMOVED,
            Self::Straddle => Code::STRADDLE_MENDED,
            Self::Split => Code::SPLIT_INFERRED,
            Self::Simplify => Code::SIMPLIFIED,
        }
    }
}

/// How sure an edit is.
///
/// They are in order, so that a caller can ask for a least certainty:
///
/// ```
/// use gongkai::glyph::{Certainty, clean};
///
/// let cleaned = clean("區(qū)統(tǒng)計(jì)局按季公開政府?dāng)?shù)據(jù)。");
/// let doubtful: Vec<_> = cleaned.edits().iter().filter(|edit| edit.certainty() < Certainty::Certain).collect();
/// assert_eq!(cleaned.source_text(doubtful[0].source()), "?dāng)?shù)"); // put together: 數
/// assert_eq!(doubtful.len(), 1);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Certainty {
    /// Part of what comes out is not in the source at all, and is the usual thing in its place.
    Inferred,
    /// All that is in the source agrees, and nothing else was found that agrees, too.
    Likely,
    /// Nothing else can have stood there.
    Certain,
}

/// One change of [`clean`](crate::glyph::clean): which part of the source, and what stands in its place.
///
/// ```
/// let cleaned = gongkai::glyph::clean("區(qū)縣(xiàn)政務(wù)公開(kāi)");
/// assert_eq!(cleaned.text(), "区县政务公开");
/// let annotation = cleaned.edits()[1];
/// assert_eq!(cleaned.source_text(annotation.source()), "(qū)");
/// assert!(annotation.clean().is_empty()); // taken out, nothing put there
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edit {
    rule: Rule,
    certainty: Certainty,
    source: Span,
    clean: CleanSpan,
}

impl Edit {
    pub(super) const fn new(rule: Rule, certainty: Certainty, source: Span, clean: CleanSpan) -> Self {
        Self { rule, certainty, source, clean }
    }

    /// What it undoes.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }

    /// How sure it is.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// What it replaces.
    #[must_use]
    pub const fn source(&self) -> Span {
        self.source
    }

    /// What it puts there; empty where something is only taken out.
    #[must_use]
    pub const fn clean(&self) -> CleanSpan {
        self.clean
    }

    /// The edit as a finding of class reading, with the place in the source: `annotation-removed`, `straddle-mended`, `split-inferred`,
    /// `simplified`. Parsing and [`check`](crate::check()) do not report edits; a caller who shows clean text may.
    ///
    /// ```
    /// let cleaned = gongkai::glyph::clean("區(qū)縣(xiàn)政務(wù)公開(kāi)");
    /// let finding = cleaned.edits()[1].diagnostic();
    /// assert_eq!(finding.code().as_str(), "annotation-removed");
    /// assert_eq!(cleaned.source_text(finding.span().unwrap()), "(qū)");
    /// ```
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new(self.rule.code(), Some(self.source))
    }

    /// Whether character stands for character, byte for byte.
    const fn is_parallel(&self) -> bool {
        matches!(self.rule, Rule::Simplify) && self.source.len() == self.clean.len()
    }

    pub(super) const fn extend(&mut self, source_end: u32, clean_end: u32) {
        self.source = Span::new(self.source.start(), source_end);
        self.clean = CleanSpan::new(self.clean.start(), clean_end);
    }
}

/// The place in the source of the beginning of a span of clean text, or of its `end`. Inside an edit that is the edge of
/// the edit; what was taken out at the edge of the span is left outside.
pub(super) fn to_source(edits: &[Edit], base: u32, at: u32, end: bool) -> u32 {
    let next = edits.partition_point(|edit| {
        edit.clean.start() < at || (!end && edit.clean.start() == at && edit.clean.is_empty())
    });
    match next.checked_sub(1).and_then(|last| edits.get(last)) {
        None => base.saturating_add(at),
        Some(edit) if at >= edit.clean.end() => {
            edit.source.end().saturating_add(at.saturating_sub(edit.clean.end()))
        }
        Some(edit) if edit.is_parallel() => {
            edit.source.start().saturating_add(at.saturating_sub(edit.clean.start()))
        }
        Some(edit) if end => edit.source.end(),
        Some(edit) => edit.source.start(),
    }
}

/// The place in the clean text of the beginning of a span of the source, or of its `end`. Inside an edit that is the edge
/// of what it put there.
pub(super) fn to_clean(edits: &[Edit], base: u32, at: u32, end: bool) -> u32 {
    let next = edits.partition_point(|edit| edit.source.start() < at);
    match next.checked_sub(1).and_then(|last| edits.get(last)) {
        None => at.saturating_sub(base),
        Some(edit) if at >= edit.source.end() => {
            edit.clean.end().saturating_add(at.saturating_sub(edit.source.end()))
        }
        Some(edit) if edit.is_parallel() => {
            edit.clean.start().saturating_add(at.saturating_sub(edit.source.start()))
        }
        Some(edit) if end => edit.clean.end(),
        Some(edit) => edit.clean.start(),
    }
}
