//! What prose states figures of: the subjects, the wordings seen, and the cells that answer.

use crate::form::{
    Applicant, CellId, Column, Indicator, Proceeding, RequestRow, ReviewOutcome, Row, SchemaVersion,
};
use crate::metrics::Metric;

macro_rules! subjects {
    ($($(#[$doc:meta])* $variant:ident = $id:literal,)+) => {
        /// What a figure of prose is about.
        ///
        /// ```
        /// use gongkai::claims::Subject;
        ///
        /// let report = gongkai::parse("一、总体情况\n全年举办各类政府信息公开培训班1次,上年结转政府信息公开申请2件。\n")?;
        /// let subjects: Vec<_> = report.claims().iter().map(|claim| claim.subject()).collect();
        /// assert_eq!(subjects, [Subject::Courses, Subject::CarriedOver]);
        /// assert_eq!(Subject::CarriedOver.id(), "carried_over");
        /// # Ok::<(), gongkai::Error>(())
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum Subject { $($(#[$doc])* $variant,)+ }

        impl Subject {
            /// Every subject.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The machine id: `carried_over`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }
        }

        impl core::fmt::Display for Subject {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.id())
            }
        }
    };
}

subjects! {
    /// 本年新收政府信息公开申请3件
    NewReceived = "new_received",
    /// 共收到政府信息公开申请3件: new ones, or with those carried over
    Received = "received",
    /// 上年结转2件
    CarriedOver = "carried_over",
    /// 答复3件
    Replied = "replied",
    /// 办结3件
    Completed = "completed",
    /// 结转下年度继续办理2件
    CarriedForward = "carried_forward",
    /// 予以公开3件
    Granted = "granted",
    /// 部分公开1件
    PartiallyGranted = "partially_granted",
    /// 本机关不掌握相关政府信息2件
    NotHeld = "not_held",
    /// 行政复议1件
    Reviews = "reviews",
    /// 行政诉讼1件
    Litigation = "litigation",
    /// 主动公开政府信息873条
    Disclosed = "disclosed",
    /// 回应公众关注热点或重大舆情6次
    Responses = "responses",
    /// 召开政府信息公开工作会议2次
    Meetings = "meetings",
    /// 举办各类培训班1次
    Courses = "courses",
    /// 接受培训人员14人次
    Trainees = "trainees",
    /// 专职工作人员1人
    FullTimeStaff = "full_time_staff",
    /// 兼职人员4人
    PartTimeStaff = "part_time_staff",
}

const fn r(row: RequestRow) -> CellId {
    CellId { row: Row::Request(row), column: Column::Applicant(Applicant::Total) }
}

const fn i(indicator: Indicator) -> CellId {
    CellId { row: Row::Indicator(indicator), column: Column::Value }
}

const fn p(proceeding: Proceeding) -> CellId {
    CellId { row: Row::Proceeding(proceeding), column: Column::Outcome(ReviewOutcome::Total) }
}

/// How many rows 三(一) to 三(四) have, the first of those that end in a reply.
const ON_THE_MATTER: usize = 13;

/// Cells that answer in one of several ways: each entry is a sum. None where the version does not ask.
type Answers = &'static [&'static [CellId]];

impl Subject {
    /// The cells that a figure of this subject can mean, in one version: it agrees with the form if it is the sum of the
    /// cells of any entry. Empty where the version does not ask.
    ///
    /// ```
    /// use gongkai::claims::Subject;
    /// use gongkai::form::SchemaVersion;
    ///
    /// // 共收到12件: 本年新收, or 本年新收 and 上年结转 together.
    /// let answers = Subject::Received.answers(SchemaVersion::V2021);
    /// assert_eq!((answers[0].len(), answers[1].len()), (1, 2));
    /// assert_eq!(answers[1][1].to_string(), "requests/carried_over/total");
    /// // Meetings are counted in the table of 国办发〔2014〕32号 alone.
    /// assert!(Subject::Meetings.answers(SchemaVersion::V2021).is_empty());
    /// ```
    #[must_use]
    pub const fn answers(self, version: SchemaVersion) -> Answers {
        use RequestRow as R;
        match (self, version) {
            (_, SchemaVersion::V2014) => self.answers_2014(),
            (Self::NewReceived, _) => const { &[&[r(R::NewReceived)]] },
            (Self::Received, _) => const { &[&[r(R::NewReceived)], &[r(R::NewReceived), r(R::CarriedOver)]] },
            (Self::CarriedOver, _) => const { &[&[r(R::CarriedOver)]] },
            (Self::Completed, _) => const { &[&[r(R::OutcomeTotal)]] },
            // 答复 is said of every outcome, of those that end in a reply, and of 三(一) to 三(四) alone.
            (Self::Replied, _) => {
                const {
                    let replied = Metric::Replied.cells(SchemaVersion::V2021);
                    &[&[r(R::OutcomeTotal)], replied, replied.split_at(ON_THE_MATTER).0]
                }
            }
            (Self::CarriedForward, _) => const { &[&[r(R::CarriedForward)]] },
            (Self::Granted, _) => const { &[&[r(R::Granted)]] },
            (Self::PartiallyGranted, _) => const { &[&[r(R::PartiallyGranted)]] },
            (Self::NotHeld, _) => const { &[&[r(R::UnableNotHeld)]] },
            (Self::Reviews, _) => const { &[&[p(Proceeding::AdministrativeReview)]] },
            (Self::Litigation, _) => {
                const {
                    &[
                        &[p(Proceeding::LitigationDirect), p(Proceeding::LitigationAfterReview)],
                        &[p(Proceeding::LitigationDirect)],
                    ]
                }
            }
            _ => &[],
        }
    }

    const fn answers_2014(self) -> Answers {
        use Indicator as I;
        match self {
            Self::NewReceived | Self::Received => const { &[&[i(I::ApplicationsReceived)]] },
            Self::Replied => const { &[&[i(I::ApplicationsReplied)], &[i(I::ApplicationsCompleted)]] },
            Self::Completed => const { &[&[i(I::ApplicationsCompleted)]] },
            Self::Granted => const { &[&[i(I::ApplicationsRepliedGranted)]] },
            Self::PartiallyGranted => const { &[&[i(I::ApplicationsRepliedPartiallyGranted)]] },
            Self::Reviews => const { &[&[i(I::Reviews)]] },
            Self::Litigation => const { &[&[i(I::Litigation)]] },
            Self::Disclosed => const { &[&[i(I::DisclosureItems)]] },
            Self::Responses => const { &[&[i(I::ResponseItems)]] },
            Self::Meetings => const { &[&[i(I::TrainingMeetings)]] },
            Self::Courses => const { &[&[i(I::TrainingCourses)]] },
            Self::Trainees => const { &[&[i(I::TrainingTrainees)]] },
            Self::FullTimeStaff => const { &[&[i(I::CapacityStaffFullTime)]] },
            Self::PartTimeStaff => const { &[&[i(I::CapacityStaffPartTime)]] },
            Self::CarriedOver | Self::CarriedForward | Self::NotHeld => &[],
        }
    }
}

/// What must have been said before a figure can be about its subject.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Context {
    /// Nothing more.
    None,
    /// The paragraph speaks of applications, and of nothing else since: 市长信箱 has outcomes too.
    Applications,
    /// The paragraph speaks of 信息公开.
    Disclosure,
    /// The sentence speaks of 信息公开.
    Sentence,
    /// The sentence speaks of 信息公开, or the section is the one on remedies.
    Remedies,
}

/// A word of a wording, and the characters that may stand between it and the next word or the figure.
pub(super) struct Step {
    pub(super) words: &'static [&'static str],
    pub(super) between: &'static str,
}

