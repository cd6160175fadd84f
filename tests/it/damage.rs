//! Damaged reports: no figure is silently wrong.
//!
//! A form with known figures is written in some dialect, a fault or several are done to it, and it is read. An oracle that
//! knows what each piece of the page was ([`oracle`]) tells what the damaged page shows. A cell is right where it holds that,
//! flagged where a reading diagnostic (warning or error) names it among the cells of one row or one column at most, and
//! silently wrong where it is neither.
//!
//! `GONGKAI_DAMAGE=100000` makes so many documents, `GONGKAI_DAMAGE_SEED` others, `GONGKAI_DAMAGE_OUT` names a file that gets
//! every failure with its number and its smallest document, `GONGKAI_DAMAGE_FROM` is the
//! number of the first, and `GONGKAI_DAMAGE_SHOW` prints them all.

mod oracle;
mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::mpsc;
use std::{env, fs, thread};

use gongkai::diagnostic::{Class, Code, Severity};
use gongkai::form::{CellId, Figure, Form, Row, SchemaVersion, Unit};
use gongkai::write::{Blanks, Dialect};
use gongkai::{Report, parse};

use self::oracle::{Shown, is_unit, shown};
use self::page::{Chunk, Line, Page, Role};
use super::write::open_rows;

/// Documents of a usual run.
const DOCUMENTS: u64 = 4000;
/// Not every fault can be done to every page: no pad can be dropped where there is none.
const MOST_TRIES: usize = 30;
/// Failures of one kind that are shown in full.
const EXAMPLES: usize = 2;

/// What can happen to a page between its author and its reader.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Fault {
    None,
    DropLine,
    DoubleLine,
    SwapNeighbours,
    SwapLines,
    SplitLine,
    JoinLines,
    DropCell,
    DoubleCell,
    SwapCells,
    DropPad,
    Cut,
    PageNumber,
    Footer,
    BlankLabel,
    WrapLabel,
    SplitFigure,
    /// What versions 1.10 to 2.1 do to empty cells in some markup: nothing is printed, only the pad counts them.
    DropBlanks,
}

const FAULTS: &[Fault] = &[
    Fault::DropLine,
    Fault::DoubleLine,
    Fault::SwapNeighbours,
    Fault::SwapLines,
    Fault::SplitLine,
    Fault::JoinLines,
    Fault::DropCell,
    Fault::DoubleCell,
    Fault::SwapCells,
    Fault::DropPad,
    Fault::Cut,
    Fault::PageNumber,
    Fault::Footer,
    Fault::BlankLabel,
    Fault::WrapLabel,
    Fault::SplitFigure,
    Fault::DropBlanks,
];

/// Numbers that look random and are the same in every run (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    fn choose<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        (!from.is_empty()).then(|| from[self.below(from.len())])
    }
}

/// Distinct figures but for some zeros, blanks and marks.
fn form(version: SchemaVersion, blanks: bool, random: &mut Random) -> Form {
    let dense = random.below(3);
    let cells = version.cells().iter().zip(11_i64..).map(|(spec, n)| {
        let figure = match random.below(24) {
            0..=3 if dense == 0 => Figure::Number(0.into()),
            4 | 5 if dense < 2 && blanks => Figure::Blank,
            6 if dense == 0 => Figure::NotApplicable,
            7 | 8 => Figure::Number((n * 1009).into()),
            _ => Figure::Number((n * 13).into()),
        };
        (spec.id, figure, spec.unit_from_source.then_some(Unit::WanYuan))
    });
    let cells: Vec<_> = cells.collect();
    Form::from_cells(version, cells)
}

