//! The taxonomy of the form as a parser: a label in, its typed row, column or head out.
//!
//! ```text
//! label     = numbering? letter ( letter | skipped | note )*
//! numbering = ( chinese+ ( point | space ) | digit+ point? | "其中" )*      with annotations, and whatever the fold skips, "（一）" too
//! point     = "、" | "." | "．" | "," | "，" | ":" | "："
//! note      = "(" … ")"      skipped; one that is cut off before its end is reported
//! ```
//!
//! Labels are compared by their fold (Traditional as Simplified, white space, punctuation and notes as nothing), letter
//! by letter along a tree of all labels, so that the longest label wins, nothing is allocated, and what is behind the
//! label is the rest of the input.
//!
//! ```
//! use gongkai::form::{RequestRow, Row};
//! use gongkai::grammar::taxonomy::{Label, parse_label};
//!
//! let found = parse_label("2.其他法律行政法規禁止公開").unwrap();
//! assert_eq!(found.labels, [Label::Row(Row::Request(RequestRow::DeniedProhibitedByLaw))]);
//! assert_eq!(found.rest, "");
//!
//! let glued = parse_label("(三)不予公开1.属于国家秘密").unwrap();
//! assert_eq!(glued.rest, "1.属于国家秘密");
//! ```

mod damaged;
mod spelling;
mod wordings;

use core::hash::{BuildHasherDefault, Hasher};
use std::collections::HashMap;
use std::sync::LazyLock;

use arrayvec::ArrayString;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::satisfy;
use nom::combinator::{opt, recognize};

use self::spelling::{annotation, is_wording, letter, unannotated};
use self::wordings::Wording;
use super::{PResult, is_space};
use crate::form::{Column, FIELDS, Field, Head, Row, TITLE_PARTS, TitlePart};
use crate::glyph::{FoldTable, Folded, annotation as pinyin, traditional};

/// What a label of the form can mean. One wording may mean several things (其他, 总计); its place decides.
///
/// ```
/// use gongkai::form::{Applicant, Column, RequestRow, Row};
/// use gongkai::grammar::taxonomy::{Label, parse_label};
///
/// // 总计 is a row and a column of table 三, and a column of table 四.
/// let labels = parse_label("(七)总计").unwrap().labels;
/// assert!(labels.contains(&Label::Row(Row::Request(RequestRow::OutcomeTotal))));
/// assert!(labels.contains(&Label::Column(Column::Applicant(Applicant::Total))));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Label {
    /// A row.
    Row(Row),
    /// A column.
    Column(Column),
    /// A head, a group of rows, or another wording without figures.
    Head(Head),
}

/// A label found at the beginning of a text.
///
/// ```
/// use gongkai::grammar::taxonomy::parse_label;
///
/// // Lost behind a line break: the note, and with it its closing bracket.
/// let found = parse_label("(四)政府信息公开专项经费(不包括用于政府公报编").unwrap();
/// assert!(found.cut_note && found.rest.is_empty());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Found<'a, T: 'static = Label> {
    /// All its meanings, over all versions.
    pub labels: &'static [T],
    /// What stands behind the label; empty where that is nothing but notes and punctuation.
    pub rest: &'a str,
    /// Whether a note behind the label is cut off before its closing bracket.
    pub cut_note: bool,
}

/// The longest label of any version that `text` begins with; `None` where it begins with none.
///
/// ```
/// use gongkai::form::{DisclosureRow, Row};
/// use gongkai::grammar::taxonomy::{Label, parse_label};
///
/// let found = parse_label("規　章 | 0 | 0 | 3 |").unwrap();
/// assert_eq!(found.labels, [Label::Row(Row::Disclosure(DisclosureRow::Rules))]);
/// assert_eq!(parse_label("全年公开信息6条"), None);
/// ```
#[must_use]
pub fn parse_label(text: &str) -> Option<Found<'_>> {
    LABELS.parse(text)
}

