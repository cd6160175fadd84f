//! Notes in brackets behind labels and heads, which matching skips: a unit, or words that make other figures of those below.
//!
//! | note | says |
//! | --- | --- |
//! | `本年收费金额（单位：万元）`, `行政事业性收费（元）` | a unit |
//! | `单位：元`, on a line above the table | the same |
//! | `1.当面申请数（上年）`, `本年制发件数（累计）` | other figures than the form asks for |

use std::sync::LazyLock;

use super::figure::unit;
use super::{is_space, trim};
use crate::form::Unit;
use crate::glyph::{Cleaner, Ideographs, annotation, canonical};

/// The unit that a head names in a note of its own: `本年收费金额（单位：万元）`, `[单位:元]`, `(以万元为单位)`.
///
/// `None` where no note speaks of a unit; `Some(None)` where one does and names none that is known.
pub(crate) fn noted_unit(head: &str) -> Option<Option<Unit>> {
    // As the form prints it.
    let plain = PRINTED_NOTES.iter().find_map(|note| head.strip_suffix(note));
    if plain.is_some_and(is_bare) {
        return Some(Some(Unit::WanYuan));
    }
    if !head.contains(OPENING) {
        return None;
    }
    let mut speaks = None;
    // (單(dān)位:萬(wàn)元)
    for note in Cleaner::new().simplify(false).clean(head).text().split(OPENING).skip(1) {
        match stated_unit(note.split(CLOSING).next().unwrap_or_default()) {
            Some(Some(unit)) => return Some(Some(unit)),
            found => speaks = speaks.or(found),
        }
    }
    speaks
}

/// Whether a label ends in a note, an ideograph before its bracket: in an annotation there is none.
#[inline]
pub(crate) fn ends_in_note(label: &str) -> bool {
    // As nearly all end.
    !matches!(label.as_bytes(), [.., 0xE4..=0xE9, _, _]) && up_to_note(label).is_some()
}

/// The label up to the bracket of the note that it ends in, without a colon behind it.
fn up_to_note(label: &str) -> Option<&str> {
    let label = label.trim_end_matches(|c| is_space(c) || matches!(c, ':' | '：'));
    let note = trim(label.strip_suffix(CLOSING)?);
    matches!(note.as_bytes(), [.., 0xE4..=0xE9, _, _]).then_some(label)
}

/// The unit that the label of a row names in a note behind it: `行政事业性收费（元）`. The notes of the form are longer.
pub(crate) fn unit_of_label(label: &str) -> Option<Option<Unit>> {
    let label = up_to_note(label)?;
    let mut depth = 0_u32;
    // How many ideographs stand in the brackets that end the label; annotations have none, and brackets of their own.
    let mut letters = 0;
    for c in label.chars().rev() {
        match c {
            // As most.
            '\u{4E00}'..='\u{9FFF}' if depth > 0 && letters <= MAX_UNIT_LETTERS => {
                letters = letters.saturating_add(1);
            }
            _ if CLOSING.contains(&c) => depth = depth.saturating_add(1),
            _ if depth == 0 || letters > MAX_UNIT_LETTERS => return None,
            _ if OPENING.contains(&c) && depth == 1 => break,
            _ if OPENING.contains(&c) => depth = depth.saturating_sub(1),
            _ => letters = usize::from(c >= '\u{3400}').saturating_add(letters),
        }
    }
    if (1..=MAX_UNIT_LETTERS).contains(&letters) { noted_unit(label) } else { None }
}

/// Whether a line may state a unit: it is short, and begins with 单, 單, 金, 计 or a bracket.
#[inline]
pub(crate) const fn may_be_caption(line: &str) -> bool {
    line.len() <= MAX_CAPTION_BYTES
        && matches!(
            line.as_bytes(),
            [b'(' | b'[' | b' ' | 0xE3 | 0xEF, ..]
                | [0xE5, 0x8D | 0x96, ..]
                | [0xE8, 0xAE | 0xA8, ..]
                | [0xE9, 0x87, ..]
        )
}

/// The unit that a line states for the table below it: `单位：元`, `（单位：万元）`.
pub(crate) fn unit_of_caption(line: &str) -> Option<Option<Unit>> {
    if !may_be_caption(line) {
        return None;
    }
    let around = |c| is_space(c) || OPENING.contains(&c) || CLOSING.contains(&c);
    let note = line.trim_start_matches(around);
    let note = note.strip_prefix("金额").or_else(|| note.strip_prefix("金額")).unwrap_or(note);
    if note.starts_with("单位") || note.starts_with("單位") || note.starts_with("计量单位") {
        stated_unit(note.trim_end_matches(around)).filter(Option::is_some)
    } else {
        None
    }
}

/// The unit that a note states: `单位：万元`, `元`, `以万元为单位`.
fn stated_unit(note: &str) -> Option<Option<Unit>> {
    let bare = trim(note)
        .trim_start_matches(|c| is_space(c) || "金额额计計量以单單位为為:：".contains(c))
        .trim_start_matches("人民币")
        .trim_start_matches("人民幣")
        .trim_end_matches(|c| is_space(c) || "位单單为為".contains(c));
    match unit(bare) {
        Ok(("", unit)) => Some(Some(unit)),
        _ if note.contains(['元', '单', '單']) => Some(None),
        _ => None,
    }
}

