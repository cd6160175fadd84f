//! Table 三, 收到和处理政府信息公开申请情况: 25 rows since 2021, 23 before, by seven kinds of applicant.
//!
//! The two versions differ in one place: the single row (六)其他处理 of 2019 became three.

use super::ids::{Applicant, Column, RequestRow, Row, Table};
use super::spec::{BLOCK, Block, COLUMN, ColumnSpec, ROW, RowSpec};

pub(super) const V2019: Block = Block { rows: ROWS_2019, ..REQUESTS };
pub(super) const V2021: Block = Block { rows: ROWS_2021, ..REQUESTS };

/// Two sides of a sum that holds in every column: the rows whose figures add up to those of the others.
pub(crate) type ColumnSum = (&'static [Row], &'static [Row]);

/// The applications received and carried over are those handled and carried forward: the 勾稽关系 in the head of the table.
pub(crate) const BALANCE_SUM: ColumnSum = (
    &[Row::Request(RequestRow::NewReceived), Row::Request(RequestRow::CarriedOver)],
    &[Row::Request(RequestRow::OutcomeTotal), Row::Request(RequestRow::CarriedForward)],
);

/// The outcomes add up to their total; a version has the rows of its own only.
pub(crate) const OUTCOME_SUM: ColumnSum = (
    &[
        Row::Request(RequestRow::Granted),
        Row::Request(RequestRow::PartiallyGranted),
        Row::Request(RequestRow::DeniedStateSecret),
        Row::Request(RequestRow::DeniedProhibitedByLaw),
        Row::Request(RequestRow::DeniedSecurityStability),
        Row::Request(RequestRow::DeniedThirdPartyRights),
        Row::Request(RequestRow::DeniedInternalAffairs),
        Row::Request(RequestRow::DeniedProcessInformation),
        Row::Request(RequestRow::DeniedEnforcementFiles),
        Row::Request(RequestRow::DeniedAdministrativeInquiry),
        Row::Request(RequestRow::UnableNotHeld),
        Row::Request(RequestRow::UnableNeedsCreation),
        Row::Request(RequestRow::UnableUnclear),
        Row::Request(RequestRow::NotProcessedPetition),
        Row::Request(RequestRow::NotProcessedDuplicate),
        Row::Request(RequestRow::NotProcessedPublication),
        Row::Request(RequestRow::NotProcessedExcessive),
        Row::Request(RequestRow::NotProcessedConfirmation),
        Row::Request(RequestRow::OtherHandlingCorrectionOverdue),
        Row::Request(RequestRow::OtherHandlingFeeOverdue),
        Row::Request(RequestRow::OtherHandlingOther),
        Row::Request(RequestRow::OtherHandling),
    ],
    &[Row::Request(RequestRow::OutcomeTotal)],
);

const REQUESTS: Block = Block {
    table: Table::Requests,
    note: Some("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"),
    columns: COLUMNS,
    ..BLOCK
};

