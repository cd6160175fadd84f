//! One set of questions asked of every version of the form, and the cells that answer them.
//!
//! The three versions count much the same things under other names and in other tables. A [`Metric`] is a question; for
//! each version it lists the cells whose sum answers it, or none where the form does not ask. There is a number only
//! where every one of these cells holds one: a blank is not zero, and what is missing or text is no operand.
//!
//! ```
//! use gongkai::metrics::{Metric, NoAnswer};
//!
//! let report = gongkai::parse("三、依申请公开情况 | — | — |\n(一)收到申请数 | 件 | 12 |\n七、依申请公开信息收取的费用 | 万元 |\n|\n")?;
//! let form = report.form().unwrap();
//! assert_eq!(form.metric(Metric::Received).unwrap().value(), 12.into());
//! assert!(matches!(form.metric(Metric::Completed), Err(NoAnswer::Open { .. })));
//! assert_eq!(form.metric(Metric::CarriedOver), Err(NoAnswer::NotAsked));
//! # Ok::<(), gongkai::Error>(())
//! ```
//!
//! # Which cells answer
//!
//! A dash says that the version does not ask the question. Cells of table 三 are those of its column 总计.
//!
#![doc = include_str!("metrics.md")]

use core::fmt;

use crate::diagnostic::Language;
use crate::form::{
    Applicant, CellId, Column, DisclosureMeasure, DisclosureRow, Figure, Form, Indicator, Number, Proceeding,
    RequestRow, ReviewOutcome, Row, SchemaVersion, Unit,
};
use crate::id::machine_ids;
use crate::report::Report;

use crate::form::{
    DisclosureMeasure as M, DisclosureRow as D, Indicator as I, Proceeding as P, RequestRow as R,
    ReviewOutcome as O,
};

/// An answer to a question: the number, its unit, the cells it comes from.
///
/// ```
/// use gongkai::form::Unit;
/// use gongkai::metrics::Metric;
///
/// let report = gongkai::parse("2.涉及商业秘密 | 件 | 3 |\n涉及个人隐私 | 件 | 4 |\n")?;
/// let answer = report.form().unwrap().metric(Metric::DeniedThirdPartyRights).unwrap();
/// assert_eq!((answer.value(), answer.unit()), (7.into(), Some(Unit::Jian)));
/// assert_eq!(answer.cells().len(), 2);
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answer {
    value: Number,
    unit: Option<Unit>,
    cells: &'static [CellId],
}

impl Answer {
    /// The number: that of the one cell, or the exact sum of several.
    #[must_use]
    pub const fn value(&self) -> Number {
        self.value
    }

    /// The unit of the cells, as the form or the source gives it, never converted; `None` for counts since 2019, where the form prints none.
    #[must_use]
    pub const fn unit(&self) -> Option<Unit> {
        self.unit
    }

    /// Whether the two numbers count the same thing: the older table prints 件 in its rows, the newer ones print no unit.
    pub(crate) fn is_comparable(&self, other: &Self) -> bool {
        self.unit.is_none() || other.unit.is_none() || self.unit == other.unit
    }

    /// The cells, in the order of the form.
    #[must_use]
    pub const fn cells(&self) -> &'static [CellId] {
        self.cells
    }
}

