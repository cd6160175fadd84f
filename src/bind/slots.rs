//! What a row prints, and what its width says of it.

use core::cmp::Ordering;

use arrayvec::ArrayVec;

use crate::columns::MAX_COLUMNS;
use crate::diagnostic::Code;
use crate::document::{Token, TokenKind};
use crate::span::Span;

/// The value cells of a row, as far as its tokens tell.
pub(super) struct Slots {
    /// A span for each cell; empty for a kept blank.
    pub(super) spans: ArrayVec<Span, MAX_COLUMNS>,
    /// How many cells are printed, which may be more than there is room for.
    pub(super) printed: usize,
    /// How many of them hold text.
    pub(super) filled: usize,
    /// How many bars stand behind the last cell.
    pub(super) tail: usize,
    /// Where they stand.
    pub(super) tail_span: Span,
    /// Whether a pad stands between two cells.
    pub(super) broken: bool,
    /// Whether no bar ends the last cell, which may be cut off.
    pub(super) open: bool,
}

/// What the bars of a row leave possible.
#[derive(Clone, Copy)]
pub(super) enum Reading {
    /// Each slot stands in its own column.
    InOrder,
    /// Every cell is blank, dropped or kept.
    Blank,
    /// The width of the table contradicts the row (`width-mismatch`, read in order all the same), or nothing tells
    /// which cell is which.
    Doubt { code: Code, found: usize, expected: usize },
}

impl Slots {
    /// Takes empty cells away that stand for the width of others, if they are there and empty.
    pub(super) fn drop_fillers(&mut self, (before, behind): (usize, usize)) {
        let empty = |spans: &[Span]| spans.iter().all(|span| span.is_empty());
        let Some(figures) = self.printed.checked_sub(before.saturating_add(behind)) else { return };
        let end = before.saturating_add(figures);
        let (Some(left), Some(right)) = (self.spans.get(..before), self.spans.get(end..)) else { return };
        if self.printed == self.spans.len() && empty(left) && empty(right) {
            self.spans.truncate(end);
            self.spans.drain(..before);
            self.printed = figures;
        }
    }

    /// Reads a row of `columns` cells behind `labels` label cells, in a table of `width`, of which it may be the last.
    pub(super) fn read(&self, columns: usize, labels: usize, width: Option<u8>, last: bool) -> Reading {
        let total = labels.saturating_add(self.printed).saturating_add(self.tail);
        let fits = fits(total, width, last && self.tail == 0);
        // A width that has no room for the columns is none of this table's.
        let roomy = width.is_some_and(|width| usize::from(width) >= labels.saturating_add(columns));
        let blank = self.filled == 0 && self.tail > 0 && roomy;
        match self.printed.cmp(&columns) {
            Ordering::Equal if !self.broken && fits => Reading::InOrder,
            Ordering::Equal if !self.broken => Reading::Doubt {
                code: Code::WIDTH_MISMATCH,
                found: total,
                expected: width.map_or(0, usize::from),
            },
            Ordering::Less if !self.broken && fits && blank => Reading::Blank,
            Ordering::Greater => {
                Reading::Doubt { code: Code::SURPLUS_CELLS, found: self.printed, expected: columns }
            }
            _ => Reading::Doubt { code: Code::POSITION_LOST, found: self.printed, expected: columns },
        }
    }
}

/// Whether a row of `total` cells and pads belongs into a table of `width`; the last row of a table has no pad.
pub(super) fn fits(total: usize, width: Option<u8>, unpadded: bool) -> bool {
    width.is_none_or(|width| usize::from(width) == total || unpadded)
}

/// The cells and the pad of a row.
pub(super) fn slots(tokens: &[Token], complete: bool) -> Slots {
    let mut slots = Slots {
        spans: ArrayVec::new(),
        printed: 0,
        filled: 0,
        tail: 0,
        tail_span: Span::empty(0),
        broken: false,
        open: tokens.last().is_some_and(Token::is_open),
    };
    let mut rest = tokens.iter().peekable();
    while let Some(token) = rest.next() {
        let span = match token.kind() {
            TokenKind::Text | TokenKind::Digits => {
                slots.filled = slots.filled.saturating_add(1);
                // A cell without its bar within the row: a bar is lost, or stands elsewhere.
                slots.broken |= token.is_open() && rest.peek().is_some();
                token.span()
            }
            TokenKind::Bars if rest.peek().is_none() && !complete => {
                slots.broken |= token.is_open();
                slots.tail = token.span().len() as usize;
                slots.tail_span = Span::empty(token.span().start());
                break;
            }
            TokenKind::Bars => {
                slots.broken |= token.span().len() > 1 || token.is_open();
                Span::empty(token.span().start())
            }
        };
        let _ = slots.spans.try_push(span);
        slots.printed = slots.printed.saturating_add(1);
    }
    slots
}
