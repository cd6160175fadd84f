//! Section headings and their numbers.
//!
//! ```text
//! heading = mark* number title                       on a line of its own, or run in before "。"
//! number  = chinese+ point                           level 1    一、  三(sān)、
//!         | "第" ( chinese+ | digit+ ) ( "部分" | "章" | "节" | "条" ) point?     level 1
//!         | "(" chinese+ ")" point?                  level 2    （一）
//!         | digit+ point                             level 3    1.
//!         | "(" digit+ ")"                           level 4    （1）
//! mark    = "#"+ space | "**"                        Markdown
//! point   = "、" | "." | "．" | "," | "，" | ":" | "："
//! ```

use memchr::memchr_iter;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::satisfy;
use nom::combinator::{map_opt, not, opt};
use nom::sequence::{delimited, terminated};

use super::taxonomy::{annotations, exact_title_part, may_begin_title, parse_title_part, plain_number};
use super::{PResult, chinese_digit, digit, is_space, trim, trim_start};
use crate::form::{SectionId, TitlePart};

/// A heading read from the beginning of a line.
///
/// ```
/// use gongkai::grammar::heading::parse_heading;
///
/// let heading = parse_heading("（一）主动公开的数量。2023年，公开信息6条。").unwrap();
/// assert_eq!((heading.level, heading.ordinal, heading.title), (2, 1, "主动公开的数量"));
/// assert_eq!(heading.rest, "2023年，公开信息6条。");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Heading<'a> {
    /// 1 for `一、`, 2 for `（一）`, 3 for `1.`, 4 for `（1）`.
    pub level: u8,
    /// The number: 1 for `一、`; 0 for a heading without a number.
    pub ordinal: u32,
    /// The heading's words without number and marks.
    pub title: &'a str,
    /// What follows on the line behind a heading that is run in: `（一）公开的数量。2017年，…`.
    pub rest: &'a str,
}

/// A title of more characters than this is a paragraph that happens to begin with a number.
pub const MAX_TITLE_CHARS: usize = 60;

/// The heading that `line` begins with; `None` where it begins with no number, or with a title of more than [`MAX_TITLE_CHARS`].
///
/// ```
/// use gongkai::grammar::heading::parse_heading;
///
/// let heading = parse_heading("三、收到和处理政府信息公开申请情况").unwrap();
/// assert_eq!((heading.level, heading.ordinal, heading.title), (1, 3, "收到和处理政府信息公开申请情况"));
/// assert_eq!(parse_heading("三是落实了工作责任。"), None);
/// assert_eq!(parse_heading("2017年,全局公开信息总数为5条"), None);
/// ```
#[must_use]
#[inline]
pub fn parse_heading(line: &str) -> Option<Heading<'_>> {
    if may_be_heading(line) { numbered(line) } else { None }
}

/// Whether a heading may begin as the line does: one look at the first character spares most paragraphs the rest.
#[inline]
fn may_be_heading(line: &str) -> bool {
    match line.chars().next() {
        // Nor is a figure one, or a year: a point stands behind the digits.
        Some('0'..='9') => {
            matches!(line.bytes().find(|byte| !byte.is_ascii_digit()), Some(b'.' | b',' | b':' | 0xE3 | 0xEF))
        }
        Some('(' | '（' | '０'..='９' | '#' | '*' | '第' | '\u{feff}') => true,
        // Nor words that go on: 一是, 三类. No numeral, point or white space begins so.
        Some(first) => is_numeral(first) && !matches!(line.as_bytes(), [_, _, _, 0xE6..=0xE9, ..]),
        None => false,
    }
}

/// A heading with its number.
fn numbered(line: &str) -> Option<Heading<'_>> {
    let (body, _) = marks(line).ok()?;
    let (title, (level, ordinal)) = number(body).ok()?;
    let title = trim_start(title);
    let stop = memchr_iter(0xE3, title.as_bytes()).find_map(|at| title.get(at..)?.strip_prefix('。'));
    let (title, rest) = match stop {
        Some(rest) => (title.get(..title.len().checked_sub(rest.len().checked_add(3)?)?)?, trim(rest)),
        None => (title, ""),
    };
    let title = trim(title.strip_suffix('*').map_or(title, |title| title.trim_end_matches('*')));
    let few = title.len() <= MAX_TITLE_CHARS || title.chars().nth(MAX_TITLE_CHARS).is_none();
    let fits = !title.is_empty() && few;
    fits.then_some(Heading { level, ordinal, title, rest })
}