/// What [`parse_label`] finds in a text that is a label in a wording to the letter, as most are: one look-up.
#[inline]
pub(crate) fn exact_label(text: &str, place: &mut Place) -> Option<&'static [Label]> {
    LABELS.exact(text, place)
}

/// What [`exact_label`] finds where `text` is what the form prints at `place`, as in most rows: one comparison. No meanings
/// where that is no label: a banner, a note.
#[inline(always)]
pub(crate) fn next_label(text: &[u8], place: &mut Place) -> Option<&'static [Label]> {
    LABELS.next(text, place)
}

/// Where in the form a report is read: behind the label that was found last.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Place {
    wording: usize,
    spelling: usize,
}

/// What [`parse_label`] finds in `text`; and the labels that begin with the whole of it, where it is a label cut off: four
/// letters or more, and one set of meanings left. What the form prints next is then behind the label, if that is near `place`.
pub(crate) fn read_label<'a>(
    text: &'a str,
    place: &mut Place,
) -> (Option<Found<'a>>, Option<&'static [Label]>) {
    let walk = LABELS.walk(text);
    let found = LABELS.found(text, &walk);
    let near = found.and_then(|found| LABELS.near(place.wording, found.labels));
    place.wording = near.map_or(place.wording, |near| near.wrapping_add(1));
    (found, LABELS.complete(&walk))
}

/// The longest filing field, such as 填报单位, that `text` begins with; `None` where it begins with none.
///
/// ```
/// use gongkai::form::Field;
/// use gongkai::grammar::taxonomy::parse_field;
///
/// let found = parse_field("填报日期: 年1月11日").unwrap();
/// assert_eq!((found.labels, found.rest), (&[Field::FilingDate][..], ": 年1月11日"));
/// ```
#[must_use]
pub fn parse_field(text: &str) -> Option<Found<'_, Field>> {
    FIELD_NAMES.parse(text)
}

/// Whether a section title, or a piece of one, may begin as `text` does.
pub(crate) fn may_begin_title(text: &str) -> bool {
    TITLES.may_begin(text)
}

/// The meanings of a section title, or a piece of one, in a wording to the letter.
pub(crate) fn exact_title_part(text: &str) -> Option<&'static [TitlePart]> {
    TITLES.exact(text, &mut Place::default())
}

/// The longest piece of a section title that `text` begins with.
pub(crate) fn parse_title_part(text: &str) -> Option<Found<'_, TitlePart>> {
    TITLES.parse(text)
}

/// The one label that a cell in which bytes are lost can have been made from: `(二)申請?zhí)幚砬闆r`.
pub(crate) fn damaged_label(text: &str) -> Option<&'static [Label]> {
    LABELS.damaged(text)
}

static LABELS: LazyLock<Lexicon<Label>> = LazyLock::new(|| Lexicon::new(&wordings::wordings()));

static FIELD_NAMES: LazyLock<Lexicon<Field>> = LazyLock::new(|| Lexicon::of(FIELDS));

static TITLES: LazyLock<Lexicon<TitlePart>> = LazyLock::new(|| Lexicon::of(TITLE_PARTS));

/// A set of labels as a tree over their folded letters.
struct Lexicon<T: 'static> {
    nodes: Vec<Node>,
    /// The children of all nodes, those of one node together and in order.
    edges: Vec<(u16, u16)>,
    /// The children of the root, by letter.
    first: Vec<u16>,
    /// The meanings of all labels, those of one label together.
    meanings: &'static [T],
    /// Each wording, in the order of the form. Most labels need no look at their letters.
    wordings: Vec<Printed<T>>,
    /// The place of each spelling of a label among them.
    places: HashMap<&'static str, Place, BuildHasherDefault<EndsHasher>>,
}

/// A wording of the form in all its spellings.
struct Printed<T: 'static> {
    spellings: [Spelling; SPELLINGS],
    /// None for what is no label.
    meanings: &'static [T],
}

/// A wording to the letter.
#[derive(Clone, Copy, Default)]
struct Spelling {
    /// Behind the number that the form prints before it.
    numbered: &'static str,
    label: &'static str,
}

