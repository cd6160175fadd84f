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