/// The statutory section that a heading's title names, in its official or any known wording; `None` for every other heading.
///
/// ```
/// use gongkai::form::SectionId;
/// use gongkai::grammar::heading::section_of;
///
/// assert_eq!(section_of("因政府信息公开工作被申请行政复议、提起行政诉讼情况"), Some(SectionId::ReviewLitigation));
/// assert_eq!(section_of("政務公開工作存在的主要問題及改進措施"), Some(SectionId::Problems));
/// assert_eq!(section_of("下一步工作打算"), None);
/// ```
#[must_use]
pub fn section_of(title: &str) -> Option<SectionId> {
    let mut rest = match title.as_bytes() {
        [0xE4..=0xE9, ..] => title,
        _ => title.trim_start_matches(|c| digit(c).is_some() || is_space(c)),
    };
    // One look at the first character spares most other headings the rest.
    if !may_begin_title(rest) {
        return None;
    }
    if let Some([TitlePart::Title(id)]) = exact_title_part(title) {
        return Some(*id);
    }
    let (mut review, mut litigation, mut problems) = (false, false, false);
    let mut section = None;
    while let Some(found) = parse_title_part(rest) {
        match found.labels.first() {
            Some(TitlePart::Title(id)) if section.is_none() => section = Some(*id),
            Some(TitlePart::Review) => review = true,
            Some(TitlePart::Litigation) if review => section = Some(SectionId::ReviewLitigation),
            Some(TitlePart::Litigation) => litigation = true,
            Some(TitlePart::Problems) => problems = true,
            Some(TitlePart::Improvement) if problems => section = Some(SectionId::Problems),
            Some(TitlePart::Prefix) if section.is_none() && !review => {}
            Some(TitlePart::Joint) => {}
            _ => return None,
        }
        rest = found.rest;
    }
    let over = trim(rest).is_empty() && !litigation;
    if over { section } else { None }
}

/// `mark*`
fn marks(i: &str) -> PResult<'_, ()> {
    if !matches!(i.as_bytes(), [b'#' | b'*', ..]) {
        return Ok((i, ()));
    }
    (take_while(|c| c == '#'), take_while(is_space), take_while(|c| c == '*'), take_while(is_space))
        .map(|_| ())
        .parse_complete(i)
}

/// `number`, by its first character.
fn number(i: &str) -> PResult<'_, (u8, u32)> {
    let i = trim_start(i);
    if let Some(plain) = plain_heading(i) {
        return Ok(plain);
    }
    match i.chars().next() {
        Some('第') => delimited(
            tag("第"),
            alt((chinese, decimal)),
            (alt((tag("部分"), tag("章"), tag("节"), tag("節"), tag("条"), tag("條"))), opt(point)),
        )
        .map(|n| (1, n))
        .parse_complete(i),
        Some('(' | '（') => delimited(
            satisfy(|c| matches!(c, '(' | '（')),
            alt((chinese.map(|n| (2, n)), decimal.map(|n| (4, n)))),
            (satisfy(|c| matches!(c, ')' | '）')), opt(point)),
        )
        .parse_complete(i),
        Some(c) if is_numeral(c) => terminated(chinese, (space0, point)).map(|n| (1, n)).parse_complete(i),
        Some(c) if digit(c).is_some() => terminated(decimal, (point, not(satisfy(|c| c.is_ascii_digit()))))
            .map(|n| (3, n))
            .parse_complete(i),
        _ => Err(nom::Err::Error(())),
    }
}