/// Does `fault` to the page; gives the rows it touches, or `None` where there is nothing to do it to.
fn damage(page: &mut Page, fault: Fault, random: &mut Random) -> Option<BTreeSet<Row>> {
    let (lines, emptied) = (&mut page.lines, &mut page.emptied);
    let dialect = page.dialect;
    let rows_of =
        |line: &Line| line.iter().flat_map(|chunk| chunk.rows.iter().copied()).collect::<BTreeSet<Row>>();
    // A bar on the next line stays behind, as that of an empty cell.
    let emptied_by = |line: &Line| match dialect {
        Dialect::V1_6Split | Dialect::V1_9Split if line.iter().any(Chunk::is_cell) => rows_of(line),
        _ => BTreeSet::new(),
    };
    let around = |lines: &[Line], at: usize| -> BTreeSet<Row> {
        let from = at.saturating_sub(2);
        lines[from..(at + 2).min(lines.len())].iter().flat_map(rows_of).collect()
    };
    let cells = |lines: &[Line], wanted: &dyn Fn(&Line, usize) -> bool| -> Vec<(usize, usize)> {
        let all =
            lines.iter().enumerate().flat_map(|(at, line)| (0..line.len()).map(move |chunk| (at, chunk)));
        all.filter(|(at, chunk)| wanted(&lines[*at], *chunk)).collect()
    };
    let count = |line: &Line| line.iter().filter(|chunk| chunk.is_cell()).count();
    match fault {
        Fault::None => Some(BTreeSet::new()),
        Fault::DropLine => {
            let at = random.below(lines.len());
            let touched = around(lines, at);
            emptied.extend(emptied_by(&lines.remove(at)));
            Some(touched)
        }
        Fault::DoubleLine => {
            let at = random.below(lines.len());
            lines.insert(at, lines[at].clone());
            Some(around(lines, at))
        }
        Fault::SwapNeighbours => {
            let at = random.below(lines.len() - 1);
            let touched = around(lines, at).union(&around(lines, at + 1)).copied().collect();
            emptied.extend(lines[at..at + 2].iter().flat_map(emptied_by));
            lines.swap(at, at + 1);
            Some(touched)
        }
        Fault::SwapLines => {
            let (a, b) = (random.below(lines.len()), random.below(lines.len()));
            let touched = around(lines, a).union(&around(lines, b)).copied().collect();
            emptied.extend([a, b].iter().flat_map(|at| emptied_by(&lines[*at])));
            lines.swap(a, b);
            Some(touched)
        }
        Fault::SplitLine => {
            let at =
                random.choose(&(0..lines.len()).filter(|at| lines[*at].len() > 1).collect::<Vec<_>>())?;
            let behind = 1 + random.below(lines[at].len() - 1);
            let rest = lines[at].split_off(behind);
            lines.insert(at + 1, rest);
            Some(around(lines, at))
        }
        Fault::JoinLines => {
            let at = random.below(lines.len() - 1);
            let touched = around(lines, at).union(&around(lines, at + 1)).copied().collect();
            let mut next = lines.remove(at + 1);
            let line = &mut lines[at];
            if let Some(last) = line.last_mut() {
                let gap = dialect == Dialect::Aligned && !last.tail.is_empty();
                // A rule stays one, and the head behind it a head.
                let is_rule = last.core.starts_with("---");
                let open = !last.tail.contains(['|', '\t']) && !last.core.is_empty() && !gap && !is_rule;
                let goes_on =
                    next.first().is_some_and(|first| first.role != Role::Frame && !first.core.is_empty());
                last.tail.push(' ');
                if open && goes_on {
                    // Two texts in one cell; a label among them still begins its row, and words alone are no figure.
                    let wordy = |chunk: &Chunk| match chunk.role {
                        Role::Prose | Role::Head => true,
                        Role::Wording => !is_unit(&chunk.core),
                        _ => false,
                    };
                    let title = [last.role, next[0].role].contains(&Role::Prose);
                    let words = title && wordy(last) && wordy(&next[0]);
                    let broken = if words { Role::BrokenLabel } else { Role::Broken };
                    for glued in [last, &mut next[0]] {
                        let is_label = matches!(glued.role, Role::Label(_));
                        glued.role = if is_label { glued.role } else { broken };
                    }
                }
            }
            line.append(&mut next);
            Some(touched)
        }
        Fault::DropCell => {
            let (at, chunk) =
                random.choose(&cells(lines, &|line, at| line[at].is_cell() && count(line) > 1))?;
            let touched = rows_of(&lines[at]);
            let gone = lines[at].remove(chunk);
            emptied.extend(emptied_by(&vec![gone.clone()]));
            if chunk == lines[at].len() && chunk > 0 {
                lines[at][chunk - 1].tail = gone.tail;
            }
            // What is left of two texts in one cell is one.
            let beside = chunk.saturating_sub(1)..lines[at].len().min(chunk + 1);
            let mut left = lines[at][beside].iter_mut().filter(|left| left.role == Role::Broken);
            if let (Role::Broken, Some(left), None) = (gone.role, left.next(), left.next())
                && left.core.bytes().all(|byte| byte.is_ascii_digit())
            {
                left.role = Role::Figure;
            }
            Some(touched)
        }
        Fault::DoubleCell => {
            let (at, chunk) =
                random.choose(&cells(lines, &|line, at| line[at].is_cell() && count(line) > 1))?;
            if chunk + 1 == lines[at].len() && !lines[at][chunk].tail.contains('|') {
                return None;
            }
            let double = lines[at][chunk].clone();
            lines[at].insert(chunk, double);
            Some(rows_of(&lines[at]))
        }
        Fault::SwapCells => {
            let (at, a) = random.choose(&cells(lines, &|line, at| line[at].is_cell() && count(line) > 1))?;
            let others: Vec<usize> =
                (0..lines[at].len()).filter(|b| *b != a && lines[at][*b].is_cell()).collect();
            let b = random.choose(&others)?;
            let (a, b) = (a.min(b), a.max(b));
            page.swapped = true;
            let (left, right) = lines[at].split_at_mut(b);
            let (left, right) = (&mut left[a], &mut right[0]);
            std::mem::swap(&mut left.core, &mut right.core);
            std::mem::swap(&mut left.rows, &mut right.rows);
            // What broke a figure stays where it is.
            if ![left.role, right.role].contains(&Role::Broken) {
                std::mem::swap(&mut left.role, &mut right.role);
            } else if let Role::Label(row) = left.role {
                (left.role, right.role) = (Role::Figure, Role::Label(row));
            } else if let Role::Label(row) = right.role {
                (left.role, right.role) = (Role::Label(row), Role::Figure);
            }
            Some(rows_of(&lines[at]))
        }
        Fault::DropBlanks => {
            let padded = [Dialect::V1_12Cells, Dialect::V1_12Tight, Dialect::V1_12Rows];
            let padded = padded.contains(&dialect)
                || [Dialect::V2_0Rows, Dialect::V2_0Cells, Dialect::V2_1].contains(&dialect);
            let blank = |chunk: &Chunk| chunk.role == Role::Figure && chunk.core.is_empty();
            if !padded || !lines.iter().flatten().any(blank) {
                return None;
            }
            let mut touched = BTreeSet::new();
            let mut dropped = 0;
            for at in (0..lines.len()).rev() {
                // From the last line up: what is dropped of a row goes into its pad, which stands behind.
                for chunk in (0..lines[at].len()).rev() {
                    if !blank(&lines[at][chunk]) {
                        continue;
                    }
                    let gone = lines[at].remove(chunk);
                    touched.extend(gone.rows.iter().copied());
                    dropped += 1;
                    let of_row = |chunk: &Chunk| chunk.role == Role::Pad && chunk.rows == gone.rows;
                    let ends = |chunk: &&Chunk| chunk.rows != gone.rows && chunk.role != Role::Frame;
                    let is_last = !lines[at..].iter().flatten().any(|chunk| ends(&chunk))
                        || lines[at..]
                            .iter()
                            .flatten()
                            .find(ends)
                            .is_some_and(|chunk| chunk.role == Role::Prose);
                    if let Some(pad) = lines[at..].iter_mut().flatten().find(|chunk| of_row(chunk)) {
                        pad.tail.push('|');
                    } else if !is_last || dialect == Dialect::V2_1 {
                        let tail = if dialect == Dialect::V1_12Cells { "|" } else { " |" }.to_owned();
                        let pad =
                            Chunk { core: String::new(), tail, role: Role::Pad, rows: gone.rows.clone() };
                        let mine = |line: &Line| {
                            line.iter().any(|chunk| chunk.rows == gone.rows && chunk.role == Role::Figure)
                        };
                        let last = (at..lines.len())
                            .take_while(|at| *at == 0 || mine(&lines[*at]))
                            .last()
                            .unwrap_or(at);
                        match dialect {
                            Dialect::V1_12Cells | Dialect::V2_0Cells => lines.insert(last + 1, vec![pad]),
                            _ => lines[last].push(pad),
                        }
                    }
                }
            }
            lines.retain(|line| !line.is_empty());
            (dropped > 0).then_some(touched)
        }
        Fault::DropPad => {
            let (at, chunk) = random.choose(&cells(lines, &|line, at| line[at].role == Role::Pad))?;
            let touched = rows_of(&lines[at]);
            lines[at].remove(chunk);
            if lines[at].is_empty() {
                lines.remove(at);
            }
            Some(touched)
        }
        Fault::Cut => {
            let at = random.below(lines.len());
            let touched = lines[at.saturating_sub(1)..].iter().flat_map(rows_of).collect();
            lines.truncate(at + 1);
            let line = &mut lines[at];
            let chunk = random.below(line.len());
            line.truncate(chunk + 1);
            let open = matches!(
                dialect,
                Dialect::V1_4Cells
                    | Dialect::V1_6Cells
                    | Dialect::V1_6Split
                    | Dialect::Html2text
                    | Dialect::Lines
                    | Dialect::Tabs
                    | Dialect::Aligned
            );
            if let Some(chunk) = line.last_mut() {
                let letters = chunk.core.chars().count();
                if random.below(2) == 0 && letters > 1 {
                    let kept = 1 + random.below(letters - 1);
                    chunk.core = chunk.core.chars().take(kept).collect();
                    chunk.role = match chunk.role {
                        Role::Figure if open => Role::Figure,
                        Role::Figure | Role::Broken => Role::Broken,
                        _ => Role::BrokenLabel,
                    };
                    chunk.tail.clear();
                } else if random.below(2) == 0 {
                    chunk.tail.clear();
                }
                // What stands behind a bar between two cells is an empty cell.
                if matches!(dialect, Dialect::Html2text | Dialect::Tabs) && chunk.tail.contains(['|', '\t']) {
                    let rows = chunk.rows.clone();
                    let (core, tail) = (String::new(), String::new());
                    line.push(Chunk { core, tail, role: Role::Figure, rows });
                }
            }
            Some(touched)
        }
        Fault::PageNumber | Fault::Footer => {
            let at = random.below(lines.len());
            let touched = around(lines, at);
            let text = match fault {
                Fault::PageNumber => ["- 5 -", "5", "第 5 页 共 9 页", "—5—"][random.below(4)],
                _ => ["主办单位：某某市财政局", "版权所有 某某网", "打印本页 关闭窗口"][random.below(3)],
            };
            // Without bars nothing tells a number of the page from one of the table.
            let role = if dialect == Dialect::Lines { Role::Figure } else { Role::Prose };
            let split = matches!(dialect, Dialect::V1_9Split | Dialect::V1_6Split | Dialect::V1_4Cells);
            let role = match split {
                true if text == "5" => Role::Figure,
                true => Role::Broken,
                false if dialect == Dialect::V1_6Cells => Role::Broken,
                false if dialect == Dialect::Aligned && text == "5" => Role::Figure,
                false => role,
            };
            lines.insert(
                at,
                vec![Chunk { core: text.to_owned(), tail: String::new(), role, rows: Vec::new() }],
            );
            Some(touched)
        }
        Fault::BlankLabel => {
            let label = |chunk: &Chunk| matches!(chunk.role, Role::Label(_) | Role::Head | Role::Wording);
            let (at, chunk) = random.choose(&cells(lines, &|line, at| label(&line[at])))?;
            let touched = around(lines, at);
            let chunk = &mut lines[at][chunk];
            chunk.core.clear();
            chunk.role = Role::Blanked;
            if lines[at].iter().all(|chunk| chunk.core.is_empty() && chunk.tail.is_empty()) {
                lines.remove(at);
            }
            Some(touched)
        }
        Fault::WrapLabel | Fault::SplitFigure => {
            let wanted = |chunk: &Chunk| match fault {
                Fault::SplitFigure => chunk.role == Role::Figure,
                _ => matches!(chunk.role, Role::Label(_) | Role::Head | Role::Wording),
            };
            let (at, chunk) = random
                .choose(&cells(lines, &|line, at| wanted(&line[at]) && line[at].core.chars().count() > 1))?;
            let touched = around(lines, at);
            let mut rest = lines[at].split_off(chunk);
            let core = std::mem::take(&mut rest[0].core);
            let letters: Vec<char> = core.chars().collect();
            let kept = 1 + random.below(letters.len() - 1);
            let mut first = rest[0].clone();
            first.core = letters[..kept].iter().collect();
            first.tail.clear();
            rest[0].core = letters[kept..].iter().collect();
            // Each half that still has its own bar is a cell for itself, and so is each line where there are no bars.
            let (broken_first, broken_rest) = match dialect {
                _ if fault == Fault::WrapLabel => (true, true),
                Dialect::V1_4Cells | Dialect::V1_6Split | Dialect::V1_9Split => (false, false),
                Dialect::V1_6Cells => (false, true),
                Dialect::Lines
                | Dialect::Html2text
                | Dialect::Tabs
                | Dialect::V1_4Rows
                | Dialect::Aligned => (true, true),
                _ => (true, false),
            };
            // Without its number a label is one still.
            let is_number = |c: char| "（）.0123456789一二三四五六七八九".contains(c);
            let numbered = first.core.chars().all(is_number);
            let broken = |second: bool| match first.role {
                Role::Label(_) if second && numbered => first.role,
                Role::Label(row) => Role::Half(row, second),
                Role::Head => Role::HalfHead(core.clone().leak(), second),
                _ if fault == Fault::WrapLabel => Role::BrokenLabel,
                _ => Role::Broken,
            };
            let (of_first, of_rest) = (broken(false), broken(true));
            first.role = if broken_first { of_first } else { first.role };
            rest[0].role = if broken_rest { of_rest } else { rest[0].role };
            lines[at].push(first);
            lines.insert(at + 1, rest);
            Some(touched)
        }
    }
}

