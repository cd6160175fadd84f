//! The one error: input that is no text, or larger than a limit allows.
//!
//! Everything else that is wrong with a document is a [`Diagnostic`](crate::Diagnostic) of its report.

/// Why no report could be made of the input.
///
/// The kinds are private so that they can grow; ask with the `is_*` predicates.
///
/// ```
/// let error = gongkai::Parser::new().max_bytes(8).parse("政府信息公开").unwrap_err();
/// assert!(error.is_limit());
/// assert_eq!(
///     error.to_string(),
///     "the input has 18 bytes, the limit is 8: raise it with `Parser::max_bytes`, or split the input"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] ErrorKind);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ErrorKind {
    #[error(
        "the input has {size} bytes, the limit is {limit}: raise it with `Parser::max_bytes`, or split the input"
    )]
    Limit { size: usize, limit: usize },
    #[error(
        "the input is no text: {reason} at byte {offset}; if it is a PDF or an office document, extract its text first"
    )]
    NotText { offset: usize, reason: &'static str },
}

impl Error {
    /// Whether the input is larger than the limit in force (see [`Parser::max_bytes`](crate::Parser::max_bytes)).
    #[must_use]
    pub fn is_limit(&self) -> bool {
        matches!(self.0, ErrorKind::Limit { .. })
    }

    /// Whether the bytes are no text in any encoding the crate reads.
    #[must_use]
    pub fn is_not_text(&self) -> bool {
        matches!(self.0, ErrorKind::NotText { .. })
    }

    /// The byte of the input at which it stopped being text, where there is one.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        match self.0 {
            ErrorKind::Limit { .. } => None,
            ErrorKind::NotText { offset, .. } => Some(offset),
        }
    }
}