impl Spelling {
    fn is(&self, i: &[u8]) -> bool {
        i == self.numbered.as_bytes()
    }

    /// Whether `i` is the wording in another spelling, or behind another number or none.
    fn is_like(&self, i: &[u8]) -> bool {
        let may_be = i.len() > MAX_LETTER_BYTES && i.len() <= MAX_LABEL_BYTES;
        // No wording begins with a number.
        may_be && i.get(plain_number(i)..).is_some_and(|i| is_wording(i, self.label.as_bytes()))
    }
}

impl<T> Printed<T> {
    /// The spelling that `i` has: another one than `expected`, of which the next labels are then, too; or none to the letter.
    #[inline(never)]
    fn spelled(&self, i: &[u8], expected: usize) -> Option<usize> {
        let exact = self.spellings.iter().position(|spelling| spelling.is(i));
        exact.or_else(|| self.spellings.get(expected)?.is_like(i).then_some(expected))
    }
}

/// Hashes a wording by its length and ends: labels differ in one of them.
#[derive(Default)]
struct EndsHasher(u64);

impl Hasher for EndsHasher {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let first = bytes.first_chunk().map_or(0, |ends| u64::from_le_bytes(*ends));
        let last = match bytes.last_chunk() {
            Some(ends) => u64::from_le_bytes(*ends),
            None => bytes.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)),
        };
        self.0 = (first.rotate_left(5) ^ last).wrapping_add(bytes.len() as u64);
    }

    #[inline]
    fn write_u8(&mut self, _: u8) {}

    #[inline]
    fn finish(&self) -> u64 {
        self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(32)
    }
}

#[derive(Clone, Copy)]
struct Node {
    /// The first child, the only one of most nodes.
    letter: u16,
    child: u16,
    /// All children, among the edges.
    edges: (u16, u16),
    meanings: (u16, u16),
}

const LEAF: Node = Node { letter: NOWHERE, child: NOWHERE, edges: (0, 0), meanings: (0, 0) };
const ROOT: u16 = 0;
const NOWHERE: u16 = u16::MAX;
/// Characters that many sites leave as they are where they turn all others into Traditional ones.
const LEFT: &str = "于后范秘";
/// Characters behind which extractors print how they are read: some few of them, others each of these.
const READINGS: [&str; 2] = [
    "區(qū)執(zhí)據(jù)數(shù)業(yè)現(xiàn)發(fā)穩(wěn)續(xù)規(guī)",
    "個(gè)內(nèi)動(dòng)務(wù)區(qū)執(zhí)報(bào)強(qiáng)復(fù)據(jù)數(shù)時(shí)會(huì)業(yè)構(gòu)機(jī)權(quán)濟(jì)現(xiàn)當(dāng)發(fā)穩(wěn)結(jié)絡(luò)統(tǒng)經(jīng)網(wǎng)續(xù)補(bǔ)規(guī)計(jì)設(shè)認(rèn)護(hù)負(fù)責(zé)費(fèi)轉(zhuǎn)關(guān)項(xiàng)點(diǎn)",
];
/// In so many ways a wording is spelled: in five scripts, and with the punctuation of the form or of ASCII.
const SPELLINGS: usize = 10;
/// So many wordings ahead a label is looked for where it is not the next one.
const NEAR: usize = 12;
/// A label of more bytes than this is prose.
pub(crate) const MAX_LABEL_BYTES: usize = 1024;
/// No wording is longer.
const MAX_WORDING_BYTES: usize = 192;
/// No wording has one character.
const MAX_LETTER_BYTES: usize = 3;
/// A fragment of fewer letters says too little to stand for a label.
const MIN_FRAGMENT: u32 = 4;

impl<T: Copy + PartialEq> Lexicon<T> {
    /// The wordings of each meaning.
    fn of(all: &[(T, &[&str])]) -> Self {
        let each = all
            .iter()
            .flat_map(|(meaning, labels)| labels.iter().map(|label| Wording::plain(label, Some(*meaning))));
        Self::new(&each.collect::<Vec<_>>())
    }

