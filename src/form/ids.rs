//! The typed ids of tables, rows and columns. An id is a public contract: it never changes its meaning.

use core::fmt;

use crate::id::machine_ids;

macro_rules! taxonomy {
    ($($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $id:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        machine_ids! { $name { $($variant = $id,)+ } }
    )+};
}

taxonomy! {
    /// The statutory tables.
    ///
    /// ```
    /// use gongkai::form::{SchemaVersion, Table};
    ///
    /// assert_eq!(Table::from_id("requests"), Some(Table::Requests));
    /// let requests = SchemaVersion::V2021.cells().iter().filter(|spec| spec.id.table() == Table::Requests);
    /// assert_eq!(requests.count(), 25 * 7);
    /// ```
    pub enum Table {
        /// 二、主动公开政府信息情况 (v2019, v2021)
        ActiveDisclosure = "active_disclosure",
        /// 三、收到和处理政府信息公开申请情况 (v2019, v2021)
        Requests = "requests",
        /// 四、政府信息公开行政复议、行政诉讼情况 (v2019, v2021)
        ReviewLitigation = "review_litigation",
        /// 政府信息公开情况统计表 (v2014)
        Statistics = "statistics",
    }
    /// The six statutory sections of a report since 2019; 二 to 六 are the contents that Article 50 of the Regulations asks for.
    ///
    /// ```
    /// use gongkai::form::SectionId;
    ///
    /// let report = gongkai::parse("一、总体情况\n略。\n五、存在问题及改进情况\n公开不够及时。\n")?;
    /// let problems = report.section(SectionId::Problems).unwrap();
    /// assert_eq!(report.prose(problems).map(|span| report.text(span)).collect::<Vec<_>>(), ["公开不够及时。"]);
    /// assert!(report.section(SectionId::Requests).is_none());
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    pub enum SectionId {
        /// 一、总体情况
        Overview = "overview",
        /// 二、主动公开政府信息情况
        ActiveDisclosure = "active_disclosure",
        /// 三、收到和处理政府信息公开申请情况
        Requests = "requests",
        /// 四、政府信息公开行政复议、行政诉讼情况
        ReviewLitigation = "review_litigation",
        /// 五、存在的主要问题及改进情况
        Problems = "problems",
        /// 六、其他需要报告的事项
        OtherMatters = "other_matters",
    }
    /// Rows of table 二, 主动公开政府信息情况 (Article 20 of the Regulations).
    ///
    /// ```
    /// use gongkai::form::{DisclosureMeasure, DisclosureRow};
    ///
    /// let report = gongkai::parse("信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n行政规范性文件 | 11 | 0 | 1,204 |\n")?;
    /// let table = report.form().and_then(|form| form.disclosure()).unwrap();
    /// let cell = table.get(DisclosureRow::NormativeDocuments, DisclosureMeasure::InForce).unwrap();
    /// assert_eq!(cell.number(), Some(1204.into()));
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    pub enum DisclosureRow {
        /// 规章
        Rules = "rules",
        /// 行政规范性文件
        NormativeDocuments = "normative_documents",
        /// 行政许可
        Licensing = "licensing",
        /// 行政处罚
        Penalties = "penalties",
        /// 行政强制
        CoerciveMeasures = "coercive_measures",
        /// 行政事业性收费
        AdministrativeFees = "administrative_fees",
        /// 其他对外管理服务事项
        OtherServices = "other_services",
        /// 政府集中采购
        GovernmentProcurement = "government_procurement",
    }
    /// Columns of table 二; which of them a row has depends on its paragraph of Article 20 and on the version. All are counts but
    /// [`FeesCollected`](Self::FeesCollected), in 万元, and [`ProcurementAmount`](Self::ProcurementAmount), in the unit that cell or head
    /// names; [`Change`](Self::Change) may be negative.
    ///
    /// ```
    /// use gongkai::form::{DisclosureMeasure, SchemaVersion};
    ///
    /// let column = DisclosureMeasure::from_id("in_force").unwrap(); // 现行有效件数
    /// let has = |version: SchemaVersion| version.has_column(gongkai::form::Column::Measure(column));
    /// assert!(has(SchemaVersion::V2021) && !has(SchemaVersion::V2019));
    /// ```
    pub enum DisclosureMeasure {
        /// 本年制发件数
        Issued = "issued",
        /// 本年废止件数
        Repealed = "repealed",
        /// 现行有效件数
        InForce = "in_force",
        /// 本年处理决定数量
        Decisions = "decisions",
        /// 本年收费金额
        FeesCollected = "fees_collected",
        /// 本年新制作数量
        NewlyMade = "newly_made",
        /// 本年新公开数量
        NewlyDisclosed = "newly_disclosed",
        /// 对外公开总数量
        TotalDisclosed = "total_disclosed",
        /// 上一年项目数量
        PreviousItems = "previous_items",
        /// 本年增/减
        Change = "change",
        /// 采购项目数量
        ProcurementProjects = "procurement_projects",
        /// 采购总金额
        ProcurementAmount = "procurement_amount",
    }
    /// Rows of table 三, 收到和处理政府信息公开申请情况, of both versions since 2019. The article behind each stands in
    /// [`RowSpec::article`](crate::form::RowSpec::article).
    ///
    /// ```
    /// use gongkai::form::{Applicant, RequestRow};
    ///
    /// let report = gongkai::parse("4.保护第三方合法权益 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n")?;
    /// let requests = report.form().and_then(|form| form.requests()).unwrap();
    /// let total = |row| requests.get(row, Applicant::Total).and_then(|cell| cell.number());
    /// assert_eq!(total(RequestRow::DeniedThirdPartyRights), Some(2.into()));
    /// assert_eq!(total(RequestRow::CarriedOver), Some(1.into()));
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    pub enum RequestRow {
        /// 本年新收政府信息公开申请数量
        NewReceived = "new_received",
        /// 上年结转政府信息公开申请数量
        CarriedOver = "carried_over",
        /// 予以公开
        Granted = "granted",
        /// 部分公开
        PartiallyGranted = "partially_granted",
        /// 属于国家秘密
        DeniedStateSecret = "denied.state_secret",
        /// 其他法律行政法规禁止公开
        DeniedProhibitedByLaw = "denied.prohibited_by_law",
        /// 危及“三安全一稳定”
        DeniedSecurityStability = "denied.security_stability",
        /// 保护第三方合法权益
        DeniedThirdPartyRights = "denied.third_party_rights",
        /// 属于三类内部事务信息
        DeniedInternalAffairs = "denied.internal_affairs",
        /// 属于四类过程性信息
        DeniedProcessInformation = "denied.process_information",
        /// 属于行政执法案卷
        DeniedEnforcementFiles = "denied.enforcement_files",
        /// 属于行政查询事项
        DeniedAdministrativeInquiry = "denied.administrative_inquiry",
        /// 本机关不掌握相关政府信息
        UnableNotHeld = "unable.not_held",
        /// 没有现成信息需要另行制作
        UnableNeedsCreation = "unable.needs_creation",
        /// 补正后申请内容仍不明确
        UnableUnclear = "unable.unclear",
        /// 信访举报投诉类申请
        NotProcessedPetition = "not_processed.petition",
        /// 重复申请
        NotProcessedDuplicate = "not_processed.duplicate",
        /// 要求提供公开出版物
        NotProcessedPublication = "not_processed.publication",
        /// 无正当理由大量反复申请
        NotProcessedExcessive = "not_processed.excessive",
        /// 要求行政机关确认或重新出具已获取信息
        NotProcessedConfirmation = "not_processed.confirmation",
        /// 申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
        OtherHandlingCorrectionOverdue = "other_handling.correction_overdue",
        /// 申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请
        OtherHandlingFeeOverdue = "other_handling.fee_overdue",
        /// 其他
        OtherHandlingOther = "other_handling.other",
        /// 其他处理 (v2019: one row for the three of v2021)
        OtherHandling = "other_handling",
        /// 总计
        OutcomeTotal = "outcome_total",
        /// 结转下年度继续办理
        CarriedForward = "carried_forward",
    }
    /// Columns of table 三: who applied. The five between 自然人 and 总计 stand under 法人或其他组织.
    ///
    /// ```
    /// use gongkai::form::{Applicant, CellId, RequestRow};
    ///
    /// let row = Applicant::ALL.iter().map(|applicant| CellId::from((RequestRow::NewReceived, *applicant)));
    /// assert_eq!(row.last().unwrap().to_string(), "requests/new_received/total");
    /// assert_eq!(Applicant::from_id("legal_service_organization"), Some(Applicant::LegalServiceOrganization));
    /// ```
    pub enum Applicant {
        /// 自然人
        NaturalPerson = "natural_person",
        /// 商业企业
        CommercialEnterprise = "commercial_enterprise",
        /// 科研机构
        ResearchInstitution = "research_institution",
        /// 社会公益组织
        PublicInterestOrganization = "public_interest_organization",
        /// 法律服务机构
        LegalServiceOrganization = "legal_service_organization",
        /// 其他
        OtherOrganization = "other_organization",
        /// 总计
        Total = "total",
    }
    /// The three parts of table 四, 政府信息公开行政复议、行政诉讼情况.
    ///
    /// ```
    /// use gongkai::form::{Proceeding, Row, SchemaVersion};
    ///
    /// let (_, row) = SchemaVersion::V2021.row(Row::Proceeding(Proceeding::LitigationDirect)).unwrap();
    /// assert_eq!((row.group, row.label), (Some("行政诉讼"), "未经复议直接起诉"));
    /// ```
    pub enum Proceeding {
        /// 行政复议
        AdministrativeReview = "administrative_review",
        /// 未经复议直接起诉
        LitigationDirect = "litigation_direct",
        /// 复议后起诉
        LitigationAfterReview = "litigation_after_review",
    }
    /// What became of reviews and lawsuits: the five columns of each part of table 四.
    ///
    /// ```
    /// use gongkai::form::{CellId, Proceeding, ReviewOutcome};
    ///
    /// // 尚未审结 of 行政复议
    /// let id = CellId::from((Proceeding::AdministrativeReview, ReviewOutcome::Pending));
    /// assert_eq!(id.to_string(), "review_litigation/administrative_review/pending");
    /// ```
    pub enum ReviewOutcome {
        /// 结果维持
        Upheld = "upheld",
        /// 结果纠正
        Corrected = "corrected",
        /// 其他结果
        OtherResult = "other_result",
        /// 尚未审结
        Pending = "pending",
        /// 总计
        Total = "total",
    }
    /// Rows of the pre-2019 table, 政府信息公开情况统计表 (国办发〔2014〕32号). Those that the form prints with a dash for their unit are
    /// headings, and have no cell.
    ///
    /// ```
    /// use gongkai::form::{Indicator, Unit};
    ///
    /// let report = gongkai::parse("（四）政府信息公开专项经费 | 万元 | 3.5 |\n")?;
    /// let form = report.form().unwrap();
    /// let budget = form.get(Indicator::CapacityBudget).unwrap();
    /// assert_eq!((budget.number().unwrap().to_string().as_str(), budget.unit()), ("3.5", Some(Unit::WanYuan)));
    /// assert!(form.get(Indicator::Capacity).is_none()); // 八、机构建设和保障经费情况 | — | — |
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    pub enum Indicator {
        /// 主动公开情况
        Disclosure = "disclosure",
        /// 主动公开政府信息数
        DisclosureItems = "disclosure.items",
        /// 主动公开规范性文件数
        DisclosureNormativeDocumentsDisclosed = "disclosure.normative_documents_disclosed",
        /// 制发规范性文件总数
        DisclosureNormativeDocumentsIssued = "disclosure.normative_documents_issued",
        /// 通过不同渠道和方式公开政府信息的情况
        DisclosureChannels = "disclosure.channels",
        /// 政府公报公开政府信息数
        DisclosureChannelGazette = "disclosure.channel.gazette",
        /// 政府网站公开政府信息数
        DisclosureChannelWebsite = "disclosure.channel.website",
        /// 政务微博公开政府信息数
        DisclosureChannelWeibo = "disclosure.channel.weibo",
        /// 政务微信公开政府信息数
        DisclosureChannelWechat = "disclosure.channel.wechat",
        /// 其他方式公开政府信息数
        DisclosureChannelOther = "disclosure.channel.other",
        /// 回应解读情况
        Response = "response",
        /// 回应公众关注热点或重大舆情数
        ResponseItems = "response.items",
        /// 通过不同渠道和方式回应解读的情况
        ResponseChannels = "response.channels",
        /// 参加或举办新闻发布会总次数
        ResponseChannelPressConferences = "response.channel.press_conferences",
        /// 主要负责同志参加新闻发布会次数
        ResponseChannelPressConferencesLed = "response.channel.press_conferences_led",
        /// 政府网站在线访谈次数
        ResponseChannelOnlineInterviews = "response.channel.online_interviews",
        /// 主要负责同志参加政府网站在线访谈次数
        ResponseChannelOnlineInterviewsLed = "response.channel.online_interviews_led",
        /// 政策解读稿件发布数
        ResponseChannelPolicyInterpretations = "response.channel.policy_interpretations",
        /// 微博微信回应事件数
        ResponseChannelWeiboWechat = "response.channel.weibo_wechat",
        /// 其他方式回应事件数
        ResponseChannelOther = "response.channel.other",
        /// 依申请公开情况
        Applications = "applications",
        /// 收到申请数
        ApplicationsReceived = "applications.received",
        /// 当面申请数
        ApplicationsReceivedInPerson = "applications.received.in_person",
        /// 传真申请数
        ApplicationsReceivedFax = "applications.received.fax",
        /// 网络申请数
        ApplicationsReceivedOnline = "applications.received.online",
        /// 信函申请数
        ApplicationsReceivedLetter = "applications.received.letter",
        /// 申请办结数
        ApplicationsCompleted = "applications.completed",
        /// 按时办结数
        ApplicationsCompletedOnTime = "applications.completed.on_time",
        /// 延期办结数
        ApplicationsCompletedExtended = "applications.completed.extended",
        /// 申请答复数
        ApplicationsReplied = "applications.replied",
        /// 属于已主动公开范围数
        ApplicationsRepliedAlreadyPublic = "applications.replied.already_public",
        /// 同意公开答复数
        ApplicationsRepliedGranted = "applications.replied.granted",
        /// 同意部分公开答复数
        ApplicationsRepliedPartiallyGranted = "applications.replied.partially_granted",
        /// 不同意公开答复数
        ApplicationsRepliedDenied = "applications.replied.denied",
        /// 涉及国家秘密
        ApplicationsRepliedDeniedStateSecret = "applications.replied.denied.state_secret",
        /// 涉及商业秘密
        ApplicationsRepliedDeniedTradeSecret = "applications.replied.denied.trade_secret",
        /// 涉及个人隐私
        ApplicationsRepliedDeniedPrivacy = "applications.replied.denied.privacy",
        /// 危及国家安全、公共安全、经济安全和社会稳定
        ApplicationsRepliedDeniedSecurityStability = "applications.replied.denied.security_stability",
        /// 不是《条例》所指政府信息
        ApplicationsRepliedDeniedNotGovernmentInformation = "applications.replied.denied.not_government_information",
        /// 法律法规规定的其他情形
        ApplicationsRepliedDeniedOtherLegalGrounds = "applications.replied.denied.other_legal_grounds",
        /// 不属于本行政机关公开数
        ApplicationsRepliedNotOwnResponsibility = "applications.replied.not_own_responsibility",
        /// 申请信息不存在数
        ApplicationsRepliedNonexistent = "applications.replied.nonexistent",
        /// 告知作出更改补充数
        ApplicationsRepliedCorrectionRequested = "applications.replied.correction_requested",
        /// 告知通过其他途径办理数
        ApplicationsRepliedRedirected = "applications.replied.redirected",
        /// 行政复议数量
        Reviews = "reviews",
        /// 维持具体行政行为数
        ReviewsUpheld = "reviews.upheld",
        /// 被依法纠错数
        ReviewsCorrected = "reviews.corrected",
        /// 其他情形数
        ReviewsOther = "reviews.other",
        /// 行政诉讼数量
        Litigation = "litigation",
        /// 维持具体行政行为或者驳回原告诉讼请求数
        LitigationUpheld = "litigation.upheld",
        /// 被依法纠错数
        LitigationCorrected = "litigation.corrected",
        /// 其他情形数
        LitigationOther = "litigation.other",
        /// 举报投诉数量
        Complaints = "complaints",
        /// 依申请公开信息收取的费用
        Fees = "fees",
        /// 机构建设和保障经费情况
        Capacity = "capacity",
        /// 政府信息公开工作专门机构数
        CapacityDedicatedUnits = "capacity.dedicated_units",
        /// 设置政府信息公开查阅点数
        CapacityReadingPoints = "capacity.reading_points",
        /// 从事政府信息公开工作人员数
        CapacityStaff = "capacity.staff",
        /// 专职人员数
        CapacityStaffFullTime = "capacity.staff.full_time",
        /// 兼职人员数
        CapacityStaffPartTime = "capacity.staff.part_time",
        /// 政府信息公开专项经费
        CapacityBudget = "capacity.budget",
        /// 政府信息公开会议和培训情况
        Training = "training",
        /// 召开政府信息公开工作会议或专题会议数
        TrainingMeetings = "training.meetings",
        /// 举办各类培训班数
        TrainingCourses = "training.courses",
        /// 接受培训人员数
        TrainingTrainees = "training.trainees",
    }
}

