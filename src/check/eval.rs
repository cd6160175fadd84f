//! Rules laid out as lists of cell positions, and their evaluation over the flat cells of a form.

use super::{Quality, Rule, Test, explain};
use crate::diagnostic::{Code, Diagnostic, Equation, Relation, Term, sums};
use crate::form::{Cell, CellId, CellSpec, Figure, Form, Row, SchemaVersion, Table};
use crate::span::Span;

/// The rules of a version, as positions of cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    sums: Vec<Sum>,
    positions: Vec<u16>,
    qualities: Vec<(u16, Quality)>,
    /// The sums of two equal sides that each cell takes part in, with the sign of its side; those of one cell after those of
    /// another. Only of plans without readings.
    uses: Vec<(u16, i64)>,
    /// For each cell where its uses begin; behind the last, where they end.
    starts: Vec<usize>,
}

/// Two sides of cells: where they begin and end among the positions of the plan.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sum {
    pub(super) rule: u16,
    pub(super) relation: Relation,
    start: u32,
    middle: u32,
    end: u32,
    /// Whether it is another reading of the sum before it, with rows of another version or without them.
    alternative: bool,
}

/// The cells of a form by position: behind its own those of another version.
#[derive(Clone, Copy)]
pub(super) struct Cells<'f> {
    pub(super) version: SchemaVersion,
    own: &'f [Cell],
    foreign: &'f [(&'static CellSpec, Cell)],
}

impl<'f> Cells<'f> {
    fn get(self, at: u16) -> Option<(&'static CellSpec, &'f Cell)> {
        let at = usize::from(at);
        match self.own.get(at) {
            Some(cell) => Some((self.version.cells().get(at)?, cell)),
            None => self.foreign.get(at.checked_sub(self.own.len())?).map(|(spec, cell)| (*spec, cell)),
        }
    }

    pub(super) fn id(self, at: u16) -> Option<CellId> {
        self.get(at).map(|(spec, _)| spec.id)
    }

    pub(super) fn span(self, at: u16) -> Option<Span> {
        self.get(at).and_then(|(_, cell)| cell.span())
    }

    pub(super) fn figure(self, at: u16) -> Figure {
        self.get(at).map_or(Figure::Missing, |(_, cell)| cell.figure())
    }
}

/// What a cell adds to a sum, for the quick look that most sums end with.
#[derive(Clone, Copy, Default)]
pub(super) struct Operand {
    pub(super) value: i64,
    /// Whether it takes a closer look: no number, one with decimals, or a large one.
    pub(super) special: bool,
}

/// Sums of so large figures, as many as a form has cells, fit 64 bits with ease.
const MAX_PLAIN: i128 = 1 << 48;

