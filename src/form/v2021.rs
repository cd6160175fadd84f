//! 中华人民共和国政府信息公开工作年度报告格式, reports since 2021 (国办公开办函〔2021〕30号).

use super::ids::{Column, DisclosureMeasure, DisclosureRow, Row, Table};
use super::spec::{BLOCK, Block, COLUMN, ColumnSpec, ROW, RowSpec};
use super::unit::Unit;
use super::{requests, review};

pub(super) const BLOCKS: &[&[Block]] = &[DISCLOSURE, &[requests::V2021], &[review::REVIEW]];

const DISCLOSURE: &[Block] = &[
    Block {
        table: Table::ActiveDisclosure,
        item: 1,
        banner: Some("第二十条第（一）项"),
        rows: &[
            RowSpec { row: Row::Disclosure(DisclosureRow::Rules), label: "规章", ..ROW },
            RowSpec {
                row: Row::Disclosure(DisclosureRow::NormativeDocuments),
                label: "行政规范性文件",
                aliases: &["规范性文件", "规范文件"],
                ..ROW
            },
        ],
        columns: &[
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::Issued),
                label: "本年制发件数",
                aliases: &["本年制发", "制发件数"],
                ..COLUMN
            },
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::Repealed),
                label: "本年废止件数",
                aliases: &["本年废止", "废止件数"],
                ..COLUMN
            },
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::InForce),
                label: "现行有效件数",
                aliases: &["有效件数"],
                ..COLUMN
            },
        ],
        ..BLOCK
    },
    Block {
        table: Table::ActiveDisclosure,
        item: 5,
        banner: Some("第二十条第（五）项"),
        rows: &[RowSpec { row: Row::Disclosure(DisclosureRow::Licensing), label: "行政许可", ..ROW }],
        columns: &[ColumnSpec {
            column: Column::Measure(DisclosureMeasure::Decisions),
            label: "本年处理决定数量",
            aliases: &["处理决定数量", "决定数量"],
            ..COLUMN
        }],
        ..BLOCK
    },
    Block {
        table: Table::ActiveDisclosure,
        item: 6,
        banner: Some("第二十条第（六）项"),
        rows: &[
            RowSpec { row: Row::Disclosure(DisclosureRow::Penalties), label: "行政处罚", ..ROW },
            RowSpec { row: Row::Disclosure(DisclosureRow::CoerciveMeasures), label: "行政强制", ..ROW },
        ],
        columns: &[ColumnSpec {
            column: Column::Measure(DisclosureMeasure::Decisions),
            label: "本年处理决定数量",
            aliases: &["处理决定数量", "决定数量"],
            ..COLUMN
        }],
        ..BLOCK
    },
    Block {
        table: Table::ActiveDisclosure,
        item: 8,
        banner: Some("第二十条第（八）项"),
        rows: &[RowSpec {
            row: Row::Disclosure(DisclosureRow::AdministrativeFees),
            label: "行政事业性收费",
            ..ROW
        }],
        columns: &[ColumnSpec {
            column: Column::Measure(DisclosureMeasure::FeesCollected),
            label: "本年收费金额",
            aliases: &["收费金额", "收费总金额"],
            unit: Some(Unit::WanYuan),
            amount: true,
            ..COLUMN
        }],
        ..BLOCK
    },
];
