//! The integrity rules as data.

use super::parts::{empty_section, fees_unexplained, narrative_figure, year_conflict};
use super::{Quality, Rule, Test};
use crate::diagnostic::{Code, Relation, Severity, Wording};
use crate::form::{
    Applicant, BALANCE_SUM, Column, DisclosureMeasure, Indicator, OUTCOME_SUM, ReviewOutcome, Row,
    SchemaVersion, Table,
};

const V2014: &[SchemaVersion] = &[SchemaVersion::V2014];
const V2019: &[SchemaVersion] = &[SchemaVersion::V2019];
const SINCE_2019: &[SchemaVersion] = &[SchemaVersion::V2019, SchemaVersion::V2021];

const REQUESTS: &str = "国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号, table 三";
const REVIEWS: &str = "国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号, table 四";
const STATISTICS: &str = "国办发〔2014〕32号, 政府信息公开情况统计表";

const fn indicator(row: Indicator) -> Row {
    Row::Indicator(row)
}

const fn applicant(column: Applicant) -> Column {
    Column::Applicant(column)
}

const fn outcome(column: ReviewOutcome) -> Column {
    Column::Outcome(column)
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: Code::BALANCE,
        severity: Severity::Error,
        versions: SINCE_2019,
        test: Test::EachColumn(BALANCE_SUM.0, Relation::Equal, BALANCE_SUM.1),
        formula: "new_received + carried_over = outcome_total + carried_forward",
        wording: Wording {
            english: "the applications received and carried over are those handled and carried forward",
            chinese: "第一项加第二项之和，等于第三项加第四项之和",
        },
        source: "国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号: the 勾稽关系 printed in the head of table 三",
    },
    Rule {
        code: Code::OUTCOME_TOTAL,
        severity: Severity::Error,
        versions: SINCE_2019,
        test: Test::EachColumn(OUTCOME_SUM.0, Relation::Equal, OUTCOME_SUM.1),
        formula: "granted + partially_granted + Σ denied + Σ unable + Σ not_processed + Σ other_handling = outcome_total",
        wording: Wording {
            english: "the outcomes add up to their total",
            chinese: "各项办理结果之和等于总计",
        },
        source: REQUESTS,
    },
    Rule {
        code: Code::ROW_TOTAL,
        severity: Severity::Error,
        versions: SINCE_2019,
        test: Test::EachRow(
            Table::Requests,
            &[
                applicant(Applicant::NaturalPerson),
                applicant(Applicant::CommercialEnterprise),
                applicant(Applicant::ResearchInstitution),
                applicant(Applicant::PublicInterestOrganization),
                applicant(Applicant::LegalServiceOrganization),
                applicant(Applicant::OtherOrganization),
            ],
            Relation::Equal,
            &[applicant(Applicant::Total)],
        ),
        formula: "natural_person + commercial_enterprise + research_institution + public_interest_organization \
                  + legal_service_organization + other_organization = total",
        wording: Wording {
            english: "the applicants of a row add up to its total",
            chinese: "各类申请人之和等于总计",
        },
        source: REQUESTS,
    },
    Rule {
        code: Code::PROCEEDING_TOTAL,
        severity: Severity::Error,
        versions: SINCE_2019,
        test: Test::EachRow(
            Table::ReviewLitigation,
            &[
                outcome(ReviewOutcome::Upheld),
                outcome(ReviewOutcome::Corrected),
                outcome(ReviewOutcome::OtherResult),
                outcome(ReviewOutcome::Pending),
            ],
            Relation::Equal,
            &[outcome(ReviewOutcome::Total)],
        ),
        formula: "upheld + corrected + other_result + pending = total",
        wording: Wording {
            english: "the results of a proceeding add up to its total",
            chinese: "各项结果之和等于总计",
        },
        source: REVIEWS,
    },
    Rule {
        code: Code::NOT_NEGATIVE,
        severity: Severity::Error,
        versions: SchemaVersion::ALL,
        test: Test::EachCell(Quality::NotNegative),
        formula: "cell ≥ 0, but for change",
        wording: Wording {
            english: "no figure but 本年增/减 is negative",
            chinese: "除本年增/减外，数字不为负",
        },
        source: "what is counted; 国办公开办函〔2019〕60号, table 二, has 本年增/减",
    },
    Rule {
        code: Code::NOT_INTEGER,
        severity: Severity::Error,
        versions: SchemaVersion::ALL,
        test: Test::EachCell(Quality::Whole),
        formula: "cell ∈ ℤ, but for amounts of money",
        wording: Wording { english: "counts are whole numbers", chinese: "件数为整数" },
        source: "what is counted; amounts may have decimals",
    },
    Rule {
        code: Code::DISCLOSED_WITHIN_TOTAL,
        severity: Severity::Warning,
        versions: V2019,
        test: Test::EachRow(
            Table::ActiveDisclosure,
            &[Column::Measure(DisclosureMeasure::NewlyDisclosed)],
            Relation::AtMost,
            &[Column::Measure(DisclosureMeasure::TotalDisclosed)],
        ),
        formula: "newly_disclosed ≤ total_disclosed",
        wording: Wording {
            english: "what was disclosed in the year is part of what is disclosed",
            chinese: "本年新公开数量不大于对外公开总数量",
        },
        source: "国办公开办函〔2019〕60号, table 二, 第二十条第（一）项",
    },
    part_sum(
        &[
            indicator(Indicator::ApplicationsReceivedInPerson),
            indicator(Indicator::ApplicationsReceivedFax),
            indicator(Indicator::ApplicationsReceivedOnline),
            indicator(Indicator::ApplicationsReceivedLetter),
        ],
        &[indicator(Indicator::ApplicationsReceived)],
        "applications.received.in_person + fax + online + letter = applications.received",
        Wording {
            english: "the applications by channel add up to those received",
            chinese: "各渠道申请数之和等于收到申请数",
        },
    ),
    part_sum(
        &[
            indicator(Indicator::ApplicationsCompletedOnTime),
            indicator(Indicator::ApplicationsCompletedExtended),
        ],
        &[indicator(Indicator::ApplicationsCompleted)],
        "applications.completed.on_time + extended = applications.completed",
        Wording {
            english: "the applications completed on time and late add up to those completed",
            chinese: "按时办结数与延期办结数之和等于申请办结数",
        },
    ),
    part_sum(
        &[
            indicator(Indicator::ApplicationsRepliedAlreadyPublic),
            indicator(Indicator::ApplicationsRepliedGranted),
            indicator(Indicator::ApplicationsRepliedPartiallyGranted),
            indicator(Indicator::ApplicationsRepliedDenied),
            indicator(Indicator::ApplicationsRepliedNotOwnResponsibility),
            indicator(Indicator::ApplicationsRepliedNonexistent),
            indicator(Indicator::ApplicationsRepliedCorrectionRequested),
            indicator(Indicator::ApplicationsRepliedRedirected),
        ],
        &[indicator(Indicator::ApplicationsReplied)],
        "applications.replied.already_public + granted + partially_granted + denied + not_own_responsibility \
         + nonexistent + correction_requested + redirected = applications.replied",
        Wording {
            english: "the eight kinds of reply add up to the applications replied to",
            chinese: "八类答复数之和等于申请答复数",
        },
    ),
    part_sum(
        &[
            indicator(Indicator::ApplicationsRepliedDeniedStateSecret),
            indicator(Indicator::ApplicationsRepliedDeniedTradeSecret),
            indicator(Indicator::ApplicationsRepliedDeniedPrivacy),
            indicator(Indicator::ApplicationsRepliedDeniedSecurityStability),
            indicator(Indicator::ApplicationsRepliedDeniedNotGovernmentInformation),
            indicator(Indicator::ApplicationsRepliedDeniedOtherLegalGrounds),
        ],
        &[indicator(Indicator::ApplicationsRepliedDenied)],
        "applications.replied.denied.state_secret + trade_secret + privacy + security_stability \
         + not_government_information + other_legal_grounds = applications.replied.denied",
        Wording {
            english: "the six grounds add up to the applications denied",
            chinese: "六类理由之和等于不同意公开答复数",
        },
    ),
    part_sum(
        &[
            indicator(Indicator::ReviewsUpheld),
            indicator(Indicator::ReviewsCorrected),
            indicator(Indicator::ReviewsOther),
        ],
        &[indicator(Indicator::Reviews)],
        "reviews.upheld + corrected + other = reviews",
        Wording {
            english: "the results of reviews add up to the reviews",
            chinese: "各项复议结果之和等于行政复议数量",
        },
    ),
    part_sum(
        &[
            indicator(Indicator::LitigationUpheld),
            indicator(Indicator::LitigationCorrected),
            indicator(Indicator::LitigationOther),
        ],
        &[indicator(Indicator::Litigation)],
        "litigation.upheld + corrected + other = litigation",
        Wording {
            english: "the results of lawsuits add up to the lawsuits",
            chinese: "各项诉讼结果之和等于行政诉讼数量",
        },
    ),
    part_sum(
        &[indicator(Indicator::CapacityStaffFullTime), indicator(Indicator::CapacityStaffPartTime)],
        &[indicator(Indicator::CapacityStaff)],
        "capacity.staff.full_time + part_time = capacity.staff",
        Wording {
            english: "full-time and part-time staff add up to the staff",
            chinese: "专职与兼职人员数之和等于工作人员数",
        },
    ),
    part_within_whole(
        &[indicator(Indicator::DisclosureNormativeDocumentsDisclosed)],
        &[indicator(Indicator::DisclosureItems)],
        "disclosure.normative_documents_disclosed ≤ disclosure.items",
        Wording {
            english: "the normative documents disclosed are among the items disclosed",
            chinese: "主动公开规范性文件数不大于主动公开政府信息数",
        },
    ),
    part_within_whole(
        &[indicator(Indicator::DisclosureItems)],
        &[
            indicator(Indicator::DisclosureChannelGazette),
            indicator(Indicator::DisclosureChannelWebsite),
            indicator(Indicator::DisclosureChannelWeibo),
            indicator(Indicator::DisclosureChannelWechat),
            indicator(Indicator::DisclosureChannelOther),
        ],
        "disclosure.items ≤ Σ disclosure.channel",
        Wording {
            english: "every item disclosed was disclosed through some channel",
            chinese: "主动公开政府信息数不大于各渠道公开数之和",
        },
    ),
    part_within_whole(
        &[indicator(Indicator::ResponseChannelPressConferencesLed)],
        &[indicator(Indicator::ResponseChannelPressConferences)],
        "response.channel.press_conferences_led ≤ response.channel.press_conferences",
        Wording {
            english: "the press conferences that a head attended are among the press conferences",
            chinese: "主要负责同志参加新闻发布会次数不大于新闻发布会总次数",
        },
    ),
    part_within_whole(
        &[indicator(Indicator::ResponseChannelOnlineInterviewsLed)],
        &[indicator(Indicator::ResponseChannelOnlineInterviews)],
        "response.channel.online_interviews_led ≤ response.channel.online_interviews",
        Wording {
            english: "the online interviews that a head attended are among the online interviews",
            chinese: "主要负责同志参加在线访谈次数不大于在线访谈次数",
        },
    ),
    Rule {
        code: Code::YEAR_CONFLICT,
        severity: Severity::Error,
        versions: SchemaVersion::ALL,
        test: Test::Report(year_conflict),
        formula: "year of title = year of period = year of table ≤ year of filing",
        wording: Wording {
            english: "title, period, table and day of filing speak of one year",
            chinese: "标题、统计期、表格与填报日期的年度一致",
        },
        source: "政府信息公开条例 (2019), Article 50: the report is about the year before",
    },
    Rule {
        code: Code::EMPTY_SECTION,
        severity: Severity::Info,
        versions: SINCE_2019,
        test: Test::Report(empty_section),
        formula: "五 ≠ ∅, 六 ≠ ∅",
        wording: Wording {
            english: "sections 五 and 六 say something", chinese: "第五、六部分应有内容"
        },
        source: "国办公开办函〔2021〕30号, sections 五 and 六",
    },
    Rule {
        code: Code::FEES_UNEXPLAINED,
        severity: Severity::Info,
        versions: SINCE_2019,
        test: Test::Report(fees_unexplained),
        formula: "六 = 无 ⇒ fees = 0",
        wording: Wording {
            english: "fees of the tables are explained in section 六",
            chinese: "表中收费在第六部分有说明",
        },
        source: "国办函〔2020〕109号: fees for the handling of applications are reported in section 六",
    },
    Rule {
        code: Code::NARRATIVE_FIGURE,
        severity: Severity::Warning,
        versions: SchemaVersion::ALL,
        test: Test::Report(narrative_figure),
        formula: "prose = cell",
        wording: Wording {
            english: "figures of the prose agree with the tables",
            chinese: "正文数字与表中一致",
        },
        source: "国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号: sections of text beside tables",
    },
];

const fn part_sum(
    parts: &'static [Row],
    total: &'static [Row],
    formula: &'static str,
    wording: Wording,
) -> Rule {
    Rule {
        code: Code::PART_SUM,
        severity: Severity::Error,
        versions: V2014,
        test: Test::EachColumn(parts, Relation::Equal, total),
        formula,
        wording,
        source: STATISTICS,
    }
}

const fn part_within_whole(
    part: &'static [Row],
    whole: &'static [Row],
    formula: &'static str,
    wording: Wording,
) -> Rule {
    Rule {
        code: Code::PART_WITHIN_WHOLE,
        severity: Severity::Warning,
        versions: V2014,
        test: Test::EachColumn(part, Relation::AtMost, whole),
        formula,
        wording,
        source: STATISTICS,
    }
}