/// A wording: words in their order before the figure, in one clause.
pub(super) struct Wording {
    pub(super) subject: Subject,
    pub(super) steps: &'static [Step],
    /// Words of which one must follow the figure, with the characters that may stand between.
    pub(super) behind: Option<Step>,
    /// The measure words of the figure.
    pub(super) measures: &'static str,
    pub(super) context: Context,
    /// Whether it is a part by its own name, and so may stand behind 其中.
    pub(super) is_part: bool,
    /// Words in the clause that make the figure a part of the subject's: the channel, the kind of applicant.
    pub(super) parts: &'static [&'static str],
    /// Characters that turn the subject into another when they stand right before it: 不予以公开.
    pub(super) not_behind: &'static str,
}

const WORDING: Wording = Wording {
    subject: Subject::Received,
    steps: &[],
    behind: None,
    measures: "件宗份起例个条",
    context: Context::None,
    is_part: false,
    parts: &[],
    not_behind: "",
};

/// Between a subject and its figure.
macro_rules! count {
    ($more:literal) => {
        concat!("共合总计数量为有达到了是的约近超过逾", $more)
    };
}

const RECEIVED_PARTS: &[&str] = &[
    "通过",
    "网络",
    "网上",
    "在线",
    "信函",
    "邮寄",
    "传真",
    "当面",
    "现场",
    "邮箱",
    "书面",
    "邮件",
    "自然人",
    "企业",
    "商业",
    "科研",
];
const DISCLOSED_PARTS: &[&str] = &[
    "通过",
    "利用",
    "平台",
    "网站",
    "微博",
    "微信",
    "公报",
    "公众号",
    "公示栏",
    "公开栏",
    "门户",
    "新媒体",
    "客户端",
];
const STAFF_PARTS: &[&str] = &["网站", "公报", "编辑"];
const TIMELY_PARTS: &[&str] = &["按期", "按时", "延期", "逾期", "限内", "期限"];
const INSTANCES: &[&str] = &[
    "一审",
    "二审",
    "再审",
    "维持",
    "纠正",
    "撤销",
    "驳回",
    "未审结",
    "办理",
    "审理",
    "受理",
    "审结",
    "承办",
];

