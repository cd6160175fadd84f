//! One fault behind several findings: the smallest change that mends them all and breaks nothing.
//!
//! Every kind of change that is tried is a slip of the hand. A change counts where each sum that it touches holds afterwards; so
//! it explains whatever it touches. Two changes as small that mend the same findings explain nothing, as nobody can tell
//! which was made.

use super::plan::{Cells, Operand, Plan, Sum};
use crate::diagnostic::{Change, Code, Diagnostic, Explanation, Relation};
use crate::form::{Applicant, CellId, Column, Figure, Number, RequestRow, Row, SchemaVersion, Table};

/// Adds what explains the findings of `failed`, which are the places of sums and of their findings.
pub(super) fn explain(
    plan: &Plan,
    cells: Cells<'_>,
    operands: &[Operand],
    failed: &[(usize, usize)],
    findings: &mut Vec<Diagnostic>,
) {
    let board = Board::new(plan, cells, operands, failed);
    let mut faults = Vec::new();
    board.single_figures(&mut faults);
    board.pairs(&mut faults);
    board.rows(&mut faults);
    board.totals(&mut faults);
    board.parts(&mut faults);
    for fault in settle(&faults) {
        let explains: Vec<Diagnostic> =
            fault.mends.iter().filter_map(|&at| findings.get(board.failing.get(at)?.1).cloned()).collect();
        let change = |&(at, to): &(u16, i64)| {
            Some(Change { cell: cells.id(at)?, from: cells.figure(at), to: Number::from(to) })
        };
        let suggestion = |changes: &Vec<(u16, i64)>| changes.iter().map(change).collect();
        let suggestions: Option<Vec<Vec<Change>>> = fault.ways.iter().map(suggestion).collect();
        let suggestions = suggestions.filter(|_| !fault.open).unwrap_or_default();
        let first = fault.ways.iter().flatten().map(|(at, _)| *at).next().filter(|_| !fault.open);
        let span =
            first.and_then(|at| cells.span(at)).or_else(|| explains.first().and_then(Diagnostic::span));
        let changed = fault.ways.iter().flatten().filter_map(|&(at, _)| cells.id(at));
        let named = explains.iter().flat_map(Diagnostic::cells).copied();
        let mut named: Vec<CellId> = if fault.open { named.collect() } else { changed.collect() };
        named.sort_unstable();
        named.dedup();
        let explanation = Explanation { version: cells.version, explains, suggestions };
        findings.push(Diagnostic::new(fault.code, span).with_cells(named).with_explanation(explanation));
    }
}

/// A change of figures, by position.
type Changes = Vec<(u16, i64)>;

struct Fault {
    code: Code,
    /// How large the slip is: 1 a figure, 2 a row or more.
    size: u8,
    /// The ways to mend it, each of which does.
    ways: Vec<Changes>,
    /// Whether there are more ways, so that none is suggested.
    open: bool,
    /// Which of the failing sums it mends, in order.
    mends: Vec<usize>,
}

/// The faults that stand alone: none as small explains one of the same findings.
fn settle(faults: &[Fault]) -> Vec<&Fault> {
    let mut order: Vec<&Fault> = faults.iter().collect();
    order.sort_by_key(|fault| (core::cmp::Reverse(fault.mends.len()), fault.size));
    let mut settled: Vec<&Fault> = Vec::new();
    let mut doubtful: Vec<&Fault> = Vec::new();
    let overlap = |a: &Fault, b: &Fault| a.mends.iter().any(|at| b.mends.contains(at));
    for (at, fault) in order.iter().copied().enumerate() {
        if settled.iter().chain(&doubtful).any(|other| overlap(other, fault)) {
            continue;
        }
        let same = |other: &Fault| other.ways.iter().all(|way| fault.ways.contains(way));
        let rivals = order.iter().skip(at).skip(1).copied().filter(|other| {
            other.mends.len() >= fault.mends.len() && other.size <= fault.size && overlap(other, fault)
        });
        let group = if { rivals }.any(|rival| !same(rival)) { &mut doubtful } else { &mut settled };
        group.push(fault);
    }
    settled
}

/// The figures as whole numbers, and the sums over them.
struct Board<'b> {
    plan: &'b Plan,
    cells: Cells<'b>,
    /// The value of each cell, a blank as 0; `None` where it is no whole number of some size, or not there.
    values: Vec<Option<i64>>,
    /// For each sum of the plan its left side less its right, `None` where that is not known.
    residuals: Vec<Option<i64>>,
    /// The sums that fail, by their place in the plan, with the places of their findings.
    failing: Vec<(u16, usize)>,
    /// By how much sums are out.
    steps: Vec<u64>,
}

