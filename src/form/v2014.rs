//! 政府信息公开情况统计表, reports for 2014 to 2018 (国办发〔2014〕32号).

use super::ids::{Column, Indicator, Row, Table};
use super::spec::{BLOCK, Block, COLUMN, ColumnSpec, ROW, RowSpec};
use super::unit::Unit;

pub(super) const BLOCKS: &[&[Block]] = &[&[STATISTICS]];

const STATISTICS: Block = Block {
    table: Table::Statistics,
    rows: &[
        RowSpec {
            row: Row::Indicator(Indicator::Disclosure),
            label: "主动公开情况",
            number: "一",
            heading: true,
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::DisclosureItems),
            label: "主动公开政府信息数",
            number: "一(一)",
            note: Some("不同渠道和方式公开相同信息计1条"),
            unit: Some(Unit::Tiao),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::DisclosureNormativeDocumentsDisclosed),
            label: "主动公开规范性文件数",
            number: "其中",
            unit: Some(Unit::Tiao),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::DisclosureNormativeDocumentsIssued),
            label: "制发规范性文件总数",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::DisclosureChannels),
            label: "通过不同渠道和方式公开政府信息的情况",
            number: "一(二)",
            heading: true,
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::DisclosureChannelGazette),
            label: "政府公报公开政府信息数",
            number: "1",
            unit: Some(Unit::Tiao),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::DisclosureChannelWebsite),
            label: "政府网站公开政府信息数",
            number: "2",
            unit: Some(Unit::Tiao),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::DisclosureChannelWeibo),
            label: "政务微博公开政府信息数",
            number: "3",
            unit: Some(Unit::Tiao),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::DisclosureChannelWechat),
            label: "政务微信公开政府信息数",
            number: "4",
            unit: Some(Unit::Tiao),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::DisclosureChannelOther),
            label: "其他方式公开政府信息数",
            number: "5",
            unit: Some(Unit::Tiao),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::Response),
            label: "回应解读情况",
            number: "二",
            heading: true,
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ResponseItems),
            label: "回应公众关注热点或重大舆情数",
            number: "二(一)",
            note: Some("不同方式回应同一热点或舆情计1次"),
            unit: Some(Unit::Ci),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ResponseChannels),
            label: "通过不同渠道和方式回应解读的情况",
            number: "二(二)",
            heading: true,
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ResponseChannelPressConferences),
            label: "参加或举办新闻发布会总次数",
            number: "1",
            unit: Some(Unit::Ci),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ResponseChannelPressConferencesLed),
            label: "主要负责同志参加新闻发布会次数",
            number: "其中",
            unit: Some(Unit::Ci),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ResponseChannelOnlineInterviews),
            label: "政府网站在线访谈次数",
            number: "2",
            unit: Some(Unit::Ci),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ResponseChannelOnlineInterviewsLed),
            label: "主要负责同志参加政府网站在线访谈次数",
            number: "其中",
            unit: Some(Unit::Ci),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ResponseChannelPolicyInterpretations),
            label: "政策解读稿件发布数",
            number: "3",
            unit: Some(Unit::Pian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ResponseChannelWeiboWechat),
            label: "微博微信回应事件数",
            number: "4",
            unit: Some(Unit::Ci),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ResponseChannelOther),
            label: "其他方式回应事件数",
            number: "5",
            unit: Some(Unit::Ci),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::Applications),
            label: "依申请公开情况",
            number: "三",
            heading: true,
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsReceived),
            label: "收到申请数",
            number: "三(一)",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsReceivedInPerson),
            label: "当面申请数",
            number: "1",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsReceivedFax),
            label: "传真申请数",
            number: "2",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsReceivedOnline),
            label: "网络申请数",
            number: "3",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsReceivedLetter),
            label: "信函申请数",
            number: "4",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsCompleted),
            label: "申请办结数",
            number: "三(二)",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsCompletedOnTime),
            label: "按时办结数",
            number: "1",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsCompletedExtended),
            label: "延期办结数",
            number: "2",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsReplied),
            label: "申请答复数",
            number: "三(三)",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsRepliedAlreadyPublic),
            label: "属于已主动公开范围数",
            number: "1",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsRepliedGranted),
            label: "同意公开答复数",
            number: "2",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsRepliedPartiallyGranted),
            label: "同意部分公开答复数",
            number: "3",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsRepliedDenied),
            label: "不同意公开答复数",
            number: "4",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsRepliedDeniedStateSecret),
            label: "涉及国家秘密",
            number: "其中",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsRepliedDeniedTradeSecret),
            label: "涉及商业秘密",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsRepliedDeniedPrivacy),
            label: "涉及个人隐私",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsRepliedDeniedSecurityStability),
            label: "危及国家安全、公共安全、经济安全和社会稳定",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsRepliedDeniedNotGovernmentInformation),
            label: "不是《条例》所指政府信息",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsRepliedDeniedOtherLegalGrounds),
            label: "法律法规规定的其他情形",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsRepliedNotOwnResponsibility),
            label: "不属于本行政机关公开数",
            number: "5",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsRepliedNonexistent),
            label: "申请信息不存在数",
            number: "6",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsRepliedCorrectionRequested),
            label: "告知作出更改补充数",
            number: "7",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ApplicationsRepliedRedirected),
            label: "告知通过其他途径办理数",
            number: "8",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::Reviews),
            label: "行政复议数量",
            number: "四",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ReviewsUpheld),
            label: "维持具体行政行为数",
            number: "四(一)",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ReviewsCorrected),
            label: "被依法纠错数",
            number: "四(二)",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::ReviewsOther),
            label: "其他情形数",
            number: "四(三)",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::Litigation),
            label: "行政诉讼数量",
            number: "五",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::LitigationUpheld),
            label: "维持具体行政行为或者驳回原告诉讼请求数",
            number: "五(一)",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::LitigationCorrected),
            label: "被依法纠错数",
            number: "五(二)",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::LitigationOther),
            label: "其他情形数",
            number: "五(三)",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::Complaints),
            label: "举报投诉数量",
            number: "六",
            unit: Some(Unit::Jian),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::Fees),
            label: "依申请公开信息收取的费用",
            number: "七",
            unit: Some(Unit::WanYuan),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::Capacity),
            label: "机构建设和保障经费情况",
            number: "八",
            heading: true,
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::CapacityDedicatedUnits),
            label: "政府信息公开工作专门机构数",
            number: "八(一)",
            unit: Some(Unit::Ge),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::CapacityReadingPoints),
            label: "设置政府信息公开查阅点数",
            number: "八(二)",
            unit: Some(Unit::Ge),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::CapacityStaff),
            label: "从事政府信息公开工作人员数",
            number: "八(三)",
            unit: Some(Unit::Ren),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::CapacityStaffFullTime),
            label: "专职人员数",
            number: "1",
            note: Some("不包括政府公报及政府网站工作人员数"),
            unit: Some(Unit::Ren),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::CapacityStaffPartTime),
            label: "兼职人员数",
            number: "2",
            unit: Some(Unit::Ren),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::CapacityBudget),
            label: "政府信息公开专项经费",
            number: "八(四)",
            note: Some("不包括用于政府公报编辑管理及政府网站建设维护等方面的经费"),
            unit: Some(Unit::WanYuan),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::Training),
            label: "政府信息公开会议和培训情况",
            number: "九",
            heading: true,
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::TrainingMeetings),
            label: "召开政府信息公开工作会议或专题会议数",
            number: "九(一)",
            unit: Some(Unit::Ci),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::TrainingCourses),
            label: "举办各类培训班数",
            number: "九(二)",
            unit: Some(Unit::Ci),
            ..ROW
        },
        RowSpec {
            row: Row::Indicator(Indicator::TrainingTrainees),
            label: "接受培训人员数",
            number: "九(三)",
            unit: Some(Unit::RenCi),
            ..ROW
        },
    ],
    columns: &[ColumnSpec {
        column: Column::Value,
        label: "统计数",
        aliases: &["统计数据", "统计数量"],
        ..COLUMN
    }],
    ..BLOCK
};