/// Why a question has no answer.
///
/// ```
/// use gongkai::form::Figure;
/// use gongkai::metrics::{Metric, NoAnswer};
///
/// let report = gongkai::parse("（一）收到申请数 | 件 | — |\n六、举报投诉数量 | 件 | 0 |\n")?;
/// let form = report.form().unwrap();
/// let Err(NoAnswer::Open { cell, figure }) = form.metric(Metric::Received) else { panic!() };
/// assert_eq!((cell.to_string().as_str(), figure), ("statistics/applications.received/value", Figure::NotApplicable));
/// assert_eq!(form.metric(Metric::Unable), Err(NoAnswer::NotAsked)); // 无法提供 is asked since 2019
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum NoAnswer {
    /// The version of the form does not ask it.
    NotAsked,
    /// A cell that it takes holds no number.
    Open {
        /// The first such cell.
        cell: CellId,
        /// What it holds: blank, a mark, text, or nothing at all.
        figure: Figure,
    },
    /// The cells are given in different units, which are never converted.
    UnitsDiffer {
        /// The first cell with another unit than the cells before it.
        cell: CellId,
    },
    /// The sum has more digits than can be kept exactly.
    Overflow,
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAsked => f.write_str("the form does not ask"),
            Self::Open { cell, figure } => write!(f, "{cell} is no number but {}", figure.state()),
            Self::UnitsDiffer { cell } => write!(f, "{cell} is given in another unit"),
            Self::Overflow => f.write_str("the sum has too many digits"),
        }
    }
}

impl core::error::Error for NoAnswer {}

impl Form {
    /// The answer of this form to a question.
    ///
    /// Where the rows of this version are missing and those of another version stand in their place (the three rows of
    /// 其他处理 in a report for 2020), these answer.
    ///
    /// # Errors
    ///
    /// The form does not ask the question, or does not support a number: [`NoAnswer`] says which and why.
    ///
    /// ```
    /// use gongkai::metrics::Metric;
    ///
    /// // 2019: one row 其他处理.
    /// let report = gongkai::parse("信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n规章 | 2 | 2 | 9 |\n(六)其他处理 | 0 | 0 | 0 | 0 | 0 | 1 | 1 |\n")?;
    /// let form = report.form().unwrap();
    /// assert_eq!(form.metric(Metric::RulesIssued).unwrap().value(), 2.into());
    /// assert_eq!(form.metric(Metric::OtherHandling).unwrap().value(), 1.into());
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    pub fn metric(&self, metric: Metric) -> Result<Answer, NoAnswer> {
        let own = self.sum(metric.cells(self.version()));
        match own {
            Err(NoAnswer::Open { figure: Figure::Missing, .. }) => {
                let others = SchemaVersion::ALL.iter().filter(|version| **version != self.version());
                let in_place = others.map(|version| metric.cells(*version));
                in_place.filter_map(|cells| self.sum(cells).ok()).next().map_or(own, Ok)
            }
            own => own,
        }
    }

    fn sum(&self, cells: &'static [CellId]) -> Result<Answer, NoAnswer> {
        let mut sum: Option<Answer> = None;
        for &id in cells {
            let cell = self.get(id);
            let figure = cell.map_or(Figure::Missing, |cell| cell.figure());
            let Figure::Number(value) = figure else { return Err(NoAnswer::Open { cell: id, figure }) };
            let unit = cell.and_then(|cell| cell.unit());
            let value = match sum {
                Some(sum) if sum.unit != unit => return Err(NoAnswer::UnitsDiffer { cell: id }),
                Some(sum) => sum.value.checked_add(value).ok_or(NoAnswer::Overflow)?,
                None => value,
            };
            sum = Some(Answer { value, unit, cells });
        }
        sum.ok_or(NoAnswer::NotAsked)
    }
}

impl Report<'_> {
    /// Every question with the answer of the report's [form](Report::form), in the order of [`Metric::ALL`]; nothing for a report
    /// without a statutory table.
    ///
    /// ```
    /// use gongkai::metrics::Metric;
    ///
    /// let report = gongkai::parse("（一）收到申请数 | 件 | 12 |\n六、举报投诉数量 | 件 | 0 |\n")?;
    /// let answered = report.metrics().filter_map(|(metric, answer)| Some((metric, answer.ok()?.value())));
    /// assert_eq!(answered.collect::<Vec<_>>(), [(Metric::Received, 12.into()), (Metric::Complaints, 0.into())]);
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    pub fn metrics(&self) -> impl Iterator<Item = (Metric, Result<Answer, NoAnswer>)> {
        self.form()
            .into_iter()
            .flat_map(|form| Metric::ALL.iter().map(|metric| (*metric, form.metric(*metric))))
    }
}

