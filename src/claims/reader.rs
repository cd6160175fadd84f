//! Reads claims: one pass over each paragraph, with a bounded look back from each figure.

use std::sync::LazyLock;

use nom::Parser;
use nom::bytes::complete::take_while1;
use nom::character::complete::char;
use nom::combinator::map_opt;
use nom::sequence::terminated;
use rustc_hash::FxHashMap;

use super::candidate::{Candidate, is_between, wordings_at};
use super::subject::{Context, MARKS, Mark, OWN_BODY, Step, Wording};
use super::words::{LOOK_BACK, annotation, follows, is_quote, measure};
use super::{Claim, ClaimYear, Doubt};
use crate::document::{Block, BlockKind};
use crate::form::Unit;
use crate::glyph::{Ideographs, canonical};
use crate::grammar::date::parse_year;
use crate::grammar::numeral::{Exactness, Quantity, is_numeral, parse_quantity};
use crate::grammar::{PResult, chinese_digit, digit, is_space};
use crate::report::Report;
use crate::span::Span;

/// So many characters are kept; when they are reached, all but the last [`LOOK_BACK`] go.
const MAX_KEYS: usize = 1024;

/// Ends a clause in the list of characters.
const BREAK: char = '\0';
/// Stands for a figure in it.
const FIGURE: char = '0';

/// The claims of the blocks that hold `candidates`, which are in order.
pub(super) fn read(report: &Report<'_>, candidates: &[Candidate]) -> Vec<Claim> {
    if candidates.is_empty() {
        return Vec::new();
    }
    let text = report.source_text();
    let meta = report.meta();
    let mut agency: Vec<char> = Vec::new();
    if let Some(span) = meta.agency {
        agency.extend(span.of(text).chars().filter(|c| !is_space(*c)).map(canonical));
    }
    let report_year = meta.report_year.map(|year| year.value);
    let keys = Vec::with_capacity(MAX_KEYS);
    let mut reader = Reader { text, report_year, agency, keys, ..Reader::default() };
    // Headings say something only of the paragraphs that are read.
    let mut headings: Vec<&Block> = Vec::new();
    let mut candidates = candidates.iter().peekable();
    for (at, block) in report.document().blocks().iter().enumerate() {
        let mut last = None;
        while let Some(candidate) = candidates.next_if(|candidate| candidate.block <= at) {
            last = Some(candidate.measure);
        }
        match (block.kind(), last) {
            (BlockKind::Heading, _) => {
                headings.retain(|above| above.level() < block.level());
                headings.push(block);
                if last.is_some() {
                    headings.drain(..).for_each(|heading| reader.heading(heading));
                }
            }
            (BlockKind::Paragraph, Some(last)) => {
                headings.drain(..).for_each(|heading| reader.heading(heading));
                reader.paragraph(block, last);
            }
            _ => {}
        }
        if candidates.peek().is_none() {
            break;
        }
    }
    reader.claims
}

/// What the headings above a paragraph say, one entry a level.
#[derive(Clone, Copy, Default)]
struct Setting {
    year: Option<u16>,
    disclosure: bool,
    applications: bool,
    remedies: bool,
}

/// What a sentence has said so far.
#[derive(Clone, Copy, Default)]
struct Sentence {
    names_year: bool,
    months: Option<(u32, u32)>,
    until: bool,
    part_of_year: bool,
    cumulative: bool,
    other_body: bool,
    part: bool,
    disclosure: bool,
}

/// What a clause has said so far.
#[derive(Clone, Copy, Default)]
struct Clause {
    /// Where it begins among the characters.
    begin: usize,
    comparison: bool,
    intended: bool,
}

#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    report_year: Option<u16>,
    agency: Vec<char>,
    claims: Vec<Claim>,
    settings: [Setting; 5],
    /// The characters read, canonical, without white space and annotations, and where each stands.
    keys: Vec<(char, u32)>,
    year: Option<ClaimYear>,
    year_before: Option<ClaimYear>,
    disclosure: bool,
    applications: bool,
    in_title: bool,
    sentence: Sentence,
    clause: Clause,
}