/// Whether a reading diagnostic names the cell, and no more than a row or a column.
pub(super) fn is_flagged(report: &Report<'_>, id: CellId) -> bool {
    report.diagnostics().iter().any(|finding| {
        let cells = finding.cells();
        finding.class() == Class::Reading
            && finding.severity() >= Severity::Warning
            && cells.contains(&id)
            && (cells.iter().all(|cell| cell.row == id.row)
                || cells.iter().all(|cell| cell.column == id.column))
    })
}

/// What may be read for each cell; an empty list where the reader must say that it cannot tell.
fn expected(truth: &Form, page: &Page) -> BTreeMap<CellId, Vec<Shown>> {
    let mut shown = shown(page);
    for (spec, _) in truth.cells() {
        shown.entry(spec.id).or_default();
    }
    let figures = shown.into_iter().map(|(id, mut readings)| {
        readings.certain.dedup();
        let figures = match readings.certain.len() {
            // Nothing in form: what was there, if the reader can find it; in the place of another where cells changed places,
            // or none where the bar of a figure stands alone.
            0 => {
                let of_row =
                    truth.cells().filter(|(spec, _)| spec.id == id || page.swapped && spec.id.row == id.row);
                let written = of_row.map(|(_, cell)| (cell.figure(), cell.unit()));
                let emptied = page.emptied.contains(&id.row).then_some((Figure::Blank, None));
                written.chain(emptied).chain(readings.beside_broken).collect()
            }
            1 => readings.certain,
            // The same row twice with other figures.
            _ => Vec::new(),
        };
        (id, figures)
    });
    figures.collect()
}