/// A number of one Chinese numeral as the form prints it, `一、` or `（一）`, without a detour through what else it may be.
#[inline]
fn plain_heading(i: &str) -> Option<(&str, (u8, u32))> {
    let (level, before) = match i.as_bytes() {
        [0xE4 | 0xE5, ..] => (1, 0),
        [b'(', ..] => (2, 1),
        [0xEF, ..] => (2, 3),
        _ => return None,
    };
    let rest = i.get(plain_number(i.as_bytes())..)?;
    // A point may stand behind brackets, too.
    if rest.len() == i.len() || !matches!(rest.as_bytes(), [0xE4..=0xE9, ..]) {
        return None;
    }
    // No heading has the number 〇.
    let ordinal = i.get(before..)?.chars().next().and_then(chinese_digit).filter(|ordinal| *ordinal > 0)?;
    Some((rest, (level, ordinal)))
}

fn point(i: &str) -> PResult<'_, char> {
    satisfy(|c| matches!(c, '、' | '.' | '．' | ',' | '，' | ':' | '：')).parse_complete(i)
}

fn space0(i: &str) -> PResult<'_, ()> {
    take_while(is_space).map(|_| ()).parse_complete(i)
}

/// `chinese+`: up to 99.
fn chinese(i: &str) -> PResult<'_, u32> {
    let mut letters = trim_start(i).chars();
    let (mut sum, mut count) = (0_u32, 0_u32);
    let mut rest = letters.as_str();
    while let Some(digit) = letters.next().filter(|c| is_numeral(*c)).and_then(chinese_digit) {
        sum = if digit == 10 { sum.max(1).saturating_mul(10) } else { sum.saturating_add(digit) };
        count = count.saturating_add(1);
        (rest, ()) = annotations(letters.as_str())?;
        letters = rest.chars();
    }
    if (1..=3).contains(&count) { Ok((rest, sum)) } else { Err(nom::Err::Error(())) }
}

fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// `digit+`: up to two digits.
fn decimal(i: &str) -> PResult<'_, u32> {
    map_opt(take_while1(|c| digit(c).is_some()), |digits: &str| {
        if digits.chars().count() > 2 {
            return None;
        }
        digits.chars().try_fold(0_u32, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?))
    })
    .parse_complete(i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_levels() {
        for (line, level, ordinal, title) in [
            ("一、总体情况", 1, 1, "总体情况"),
            ("十一、附则", 1, 11, "附则"),
            ("第三部分 依申请公开", 1, 3, "依申请公开"),
            ("（二）依申请公开方面", 2, 2, "依申请公开方面"),
            ("1、突出了部门职能作用。统计作为", 3, 1, "突出了部门职能作用"),
            ("(1)公开的数量", 4, 1, "公开的数量"),
            ("## 四、其他", 1, 4, "其他"),
            ("**五、存在的问题**", 1, 5, "存在的问题"),
            ("三(sān)、收到和處(chù)理", 1, 3, "收到和處(chù)理"),
            ("（二(èr)）依申请公开", 2, 2, "依申请公开"),
            ("十(shí)一(yī)、附则", 1, 11, "附则"),
        ] {
            let heading = parse_heading(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((heading.level, heading.ordinal, heading.title), (level, ordinal, title), "{line}");
        }
        for line in [
            "1.5万元",
            "(2018年3月1日)",
            "三是",
            "2016年,我区",
            "一",
            "七",
            "12345热线",
            "三(sān)是",
            "三(3)、附则",
        ] {
            assert_eq!(parse_heading(line), None, "{line}");
        }
    }

    #[test]
    fn titles() {
        use SectionId::*;
        for (title, id) in [
            ("總體情況", Overview),
            ("主动公开政府信息情况", ActiveDisclosure),
            ("2020年政府信息公开总体情况", Overview),
            ("收到和处理政府信息公开申请情况(数据准确、要素齐全)", Requests),
            ("政府信息公开行政复议、行政诉讼情况", ReviewLitigation),
            ("存在的主要问题及改进情况", Problems),
            ("政府信息公开工作存在问题和改进措施", Problems),
            ("其他需要报告的事项", OtherMatters),
        ] {
            assert_eq!(section_of(title), Some(id), "{title}");
        }
        for title in ["存在问题及工作打算", "行政复议和诉讼情况", "基本工作情况", "回应解读情况", ""]
        {
            assert_eq!(section_of(title), None, "{title}");
        }
    }
}