    fn new(wordings: &[Wording<T>]) -> Self {
        let fold = FoldTable::get();
        let mut keyed: Vec<(Vec<u16>, T)> = Vec::new();
        for Wording { label, meaning, .. } in wordings {
            let Some(meaning) = meaning else { continue };
            let key = letters(fold, label);
            if !key.is_empty() && !keyed.iter().any(|(other, seen)| *other == key && seen == meaning) {
                keyed.push((key, *meaning));
            }
        }
        keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut lexicon = Self {
            nodes: vec![LEAF],
            edges: Vec::new(),
            first: vec![NOWHERE; usize::from(fold.alphabet())],
            meanings: &[],
            wordings: Vec::new(),
            places: HashMap::default(),
        };
        let mut meanings = Vec::new();
        lexicon.grow(ROOT, &keyed, 0, &mut meanings);
        lexicon.meanings = meanings.leak();
        for (letter, node) in lexicon.children(ROOT).to_vec() {
            if let Some(first) = lexicon.first.get_mut(usize::from(letter)) {
                *first = node;
            }
        }
        lexicon.add_exact(wordings);
        lexicon
    }

    /// Adds every wording to the letter.
    fn add_exact(&mut self, wordings: &[Wording<T>]) {
        // One behind the other in memory, too.
        let mut all = String::new();
        let mut parts = Vec::new();
        for Wording { number, label, .. } in wordings {
            for (number, label) in spellings(number).zip(spellings(label)) {
                let from = all.len();
                all.push_str(&number);
                let begin = all.len();
                all.push_str(&label);
                parts.push((from, begin, all.len()));
            }
        }
        let all: &'static str = all.leak();
        for (Wording { label, meaning, .. }, parts) in wordings.iter().zip(parts.chunks(SPELLINGS)) {
            let node = meaning.and_then(|_| self.walk(label).accepted).map_or(ROOT, |(node, _)| node);
            let mut printed =
                Printed { spellings: [Spelling::default(); SPELLINGS], meanings: self.meanings(node) };
            let each = printed.spellings.iter_mut().enumerate().zip(parts);
            for ((spelling, slot), &(from, begin, end)) in each {
                let part = |from| all.get(from..end).unwrap_or_default();
                *slot = Spelling { numbered: part(from), label: part(begin) };
                if meaning.is_some() {
                    let place = Place { wording: self.wordings.len(), spelling };
                    self.places.entry(slot.label).or_insert(place);
                }
            }
            self.wordings.push(printed);
        }
    }

    /// Adds what lies below `node`: the wordings of `keyed`, which agree in their first `depth` letters.
    fn grow(&mut self, node: u16, keyed: &[(Vec<u16>, T)], depth: usize, meanings: &mut Vec<T>) {
        let here = keyed.iter().take_while(|(key, _)| key.len() == depth).count();
        let (ending, longer) = keyed.split_at(here);
        let from = index(meanings.len());
        meanings.extend(ending.iter().map(|(_, meaning)| *meaning));
        let meant = (from, index(meanings.len()));
        let groups: Vec<&[(Vec<u16>, T)]> =
            longer.chunk_by(|(a, _), (b, _)| a.get(depth) == b.get(depth)).collect();
        let edges_from = index(self.edges.len());
        for group in &groups {
            let letter = group.first().and_then(|(key, _)| key.get(depth)).copied().unwrap_or_default();
            self.edges.push((letter, index(self.nodes.len())));
            self.nodes.push(LEAF);
        }
        let edges_to = index(self.edges.len());
        if let Some(slot) = self.nodes.get_mut(usize::from(node)) {
            let (letter, child) = self
                .edges
                .get(usize::from(edges_from)..usize::from(edges_to))
                .and_then(<[_]>::first)
                .copied()
                .unwrap_or((NOWHERE, NOWHERE));
            *slot = Node { letter, child, edges: (edges_from, edges_to), meanings: meant };
        }
        for (group, edge) in groups.iter().zip(usize::from(edges_from)..) {
            let child = self.edges.get(edge).map_or(NOWHERE, |&(_, child)| child);
            self.grow(child, group, depth.saturating_add(1), meanings);
        }
    }