/// A cell that is wrong without a word.
#[derive(Clone, Debug)]
struct Wrong {
    id: CellId,
    found: Shown,
    expected: Vec<Shown>,
}

#[derive(Default)]
struct Outcome {
    cells: u64,
    right: u64,
    flagged: u64,
    wrong: Vec<Wrong>,
    untouched: u64,
    untouched_right: u64,
    untouched_flagged: u64,
}

fn judge(truth: &Form, page: &Page, touched: &BTreeSet<Row>) -> Outcome {
    let text = page.text();
    let report = parse(&text).expect("within the limit");
    if let Err(violation) = report.verify() {
        panic!("{violation}\n{text}");
    }
    let expected = expected(truth, page);
    let mut outcome = Outcome::default();
    for (_, spec, cell) in report.cells() {
        let found = (cell.figure(), cell.unit());
        let flagged = is_flagged(&report, spec.id);
        let accepted = expected.get(&spec.id).map_or(&[][..], Vec::as_slice);
        // The unit of a cell without a number says nothing.
        let right = accepted
            .iter()
            .any(|shown| shown.0 == found.0 && (shown.1 == found.1 || !matches!(found.0, Figure::Number(_))));
        outcome.cells += 1;
        outcome.right += u64::from(right);
        outcome.flagged += u64::from(flagged);
        if truth.get(spec.id).is_some() && !touched.contains(&spec.id.row) {
            outcome.untouched += 1;
            outcome.untouched_right += u64::from(right);
            outcome.untouched_flagged += u64::from(flagged);
        }
        if !right && !flagged {
            outcome.wrong.push(Wrong { id: spec.id, found, expected: accepted.to_vec() });
        }
    }
    // What the page shows in form, and no form was found that has it; the row may be named as one of another version.
    let is_named = |id: CellId| {
        let findings = report.diagnostics().iter().filter(|finding| finding.class() == Class::Reading);
        let cells = findings
            .filter(|finding| finding.severity() >= Severity::Warning)
            .flat_map(|finding| finding.cells());
        cells.map(|cell| cell.row).any(|row| row == id.row)
    };
    let unread = report
        .diagnostics()
        .iter()
        .any(|finding| finding.code() == Code::NO_STATUTORY_TABLE && finding.severity() >= Severity::Warning);
    let read: BTreeSet<CellId> = report.cells().map(|(_, spec, _)| spec.id).collect();
    for (id, readings) in shown(page) {
        let of_form = truth.get(id).is_some() && !readings.certain.is_empty();
        if of_form && !read.contains(&id) && !unread && !is_named(id) {
            let found = (Figure::Missing, None);
            outcome.wrong.push(Wrong { id, found, expected: readings.certain });
        }
    }
    outcome
}

