//! The whole way from damaged or Traditional prose to clean Simplified text.

use std::borrow::Cow;

use memchr::memchr3_iter;
use rustc_hash::FxHashSet;

use super::annotation::{annotation, is_read};
use super::halfchar::{self, DAMAGED, is_lost, torn_annotation};
use super::simplify::{Script, simplified};
use super::source_map::{Certainty, Edit, Rule, to_clean, to_source};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{CleanSpan, Span};

/// Verified annotations without tones that a document must have to be believed where it has none with tones, and how
/// many of them must be verified for one that is not.
const TONELESS: u32 = 8;
const TONELESS_TO_UNEXPLAINED: u32 = 10;

/// `（` and U+FFFD in UTF-8, and the byte that both begin with.
const OPEN: &[u8] = "（".as_bytes();
const LOST: &[u8] = "\u{FFFD}".as_bytes();
const FULL_WIDTH: u8 = 0xEF;

/// Cleans prose with all rules: see [the module](super).
///
/// ```
/// use gongkai::glyph::{Certainty, clean};
/// use gongkai::{CleanSpan, Span};
///
/// let cleaned = clean("區(qū)統(tǒng)計(jì)局按季公開政府?dāng)?shù)據(jù)。");
/// assert_eq!(cleaned.text(), "区统计局按季公开政府数据。");
/// let torn = cleaned.edits().iter().find(|edit| edit.certainty() == Certainty::Likely).unwrap();
/// assert_eq!(cleaned.replacement(torn), "数");
///
/// let found = cleaned.text().find("数据").unwrap() as u32;
/// let source = cleaned.source_span(CleanSpan::new(found, found + 6));
/// assert_eq!(cleaned.source_text(source), "?dāng)?shù)據");
///
/// let plain = "吗?按规定提供政务(服务)。";
/// assert!(clean(plain).is_unchanged());
/// ```
#[must_use]
pub fn clean(text: &str) -> Cleaned<'_> {
    Cleaner::new().clean(text)
}

/// Options of cleaning: which rules run. All of them by default.
///
/// ```
/// let annotations_only = gongkai::glyph::Cleaner::new().simplify(false);
/// assert_eq!(annotations_only.clean("區(qū)縣(xiàn)").text(), "區縣");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cleaner {
    annotations: bool,
    straddles: bool,
    splits: bool,
    simplify: bool,
    #[cfg(feature = "opencc")]
    opencc: bool,
}

impl Default for Cleaner {
    fn default() -> Self {
        Self::new()
    }
}