impl Reader<'_> {
    /// Sets what the headings say, forgets what other blocks said, and reads the block as far as `end`.
    fn paragraph(&mut self, block: &Block, end: usize) {
        self.year = self.settings.iter().rev().find_map(|setting| setting.year).map(ClaimYear::Stated);
        self.disclosure = self.settings.iter().any(|setting| setting.disclosure);
        self.applications = self.settings.iter().any(|setting| setting.applications);
        self.keys.clear();
        self.end_sentence();
        self.read(block.span(), end);
    }

    fn heading(&mut self, block: &Block) {
        let level = usize::from(block.level());
        for (at, setting) in self.settings.iter_mut().enumerate() {
            if at >= level {
                *setting = Setting::default();
            }
        }
        let above = self.settings;
        self.paragraph(block, block.span().end() as usize);
        let setting = Setting {
            year: match self.year {
                Some(ClaimYear::Stated(year)) => Some(year),
                _ => None,
            },
            disclosure: self.disclosure,
            applications: self.applications,
            remedies: self.keys.iter().any(|(c, _)| *c == '复'),
        };
        self.settings = above;
        if let Some(slot) = self.settings.get_mut(level) {
            *slot = setting;
        }
    }

    fn read(&mut self, span: Span, end: usize) {
        let text = span.of(self.text);
        let end = end.saturating_sub(span.start() as usize);
        // Numerals before this have been looked at.
        let mut tried = 0_usize;
        let mut at = 0_usize;
        let said = &*SAID;
        while at < end
            && let Some(rest) = text.get(at..)
            && let Some(c) = rest.chars().next()
        {
            let behind = at.saturating_add(c.len_utf8());
            // Most characters say nothing but themselves.
            if said.has(c) == Some(false) {
                self.append(c, span.start().saturating_add(u32::try_from(at).unwrap_or(u32::MAX)));
                at = behind;
                continue;
            }
            let place = span.start().saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
            at = match c {
                _ if is_space(c) || is_quote(c) => behind,
                '(' | '（' => match annotation(rest) {
                    Some(len) => at.saturating_add(len),
                    None => {
                        self.end_clause(place);
                        behind
                    }
                },
                '。' | '；' | ';' | '！' | '!' => {
                    self.end_sentence();
                    behind
                }
                '，' | ',' | '：' | ':' | ')' | '）' => {
                    self.end_clause(place);
                    behind
                }
                '《' | '》' => {
                    self.in_title = c == '《';
                    behind
                }
                _ if digit(c).is_some() || (is_numeral(c) && at >= tried) => {
                    let (len, is_figure) = self.number(rest, place);
                    tried = at.saturating_add(len);
                    if is_figure || digit(c).is_some() {
                        tried
                    } else {
                        self.push(canonical(c), place);
                        behind
                    }
                }
                _ => {
                    self.push(canonical(c), place);
                    behind
                }
            };
        }
    }

    fn end_clause(&mut self, place: u32) {
        self.append(BREAK, place);
        self.clause = Clause { begin: self.keys.len(), ..Clause::default() };
    }

    fn end_sentence(&mut self) {
        self.end_clause(0);
        self.in_title = false;
        self.sentence = Sentence::default();
    }

    fn append(&mut self, key: char, place: u32) {
        self.keys.push((key, place));
        if self.keys.len() >= MAX_KEYS {
            let gone = self.keys.len().saturating_sub(LOOK_BACK);
            self.keys.drain(..gone);
            self.clause.begin = self.clause.begin.saturating_sub(gone);
        }
    }

    /// Appends a character of the text, and heeds the words that end with it.
    fn push(&mut self, c: char, place: u32) {
        self.append(c, place);
        if self.in_title {
            return;
        }
        for (word, mark) in MARKS_BY_END.get(&c).map(Vec::as_slice).unwrap_or_default() {
            if let Some(begin) = self.begin_of(word, self.keys.len()) {
                self.mark(*mark, begin);
            }
        }
    }

    /// Where `word` begins, if it ends at `end`.
    fn begin_of(&self, word: &str, end: usize) -> Option<usize> {
        let mut at = end;
        for c in word.chars().rev() {
            at = at.checked_sub(1)?;
            if self.keys.get(at)?.0 != c {
                return None;
            }
        }
        Some(at)
    }

    fn key(&self, at: Option<usize>) -> char {
        at.and_then(|at| self.keys.get(at)).map_or(BREAK, |(c, _)| *c)
    }

    fn mark(&mut self, mark: Mark, begin: usize) {
        let before = self.key(begin.checked_sub(1));
        match mark {
            Mark::ThisYear => self.year = Some(ClaimYear::This),
            Mark::WholeYear => {
                if !self.sentence.names_year {
                    self.year = Some(ClaimYear::This);
                }
            }
            Mark::LastYear => {
                if self.year != Some(ClaimYear::Previous) {
                    self.year_before = self.year;
                }
                if matches!(before, '比' | '较' | '与' | '同') {
                    self.clause.comparison = true;
                } else {
                    self.year = Some(ClaimYear::Previous);
                }
            }
            Mark::NoYear => self.year = self.year_before,
            Mark::Comparison => self.clause.comparison = true,
            Mark::Cumulative => self.sentence.cumulative = true,
            Mark::PartOfYear => self.sentence.part_of_year = true,
            Mark::Until => self.sentence.until = true,
            Mark::Part => self.sentence.part = true,
            Mark::Intended => self.clause.intended = true,
            Mark::OtherBody => self.sentence.other_body = true,
            Mark::Body => self.sentence.other_body |= !self.is_own_body(begin),
            Mark::Applications => self.applications = true,
            Mark::OtherMatter => self.applications = false,
            Mark::Disclosure => (self.disclosure, self.sentence.disclosure) = (true, true),
        }
    }

    /// Whether the body whose kind begins at `kind`, 局 of 统计局, is that of the report, as far as its name is known.
    fn is_own_body(&self, kind: usize) -> bool {
        let name = self.keys.get(kind.saturating_sub(2).max(self.clause.begin)..).unwrap_or_default();
        let before = self.key(kind.checked_sub(1));
        let is_name = |window: &[char]| window.iter().eq(name.iter().map(|(c, _)| c));
        self.agency.is_empty()
            || before == BREAK
            || OWN_BODY.contains(before)
            || self.agency.windows(name.len().max(1)).any(is_name)
    }

    /// Reads the number that `rest` begins with: how long it is, and whether it is a year, a month or a figure.
    fn number(&mut self, rest: &str, place: u32) -> (usize, bool) {
        let used = |behind: &str| rest.len().saturating_sub(behind.len());
        if !self.in_title && self.last() != '第' {
            if let Some((year, behind)) = parse_year(rest) {
                self.stated_year(year);
                self.append(FIGURE, place);
                return (used(behind), true);
            }
            if let Ok((behind, month)) = month(rest) {
                let (first, _) = self.sentence.months.unwrap_or((month, month));
                self.sentence.months = Some((first, month));
                self.append(FIGURE, place);
                return (used(behind), true);
            }
            if let Some((quantity, behind)) = parse_quantity(rest) {
                if let Some((measure, unit, behind)) = measure(behind) {
                    self.figure(quantity, measure, unit, (place, used(behind)), behind);
                    self.append(FIGURE, place);
                    return (used(behind), true);
                }
                // 近3年: no year, but several.
                self.sentence.cumulative |= behind.trim_start_matches(is_space).starts_with('年');
            }
        }
        let is_decimal = rest.chars().next().is_some_and(|c| digit(c).is_some());
        let in_run = |c: char| match is_decimal {
            true => digit(c).is_some() || matches!(c, '.' | '．'),
            false => is_numeral(c),
        };
        let run = rest.char_indices().find(|(_, c)| !in_run(*c));
        if is_decimal {
            self.append(FIGURE, place);
        }
        (run.map_or(rest.len(), |(end, _)| end), false)
    }

    fn last(&self) -> char {
        self.key(self.keys.len().checked_sub(1))
    }

    fn stated_year(&mut self, year: u16) {
        if matches!(self.last(), '比' | '较' | '同' | '与') {
            self.clause.comparison = true;
        } else {
            self.year = Some(ClaimYear::Stated(year));
            self.sentence.names_year = true;
        }
    }

    /// Finds what a figure is about.
    fn figure(
        &mut self,
        quantity: Quantity,
        measure: char,
        unit: Option<Unit>,
        (place, len): (u32, usize),
        rest: &str,
    ) {
        for (wording, first) in wordings_at(measure, Some(self.last())) {
            let Some(begin) = self.steps(wording.steps, first) else { continue };
            let Some(more) = wording.behind.as_ref().map_or(Some(0), |step| follows(step, rest)) else {
                continue;
            };
            if wording.not_behind.contains(self.key(begin.checked_sub(1))) {
                continue;
            }
            let len = u32::try_from(len).unwrap_or(u32::MAX);
            let end = place.saturating_add(len);
            let from = self.keys.get(self.clause.begin).map_or(place, |(_, at)| *at);
            let behind = u32::try_from(more).unwrap_or(u32::MAX);
            let claim = Claim {
                subject: wording.subject,
                value: quantity.value,
                unit,
                exactness: self.exactness(quantity.exactness, place, rest),
                year: self.year.unwrap_or(ClaimYear::Unstated),
                doubt: self.doubt(wording, begin, rest.get(..more).unwrap_or_default()),
                span: Span::new(place, end),
                part: Span::new(from, end.saturating_add(behind)),
            };
            self.applications |= wording.subject == super::Subject::Received;
            self.claims.push(claim);
            return;
        }
    }

    /// Where the words of a wording begin, if they stand in the clause in their order up to the figure. `first` is the bit of
    /// its first step.
    fn steps(&self, steps: &[Step], first: u32) -> Option<usize> {
        let mut end = self.keys.len();
        let floor = self.clause.begin.max(end.saturating_sub(LOOK_BACK));
        for (at, step) in steps.iter().enumerate().rev() {
            let bit = first.wrapping_add(at as u32);
            loop {
                let words = step.words.iter();
                if let Some(begin) = words.filter_map(|word| self.begin_of(word, end)).min()
                    && begin >= floor
                {
                    end = begin;
                    break;
                }
                let before = end.checked_sub(1).filter(|before| *before >= floor)?;
                if !is_between(bit, self.key(Some(before))) {
                    return None;
                }
                end = before;
            }
        }
        Some(end)
    }

    fn exactness(&self, stated: Exactness, place: u32, rest: &str) -> Exactness {
        let last = self.last();
        let few = matches!(last, '几' | '数')
            && self
                .text
                .get(place as usize..)
                .is_some_and(|text| text.starts_with(['十', '百', '千', '万', '萬']));
        let before = self.keys.len().checked_sub(2);
        let range = matches!(last, '至' | '到' | '-' | '~' | '—' | '－' | '～') && self.key(before) == FIGURE;
        let about = matches!(last, '约' | '近' | '超' | '逾') || (last == '过' && self.key(before) == '超');
        let vague = ["左右", "以上", "以下", "以内", "以內"].iter().any(|word| rest.starts_with(word));
        if few || range || about || vague { Exactness::Approximate } else { stated }
    }

    /// `behind` is what the wording reaches to behind the figure: 2次政府信息公开工作会议.
    fn doubt(&self, wording: &Wording, begin: usize, behind: &str) -> Option<Doubt> {
        let Self { sentence, clause, .. } = self;
        let other_year = match self.year {
            Some(ClaimYear::Previous) => true,
            Some(ClaimYear::Stated(year)) => self.report_year != Some(year),
            _ => false,
        };
        let whole_year = match sentence.months {
            None => true,
            Some((first, last)) => last == 12 && (first == 1 || sentence.until),
        };
        let joiner = self.key(begin.checked_sub(1));
        let joint = matches!(joiner, '、' | '和' | '及' | '与' | '或')
            && !matches!(self.key(begin.checked_sub(2)), FIGURE | BREAK);
        let said = self.keys.get(clause.begin.max(begin.saturating_sub(LOOK_BACK))..).unwrap_or_default();
        let said: String = said.iter().map(|(c, _)| c).collect();
        let names = |word: &&str| said.contains(word);
        let part = (sentence.part && !wording.is_part) || wording.parts.iter().any(names);
        let in_context = match wording.context {
            Context::None => true,
            Context::Applications => self.applications,
            Context::Disclosure => self.disclosure,
            Context::Sentence => sentence.disclosure || behind.chars().any(|c| canonical(c) == '开'),
            Context::Remedies => sentence.disclosure || self.settings.iter().any(|setting| setting.remedies),
        };
        [
            (other_year, Doubt::OtherYear),
            (sentence.part_of_year || !whole_year, Doubt::PartOfYear),
            (sentence.cumulative, Doubt::Cumulative),
            (sentence.other_body, Doubt::OtherBody),
            (clause.comparison, Doubt::Comparison),
            (clause.intended, Doubt::Intended),
            (joint, Doubt::Joint),
            (part, Doubt::Part),
            (!in_context, Doubt::OtherMatter),
        ]
        .into_iter()
        .find_map(|(holds, doubt)| holds.then_some(doubt))
    }
}

