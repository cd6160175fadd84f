//! Wording of the form that holds no figure: heads, group labels, banners, section titles, filing fields.

use super::ids::SectionId;

/// A label of the form that is neither a row nor a column.
///
/// ```
/// use gongkai::form::{Head, RowGroup};
/// use gongkai::grammar::taxonomy::{Label, parse_label};
///
/// // A group label, glued to the first row of its group.
/// let found = parse_label("(三)不予公开1.属于国家秘密").unwrap();
/// assert_eq!(found.labels, [Label::Head(Head::Group(RowGroup::Denied))]);
/// assert_eq!(Head::Organisations.label(), "法人或其他组织");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Head {
    /// A label that groups rows, such as 不予公开; it stands before its first row, or nowhere.
    Group(RowGroup),
    /// 信息内容: the first head of a block of table 二.
    Content,
    /// 申请人情况: the head over all columns of table 三.
    Applicants,
    /// 法人或其他组织: the head over five columns of table 三.
    Organisations,
    /// 行政诉讼: the head over two parts of table 四.
    Litigation,
    /// 类别: the first head of table 四 printed with one row a proceeding.
    Category,
    /// 统计指标: the first head of the pre-2019 table.
    Indicators,
    /// 单位: the second head of the pre-2019 table.
    UnitOfCount,
    /// 序号: the head of a column of serial numbers.
    SerialNumber,
    /// A line of the local look-alikes of the pre-2019 table (本期实际, 本年累计), which are not this form.
    LookAlike,
    /// 续表: the table goes on, its head repeated.
    Continued,
    /// 小计: a subtotal that the form does not have.
    Subtotal,
}

/// The groups of rows of table 三, with the articles of the Regulations on Open Government Information (2019) behind their rows.
///
/// ```
/// use gongkai::form::{Head, RequestRow, Row, RowGroup, SchemaVersion};
///
/// let (_, row) = SchemaVersion::V2021.row(Row::Request(RequestRow::UnableNotHeld)).unwrap();
/// assert_eq!(row.group, Some(Head::Group(RowGroup::Unable).label()));
/// assert_eq!((row.label, row.article), ("本机关不掌握相关政府信息", Some("36(4)(5)")));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum RowGroup {
    /// 三、本年度办理结果
    Outcome,
    /// (三)不予公开: Articles 14 to 16 and 36(7).
    Denied,
    /// (四)无法提供: Articles 30, 36(4), 36(5) and 38.
    Unable,
    /// (五)不予处理: Articles 35, 36(6) and 39.
    NotProcessed,
    /// (六)其他处理: Articles 30 and 42. A group since 2021; before, a row of its own.
    OtherHandling,
}

/// Every head with its wordings, the official one first.
pub const HEADS: &[(Head, &[&str])] = &[
    (Head::Group(RowGroup::Outcome), &["本年度办理结果", "本年办理结果"]),
    (Head::Group(RowGroup::Denied), &["不予公开"]),
    (Head::Group(RowGroup::Unable), &["无法提供"]),
    (Head::Group(RowGroup::NotProcessed), &["不予处理"]),
    (Head::Group(RowGroup::OtherHandling), &["其他处理"]),
    (Head::Content, &["信息内容"]),
    (Head::Applicants, &["申请人情况"]),
    (Head::Organisations, &["法人或其他组织"]),
    (Head::Litigation, &["行政诉讼"]),
    (Head::Category, &["类别"]),
    (Head::Indicators, &["统计指标", "指标", "统计项目"]),
    (Head::UnitOfCount, &["单位", "计量单位"]),
    (Head::SerialNumber, &["序号"]),
    (Head::LookAlike, &["代码", "本期实际", "本年累计", "历年累计"]),
    (Head::Continued, &["续表"]),
    (Head::Subtotal, &["小计"]),
];

impl Head {
    /// The official wording: the first of its wordings in [`HEADS`].
    #[must_use]
    pub fn label(self) -> &'static str {
        HEADS
            .iter()
            .find(|(head, _)| *head == self)
            .and_then(|(_, labels)| labels.first().copied())
            .unwrap_or_default()
    }
}

impl SectionId {
    /// The official heading with its number, after the formats of 2019 and 2021. Sections 二 to 六 are the five contents that
    /// Article 50 of the Regulations asks of a report.
    ///
    /// ```
    /// assert_eq!(gongkai::form::SectionId::Overview.heading(), "一、总体情况");
    /// ```
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Overview => "一、总体情况",
            Self::ActiveDisclosure => "二、主动公开政府信息情况",
            Self::Requests => "三、收到和处理政府信息公开申请情况",
            Self::ReviewLitigation => "四、政府信息公开行政复议、行政诉讼情况",
            Self::Problems => "五、存在的主要问题及改进情况",
            Self::OtherMatters => "六、其他需要报告的事项",
        }
    }
}