/// A row of any table.
///
/// ```
/// use gongkai::form::{RequestRow, Row, Table};
///
/// // An id belongs to its table.
/// let row = Row::from_id(Table::Requests, "granted").unwrap();
/// assert_eq!((row, row.table()), (Row::Request(RequestRow::Granted), Table::Requests));
/// assert_eq!(Row::from_id(Table::Statistics, "granted"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Row {
    /// Of table 二.
    Disclosure(DisclosureRow),
    /// Of table 三.
    Request(RequestRow),
    /// Of table 四.
    Proceeding(Proceeding),
    /// Of the pre-2019 table.
    Indicator(Indicator),
}

impl Row {
    /// The machine id, unique within its table.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Disclosure(row) => row.id(),
            Self::Request(row) => row.id(),
            Self::Proceeding(row) => row.id(),
            Self::Indicator(row) => row.id(),
        }
    }

    /// The table the row belongs to.
    #[must_use]
    pub const fn table(self) -> Table {
        match self {
            Self::Disclosure(_) => Table::ActiveDisclosure,
            Self::Request(_) => Table::Requests,
            Self::Proceeding(_) => Table::ReviewLitigation,
            Self::Indicator(_) => Table::Statistics,
        }
    }

    /// The row of `table` with this machine id; `None` where the table has none.
    #[must_use]
    pub fn from_id(table: Table, id: &str) -> Option<Self> {
        match table {
            Table::ActiveDisclosure => DisclosureRow::from_id(id).map(Self::Disclosure),
            Table::Requests => RequestRow::from_id(id).map(Self::Request),
            Table::ReviewLitigation => Proceeding::from_id(id).map(Self::Proceeding),
            Table::Statistics => Indicator::from_id(id).map(Self::Indicator),
        }
    }

    /// How many rows there are over all tables.
    pub(crate) const COUNT: usize = Self::Indicator(Indicator::TrainingTrainees).ordinal() + 1;

    /// Its place among all rows, `0..COUNT`.
    pub(crate) const fn ordinal(self) -> usize {
        const REQUESTS: usize = DisclosureRow::ALL.len();
        const PROCEEDINGS: usize = REQUESTS + RequestRow::ALL.len();
        const INDICATORS: usize = PROCEEDINGS + Proceeding::ALL.len();
        // A sum of two needs no jump.
        let (before, at) = match self {
            Self::Disclosure(row) => (0, row as usize),
            Self::Request(row) => (REQUESTS, row as usize),
            Self::Proceeding(row) => (PROCEEDINGS, row as usize),
            Self::Indicator(row) => (INDICATORS, row as usize),
        };
        at.wrapping_add(before)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// A column of any table.
///
/// ```
/// use gongkai::form::{Applicant, Column, Table};
///
/// assert_eq!(Column::from_id(Table::Requests, "total"), Some(Column::Applicant(Applicant::Total)));
/// assert_eq!(Column::from_id(Table::Statistics, "value"), Some(Column::Value));
/// assert_eq!(Column::from_id(Table::Statistics, "total"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Column {
    /// Of table 二.
    Measure(DisclosureMeasure),
    /// Of table 三.
    Applicant(Applicant),
    /// Of each part of table 四.
    Outcome(ReviewOutcome),
    /// 统计数, the only column of the pre-2019 table.
    Value,
}