/// The ideographs that are more than themselves: variants of others, numerals, ends of marks.
static SAID: LazyLock<Ideographs> =
    LazyLock::new(|| Ideographs::of(|c| canonical(c) != c || is_numeral(c) || MARKS_BY_END.contains_key(&c)));

static MARKS_BY_END: LazyLock<FxHashMap<char, Vec<(&'static str, Mark)>>> = LazyLock::new(|| {
    let mut by_end: FxHashMap<char, Vec<(&'static str, Mark)>> = FxHashMap::default();
    for (mark, words) in MARKS {
        for word in *words {
            if let Some(last) = word.chars().next_back() {
                by_end.entry(last).or_default().push((word, *mark));
            }
        }
    }
    by_end
});

/// `month = digit{1,2} "月"`, in digits or Chinese numerals, from 1 to 12.
fn month(i: &str) -> PResult<'_, u32> {
    let numeral = take_while1(|c| digit(c).is_some() || chinese_digit(c).is_some_and(|value| value > 0));
    let value = map_opt(numeral, |digits: &str| {
        let (quantity, rest) = parse_quantity(digits)?;
        let month = u32::try_from(quantity.value.to_i64()?).ok()?;
        (rest.is_empty() && (1..=12).contains(&month)).then_some(month)
    });
    terminated(value, char('月')).parse_complete(i)
}
