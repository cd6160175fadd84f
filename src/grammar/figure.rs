//! Figures: what a value cell says.
//!
//! ```text
//! cell    = pad* ( mark | number unit? remark? ) pad*
//! number  = sign? ( digit{1,3} ( comma digit{3} )+ | digit+ ) ( point digit+ )?
//! digit   = "0".."9" | "０".."９"      comma = "," | "，"      point = "." | "．"
//! sign    = "+" | "-" | "＋" | "－" | "−"
//! remark  = "(" … ")" | "（" … "）"
//! mark    = "/" | "-" | "--" | "—" | "——" | "–" | "无" | "空" | "不涉及" | "不适用" | "N/A" | "NA" | …
//! ```
//!
//! A cell is read whole or not at all: whatever the grammar leaves over makes it [`Figure::Text`].

use arrayvec::ArrayString;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while};
use nom::character::complete::one_of;
use nom::combinator::{all_consuming, opt, verify};
use nom::{IResult, Parser};

use super::{PResult, digit, is_space, trim, trim_start};
use crate::form::{Figure, Number, Unit};
use crate::glyph::{annotation, is_read};

/// What was read from a value cell.
///
/// ```
/// use gongkai::form::{Figure, Unit};
/// use gongkai::grammar::figure::read_figure;
///
/// let reading = read_figure("12.50万元(含代收)");
/// assert_eq!((reading.unit, reading.remark), (Some(Unit::WanYuan), Some("(含代收)")));
/// let Figure::Number(number) = reading.figure else { panic!() };
/// assert_eq!((number.to_string().as_str(), number.scale()), ("12.50", 2));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Reading<'a> {
    /// The figure.
    pub figure: Figure,
    /// The unit that the cell names itself; `None` where it names none. The figure is not converted.
    pub unit: Option<Unit>,
    /// What the cell says in brackets behind its figure, brackets included: `22(其中修订16件)`.
    pub remark: Option<&'a str>,
    /// Whether the figure is a number in form, with more digits than can be kept; it is [`Figure::Text`] then.
    pub overflow: bool,
}

impl Reading<'_> {
    const fn plain(figure: Figure) -> Self {
        Self { figure, unit: None, remark: None, overflow: false }
    }
}

/// Reads a value cell. Never fails: what is no figure is [`Figure::Text`].
///
/// ```
/// use gongkai::form::Figure;
/// use gongkai::form::Unit;
/// use gongkai::grammar::figure::read_figure;
///
/// assert_eq!(read_figure("１，２３４").figure, Figure::Number(1234.into()));
/// assert_eq!(read_figure("251000元").unit, Some(Unit::Yuan));
/// assert_eq!(read_figure("22(其中修订16件)").remark, Some("(其中修订16件)"));
/// assert_eq!(read_figure("——").figure, Figure::NotApplicable);
/// assert_eq!(read_figure("\u{3000}").figure, Figure::Blank);
/// assert_eq!(read_figure("约3件").figure, Figure::Text);
/// ```
#[must_use]
pub fn read_figure(cell: &str) -> Reading<'_> {
    if let Some(number) = read_count(cell) {
        return Reading::plain(Figure::Number(number));
    }
    let cell = trim(cell);
    if cell.is_empty() {
        return Reading::plain(Figure::Blank);
    }
    if is_mark(cell) {
        return Reading::plain(Figure::NotApplicable);
    }
    let Ok((_, (sign, (digits, fraction), unit, remark))) =
        all_consuming((opt(sign), number, opt(unit), opt(remark))).parse_complete(unescaped(cell))
    else {
        return Reading::plain(Figure::Text);
    };
    if remark.is_some_and(changes_figure) {
        return Reading::plain(Figure::Text);
    }
    let figure = combine(sign.is_some_and(|sign| sign), digits, fraction);
    // 251000(元): a remark that is nothing but a unit.
    let bracketed = remark.map(|remark| remark.trim_matches(['(', '（', ')', '）', ' ']));
    let remarked = bracketed.and_then(|inner| self::unit(inner).ok()).filter(|(rest, _)| rest.is_empty());
    let (unit, remark) = match (unit, remarked) {
        (None, Some((_, unit))) => (Some(unit), None),
        _ => (unit, remark),
    };
    Reading { figure: figure.unwrap_or(Figure::Text), unit, remark, overflow: figure.is_none() }
}

/// So many digits fit 64 bits whatever they are.
pub(crate) const MAX_COUNT_DIGITS: u32 = 18;

