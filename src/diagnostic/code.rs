//! The one table of codes.

use core::fmt;

use super::{Class, Severity};

/// The stable name of a kind of diagnostic, in kebab-case; a caller's own rules make their own.
///
/// ```
/// use gongkai::diagnostic::Code;
///
/// const LATE: Code = Code::new("filed-late");
/// assert_eq!(LATE.as_str(), "filed-late");
/// assert_eq!(Code::POSITION_LOST.as_str(), "position-lost");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// A code of the caller's own.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The entry of the [`TABLE`]; `None` for a code of the caller's own.
    #[must_use]
    pub fn entry(self) -> Option<&'static Entry> {
        TABLE.iter().find(|entry| entry.code == self)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

/// What the crate says about one of its codes.
///
/// ```
/// use gongkai::diagnostic::{Code, Severity};
///
/// let entry = Code::NOT_A_FIGURE.entry().unwrap();
/// assert_eq!((entry.severity, entry.example), (Severity::Error, "约3件 |"));
/// assert_eq!(entry.chinese, "{cells} 的内容不是数字");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// Its class.
    pub class: Class,
    /// Its severity.
    pub severity: Severity,
    /// The message in English; `{found}` and `{expected}` stand for the diagnostic's counts, `{cells}` for its cells,
    /// `{left}` and `{right}` for
    /// its sides, `{rule}` for what its rule says, `{equation}` for the two sides it compares, `{findings}` for those it explains.
    pub english: &'static str,
    /// The message in Chinese.
    pub chinese: &'static str,
    /// A line of source that gives rise to it.
    pub example: &'static str,
}

