//! Quantities as prose states them.
//!
//! ```text
//! quantity = ( decimal large? | chinese ) ( more large? )?
//! decimal  = number                                      as in a cell: 1,234  12.5  １２
//! chinese  = section ( "亿" section? )? ( "万" section? )?  三  十二  一百零五  两千  三万五千
//! section  = digit? "千" …                               〇 and 零 only where a place is skipped
//! large    = "万" | "亿"                                  but 万元 and 亿元 are units
//! more     = "余" | "多" | "来"                           10余万
//! ```
//!
//! What can be read in two ways is no quantity: 两三 (two or three), 一百五 (150, not 105).

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_while1;
use nom::character::complete::{one_of, satisfy};
use nom::combinator::{map_opt, opt};
use nom::sequence::preceded;

use super::{PResult, chinese_digit, figure};
use crate::form::{Figure, Number};
use crate::glyph::canonical;

/// How exactly a quantity is stated.
///
/// ```
/// use gongkai::grammar::numeral::{Exactness, parse_quantity};
///
/// let exactness = |text| parse_quantity(text).unwrap().0.exactness;
/// assert_eq!(exactness("一百零五件"), Exactness::Exact);
/// assert_eq!(exactness("1.2万条"), Exactness::Rounded);
/// assert_eq!(exactness("20余件"), Exactness::Approximate);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Exactness {
    /// To the unit: `105`, 一百零五.
    Exact,
    /// In ten thousands or hundred millions, the rest may be dropped: `1.2万`.
    Rounded,
    /// Said to be so: 约 20, 20余, 近百.
    Approximate,
}

/// A quantity read from prose.
///
/// ```
/// use gongkai::grammar::numeral::parse_quantity;
///
/// let (quantity, rest) = parse_quantity("10余万条").unwrap();
/// assert_eq!((quantity.value, rest), (100_000.into(), "条"));
/// // 万元 is a unit, and the number is kept as it is printed.
/// let (quantity, rest) = parse_quantity("3.5万元").unwrap();
/// assert_eq!((quantity.value.to_string().as_str(), rest), ("3.5", "万元"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Quantity {
    /// The number stated.
    pub value: Number,
    /// How exactly.
    pub exactness: Exactness,
}

/// A longer run of Chinese numerals spells no number of this grammar.
const MAX_NUMERAL_CHARS: usize = 24;

/// The quantity that `text` begins with, and what follows it; `None` where it begins with none, or with what can be read in two
/// ways.
///
/// ```
/// use gongkai::grammar::numeral::{Exactness, parse_quantity};
///
/// let (quantity, rest) = parse_quantity("一百零五件").unwrap();
/// assert_eq!((quantity.value, quantity.exactness, rest), (105.into(), Exactness::Exact, "件"));
/// let (quantity, rest) = parse_quantity("1.2万余条").unwrap();
/// assert_eq!((quantity.value, quantity.exactness, rest), (12_000.into(), Exactness::Approximate, "条"));
/// assert_eq!(parse_quantity("两三件"), None);
/// ```
#[must_use]
pub fn parse_quantity(text: &str) -> Option<(Quantity, &str)> {
    quantity(text).ok().map(|(rest, quantity)| (quantity, rest))
}

/// `quantity`
fn quantity(i: &str) -> PResult<'_, Quantity> {
    let (rest, (value, rounded)) = alt((decimal, chinese.map(|value| (value, false)))).parse_complete(i)?;
    let exactness = if rounded { Exactness::Rounded } else { Exactness::Exact };
    let Ok((rest, power)) = more(rest) else { return Ok((rest, Quantity { value, exactness })) };
    let value = value.checked_shift(power).ok_or(nom::Err::Error(()))?;
    Ok((rest, Quantity { value, exactness: Exactness::Approximate }))
}

/// `decimal ( "万" | "亿" )?`, and whether it was rounded; 万元 is a unit, not a number.
fn decimal(i: &str) -> PResult<'_, (Number, bool)> {
    map_opt((figure::number, opt(large)), |((digits, fraction), large)| {
        let Figure::Number(number) = figure::combine(false, digits, fraction)? else { return None };
        let power = large.unwrap_or(0);
        Some((number.checked_shift(power)?, power > 0))
    })
    .parse_complete(i)
}

/// 万 or 亿 as a power of ten, unless money follows.
fn large(i: &str) -> PResult<'_, u32> {
    let (rest, power) =
        one_of("万萬亿億").map(|c| if canonical(c) == '万' { 4 } else { 8 }).parse_complete(i)?;
    if rest.starts_with('元') { Err(nom::Err::Error(())) } else { Ok((rest, power)) }
}