    fn node(&self, node: u16) -> Node {
        self.nodes.get(usize::from(node)).copied().unwrap_or(LEAF)
    }

    #[inline]
    fn children(&self, node: u16) -> &[(u16, u16)] {
        let (from, to) = self.node(node).edges;
        self.edges.get(usize::from(from)..usize::from(to)).unwrap_or_default()
    }

    #[inline]
    fn step(&self, node: u16, at: Node, letter: u16) -> u16 {
        if node == ROOT {
            return self.first.get(usize::from(letter)).copied().unwrap_or(NOWHERE);
        }
        if at.letter == letter {
            return at.child;
        }
        let (from, to) = at.edges;
        for (other, child) in self.edges.get(usize::from(from)..usize::from(to)).unwrap_or_default() {
            if *other == letter {
                return *child;
            }
        }
        NOWHERE
    }

    fn meanings(&self, node: u16) -> &'static [T] {
        let (from, to) = self.node(node).meanings;
        self.meanings.get(usize::from(from)..usize::from(to)).unwrap_or_default()
    }

    /// The meanings of `i`, if it is a wording to the letter, but for annotations.
    #[inline]
    fn exact(&self, i: &str, place: &mut Place) -> Option<&'static [T]> {
        let wording = i.get(plain_number(i.as_bytes())..)?;
        let plain = || self.places.get(unannotated(wording, &mut ArrayString::new())?);
        let found = *self.places.get(wording).or_else(plain)?;
        let meanings = self.wordings.get(found.wording)?.meanings;
        let wording = self.near(place.wording, meanings).unwrap_or(found.wording);
        *place = Place { wording: wording.wrapping_add(1), ..found };
        Some(meanings)
    }

    /// Where the form prints a label of these meanings, next from the wording at `next` on, if that is near.
    fn near(&self, next: usize, meanings: &[T]) -> Option<usize> {
        let mut ahead = self.wordings.get(next..)?.iter().take(NEAR);
        Some(next.wrapping_add(ahead.position(|other| other.meanings == meanings)?))
    }

    /// The meanings of `i`, if it is the wording at `place`; empty for what is no label.
    #[inline(always)]
    fn next(&self, i: &[u8], place: &mut Place) -> Option<&'static [T]> {
        let printed = self.wordings.get(place.wording)?;
        if !printed.spellings.get(place.spelling)?.is(i) {
            place.spelling = printed.spelled(i, place.spelling)?;
        }
        place.wording = place.wording.wrapping_add(1);
        Some(printed.meanings)
    }

    /// `label`: the longest one.
    fn parse<'a>(&self, i: &'a str) -> Option<Found<'a, T>> {
        if self.may_begin(i) { self.found(i, &self.walk(i)) } else { None }
    }

    /// Whether a label may begin as `i` does, as hardly any line of prose: not with an ideograph that begins neither a label nor
    /// a number before one.
    fn may_begin(&self, i: &str) -> bool {
        match i.chars().next() {
            Some(c @ '\u{4E00}'..='\u{9FFF}') if !is_chinese(c) && c != '其' => {
                match FoldTable::get().fold(c) {
                    Folded::Letter(letter) => self.step(ROOT, LEAF, letter) != NOWHERE,
                    _ => false,
                }
            }
            _ => true,
        }
    }

    fn found<'a>(&self, i: &'a str, walk: &Walk) -> Option<Found<'a, T>> {
        let (node, end) = walk.accepted?;
        let whole = walk.exhausted && node == walk.node;
        let rest = i.get(if whole { i.len() } else { end }..).unwrap_or_default();
        Some(Found { labels: self.meanings(node), rest, cut_note: whole && walk.cut_note })
    }

    fn walk(&self, i: &str) -> Walk {
        let begin = numbering(FoldTable::get(), i);
        let walk = self.walk_from(i, begin);
        // 三 类 内 部 事 务: what looked like a number is the label's own.
        if walk.accepted.is_none() && begin > 0 && begin < i.len() {
            let whole = self.walk_from(i, 0);
            if whole.accepted.is_some() {
                return whole;
            }
        }
        walk
    }

    fn walk_from(&self, i: &str, begin: usize) -> Walk {
        let fold = FoldTable::get();
        let mut walk = Walk { node: ROOT, letters: 0, accepted: None, exhausted: false, cut_note: false };
        let mut here = LEAF;
        let mut at = begin;
        loop {
            let (folded, behind) = fold.next(i, at);
            match folded {
                Folded::Letter(letter) => {
                    let next = self.step(walk.node, here, letter);
                    let Some(node) = self.nodes.get(usize::from(next)) else { break };
                    here = *node;
                    walk.node = next;
                    walk.letters = walk.letters.wrapping_add(1);
                    if here.meanings.0 < here.meanings.1 {
                        walk.accepted = Some((next, behind));
                    }
                    at = behind;
                }
                Folded::Skip | Folded::Close => at = behind,
                Folded::Open => match note(fold, i, at) {
                    Some(behind) => at = behind,
                    None => {
                        walk.exhausted = true;
                        walk.cut_note = true;
                        break;
                    }
                },
                Folded::Other => break,
                Folded::End => {
                    walk.exhausted = true;
                    break;
                }
            }
        }
        walk
    }

    /// The meanings of the one label that begins with all that was walked.
    fn complete(&self, walk: &Walk) -> Option<&'static [T]> {
        if !walk.exhausted || walk.letters < MIN_FRAGMENT || walk.node == ROOT {
            return None;
        }
        let mut node = walk.node;
        // Down the only way there is; a fork leaves two labels possible.
        loop {
            let meanings = self.meanings(node);
            let children = self.children(node);
            match (meanings.is_empty(), children) {
                (false, []) => return Some(meanings),
                (true, [(_, only)]) => node = *only,
                _ => return None,
            }
        }
    }
}

