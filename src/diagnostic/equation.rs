//! Two sides that must agree, with the figures of each, and how they are put into words.

use super::Language;
use crate::form::{CellId, Column, Figure, Number, SchemaVersion};

/// How two sums must stand to each other.
///
/// ```
/// use gongkai::check::{Test, rules};
/// use gongkai::diagnostic::{Code, Relation};
///
/// // 本年新公开数量 is at most 对外公开总数量.
/// let rule = rules().iter().find(|rule| rule.code == Code::DISCLOSED_WITHIN_TOTAL).unwrap();
/// let (Test::EachRow(_, _, relation, _) | Test::Cells(_, relation, _)) = rule.test else { panic!() };
/// assert_eq!((relation, relation.symbol()), (Relation::AtMost, "≤"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Relation {
    /// The left side equals the right one.
    Equal,
    /// The left side is not more than the right one.
    AtMost,
}

impl Relation {
    /// `=` or `≤`.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtMost => "≤",
        }
    }
}

/// What a rule says, in words, without a full stop.
///
/// ```
/// use gongkai::check::rules;
/// use gongkai::diagnostic::Code;
///
/// let rule = rules().iter().find(|rule| rule.code == Code::BALANCE).unwrap();
/// assert_eq!(rule.wording.chinese, "第一项加第二项之和，等于第三项加第四项之和");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Wording {
    /// In English.
    pub english: &'static str,
    /// 中文
    pub chinese: &'static str,
}

impl Wording {
    pub(crate) const fn of(self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Chinese => self.chinese,
        }
    }
}

/// A cell of an equation and what it shows.
///
/// ```
/// let text = "（三）从事政府信息公开工作人员数 | 人 | 5 |\n1.专职人员数 | 人 | 1 |\n2.兼职人员数 | 人 | 3 |\n";
/// let report = gongkai::parse(text)?;
/// let findings = gongkai::check(&report);
/// let right = findings[0].equation().unwrap().right_terms()[0];
/// assert_eq!(right.cell.to_string(), "statistics/capacity.staff/value");
/// assert_eq!(right.figure, gongkai::Figure::Number(5.into()));
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Term {
    /// The cell.
    pub cell: CellId,
    /// What it shows; a blank or a mark counts as 0.
    pub figure: Figure,
}

/// The two sides that a finding compares.
///
/// ```
/// let text = "统计指标 | 单位 | 统计数 |\n\
///             （三）从事政府信息公开工作人员数 | 人 | 5 |\n1.专职人员数 | 人 | 1 |\n2.兼职人员数 | 人 | 3 |\n";
/// let report = gongkai::parse(text)?;
/// let findings = gongkai::check(&report);
/// let equation = findings[0].equation().unwrap();
/// assert_eq!((equation.left(), equation.right()), (4.into(), 5.into()));
/// assert_eq!(equation.difference(), (-1).into());
/// assert_eq!(equation.left_terms()[0].cell.to_string(), "statistics/capacity.staff.full_time/value");
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Equation {
    version: SchemaVersion,
    wording: Wording,
    relation: Relation,
    terms: Vec<Term>,
    left_terms: usize,
    left: Number,
    right: Number,
    difference: Number,
}

impl Equation {
    /// `None` where a sum has more digits than can be kept exactly.
    pub(crate) fn new(
        version: SchemaVersion,
        wording: Wording,
        relation: Relation,
        terms: Vec<Term>,
        left_terms: usize,
    ) -> Option<Self> {
        let (left, right) = terms.split_at_checked(left_terms)?;
        let (left, right, scale) = sums(left.iter().map(figure), right.iter().map(figure))?;
        let difference = Number::from_parts(left.checked_sub(right)?, scale)?;
        let (left, right) = (Number::from_parts(left, scale)?, Number::from_parts(right, scale)?);
        Some(Self { version, wording, relation, terms, left_terms, left, right, difference })
    }

    /// How the sides must stand to each other.
    #[must_use]
    pub const fn relation(&self) -> Relation {
        self.relation
    }

    /// The sum of the left side.
    #[must_use]
    pub const fn left(&self) -> Number {
        self.left
    }

    /// The sum of the right side.
    #[must_use]
    pub const fn right(&self) -> Number {
        self.right
    }

    /// The left side less the right one.
    #[must_use]
    pub const fn difference(&self) -> Number {
        self.difference
    }

    /// The cells of the left side.
    #[must_use]
    pub fn left_terms(&self) -> &[Term] {
        self.terms.get(..self.left_terms).unwrap_or_default()
    }

    /// The cells of the right side.
    #[must_use]
    pub fn right_terms(&self) -> &[Term] {
        self.terms.get(self.left_terms..).unwrap_or_default()
    }

    /// What the rule says, in words.
    #[must_use]
    pub const fn wording(&self) -> Wording {
        self.wording
    }

    /// The row or column that all cells share, where there is one.
    pub(crate) fn place(&self, language: Language) -> String {
        let names = Names { version: self.version, language };
        let first = self.terms.first().map(|term| term.cell);
        match (Shared::by(&self.terms), first) {
            (Shared::Row, Some(cell)) => names.row(cell),
            (Shared::Column(column), Some(cell)) if column != Column::Value => names.column(cell),
            _ => String::new(),
        }
    }

