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

    /// The entry of the table, for codes of this crate.
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
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// Its class.
    pub class: Class,
    /// Its severity.
    pub severity: Severity,
    /// The message in English; `{found}` and `{expected}` stand for the diagnostic's counts, `{cells}` for its cells.
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
        "the report has no statutory table",
        "报告中没有法定表格",
        "(四)申请处理情况。无";
    MISSING_ROW = "missing-row", Reading, Warning,
        "the source has no row for {cells}",
        "原文缺少 {cells} 一行",
        "a table without its row 2.重复申请";
    POSITION_LOST = "position-lost", Reading, Warning,
        "the row shows {found} of {expected} cells, and nothing tells which: {cells} are left open",
        "该行应有{expected}格,只见{found}格,无法判定各格位置,{cells} 未取值",
        "规章 | 3 | 5 | |";
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
        "a label that is cut off or torn fits one place of the form only: {cells}",
        "名称不全或残缺,按唯一可能认定:{cells}",
        "4.保护第三方合法 |";
    UNKNOWN_ROW = "unknown-row", Reading, Warning,
        "the table has a row that the form does not have; its {found} cells are not read",
        "表中有一行不属于规定表格,其{found}格未读取",
        "小计 | 3 | 0 |";
    UNBOUND_CELLS = "unbound-cells", Reading, Warning,
        "{found} cells stand in no row and are not read",
        "有{found}格不在任何一行内,未读取",
        "3 |";
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
}