/// The common case, a few ASCII digits, without a detour through the grammar.
#[inline]
pub(crate) fn read_count(cell: &str) -> Option<Number> {
    let digits = cell.as_bytes();
    let few = !digits.is_empty() && digits.len() <= MAX_COUNT_DIGITS as usize;
    (few && digits.iter().all(u8::is_ascii_digit)).then(|| count_of(digits))
}

/// The number that at most [`MAX_COUNT_DIGITS`] ASCII digits spell.
#[inline]
fn count_of(digits: &[u8]) -> Number {
    if let [digit] = digits {
        return digit_of(*digit);
    }
    let value =
        digits.iter().fold(0_i64, |sum, digit| sum.wrapping_mul(10).wrapping_add(i64::from(digit & 0x0F)));
    Number::from(value)
}

/// The number that one ASCII digit spells.
#[inline]
pub(crate) fn digit_of(digit: u8) -> Number {
    Number::from(i64::from(digit & 0x0F))
}

/// The longest mark, 不适用.
const MAX_MARK_BYTES: usize = 9;

/// Whether the cell says that the question does not apply.
pub(crate) fn is_mark(cell: &str) -> bool {
    if let [0xE4..=0xE9, _, _] = cell.as_bytes() {
        return matches!(cell, "无" | "無" | "空");
    }
    let may_be = matches!(
        cell.as_bytes().first(),
        Some(b'/' | b'-' | b'N' | b'n' | b'\\' | 0xE2 | 0xE4 | 0xE6 | 0xE7 | 0xEF)
    );
    may_be && (is_plain_mark(unescaped(cell)) || is_annotated_mark(cell))
}

/// A cell without the stroke by which tools keep Markdown from reading its first character as an item or a rule: `\--`, `\-3`.
fn unescaped(cell: &str) -> &str {
    match cell.as_bytes() {
        [b'\\', b'-' | b'+', ..] => cell.get(1..).unwrap_or(cell),
        _ => cell,
    }
}

fn is_plain_mark(cell: &str) -> bool {
    cell.len() <= MAX_MARK_BYTES
        && matches!(
            cell,
            "/" | "／"
                | "-"
                | "--"
                | "---"
                | "—"
                | "——"
                | "–"
                | "––"
                | "－"
                | "－－"
                | "−"
                | "―"
                | "――"
                | "─"
                | "──"
                | "无"
                | "無"
                | "空"
                | "不涉及"
                | "不适用"
                | "不適用"
                | "N/A"
                | "NA"
                | "n/a"
                | "Ｎ／Ａ"
                | "\\"
        )
}

/// `無(wú)`, `不(bù)涉及`.
fn is_annotated_mark(cell: &str) -> bool {
    // As hardly any cell.
    if !cell.starts_with(['无', '無', '不']) {
        return false;
    }
    let mut letters = ArrayString::<MAX_MARK_BYTES>::new();
    let mut rest = cell;
    while let (Some(letter), behind) = annotated_letter(rest) {
        if letters.try_push(letter).is_err() {
            return false;
        }
        rest = behind;
    }
    letters.len() < cell.len() && is_plain_mark(&letters)
}

/// No figure or unit on a line of its own is longer than this, in bytes.
pub(crate) const MAX_VALUE_BYTES: usize = 24;

/// Whether the text is digits and nothing else.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the line is a figure or a mark and nothing else, and no unit.
pub(crate) fn is_figure(line: &str) -> bool {
    !line.is_empty() && line.len() <= MAX_VALUE_BYTES && read_figure(line).figure != Figure::Text
}

/// Whether the line is digits, or a figure, a mark or a unit, and nothing else.
pub(crate) fn is_figure_or_unit(line: &str) -> bool {
    is_digits(line)
        || is_figure(line)
        || line.len() <= MAX_VALUE_BYTES && unit(line).is_ok_and(|(rest, _)| rest.is_empty())
}

pub(crate) fn combine(negative: bool, digits: &str, fraction: Option<&str>) -> Option<Figure> {
    let mut mantissa = 0_i128;
    let mut scale = 0_u32;
    for c in digits.chars().chain(fraction.unwrap_or_default().chars()) {
        if let Some(digit) = digit(c) {
            mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit))?;
        }
    }
    for c in fraction.unwrap_or_default().chars() {
        scale = scale.checked_add(u32::from(digit(c).is_some()))?;
    }
    let mantissa = if negative { mantissa.checked_neg()? } else { mantissa };
    Number::from_parts(mantissa, scale).map(Figure::Number)
}