    /// `natural_person (自然人): new_received 3 + carried_over 0 = 3, but outcome_total 0 + carried_forward 0 = 0; the
    /// difference is 3`
    pub(crate) fn in_words(&self, language: Language) -> String {
        let names = Names { version: self.version, language };
        let shared = Shared::by(&self.terms);
        let left = side(self.left_terms(), self.left, names, shared);
        let right = side(self.right_terms(), self.right, names, shared);
        let difference = self.difference.abs();
        let place = match (self.place(language), language) {
            (place, _) if place.is_empty() => place,
            (place, Language::English) => format!("{place} ({}): ", self.place(Language::Chinese)),
            (place, Language::Chinese) => format!("【{place}】"),
        };
        match (self.relation, language) {
            (Relation::Equal, Language::English) => {
                format!("{place}{left}, but {right}; the difference is {difference}")
            }
            (Relation::AtMost, Language::English) => format!("{place}{left}, more than {right}"),
            (Relation::Equal, Language::Chinese) => format!("{place}{left}，而{right}，相差 {difference}"),
            (Relation::AtMost, Language::Chinese) => format!("{place}{left}，多于{right}"),
        }
    }
}

fn figure(term: &Term) -> Figure {
    term.figure
}

/// The sums of two sides, in units of ten to the power of minus the scale; blanks and marks count as 0. `None` where a
/// figure is missing or text, or where it takes more than 128 bits.
pub(crate) fn sums(
    left: impl Iterator<Item = Figure> + Clone,
    right: impl Iterator<Item = Figure> + Clone,
) -> Option<(i128, i128, u32)> {
    let scale = left.clone().chain(right.clone()).map(|figure| parts(figure).map_or(0, |(_, scale)| scale));
    let scale = scale.max().unwrap_or(0);
    Some((sum(left, scale)?, sum(right, scale)?, scale))
}

fn sum(mut figures: impl Iterator<Item = Figure>, scale: u32) -> Option<i128> {
    figures.try_fold(0_i128, |sum, figure| {
        let (mantissa, own) = parts(figure)?;
        let factor = 10_i128.checked_pow(scale.checked_sub(own)?)?;
        sum.checked_add(mantissa.checked_mul(factor)?)
    })
}

fn parts(figure: Figure) -> Option<(i128, u32)> {
    match figure {
        Figure::Number(number) => Some(number.parts()),
        Figure::Blank | Figure::NotApplicable => Some((0, 0)),
        Figure::Missing | Figure::Text => None,
    }
}

/// What all cells of an equation have in common, so that it need not be repeated.
#[derive(Clone, Copy)]
enum Shared {
    Column(Column),
    Row,
    Nothing,
}

impl Shared {
    fn by(terms: &[Term]) -> Self {
        let Some(first) = terms.first().map(|term| term.cell) else { return Self::Nothing };
        let table = |term: &Term| term.cell.table() == first.table();
        if terms.iter().all(|term| term.cell.column == first.column && table(term)) {
            Self::Column(first.column)
        } else if terms.iter().all(|term| term.cell.row == first.row) {
            Self::Row
        } else {
            Self::Nothing
        }
    }
}

/// A side of more cells than this names only those that are not 0.
const MOST_TERMS: usize = 4;

fn side(terms: &[Term], sum: Number, names: Names, shared: Shared) -> String {
    let name = |term: &Term| match shared {
        Shared::Column(_) => names.row(term.cell),
        Shared::Row => names.column(term.cell),
        Shared::Nothing => names.cell(term.cell),
    };
    let shown = |term: &&Term| {
        terms.len() <= MOST_TERMS || !matches!(term.figure, Figure::Number(number) if number.is_zero())
    };
    let parts: Vec<String> = terms
        .iter()
        .filter(shown)
        .map(|term| format!("{} {}", name(term), names.figure(term.figure)))
        .collect();
    match (terms, parts.as_slice()) {
        ([_], [part]) => part.clone(),
        ([first, .., last], []) => format!("{} + … + {} = 0", name(first), name(last)),
        _ => format!("{} = {sum}", parts.join(" + ")),
    }
}

/// The names of cells in a language: ids in English, the official wording of a version in Chinese.
#[derive(Clone, Copy)]
pub(super) struct Names {
    pub(super) version: SchemaVersion,
    pub(super) language: Language,
}

impl Names {
    /// By the newest version of the form that has the cell.
    pub(super) fn of(cell: CellId, language: Language) -> Self {
        let has = |version: &SchemaVersion| version.position(cell).is_some();
        let version = SchemaVersion::ALL.iter().copied().rev().find(has).unwrap_or(SchemaVersion::V2021);
        Self { version, language }
    }

    /// The row, with its table where only that tells which is meant.
    pub(super) fn row_of_table(self, cell: CellId) -> String {
        match self.language {
            Language::English => format!("{}/{}", cell.table(), cell.row),
            Language::Chinese => self.row(cell),
        }
    }

    pub(super) fn row(self, cell: CellId) -> String {
        match (self.language, self.version.row(cell.row)) {
            (Language::Chinese, Some((_, row))) => row.title(),
            _ => cell.row.id().to_owned(),
        }
    }

    pub(super) fn column(self, cell: CellId) -> String {
        let columns = self.version.row(cell.row).map(|(block, _)| block.columns).unwrap_or_default();
        let label = columns.iter().find(|column| column.column == cell.column).map(|column| column.label);
        match (self.language, label) {
            (Language::Chinese, Some(label)) => label.to_owned(),
            _ => cell.column.id().to_owned(),
        }
    }

    pub(super) fn cell(self, cell: CellId) -> String {
        match self.language {
            Language::English => cell.to_string(),
            Language::Chinese => self.version.label(cell).unwrap_or_else(|| cell.to_string()),
        }
    }

    pub(super) fn figure(self, figure: Figure) -> String {
        match (figure, self.language) {
            (Figure::Number(number), _) => number.to_string(),
            (_, Language::English) => "(blank)".to_owned(),
            (_, Language::Chinese) => "（空）".to_owned(),
        }
    }
}
