//! Units of figures.

use core::fmt;

macro_rules! units {
    ($($(#[$doc:meta])* $variant:ident = $label:literal,)+) => {
        /// A unit that the form or a cell names. Values are never converted between units.
        ///
        /// ```
        /// use gongkai::form::Unit;
        /// assert_eq!(Unit::from_label("万元"), Some(Unit::WanYuan));
        /// assert_eq!(Unit::RenCi.label(), "人次");
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum Unit { $(#[doc = $label] $(#[$doc])* $variant,)+ }

        impl Unit {
            /// Every unit the crate knows.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The official Chinese wording.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// The unit with exactly this (Simplified) wording.
            #[must_use]
            pub fn from_label(label: &str) -> Option<Self> {
                match label { $($label => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

units! {
    /// (items of information)
    Tiao = "条",
    /// (documents, cases)
    Jian = "件",
    /// (times)
    Ci = "次",
    /// (articles)
    Pian = "篇",
    /// (units of any kind)
    Ge = "个",
    /// (persons)
    Ren = "人",
    /// (persons, counted each time)
    RenCi = "人次",
    /// (ten thousand yuan)
    WanYuan = "万元",
    /// (yuan)
    Yuan = "元",
    /// (a hundred million yuan)
    YiYuan = "亿元",
    /// (projects)
    Xiang = "项",
    /// (rules)
    Bu = "部",
    /// (copies)
    Fen = "份",
    /// (cases)
    Zong = "宗",
    /// (cases)
    Li = "例",
    /// (incidents)
    Qi = "起",
    /// (persons)
    Ming = "名",
    /// (households)
    Hu = "户",
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.label())
    }
}