/// `sign = "+" | "-" | …`, true for minus.
fn sign(i: &str) -> PResult<'_, bool> {
    one_of("+-＋－−").map(|c| c != '+' && c != '＋').parse_complete(i)
}

/// `number`: its digits with commas, and the digits behind the point.
pub(crate) fn number(i: &str) -> PResult<'_, (&str, Option<&str>)> {
    let (rest, digits) = take_while(|c| digit(c).is_some() || is_comma(c)).parse_complete(i)?;
    if !is_grouped(digits) {
        return Err(nom::Err::Error(()));
    }
    let (rest, fraction) =
        opt((one_of(".．"), verify(take_while(|c| digit(c).is_some()), |digits: &str| !digits.is_empty())))
            .parse_complete(rest)?;
    Ok((rest, (digits, fraction.map(|(_, digits)| digits))))
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，')
}

/// Whether commas stand before groups of exactly three digits, if there are any.
fn is_grouped(digits: &str) -> bool {
    let mut groups = digits.split(is_comma).map(|group| group.chars().count());
    let Some(first) = groups.next() else { return false };
    let mut grouped = false;
    for group in groups {
        if group != 3 {
            return false;
        }
        grouped = true;
    }
    if grouped { (1..=3).contains(&first) } else { first > 0 }
}

/// `unit`: a unit of the form, Simplified or Traditional, the longest one.
pub(crate) fn unit(i: &str) -> PResult<'_, Unit> {
    let (first, behind) = annotated_letter(trim_start(i));
    let (second, rest) = match first {
        Some('万' | '萬' | '亿' | '億' | '人') => annotated_letter(behind),
        _ => (None, behind),
    };
    match (first, second) {
        (Some('万' | '萬'), Some('元')) => Ok((rest, Unit::WanYuan)),
        (Some('亿' | '億'), Some('元')) => Ok((rest, Unit::YiYuan)),
        (Some('人'), Some('次')) => Ok((rest, Unit::RenCi)),
        (Some(letter), _) => letter_unit(letter).map(|unit| (behind, unit)).ok_or(nom::Err::Error(())),
        (None, _) => Err(nom::Err::Error(())),
    }
}

/// The unit that the whole cell is.
#[inline]
pub(crate) fn whole_unit(cell: &str) -> Option<Unit> {
    // One ideograph, as most are, has no annotation.
    if let [0xE4..=0xE9, _, _] = cell.as_bytes() {
        return cell.chars().next().and_then(letter_unit);
    }
    unit(cell).ok().filter(|(rest, _)| trim(rest).is_empty()).map(|(_, unit)| unit)
}

/// A unit of one letter.
fn letter_unit(letter: char) -> Option<Unit> {
    Some(match letter {
        '人' => Unit::Ren,
        '条' | '條' => Unit::Tiao,
        '件' => Unit::Jian,
        '次' => Unit::Ci,
        '篇' => Unit::Pian,
        '个' | '個' => Unit::Ge,
        '元' => Unit::Yuan,
        '项' | '項' => Unit::Xiang,
        '部' => Unit::Bu,
        '份' => Unit::Fen,
        '宗' => Unit::Zong,
        '例' => Unit::Li,
        '起' => Unit::Qi,
        '名' => Unit::Ming,
        '户' | '戶' => Unit::Hu,
        _ => return None,
    })
}

/// A character with its pinyin annotation, if it has one: `萬(wàn)`.
#[inline]
fn annotated_letter(i: &str) -> (Option<char>, &str) {
    let mut rest = i.chars();
    let letter = rest.next();
    let behind = rest.as_str();
    match annotation(behind) {
        Some((syllable, rest)) if letter.is_some_and(|c| is_read(c, &syllable)) => (letter, rest),
        _ => (letter, behind),
    }
}

/// `remark`: brackets with anything but brackets inside, to the end of the cell.
fn remark(i: &str) -> PResult<'_, &str> {
    let (inner, _) = take_while(is_space).parse_complete(i)?;
    let parsed: IResult<&str, _, ()> = (
        alt((tag("("), tag("（"))),
        take_while(|c| !matches!(c, '(' | ')' | '（' | '）')),
        alt((tag(")"), tag("）"))),
    )
        .parse_complete(inner);
    let (rest, _) = parsed?;
    let len = inner.len().saturating_sub(rest.len());
    Ok((rest, inner.get(..len).unwrap_or_default()))
}