/// Every wording that is read, after the forms seen in published reports.
pub(super) const WORDINGS: &[Wording] = &[
    Wording {
        subject: Subject::NewReceived,
        steps: &[Step { words: &["新收"], between: count!("件政府信息公开依申请") }],
        context: Context::Applications,
        parts: RECEIVED_PARTS,
        not_behind: "未",
        ..WORDING
    },
    Wording {
        subject: Subject::Received,
        steps: &[
            Step {
                words: &["收到", "接到", "受理", "接收"],
                between: "了的政府信息政务数据公开依申请各类有关于涉及到公民法人和其他组织、提交出要求获取群众社会",
            },
            Step { words: &["申请"], between: count!("公开信件案数政府息事项") },
        ],
        parts: RECEIVED_PARTS,
        not_behind: "未",
        ..WORDING
    },
    Wording {
        subject: Subject::CarriedOver,
        steps: &[Step {
            words: &["上年结转", "上年度结转", "上一年结转", "上一年度结转", "去年结转"],
            between: count!("政府信息公开依申请本年度"),
        }],
        ..WORDING
    },
    Wording {
        subject: Subject::Replied,
        steps: &[Step { words: &["答复"], between: count!("政府信息公开依申请") }],
        context: Context::Applications,
        parts: TIMELY_PARTS,
        not_behind: "未不",
        ..WORDING
    },
    Wording {
        subject: Subject::Completed,
        steps: &[Step {
            words: &["办结", "办理完毕", "办理结果"], between: count!("政府信息公开依申请")
        }],
        context: Context::Applications,
        parts: TIMELY_PARTS,
        not_behind: "未不",
        ..WORDING
    },
    Wording {
        subject: Subject::CarriedForward,
        steps: &[Step {
            words: &[
                "结转下年",
                "结转下一年",
                "结转至下年",
                "结转至下一年",
                "结转到下年",
                "结转到下一年",
                "转下年度",
                "转下一年度",
            ],
            between: count!("度继续办理政府信息公开依申请"),
        }],
        is_part: true,
        ..WORDING
    },
    Wording {
        subject: Subject::Granted,
        steps: &[Step {
            words: &["予以公开", "同意公开"], between: count!("答复政府信息申请")
        }],
        context: Context::Applications,
        is_part: true,
        not_behind: "不未部",
        ..WORDING
    },
    Wording {
        subject: Subject::PartiallyGranted,
        steps: &[Step {
            words: &["部分公开", "部分掌握"], between: count!("答复相关政府信息申请")
        }],
        context: Context::Applications,
        is_part: true,
        not_behind: "不未",
        ..WORDING
    },
    Wording {
        subject: Subject::NotHeld,
        steps: &[Step { words: &["不掌握"], between: count!("相关政府信息申请") }],
        context: Context::Applications,
        is_part: true,
        ..WORDING
    },
    Wording {
        subject: Subject::Reviews,
        steps: &[Step { words: &["行政复议"], between: count!("申请案件事项") }],
        context: Context::Remedies,
        parts: INSTANCES,
        ..WORDING
    },
    Wording {
        subject: Subject::Litigation,
        steps: &[Step { words: &["行政诉讼"], between: count!("案件事项") }],
        context: Context::Remedies,
        parts: INSTANCES,
        ..WORDING
    },
    Wording {
        subject: Subject::Disclosed,
        steps: &[Step {
            words: &["主动公开", "公开信息总", "公开政府信息总", "公开政务信息总"],
            between: count!("政府信息政务各类"),
        }],
        parts: DISCLOSED_PARTS,
        ..WORDING
    },
    Wording {
        subject: Subject::Responses,
        steps: &[Step { words: &["回应公众关注热点或重大舆情"], between: count!("") }],
        measures: "次件起个",
        ..WORDING
    },
    Wording {
        subject: Subject::Meetings,
        steps: &[
            Step { words: &["召开"], between: "了的政府信息公开政务工作专题" },
            Step { words: &["会议"], between: count!("") },
        ],
        measures: "次场期个",
        context: Context::Sentence,
        ..WORDING
    },
    Wording {
        subject: Subject::Meetings,
        steps: &[Step { words: &["召开"], between: count!("") }],
        behind: Some(Step { words: &["会议"], between: "的政府信息公开政务工作专题" }),
        measures: "次场期个",
        context: Context::Sentence,
        ..WORDING
    },
    Wording {
        subject: Subject::Courses,
        steps: &[
            Step {
                words: &["举办", "开办"], between: "了的各类政府信息公开政务工作专题"
            },
            Step { words: &["培训班"], between: count!("") },
        ],
        measures: "次期个场",
        context: Context::Disclosure,
        ..WORDING
    },
    Wording {
        subject: Subject::Courses,
        steps: &[Step { words: &["举办", "开办"], between: count!("") }],
        behind: Some(Step {
            words: &["培训班"], between: "的各类政府信息公开政务工作专题"
        }),
        measures: "次期个场",
        context: Context::Disclosure,
        ..WORDING
    },
    Wording {
        subject: Subject::Trainees,
        steps: &[Step { words: &["接受培训"], between: count!("人员") }],
        measures: "人名",
        context: Context::Disclosure,
        ..WORDING
    },
    Wording {
        subject: Subject::FullTimeStaff,
        parts: STAFF_PARTS,
        steps: &[Step { words: &["专职"], between: count!("工作人员") }],
        measures: "人名",
        context: Context::Disclosure,
        is_part: true,
        ..WORDING
    },
    Wording {
        subject: Subject::FullTimeStaff,
        parts: STAFF_PARTS,
        behind: Some(Step { words: &["专职工作人员", "专职人员"], between: "" }),
        measures: "人名",
        context: Context::Disclosure,
        is_part: true,
        ..WORDING
    },
    Wording {
        subject: Subject::PartTimeStaff,
        parts: STAFF_PARTS,
        steps: &[Step { words: &["兼职"], between: count!("工作人员") }],
        measures: "人名",
        context: Context::Disclosure,
        is_part: true,
        not_behind: "专",
        ..WORDING
    },
    Wording {
        subject: Subject::PartTimeStaff,
        parts: STAFF_PARTS,
        behind: Some(Step { words: &["兼职工作人员", "兼职人员"], between: "" }),
        measures: "人名",
        context: Context::Disclosure,
        is_part: true,
        ..WORDING
    },
];

