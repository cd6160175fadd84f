//! The statutory form as data: every table, row and column of every template version.
//!
//! | version | years | tables | cells |
//! | --- | --- | --- | --- |
//! | [`V2014`](SchemaVersion::V2014) | 2014–2018 | 政府信息公开情况统计表 | 58 |
//! | [`V2019`](SchemaVersion::V2019) | 2019–2020 | 主动公开, 申请, 复议诉讼 | 198 |
//! | [`V2021`](SchemaVersion::V2021) | since 2021 | 主动公开, 申请, 复议诉讼 | 200 |
//!
//! A version is a list of [`Block`]s; [`SchemaVersion::cells`] flattens it to one list of [`CellSpec`]s in the order
//! of the form. Binder, exports and checks iterate that list. Labels, aliases and legal grounds stand nowhere else.
//!
//! The forms are prescribed by 国办发〔2014〕32号, 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号. Articles are those of the
//! Regulations on Open Government Information as revised in 2019 (中华人民共和国政府信息公开条例); figures are counts of a
//! calendar year, or amounts of money in the unit of their [`Cell`].
//!
//! ```
//! use gongkai::form::{DisclosureMeasure, DisclosureRow, Figure};
//!
//! let report = gongkai::parse("信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 | — | 3 |\n")?;
//! let rules = report.form().and_then(|form| form.disclosure()).unwrap();
//! let figure = |measure| rules.get(DisclosureRow::Rules, measure).unwrap().figure();
//! assert_eq!(figure(DisclosureMeasure::InForce), Figure::Number(3.into()));
//! assert_eq!(figure(DisclosureMeasure::Repealed), Figure::NotApplicable); // not 0
//! # Ok::<(), gongkai::Error>(())
//! ```

#[cfg(feature = "arbitrary")]
mod arbitrary;
mod filled;
mod head;
mod ids;
mod requests;
mod review;
mod spec;
mod unit;
mod v2014;
mod v2019;
mod v2021;
mod value;

use core::fmt;

pub use filled::{Cells, DisclosureTable, Form, RequestsTable, ReviewTable, StatisticsTable};
pub use head::{FIELDS, Field, HEADS, Head, RowGroup, TITLE_PARTS, TitlePart};
pub use ids::{
    Applicant, CellId, Column, DisclosureMeasure, DisclosureRow, Indicator, Proceeding, RequestRow,
    ReviewOutcome, Row, SectionId, Table,
};
pub(crate) use requests::{BALANCE_SUM, ColumnSum, OUTCOME_SUM};
pub use spec::{Block, CellSpec, ColumnSpec, RowSpec};
pub use unit::Unit;
pub use value::{Cell, Figure, Number};

/// A version of the statutory template.
///
/// ```
/// use gongkai::form::SchemaVersion;
/// assert_eq!(SchemaVersion::V2021.id(), "v2021");
/// assert_eq!(SchemaVersion::V2021.cells().len(), 200);
/// assert!(SchemaVersion::V2014.source().contains("国办发〔2014〕32号"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum SchemaVersion {
    /// 政府信息公开情况统计表, for the years 2014 to 2018.
    V2014,
    /// 政府信息公开工作年度报告格式（试行）, for 2019 and 2020.
    V2019,
    /// 中华人民共和国政府信息公开工作年度报告格式, since 2021.
    V2021,
}

impl SchemaVersion {
    /// Every version, oldest first.
    pub const ALL: &'static [Self] = &[Self::V2014, Self::V2019, Self::V2021];