impl Cleaner {
    /// All rules.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            annotations: true,
            straddles: true,
            splits: true,
            simplify: true,
            #[cfg(feature = "opencc")]
            opencc: false,
        }
    }

    /// Whether pinyin annotations are taken out; they are by default.
    #[must_use]
    pub const fn annotations(mut self, yes: bool) -> Self {
        self.annotations = yes;
        self
    }

    /// Whether characters that an annotation tore apart are put together; they are by default.
    #[must_use]
    pub const fn straddles(mut self, yes: bool) -> Self {
        self.straddles = yes;
        self
    }

    /// Whether a full stop that lost a byte is put back; it is by default. It is the one rule that infers.
    #[must_use]
    pub const fn splits(mut self, yes: bool) -> Self {
        self.splits = yes;
        self
    }

    /// Whether Traditional text becomes Simplified; it does by default. Text that is Simplified for the most part is left.
    #[must_use]
    pub const fn simplify(mut self, yes: bool) -> Self {
        self.simplify = yes;
        self
    }

    /// Whether the OpenCC library converts (its `t2s`, which knows phrases) in place of the table of single characters; it
    /// does not by default. Text with a NUL, which the library does not take, is left to the table. Behind the feature `opencc`.
    #[cfg(feature = "opencc")]
    #[must_use]
    pub const fn opencc(mut self, yes: bool) -> Self {
        self.opencc = yes;
        self
    }

    /// Cleans a text, which is taken for a whole document: what one annotation is worth, the others tell.
    ///
    /// Positions have 32 bits: a text above 4 GiB is returned as it is.
    #[must_use]
    pub fn clean(self, text: &str) -> Cleaned<'_> {
        self.part(text, 0, &Survey::of(text))
    }

    /// Cleans the part of a document that begins at `base`; the document as a whole has the evidence.
    pub(crate) fn part<'a>(self, text: &'a str, base: u32, survey: &Survey) -> Cleaned<'a> {
        let fits = u32::try_from(text.len()).is_ok_and(|len| base.checked_add(len).is_some());
        let converts = self.simplify && survey.script.is_traditional();
        if !fits || !(survey.suspicious || converts) {
            return Cleaned::unchanged(text, base);
        }
        let mut cleaned = if survey.suspicious {
            Mender { cleaner: self, survey, text, base, out: String::new(), from: 0, edits: Vec::new() }
                .mend()
        } else {
            Cleaned::unchanged(text, base)
        };
        if converts {
            self.convert(&mut cleaned);
        }
        cleaned
    }

    fn convert(self, cleaned: &mut Cleaned<'_>) {
        #[cfg(feature = "opencc")]
        if self.opencc
            && let Some(converted) = super::opencc::convert(&cleaned.text)
            && converted.chars().count() == cleaned.text.chars().count()
        {
            return cleaned.replace_each(converted.chars());
        }
        let converted: String = cleaned.text.chars().map(simplified).collect();
        cleaned.replace_each(converted.chars());
    }
}

/// A cleaned text, the edits that made it, and the way between it and its source, both ways.
///
/// ```
/// let text = "區(qū)縣(xiàn)職能轉(zhuǎn)化?!?";
/// let cleaned = gongkai::glyph::clean(text);
/// assert!(cleaned.text().starts_with("区县职能转化"));
/// assert_eq!(cleaned.doubts().len(), 1); // what stood there is lost
/// let county = gongkai::Span::new(8, 11);
/// assert_eq!(county.of(text), "縣");
/// assert_eq!(&cleaned.text()[cleaned.clean_span(county).range()], "县");
/// ```
#[derive(Clone, Debug)]
pub struct Cleaned<'a> {
    source: &'a str,
    base: u32,
    text: Cow<'a, str>,
    edits: Vec<Edit>,
    doubts: Vec<Span>,
}

impl<'a> Cleaned<'a> {
    const fn unchanged(source: &'a str, base: u32) -> Self {
        Self { source, base, text: Cow::Borrowed(source), edits: Vec::new(), doubts: Vec::new() }
    }

