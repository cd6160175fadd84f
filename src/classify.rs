//! What a cell of a table says, apart from its place: a label, a banner, a figure, a filing field.

use memchr::memchr3;

use crate::form::{Figure, Head};
use crate::glyph::{annotation, clean, is_lost};
use crate::grammar::figure::{is_mark, read_figure, whole_unit};
use crate::grammar::note::is_of_other_figures;
use crate::grammar::taxonomy::{
    Label, MAX_LABEL_BYTES, Place, damaged_label, exact_label, parse_field, read_label,
};
use crate::grammar::{chinese_digit, digit, is_space, trim_start};

/// A value of more characters than this is no figure with a remark.
const MAX_VALUE_CHARS: usize = 40;

/// No unit is longer.
pub(crate) const MAX_UNIT_BYTES: u32 = 6;

/// What a cell with text is.
pub(crate) enum Content {
    Banner(u8),
    /// `approximate`: bytes of the label are lost, and it can only be this one; or a note says that it is of other figures.
    Labels {
        labels: &'static [Label],
        cut_note: bool,
        fragment: bool,
        approximate: bool,
    },
    Value,
    Field,
    Unknown,
}

/// What the cell holds, apart from its place.
pub(crate) fn classify(cell: &str) -> Content {
    classify_other(cell, &mut Place::default())
}

/// What a cell holds that the form prints between labels.
#[cold]
pub(crate) fn between_labels(cell: &str) -> Content {
    banner(cell).map_or(Content::Unknown, Content::Banner)
}

/// What a cell holds that is not the label expected next.
pub(crate) fn classify_other(cell: &str, place: &mut Place) -> Content {
    if cell.len() > MAX_LABEL_BYTES {
        return Content::Unknown;
    }
    if is_unit_or_mark(cell) {
        return Content::Value;
    }
    if cell.starts_with('第') {
        let cell = unnoted(cell);
        let torn = || cell.contains(is_lost).then(|| banner(clean(cell).text())).flatten();
        if let Some(item) = banner(cell).or_else(torn) {
            return Content::Banner(item);
        }
    }
    if let Some(labels) = exact_label(cell, place) {
        return Content::Labels { labels, cut_note: false, fragment: false, approximate: false };
    }
    let (found, completed) = read_label(cell, place);
    if let Some(found) = found {
        if found.rest.is_empty() {
            let (labels, cut_note) = (found.labels, found.cut_note);
            let approximate = is_of_other_figures(cell);
            // A head of other figures is none of the form's.
            if approximate && !has_row(labels) {
                return Content::Unknown;
            }
            return Content::Labels { labels, cut_note, fragment: false, approximate };
        }
        let is_group = found.labels.iter().any(|label| matches!(label, Label::Head(Head::Group(_))));
        if is_group && let glued @ Content::Labels { .. } = classify(found.rest) {
            return glued;
        }
        // Two rows in one cell: what follows may be of either.
        if has_row(found.labels)
            && let Content::Labels { labels, cut_note, fragment, .. } = classify(trim_start(found.rest))
            && has_row(labels)
        {
            return Content::Labels { labels, cut_note, fragment, approximate: true };
        }
    }
    if let Some(labels) = completed {
        return Content::Labels { labels, cut_note: false, fragment: true, approximate: false };
    }
    if is_damaged(cell) {
        if let Some(labels) = damaged_label(cell) {
            return Content::Labels { labels, cut_note: false, fragment: false, approximate: true };
        }
        // Torn Chinese text is no figure, whatever digits it is numbered with.
        if cell.chars().filter(|c| is_ideograph(*c)).nth(1).is_some() {
            return Content::Unknown;
        }
    }
    if is_value(cell) {
        return Content::Value;
    }
    if parse_field(cell).is_some_and(|found| is_field_value(found.rest)) {
        return Content::Field;
    }
    Content::Unknown
}

/// Whether the cell is nothing but a unit, or a mark such as a dash.
#[inline]
pub(crate) fn is_unit_or_mark(cell: &str) -> bool {
    is_mark(cell) || cell.len() <= MAX_UNIT_BYTES as usize && whole_unit(cell).is_some()
}

/// Whether the line is a figure, or the number of a page: `- 5 -`, `第 5 页 共 9 页`.
#[cold]
pub(crate) fn is_page_number(line: &str) -> bool {
    let around = |c: char| "-—–·第页頁共".contains(c) || is_space(c);
    let mut letters = line.chars().filter(|c| !around(*c)).peekable();
    letters.peek().is_some() && letters.all(|c| c.is_ascii_digit())
}

