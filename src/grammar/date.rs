//! Days and years.
//!
//! ```text
//! day     = ( year "年" )? month "月" day ( "日" | "号" )?
//!         | year sep month sep day                          sep = "-" | "/" | "."
//! year    = digit{4} | chinese{4}                           二〇一八
//! month   = digit{1,2} | chinese+                           十二
//! period  = day "起"? ( "至" | "到" | "-" | "—" | "~" ) day   the second may lack its year
//! ```

use core::fmt;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_while1;
use nom::character::complete::{char, one_of};
use nom::combinator::{map_opt, opt};
use nom::sequence::{preceded, terminated};

use super::{PResult, chinese_digit, digit, trim_start};

/// A day as printed; the year may be absent (`填报日期: 年1月11日`), which is never guessed.
///
/// ```
/// let (date, _) = gongkai::grammar::date::parse_date("2024年1月18日").unwrap();
/// assert_eq!((date.year, date.month, date.day), (Some(2024), 1, 18));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    /// The year, 1990 to 2099; `None` where it is not printed.
    pub year: Option<u16>,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31, whatever the month: 2月30日 is read as it is printed.
    pub day: u8,
}

impl fmt::Display for Date {
    /// `2018-03-01`; without a year `--01-11`, as in ISO 8601.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}-{:02}-{:02}", self.month, self.day),
            None => write!(f, "--{:02}-{:02}", self.month, self.day),
        }
    }
}

/// The day that `text` begins with, and what follows it; `None` where it begins with none.
///
/// ```
/// use gongkai::grammar::date::parse_date;
///
/// let (date, rest) = parse_date("二〇一八年三月一日印发").unwrap();
/// assert_eq!((date.to_string().as_str(), rest), ("2018-03-01", "印发"));
/// assert_eq!(parse_date("年1月11日").unwrap().0.year, None);
/// assert_eq!(parse_date("2018年度"), None);
/// ```
#[must_use]
pub fn parse_date(text: &str) -> Option<(Date, &str)> {
    date(text).ok().map(|(rest, date)| (date, rest))
}

/// The span of time that `text` begins with, its first and last day, and what follows: `2020年1月1日起至2020年12月31日`. A last day without
/// a year has that of the first. `None` where `text` begins with no two days.
///
/// ```
/// use gongkai::grammar::date::parse_period;
///
/// let (from, to, _) = parse_period("2023年1月1日至12月31日。").unwrap();
/// assert_eq!((from.to_string(), to.to_string()), ("2023-01-01".into(), "2023-12-31".into()));
/// ```
#[must_use]
pub fn parse_period(text: &str) -> Option<(Date, Date, &str)> {
    let (rest, from) = date(text).ok()?;
    let (rest, _) = joint(rest).ok()?;
    let (rest, to) = date(rest).ok()?;
    Some((from, Date { year: to.year.or(from.year), ..to }, rest))
}

/// The year from 1990 to 2099 that `text` begins with, before `年`, and what follows.
pub(crate) fn parse_year(text: &str) -> Option<(u16, &str)> {
    terminated(year, (space0, char('年'))).parse_complete(text).ok().map(|(rest, year)| (year, rest))
}

/// `day`
fn date(i: &str) -> PResult<'_, Date> {
    let spelled = (
        opt(year),
        preceded((space0, opt(char('年')), space0), month),
        preceded((space0, char('月'), space0), day_of_month),
        opt((space0, one_of("日号號"))),
    )
        .map(|(year, month, day, _)| Date { year, month, day });
    let dashed = (year, one_of("-/.－"), month, one_of("-/.－"), day_of_month)
        .map(|(year, _, month, _, day)| Date { year: Some(year), month, day });
    alt((spelled, dashed)).parse_complete(i)
}

/// `"起"? "至"`
fn joint(i: &str) -> PResult<'_, ()> {
    let until = (space0, opt(alt((char('起'), char('始')))), space0, one_of("至到-—－~～―–"), space0);
    terminated(until, opt(char('—'))).map(|_| ()).parse_complete(i)
}