/// A piece of a statutory section title.
///
/// [`section_of`](crate::grammar::heading::section_of) puts the pieces together:
///
/// ```
/// use gongkai::form::{SectionId, TITLE_PARTS, TitlePart};
/// use gongkai::grammar::heading::section_of;
///
/// let (part, wordings) = TITLE_PARTS[0];
/// assert_eq!((part, wordings[0]), (TitlePart::Title(SectionId::Overview), "总体情况"));
/// assert_eq!(section_of("政府信息公开工作存在的问题和改进措施"), Some(SectionId::Problems));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum TitlePart {
    /// A whole title.
    Title(SectionId),
    /// Words that may stand before a title: 政府信息公开, 本年度, …
    Prefix,
    /// 行政复议, of a title that names both remedies.
    Review,
    /// 行政诉讼, likewise.
    Litigation,
    /// 存在的主要问题, first half of the fifth title.
    Problems,
    /// 改进情况, its second half.
    Improvement,
    /// A word that joins two parts.
    Joint,
}

/// The titles of the six statutory sections and their pieces, after the official wording and the variants seen.
pub const TITLE_PARTS: &[(TitlePart, &[&str])] = &[
    (TitlePart::Title(SectionId::Overview), &["总体情况", "总体工作情况", "总体落实情况", "概述"]),
    (
        TitlePart::Title(SectionId::ActiveDisclosure),
        &["主动公开政府信息情况", "主动公开政务信息情况", "主动公开政府信息的情况", "主动公开情况"],
    ),
    (
        TitlePart::Title(SectionId::Requests),
        &["收到和处理政府信息公开申请情况", "收到和处理信息公开申请情况", "依申请公开政府信息情况"],
    ),
    (
        TitlePart::Title(SectionId::ReviewLitigation),
        &["政府信息公开行政复议、行政诉讼情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况"],
    ),
    (TitlePart::Title(SectionId::Problems), &["存在的主要问题及改进情况"]),
    (TitlePart::Title(SectionId::OtherMatters), &["其他需要报告的事项"]),
    (
        TitlePart::Prefix,
        &[
            "政府信息公开工作",
            "政府信息公开",
            "政务公开工作",
            "政务公开",
            "信息公开工作",
            "信息公开",
            "行政机关",
            "本年度",
            "本年",
            "年",
            "年度",
        ],
    ),
    (TitlePart::Review, &["行政复议", "因政府信息公开工作被申请行政复议", "被申请行政复议"]),
    (TitlePart::Litigation, &["行政诉讼", "提起行政诉讼"]),
    (TitlePart::Problems, &["存在的主要问题", "存在的问题", "存在问题", "存在主要问题"]),
    (TitlePart::Improvement, &["改进情况", "改进措施", "改进方向", "改进思路"]),
    (TitlePart::Joint, &["及", "和", "与", "情况", "统计表"]),
];

/// A labelled line of the filing block around a table: `填报单位（盖章）：…`.
///
/// They stand above and below the table of 国办发〔2014〕32号. What they say is in [`Meta`](crate::meta::Meta): agency, day, signatories;
/// [`Contact`](Self::Contact) is known, and not kept.
///
/// ```
/// use gongkai::form::Field;
///
/// let report = gongkai::parse("（三）接受培训人员数 | 人次 | 14 |\n单位负责人：张三 审核人：李四 填报人：王五\n")?;
/// let (field, name) = report.meta().signatories[1];
/// assert_eq!((field, report.text(name)), (Field::Reviewer, "李四"));
/// assert_eq!(field.label(), "审核人");
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Field {
    /// 填报单位: the agency that files.
    Agency,
    /// 填报日期: the day of filing.
    FilingDate,
    /// 单位负责人: the head of the agency.
    HeadOfAgency,
    /// 审核人: who checked the table.
    Reviewer,
    /// 填报人: who filled it in.
    Preparer,
    /// 联系电话 and other ways to reach them.
    Contact,
}

impl Field {
    /// The official Chinese label: the first of its wordings in [`FIELDS`].
    #[must_use]
    pub fn label(self) -> &'static str {
        FIELDS
            .iter()
            .find(|(field, _)| *field == self)
            .and_then(|(_, labels)| labels.first().copied())
            .unwrap_or_default()
    }
}

/// Every field with its wordings, the official one first.
pub const FIELDS: &[(Field, &[&str])] = &[
    (Field::Agency, &["填报单位", "填表单位", "报送单位"]),
    (Field::FilingDate, &["填报日期", "填表日期", "报送日期", "填报时间"]),
    (Field::HeadOfAgency, &["单位负责人", "单位领导", "负责人"]),
    (Field::Reviewer, &["审核人"]),
    (Field::Preparer, &["填报人", "填表人"]),
    (Field::Contact, &["联系电话", "联系方式", "电话"]),
];