const NEW_RECEIVED: RowSpec = RowSpec {
    row: Row::Request(RequestRow::NewReceived),
    label: "本年新收政府信息公开申请数量",
    aliases: &["本年度新收政府信息公开申请数量"],
    number: "一",
    ..ROW
};
const CARRIED_OVER: RowSpec = RowSpec {
    row: Row::Request(RequestRow::CarriedOver),
    label: "上年结转政府信息公开申请数量",
    aliases: &[
        "上年度结转政府信息公开申请数量",
        "上一年结转政府信息公开申请数量",
        "上一年度结转政府信息公开申请数量",
    ],
    number: "二",
    ..ROW
};
const GRANTED: RowSpec = RowSpec {
    row: Row::Request(RequestRow::Granted),
    label: "予以公开",
    number: "三(一)",
    article: Some("36(2)"),
    ..ROW
};
const PARTIALLY_GRANTED: RowSpec = RowSpec {
    row: Row::Request(RequestRow::PartiallyGranted),
    label: "部分公开",
    number: "三(二)",
    note: Some("区分处理的，只计这一情形，不计其他情形"),
    article: Some("37"),
    ..ROW
};
const DENIED_STATE_SECRET: RowSpec = RowSpec {
    row: Row::Request(RequestRow::DeniedStateSecret),
    label: "属于国家秘密",
    aliases: &["国家秘密"],
    number: "三(三)1",
    group: Some("不予公开"),
    article: Some("14"),
    ..ROW
};
const DENIED_PROHIBITED_BY_LAW: RowSpec = RowSpec {
    row: Row::Request(RequestRow::DeniedProhibitedByLaw),
    label: "其他法律行政法规禁止公开",
    aliases: &["法律行政法规禁止公开"],
    number: "三(三)2",
    group: Some("不予公开"),
    article: Some("14"),
    ..ROW
};
const DENIED_SECURITY_STABILITY: RowSpec = RowSpec {
    row: Row::Request(RequestRow::DeniedSecurityStability),
    label: "危及“三安全一稳定”",
    aliases: &["三安全一稳定"],
    number: "三(三)3",
    group: Some("不予公开"),
    article: Some("14"),
    ..ROW
};
const DENIED_THIRD_PARTY_RIGHTS: RowSpec = RowSpec {
    row: Row::Request(RequestRow::DeniedThirdPartyRights),
    label: "保护第三方合法权益",
    aliases: &["第三方合法权益"],
    number: "三(三)4",
    group: Some("不予公开"),
    article: Some("15"),
    ..ROW
};
const DENIED_INTERNAL_AFFAIRS: RowSpec = RowSpec {
    row: Row::Request(RequestRow::DeniedInternalAffairs),
    label: "属于三类内部事务信息",
    aliases: &["三类内部事务", "内部事务信息", "三类内部事务信息"],
    number: "三(三)5",
    group: Some("不予公开"),
    article: Some("16"),
    ..ROW
};
const DENIED_PROCESS_INFORMATION: RowSpec = RowSpec {
    row: Row::Request(RequestRow::DeniedProcessInformation),
    label: "属于四类过程性信息",
    aliases: &["过程性信息", "四类过程性信息"],
    number: "三(三)6",
    group: Some("不予公开"),
    article: Some("16"),
    ..ROW
};
const DENIED_ENFORCEMENT_FILES: RowSpec = RowSpec {
    row: Row::Request(RequestRow::DeniedEnforcementFiles),
    label: "属于行政执法案卷",
    aliases: &["行政执法案卷"],
    number: "三(三)7",
    group: Some("不予公开"),
    article: Some("16"),
    ..ROW
};
const DENIED_ADMINISTRATIVE_INQUIRY: RowSpec = RowSpec {
    row: Row::Request(RequestRow::DeniedAdministrativeInquiry),
    label: "属于行政查询事项",
    aliases: &["行政查询事项"],
    number: "三(三)8",
    group: Some("不予公开"),
    article: Some("36(7)"),
    ..ROW
};
const UNABLE_NOT_HELD: RowSpec = RowSpec {
    row: Row::Request(RequestRow::UnableNotHeld),
    label: "本机关不掌握相关政府信息",
    aliases: &["不掌握相关政府信息"],
    number: "三(四)1",
    group: Some("无法提供"),
    article: Some("36(4)(5)"),
    ..ROW
};
const UNABLE_NEEDS_CREATION: RowSpec = RowSpec {
    row: Row::Request(RequestRow::UnableNeedsCreation),
    label: "没有现成信息需要另行制作",
    aliases: &["没有现成信息"],
    number: "三(四)2",
    group: Some("无法提供"),
    article: Some("38"),
    ..ROW
};
const UNABLE_UNCLEAR: RowSpec = RowSpec {
    row: Row::Request(RequestRow::UnableUnclear),
    label: "补正后申请内容仍不明确",
    aliases: &["申请内容不明确"],
    number: "三(四)3",
    group: Some("无法提供"),
    article: Some("30"),
    ..ROW
};
const NOT_PROCESSED_PETITION: RowSpec = RowSpec {
    row: Row::Request(RequestRow::NotProcessedPetition),
    label: "信访举报投诉类申请",
    number: "三(五)1",
    group: Some("不予处理"),
    article: Some("39"),
    ..ROW
};
const NOT_PROCESSED_DUPLICATE: RowSpec = RowSpec {
    row: Row::Request(RequestRow::NotProcessedDuplicate),
    label: "重复申请",
    number: "三(五)2",
    group: Some("不予处理"),
    article: Some("36(6)"),
    ..ROW
};
const NOT_PROCESSED_PUBLICATION: RowSpec = RowSpec {
    row: Row::Request(RequestRow::NotProcessedPublication),
    label: "要求提供公开出版物",
    number: "三(五)3",
    group: Some("不予处理"),
    article: Some("39"),
    ..ROW
};
const NOT_PROCESSED_EXCESSIVE: RowSpec = RowSpec {
    row: Row::Request(RequestRow::NotProcessedExcessive),
    label: "无正当理由大量反复申请",
    number: "三(五)4",
    group: Some("不予处理"),
    article: Some("35"),
    ..ROW
};
const NOT_PROCESSED_CONFIRMATION: RowSpec = RowSpec {
    row: Row::Request(RequestRow::NotProcessedConfirmation),
    label: "要求行政机关确认或重新出具已获取信息",
    aliases: &["确认或重新出具已获取信息"],
    number: "三(五)5",
    group: Some("不予处理"),
    ..ROW
};
const OTHER_HANDLING_CORRECTION_OVERDUE: RowSpec = RowSpec {
    row: Row::Request(RequestRow::OtherHandlingCorrectionOverdue),
    label: "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    aliases: &["逾期不补正"],
    number: "三(六)1",
    group: Some("其他处理"),
    article: Some("30"),
    ..ROW
};
const OTHER_HANDLING_FEE_OVERDUE: RowSpec = RowSpec {
    row: Row::Request(RequestRow::OtherHandlingFeeOverdue),
    label: "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    aliases: &["逾期未缴费", "逾期未按收费通知要求缴纳费用"],
    number: "三(六)2",
    group: Some("其他处理"),
    article: Some("42"),
    circular: Some("国办函〔2020〕109号"),
    ..ROW
};
const OTHER_HANDLING_OTHER: RowSpec = RowSpec {
    row: Row::Request(RequestRow::OtherHandlingOther),
    label: "其他",
    number: "三(六)3",
    group: Some("其他处理"),
    ..ROW
};
const OTHER_HANDLING: RowSpec =
    RowSpec {
        row: Row::Request(RequestRow::OtherHandling), label: "其他处理", number: "三(六)", ..ROW
    };
