//! The findings of a report while it is read: as many one by one as a report may have, the rest one for each code.

use rustc_hash::FxHashSet;

use super::{Code, Diagnostic};
use crate::form::CellId;

/// So many findings stand alone in any text: a form all of whose cells are torn has fewer.
const MOST: usize = 256;
/// And one more for so many bytes of it; a row with its label and its figures takes about as many.
const BYTES_OF_ONE: usize = 64;

/// A list of findings that takes no more memory than the text allows.
pub(crate) struct Findings {
    list: Vec<Diagnostic>,
    most: usize,
    /// Where those stand that take up what comes behind the limit.
    rest: Vec<(Code, usize)>,
    /// The cells that these name.
    named: FxHashSet<(Code, CellId)>,
}

impl Findings {
    /// None yet, about a text of so many bytes.
    pub(crate) fn of(bytes: usize) -> Self {
        let most = MOST.saturating_add(bytes / BYTES_OF_ONE);
        Self { list: Vec::new(), most, rest: Vec::new(), named: FxHashSet::default() }
    }

    pub(crate) fn push(&mut self, finding: Diagnostic) {
        if self.list.len() < self.most {
            if self.list.len() == self.list.capacity() {
                let room = self.most.saturating_sub(self.list.len());
                self.list.reserve_exact(room.min(self.list.len().max(4)));
            }
            return self.list.push(finding);
        }
        let at = self.rest.iter().find(|(code, _)| *code == finding.code).map(|(_, at)| *at);
        let new = |cell: &CellId| self.named.insert((finding.code, *cell));
        let cells: Vec<CellId> = finding.cells.iter().copied().filter(new).collect();
        match at.and_then(|at| self.list.get_mut(at)) {
            Some(first) => first.absorb(&finding, &cells),
            None => {
                self.rest.push((finding.code, self.list.len()));
                self.list.push(finding);
            }
        }
    }

    /// All of them.
    pub(crate) fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }
}