/// `more`, and the power of ten behind it: 10余万.
fn more(i: &str) -> PResult<'_, u32> {
    preceded(satisfy(is_more), opt(large)).map(Option::unwrap_or_default).parse_complete(i)
}

/// The character of `more`.
pub(crate) fn is_more(c: char) -> bool {
    matches!(c, '余' | '餘' | '多' | '来' | '來')
}

/// `chinese`
fn chinese(i: &str) -> PResult<'_, Number> {
    let (rest, run) = take_while1(is_numeral).parse_complete(i)?;
    // 三万元: the unit takes its 万.
    let money = rest.starts_with('元') && run.ends_with(['万', '萬', '亿', '億']);
    let last = run.chars().next_back().filter(|_| money).map_or(0, char::len_utf8);
    let run = run.get(..run.len().saturating_sub(last)).unwrap_or_default();
    let value = spell(run).ok_or(nom::Err::Error(()))?;
    Ok((i.get(run.len()..).unwrap_or_default(), Number::from(value)))
}

/// Whether `c` can be part of a Chinese numeral.
pub(crate) fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '两'
            | '兩'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '萬'
            | '亿'
            | '億'
    )
}

/// The number that a run of Chinese numerals spells.
fn spell(run: &str) -> Option<i64> {
    if run.is_empty() || run.chars().nth(MAX_NUMERAL_CHARS).is_some() {
        return None;
    }
    if run.chars().count() == 1 && chinese_digit(run.chars().next()?) == Some(0) {
        return Some(0);
    }
    // `above` is what stands before the last 万 or 亿, `section` what follows, `place` the last place filled.
    let (mut total, mut section, mut digit) = (0_i64, 0_i64, None::<i64>);
    let (mut place, mut large, mut skipped) = (i64::MAX, i64::MAX, false);
    for c in run.chars().map(canonical) {
        let power = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            '亿' => 100_000_000,
            '〇' | '零' => {
                if digit.is_some() || skipped {
                    return None;
                }
                skipped = true;
                continue;
            }
            _ => {
                let value = if c == '两' { 2 } else { i64::from(chinese_digit(c)?) };
                if digit.replace(value).is_some() {
                    return None;
                }
                continue;
            }
        };
        if power < 10_000 {
            // 十二 begins with its 十; 一百十二 is said as well.
            let value = match digit.take() {
                Some(value) => value,
                None if power == 10 => 1,
                None => return None,
            };
            if power >= place {
                return None;
            }
            section = section.checked_add(value.checked_mul(power)?)?;
            place = power;
        } else {
            section = section.checked_add(ones(digit.take(), place, skipped)?)?;
            if section == 0 || power >= large {
                return None;
            }
            total = total.checked_add(section.checked_mul(power)?)?;
            (section, place, large) = (0, power, power);
        }
        skipped = false;
    }
    if skipped && digit.is_none() {
        return None;
    }
    total.checked_add(section)?.checked_add(ones(digit, place, skipped)?)
}

/// The ones of a section: behind 百, 千 and 万 they need 零, or they would be tens, hundreds, thousands (一百五).
fn ones(digit: Option<i64>, place: i64, skipped: bool) -> Option<i64> {
    match digit {
        None => Some(0),
        Some(digit) if place == 10 || place == i64::MAX || skipped => Some(digit),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        for (text, value) in [
            ("三", 3),
            ("两", 2),
            ("〇", 0),
            ("零", 0),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("一百零五", 105),
            ("一百一十", 110),
            ("兩千", 2_000),
            ("三万五千", 35_000),
            ("一万零三", 10_003),
            ("三千零二十萬", 30_200_000),
            ("一亿零五", 100_000_005),
        ] {
            let (quantity, rest) = parse_quantity(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((quantity.value, rest), (value.into(), ""), "{text}");
            assert_eq!(quantity.exactness, Exactness::Exact, "{text}");
        }
        for text in ["两三", "一百五", "三千五", "百", "零五零", "万", "二〇二三", "余", "", "一百零", "十百"]
        {
            assert_eq!(parse_quantity(text), None, "{text}");
        }
    }

    #[test]
    fn money_keeps_its_unit() {
        assert_eq!(parse_quantity("1.2万元").unwrap().1, "万元");
        assert_eq!(
            parse_quantity("三万元").unwrap(),
            (Quantity { value: 3.into(), exactness: Exactness::Exact }, "万元")
        );
        let (rounded, _) = parse_quantity("1.25亿").unwrap();
        assert_eq!((rounded.value, rounded.exactness), (125_000_000.into(), Exactness::Rounded));
    }
}