const OUTCOME_TOTAL: RowSpec = RowSpec {
    row: Row::Request(RequestRow::OutcomeTotal),
    label: "总计",
    aliases: &["办理结果总计", "办理结果合计", "合计"],
    number: "三(七)",
    ..ROW
};
const CARRIED_FORWARD: RowSpec = RowSpec {
    row: Row::Request(RequestRow::CarriedForward),
    label: "结转下年度继续办理",
    aliases: &["结转下一年度继续办理", "结转下年"],
    number: "四",
    ..ROW
};
const ROWS_2019: &[RowSpec] = &[
    NEW_RECEIVED,
    CARRIED_OVER,
    GRANTED,
    PARTIALLY_GRANTED,
    DENIED_STATE_SECRET,
    DENIED_PROHIBITED_BY_LAW,
    DENIED_SECURITY_STABILITY,
    DENIED_THIRD_PARTY_RIGHTS,
    DENIED_INTERNAL_AFFAIRS,
    DENIED_PROCESS_INFORMATION,
    DENIED_ENFORCEMENT_FILES,
    DENIED_ADMINISTRATIVE_INQUIRY,
    UNABLE_NOT_HELD,
    UNABLE_NEEDS_CREATION,
    UNABLE_UNCLEAR,
    NOT_PROCESSED_PETITION,
    NOT_PROCESSED_DUPLICATE,
    NOT_PROCESSED_PUBLICATION,
    NOT_PROCESSED_EXCESSIVE,
    NOT_PROCESSED_CONFIRMATION,
    OTHER_HANDLING,
    OUTCOME_TOTAL,
    CARRIED_FORWARD,
];
const ROWS_2021: &[RowSpec] = &[
    NEW_RECEIVED,
    CARRIED_OVER,
    GRANTED,
    PARTIALLY_GRANTED,
    DENIED_STATE_SECRET,
    DENIED_PROHIBITED_BY_LAW,
    DENIED_SECURITY_STABILITY,
    DENIED_THIRD_PARTY_RIGHTS,
    DENIED_INTERNAL_AFFAIRS,
    DENIED_PROCESS_INFORMATION,
    DENIED_ENFORCEMENT_FILES,
    DENIED_ADMINISTRATIVE_INQUIRY,
    UNABLE_NOT_HELD,
    UNABLE_NEEDS_CREATION,
    UNABLE_UNCLEAR,
    NOT_PROCESSED_PETITION,
    NOT_PROCESSED_DUPLICATE,
    NOT_PROCESSED_PUBLICATION,
    NOT_PROCESSED_EXCESSIVE,
    NOT_PROCESSED_CONFIRMATION,
    OTHER_HANDLING_CORRECTION_OVERDUE,
    OTHER_HANDLING_FEE_OVERDUE,
    OTHER_HANDLING_OTHER,
    OUTCOME_TOTAL,
    CARRIED_FORWARD,
];
const COLUMNS: &[ColumnSpec] = &[
    ColumnSpec { column: Column::Applicant(Applicant::NaturalPerson), label: "自然人", ..COLUMN },
    ColumnSpec {
        column: Column::Applicant(Applicant::CommercialEnterprise),
        label: "商业企业",
        aliases: &["企业", "商业"],
        group: Some("法人或其他组织"),
        ..COLUMN
    },
    ColumnSpec {
        column: Column::Applicant(Applicant::ResearchInstitution),
        label: "科研机构",
        aliases: &["科研"],
        group: Some("法人或其他组织"),
        ..COLUMN
    },
    ColumnSpec {
        column: Column::Applicant(Applicant::PublicInterestOrganization),
        label: "社会公益组织",
        aliases: &["公益组织", "社会组织"],
        group: Some("法人或其他组织"),
        ..COLUMN
    },
    ColumnSpec {
        column: Column::Applicant(Applicant::LegalServiceOrganization),
        label: "法律服务机构",
        aliases: &["法律服务"],
        group: Some("法人或其他组织"),
        ..COLUMN
    },
    ColumnSpec {
        column: Column::Applicant(Applicant::OtherOrganization),
        label: "其他",
        aliases: &["其他组织"],
        group: Some("法人或其他组织"),
        ..COLUMN
    },
    ColumnSpec {
        column: Column::Applicant(Applicant::Total), label: "总计", aliases: &["合计"], ..COLUMN
    },
];
