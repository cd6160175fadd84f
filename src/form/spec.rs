//! What a version of the form is made of: blocks of rows by columns.

use super::ids::{CellId, Column, Row, Table};
use super::unit::Unit;

/// A row of a block: its official label, the wordings seen in its place, its number, its legal ground.
///
/// ```
/// use gongkai::form::{RequestRow, Row, SchemaVersion};
///
/// let (_, row) = SchemaVersion::V2021.row(Row::Request(RequestRow::PartiallyGranted)).unwrap();
/// assert_eq!((row.number, row.label), ("三(二)", "部分公开"));
/// assert_eq!(row.note, Some("区分处理的，只计这一情形，不计其他情形"));
/// assert_eq!(row.article, Some("37")); // information that can be told apart from what is not disclosed
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RowSpec {
    /// The id.
    pub row: Row,
    /// The official label without its numbering.
    pub label: &'static str,
    /// Other wordings seen in published reports, beyond what folding unifies.
    pub aliases: &'static [&'static str],
    /// The official numbering, such as `三(三)1`; `1` or `其中` for a part of the row above (v2014); empty where the form prints none.
    pub number: &'static str,
    /// The label of the group the row stands in, such as 不予公开.
    pub group: Option<&'static str>,
    /// The official note behind the label, without its brackets.
    pub note: Option<&'static str>,
    /// The unit printed in the row (v2014).
    pub unit: Option<Unit>,
    /// The article of the Regulations on Open Government Information (2019) that the row rests on: `36(2)` is Article 36, item 2.
    /// `None` for totals, for rows that no article names, and for v2014, which falls under the Regulations of 2007.
    pub article: Option<&'static str>,
    /// The circular that defines the row, where it is not the one of the whole form: 国办函〔2020〕109号 on fees.
    pub circular: Option<&'static str>,
    /// Whether the row is a heading: it prints a dash for its unit and has no cell.
    pub heading: bool,
}

impl RowSpec {
    /// The label with the number that tells it from rows of the same wording: `三(七) 总计`, `一、本年新收政府信息公开申请数量`.
    /// A row without a number, or with no more than `1` or 其中, is its label alone.
    ///
    /// ```
    /// use gongkai::form::{Indicator, Row, SchemaVersion};
    ///
    /// let title = |row| SchemaVersion::V2014.row(Row::Indicator(row)).unwrap().1.title();
    /// assert_eq!(title(Indicator::Complaints), "六、举报投诉数量");
    /// assert_eq!(title(Indicator::LitigationOther), "五(三) 其他情形数");
    /// assert_eq!(title(Indicator::CapacityStaffFullTime), "专职人员数");
    /// ```
    #[must_use]
    pub fn title(&self) -> String {
        let Self { number, label, .. } = self;
        match *number {
            "" | "其中" => (*label).to_owned(),
            plain if plain.is_ascii() => (*label).to_owned(),
            nested if nested.contains('(') => format!("{nested} {label}"),
            top => format!("{top}、{label}"),
        }
    }
}

pub(super) const ROW: RowSpec = RowSpec {
    row: Row::Disclosure(super::ids::DisclosureRow::Rules),
    label: "",
    aliases: &[],
    number: "",
    group: None,
    note: None,
    unit: None,
    article: None,
    circular: None,
    heading: false,
};

/// A column of a block.
///
/// ```
/// use gongkai::form::{SchemaVersion, Unit};
///
/// // 第二十条第（八）项, 行政事业性收费
/// let fees = SchemaVersion::V2021.blocks().find(|block| block.item == 8).unwrap();
/// let [column] = fees.columns else { panic!() };
/// assert_eq!((column.label, column.unit, column.amount), ("本年收费金额", Some(Unit::WanYuan), true));
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ColumnSpec {
    /// The id.
    pub column: Column,
    /// The official label.
    pub label: &'static str,
    /// Other wordings seen in published reports.
    pub aliases: &'static [&'static str],
    /// The head that spans this column and its neighbours, such as 法人或其他组织.
    pub group: Option<&'static str>,
    /// The unit the form gives the column: 万元 of 本年收费金额. `None` where the form prints none, as for all counts since 2019.
    pub unit: Option<Unit>,
    /// Whether the unit is to be read from the cell or the header (采购总金额).
    pub unit_from_source: bool,
    /// Whether figures are amounts of money, which may have decimals; all others are counts.
    pub amount: bool,
    /// Whether figures may be negative (本年增/减).
    pub signed: bool,
}

pub(super) const COLUMN: ColumnSpec = ColumnSpec {
    column: Column::Value,
    label: "",
    aliases: &[],
    group: None,
    unit: None,
    unit_from_source: false,
    amount: false,
    signed: false,
};

/// A part of a table in which every row has the same columns.
///
/// Table 二 has a block for each paragraph of Article 20; every other table is one block.
///
/// ```
/// use gongkai::form::{SchemaVersion, Table};
///
/// let items: Vec<u8> = SchemaVersion::V2021.blocks().map(|block| block.item).collect();
/// assert_eq!(items, [1, 5, 6, 8, 0, 0]); // four of table 二, then tables 三 and 四
/// let first = SchemaVersion::V2021.blocks().next().unwrap();
/// assert_eq!((first.table, first.banner), (Table::ActiveDisclosure, Some("第二十条第（一）项")));
/// assert_eq!(first.rows.iter().map(|row| row.label).collect::<Vec<_>>(), ["规章", "行政规范性文件"]);
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Block {
    /// The table.
    pub table: Table,
    /// The paragraph of Article 20 of the Regulations (第二十条第（一）项 is 1), 0 where the block has no banner.
    pub item: u8,
    /// The banner row that introduces the block.
    pub banner: Option<&'static str>,
    /// What the form prints in the corner above the labels.
    pub note: Option<&'static str>,
    /// Rows in the order of the form, headings included.
    pub rows: &'static [RowSpec],
    /// Columns in the order of the form.
    pub columns: &'static [ColumnSpec],
}

pub(super) const BLOCK: Block =
    Block { table: Table::Statistics, item: 0, banner: None, note: None, rows: &[], columns: &[] };

/// One cell of a version of the form.
///
/// ```
/// use gongkai::form::{DisclosureMeasure, DisclosureRow, SchemaVersion};
///
/// let specs = SchemaVersion::V2019.cells();
/// assert_eq!(specs[0].id.to_string(), "active_disclosure/rules/newly_made");
/// // 本年增/减: the one kind of figure that may be negative.
/// let change = (DisclosureRow::Licensing, DisclosureMeasure::Change).into();
/// assert!(specs.iter().find(|spec| spec.id == change).unwrap().signed);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CellSpec {
    /// Row and column.
    pub id: CellId,
    /// The unit the form gives the cell, that of its row or of its column; `None` where the form prints none.
    pub unit: Option<Unit>,
    /// Whether the unit is to be read from the cell or the header.
    pub unit_from_source: bool,
    /// Whether the figure is an amount of money, which may have decimals.
    pub amount: bool,
    /// Whether the figure may be negative.
    pub signed: bool,
}

/// How many cells `blocks` have.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "evaluated at compile time only: an overrun is a build error"
)]
pub(super) const fn count_cells(blocks: &[&[Block]]) -> usize {
    let mut count = 0;
    let mut part = 0;
    while part < blocks.len() {
        let mut block = 0;
        while block < blocks[part].len() {
            let mut row = 0;
            while row < blocks[part][block].rows.len() {
                if !blocks[part][block].rows[row].heading {
                    count += blocks[part][block].columns.len();
                }
                row += 1;
            }
            block += 1;
        }
        part += 1;
    }
    count
}