    /// The machine id: `v2014`, `v2019`, `v2021`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::V2014 => "v2014",
            Self::V2019 => "v2019",
            Self::V2021 => "v2021",
        }
    }

    /// The version with this machine id; `None` for any other text.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|version| version.id() == id)
    }

    /// The official name of the template.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::V2014 => "政府信息公开情况统计表",
            Self::V2019 => "政府信息公开工作年度报告格式（试行）",
            Self::V2021 => "中华人民共和国政府信息公开工作年度报告格式",
        }
    }

    /// The circular that prescribes the template.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::V2014 => {
                "国务院办公厅关于加强和规范政府信息公开情况统计报送工作的通知 (国办发〔2014〕32号)"
            }
            Self::V2019 => "国办公开办函〔2019〕60号",
            Self::V2021 => "国办公开办函〔2021〕30号",
        }
    }

    /// The tables of the version in the order of the form; each is a slice of its blocks.
    ///
    /// ```
    /// use gongkai::form::SchemaVersion;
    ///
    /// assert_eq!(SchemaVersion::V2014.tables().len(), 1);
    /// assert_eq!(SchemaVersion::V2021.tables().len(), 3);
    /// ```
    #[must_use]
    pub const fn tables(self) -> &'static [&'static [Block]] {
        match self {
            Self::V2014 => v2014::BLOCKS,
            Self::V2019 => v2019::BLOCKS,
            Self::V2021 => v2021::BLOCKS,
        }
    }

    /// All blocks in the order of the form.
    pub fn blocks(self) -> impl Iterator<Item = &'static Block> {
        self.tables().iter().flat_map(|blocks| blocks.iter())
    }

    /// All cells in the order of the form.
    ///
    /// ```
    /// use gongkai::form::SchemaVersion;
    ///
    /// let last = SchemaVersion::V2014.cells().last().unwrap(); // （三）接受培训人员数 | 人次 | 14 |
    /// assert_eq!(last.id.to_string(), "statistics/training.trainees/value");
    /// assert_eq!(last.unit.unwrap().label(), "人次");
    /// ```
    #[must_use]
    pub const fn cells(self) -> &'static [CellSpec] {
        match self {
            Self::V2014 => &LAYOUT_2014.cells,
            Self::V2019 => &LAYOUT_2019.cells,
            Self::V2021 => &LAYOUT_2021.cells,
        }
    }

    /// The cells of a form of which nothing is printed.
    pub(crate) const fn missing(self) -> &'static [Cell] {
        match self {
            Self::V2014 => &LAYOUT_2014.missing,
            Self::V2019 => &LAYOUT_2019.missing,
            Self::V2021 => &LAYOUT_2021.missing,
        }
    }

    /// How many rows with cells it has.
    pub(crate) const fn filled_rows(self) -> usize {
        match self {
            Self::V2014 => LAYOUT_2014.filled,
            Self::V2019 => LAYOUT_2019.filled,
            Self::V2021 => LAYOUT_2021.filled,
        }
    }

    /// The block that holds `row`, and the row's own data; `None` where the version has no such row.
    ///
    /// ```
    /// use gongkai::form::{RequestRow, Row, SchemaVersion};
    ///
    /// // (六)其他处理 is one row in 2019, and three since 2021.
    /// let row = Row::Request(RequestRow::OtherHandling);
    /// assert_eq!(SchemaVersion::V2019.row(row).unwrap().1.number, "三(六)");
    /// assert!(SchemaVersion::V2021.row(row).is_none());
    /// ```
    #[must_use]
    pub fn row(self, row: Row) -> Option<(&'static Block, &'static RowSpec)> {
        self.placed(row).map(|place| (place.block, place.spec))
    }

    /// What [`row`](Self::row) gives, and the position of the row's first cell, which a heading does not have.
    #[inline]
    pub(crate) fn placed(self, row: Row) -> Option<&'static RowPlace> {
        let places = match self {
            Self::V2014 => &LAYOUT_2014.rows,
            Self::V2019 => &LAYOUT_2019.rows,
            Self::V2021 => &LAYOUT_2021.rows,
        };
        places.get(row.ordinal())?.as_ref()
    }

    /// Whether the version has the row, with cells or as a heading.
    #[must_use]
    pub fn has_row(self, row: Row) -> bool {
        self.placed(row).is_some()
    }

    /// Whether a block of the version has the column.
    #[must_use]
    pub fn has_column(self, column: Column) -> bool {
        let columns = match self {
            Self::V2014 => &LAYOUT_2014.columns,
            Self::V2019 => &LAYOUT_2019.columns,
            Self::V2021 => &LAYOUT_2021.columns,
        };
        columns.get(column.ordinal()).copied().unwrap_or(false)
    }

    /// Where in [`cells`](Self::cells) the cell stands, from 0 on; `None` where the version has no such cell.
    ///
    /// ```
    /// use gongkai::form::{Applicant, Indicator, RequestRow, SchemaVersion};
    ///
    /// let id = (RequestRow::NewReceived, Applicant::NaturalPerson).into();
    /// let at = SchemaVersion::V2021.position(id).unwrap();
    /// assert_eq!(SchemaVersion::V2021.cells()[at].id, id);
    /// // 一、主动公开情况 is a heading, and has no cell.
    /// assert_eq!(SchemaVersion::V2014.position(Indicator::Disclosure.into()), None);
    /// ```
    #[must_use]
    pub fn position(self, id: CellId) -> Option<usize> {
        let first = self.row_position(id.row)?;
        self.cells()
            .get(first..)?
            .iter()
            .take_while(|spec| spec.id.row == id.row)
            .position(|spec| spec.id.column == id.column)
            .and_then(|offset| first.checked_add(offset))
    }

    /// The official wording of a cell: its row with its number, and its column where the table has more than one. `None` where
    /// the version has no such cell.
    ///
    /// ```
    /// use gongkai::form::{Applicant, Indicator, RequestRow, SchemaVersion};
    ///
    /// let id = (RequestRow::OutcomeTotal, Applicant::NaturalPerson).into();
    /// assert_eq!(SchemaVersion::V2021.label(id).as_deref(), Some("三(七) 总计·自然人"));
    /// assert_eq!(SchemaVersion::V2014.label(Indicator::ReviewsOther.into()).as_deref(), Some("四(三) 其他情形数"));
    /// ```
    #[must_use]
    pub fn label(self, id: CellId) -> Option<String> {
        let (block, row) = self.row(id.row)?;
        let column = block.columns.iter().find(|column| column.column == id.column)?;
        if block.columns.len() == 1 && block.item == 0 {
            return Some(row.title());
        }
        Some(format!("{}·{}", row.title(), column.label))
    }

    /// Where in [`cells`](Self::cells) the first cell of `row` stands; `None` for headings, which have none.
    pub(crate) fn row_position(self, row: Row) -> Option<usize> {
        self.placed(row)?.first()
    }

    /// The version that alone has the row; `None` where two have it.
    #[inline]
    pub(crate) fn alone_with_row(row: Row) -> Option<Self> {
        ALONE.rows.get(row.ordinal()).copied().flatten()
    }

    /// The version that alone has the column.
    #[inline]
    pub(crate) fn alone_with_column(column: Column) -> Option<Self> {
        ALONE.columns.get(column.ordinal()).copied().flatten()
    }
}

