//! Rules applied to the cells of a form.

use super::plan::{Cells, Operand, Plan, Sum};
use super::{Quality, Rule, explain};
use crate::diagnostic::{Code, Diagnostic, Equation, Relation, Term, sums};
use crate::form::{CellId, Figure, Form, Table};

/// What came of a sum.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verdict {
    Holds,
    /// With its blanks as 0.
    HoldsWithBlanks,
    Fails,
    /// It hangs on blanks, on text, or on more digits than can be kept.
    Undecided,
    /// A cell is missing.
    Open,
    /// All cells are missing.
    Absent,
}

impl Plan {
    /// Applies the plan to a form.
    pub(super) fn evaluate(
        &self,
        rules: &[Rule],
        form: &Form,
        explain: bool,
        findings: &mut Vec<Diagnostic>,
    ) {
        let (own, foreign) = form.slices();
        let cells = Cells { version: form.version(), own, foreign };
        let operands: Vec<Operand> = own
            .iter()
            .chain(foreign.iter().map(|(_, cell)| cell))
            .map(|cell| Operand::of(cell.figure()))
            .collect();
        let mut open = Open::default();
        let mut failed = Vec::new();
        let mut rest = self.sums();
        while let Some((first, behind)) = rest.split_first() {
            let place = self.sums().len().saturating_sub(rest.len());
            let others = behind.iter().take_while(|sum| sum.alternative).count();
            rest = behind.get(others..).unwrap_or_default();
            if self.holds_plainly(*first, &operands) {
                continue;
            }
            let readings = core::iter::once(first).chain(behind.iter().take(others));
            let verdicts = readings.map(|sum| (self.verdict(*sum, cells), *sum));
            // What speaks for the source wins; that it fails is said only where no reading may hold.
            let Some((verdict, sum)) = verdicts.min_by_key(|(verdict, _)| verdict.rank()) else { continue };
            match verdict {
                Verdict::Holds | Verdict::Absent => {}
                Verdict::HoldsWithBlanks => open.blank(self, sum, cells),
                Verdict::Undecided | Verdict::Open => open.undecided(self, sum, cells),
                Verdict::Fails => match self.finding(sum, rules, cells) {
                    Some(finding) => {
                        failed.push((place, findings.len()));
                        findings.push(finding);
                    }
                    None => open.undecided(self, sum, cells),
                },
            }
        }
        self.check_qualities(rules, &operands, cells, findings);
        open.report(rules, cells, findings);
        if explain && failed.len() > 1 && foreign.is_empty() {
            explain::explain(self, cells, &operands, &failed, findings);
        }
    }

    /// Whether all cells are plain numbers and the sum holds; by far the commonest case.
    #[inline]
    fn holds_plainly(&self, sum: Sum, operands: &[Operand]) -> bool {
        let mut special = false;
        let mut add = |positions: &[u16]| {
            positions.iter().fold(0_i64, |total, &at| {
                let operand = operands.get(usize::from(at)).copied().unwrap_or_default();
                special |= operand.special;
                total.wrapping_add(operand.value)
            })
        };
        let (left, right) = (add(self.left(sum)), add(self.right(sum)));
        !special && sum.relation.holds(left.into(), right.into())
    }

    fn verdict(&self, sum: Sum, cells: Cells<'_>) -> Verdict {
        let figures = |positions| figures(positions, cells);
        let (left, right) = (figures(self.left(sum)), figures(self.right(sum)));
        let mut all = left.clone().chain(right.clone());
        if all.clone().all(|figure| figure == Figure::Missing) {
            return Verdict::Absent;
        }
        if all.clone().any(|figure| figure == Figure::Text) {
            return Verdict::Undecided;
        }
        if all.any(|figure| figure == Figure::Missing) {
            return Verdict::Open;
        }
        let Some((left_sum, right_sum, _)) = sums(left.clone(), right.clone()) else {
            return Verdict::Undecided;
        };
        let is_blank = |figure| matches!(figure, Figure::Blank | Figure::NotApplicable);
        let (mut left, mut right) = (left, right);
        let (left_blank, right_blank) = (left.any(is_blank), right.any(is_blank));
        let holds = sum.relation.holds(left_sum, right_sum);
        // The side that falls short may be filled up by its blanks.
        let short_of_left = sum.relation == Relation::Equal && left_sum < right_sum;
        match holds {
            true if left_blank || right_blank => Verdict::HoldsWithBlanks,
            true => Verdict::Holds,
            false if short_of_left && left_blank => Verdict::Undecided,
            false if !short_of_left && right_blank => Verdict::Undecided,
            false => Verdict::Fails,
        }
    }