/// Whether the remark makes another figure of the one before it: `12（万）`, `3（减）`, `5（更正为6）`.
fn changes_figure(remark: &str) -> bool {
    const WORDS: [&str; 24] = [
        "万", "萬", "亿", "億", "千", "百", "%", "％", "减", "減", "降", "负", "負", "约", "約", "错", "錯",
        "误", "誤", "更正", "应为", "應為", "-", "－",
    ];
    let words = remark.trim_start_matches(|c| matches!(c, '(' | '（') || is_space(c));
    let is_unit = || matches!(unit(words), Ok((rest, _)) if rest.trim_start_matches([')', '）']).is_empty());
    WORDS.iter().any(|word| words.starts_with(word)) && !is_unit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_that_makes_another_figure() {
        for cell in
            ["12（万）", "3(减)", "3（减少）", "5（更正为6）", "12(%)", "12（约）", "5（应为6）", "3(-)"]
        {
            assert_eq!(read_figure(cell).figure, Figure::Text, "{cell}");
        }
        for cell in ["12（万元）", "22(其中修订16件)", "55(含自然失效29件)", "3（较上年减少2）", "251000(元)"]
        {
            assert!(matches!(read_figure(cell).figure, Figure::Number(_)), "{cell}");
        }
    }

    #[test]
    fn marks_with_annotations() {
        for cell in ["—", "无", "無(wú)", "不(bù)涉及", "不適(shì)用"] {
            assert_eq!(read_figure(cell).figure, Figure::NotApplicable, "{cell}");
        }
        for cell in ["無(bù)", "無(", "不(bù)", "無(wú)0", "(wú)"] {
            assert_eq!(read_figure(cell).figure, Figure::Text, "{cell}");
        }
    }

    #[test]
    fn marks_that_markdown_escapes() {
        for cell in ["\\-", "\\--", "\\---", "\\"] {
            assert_eq!(read_figure(cell).figure, Figure::NotApplicable, "{cell}");
        }
        assert_eq!(read_figure("\\-3").figure, Figure::Number((-3).into()));
        assert_eq!(read_figure("\\+3").figure, Figure::Number(3.into()));
        for cell in ["\\\\-", "\\3", "\\ -", "-\\-", "\\-3\\", "\\/"] {
            assert_eq!(read_figure(cell).figure, Figure::Text, "{cell}");
        }
    }

    #[test]
    fn groups_of_three_or_none() {
        for (cell, value) in
            [("1,234", 1234), ("12，345", 12345), ("1234", 1234), ("００７", 7), ("-3", -3), ("+5", 5)]
        {
            assert_eq!(read_figure(cell).figure, Figure::Number(value.into()), "{cell}");
        }
        for cell in
            ["1,23", "12,3456", ",123", "1,,234", "1 2", "3+1", "①", "Ⅲ", "3?", "1.", ".5", "1.2.3", "二"]
        {
            assert_eq!(read_figure(cell).figure, Figure::Text, "{cell}");
        }
    }

    #[test]
    fn scale_and_overflow() {
        let Figure::Number(number) = read_figure("26,370.9284万元").figure else { panic!() };
        assert_eq!(number.to_string(), "26370.9284");
        let most = "9999999999999999999999999999";
        assert!(matches!(read_figure(most).figure, Figure::Number(number) if number.to_string() == most));
        for longer in [
            "10000000000000000000000000000",
            "1234567890123456789012345678.9",
            "12345678901234567890123456789012345",
        ] {
            let reading = read_figure(longer);
            assert_eq!((reading.figure, reading.overflow), (Figure::Text, true), "{longer}");
        }
    }

    #[test]
    fn every_unit_reads() {
        for &wanted in Unit::ALL {
            assert_eq!(unit(wanted.label()), Ok(("", wanted)), "{wanted}");
        }
    }

    #[test]
    fn units_take_the_longest() {
        assert_eq!(read_figure("5人次").unit, Some(Unit::RenCi));
        assert_eq!(read_figure("5萬元").unit, Some(Unit::WanYuan));
        assert_eq!(read_figure("5 条").unit, Some(Unit::Tiao));
        assert_eq!(read_figure("5.0萬(wàn)元").unit, Some(Unit::WanYuan));
        assert_eq!(read_figure("5萬(wàn)").figure, Figure::Text);
        assert_eq!(read_figure("5条(tāo)").remark, Some("(tāo)"));
    }
}