impl fmt::Display for SchemaVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// Where a row stands in a version.
#[derive(Clone, Copy)]
pub(crate) struct RowPlace {
    pub block: &'static Block,
    pub spec: &'static RowSpec,
    first: u16,
}

impl RowPlace {
    /// The position of its first cell; `None` for a heading.
    #[inline]
    pub fn first(&self) -> Option<usize> {
        if self.spec.heading { None } else { Some(usize::from(self.first)) }
    }
}

/// The cells of a version, and where each row and column of any version stands in it.
struct Layout<const N: usize> {
    cells: [CellSpec; N],
    missing: [Cell; N],
    rows: [Option<RowPlace>; Row::COUNT],
    /// How many rows have cells.
    filled: usize,
    columns: [bool; Column::COUNT],
}

static LAYOUT_2014: Layout<{ spec::count_cells(v2014::BLOCKS) }> = Layout::of(v2014::BLOCKS);
static LAYOUT_2019: Layout<{ spec::count_cells(v2019::BLOCKS) }> = Layout::of(v2019::BLOCKS);
static LAYOUT_2021: Layout<{ spec::count_cells(v2021::BLOCKS) }> = Layout::of(v2021::BLOCKS);

impl<const N: usize> Layout<N> {
    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "evaluated at compile time only: an overrun is a build error"
    )]
    const fn of(tables: &'static [&'static [Block]]) -> Self {
        let none = CellSpec {
            id: CellId { row: Row::Disclosure(DisclosureRow::Rules), column: Column::Value },
            unit: None,
            unit_from_source: false,
            amount: false,
            signed: false,
        };
        let mut layout = Self {
            cells: [none; N],
            missing: [Cell::missing(None); N],
            rows: [None; Row::COUNT],
            filled: 0,
            columns: [false; Column::COUNT],
        };
        let mut at = 0;
        let mut table = 0;
        while table < tables.len() {
            let mut block = 0;
            while block < tables[table].len() {
                let Block { rows, columns, .. } = tables[table][block];
                let mut row = 0;
                while row < rows.len() {
                    layout.rows[rows[row].row.ordinal()] =
                        Some(RowPlace { block: &tables[table][block], spec: &rows[row], first: at as u16 });
                    if !rows[row].heading {
                        layout.filled += 1;
                        let mut column = 0;
                        while column < columns.len() {
                            let spec = columns[column];
                            layout.columns[spec.column.ordinal()] = true;
                            layout.cells[at] = CellSpec {
                                id: CellId { row: rows[row].row, column: spec.column },
                                unit: match rows[row].unit {
                                    Some(unit) => Some(unit),
                                    None => spec.unit,
                                },
                                unit_from_source: spec.unit_from_source,
                                amount: spec.amount || matches!(rows[row].unit, Some(Unit::WanYuan)),
                                signed: spec.signed,
                            };
                            layout.missing[at] = Cell::missing(layout.cells[at].unit);
                            at += 1;
                            column += 1;
                        }
                    }
                    row += 1;
                }
                block += 1;
            }
            table += 1;
        }
        layout
    }
}