    fn finding(&self, sum: Sum, rules: &[Rule], cells: Cells<'_>) -> Option<Diagnostic> {
        let rule = rules.get(usize::from(sum.rule))?;
        let (left, right) = (self.left(sum), self.right(sum));
        let terms = left.iter().chain(right).filter_map(|&at| {
            cells.get(at).map(|(spec, cell)| Term { cell: spec.id, figure: cell.figure() })
        });
        let mut list: Vec<Term> = Vec::with_capacity(left.len().saturating_add(right.len()));
        list.extend(terms);
        let equation = Equation::new(cells.version, rule.wording, sum.relation, list, left.len())?;
        // The total first; where it is blank, whatever can be seen.
        let spans = right.iter().chain(left).filter_map(|&at| cells.span(at));
        let span = spans.clone().find(|span| !span.is_empty()).or_else(|| { spans }.next());
        Some(Diagnostic::new(rule.code, span).with_severity(rule.severity).with_equation(equation))
    }

    fn check_qualities(
        &self,
        rules: &[Rule],
        operands: &[Operand],
        cells: Cells<'_>,
        findings: &mut Vec<Diagnostic>,
    ) {
        for (rule, quality) in self.qualities() {
            let Some(rule) = rules.get(usize::from(*rule)) else { continue };
            for (at, _) in (0_u16..).zip(operands).filter(|(_, operand)| operand.special) {
                if let Some((spec, cell)) = cells.get(at)
                    && let Figure::Number(number) = cell.figure()
                    && match quality {
                        Quality::NotNegative => !spec.signed && number.is_negative(),
                        Quality::Whole => !spec.amount && !number.is_whole(),
                    }
                {
                    let finding = Diagnostic::new(rule.code, cell.span()).with_cells([spec.id]);
                    findings.push(finding.with_severity(rule.severity));
                }
            }
        }
    }
}

impl Relation {
    fn holds(self, left: i128, right: i128) -> bool {
        match self {
            Self::Equal => left == right,
            Self::AtMost => left <= right,
        }
    }
}

impl Verdict {
    const fn rank(self) -> u8 {
        match self {
            Self::Holds => 0,
            Self::HoldsWithBlanks => 1,
            Self::Undecided => 2,
            Self::Fails => 3,
            Self::Open => 4,
            Self::Absent => 5,
        }
    }
}

fn figures<'p>(positions: &'p [u16], cells: Cells<'p>) -> impl Iterator<Item = Figure> + Clone + use<'p> {
    positions.iter().map(move |&at| cells.figure(at))
}

/// What is not decided or holds only with blanks as 0, gathered so that a table of blanks gives one line.
#[derive(Default)]
struct Open {
    /// The blank cells of sums that hold.
    blanks: Vec<u16>,
    /// For each rule and table how many sums are undecided, and the cells that leave them so.
    undecided: Vec<(u16, Table, u32, Vec<u16>)>,
}

impl Open {
    fn blank(&mut self, plan: &Plan, sum: Sum, cells: Cells<'_>) {
        let positions = plan.left(sum).iter().chain(plan.right(sum)).copied();
        self.blanks.extend(positions.filter(|&at| !matches!(cells.figure(at), Figure::Number(_))));
    }

    fn undecided(&mut self, plan: &Plan, sum: Sum, cells: Cells<'_>) {
        let positions = || plan.left(sum).iter().chain(plan.right(sum)).copied();
        let Some(table) = positions().find_map(|at| cells.id(at)).map(CellId::table) else { return };
        let known = self.undecided.iter().position(|(rule, of, ..)| (*rule, *of) == (sum.rule, table));
        if known.is_none() {
            self.undecided.push((sum.rule, table, 0, Vec::new()));
        }
        let last = self.undecided.len().saturating_sub(1);
        if let Some((.., count, open)) = self.undecided.get_mut(known.unwrap_or(last)) {
            *count = count.saturating_add(1);
            open.extend(positions().filter(|&at| !matches!(cells.figure(at), Figure::Number(_))));
        }
    }

    fn report(self, rules: &[Rule], cells: Cells<'_>, findings: &mut Vec<Diagnostic>) {
        let span = |ids: &[u16]| ids.iter().find_map(|&at| cells.span(at));
        for (rule, _, count, open) in self.undecided {
            let Some(rule) = rules.get(usize::from(rule)) else { continue };
            let open = distinct(open);
            let finding =
                Diagnostic::new(Code::UNDECIDED, span(&open)).with_counts(count, 0).with_rule(rule.wording);
            findings.push(finding.with_cells(open.iter().filter_map(|&at| cells.id(at))));
        }
        let mut blanks = distinct(self.blanks);
        let table = |at: &u16| cells.id(*at).map(CellId::table);
        blanks.sort_by_key(table);
        for blanks in blanks.chunk_by(|a, b| table(a) == table(b)) {
            let count = u32::try_from(blanks.len()).unwrap_or(u32::MAX);
            let finding = Diagnostic::new(Code::BLANK_AS_ZERO, span(blanks)).with_counts(count, 0);
            findings.push(finding.with_cells(blanks.iter().filter_map(|&at| cells.id(at))));
        }
    }
}

fn distinct(mut positions: Vec<u16>) -> Vec<u16> {
    positions.sort_unstable();
    positions.dedup();
    positions
}