struct Walk {
    node: u16,
    letters: u32,
    /// The last label on the way, and where it ends.
    accepted: Option<(u16, usize)>,
    exhausted: bool,
    cut_note: bool,
}

fn index(len: usize) -> u16 {
    u16::try_from(len).unwrap_or(NOWHERE)
}

/// The folded letters of an official wording.
fn letters(fold: &FoldTable, wording: &str) -> Vec<u16> {
    let mut depth = 0_u32;
    let mut letters = Vec::new();
    for c in wording.chars() {
        match fold.fold(c) {
            Folded::Open => depth = depth.saturating_add(1),
            Folded::Close => depth = depth.saturating_sub(1),
            Folded::Letter(letter) if depth == 0 => letters.push(letter),
            _ => {}
        }
    }
    letters
}

/// A wording in all its spellings: Simplified, Traditional but for a few characters, Traditional, and the second of these with
/// annotations; each with the punctuation of ASCII and with the form's. The commonest first: a wording that is the same in
/// several is found there, and the next ones are looked for with it.
fn spellings(wording: &str) -> impl Iterator<Item = String> {
    let full = traditional(wording);
    let both = wording.chars().zip(full.chars());
    let mixed: String = both.map(|(c, full)| if LEFT.contains(c) { c } else { full }).collect();
    let [few, many] = READINGS.map(|readings| with_readings(&mixed, readings));
    [wording.to_owned(), mixed, full, few, many]
        .into_iter()
        .flat_map(|wording| [ascii_punctuation(&wording), wording])
}