/// The version that alone has a row or column.
struct Alone {
    rows: [Option<SchemaVersion>; Row::COUNT],
    columns: [Option<SchemaVersion>; Column::COUNT],
}

static ALONE: Alone = Alone::of();

impl Alone {
    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "evaluated at compile time only: an overrun is a build error"
    )]
    const fn of() -> Self {
        let mut alone = Self { rows: [None; Row::COUNT], columns: [None; Column::COUNT] };
        let mut at = 0;
        while at < Row::COUNT {
            alone.rows[at] = only(
                LAYOUT_2014.rows[at].is_some(),
                LAYOUT_2019.rows[at].is_some(),
                LAYOUT_2021.rows[at].is_some(),
            );
            at += 1;
        }
        at = 0;
        while at < Column::COUNT {
            alone.columns[at] =
                only(LAYOUT_2014.columns[at], LAYOUT_2019.columns[at], LAYOUT_2021.columns[at]);
            at += 1;
        }
        alone
    }
}

/// The one version of which it is true.
const fn only(in_2014: bool, in_2019: bool, in_2021: bool) -> Option<SchemaVersion> {
    match (in_2014, in_2019, in_2021) {
        (true, false, false) => Some(SchemaVersion::V2014),
        (false, true, false) => Some(SchemaVersion::V2019),
        (false, false, true) => Some(SchemaVersion::V2021),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_found_at_its_position() {
        for &version in SchemaVersion::ALL {
            for (at, spec) in version.cells().iter().enumerate() {
                assert_eq!(version.position(spec.id), Some(at), "{version} {}", spec.id);
            }
        }
    }

    #[test]
    fn a_version_lacks_the_rows_of_the_other() {
        let single = CellId::from((RequestRow::OtherHandling, Applicant::Total));
        assert_eq!(SchemaVersion::V2021.position(single), None);
        assert!(SchemaVersion::V2019.position(single).is_some());
        assert_eq!(SchemaVersion::V2014.cells().len(), 58);
    }
}