/// Whether a note of the label or head, or its own words, say that what it names is not what the form asks for: the figures of
/// another year, or of several, a change, a part.
pub(crate) fn is_of_other_figures(label: &str) -> bool {
    let notes = label.split(OPENING).skip(1);
    notes.map(|note| note.split(CLOSING).next().unwrap_or_default()).any(is_other)
}

/// Whether the words are of other figures than the form's.
pub(crate) fn is_other(words: &str) -> bool {
    let mut rest = words.chars();
    while let Some(first) = rest.next() {
        if !may_begin_other(first) {
            continue;
        }
        let first = canonical(first);
        let letters = || rest.clone().filter(|c| !is_space(*c)).map(canonical);
        let begins = |word: &&str| {
            let mut word = word.chars();
            word.next() == Some(first)
                && word.all({
                    let mut letters = letters();
                    move |c| letters.next() == Some(c)
                })
        };
        if OTHER.iter().any(begins) {
            return true;
        }
    }
    false
}

/// Whether one of these words begins with the letter, in any script.
fn may_begin_other(letter: char) -> bool {
    OTHER_BEGINNINGS.has(letter).unwrap_or_else(|| !letter.is_ascii())
}

static OTHER_BEGINNINGS: LazyLock<Ideographs> =
    LazyLock::new(|| Ideographs::of(|c| OTHER.iter().any(|word| word.starts_with(canonical(c)))));

/// Words of other years, several years, changes, parts.
const OTHER: [&str; 21] = [
    "上年",
    "去年",
    "上一年",
    "历年",
    "累计",
    "同期",
    "同比",
    "环比",
    "增长",
    "增幅",
    "占比",
    "不含",
    "预算",
    "计划",
    "编号",
    "代码",
    "区级",
    "市级",
    "县级",
    "乡镇",
    "街道",
];

const OPENING: [char; 6] = ['(', '（', '[', '［', '【', '〔'];
const CLOSING: [char; 6] = [')', '）', ']', '］', '】', '〕'];

/// No line that states a unit is longer, in bytes: （金额单位：人民币万元）.
const MAX_CAPTION_BYTES: usize = 40;
/// No note of a unit has more letters: 单位：人民币万元.
const MAX_UNIT_LETTERS: usize = 9;

/// The unit of amounts in the official head.
const PRINTED_NOTES: [&str; 4] = ["（单位：万元）", "(单位:万元)", "(單位:萬元)", "（單位：萬元）"];

/// Whether the head has no note, but for annotations.
fn is_bare(head: &str) -> bool {
    let noted = |(at, _)| head.get(at..).and_then(annotation).is_none();
    !head.contains(['（', '[', '［', '【', '〔']) && !head.match_indices('(').any(noted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_figures_in_any_script() {
        // Traditional, Japanese, and compatibility ideographs.
        for words in
            ["上年", "歷年", "暦年", "歴年", "\u{F94F}計", "縣級", "県級", "增幅", "増幅", "\u{F967}含"]
        {
            assert!(is_other(words), "{words}");
        }
        assert!(!is_other("含自然人"));
    }

    #[test]
    fn units_of_labels_and_captions() {
        for (label, wanted) in [
            ("行政事业性收费（元）", Some(Some(Unit::Yuan))),
            ("行政事业性收费(元 )", Some(Some(Unit::Yuan))),
            ("行政事业性收费（元　）：", Some(Some(Unit::Yuan))),
            ("行政事业性收费[元]", Some(Some(Unit::Yuan))),
            ("行政事业性收费【单位：元】", Some(Some(Unit::Yuan))),
            ("七、依申请公开信息收取的费用(单位:万元)", Some(Some(Unit::WanYuan))),
            ("（一）收到申请数（件）", Some(Some(Unit::Jian))),
            ("（四）政府信息公开专项经费（单位：美元）", Some(None)),
            ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", None),
            ("1.专职人员数（不包括政府公报及政府网站工作人员数）", None),
            ("行政事业性收费", None),
        ] {
            assert_eq!(unit_of_label(label), wanted, "{label}");
        }
        for (line, wanted) in [
            ("单位：元", Some(Some(Unit::Yuan))),
            ("（金额单位：人民币万元）", Some(Some(Unit::WanYuan))),
            ("單位:萬元", Some(Some(Unit::WanYuan))),
            ("单位：某某市财政局", None),
            ("单位负责人：张三", None),
            ("填报单位：某某局", None),
        ] {
            assert_eq!(unit_of_caption(line), wanted, "{line}");
        }
    }

    #[test]
    fn notes_of_other_figures() {
        for label in
            ["1.当面申请数（上年）", "本年制发件数（累计）", "现行有效件数(歷年累計)", "总计（不含自然人）"]
        {
            assert!(is_of_other_figures(label), "{label}");
        }
        for label in [
            "1.当面申请数",
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            "1.专职人员数（不包括政府公报及政府网站工作人员数）",
            "本年收费金额（单位：万元）",
            "上年结转政府信息公开申请数量",
            "区(qū)级",
        ] {
            assert!(!is_of_other_figures(label), "{label}");
        }
    }
}
