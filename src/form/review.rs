//! Table 四, 政府信息公开行政复议、行政诉讼情况: three proceedings by five outcomes, the same in both versions.

use super::ids::{Column, Proceeding, ReviewOutcome, Row, Table};
use super::spec::{BLOCK, Block, COLUMN, ColumnSpec, ROW, RowSpec};

pub(super) const REVIEW: Block = Block {
    table: Table::ReviewLitigation,
    rows: &[
        RowSpec { row: Row::Proceeding(Proceeding::AdministrativeReview), label: "行政复议", ..ROW },
        RowSpec {
            row: Row::Proceeding(Proceeding::LitigationDirect),
            label: "未经复议直接起诉",
            aliases: &["未经复议直接诉讼", "行政诉讼未经复议直接起诉"],
            group: Some("行政诉讼"),
            ..ROW
        },
        RowSpec {
            row: Row::Proceeding(Proceeding::LitigationAfterReview),
            label: "复议后起诉",
            aliases: &["复议后诉讼", "行政诉讼复议后起诉"],
            group: Some("行政诉讼"),
            ..ROW
        },
    ],
    columns: &[
        ColumnSpec {
            column: Column::Outcome(ReviewOutcome::Upheld),
            label: "结果维持",
            aliases: &["维持"],
            ..COLUMN
        },
        ColumnSpec {
            column: Column::Outcome(ReviewOutcome::Corrected),
            label: "结果纠正",
            aliases: &["纠正"],
            ..COLUMN
        },
        ColumnSpec {
            column: Column::Outcome(ReviewOutcome::OtherResult),
            label: "其他结果",
            aliases: &["其他"],
            ..COLUMN
        },
        ColumnSpec {
            column: Column::Outcome(ReviewOutcome::Pending),
            label: "尚未审结",
            aliases: &["未审结"],
            ..COLUMN
        },
        ColumnSpec {
            column: Column::Outcome(ReviewOutcome::Total),
            label: "总计",
            aliases: &["合计"],
            ..COLUMN
        },
    ],
    ..BLOCK
};
