//! What a cell of a form holds: figures, and the five states a cell can be in.

use core::fmt;

use rust_decimal::Decimal;

use super::unit::Unit;
use crate::span::Span;

/// An exact decimal number with the scale it was printed with.
///
/// At most 28 significant digits; a longer figure is [`Figure::Text`] with the diagnostic `figure-overflow`.
///
/// ```
/// let report = gongkai::parse("六、举报投诉数量 | 件 | 12 |\n七、依申请公开信息收取的费用 | 万元 | 3.50 |\n")?;
/// let form = report.form().unwrap();
/// let fees = form.get(gongkai::form::Indicator::Fees).unwrap();
/// let number = fees.number().unwrap();
/// assert_eq!(number.to_string(), "3.50");
/// assert_eq!((number.scale(), number.to_i64()), (2, None));
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Decimal);

impl Number {
    /// How many digits stood behind the decimal point.
    #[must_use]
    pub const fn scale(self) -> u32 {
        self.0.scale()
    }

    /// Whether it is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// The whole number; `None` where it has a fraction or does not fit.
    ///
    /// ```
    /// use gongkai::Figure;
    /// use gongkai::grammar::figure::read_figure;
    ///
    /// let whole = |cell| match read_figure(cell).figure {
    ///     Figure::Number(number) => number.to_i64(),
    ///     _ => None,
    /// };
    /// assert_eq!((whole("12.00"), whole("12.50")), (Some(12), None));
    /// ```
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        if self.0.fract().is_zero() { i64::try_from(self.0).ok() } else { None }
    }

    /// The exact sum, with the longer of the two scales; `None` where it takes more than 28 digits.
    ///
    /// ```
    /// use gongkai::Number;
    /// assert_eq!(Number::from(3).checked_add(5.into()), Some(Number::from(8)));
    /// ```
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.scale().max(other.scale());
        Self::from_parts(self.mantissa_at(scale)?.checked_add(other.mantissa_at(scale)?)?, scale)
    }

    /// The exact difference; `None` where it takes more than 28 digits.
    ///
    /// ```
    /// use gongkai::Number;
    /// assert_eq!(Number::from(3).checked_sub(5.into()), Some(Number::from(-2)));
    /// ```
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let scale = self.scale().max(other.scale());
        Self::from_parts(self.mantissa_at(scale)?.checked_sub(other.mantissa_at(scale)?)?, scale)
    }

    /// The number times ten to the power of `power`, without zeros behind its point that it does not need.
    pub(crate) fn checked_shift(self, power: u32) -> Option<Self> {
        let scale = self.scale().saturating_sub(power);
        let zeros = power.checked_add(scale)?.checked_sub(self.scale())?;
        Self::from_parts(self.0.mantissa().checked_mul(10_i128.checked_pow(zeros)?)?, scale)
    }

    fn mantissa_at(self, scale: u32) -> Option<i128> {
        let zeros = scale.checked_sub(self.scale())?;
        self.0.mantissa().checked_mul(10_i128.checked_pow(zeros)?)
    }

    /// The same number as a [`Decimal`] of the `rust_decimal` crate; behind the feature `decimal`.
    #[cfg(feature = "decimal")]
    #[must_use]
    pub const fn to_decimal(self) -> Decimal {
        self.0
    }

    /// All its digits as a whole number, and its scale.
    pub(crate) const fn parts(self) -> (i128, u32) {
        (self.0.mantissa(), self.0.scale())
    }

    pub(crate) fn is_whole(self) -> bool {
        self.0.fract().is_zero()
    }

    pub(crate) fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// `mantissa` divided by ten to the power of `scale`; `None` where that takes more than 28 digits.
    pub(crate) fn from_parts(mantissa: i128, scale: u32) -> Option<Self> {
        /// The first number of 29 digits; some of these fit into a decimal, others do not.
        const TOO_LARGE: u128 = 10_u128.pow(28);
        let fits = mantissa.unsigned_abs() < TOO_LARGE;
        fits.then(|| Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(Self)).flatten()
    }
}