macro_rules! metrics {
    ($($variant:ident = $id:literal, $english:literal, $chinese:literal, $caveat:expr,
       $v2014:expr, $v2019:expr, $v2021:expr;)+) => {
        /// A question that can be asked of every version of the form.
        ///
        /// ```
        /// use gongkai::form::SchemaVersion;
        /// use gongkai::metrics::Metric;
        ///
        /// let cells = Metric::NotHeld.cells(SchemaVersion::V2021);
        /// assert_eq!(cells[0].to_string(), "requests/unable.not_held/total");
        /// // 不属于本行政机关公开数 and 申请信息不存在数 are one row since 2019, after Article 36(4) and (5).
        /// assert_eq!(Metric::NotHeld.cells(SchemaVersion::V2014).len(), 2);
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum Metric { $(#[doc = $chinese] #[doc = concat!("(", $english, ")")] $variant,)+ }

        machine_ids! { Metric { $($variant = $id,)+ } }

        impl Metric {
            /// The question in words.
            #[must_use]
            pub const fn label(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$variant, Language::Chinese) => $chinese, (Self::$variant, _) => $english,)+
                }
            }

            /// What to mind when answers of several versions are set side by side, in English; `None` where they count the same.
            ///
            /// ```
            /// use gongkai::metrics::Metric;
            ///
            /// assert!(Metric::NotHeld.caveat().unwrap().contains("申请信息不存在")); // two rows until 2018, one since
            /// assert_eq!(Metric::Received.caveat(), None);
            /// ```
            #[must_use]
            pub const fn caveat(self) -> Option<&'static str> {
                match self { $(Self::$variant => $caveat,)+ }
            }

            /// The cells whose sum answers the question; none where the version does not ask it.
            #[must_use]
            pub const fn cells(self, version: SchemaVersion) -> &'static [CellId] {
                match (self, version) {$(
                    (Self::$variant, SchemaVersion::V2014) => const { $v2014 },
                    (Self::$variant, SchemaVersion::V2019) => const { $v2019 },
                    (Self::$variant, SchemaVersion::V2021) => const { $v2021 },
                )+}
            }
        }
    };
}

/// A cell of table 三, of its column 总计.
const fn r(row: RequestRow) -> CellId {
    by(row, Applicant::Total)
}

const fn by(row: RequestRow, applicant: Applicant) -> CellId {
    CellId { row: Row::Request(row), column: Column::Applicant(applicant) }
}

const fn d(row: DisclosureRow, measure: DisclosureMeasure) -> CellId {
    CellId { row: Row::Disclosure(row), column: Column::Measure(measure) }
}

const fn p(proceeding: Proceeding, outcome: ReviewOutcome) -> CellId {
    CellId { row: Row::Proceeding(proceeding), column: Column::Outcome(outcome) }
}

const fn i(indicator: Indicator) -> CellId {
    CellId { row: Row::Indicator(indicator), column: Column::Value }
}

const NONE: &[CellId] = &[];

const DENIED: &[CellId] = &[
    r(R::DeniedStateSecret),
    r(R::DeniedProhibitedByLaw),
    r(R::DeniedSecurityStability),
    r(R::DeniedThirdPartyRights),
    r(R::DeniedInternalAffairs),
    r(R::DeniedProcessInformation),
    r(R::DeniedEnforcementFiles),
    r(R::DeniedAdministrativeInquiry),
];

const UNABLE: &[CellId] = &[r(R::UnableNotHeld), r(R::UnableNeedsCreation), r(R::UnableUnclear)];

const NOT_PROCESSED: &[CellId] = &[
    r(R::NotProcessedPetition),
    r(R::NotProcessedDuplicate),
    r(R::NotProcessedPublication),
    r(R::NotProcessedExcessive),
    r(R::NotProcessedConfirmation),
];