macro_rules! codes {
    ($($constant:ident = $name:literal, $class:ident, $severity:ident, $english:literal, $chinese:literal, $example:literal;)+) => {
        impl Code {
            $(#[doc = $english] #[doc = ""] #[doc = concat!("Example: `", $example, "`")] pub const $constant: Self = Self($name);)+
        }

        /// Every code of the crate.
        pub const TABLE: &[Entry] = &[$(Entry {
            code: Code($name),
            class: Class::$class,
            severity: Severity::$severity,
            english: $english,
            chinese: $chinese,
            example: $example,
        },)+];
    };
}

codes! {
    NO_STATUTORY_TABLE = "no-statutory-table", Reading, Info,
        "no statutory table was read",
        "未读出法定表格",
        "(四)申请处理情况。无";
    MISSING_ROW = "missing-row", Reading, Warning,
        "the source has no row for {cells}",
        "原文缺少 {cells} 一行",
        "a table without its row 2.重复申请";
    POSITION_LOST = "position-lost", Reading, Warning,
        "the row shows {found} of {expected} cells, and nothing tells which: {cells} are left open",
        "该行应有{expected}格,只见{found}格,无法判定各格位置,{cells} 未取值",
        "规章 | 3 | 5 | |";
    POSITION_INFERRED = "position-inferred", Reading, Warning,
        "the row shows {found} of {expected} cells; {cells} stand where all columns add up, which no other place allows",
        "该行应有{expected}格,只见{found}格;{cells} 按各列勾稽关系唯一可能的位置取值",
        "(一)予以公开 | 3 | 2 | 5 | | behind which all sums of the table hold in one way only";
    SURPLUS_CELLS = "surplus-cells", Reading, Warning,
        "the row shows {found} cells where the form has {expected}: {cells} are left open",
        "该行应有{expected}格,却有{found}格,{cells} 未取值",
        "规章 | 3 | 5 | 7 | 9 |";
    WIDTH_MISMATCH = "width-mismatch", Reading, Warning,
        "cells and pads of the row make {found}, the table's other rows make {expected}: {cells} may be incomplete",
        "该行格数合计{found},与表中其他行的{expected}不符,{cells} 存疑",
        "规章 | 3 | 5 | 7 | ||";
    NOT_A_FIGURE = "not-a-figure", Reading, Error,
        "the cell {cells} holds text that is no figure",
        "{cells} 的内容不是数字",
        "约3件 |";
    FIGURE_OVERFLOW = "figure-overflow", Reading, Error,
        "the figure of {cells} has more digits than can be kept exactly",
        "{cells} 的数字过长,无法精确保存",
        "99999999999999999999999999999999 |";
    VALUE_REMARK = "value-remark", Reading, Info,
        "the figure of {cells} carries a remark",
        "{cells} 的数字带有备注",
        "22(其中修订16件) |";
    UNIT_DIFFERS = "unit-differs", Reading, Warning,
        "{cells} names another unit than the form; the value is not converted",
        "{cells} 的单位与规定不同,数值未换算",
        "行政事业性收费 | 251000元 |";
    UNIT_UNSTATED = "unit-unstated", Reading, Warning,
        "neither the form nor the source says in which unit {cells} is given",
        "{cells} 未注明金额单位",
        "政府集中采购 | 3 | 120 |";
    NEGATIVE_FIGURE = "negative-figure", Reading, Warning,
        "{cells} is negative, which the form does not provide for",
        "{cells} 为负数,与规定不符",
        "规章 | -5 | 0 | 0 |";
    HEADER_MISSING = "header-missing", Reading, Warning,
        "no heads of the form stand above the row: the order of {cells} is the form's, not the source's",
        "该行上方没有规定的表头,{cells} 按规定次序读取",
        "规章 | 3 | 5 | 7 | without 信息内容 | 本年制发件数 | … above it";
    HEADER_TRUNCATED = "header-truncated", Reading, Warning,
        "a column head is cut off and was identified by its position: {cells}",
        "表头文字不全,按位置认定:{cells}",
        "本年新 |";
    HEADER_DIFFERS = "header-differs", Reading, Warning,
        "the heads of the table are not those of the form: {cells} are left open",
        "表头与规定不符,{cells} 未取值",
        "代码 | 本期实际 |";
    LABEL_TRUNCATED = "label-truncated", Reading, Info,
        "the label of {cells} is cut off within its note",
        "{cells} 的行名在括注中截断",
        "(四)政府信息公开专项经费(不包括用于政府公报编 |";
    LABEL_APPROXIMATE = "label-approximate", Reading, Warning,
        "a label is not quite the form's, cut off, torn, or with words of its own; it fits one place only: {cells}",
        "名称与规定表格不尽一致(不全、残缺或另有文字),按唯一可能认定:{cells}",
        "4.保护第三方合法 |";
    LABEL_AMBIGUOUS = "label-ambiguous", Reading, Warning,
        "two rows of the form have this label, and the rows around it do not tell which one it is: {cells}",
        "规定表格中有两行同名,前后各行无法断定所指:{cells}",
        "(三)其他情形数 | 件 | 4 | without (二)被依法纠错数 above it";
    UNKNOWN_ROW = "unknown-row", Reading, Warning,
        "the table has a row that the form does not have; its {found} cells are not read",
        "表中有一行不属于规定表格,其{found}格未读取",
        "小计 | 3 | 0 |";
    UNBOUND_CELLS = "unbound-cells", Reading, Warning,
        "{found} cells stand in no row and are not read",
        "有{found}格不在任何一行内,未读取",
        "3 |";
    TOO_MANY_ROWS = "too-many-rows", Reading, Error,
        "the text has more rows, heads or tables than any report, and none of them is read: {cells} are left open",
        "文本的行数、表头数或表格数超出任何报告,均未读取:{cells} 未取值",
        "规章 | 3 | printed a thousand times, with little else";
    DUPLICATE_ROW = "duplicate-row", Reading, Info,
        "the row of {cells} is printed twice with the same figures",
        "{cells} 所在行重复出现,数字一致",
        "规章 | 3 | 5 | 7 |";
    DUPLICATE_CONFLICT = "duplicate-conflict", Reading, Error,
        "{cells} is printed more than once, with different figures; it is left open",
        "{cells} 重复出现且数字不一致,未取值",
        "规章 | 3 | 5 | 7 |";
    ROW_OF_OTHER_VERSION = "row-of-other-version", Reading, Info,
        "{cells} belong to another version of the form; they are kept under their own ids, behind the cells of this one",
        "{cells} 属于另一版本的表格,按其自身编号附在本表之后",
        "(六)其他处理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
    HEADING_WITH_FIGURE = "heading-with-figure", Reading, Warning,
        "a heading of the form carries a figure, which is not read",
        "标题行带有数字,未读取",
        "一、主动公开情况 | — | 5 |";
    DATE_INCOMPLETE = "date-incomplete", Reading, Warning,
        "the filing date has no year",
        "填报日期缺少年份",
        "填报日期: 年1月11日";
    UNCLOSED_CELL = "unclosed-cell", Reading, Warning,
        "no bar ends the cell, as one does the others: {cells} may be cut off",
        "该格末尾无竖线,与其他格不同,{cells} 可能不全",
        "一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 1 | 1";
    MALFORMED_BYTES = "malformed-bytes", Reading, Warning,
        "bytes that are no text in the document's encoding were replaced by U+FFFD",
        "有字节不符合文件编码,已替换为 U+FFFD",
        "a file cut in the middle of a character";
    ANNOTATION_REMOVED = "annotation-removed", Reading, Info,
        "a pinyin annotation was taken out of the clean text",
        "清理文本时删去注音",
        "區(qū)縣";
    STRADDLE_MENDED = "straddle-mended", Reading, Warning,
        "a character torn apart by an annotation was put together; nothing else fits",
        "被注音截断的汉字已复原,仅此一种可能",
        "政府?dāng)?shù)據";
    SPLIT_INFERRED = "split-inferred", Reading, Warning,
        "a torn character was read on, and the full stop before it is inferred",
        "被截断的汉字已复原,其前的句号系推断",
        "工作?,F(xiàn)將";
    SIMPLIFIED = "simplified", Reading, Info,
        "Traditional characters were made Simplified in the clean text",
        "清理文本时繁体转为简体",
        "區縣";
    DAMAGED_TEXT = "damaged-text", Reading, Warning,
        "the text is torn here, and what stood there is lost",
        "此处文字残缺,无法复原",
        "轉化?!?";
    MOJIBAKE = "mojibake", Reading, Error,
        "the text was decoded in the wrong encoding before it was saved, and bytes were lost",
        "全文曾以错误编码解码后保存,且有字节丢失,无法还原",
        "鏀垮簻淇℃伅鍏?紑";
    MOJIBAKE_DECODED = "mojibake-decoded", Reading, Info,
        "the text had been decoded in the wrong encoding, and was turned back without a loss",
        "全文曾以错误编码解码,已无损还原",
        "Õþ¸®ÐÅÏ¢¹«¿ª";
    BALANCE = "balance", Integrity, Error,
        "applications do not balance: {equation}",
        "申请数量不平衡:{equation}",
        "(七)总计 | 0 | … below 一、本年新收政府信息公开申请数量 | 3 | …";
    OUTCOME_TOTAL = "outcome-total", Integrity, Error,
        "outcomes do not add up to their total: {equation}",
        "各项办理结果之和与总计不符:{equation}",
        "(七)总计 | 0 | … below (一)予以公开 | 3 | …";
    ROW_TOTAL = "row-total", Integrity, Error,
        "applicants do not add up to their total: {equation}",
        "该行各类申请人之和与总计不符:{equation}",
        "一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 1 | 3 |";
    PROCEEDING_TOTAL = "proceeding-total", Integrity, Error,
        "results do not add up to their total: {equation}",
        "各项结果之和与总计不符:{equation}",
        "1 | 0 | 0 | 0 | 2 | of 行政复议";
    NOT_NEGATIVE = "not-negative", Integrity, Error,
        "{cells} counts what cannot be fewer than none, and is negative",
        "{cells} 不应为负数",
        "规章 | -5 | 0 | 0 |";
    NOT_INTEGER = "not-integer", Integrity, Error,
        "{cells} is a count, and has a fraction",
        "{cells} 是件数,却带有小数",
        "规章 | 2.5 | 0 | 0 |";
    DISCLOSED_WITHIN_TOTAL = "disclosed-within-total", Integrity, Warning,
        "more was disclosed in the year than is disclosed in total: {equation}",
        "本年新公开数量大于对外公开总数量:{equation}",
        "规章 | 0 | 5 | 3 | under 本年新公开数量, 对外公开总数量";
    PART_SUM = "part-sum", Integrity, Error,
        "parts do not add up to their total: {equation}",
        "各分项之和与总数不符:{equation}",
        "(三)从事政府信息公开工作人员数 | 人 | 5 | above 1.专职人员数 | 人 | 1 | and 2.兼职人员数 | 人 | 3 |";
    PART_WITHIN_WHOLE = "part-within-whole", Integrity, Warning,
        "a part is larger than what it is part of: {equation}",
        "部分大于整体:{equation}",
        "其中:主动公开规范性文件数 | 条 | 7 | below (一)主动公开政府信息数 | 条 | 5 |";
    YEAR_CONFLICT = "year-conflict", Integrity, Error,
        "the report is about {expected}, but this place says {found}",
        "本报告为{expected}年度报告,此处却为{found}年",
        "(2016年度) above the table of a report for 2017";
    EMPTY_SECTION = "empty-section", Integrity, Info,
        "the section says nothing, or only 无",
        "本节为空,或只写“无”",
        "六、其他需要报告的事项 above 无";
    FEES_UNEXPLAINED = "fees-unexplained", Integrity, Info,
        "{cells} shows fees, but section 六 says 无",
        "{cells} 有收费,第六部分却写“无”",
        "行政事业性收费 | 12.50 | in a report with 六、其他需要报告的事项 above 无";
    UNDECIDED = "undecided", Integrity, Warning,
        "whether {rule} is not decided in {found} of its places, for want of figures: {cells}",
        "“{rule}”有{found}处因缺少数字无法判定:{cells}",
        "一、本年新收政府信息公开申请数量 | 1 | | 0 | 0 | 0 | 0 | 3 |";
    BLANK_AS_ZERO = "blank-as-zero", Integrity, Info,
        "sums with blank cells hold if these count as 0: {cells}",
        "空格按0计,有关合计相符:{cells}",
        "(七)总计 | | 0 | 0 | 0 | 0 | 0 | 0 | where nothing was received";
    FIGURE_ALONE = "figure-alone", Integrity, Info,
        "one figure alone explains {findings}",
        "只因一个数字有误,即可解释 {findings}",
        "(七)总计 | 12 | 0 | 0 | 0 | 0 | 0 | 21 | where 21 were received";
    DIGIT_SLIP = "digit-slip", Integrity, Info,
        "a figure with a digit lost or doubled explains {findings}",
        "一个数字漏写或重写一位,即可解释 {findings}",
        "(七)总计 | 122 | 0 | 0 | 0 | 0 | 0 | 12 | where 12 were received";
    COLUMN_OFF = "column-off", Integrity, Info,
        "a figure that is one column off explains {findings}",
        "一个数字错了一列,即可解释 {findings}",
        "(七)总计 | 0 | 1 | 0 | 0 | 0 | 0 | 1 | below 一、本年新收政府信息公开申请数量 | 1 | 0 | …";
    OPPOSITE_DIFFERENCES = "opposite-differences", Integrity, Info,
        "as many are missing in one place as there are too many in another, which explains {findings}",
        "一处多出的正是另一处缺少的,可解释 {findings}",
        "(七)总计 | 4 | 3 | … below 一、本年新收政府信息公开申请数量 | 5 | 2 | …";
    ROWS_SWAPPED = "rows-swapped", Integrity, Info,
        "two rows with their figures exchanged explain {findings}",
        "两行数字互换,即可解释 {findings}",
        "(七)总计 and 四、结转下年度继续办理, each with the other's figures";
    ROW_SHIFTED = "row-shifted", Integrity, Info,
        "a row whose figures are all one column off explains {findings}",
        "一行数字整体错开一列,即可解释 {findings}",
        "一、本年新收政府信息公开申请数量 | 0 | 3 | 2 | 0 | 0 | 0 | 0 | where 3 | 2 | 0 | … was meant";
    NOT_ENTERED = "not-entered", Integrity, Info,
        "figures that were entered nowhere explain {findings}",
        "有数字未填入任何一格,即可解释 {findings}",
        "(七)总计 | 1 | … below outcomes that are all 0";
    NARRATIVE_FIGURE = "narrative-figure", Claim, Warning,
        "the text says {left}, the table {right}: {cells}",
        "正文称{left},表中为{right}:{cells}",
        "全年召开2次政府信息公开工作会议";
    CARRY_OVER = "carry-over", Series, Error,
        "{right} carried over, but the report of the year before carried {left} forward: {cells}",
        "上年结转{right}件,而上年报告结转下年度{left}件:{cells}",
        "四、结转下年度继续办理 | 5, and a year later 二、上年结转政府信息公开申请数量 | 3";
    STOCK_FLOW = "stock-flow", Series, Error,
        "{left} in force, but last year's stock with what was issued and repealed makes {right}: {cells}",
        "现行有效{left}件,按上年数加本年制发减本年废止应为{right}件:{cells}",
        "规章 | 2 | 1 | 13, and a year earlier 规章 | 0 | 0 | 10";
    IMPLAUSIBLE_CHANGE = "implausible-change", Series, Info,
        "from {left} to {right} within a year: {cells}",
        "一年之间由{left}变为{right}:{cells}",
        "行政许可 | 620, and a year earlier 行政许可 | 62";
    SERIES_GAP = "series-gap", Series, Info,
        "the last report before {found} is for {expected}: the two are not compared",
        "{found}年之前最近一份报告为{expected}年报告,两者未作比较",
        "reports for 2020 and 2022";
    DUPLICATE_YEAR = "duplicate-year", Series, Warning,
        "another report for {found}, with {expected} differing figures: a year is compared only where its reports agree",
        "{found}年另有一份报告,{expected}处数字不同;各份一致的年度才作比较",
        "two reports for 2021";
    YEAR_UNKNOWN = "year-unknown", Series, Warning,
        "the report names no year and is not compared",
        "报告未注明年度,未作比较",
        "a report without title and period";
}