/// What a word of prose says about the figures that follow it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mark {
    /// They are of the report's year.
    ThisYear,
    /// Likewise, unless the sentence names a year.
    WholeYear,
    /// They are of the year before.
    LastYear,
    /// The year of this word is no year of a figure: 上年结转.
    NoYear,
    /// In this clause they are compared with others.
    Comparison,
    /// In this sentence they add up more than one year.
    Cumulative,
    /// In this sentence they are of a part of the year.
    PartOfYear,
    /// The sentence gives the day that the count ends with.
    Until,
    /// In this sentence they are parts of a figure before.
    Part,
    /// In this clause they are wanted, not counted.
    Intended,
    /// In this sentence they are of other bodies.
    OtherBody,
    /// A body: of the report, or another one.
    Body,
    /// They are about applications.
    Applications,
    /// They are about something that has outcomes as applications have.
    OtherMatter,
    /// They are about 信息公开.
    Disclosure,
}

/// The words that say so.
pub(super) const MARKS: &[(Mark, &[&str])] = &[
    (Mark::ThisYear, &["今年", "本年"]),
    (Mark::WholeYear, &["全年", "年内", "当年", "一年来"]),
    (Mark::LastYear, &["去年", "上年", "上一年", "前年"]),
    (
        Mark::NoYear,
        &["上年结转", "上年度结转", "上一年结转", "上一年度结转", "去年结转", "上年度报告", "上年报告"],
    ),
    (
        Mark::Comparison,
        &[
            "同比", "环比", "相比", "比上", "较上", "比去", "较去", "增长", "增加", "减少", "下降", "上升",
            "多于", "少于", "增幅",
        ],
    ),
    (Mark::Cumulative, &["累计", "以来", "历年", "近年", "五年", "三年", "两年"]),
    (Mark::PartOfYear, &["季度", "上半年", "下半年", "月份", "期间内", "本月", "当月"]),
    (Mark::Until, &["截至", "截止"]),
    (Mark::Part, &["其中", "含", "包括"]),
    (
        Mark::Intended,
        &[
            "拟",
            "计划",
            "力争",
            "争取",
            "预计",
            "每年",
            "每季",
            "每月",
            "每周",
            "每次",
            "不少于",
            "不低于",
            "至少",
            "不超过",
            "将召开",
            "将举办",
            "下一步",
            "明年",
            "来年",
            "目标",
            "原则上",
            "每半年",
        ],
    ),
    (
        Mark::OtherBody,
        &[
            "全国",
            "全省",
            "全市",
            "全县",
            "全区",
            "全州",
            "全旗",
            "各区",
            "各县",
            "各市",
            "各镇",
            "各乡",
            "各街",
            "各部门",
            "各单位",
            "各级",
            "各地",
            "各局",
            "各科室",
            "各处室",
            "下属",
            "所属",
            "分别",
            "其他单位",
            "其他部门",
            "某局",
            "有关单位",
            "基层",
            "本级",
        ],
    ),
    (Mark::Body, &["局", "厅", "街道办", "管委会"]),
    (Mark::Applications, &["依申请", "公开申请", "申请公开", "收到申请", "受理申请", "申请件"]),
    (
        Mark::OtherMatter,
        &[
            "信箱", "热线", "提案", "议案", "建议", "留言", "咨询", "信访", "工单", "举报", "来信", "来访",
            "许可", "处罚", "登记", "复议", "诉讼", "舆情", "投诉", "听证",
        ],
    ),
    (Mark::Disclosure, &["信息公开", "政务公开", "依申请", "公开信息", "公开政府信息"]),
];

/// A character before the name of a body that makes it the report's own, or a kind of body: 我局, 区局, 分局.
pub(super) const OWN_BODY: &str = "我本全该县市区分省州旗";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variant_table_knows_every_character_of_the_wordings() {
        let known = include_str!("../../tests/data/form_characters.txt");
        let steps = WORDINGS.iter().flat_map(|wording| wording.steps.iter().chain(&wording.behind));
        let steps = steps.flat_map(|step| step.words.iter().copied().chain([step.between]));
        let parts = WORDINGS.iter().flat_map(|wording| wording.parts.iter().copied());
        let marks = MARKS.iter().flat_map(|(_, words)| words.iter().copied());
        for c in steps
            .chain(parts)
            .chain(marks)
            .flat_map(str::chars)
            .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
        {
            assert!(known.contains(c), "{c}: add it to form_characters.txt and regenerate");
        }
    }
}