    /// The clean text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The clean text, borrowed from the source where nothing changed.
    #[must_use]
    pub fn into_text(self) -> Cow<'a, str> {
        self.text
    }

    /// Whether nothing changed; the text is then the source itself.
    #[must_use]
    pub const fn is_unchanged(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// Every change, in order; between two of them source and clean text are the same.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// What an edit put in place.
    #[must_use]
    pub fn replacement(&self, edit: &Edit) -> &str {
        self.text.get(edit.clean().range()).unwrap_or_default()
    }

    /// What looks torn and could not be mended, because the bytes are gone: `轉(zhuǎn)化?!?`.
    #[must_use]
    pub fn doubts(&self) -> &[Span] {
        &self.doubts
    }

    /// The part of the source that `span` covers, as far as it was cleaned. For [`clean`] the source is the text it was
    /// given, for a section of a report the report's text.
    #[must_use]
    pub fn source_text(&self, span: Span) -> &'a str {
        let place = |at: u32| at.saturating_sub(self.base) as usize;
        self.source.get(place(span.start())..place(span.end())).unwrap_or_default()
    }

    /// Where the cleaned part lies in the source.
    #[must_use]
    pub fn span(&self) -> Span {
        let len = u32::try_from(self.source.len()).unwrap_or(u32::MAX);
        Span::new(self.base, self.base.saturating_add(len))
    }

    /// Where a part of the clean text comes from. A place inside a mended run leads to the whole run; an empty span to what
    /// was taken out there.
    ///
    /// ```
    /// use gongkai::CleanSpan;
    ///
    /// let cleaned = gongkai::glyph::clean("區(qū)統(tǒng)計(jì)局按季公開政府?dāng)?shù)據(jù)。");
    /// let at = cleaned.text().find("数据").unwrap() as u32;
    /// let torn = cleaned.source_span(CleanSpan::new(at, at + 3)); // 数 alone
    /// assert_eq!(cleaned.source_text(torn), "?dāng)?shù)");
    /// ```
    #[must_use]
    pub fn source_span(&self, span: CleanSpan) -> Span {
        let place = |at, end| to_source(&self.edits, self.base, at, end);
        if span.is_empty() {
            let (a, b) = (place(span.start(), true), place(span.start(), false));
            return Span::new(a.min(b), a.max(b));
        }
        Span::new(place(span.start(), false), place(span.end(), true))
    }

    /// What became of a part of the source; empty where it was taken out.
    #[must_use]
    pub fn clean_span(&self, span: Span) -> CleanSpan {
        let place = |at, end| to_clean(&self.edits, self.base, at, end);
        CleanSpan::new(place(span.start(), false), place(span.end(), !span.is_empty()))
    }

    /// Every edit and every doubt as a finding, in order of the two lists.
    pub fn diagnostics(&self) -> impl Iterator<Item = Diagnostic> + '_ {
        let doubts = self.doubts.iter().map(|span| Diagnostic::new(Code::DAMAGED_TEXT, Some(*span)));
        self.edits.iter().map(Edit::diagnostic).chain(doubts)
    }

    /// Puts another character in place of each, and adds the edits for it.
    fn replace_each(&mut self, converted: impl Iterator<Item = char>) {
        let mut out = String::with_capacity(self.text.len());
        let mut edits: Vec<Edit> = Vec::with_capacity(self.edits.len());
        let mut old = self.edits.iter().peekable();
        let mut shift = i64::from(self.base);
        let mut changed = false;
        for ((at, before), after) in self.text.char_indices().zip(converted) {
            let at = offset(at);
            // Edits that end here or take nothing up.
            while let Some(edit) = old.next_if(|edit| edit.clean().end() <= at) {
                shift = carry(&mut edits, edit, offset(out.len()));
            }
            let clean = offset(out.len());
            out.push(after);
            changed |= before != after;
            let inside = old.peek().is_some_and(|edit| edit.clean().start() <= at);
            if before == after || inside {
                // The edit gets its new place when it ends; see `carry`.
                if let Some(edit) = old.peek().filter(|edit| edit.clean().start() == at) {
                    let start = CleanSpan::new(clean, clean);
                    edits.push(Edit::new(edit.rule(), edit.certainty(), edit.source(), start));
                }
                continue;
            }
            let source = u32::try_from(i64::from(at).saturating_add(shift)).unwrap_or(u32::MAX);
            let ends = (source.saturating_add(len(before)), offset(out.len()));
            match edits.last_mut() {
                Some(last)
                    if last.rule() == Rule::Simplify
                        && last.source().end() == source
                        && last.source().len() == last.clean().len()
                        && before.len_utf8() == after.len_utf8() =>
                {
                    last.extend(ends.0, ends.1);
                }
                _ => edits.push(Edit::new(
                    Rule::Simplify,
                    Certainty::Certain,
                    Span::new(source, ends.0),
                    CleanSpan::new(clean, ends.1),
                )),
            }
        }
        for edit in old {
            carry(&mut edits, edit, offset(out.len()));
        }
        if changed {
            self.text = Cow::Owned(out);
            self.edits = edits;
        }
    }
}