/// The same page without the lines that the failure does not need.
fn smallest(truth: &Form, page: &Page, wrong: &Wrong) -> Page {
    let same = |other: &Wrong| (other.id, other.found) == (wrong.id, wrong.found);
    let fails = |page: &Page| judge(truth, page, &BTreeSet::new()).wrong.iter().any(same);
    let mut page = page.clone();
    let mut size = page.lines.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < page.lines.len() {
            let mut less = page.clone();
            let gone: Vec<Line> = less.lines.drain(at..(at + size).min(less.lines.len())).collect();
            // What broke a line must stay, else the line only looks like another.
            let breaks = |chunk: &Chunk| {
                matches!(
                    chunk.role,
                    Role::Broken | Role::BrokenLabel | Role::Half(..) | Role::HalfHead(..) | Role::Blanked
                )
            };
            if !gone.iter().flatten().any(breaks) && fails(&less) {
                page = less;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    page
}

/// A failure in words: which faults, which cell, the smallest document.
struct Failure {
    number: u64,
    dialect: Dialect,
    faults: Vec<Fault>,
    wrong: Wrong,
    text: String,
}

impl Failure {
    /// Failures of one cause mostly agree in this.
    fn group(&self) -> String {
        let kind = |shown: &Shown| shown.0.state();
        let expected: Vec<&str> = self.wrong.expected.iter().map(kind).collect();
        format!(
            "{} {:?} {}: {} for {}",
            self.dialect,
            self.faults,
            self.wrong.id.table(),
            kind(&self.wrong.found),
            expected.join("/")
        )
    }
}

/// A document of a run: what was done to it, and how it was read.
struct Document {
    dialect: Dialect,
    faults: Vec<Fault>,
    outcome: Outcome,
    failure: Option<Failure>,
}

impl Document {
    fn new(seed: u64, number: u64) -> Self {
        let mut random = Random(seed.wrapping_mul(1_000_003).wrapping_add(number));
        let dialect = Dialect::ALL[number as usize % Dialect::ALL.len()];
        let version = SchemaVersion::ALL[random.below(SchemaVersion::ALL.len())];
        let truth = form(version, dialect.loss().blanks != Blanks::Dropped, &mut random);
        let mut page = Page::of(&truth, dialect);
        // Rows that the dialect is known to leave open are no measure of what a fault does to others.
        let mut touched: BTreeSet<Row> = open_rows(&truth, dialect).into_iter().map(|id| id.row).collect();
        let mut faults = Vec::new();
        // One document in twenty without a fault, most with one.
        let wanted = [1, 1, 1, 2, 3][random.below(5)] * usize::from(random.below(20) > 0);
        for _ in 0..MOST_TRIES {
            if faults.len() == wanted || page.lines.len() < 3 {
                break;
            }
            let fault = FAULTS[random.below(FAULTS.len())];
            if let Some(rows) = damage(&mut page, fault, &mut random) {
                touched.extend(rows);
                faults.push(fault);
            }
        }
        if faults.is_empty() {
            faults.push(Fault::None);
        }
        if env::var_os("GONGKAI_DAMAGE_SHOW").is_some() {
            println!("{}", page.text());
        }
        let outcome = judge(&truth, &page, &touched);
        let failure = outcome.wrong.first().map(|wrong| Failure {
            number,
            dialect,
            faults: faults.clone(),
            wrong: wrong.clone(),
            text: smallest(&truth, &page, wrong).text(),
        });
        Self { dialect, faults, outcome, failure }
    }
}

#[test]
fn no_cell_of_a_damaged_report_is_silently_wrong() {
    let number = |name: &str| env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let documents = number("GONGKAI_DAMAGE").unwrap_or(DOCUMENTS);
    let seed = number("GONGKAI_DAMAGE_SEED").unwrap_or(0);
    let from = number("GONGKAI_DAMAGE_FROM").unwrap_or(0);
    let mut by_dialect: BTreeMap<Dialect, (u64, Outcome)> = BTreeMap::new();
    let mut by_fault: BTreeMap<Fault, (u64, Outcome)> = BTreeMap::new();
    let mut failures: Vec<Failure> = Vec::new();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(threads);
        for first in 0..threads {
            let sender = sender.clone();
            scope.spawn(move || {
                for number in (from..from + documents).skip(first).step_by(threads) {
                    let _ = sender.send(Document::new(seed, number));
                }
            });
        }
        drop(sender);
        for document in receiver {
            let totals = [
                by_dialect.entry(document.dialect).or_default(),
                by_fault.entry(document.faults[0]).or_default(),
            ];
            for (documents, total) in totals {
                *documents += 1;
                total.cells += document.outcome.cells;
                total.right += document.outcome.right;
                total.flagged += document.outcome.flagged;
                total.untouched += document.outcome.untouched;
                total.untouched_right += document.outcome.untouched_right;
                total.untouched_flagged += document.outcome.untouched_flagged;
                total.wrong.extend(document.outcome.wrong.iter().cloned());
            }
            failures.extend(document.failure);
        }
    });
    failures.sort_by_key(|failure| failure.number);
    let failed = failures.len();
    let mut groups: BTreeMap<String, Vec<&Failure>> = BTreeMap::new();
    for failure in &failures {
        groups.entry(failure.group()).or_default().push(failure);
    }
    println!(
        "{:<16} {:>7} {:>9} {:>9} {:>9} {:>8}  of cells no fault touches: right, flagged",
        "", "pages", "cells", "right", "flagged", "wrong"
    );
    let dialects = by_dialect.iter().map(|(dialect, total)| (dialect.to_string(), total));
    let faults = by_fault.iter().map(|(fault, total)| (format!("{fault:?}"), total));
    for (name, (documents, total)) in dialects.chain(faults) {
        let of = |part: u64| 100.0 * part as f64 / total.untouched.max(1) as f64;
        println!(
            "{name:<16} {documents:>7} {:>9} {:>9} {:>9} {:>8}  {:.2} %, {:.2} %",
            total.cells,
            total.right,
            total.flagged,
            total.wrong.len(),
            of(total.untouched_right),
            of(total.untouched_flagged)
        );
    }
    let mut report = format!("{failed} of {documents} documents have a cell that is silently wrong\n");
    for (group, failures) in &groups {
        let _ = writeln!(report, "\n=== {group} ({} documents)", failures.len());
        for Failure { number, wrong, text, .. } in failures.iter().take(EXAMPLES) {
            let Wrong { id, found, expected } = wrong;
            let _ = writeln!(
                report,
                "document {number}: {id} is {found:?}, should be {expected:?} or flagged, in\n{text}---"
            );
        }
    }
    if let Some(path) = env::var_os("GONGKAI_DAMAGE_OUT") {
        fs::write(path, &report).expect("the file of failures");
    }
    assert!(failed == 0, "{report}");
}

/// The oracle itself: what it says of pages without a fault is what was written.
#[test]
fn an_undamaged_page_shows_what_was_written() {
    for &dialect in Dialect::ALL {
        for &version in SchemaVersion::ALL {
            let truth = form(version, dialect.loss().blanks != Blanks::Dropped, &mut Random(7));
            let page = Page::of(&truth, dialect);
            let shown = shown(&page);
            for (spec, cell) in truth.cells() {
                let Some([found]) = shown.get(&spec.id).map(|readings| &readings.certain[..]) else {
                    panic!("{dialect}: {} is not shown once\n{}", spec.id, page.text());
                };
                let unit = matches!(cell.figure(), Figure::Number(_)).then_some(cell.unit());
                assert_eq!(
                    (found.0, unit.map(|_| found.1)),
                    (cell.figure(), unit),
                    "{dialect}: {}\n{}",
                    spec.id,
                    page.text()
                );
            }
        }
    }
}