fn space0(i: &str) -> PResult<'_, ()> {
    Ok((trim_start(i), ()))
}

/// `year`
fn year(i: &str) -> PResult<'_, u16> {
    let in_range = |year: u32| u16::try_from(year).ok().filter(|year| (1990..2100).contains(year));
    if let Some((rest, 4, year)) = ascii_number(i) {
        return in_range(year).map(|year| (rest, year)).ok_or(nom::Err::Error(()));
    }
    let digits = map_opt(take_while1(|c| digit(c).is_some()), |digits: &str| decimal(digits, 4, digit));
    let chinese = map_opt(take_while1(is_numeral), |digits: &str| decimal(digits, 4, chinese_digit));
    map_opt(alt((digits, chinese)), in_range).parse_complete(i)
}

/// `month`
fn month(i: &str) -> PResult<'_, u8> {
    small_number(i, 12)
}

fn day_of_month(i: &str) -> PResult<'_, u8> {
    small_number(i, 31)
}

fn small_number(i: &str, most: u32) -> PResult<'_, u8> {
    let in_range = |n: u32| u8::try_from(n).ok().filter(|_| (1..=most).contains(&n));
    if let Some((rest, 1 | 2, n)) = ascii_number(i) {
        return in_range(n).map(|n| (rest, n)).ok_or(nom::Err::Error(()));
    }
    let digits = map_opt(take_while1(|c| digit(c).is_some()), |digits: &str| {
        decimal(digits, 2, digit).or_else(|| decimal(digits, 1, digit))
    });
    let chinese = map_opt(take_while1(is_numeral), tens);
    map_opt(alt((digits, chinese)), in_range).parse_complete(i)
}

/// The number of ASCII digits that `i` begins with, as most do, and how many they are; `None` where there are more than four,
/// or full-width ones follow.
#[inline]
fn ascii_number(i: &str) -> Option<(&str, usize, u32)> {
    let digits = i.bytes().take_while(u8::is_ascii_digit).take(5);
    let (len, number) = digits.fold((0_usize, 0_u32), |(len, number), digit| {
        let value = u32::from(digit.wrapping_sub(b'0'));
        (len.saturating_add(1), number.saturating_mul(10).saturating_add(value))
    });
    let rest = i.get(len..).filter(|rest| len <= 4 && rest.as_bytes().first() != Some(&0xEF))?;
    Some((rest, len, number))
}

fn is_numeral(c: char) -> bool {
    c != 'O' && c != 'Ｏ' && chinese_digit(c).is_some()
}

/// The number that exactly `len` digits spell, place by place.
fn decimal(digits: &str, len: usize, value: impl Fn(char) -> Option<u32>) -> Option<u32> {
    if digits.chars().count() != len {
        return None;
    }
    digits.chars().try_fold(0_u32, |sum, c| {
        let digit = value(c).filter(|&digit| digit < 10)?;
        sum.checked_mul(10)?.checked_add(digit)
    })
}

/// `三`, `十`, `十二`, `二十`, `三十一`
fn tens(digits: &str) -> Option<u32> {
    let mut sum = 0_u32;
    for c in digits.chars() {
        match chinese_digit(c)? {
            10 if sum == 0 => sum = 10,
            10 if sum < 10 => sum = sum.checked_mul(10)?,
            10 => return None,
            digit if sum.is_multiple_of(10) => sum = sum.checked_add(digit)?,
            _ => return None,
        }
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        for (text, date) in [
            ("2021年1月19日", "2021-01-19"),
            ("2021 年 12 月 9 日", "2021-12-09"),
            ("2021-01-19", "2021-01-19"),
            ("２０２１年１月１９日", "2021-01-19"),
            ("二○一七年十二月三十一日", "2017-12-31"),
            (" 年1月11日", "--01-11"),
        ] {
            assert_eq!(parse_date(text).map(|(date, _)| date.to_string()).as_deref(), Some(date), "{text}");
        }
        for text in ["2021年13月1日", "2021年1月32日", "2021年", "1月", "12345"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