/// Ends an edit at `clean`, or adds one that takes something out there. Gives how far the source is ahead of the text before
/// its characters were replaced.
fn carry(edits: &mut Vec<Edit>, edit: &Edit, clean: u32) -> i64 {
    match edits.last_mut() {
        Some(last) if !edit.clean().is_empty() && last.source().start() == edit.source().start() => {
            last.extend(edit.source().end(), clean);
        }
        _ => {
            edits.push(Edit::new(edit.rule(), edit.certainty(), edit.source(), CleanSpan::new(clean, clean)))
        }
    }
    i64::from(edit.source().end()).saturating_sub(i64::from(edit.clean().end()))
}

/// A text never exceeds 32 bits here: [`Cleaner::part`] sees to it, and no edit makes it longer.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn len(c: char) -> u32 {
    offset(c.len_utf8())
}

/// What a document as a whole says about its damage.
#[derive(Clone, Default, Debug)]
pub(crate) struct Survey {
    script: Script,
    /// Verified annotations with a tone, and without.
    toned: u32,
    toneless: u32,
    /// Annotations without a tone that no reading explains.
    unexplained: u32,
    /// Whether there is anything that a rule might change, other than the script.
    suspicious: bool,
    /// The characters that are annotated.
    listed: FxHashSet<char>,
}