fn has_row(labels: &[Label]) -> bool {
    labels.iter().any(|label| matches!(label, Label::Row(_)))
}

/// A banner without the note behind it: `第二十条第（八）项（单位：元）`.
fn unnoted(cell: &str) -> &str {
    let end = cell.rfind(['项', '項']).and_then(|at| at.checked_add('项'.len_utf8()));
    let split = end.and_then(|end| cell.split_at_checked(end));
    split.filter(|(_, note)| note.starts_with(['(', '（'])).map_or(cell, |(banner, _)| banner)
}

/// `第二十条第（一）项`, in any brackets or none: the number of the paragraph.
fn banner(cell: &str) -> Option<u8> {
    if !cell.starts_with('第') {
        return None;
    }
    let plain = cell.strip_prefix("第二十条第").or_else(|| cell.strip_prefix("第二十條第"));
    // As the form prints it.
    if let Some(letters) = plain.and_then(|number| number.strip_prefix(['(', '（']))
        && let Some(number) = letters.chars().next()
        && matches!(letters.get(number.len_utf8()..), Some(")项" | ")項" | "）项" | "）項"))
    {
        return paragraph(number);
    }
    let mut letters = unannotated(plain.unwrap_or(cell)).filter(|c| !is_space(*c));
    if plain.is_none() {
        for expected in [['第'; 2], ['二'; 2], ['十'; 2], ['条', '條'], ['第'; 2]] {
            if !letters.next().is_some_and(|c| expected.contains(&c)) {
                return None;
            }
        }
    }
    let number = letters.find(|c| !matches!(c, '(' | '（'))?;
    let rest = letters.find(|c| !matches!(c, ')' | '）'))?;
    if matches!(rest, '项' | '項') && letters.next().is_none() { paragraph(number) } else { None }
}

/// The number of a paragraph of Article 20.
fn paragraph(number: char) -> Option<u8> {
    let item = chinese_digit(number).or_else(|| digit(number)).filter(|item| (1..=9).contains(item))?;
    u8::try_from(item).ok()
}

/// The characters of a cell without pinyin annotations: `第二十條(tiáo)第(一)項(xiàng)`.
fn unannotated(cell: &str) -> impl Iterator<Item = char> {
    let mut rest = cell;
    core::iter::from_fn(move || {
        while let Some((_, behind)) = annotation(rest) {
            rest = behind;
        }
        let mut letters = rest.chars();
        let letter = letters.next();
        rest = letters.as_str();
        letter
    })
}

/// Whether a cell that is no label is to be read as a value: a figure, a mark, a unit with its annotation, or short text with a digit in it.
fn is_value(cell: &str) -> bool {
    // A line end counts for nothing: it may be one character or two.
    let short = || cell.chars().filter(|c| !is_space(*c)).nth(MAX_VALUE_CHARS).is_none();
    whole_unit(cell).is_some()
        || read_figure(cell).figure != Figure::Text
        || cell.chars().all(may_be_a_digit)
        || (has_digit(cell) && short() && !cell.contains('年') && !is_numbered(cell))
}

fn has_digit(cell: &str) -> bool {
    // A full-width one begins with this byte.
    cell.bytes().any(|byte| byte.is_ascii_digit() || byte == 0xEF) && cell.chars().any(|c| digit(c).is_some())
}

/// Whether the cell begins as a label does that is cut off: `4.保护`.
fn is_numbered(cell: &str) -> bool {
    let words = cell.trim_start_matches(|c| digit(c).is_some());
    words.len() < cell.len()
        && words.strip_prefix(['.', '．', '、']).is_some_and(|words| words.starts_with(is_ideograph))
}

/// Whether bytes of the cell are lost, or came out as characters for private use.
fn is_damaged(cell: &str) -> bool {
    // They begin with one of these bytes.
    memchr3(b'?', 0xEE, 0xEF, cell.as_bytes()).is_some()
        && cell.chars().any(|c| is_lost(c) || matches!(c, '\u{E000}'..='\u{F8FF}'))
}

const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// What may have been a digit, or be meant for one: it is never read, and keeps its place in the row.
const fn may_be_a_digit(c: char) -> bool {
    is_lost(c)
        || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{BC}'..='\u{BE}' | '\u{2070}'..='\u{209C}' | '\u{2150}'..='\u{218B}' | '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}')
}

fn is_field_value(rest: &str) -> bool {
    // 填报单位(盖章):… and 填报日期: …; a label alone is a field left empty.
    let rest = rest.trim_start_matches(|c: char| c != ':' && c != '：');
    rest.is_empty() || rest.starts_with([':', '：'])
}
