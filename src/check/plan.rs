//! Rules laid out as lists of cell positions, and the flat cells of a form that they are applied to.

use super::{Quality, Rule, Test};
use crate::diagnostic::Relation;
use crate::form::{Cell, CellId, CellSpec, Figure, Row, SchemaVersion};
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
    pub(super) alternative: bool,
}

/// The cells of a form by position: behind its own those of another version.
#[derive(Clone, Copy)]
pub(super) struct Cells<'f> {
    pub(super) version: SchemaVersion,
    pub(super) own: &'f [Cell],
    pub(super) foreign: &'f [(&'static CellSpec, Cell)],
}

impl<'f> Cells<'f> {
    pub(super) fn get(self, at: u16) -> Option<(&'static CellSpec, &'f Cell)> {
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
    pub(super) fn of(figure: Figure) -> Self {
        if let Figure::Number(number) = figure
            && let (mantissa @ 0..=MAX_PLAIN, 0) = number.parts()
            && let Ok(value) = i64::try_from(mantissa)
        {
            return Self { value, special: false };
        }
        Self { value: 0, special: true }
    }
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

    pub(super) fn qualities(&self) -> &[(u16, Quality)] {
        &self.qualities
    }

    #[inline]
    pub(super) fn uses(&self, at: u16) -> &[(u16, i64)] {
        let at = usize::from(at);
        match self.starts.get(at..at.saturating_add(2)) {
            Some([start, end]) => self.uses.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }
}