impl<'b> Board<'b> {
    fn new(plan: &'b Plan, cells: Cells<'b>, operands: &[Operand], failed: &[(usize, usize)]) -> Self {
        let value = |(at, operand): (u16, &Operand)| match operand.special {
            false => Some(operand.value),
            true => matches!(cells.figure(at), Figure::Blank | Figure::NotApplicable).then_some(0),
        };
        let values: Vec<Option<i64>> = (0_u16..).zip(operands).map(value).collect();
        let add = |side: &[u16]| {
            side.iter()
                .try_fold(0_i64, |sum, at| sum.checked_add(values.get(usize::from(*at)).copied().flatten()?))
        };
        let residual = |sum: &Sum| match sum.relation {
            Relation::Equal => add(plan.left(*sum))?.checked_sub(add(plan.right(*sum))?),
            _ => None,
        };
        let residuals: Vec<Option<i64>> = plan.sums().iter().map(residual).collect();
        let known = |(sum, finding): &(usize, usize)| {
            residuals.get(*sum).copied().flatten()?;
            Some((u16::try_from(*sum).ok()?, *finding))
        };
        let failing = failed.iter().filter_map(known).collect();
        let mut steps: Vec<u64> = Vec::with_capacity(failed.len());
        for step in residuals.iter().flatten().filter(|by| **by != 0).map(|by| by.unsigned_abs()) {
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        Self { plan, cells, values, residuals, failing, steps }
    }

    fn uses(&self, at: u16) -> &[(u16, i64)] {
        self.plan.uses(at)
    }

    fn sum(&self, place: u16) -> Option<Sum> {
        self.plan.sums().get(usize::from(place)).copied()
    }

    fn value(&self, at: u16) -> Option<i64> {
        self.values.get(usize::from(at)).copied().flatten()
    }

    fn residual(&self, sum: u16) -> Option<i64> {
        self.residuals.get(usize::from(sum)).copied().flatten()
    }

    /// Every sum that `changes` touch, with its residual afterwards; a sum that is not known says nothing. `None` where the
    /// change cannot be.
    fn after(&self, changes: &[(u16, i64)]) -> Option<Vec<(u16, i64)>> {
        let mut touched: Vec<(u16, i64)> = Vec::with_capacity(changes.len().saturating_mul(4));
        for &(at, to) in changes {
            let step = to.checked_sub(self.value(at)?)?;
            if to < 0 {
                return None;
            }
            for &(sum, sign) in self.uses(at).iter().filter(|_| step != 0) {
                let Some(residual) = self.residual(sum) else { continue };
                let step = step.checked_mul(sign)?;
                match touched.iter_mut().find(|(known, _)| *known == sum) {
                    Some((_, residual)) => *residual = residual.checked_add(step)?,
                    None => touched.push((sum, residual.checked_add(step)?)),
                }
            }
        }
        Some(touched)
    }

    /// The failing sums that the change mends, two at least, if all it touches holds afterwards.
    fn mends(&self, changes: &[(u16, i64)]) -> Option<Vec<usize>> {
        let touched = self.after(changes)?;
        if touched.iter().any(|(_, residual)| *residual != 0) {
            return None;
        }
        let was_failing = |(_, (sum, _)): &(usize, &(u16, usize))| touched.iter().any(|(at, _)| at == sum);
        let mended = self.failing.iter().enumerate().filter(was_failing).map(|(at, _)| at);
        let mended: Vec<usize> = mended.collect();
        (mended.len() > 1).then_some(mended)
    }

    fn propose(&self, code: Code, size: u8, changes: Changes, faults: &mut Vec<Fault>) {
        if let Some(mends) = self.mends(&changes) {
            faults.push(Fault { code, size, ways: vec![changes], open: false, mends });
        }
    }

    /// One figure is wrong: the sums it takes part in are all out by the same amount.
    fn single_figures(&self, faults: &mut Vec<Fault>) {
        // Each cell of a failing sum once: where that is the first of its sums, as all the others must fail too.
        let known = |uses: &&(u16, i64)| self.residual(uses.0).is_some();
        for (place, sum) in self.failing.iter().filter_map(|(place, _)| Some((*place, self.sum(*place)?))) {
            for &at in self.plan.left(sum).iter().chain(self.plan.right(sum)) {
                let mut uses = self.uses(at).iter().filter(known);
                let Some((_, sign)) = uses.next().filter(|(first, _)| *first == place) else { continue };
                let excess = |place: u16, sign: i64| self.residual(place)?.checked_mul(sign);
                let Some(step) = excess(place, *sign) else { continue };
                if uses.any(|(other, sign)| excess(*other, *sign) != Some(step)) {
                    continue;
                }
                let Some((from, to)) = self.value(at).and_then(|from| Some((from, from.checked_sub(step)?)))
                else {
                    continue;
                };
                let code = if is_digit_slip(from, to) { Code::DIGIT_SLIP } else { Code::FIGURE_ALONE };
                self.propose(code, 1, vec![(at, to)], faults);
            }
        }
    }

    /// As many too many in one column as too few in another, in two sums of one rule: what was moved stood in one of their
    /// rows. With the figure moved back at least two sums less fail.
    fn pairs(&self, faults: &mut Vec<Fault>) {
        for (first, (a, _)) in self.failing.iter().enumerate() {
            let same = |of: u16, by: i64| {
                let rule = self.sum(of).map(|sum| sum.rule);
                self.failing.iter().enumerate().filter(move |(_, (other, _))| {
                    self.sum(*other).map(|sum| sum.rule) == rule
                        && self.residual(*other).is_some_and(|residual| residual.abs() == by)
                })
            };
            let Some(by) = self.residual(*a).filter(|by| *by > 0) else { continue };
            let mut group = same(*a, by).filter(|(at, _)| *at != first);
            // Two of one size, and no third.
            let (Some((second, (b, _))), None) = (group.next(), group.next()) else { continue };
            if self.residual(*b) != by.checked_neg() {
                continue;
            }
            let (Some(a), Some(b)) = (self.sum(*a), self.sum(*b)) else { continue };
            let sides = [
                (self.plan.left(a), self.plan.left(b), true),
                (self.plan.right(a), self.plan.right(b), false),
            ];
            let mut ways = Vec::new();
            let mut whole = true;
            for (here, there, left) in sides {
                for (&here, &there) in here.iter().zip(there) {
                    let (from, to) = if left { (here, there) } else { (there, here) };
                    let Some((source, target)) = self.value(from).zip(self.value(to)) else { continue };
                    let (Some(less), Some(more)) = (source.checked_sub(by), target.checked_add(by)) else {
                        continue;
                    };
                    let mut changes = vec![(from, less), (to, more)];
                    changes.sort_unstable();
                    if less >= 0 && self.mends_two(&changes) {
                        whole &=
                            less == 0 && target == 0 && from.abs_diff(to) == 1 && self.is_one_row(from, to);
                        ways.push(changes);
                    }
                }
            }
            if !ways.is_empty() {
                let code = if whole { Code::COLUMN_OFF } else { Code::OPPOSITE_DIFFERENCES };
                let mut mends = vec![first, second];
                mends.sort_unstable();
                faults.push(Fault { code, size: 1, ways, open: false, mends });
            }
        }
    }

    /// Whether two sums less fail after the change.
    fn mends_two(&self, changes: &[(u16, i64)]) -> bool {
        let Some(touched) = self.after(changes) else { return false };
        let fails = |sum: u16| self.failing.iter().any(|(failing, _)| *failing == sum);
        let before = touched.iter().filter(|(sum, _)| fails(*sum)).count();
        let after = touched.iter().filter(|(_, residual)| *residual != 0).count();
        after.saturating_add(2) <= before
    }

    fn is_one_row(&self, a: u16, b: u16) -> bool {
        self.cells.id(a).map(|id| id.row) == self.cells.id(b).map(|id| id.row)
    }

    /// Two rows of table 三 with their figures exchanged, and rows shifted by one column.
    fn rows(&self, faults: &mut Vec<Fault>) {
        let rows = request_rows(self.cells.version);
        let fails = self.cells_of_failing();
        let has_failing = |first: u16| {
            let first = usize::from(first);
            fails.get(first..first.saturating_add(COLUMNS)).is_some_and(|row| row.contains(&true))
        };
        let mut known: Vec<(u16, [i64; COLUMNS], bool)> = Vec::with_capacity(RequestRow::ALL.len());
        known.extend(rows.filter_map(|first| Some((first, self.row(first)?, has_failing(first)))));
        for (at, (first, figures, fails)) in known.iter().enumerate() {
            for (second, others, also) in known.get(at.saturating_add(1)..).unwrap_or_default() {
                // Most rows are alike, nothing but zeros.
                if (*fails || *also)
                    && figures != others
                    && self.may_exchange((*first, figures), (*second, others))
                {
                    let exchanged = set_row(*first, others).chain(set_row(*second, figures)).collect();
                    self.propose(Code::ROWS_SWAPPED, 2, exchanged, faults);
                }
            }
            let shifts =
                shifts(*figures).filter(|shifted| *fails && self.may_become(*first, figures, shifted));
            for shifted in shifts {
                self.propose(Code::ROW_SHIFTED, 2, set_row(*first, &shifted).collect(), faults);
            }
        }
    }

    /// Whether each cell takes part in a sum that fails: if none of a row does, no change of the row mends any.
    fn cells_of_failing(&self) -> Vec<bool> {
        let mut fails = vec![false; self.values.len()];
        for (sum, _) in
            self.plan.sums().iter().zip(&self.residuals).filter(|(_, residual)| is_off(**residual))
        {
            for at in self.plan.left(*sum).iter().chain(self.plan.right(*sum)) {
                if let Some(fails) = fails.get_mut(usize::from(*at)) {
                    *fails = true;
                }
            }
        }
        fails
    }

    /// A quick look at the first column in which two rows differ: whether its sums hold after the exchange.
    fn may_exchange(&self, first: (u16, &[i64; COLUMNS]), second: (u16, &[i64; COLUMNS])) -> bool {
        let Some(column) = first.1.iter().zip(second.1).position(|(a, b)| a != b) else { return false };
        let place =
            |row: u16, column: usize| u16::try_from(column).ok().and_then(|column| row.checked_add(column));
        let value = |row: &[i64; COLUMNS]| row.get(column).copied().unwrap_or(0);
        let Some(step) = value(second.1).checked_sub(value(first.1)) else { return false };
        // A sum that holds afterwards is out by the step now, or, with the rows on its two sides, by twice as much.
        let twice = step.saturating_mul(2).unsigned_abs();
        if !self.steps.iter().any(|by| *by == step.unsigned_abs() || *by == twice) {
            return false;
        }
        let neighbour = if column == 0 { 1 } else { 0 };
        let uses = |row, column| place(row, column).map(|at| self.uses(at)).unwrap_or_default();
        let sign =
            |uses: &[(u16, i64)], sum| uses.iter().find(|(at, _)| *at == sum).map_or(0, |(_, sign)| *sign);
        let mut touched = 0_u8;
        for (row, other) in [(first.0, second.0), (second.0, first.0)] {
            for (sum, own) in uses(row, column) {
                // The sum of the row itself moves with it.
                if sign(uses(row, neighbour), *sum) != 0 {
                    continue;
                }
                let by = own.saturating_sub(sign(uses(other, column), *sum));
                let step = if row == first.0 { step } else { step.saturating_neg() };
                let Some(residual) = self.residual(*sum) else { continue };
                if by != 0 && residual.saturating_add(by.saturating_mul(step)) != 0 {
                    return false;
                }
                touched |= u8::from(by != 0);
            }
        }
        touched != 0
    }

    /// A quick look at the first figure that a row would change: whether its sums hold then, but for those that the row has
    /// another figure in.
    fn may_become(&self, first: u16, figures: &[i64; COLUMNS], shifted: &[i64; COLUMNS]) -> bool {
        let changed = (first..).zip(figures.iter().zip(shifted));
        let Some((at, (from, to))) = { changed }.find(|(_, (from, to))| from != to) else { return false };
        let step = to.saturating_sub(*from);
        let row = first..first.saturating_add(COLUMNS as u16);
        let is_alone = |sum: u16| {
            let sum = self.sum(sum);
            let sides = sum.map(|sum| self.plan.left(sum).iter().chain(self.plan.right(sum)));
            sides.into_iter().flatten().all(|other| *other == at || !row.contains(other))
        };
        let breaks = |&(sum, sign): &(u16, i64)| {
            let residual =
                self.residual(sum).map(|residual| residual.saturating_add(sign.saturating_mul(step)));
            residual.is_some_and(|residual| residual != 0) && is_alone(sum)
        };
        !self.uses(at).iter().any(breaks)
    }

    fn row(&self, first: u16) -> Option<[i64; COLUMNS]> {
        let mut row = [0; COLUMNS];
        for (at, figure) in (first..).zip(&mut row) {
            *figure = self.value(at)?;
        }
        Some(row)
    }

    /// A row or a column of totals left at 0: every sum of a rule, with its total as its parts have it.
    fn totals(&self, faults: &mut Vec<Fault>) {
        let mut rules: Vec<u16> =
            self.failing.iter().filter_map(|(sum, _)| Some(self.sum(*sum)?.rule)).collect();
        rules.dedup();
        for rule in rules {
            let sums = self.plan.sums().iter().zip(&self.residuals).filter(|(sum, _)| sum.rule == rule);
            let total = |(sum, residual): (&Sum, &Option<i64>)| match self.plan.right(*sum) {
                [total] if self.value(*total) == Some(0) => Some((*total, (*residual)?)),
                _ => None,
            };
            if let Some(changes) = sums.map(total).collect::<Option<Changes>>() {
                self.propose(Code::NOT_ENTERED, 2, changes, faults);
            }
        }
    }

    /// Totals whose parts are all 0 or blank: what they add up was entered nowhere. Which part it belongs to is not known; one
    /// is tried for all.
    fn parts(&self, faults: &mut Vec<Fault>) {
        let (mut rules, mut changes) = (Vec::new(), Changes::new());
        for (place, _) in &self.failing {
            let Some((sum, residual)) = self.sum(*place).zip(self.residual(*place)) else { continue };
            if let ([first, _, ..], [_]) = (self.plan.left(sum), self.plan.right(sum))
                && self.plan.left(sum).iter().all(|at| self.value(*at) == Some(0))
                && let Some(figure) = residual.checked_neg()
            {
                rules.push(sum.rule);
                changes.push((*first, figure));
            }
        }
        rules.dedup();
        let [_] = rules[..] else { return };
        if let Some(mends) = self.mends(&changes) {
            faults.push(Fault { code: Code::NOT_ENTERED, size: 2, ways: vec![changes], open: true, mends });
        }
    }
}

fn is_off(residual: Option<i64>) -> bool {
    residual.is_some_and(|residual| residual != 0)
}

/// The columns of table 三.
const COLUMNS: usize = Applicant::ALL.len();

/// The position of the first cell of each row of table 三.
fn request_rows(version: SchemaVersion) -> impl Iterator<Item = u16> {
    let column = Column::Applicant(Applicant::NaturalPerson);
    let rows =
        RequestRow::ALL.iter().filter(move |_| version.blocks().any(|block| block.table == Table::Requests));
    rows.filter_map(move |&row| version.position(CellId { row: Row::Request(row), column }))
        .filter_map(|at| u16::try_from(at).ok())
}

fn set_row(first: u16, figures: &[i64; COLUMNS]) -> impl Iterator<Item = (u16, i64)> {
    (first..).zip(*figures)
}

/// What the row would be, had its figures slipped by one column: all of them, or those in front of the total.
fn shifts(row: [i64; COLUMNS]) -> impl Iterator<Item = [i64; COLUMNS]> {
    let [a, b, c, d, e, f, total] = row;
    let sum = |figures: &[i64]| figures.iter().fold(0_i64, |sum, figure| sum.saturating_add(*figure));
    let left = (a == 0).then(|| [b, c, d, e, f, total, sum(&[b, c, d, e, f, total])]);
    let right = (total == 0).then(|| {
        let first = f.saturating_sub(sum(&[a, b, c, d, e]));
        [first, a, b, c, d, e, f]
    });
    let left_of_total = (a == 0).then_some([b, c, d, e, f, 0, total]);
    let right_of_total = (f == 0).then_some([0, a, b, c, d, e, total]);
    [left, right, left_of_total, right_of_total].into_iter().flatten()
}

/// Whether one number is the other with a digit lost or doubled.
fn is_digit_slip(from: i64, to: i64) -> bool {
    let (from, to) = (from.to_string(), to.to_string());
    let without = |long: &str, short: &str| {
        let agree = long.bytes().zip(short.bytes()).take_while(|(a, b)| a == b).count();
        long.len() == short.len().saturating_add(1)
            && long.get(agree.saturating_add(1)..).is_some_and(|rest| short.get(agree..) == Some(rest))
    };
    let doubled = |long: &str| long.as_bytes().windows(2).any(|pair| matches!(pair, [a, b] if a == b));
    without(&to, &from) || (doubled(&from) && without(&from, &to))
}