/// 三(一) to 三(五): what Articles 35 to 39 answer with a reply.
const REPLIED: &[CellId] = &[
    r(R::Granted),
    r(R::PartiallyGranted),
    r(R::DeniedStateSecret),
    r(R::DeniedProhibitedByLaw),
    r(R::DeniedSecurityStability),
    r(R::DeniedThirdPartyRights),
    r(R::DeniedInternalAffairs),
    r(R::DeniedProcessInformation),
    r(R::DeniedEnforcementFiles),
    r(R::DeniedAdministrativeInquiry),
    r(R::UnableNotHeld),
    r(R::UnableNeedsCreation),
    r(R::UnableUnclear),
    r(R::NotProcessedPetition),
    r(R::NotProcessedDuplicate),
    r(R::NotProcessedPublication),
    r(R::NotProcessedExcessive),
    r(R::NotProcessedConfirmation),
];

const OTHER_HANDLING: &[CellId] =
    &[r(R::OtherHandlingCorrectionOverdue), r(R::OtherHandlingFeeOverdue), r(R::OtherHandlingOther)];

const BY_ORGANISATIONS: &[CellId] = &[
    by(R::NewReceived, Applicant::CommercialEnterprise),
    by(R::NewReceived, Applicant::ResearchInstitution),
    by(R::NewReceived, Applicant::PublicInterestOrganization),
    by(R::NewReceived, Applicant::LegalServiceOrganization),
    by(R::NewReceived, Applicant::OtherOrganization),
];

/// A column of both lawsuits: 未经复议直接起诉 and 复议后起诉.
macro_rules! lawsuits {
    ($outcome:ident) => {
        &[p(P::LitigationDirect, O::$outcome), p(P::LitigationAfterReview, O::$outcome)]
    };
}