impl Column {
    /// The machine id, unique within its table.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Measure(column) => column.id(),
            Self::Applicant(column) => column.id(),
            Self::Outcome(column) => column.id(),
            Self::Value => "value",
        }
    }

    /// The column of `table` with this machine id; `None` where the table has none.
    #[must_use]
    pub fn from_id(table: Table, id: &str) -> Option<Self> {
        match table {
            Table::ActiveDisclosure => DisclosureMeasure::from_id(id).map(Self::Measure),
            Table::Requests => Applicant::from_id(id).map(Self::Applicant),
            Table::ReviewLitigation => ReviewOutcome::from_id(id).map(Self::Outcome),
            Table::Statistics => (id == "value").then_some(Self::Value),
        }
    }
}

impl Column {
    /// How many columns there are over all tables.
    pub(crate) const COUNT: usize = Self::Value.ordinal() + 1;

    /// Its place among all columns, `0..COUNT`.
    pub(crate) const fn ordinal(self) -> usize {
        const APPLICANTS: usize = DisclosureMeasure::ALL.len();
        const OUTCOMES: usize = APPLICANTS + Applicant::ALL.len();
        const VALUE: usize = OUTCOMES + ReviewOutcome::ALL.len();
        let before = match self {
            Self::Measure(_) => 0,
            Self::Applicant(_) => APPLICANTS,
            Self::Outcome(_) => OUTCOMES,
            Self::Value => VALUE,
        };
        let at = match self {
            Self::Measure(column) => column as usize,
            Self::Applicant(column) => column as usize,
            Self::Outcome(column) => column as usize,
            Self::Value => 0,
        };
        at.wrapping_add(before)
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// One cell of a form, by its row and column.
///
/// ```
/// use gongkai::form::{Applicant, CellId, RequestRow};
///
/// let id = CellId::from((RequestRow::Granted, Applicant::NaturalPerson)); // (一)予以公开, 自然人
/// assert_eq!(id.to_string(), "requests/granted/natural_person");
/// assert_eq!(CellId::from_ids("requests", "granted", "natural_person"), Some(id));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CellId {
    /// The row, which also tells the table.
    pub row: Row,
    /// The column.
    pub column: Column,
}

impl CellId {
    /// The table of the cell.
    #[must_use]
    pub const fn table(self) -> Table {
        self.row.table()
    }