/// A wording with the annotations that stand behind its characters in `readings`.
fn with_readings(wording: &str, readings: &str) -> String {
    let mut annotated = String::new();
    for c in wording.chars() {
        annotated.push(c);
        let read = readings.split_once(c).and_then(|(_, behind)| behind.split_inclusive(')').next());
        annotated.extend(read);
    }
    annotated
}

/// A wording with its punctuation as many sites print it.
fn ascii_punctuation(wording: &str) -> String {
    let ascii = |c| match c {
        '（' => '(',
        '）' => ')',
        '，' => ',',
        '：' => ':',
        '；' => ';',
        _ => c,
    };
    wording.chars().map(ascii).collect()
}

/// The length of the number before a label in the form's own style, `一、`, `(一)`, `（一）`, `1.`, `其中:`; 0 where there is another
/// or none, which [`numbering`] reads.
#[inline]
pub(super) fn plain_number(i: &[u8]) -> usize {
    match i {
        // No number begins so.
        [0xE6..=0xE9, ..] => 0,
        [b'0'..=b'9', b'.', ..] => 2,
        [b'(', 0xE4 | 0xE5, _, _, b')', ..] => 5,
        [0xEF, 0xBC, 0x88, 0xE4 | 0xE5, _, _, 0xEF, 0xBC, 0x89, ..] => 9,
        // 其中:
        [0xE5, 0x85, 0xB6, 0xE4, 0xB8, 0xAD, b':', ..] => 7,
        [0xE4 | 0xE5, _, _, 0xE3, 0x80, 0x81, ..] if letter(i).is_some_and(is_chinese) => 6,
        _ => 0,
    }
}

/// `numbering`: ordinals and bracketed notes before a label, as many as there are. Gives where the label begins.
fn numbering(fold: &FoldTable, i: &str) -> usize {
    let mut at = plain_number(i.as_bytes());
    loop {
        let rest = i.as_bytes().get(at..).unwrap_or_default();
        let behind = match rest {
            [b'0'..=b'9', ..] => ordinal(i, at),
            // A Chinese numeral begins with one of these: 一七三九二五八六十; 其 with the last.
            [0xE4 | 0xE5, ..] => ordinal(i, at),
            [b'!'..=b'~' | 0xE2 | 0xE3 | 0xEF | b' ' | 0xC2, ..] => match fold.next(i, at) {
                (Folded::Open, _) => note(fold, i, at),
                (Folded::Skip, behind) => Some(behind),
                _ => ordinal(i, at),
            },
            _ => None,
        };
        match behind {
            Some(behind) => at = behind,
            None => return at,
        }
    }
}

/// `ordinal = chinese+ space* ( point | space ) | digit+ point? | "其中"`: where it ends, if one begins at `at`.
fn ordinal(i: &str, at: usize) -> Option<usize> {
    let rest = i.get(at..)?;
    let parsed: PResult<'_, &str> = match rest.chars().next()? {
        '其' => recognize((tag("其"), annotations, tag("中"))).parse_complete(rest),
        first if is_digit(first) => {
            recognize((take_while1(is_digit), opt(satisfy(|c| matches!(c, '.' | '、' | '．' | ',' | '，')))))
                .parse_complete(rest)
        }
        first if is_chinese(first) => {
            let point = recognize((
                take_while(is_space),
                satisfy(|c| matches!(c, '、' | '.' | '．' | ',' | '，' | ':' | '：')),
            ));
            // 三 本年度办理结果: white space alone sets the number off.
            recognize((take_while1(is_chinese), annotated, alt((point, take_while1(is_space)))))
                .parse_complete(rest)
        }
        _ => return None,
    };
    let (behind, _) = parsed.ok()?;
    Some(i.len().saturating_sub(behind.len()))
}

/// What may stand behind the first characters of a numeral: their annotation, and more of them, `十(shí)二(èr)`.
fn annotated(i: &str) -> PResult<'_, ()> {
    let (mut rest, ()) = annotations(i)?;
    while let Some(behind) = rest.strip_prefix(is_chinese) {
        (rest, ()) = annotations(behind)?;
    }
    Ok((rest, ()))
}

