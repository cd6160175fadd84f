//! How wide the rows of a printed table are, and what a row of another width says.

use memchr::memchr;

use super::fillers::MAX_MEASURES;
use super::slots::Slots;
use super::{Binder, Frame, tokens};
use crate::document::{Layout, Shape, Token, TokenKind};
use crate::form::{Figure, Table};
use crate::grammar::figure::read_figure;
use crate::grammar::is_space;
use crate::rows::Run;

/// Widths of tables above this are not told apart.
const MAX_WIDTH: usize = 40;

/// The width of a printed table, by its rows, if it pads them: the sum of cells and pad on which most of them agree; and whether
/// it is that of one row alone.
#[inline(never)]
pub(super) fn width_of(runs: &[Run]) -> (Option<u8>, bool) {
    let mut counts = [0_u16; MAX_WIDTH];
    let (mut padded, mut most, mut width) = (false, 0, 0);
    for run in runs {
        if run.last && !run.tail && run.layout == Layout::Padded {
            continue;
        }
        padded |= run.tail || run.layout == Layout::Grid;
        let total = run.width.saturating_add(u16::from(run.labels));
        if let Some(count) = counts.get_mut(usize::from(total)) {
            *count = count.saturating_add(1);
            // Of two widths with as many rows each, the larger: cells get lost more easily than they appear.
            if (*count, total) > (most, width) {
                (most, width) = (*count, total);
            }
        }
    }
    (u8::try_from(width).ok().filter(|_| padded), most < 2)
}

impl Binder<'_> {
    /// The width that a row should have whose cells all have a column, where its `total` of cells and pads or the bars around it
    /// put them in doubt all the same.
    pub(super) fn other_width(
        &mut self,
        run: &Run,
        slots: &Slots,
        frame: &Frame<'_>,
        total: usize,
    ) -> Option<usize> {
        let row = frame.row;
        let width = frame.width.map(usize::from);
        let blanks = slots.filled < slots.printed;
        let padded = run.layout == Layout::Padded;
        // In a grid a row is as wide as its heads, but where a group spans rows: one that is not has lost a cell, or has one
        // too many that no other row has, or no heads. Elsewhere other rows tell, where there are any.
        let known = width == Some(total) && !self.lone && total <= self.widest;
        let is_other = |head: &usize| match run.layout {
            Layout::Grid if total < *head => blanks,
            Layout::Grid => total > *head && !known,
            _ => self.lone && total > *head,
        };
        if let Some(head) = frame.head.filter(is_other).filter(|_| row.table() != Table::Requests) {
            return Some(head);
        }
        // A pad that no other row bears out may be an empty cell, and an empty cell a bar too many.
        let lone = self.lone && padded && width.is_some() && blanks;
        // Nor has a row as broad as the table of the form any, where no other row tells that this one is broader.
        let broadest = row.table() == Table::ActiveDisclosure && frame.columns.printed.len() == MAX_MEASURES;
        let unborne = slots.tail > 0 && (lone || broadest && width.is_none());
        // Where each bar has a line, one that is lost may have gone to another place of the row.
        let torn = slots.open && self.document.shape() == Shape::OwnLine && self.is_joined(run);
        let cut = run.layout == Layout::Grid && self.may_be_cut(row, run, slots, frame.width);
        (unborne || torn || cut).then(|| width.unwrap_or_default())
    }

    /// Whether the cells of a row are lines without bars, and one is no figure: it may be a footer, or the number of a page, where
    /// a blank was dropped.
    pub(super) fn has_other_line(&self, tokens: &[Token]) -> bool {
        let [first, .., last] = tokens else { return false };
        let is_other = |token: &Token| {
            token.kind() == TokenKind::Text && read_figure(token.span().of(self.text)).figure == Figure::Text
        };
        tokens.iter().all(Token::begins_line)
            && memchr(b'|', first.span().to(last.span()).of(self.text).as_bytes()).is_none()
            && tokens.iter().any(is_other)
    }

    /// Whether no bar stands between the row and the cell behind it.
    fn is_joined(&self, run: &Run) -> bool {
        let behind = self.document.all_tokens().get(run.tokens.1 as usize);
        let between = tokens(self.document, run).last().zip(behind).and_then(|(last, behind)| {
            self.text.get(last.span().end() as usize..behind.span().start() as usize)
        });
        between.is_some_and(|between| between.chars().all(is_space))
    }
}