impl From<i64> for Number {
    #[inline]
    fn from(value: i64) -> Self {
        Self(Decimal::from(value))
    }
}

/// As it is, of 29 digits too, which no figure that is read has.
#[cfg(feature = "decimal")]
impl From<Decimal> for Number {
    fn from(value: Decimal) -> Self {
        Self(value)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// What the source shows in the place of a cell.
///
/// | the source shows | figure |
/// | --- | --- |
/// | `0`, `1,234`, `１２`, `12.50`, `251000元`, `-3`, `+5` | [`Number`](Self::Number) |
/// | an empty cell, a no-break or ideographic space | [`Blank`](Self::Blank) |
/// | `—`, `——`, `/`, `无`, `不适用` | [`NotApplicable`](Self::NotApplicable) |
/// | no such cell | [`Missing`](Self::Missing) |
/// | anything else: `约3件`, `3+1` | [`Text`](Self::Text), with a diagnostic |
///
/// ```
/// use gongkai::Figure;
/// use gongkai::form::Indicator;
///
/// let report = gongkai::parse("六、举报投诉数量 | 件 |\n|\n七、依申请公开信息收取的费用 | 万元 | —— |\n")?;
/// let form = report.form().unwrap();
/// let figure = |indicator: Indicator| form.get(indicator).unwrap().figure();
/// assert_eq!(figure(Indicator::Complaints), Figure::Blank);
/// assert_eq!(figure(Indicator::Fees), Figure::NotApplicable);
/// assert_eq!(figure(Indicator::Reviews).state(), "missing");
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Figure {
    /// An exact number.
    Number(Number),
    /// A cell with nothing in it. Never silently zero.
    Blank,
    /// A mark that says the question does not apply.
    NotApplicable,
    /// The source has no such cell, or its place is in doubt; a diagnostic says which.
    Missing,
    /// Text that is no figure; a diagnostic names the cell.
    Text,
}

impl Figure {
    /// The state in exports: `number`, `blank`, `not_applicable`, `missing`, `text`.
    #[must_use]
    pub const fn state(self) -> &'static str {
        match self {
            Self::Number(_) => "number",
            Self::Blank => "blank",
            Self::NotApplicable => "not_applicable",
            Self::Missing => "missing",
            Self::Text => "text",
        }
    }
}

/// One cell of a form: its figure, its unit, and where it stands in the text.
///
/// ```
/// use gongkai::form::{Indicator, Unit};
///
/// let report = gongkai::parse("六、举报投诉数量 | 件 | 12 |\n")?;
/// let cell = *report.form().unwrap().get(Indicator::Complaints).unwrap();
/// assert_eq!((cell.number(), cell.unit()), (Some(12.into()), Some(Unit::Jian)));
/// assert_eq!(report.text(cell.span().unwrap()), "12");
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cell {
    figure: Figure,
    span: Span,
    unit: Option<Unit>,
}

impl Cell {
    pub(crate) const fn new(figure: Figure, span: Span, unit: Option<Unit>) -> Self {
        Self { figure, span, unit }
    }

    pub(crate) const fn missing(unit: Option<Unit>) -> Self {
        Self { figure: Figure::Missing, span: Span::empty(0), unit }
    }

    /// What the source shows.
    #[must_use]
    pub const fn figure(&self) -> Figure {
        self.figure
    }

    /// The number, where the cell holds one; `None` for a blank, a mark, text, and where the cell is missing.
    #[must_use]
    pub const fn number(&self) -> Option<Number> {
        match self.figure {
            Figure::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Where the cell stands in the text; the empty slot of a blank cell; `None` where it is missing.
    #[must_use]
    pub const fn span(&self) -> Option<Span> {
        match self.figure {
            Figure::Missing => None,
            _ => Some(self.span),
        }
    }

    /// The unit: the cell's own, else the header's, else the form's; `None` where none is stated. Values are never converted.
    #[must_use]
    pub const fn unit(&self) -> Option<Unit> {
        self.unit
    }
}