/// The pinyin annotations that a text begins with, if any.
pub(super) fn annotations(i: &str) -> PResult<'_, ()> {
    let mut rest = i;
    while let Some((_, behind)) = pinyin(rest) {
        rest = behind;
    }
    Ok((rest, ()))
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '①'..='⑳' | '⒈'..='⒛')
}

fn is_chinese(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// `note`: where the brackets that begin at `at` end, with brackets inside; `None` where they do not.
fn note(fold: &FoldTable, i: &str, at: usize) -> Option<usize> {
    // By far the commonest.
    if let Some(behind) = annotation(i.as_bytes(), at) {
        return Some(behind);
    }
    let mut depth = 0_u32;
    let mut at = at;
    loop {
        // No ideograph is a bracket.
        while let Some(0xE4..=0xE9) = i.as_bytes().get(at) {
            at = at.wrapping_add(3);
        }
        let (folded, behind) = fold.next(i, at);
        at = behind;
        match folded {
            Folded::End => return None,
            Folded::Open => depth = depth.saturating_add(1),
            Folded::Close if depth <= 1 => return Some(at),
            Folded::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::RequestRow;

    #[test]
    fn numbers_with_annotations() {
        let label = |text| parse_label(text).map(|found| (found.labels.first().copied(), found.rest));
        let received = Some((Some(Label::Row(Row::Request(RequestRow::NewReceived))), ""));
        for text in [
            "一(yī)、本年新收政府信息公開(kāi)申請數(shù)量",
            "一（yī）、本年新收政府信息公开申请数量",
            "十(shí)一(yī)、本年新收政府信息公开申请数量",
            "一(yī) 本年新收政府信息公开申请数量",
        ] {
            assert_eq!(label(text), received, "{text}");
        }
        let normative = label("其中：主动公开规范性文件数");
        assert!(normative.is_some());
        assert_eq!(label("其(qí)中(zhōng)：主动公开规范性文件数"), normative);
        for text in ["一(3)、本年新收政府信息公开申请数量", "一(yī本年新收政府信息公开申请数量", "一(yī)"]
        {
            assert_eq!(label(text), None, "{text}");
        }
    }

    #[test]
    fn the_next_label_is_expected_in_the_spelling_of_the_last() {
        let mut place = Place::default();
        assert!(exact_label("本年制發(fā)件數(shù)", &mut place).is_some());
        let is_expected = |text: &str, place: Place| {
            LABELS.wordings[place.wording].spellings[place.spelling].is(text.as_bytes())
        };
        for (text, next) in [
            ("本年廢止件數(shù)", "現(xiàn)行有效件數(shù)"),
            ("现行有效件数", "规章"),
            ("规 章", "行政规范性文件"),
            ("行政規范性文件", "第二十條第(五)項"),
        ] {
            assert!(next_label(text.as_bytes(), &mut place).is_some(), "{text}");
            assert!(is_expected(next, place), "{next}");
        }
        assert_eq!(next_label("規章".as_bytes(), &mut place), None);
        assert!(is_expected("第二十條第(五)項", place));
    }

    #[test]
    fn all_labels_and_no_others_have_a_meaning() {
        let all = wordings::wordings();
        for (Printed { spellings, meanings }, wording) in LABELS.wordings.iter().zip(&all) {
            assert_eq!(meanings.is_empty(), wording.meaning.is_none(), "{}", wording.label);
            for Spelling { numbered, label } in spellings {
                let found =
                    parse_label(label).filter(|found| found.rest.is_empty() && wording.meaning.is_some());
                assert_eq!(found.map_or(&[][..], |found| found.labels), *meanings, "{label}");
                assert_eq!(plain_number(label.as_bytes()), 0, "{label}");
                let number = numbered.len() - label.len();
                // 其中： has no such spelling.
                let is_plain = plain_number(numbered.as_bytes()) == number;
                assert!(is_plain || numbered.starts_with("其中："), "{numbered}");
            }
        }
    }
}
