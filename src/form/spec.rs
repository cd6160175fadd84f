//! What a version of the form is made of: blocks of rows by columns.

use super::ids::{CellId, Column, Row, Table};
use super::unit::Unit;

/// A row of a block: its official label, the wordings seen in its place, its number, its legal ground.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RowSpec {
    /// The id.
    pub row: Row,
    /// The official label without its numbering.
    pub label: &'static str,
    /// Other wordings seen in published reports, beyond what folding unifies.
    pub aliases: &'static [&'static str],
    /// The official numbering, such as `三(三)1`.
    pub number: &'static str,
    /// The label of the group the row stands in, such as 不予公开.
    pub group: Option<&'static str>,
    /// The official note behind the label, without its brackets.
    pub note: Option<&'static str>,
    /// The unit printed in the row (v2014).
    pub unit: Option<Unit>,
    /// The article of the Regulations on Open Government Information (2019) that defines the row.
    pub article: Option<&'static str>,
    /// The circular that defines the row, where it is not the one of the whole form.
    pub circular: Option<&'static str>,
    /// Whether the row is a heading: it prints a dash for its unit and has no cell.
    pub heading: bool,
}

impl RowSpec {
    /// The label with the number that tells it from rows of the same wording: `三(七) 总计`, `一、本年新收政府信息公开申请数量`.
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
    /// The unit the form gives the column.
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
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Block {
    /// The table.
    pub table: Table,
    /// The paragraph of Article 20 (第二十条第（一）项 is 1), 0 where the block has no banner.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CellSpec {
    /// Row and column.
    pub id: CellId,
    /// The unit the form gives the cell.
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
