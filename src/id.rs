//! What is named by a machine id in exports, on command lines and in data.

/// Gives an enum the list of its variants, the id of each, the way back from it, and the id as what it is displayed as.
macro_rules! machine_ids {
    ($name:ident { $($variant:ident = $id:literal,)+ }) => {
        impl $name {
            /// Every one of them, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The machine id, as in exports.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// The one with this machine id.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)+ _ => None }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.id())
            }
        }
    };
}

pub(crate) use machine_ids;