    /// The cell with these machine ids, of any version: a form need not have it. `None` where one of the ids is none of the table's.
    #[must_use]
    pub fn from_ids(table: &str, row: &str, column: &str) -> Option<Self> {
        let table = Table::from_id(table)?;
        Some(Self { row: Row::from_id(table, row)?, column: Column::from_id(table, column)? })
    }
}

impl fmt::Display for CellId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.table(), self.row, self.column)
    }
}

impl From<(DisclosureRow, DisclosureMeasure)> for CellId {
    fn from((row, column): (DisclosureRow, DisclosureMeasure)) -> Self {
        Self { row: Row::Disclosure(row), column: Column::Measure(column) }
    }
}

impl From<(RequestRow, Applicant)> for CellId {
    fn from((row, column): (RequestRow, Applicant)) -> Self {
        Self { row: Row::Request(row), column: Column::Applicant(column) }
    }
}

impl From<(Proceeding, ReviewOutcome)> for CellId {
    fn from((row, column): (Proceeding, ReviewOutcome)) -> Self {
        Self { row: Row::Proceeding(row), column: Column::Outcome(column) }
    }
}

impl From<Indicator> for CellId {
    fn from(row: Indicator) -> Self {
        Self { row: Row::Indicator(row), column: Column::Value }
    }
}
