//! Characters: what they count as when labels are compared.

mod fold;
mod variants;

pub(crate) use fold::{FoldTable, Folded, canonical, traditional};
