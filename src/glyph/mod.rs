//! Characters: what they count as when labels are compared, and how damaged prose becomes readable again.
//!
//! Many of these pages were converted to Traditional characters one by one, with a pinyin annotation behind some of them, by
//! a replacement of bytes that ignored where characters begin. [`clean`] undoes what can be undone, says what it did and how
//! sure it is, and leads from every place of the clean text back to the source:
//!
//! | damage | becomes | rule | sure |
//! | --- | --- | --- | --- |
//! | `區(qū)`, `領(lǐng)導(dǎo)`, `共和(he)(he)` | 區, 領導, 共和 | [`Rule::Annotation`] | certain with a tone, likely without |
//! | `政府?dāng)?shù)據`, `發展?fàn)顩r` | 政府數據, 發展狀況 | [`Rule::Straddle`] | likely |
//! | `工作?,F(xiàn)將` | 工作。現將 | [`Rule::Split`] | inferred: the full stop is a guess |
//! | 區縣 in a Traditional text | 区县 | [`Rule::Simplify`] | certain |
//!
//! Cleaning is for people and search engines that read prose. No figure is ever read from it: labels are compared
//! through a fold that changes nothing, and figures are read where they stand.
//!
//! ```
//! use gongkai::form::{Applicant, RequestRow};
//!
//! // A label with annotations is found as it is; nobody needs to clean it first.
//! let row = "（一）予以公開(kāi) | 5 | 0 | 0 | 0 | 0 | 0 | 5 |\n二、上年結(jié)轉(zhuǎn)政府信息公開(kāi)申請(qǐng)數(shù)量 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n";
//! let report = gongkai::parse(row)?;
//! let cell = report.form().unwrap().get((RequestRow::CarriedOver, Applicant::Total)).unwrap();
//! assert_eq!(cell.number(), Some(2.into()));
//! # Ok::<(), gongkai::Error>(())
//! ```

mod annotation;
mod clean;
mod fold;
pub(crate) mod gbk;
mod halfchar;
#[cfg(feature = "opencc")]
mod opencc;
mod readings;
mod simplified;
mod simplify;
mod source_map;
mod variants;

pub use clean::{Cleaned, Cleaner, clean};
pub use source_map::{Certainty, Edit, Rule};

pub(crate) use annotation::{annotation, is_read};
pub(crate) use clean::Survey;
pub(crate) use fold::{FoldTable, Folded, Ideographs, canonical, traditional, variants};
pub(crate) use halfchar::{is_lost, torn_annotation};
