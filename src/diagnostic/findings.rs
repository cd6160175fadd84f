//! The findings of a report while it is read: as many one by one as a report may have, the rest one for each code.

use super::{Code, Diagnostic};
use crate::form::{CellId, Column, Row};

const _: () = assert!(Column::COUNT <= 32, "one bit each");

/// So many findings stand alone in any text: a form all of whose cells are torn has fewer.
const MOST: usize = 256;
/// And one more for so many bytes of it; a row with its label and its figures takes about as many.
const BYTES_OF_ONE: usize = 64;

/// More codes than a text with so many findings has, as a rule.
const CODES: usize = 16;

/// A list of findings that takes no more memory than the text allows.
pub(crate) struct Findings {
    list: Vec<Diagnostic>,
    most: usize,
    /// Those that take up what comes behind the limit.
    rest: Vec<Rest>,
}

/// The finding that stands for the rest of its code.
struct Rest {
    code: Code,
    /// Where it stands among all.
    at: usize,
    /// The cells that it names, a bit for each column of a row.
    named: [u32; Row::COUNT],
}

impl Rest {
    /// Whether the cell is named for the first time.
    fn is_new(&mut self, cell: CellId) -> bool {
        let bit = 1_u32.wrapping_shl(u32::try_from(cell.column.ordinal()).unwrap_or_default());
        self.named.get_mut(cell.row.ordinal()).is_none_or(|row| {
            let is_new = *row & bit == 0;
            *row |= bit;
            is_new
        })
    }
}

impl Findings {
    /// None yet, about a text of so many bytes.
    pub(crate) fn of(bytes: usize) -> Self {
        let most = MOST.saturating_add(bytes / BYTES_OF_ONE);
        Self { list: Vec::new(), most, rest: Vec::new() }
    }

    pub(crate) fn push(&mut self, finding: Diagnostic) {
        if self.list.len() < self.most {
            if self.list.len() == self.list.capacity() {
                // The last step goes up to the limit, and a few behind it.
                let len = self.list.len().max(4);
                let room = self.most.saturating_add(CODES).saturating_sub(self.list.len());
                self.list.reserve_exact(if room <= len.saturating_mul(2) { room } else { len });
            }
            return self.list.push(finding);
        }
        match self.rest.iter_mut().find(|rest| rest.code == finding.code) {
            Some(rest) => {
                if let Some(first) = self.list.get_mut(rest.at) {
                    first.absorb(&finding, |cell| rest.is_new(cell));
                }
            }
            None => {
                let mut rest = Rest { code: finding.code, at: self.list.len(), named: [0; Row::COUNT] };
                finding.cells.iter().for_each(|cell| _ = rest.is_new(*cell));
                self.rest.push(rest);
                self.list.push(finding);
            }
        }
    }

    /// All of them.
    pub(crate) fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }
}
