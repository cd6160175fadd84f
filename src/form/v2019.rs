//! 政府信息公开工作年度报告格式（试行）, reports for 2019 and 2020 (国办公开办函〔2019〕60号).

use super::ids::{Column, DisclosureMeasure, DisclosureRow, Row, Table};
use super::spec::{BLOCK, Block, COLUMN, ColumnSpec, ROW, RowSpec};
use super::{requests, review};

pub(super) const BLOCKS: &[&[Block]] = &[DISCLOSURE, &[requests::V2019], &[review::REVIEW]];

const DISCLOSURE: &[Block] = &[
    Block {
        table: Table::ActiveDisclosure,
        item: 1,
        banner: Some("第二十条第（一）项"),
        rows: &[
            RowSpec { row: Row::Disclosure(DisclosureRow::Rules), label: "规章", ..ROW },
            RowSpec {
                row: Row::Disclosure(DisclosureRow::NormativeDocuments),
                label: "规范性文件",
                aliases: &["行政规范性文件", "规范文件"],
                ..ROW
            },
        ],
        columns: &[
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::NewlyMade),
                label: "本年新制作数量",
                aliases: &["新制作数量"],
                ..COLUMN
            },
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::NewlyDisclosed),
                label: "本年新公开数量",
                aliases: &["新公开数量"],
                ..COLUMN
            },
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::TotalDisclosed),
                label: "对外公开总数量",
                aliases: &["公开总数量"],
                ..COLUMN
            },
        ],
        ..BLOCK
    },
    Block {
        table: Table::ActiveDisclosure,
        item: 5,
        banner: Some("第二十条第（五）项"),
        rows: &[
            RowSpec { row: Row::Disclosure(DisclosureRow::Licensing), label: "行政许可", ..ROW },
            RowSpec {
                row: Row::Disclosure(DisclosureRow::OtherServices),
                label: "其他对外管理服务事项",
                ..ROW
            },
        ],
        columns: &[
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::PreviousItems),
                label: "上一年项目数量",
                ..COLUMN
            },
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::Change),
                label: "本年增/减",
                signed: true,
                ..COLUMN
            },
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::Decisions),
                label: "处理决定数量",
                aliases: &["决定数量"],
                ..COLUMN
            },
        ],
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
        columns: &[
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::PreviousItems),
                label: "上一年项目数量",
                ..COLUMN
            },
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::Change),
                label: "本年增/减",
                signed: true,
                ..COLUMN
            },
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::Decisions),
                label: "处理决定数量",
                aliases: &["决定数量"],
                ..COLUMN
            },
        ],
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
        columns: &[
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::PreviousItems),
                label: "上一年项目数量",
                ..COLUMN
            },
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::Change),
                label: "本年增/减",
                signed: true,
                ..COLUMN
            },
        ],
        ..BLOCK
    },
    Block {
        table: Table::ActiveDisclosure,
        item: 9,
        banner: Some("第二十条第（九）项"),
        rows: &[RowSpec {
            row: Row::Disclosure(DisclosureRow::GovernmentProcurement),
            label: "政府集中采购",
            ..ROW
        }],
        columns: &[
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::ProcurementProjects),
                label: "采购项目数量",
                ..COLUMN
            },
            ColumnSpec {
                column: Column::Measure(DisclosureMeasure::ProcurementAmount),
                label: "采购总金额",
                unit_from_source: true,
                amount: true,
                ..COLUMN
            },
        ],
        ..BLOCK
    },
];
