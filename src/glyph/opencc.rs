//! Conversion by the OpenCC library.

use std::sync::LazyLock;

use opencc_rust::{DefaultConfig, OpenCC};

/// Opening it reads dictionaries, and it may be used from any thread.
static LIBRARY: LazyLock<Option<OpenCC>> = LazyLock::new(|| OpenCC::new(DefaultConfig::T2S).ok());

/// What `t2s` makes of Traditional text; `None` without the library's dictionaries, and for a NUL, on which it panics.
pub(super) fn convert(text: &str) -> Option<String> {
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return None;
    }
    LIBRARY.as_ref().map(|library| library.convert(text))
}
