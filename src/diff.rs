//! What changed from one report to another, cell by cell, and question by question where the template changed.
//!
//! Two forms of one version are compared in every cell. Forms of different versions are compared in the cells that both
//! have, and in the [metrics](crate::metrics) whose cells differ: 收到申请数 of 2018 with 本年新收 of 2019.

use core::fmt;

use crate::form::{Cell, CellId, Figure, Number, SchemaVersion, Unit};
use crate::metrics::{Answer, Metric, NoAnswer};
use crate::report::Report;
use crate::series::matching_forms;

/// What differs between two reports: what [`diff`] gives. Displayed, it has a line for each change.
///
/// ```
/// let earlier = gongkai::parse("（一）收到申请数 | 件 | 12 |\n")?;
/// let later = gongkai::parse("（一）收到申请数 | 件 | 15 |\n")?;
/// let diff = gongkai::diff::diff(&earlier, &later).unwrap();
/// assert_eq!(diff.changes().len(), 1);
/// assert_eq!(diff.changes()[0].name(), "statistics/applications.received/value");
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diff {
    versions: (SchemaVersion, SchemaVersion),
    changes: Vec<Change>,
    compared: usize,
}

impl Diff {
    /// The versions of the two forms, of the earlier report and of the later one.
    #[must_use]
    pub const fn versions(&self) -> (SchemaVersion, SchemaVersion) {
        self.versions
    }

    /// What differs, in the order of the form; metrics behind the cells.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// How many cells and metrics were compared.
    #[must_use]
    pub const fn compared(&self) -> usize {
        self.compared
    }
}

/// One cell or metric that differs.
///
/// ```
/// use gongkai::diff::{Change, diff};
///
/// // 万元, and a cell that names 元: the amounts are not converted, so nothing says by how much it grew.
/// let earlier = gongkai::parse("七、依申请公开信息收取的费用 | 万元 | 3 |\n")?;
/// let later = gongkai::parse("七、依申请公开信息收取的费用 | 万元 | 500元 |\n")?;
/// let diff = diff(&earlier, &later).unwrap();
/// let change = diff.changes()[0];
/// assert!(matches!(change, Change::Cell { .. }));
/// assert_eq!(change.difference(), None);
/// assert_eq!(change.sides(), ("3万元".into(), "500元".into()));
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Change {
    /// A cell that both forms have.
    Cell {
        /// Which.
        id: CellId,
        /// What the earlier report shows.
        earlier: Cell,
        /// What the later report shows.
        later: Cell,
    },
    /// A question that the two forms answer with different cells.
    Metric {
        /// Which.
        metric: Metric,
        /// The answer of the earlier report.
        earlier: Result<Answer, NoAnswer>,
        /// The answer of the later report.
        later: Result<Answer, NoAnswer>,
    },
}

impl Change {
    /// By how much the number grew, below 0 where it fell; `None` where one side is no number, or the units differ.
    #[must_use]
    pub fn difference(&self) -> Option<Number> {
        match self {
            Self::Cell { earlier, later, .. } if earlier.unit() == later.unit() => {
                later.number()?.checked_sub(earlier.number()?)
            }
            Self::Metric { earlier: Ok(earlier), later: Ok(later), .. } if earlier.is_comparable(later) => {
                later.value().checked_sub(earlier.value())
            }
            _ => None,
        }
    }

    /// The cell or metric, by its machine id: `requests/granted/total`, `received`.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Cell { id, .. } => id.to_string(),
            Self::Metric { metric, .. } => metric.to_string(),
        }
    }

    /// Both sides in words, the earlier first: the number with its unit, or why there is none (`blank`, `missing`).
    #[must_use]
    pub fn sides(&self) -> (String, String) {
        match self {
            Self::Cell { earlier, later, .. } => (cell_in_words(earlier), cell_in_words(later)),
            Self::Metric { earlier, later, .. } => (answer_in_words(earlier), answer_in_words(later)),
        }
    }
}

impl fmt::Display for Change {
    /// `requests/granted/total: 3 → 5 (+2)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (earlier, later) = self.sides();
        write!(f, "{}: {earlier} → {later}", self.name())?;
        match self.difference() {
            Some(by) if by.is_negative() => write!(f, " ({by})"),
            Some(by) => write!(f, " (+{by})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Diff {
    /// One change a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.changes.iter().try_for_each(|change| writeln!(f, "{change}"))
    }
}

/// Compares two reports; `None` where one of them has no statutory table.
///
/// Where both have forms of one version these are compared, else their main forms.
///
/// ```
/// let earlier = gongkai::parse("六、举报投诉数量 | 件 | 12 |\n七、依申请公开信息收取的费用 | 万元 | 3.50 |\n")?;
/// let later = gongkai::parse("六、举报投诉数量 | 件 | 9 |\n七、依申请公开信息收取的费用 | 万元 | 3.5 |\n")?;
/// let diff = gongkai::diff::diff(&earlier, &later).unwrap();
/// assert_eq!(diff.to_string(), "statistics/complaints/value: 12件 → 9件 (-3)\n");
/// assert_eq!(diff.compared(), 58);
/// # Ok::<(), gongkai::Error>(())
/// ```
#[must_use]
pub fn diff(earlier: &Report<'_>, later: &Report<'_>) -> Option<Diff> {
    let (earlier, later) = matching_forms(earlier, later)?;
    let versions = (earlier.version(), later.version());
    let mut diff = Diff { versions, changes: Vec::new(), compared: 0 };
    for (spec, &before) in earlier.cells() {
        let Some(&after) = later.version().position(spec.id).and_then(|_| later.get(spec.id)) else {
            continue;
        };
        diff.compared = diff.compared.saturating_add(1);
        if (before.figure(), before.unit()) != (after.figure(), after.unit()) {
            diff.changes.push(Change::Cell { id: spec.id, earlier: before, later: after });
        }
    }
    for &metric in Metric::ALL {
        let cells = (metric.cells(versions.0), metric.cells(versions.1));
        if cells.0.is_empty() || cells.1.is_empty() || cells.0 == cells.1 {
            continue;
        }
        diff.compared = diff.compared.saturating_add(1);
        let (before, after) = (earlier.metric(metric), later.metric(metric));
        if !same(before, after) {
            diff.changes.push(Change::Metric { metric, earlier: before, later: after });
        }
    }
    Some(diff)
}

/// Whether two answers say the same, whatever cells they come from.
fn same(a: Result<Answer, NoAnswer>, b: Result<Answer, NoAnswer>) -> bool {
    match (a, b) {
        (Ok(a), Ok(b)) => a.value() == b.value() && a.is_comparable(&b),
        (Err(NoAnswer::Open { figure: a, .. }), Err(NoAnswer::Open { figure: b, .. })) => a == b,
        _ => false,
    }
}

fn cell_in_words(cell: &Cell) -> String {
    match cell.figure() {
        Figure::Number(number) => amount(number, cell.unit()),
        figure => figure.state().to_owned(),
    }
}

fn answer_in_words(answer: &Result<Answer, NoAnswer>) -> String {
    match answer {
        Ok(answer) => amount(answer.value(), answer.unit()),
        Err(reason) => reason.to_string(),
    }
}

fn amount(number: Number, unit: Option<Unit>) -> String {
    unit.map_or_else(|| number.to_string(), |unit| format!("{number}{unit}"))
}