impl Operand {
    fn of(figure: Figure) -> Self {
        if let Figure::Number(number) = figure
            && let (mantissa @ 0..=MAX_PLAIN, 0) = number.parts()
            && let Ok(value) = i64::try_from(mantissa)
        {
            return Self { value, special: false };
        }
        Self { value: 0, special: true }
    }
}

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
    pub(super) fn of(rules: &[Rule], version: SchemaVersion) -> Self {
        let mut plan = Self::default();
        let find = |id| version.position(id);
        for (at, rule) in (0_u16..).zip(rules).filter(|(_, rule)| rule.versions.contains(&version)) {
            plan.lay_out(at, rule, version, &find, &|row| version.has_row(row), false);
        }
        let mut uses: Vec<(u16, u16, i64)> = Vec::new();
        for (place, sum) in (0_u16..).zip(&plan.sums).filter(|(_, sum)| sum.relation == Relation::Equal) {
            uses.extend(plan.left(*sum).iter().map(|&at| (at, place, 1)));
            uses.extend(plan.right(*sum).iter().map(|&at| (at, place, -1)));
        }
        uses.sort_unstable();
        let cells = (0_u16..).take(version.cells().len().saturating_add(1));
        plan.starts = cells.map(|cell| uses.partition_point(|(at, ..)| *at < cell)).collect();
        plan.uses = uses.into_iter().map(|(_, sum, sign)| (sum, sign)).collect();
        plan
    }

    /// The plan of a form that has rows of another version: where they may take part in a sum, it has a reading with them too.
    pub(super) fn of_mixed(
        rules: &[Rule],
        version: SchemaVersion,
        foreign: &[(&'static CellSpec, Cell)],
    ) -> Self {
        let mut plan = Self::default();
        let own = version.cells().len();
        let own_position = |id| version.position(id);
        let position = |id| {
            let behind = || foreign.iter().position(|(spec, _)| spec.id == id)?.checked_add(own);
            version.position(id).or_else(behind)
        };
        let is_foreign = |row: Row| foreign.iter().any(|(spec, _)| spec.id.row == row);
        for (at, rule) in (0_u16..).zip(rules).filter(|(_, rule)| rule.versions.contains(&version)) {
            let start = plan.sums.len();
            plan.lay_out(at, rule, version, &own_position, &|row| version.has_row(row), false);
            let columns = plan.sums.len().saturating_sub(start);
            let Test::EachColumn(left, _, right) = rule.test else { continue };
            let others = SchemaVersion::ALL.iter().filter(|other| rule.versions.contains(other));
            let rows = left.iter().chain(right);
            if !rows.clone().any(|row| is_foreign(*row)) {
                continue;
            }
            for other in others.filter(|other| **other != version) {
                let has_all =
                    rows.clone().all(|row| !other.has_row(*row) || version.has_row(*row) || is_foreign(*row));
                if has_all {
                    plan.lay_out(at, rule, version, &position, &|row| other.has_row(row), true);
                }
            }
            plan.lay_out(at, rule, version, &position, &|row| version.has_row(row) || is_foreign(row), true);
            // Column by column, so that the readings of a sum stand together.
            let readings = plan.sums.split_off(start);
            let column = |column| readings.iter().skip(column).step_by(columns.max(1));
            plan.sums.extend((0..columns).flat_map(column));
        }
        plan
    }

    /// Adds the sums of a rule: `position` finds cells, `has_row` tells which rows take part.
    fn lay_out(
        &mut self,
        at: u16,
        rule: &Rule,
        version: SchemaVersion,
        position: &dyn Fn(CellId) -> Option<usize>,
        has_row: &dyn Fn(Row) -> bool,
        alternative: bool,
    ) {
        let mut add =
            |relation, left: &mut dyn Iterator<Item = CellId>, right: &mut dyn Iterator<Item = CellId>| {
                let positions = |cells: &mut dyn Iterator<Item = CellId>| {
                    cells
                        .map(|id| position(id).and_then(|at| u16::try_from(at).ok()))
                        .collect::<Option<Vec<u16>>>()
                };
                if let (Some(left), Some(right)) = (positions(left), positions(right))
                    && !left.is_empty()
                    && !right.is_empty()
                {
                    self.add(at, relation, &left, &right, alternative);
                }
            };
        match rule.test {
            Test::EachColumn(left, relation, right) => {
                let Some(block) = left.iter().find_map(|row| version.row(*row)).map(|(block, _)| block)
                else {
                    return;
                };
                for column in block.columns.iter().map(|column| column.column) {
                    let cells = |rows: &'static [Row]| {
                        rows.iter().filter(|row| has_row(**row)).map(move |&row| CellId { row, column })
                    };
                    add(relation, &mut cells(left), &mut cells(right));
                }
            }
            Test::EachRow(table, left, relation, right) => {
                let blocks = version.blocks().filter(|block| block.table == table);
                for row in blocks.flat_map(|block| block.rows).map(|row| row.row) {
                    let cell = |&column| CellId { row, column };
                    add(relation, &mut left.iter().map(cell), &mut right.iter().map(cell));
                }
            }
            Test::Cells(left, relation, right) => {
                add(relation, &mut left.iter().copied(), &mut right.iter().copied());
            }
            Test::EachCell(quality) => self.qualities.push((at, quality)),
            Test::Report(_) => {}
        }
    }

    fn add(&mut self, rule: u16, relation: Relation, left: &[u16], right: &[u16], alternative: bool) {
        let place = |plan: &Self| u32::try_from(plan.positions.len()).unwrap_or(u32::MAX);
        let start = place(self);
        self.positions.extend(left);
        let middle = place(self);
        self.positions.extend(right);
        self.sums.push(Sum { rule, relation, start, middle, end: place(self), alternative });
    }

    pub(super) fn left(&self, sum: Sum) -> &[u16] {
        self.positions.get(sum.start as usize..sum.middle as usize).unwrap_or_default()
    }

    pub(super) fn right(&self, sum: Sum) -> &[u16] {
        self.positions.get(sum.middle as usize..sum.end as usize).unwrap_or_default()
    }

    pub(super) fn sums(&self) -> &[Sum] {
        &self.sums
    }

    pub(super) fn uses(&self, at: u16) -> &[(u16, i64)] {
        let mut bounds = self.starts.iter().skip(at.into()).copied();
        let range = bounds.next().zip(bounds.next()).map(|(start, end)| start..end);
        range.and_then(|range| self.uses.get(range)).unwrap_or_default()
    }

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
        let mut rest = self.sums.as_slice();
        while let Some((first, behind)) = rest.split_first() {
            let place = self.sums.len().saturating_sub(rest.len());
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
        for (rule, quality) in &self.qualities {
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