impl Survey {
    /// One look at every bracket and lost byte, and at as many characters as it takes to tell the script.
    pub(crate) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut survey = Self { script: Script::of(text), ..Self::default() };
        // The end of the last annotation, and the character it belongs to.
        let mut chain = (0, None);
        for at in memchr3_iter(b'(', b'?', FULL_WIDTH, bytes) {
            let wide = bytes.get(at..at.saturating_add(3));
            if bytes.get(at) != Some(&FULL_WIDTH) || matches!(wide, Some(OPEN | LOST)) {
                survey.look(text, at, &mut chain);
            }
        }
        survey
    }

    /// Looks at the bracket or the lost byte at `at`.
    #[cold]
    fn look(&mut self, text: &str, at: usize, chain: &mut (usize, Option<char>)) {
        let Some((before, rest)) = text.split_at_checked(at) else { return };
        if rest.starts_with(is_lost) {
            let behind = rest.trim_start_matches(is_lost);
            self.suspicious |= behind.starts_with([',', '!', '?'])
                || torn_annotation(rest).is_some()
                || behind.len().saturating_add(1) < rest.len();
            return;
        }
        let Some((syllable, behind)) = annotation(rest) else { return };
        let anchor = if chain.0 == at && at > 0 { chain.1 } else { before.chars().next_back() };
        let Some(anchor) = anchor.filter(|c| is_han(*c)) else { return };
        if is_read(anchor, &syllable) {
            let count = if syllable.is_toned() { &mut self.toned } else { &mut self.toneless };
            *count = count.saturating_add(1);
            self.suspicious = true;
            if syllable.is_toned() {
                self.listed.insert(anchor);
            }
            *chain = (text.len().saturating_sub(behind.len()), Some(anchor));
        } else if !syllable.is_toned() {
            self.unexplained = self.unexplained.saturating_add(1);
        }
    }

    /// Whether annotations without tones are to be believed.
    fn believes_toneless(&self) -> bool {
        self.toned >= DAMAGED
            || (self.toneless >= TONELESS
                && self.unexplained.saturating_mul(TONELESS_TO_UNEXPLAINED) <= self.toneless)
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// One pass over a text with damage.
struct Mender<'s, 'a> {
    cleaner: Cleaner,
    survey: &'s Survey,
    text: &'a str,
    base: u32,
    out: String,
    /// Up to here the text is in `out`.
    from: usize,
    edits: Vec<Edit>,
}

impl<'a> Mender<'_, 'a> {
    fn mend(mut self) -> Cleaned<'a> {
        let mut doubts = Vec::new();
        let mut at = 0;
        while let Some(found) = self.next_mark(at) {
            let rest = self.text.get(found..).unwrap_or_default();
            match self.edit(found, rest) {
                Some(behind) => at = behind,
                None => {
                    let mark = rest.chars().next().map_or(1, char::len_utf8);
                    at = found.saturating_add(mark);
                    let lost = rest.starts_with(char::REPLACEMENT_CHARACTER)
                        || torn_annotation(rest).is_some()
                        || self.is_lossy_end(rest);
                    if lost {
                        let start = self.base.saturating_add(offset(found));
                        doubts.push(Span::new(start, start.saturating_add(offset(mark))));
                    }
                }
            }
        }
        if self.edits.is_empty() {
            return Cleaned { doubts, ..Cleaned::unchanged(self.text, self.base) };
        }
        self.out.push_str(self.text.get(self.from..).unwrap_or_default());
        Cleaned { source: self.text, base: self.base, text: Cow::Owned(self.out), edits: self.edits, doubts }
    }

    /// The next bracket or lost byte from `at` on.
    fn next_mark(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        rest.find(['(', '（', '?', char::REPLACEMENT_CHARACTER]).map(|found| at.saturating_add(found))
    }

    /// `?!?` in a document with damage: a mark whose bytes are gone altogether.
    fn is_lossy_end(&self, rest: &str) -> bool {
        self.survey.toned >= DAMAGED && matches!(rest.as_bytes(), [b'?', b',' | b'!' | b'?', ..])
    }

    /// Undoes the damage that begins at `found`, if there is any, and gives where it ends.
    fn edit(&mut self, found: usize, rest: &'a str) -> Option<usize> {
        let before = self.before(found);
        if rest.starts_with(is_lost) {
            let listed = |c| self.survey.listed.contains(&c);
            let straddle = || {
                halfchar::straddle(before?, rest, listed)
                    .map(|mended| (Rule::Straddle, Certainty::Likely, mended))
            };
            // Behind a torn annotation that could not be mended, the lost byte is the end of that damage.
            let is_tail = self.from != found && matches!(before, Some(')'));
            let split = || {
                let mended = halfchar::split(rest, self.survey.toned >= DAMAGED, listed)?;
                (!is_tail).then_some((Rule::Split, Certainty::Inferred, mended))
            };
            let (rule, certainty, mended) = self
                .cleaner
                .straddles
                .then(straddle)
                .flatten()
                .or_else(|| self.cleaner.splits.then(split).flatten())?;
            let behind = self.text.len().saturating_sub(mended.rest.len());
            self.push(rule, certainty, found..behind, &mended.text);
            return Some(behind);
        }
        if !self.cleaner.annotations {
            return None;
        }
        let (syllable, behind) = annotation(rest)?;
        let verified = before.is_some_and(|before| is_han(before) && is_read(before, &syllable));
        if !verified || !(syllable.is_toned() || self.survey.believes_toneless()) {
            return None;
        }
        let certainty = if syllable.is_toned() { Certainty::Certain } else { Certainty::Likely };
        let behind = self.text.len().saturating_sub(behind.len());
        self.push(Rule::Annotation, certainty, found..behind, "");
        Some(behind)
    }

    /// The character before `at`, as it is after the edits so far.
    fn before(&self, at: usize) -> Option<char> {
        let between = self.text.get(self.from..at)?;
        between.chars().next_back().or_else(|| self.out.chars().next_back())
    }

    fn push(&mut self, rule: Rule, certainty: Certainty, source: core::ops::Range<usize>, replacement: &str) {
        if self.edits.is_empty() {
            self.out.reserve(self.text.len());
        }
        self.out.push_str(self.text.get(self.from..source.start).unwrap_or_default());
        let start = offset(self.out.len());
        self.out.push_str(replacement);
        self.from = source.end;
        let place = |at: usize| self.base.saturating_add(offset(at));
        self.edits.push(Edit::new(
            rule,
            certainty,
            Span::new(place(source.start), place(source.end)),
            CleanSpan::new(start, offset(self.out.len())),
        ));
    }
}