metrics! {
    Received = "received", "applications received in the year", "收到申请", None,
        &[i(I::ApplicationsReceived)], &[r(R::NewReceived)], &[r(R::NewReceived)];
    ReceivedFromPersons = "received.natural_person", "of these, from natural persons", "其中自然人申请", None,
        NONE, &[by(R::NewReceived, Applicant::NaturalPerson)], &[by(R::NewReceived, Applicant::NaturalPerson)];
    ReceivedFromOrganisations = "received.organizations", "of these, from organisations", "其中法人或其他组织申请", None,
        NONE, BY_ORGANISATIONS, BY_ORGANISATIONS;
    ReceivedInPerson = "received.in_person", "of these, in person", "其中当面申请", None,
        &[i(I::ApplicationsReceivedInPerson)], NONE, NONE;
    ReceivedByFax = "received.fax", "of these, by fax", "其中传真申请", None,
        &[i(I::ApplicationsReceivedFax)], NONE, NONE;
    ReceivedOnline = "received.online", "of these, online", "其中网络申请", None,
        &[i(I::ApplicationsReceivedOnline)], NONE, NONE;
    ReceivedByLetter = "received.letter", "of these, by letter", "其中信函申请", None,
        &[i(I::ApplicationsReceivedLetter)], NONE, NONE;
    CarriedOver = "carried_over", "carried over from the year before", "上年结转", None,
        NONE, &[r(R::CarriedOver)], &[r(R::CarriedOver)];
    CarriedForward = "carried_forward", "carried forward to the next year", "结转下年度", None,
        NONE, &[r(R::CarriedForward)], &[r(R::CarriedForward)];
    Completed = "completed", "applications concluded", "办结", None,
        &[i(I::ApplicationsCompleted)], &[r(R::OutcomeTotal)], &[r(R::OutcomeTotal)];
    Replied = "replied", "applications answered", "答复",
        Some("Until 2018 申请答复数 counts replies, 告知作出更改补充 among them; since 2019 the sum of 三(一) to 三(五), since an application of 三(六) 其他处理 is closed without a reply on its matter."),
        &[i(I::ApplicationsReplied)], REPLIED, REPLIED;
    AlreadyPublic = "replied.already_public", "answered: already public", "属于已主动公开范围", None,
        &[i(I::ApplicationsRepliedAlreadyPublic)], NONE, NONE;
    Granted = "granted", "granted", "予以公开",
        Some("Until 2018 属于已主动公开范围 is counted apart from 同意公开."),
        &[i(I::ApplicationsRepliedGranted)], &[r(R::Granted)], &[r(R::Granted)];
    PartiallyGranted = "partially_granted", "partly granted", "部分公开", None,
        &[i(I::ApplicationsRepliedPartiallyGranted)], &[r(R::PartiallyGranted)], &[r(R::PartiallyGranted)];
    Denied = "denied", "denied", "不予公开",
        Some("The grounds differ: six until 2018, eight since."),
        &[i(I::ApplicationsRepliedDenied)], DENIED, DENIED;
    DeniedStateSecret = "denied.state_secret", "denied: state secret", "不予公开：国家秘密", None,
        &[i(I::ApplicationsRepliedDeniedStateSecret)], &[r(R::DeniedStateSecret)], &[r(R::DeniedStateSecret)];
    DeniedProhibitedByLaw = "denied.prohibited_by_law", "denied: prohibited by other laws", "不予公开：其他法律行政法规禁止公开", None,
        NONE, &[r(R::DeniedProhibitedByLaw)], &[r(R::DeniedProhibitedByLaw)];
    DeniedSecurityStability = "denied.security_stability", "denied: three securities and stability", "不予公开：三安全一稳定", None,
        &[i(I::ApplicationsRepliedDeniedSecurityStability)], &[r(R::DeniedSecurityStability)], &[r(R::DeniedSecurityStability)];
    DeniedThirdPartyRights = "denied.third_party_rights", "denied: rights of third parties", "不予公开：第三方合法权益",
        Some("Until 2018 the sum of 涉及商业秘密 and 涉及个人隐私, the two that the Regulations of 2007 protect (Article 14); since 2019 Article 15, which adds other rights."),
        &[i(I::ApplicationsRepliedDeniedTradeSecret), i(I::ApplicationsRepliedDeniedPrivacy)],
        &[r(R::DeniedThirdPartyRights)], &[r(R::DeniedThirdPartyRights)];
    DeniedInternalAffairs = "denied.internal_affairs", "denied: internal affairs", "不予公开：三类内部事务信息", None,
        NONE, &[r(R::DeniedInternalAffairs)], &[r(R::DeniedInternalAffairs)];
    DeniedProcessInformation = "denied.process_information", "denied: information of a process", "不予公开：四类过程性信息", None,
        NONE, &[r(R::DeniedProcessInformation)], &[r(R::DeniedProcessInformation)];
    DeniedEnforcementFiles = "denied.enforcement_files", "denied: enforcement files", "不予公开：行政执法案卷", None,
        NONE, &[r(R::DeniedEnforcementFiles)], &[r(R::DeniedEnforcementFiles)];
    DeniedAdministrativeInquiry = "denied.administrative_inquiry", "denied: administrative inquiry", "不予公开：行政查询事项", None,
        NONE, &[r(R::DeniedAdministrativeInquiry)], &[r(R::DeniedAdministrativeInquiry)];
    DeniedNotGovernmentInformation = "denied.not_government_information", "denied: no government information", "不予公开：不是《条例》所指政府信息", None,
        &[i(I::ApplicationsRepliedDeniedNotGovernmentInformation)], NONE, NONE;
    DeniedOtherLegalGrounds = "denied.other_legal_grounds", "denied: other grounds in law", "不予公开：法律法规规定的其他情形", None,
        &[i(I::ApplicationsRepliedDeniedOtherLegalGrounds)], NONE, NONE;
    Unable = "unable", "cannot be provided", "无法提供", None,
        NONE, UNABLE, UNABLE;
    NotHeld = "unable.not_held", "not held", "本机关不掌握",
        Some("Until 2018 the sum of 不属于本行政机关公开 and 申请信息不存在; since 2019 one row for both, after Article 36(4) and (5)."),
        &[i(I::ApplicationsRepliedNotOwnResponsibility), i(I::ApplicationsRepliedNonexistent)],
        &[r(R::UnableNotHeld)], &[r(R::UnableNotHeld)];
    NeedsCreation = "unable.needs_creation", "would have to be made", "没有现成信息", None,
        NONE, &[r(R::UnableNeedsCreation)], &[r(R::UnableNeedsCreation)];
    Unclear = "unable.unclear", "unclear after correction", "补正后仍不明确", None,
        NONE, &[r(R::UnableUnclear)], &[r(R::UnableUnclear)];
    CorrectionRequested = "replied.correction_requested", "answered: asked to correct", "告知作出更改补充", None,
        &[i(I::ApplicationsRepliedCorrectionRequested)], NONE, NONE;
    Redirected = "replied.redirected", "answered: referred elsewhere", "告知通过其他途径办理", None,
        &[i(I::ApplicationsRepliedRedirected)], NONE, NONE;
    NotProcessed = "not_processed", "not processed", "不予处理", None,
        NONE, NOT_PROCESSED, NOT_PROCESSED;
    OtherHandling = "other_handling", "closed in other ways", "其他处理", None,
        NONE, &[r(R::OtherHandling)], OTHER_HANDLING;
    Reviews = "reviews", "administrative reviews", "行政复议",
        Some("Since 2019 cases still pending (尚未审结) are counted as well; the older table has no place for them."),
        &[i(I::Reviews)], &[p(P::AdministrativeReview, O::Total)], &[p(P::AdministrativeReview, O::Total)];
    ReviewsUpheld = "reviews.upheld", "reviews: upheld", "复议维持", None,
        &[i(I::ReviewsUpheld)], &[p(P::AdministrativeReview, O::Upheld)], &[p(P::AdministrativeReview, O::Upheld)];
    ReviewsCorrected = "reviews.corrected", "reviews: corrected", "复议纠正", None,
        &[i(I::ReviewsCorrected)], &[p(P::AdministrativeReview, O::Corrected)], &[p(P::AdministrativeReview, O::Corrected)];
    ReviewsOther = "reviews.other", "reviews: other results", "复议其他结果", None,
        &[i(I::ReviewsOther)], &[p(P::AdministrativeReview, O::OtherResult)], &[p(P::AdministrativeReview, O::OtherResult)];
    ReviewsPending = "reviews.pending", "reviews: pending", "复议尚未审结", None,
        NONE, &[p(P::AdministrativeReview, O::Pending)], &[p(P::AdministrativeReview, O::Pending)];
    Litigation = "litigation", "lawsuits", "行政诉讼",
        Some("As for reviews; since 2019 the sum of 未经复议直接起诉 and 复议后起诉."),
        &[i(I::Litigation)], lawsuits!(Total), lawsuits!(Total);
    LitigationUpheld = "litigation.upheld", "lawsuits: upheld", "诉讼维持", None,
        &[i(I::LitigationUpheld)], lawsuits!(Upheld), lawsuits!(Upheld);
    LitigationCorrected = "litigation.corrected", "lawsuits: corrected", "诉讼纠正", None,
        &[i(I::LitigationCorrected)], lawsuits!(Corrected), lawsuits!(Corrected);
    LitigationOther = "litigation.other", "lawsuits: other results", "诉讼其他结果", None,
        &[i(I::LitigationOther)], lawsuits!(OtherResult), lawsuits!(OtherResult);
    LitigationPending = "litigation.pending", "lawsuits: pending", "诉讼尚未审结", None,
        NONE, lawsuits!(Pending), lawsuits!(Pending);
    Complaints = "complaints", "complaints", "举报投诉", None,
        &[i(I::Complaints)], NONE, NONE;
    RulesIssued = "rules.issued", "rules issued", "制发规章", None,
        NONE, &[d(D::Rules, M::NewlyMade)], &[d(D::Rules, M::Issued)];
    NormativeDocumentsIssued = "normative_documents.issued", "normative documents issued", "制发规范性文件", None,
        &[i(I::DisclosureNormativeDocumentsIssued)], &[d(D::NormativeDocuments, M::NewlyMade)], &[d(D::NormativeDocuments, M::Issued)];
    NormativeDocumentsDisclosed = "normative_documents.disclosed", "normative documents newly disclosed", "主动公开规范性文件", None,
        &[i(I::DisclosureNormativeDocumentsDisclosed)], &[d(D::NormativeDocuments, M::NewlyDisclosed)], NONE;
    NormativeDocumentsRepealed = "normative_documents.repealed", "normative documents repealed", "废止规范性文件", None,
        NONE, NONE, &[d(D::NormativeDocuments, M::Repealed)];
    NormativeDocumentsInForce = "normative_documents.in_force", "normative documents in force", "现行有效规范性文件",
        Some("对外公开总数量 of 2019 and 2020 counts what is disclosed, not what is in force."),
        NONE, NONE, &[d(D::NormativeDocuments, M::InForce)];
    LicensingDecisions = "licensing.decisions", "licensing decisions", "行政许可处理决定", None,
        NONE, &[d(D::Licensing, M::Decisions)], &[d(D::Licensing, M::Decisions)];
    PenaltyDecisions = "penalties.decisions", "penalty decisions", "行政处罚处理决定", None,
        NONE, &[d(D::Penalties, M::Decisions)], &[d(D::Penalties, M::Decisions)];
    CoerciveMeasureDecisions = "coercive_measures.decisions", "coercive measures", "行政强制处理决定", None,
        NONE, &[d(D::CoerciveMeasures, M::Decisions)], &[d(D::CoerciveMeasures, M::Decisions)];
    DisclosureFees = "fees.disclosure", "fees for disclosure on application", "依申请公开收费",
        Some("Since 2019 section 六 states these in prose, not in a table."),
        &[i(I::Fees)], NONE, NONE;
    AdministrativeFees = "fees.administrative", "administrative fees collected", "行政事业性收费金额",
        Some("Not fees for disclosure: Article 20(8) on all fees that the agency collects. In 2019 and 2020 the form counts items of fees, not money."),
        NONE, NONE, &[d(D::AdministrativeFees, M::FeesCollected)];
    Disclosed = "disclosed", "items of information disclosed", "主动公开政府信息", None,
        &[i(I::DisclosureItems)], NONE, NONE;
    DisclosedInGazette = "disclosed.gazette", "disclosed in the gazette", "政府公报公开",
        Some("The same information through two channels counts twice here and once in 主动公开政府信息."),
        &[i(I::DisclosureChannelGazette)], NONE, NONE;
    DisclosedOnWebsite = "disclosed.website", "disclosed on the website", "政府网站公开", None,
        &[i(I::DisclosureChannelWebsite)], NONE, NONE;
    DisclosedOnWeibo = "disclosed.weibo", "disclosed on Weibo", "政务微博公开", None,
        &[i(I::DisclosureChannelWeibo)], NONE, NONE;
    DisclosedOnWechat = "disclosed.wechat", "disclosed on WeChat", "政务微信公开", None,
        &[i(I::DisclosureChannelWechat)], NONE, NONE;
    DisclosedOtherwise = "disclosed.other", "disclosed in other ways", "其他方式公开", None,
        &[i(I::DisclosureChannelOther)], NONE, NONE;
}
