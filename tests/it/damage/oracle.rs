//! What a damaged page shows, told by chunks that know what they were.
//!
//! It reads a row only where the page still shows one in form: its label, behind it as many figures as its heads name columns,
//! nothing broken. Then what it reads is what the page shows, even if a fault exchanged figures, labels or heads. Otherwise the
//! reader may find the figure that was there before, if it can, or must say that it cannot.
//!
//! A row is in form too where a careful reader who does not know the original reads the same: its label or a head is broken
//! over two lines that follow each other, or has lost nothing but its number; a part of a figure stands where no bar or gap
//! ends a line, and the other part is not on the next line; a line ends behind a bar, and no figure follows; a head stands
//! between bars with a footer or twice, or on one line with the figures below it; a page number or empty cells stand between
//! heads, or heads of table 四 before those of table 三; the title of a section or words without a figure end the row above; a
//! page number or a figure that has lost its bar stands in the cell of the next label, and no cell of the row is missing; one
//! half of a bar's pair ends the page; a second lone bar stands before the figures of table 四; a rule is glued to a head; words
//! without a figure stand below a figure in its cell, or between lines of heads; the note of table 三 stands within it, which
//! names no column; a head stands before the one over all columns, above the labels; words with a head behind them stand in one
//! cell, and a line of an empty cell below a row of a page whose lines are rows; what was an empty cell stands where a lone bar
//! begins a row, and what was such a bar where a row as broad as its table lacks one cell; words joined to a line behind its last
//! bar are the cell there; a part of a figure, no longer than the number of a page, stands on a line of its own between rows whose
//! cells end in bars: nothing tells it from one. Two labels in one cell end the row above them; a bar on its line before the
//! figures of table 四 is its first cell, empty, where such a cell is printed as one.
//!
//! It is not in form where two lines of a cell follow each other without the empty line that sets cells apart, two labels among
//! them, or where figures without a label stand below it in a page that spaces line up. Two texts in one cell are one broken
//! cell, beside which the others of a row may still be read.

use std::collections::BTreeMap;

use gongkai::form::{
    CellId, Column, Figure, Indicator, Proceeding, RequestRow, Row, SchemaVersion, Table, Unit,
};
use gongkai::grammar::figure::read_figure;
use gongkai::grammar::heading::{Heading, parse_heading, section_of};
use gongkai::write::{Blanks, Dialect};

use super::page::{Chunk, Line, Page, Role, column_of, placed, proceeding_of};

/// A figure and its unit as a page shows them.
pub type Shown = (Figure, Option<Unit>);

/// What a page shows for one cell.
#[derive(Clone, Default, Debug)]
pub struct Readings {
    /// In rows in form.
    pub certain: Vec<Shown>,
    /// In rows of as many cells as they should have, one of which is broken.
    pub beside_broken: Vec<Shown>,
}

/// A cell of the page, after its bars.
#[derive(Clone, Debug)]
struct Cell<'p> {
    role: Role,
    core: &'p str,
}

/// What the page shows: for each cell every figure that it can be read as.
pub fn shown(page: &Page) -> BTreeMap<CellId, Readings> {
    let page = &mended(page);
    let mut reading = Reading {
        page,
        shown: BTreeMap::new(),
        heads: Vec::new(),
        fresh: true,
        run: None,
        barred: false,
        anchor: None,
    };
    if matches!(page.dialect, Dialect::V2_2 | Dialect::Markdown) {
        reading.grid();
    } else if page.dialect == Dialect::Aligned {
        reading.aligned();
    } else {
        for cell in cells(page) {
            reading.cell(&cell);
        }
    }
    reading.close();
    reading.shown
}

/// The cells of the page in their order.
fn cells<'p>(page: &'p Page) -> Vec<Cell<'p>> {
    let chunks = || page.lines.iter().flatten();
    match page.dialect {
        Dialect::V1_9Split => {
            // A cell is what stands before its bar.
            let mut cells = Vec::new();
            let mut before: Vec<&Chunk> = Vec::new();
            for part in chunks().filter(|part| part.role != Role::Prose || is_title(part)) {
                if part.role == Role::Prose {
                    cells.extend(joined(&before).into_iter().filter(|_| !before.is_empty()));
                    before.clear();
                    cells.push(TITLE);
                    continue;
                }
                if part.role != Role::Frame {
                    before.push(part);
                }
                if part.role == Role::Frame || part.tail.contains('|') {
                    cells.extend(joined(&before));
                    before.clear();
                }
            }
            // At the end of the page no bar tells that a figure is whole.
            let is_cut = |cell: &Cell| matches!(cell.role, Role::Figure | Role::Blanked);
            if !before.is_empty() {
                let rest = joined(&before);
                cells.extend(rest.into_iter().map(|cell| if is_cut(&cell) { BROKEN } else { cell }));
            }
            cells
        }
        Dialect::V1_6Split | Dialect::V1_6Cells | Dialect::V1_4Cells => {
            // A cell is what stands behind its bars.
            let each = if page.dialect == Dialect::V1_4Cells { 2 } else { 1 };
            let mut cells = Vec::new();
            let (mut bars, mut behind): (usize, Vec<&'p Chunk>) = (0, Vec::new());
            let flush = |cells: &mut Vec<Cell<'p>>, bars: usize, behind: &[&'p Chunk]| {
                if !bars.is_multiple_of(each) || bars == 0 && !behind.is_empty() {
                    // A bar lost between heads hides none.
                    let heads = joined(behind);
                    let among = cells.last().is_some_and(|last: &Cell| last.role == Role::Head);
                    if among && bars > 0 && heads.iter().all(|cell| cell.role == Role::Head) {
                        cells.extend(heads);
                        return;
                    }
                    cells.push(BROKEN);
                } else {
                    for _ in 1..bars / each {
                        cells.push(Cell { role: Role::Figure, core: "" });
                    }
                }
                if bars > 0 {
                    cells.extend(joined(behind));
                }
            };
            for part in chunks() {
                let prose = part.role == Role::Prose;
                if part.role == Role::Frame || prose {
                    if !behind.is_empty() || prose && bars > 0 {
                        flush(&mut cells, bars, &behind);
                        (bars, behind) = (0, Vec::new());
                    }
                    if is_title(part) {
                        cells.push(TITLE);
                    }
                    bars += usize::from(!prose && part.tail.contains('|'));
                } else {
                    behind.push(part);
                }
            }
            // One bar at the end of the page may end the last cell, or stand before one that is cut off: it is none by itself.
            if bars > each || !behind.is_empty() {
                flush(&mut cells, bars, &behind);
            }
            cells
        }
        _ => cells_of_lines(page),
    }
}

/// The cells of a page on which bars or tabulators stand on the line of their cell.
fn cells_of_lines<'p>(page: &'p Page) -> Vec<Cell<'p>> {
    let open = matches!(page.dialect, Dialect::Html2text | Dialect::Lines | Dialect::Tabs);
    let ends = |chunk: &Chunk| chunk.tail.contains(['|', '\t']);
    let mut cells: Vec<Cell<'p>> = Vec::new();
    let filled = |line: &Line| line.iter().any(|part| !is_empty(part));
    // Whether an empty line stands before each.
    let apart = |at: usize| at == 0 || !filled(&page.lines[at - 1]);
    let mut lines = (0..page.lines.len()).filter(|at| filled(&page.lines[*at])).peekable();
    // Whether the line before ends with a bar, so that the next one may go on with its row.
    let mut goes_on = false;
    while let Some(number) = lines.next() {
        let line = &page.lines[number];
        let next = lines.peek().and_then(|next| page.lines[*next].first());
        for (at, part) in line.iter().enumerate() {
            let behind = line.get(at + 1).or(next);
            let is_last = open && at + 1 == line.len();
            // A bar alone on its line is an empty cell or a pad, whatever it was; in version 2.0 it may begin a row.
            let begins = |next: &Chunk| {
                matches!(
                    next.role,
                    Role::Label(_)
                        | Role::Wording
                        | Role::Head
                        | Role::BrokenLabel
                        | Role::Half(..)
                        | Role::HalfHead(..)
                )
            };
            let alone =
                page.dialect == Dialect::V2_0Cells && part.role == Role::Frame && !behind.is_some_and(begins);
            let barred = page.dialect == Dialect::V2_0Cells;
            let padded = barred || [Dialect::V1_12Cells, Dialect::V1_12Tight].contains(&page.dialect);
            let lone = part.role == Role::Pad && part.tail.matches('|').count() == 1;
            let role = match part.role {
                Role::Prose if is_title(part) => {
                    cells.push(TITLE);
                    continue;
                }
                // Behind a bar, an empty cell before it: the cell itself.
                Role::Prose
                    if open && at > 0 && is_empty(&line[at - 1]) && cells.last().is_some_and(is_blank) =>
                {
                    cells.pop();
                    let digits = part.core.bytes().all(|byte| byte.is_ascii_digit());
                    let role = if digits { Role::Figure } else { Role::Broken };
                    cells.push(Cell { role, core: &part.core });
                    continue;
                }
                Role::Prose | Role::Filler => continue,
                // Two texts in one cell.
                Role::Broken
                    if at > 0 && line[at - 1].role == Role::Broken && open && !ends(&line[at - 1]) =>
                {
                    continue;
                }
                // Cells stand between empty lines; two lines without one between are one cell.
                Role::Broken | Role::Figure
                    if page.dialect == Dialect::Lines
                        && at == 0
                        && !apart(number)
                        && cells
                            .last()
                            .is_some_and(|last| matches!(last.role, Role::Figure | Role::Broken)) =>
                {
                    if let Some(last) = cells.last_mut() {
                        last.role = Role::Broken;
                    }
                    continue;
                }
                Role::Broken if page.dialect == Dialect::Lines && at == 0 && line.len() == 1 => Role::Figure,
                Role::Label(row)
                    if page.dialect == Dialect::Lines
                        && at == 0
                        && !apart(number)
                        && cells
                            .last()
                            .is_some_and(|last| matches!(last.role, Role::Label(other) if other != row)) =>
                {
                    Role::BrokenLabel
                }
                // Where no bar ends a line, a figure that does not go on with the next one is one.
                Role::Broken
                    if is_last && !ends(part) && behind.is_none_or(|next| next.role != Role::Broken) =>
                {
                    Role::Figure
                }
                // A group of rows without its label.
                Role::Blanked
                    if [Dialect::V1_9Rows, Dialect::V1_4Rows].contains(&page.dialect)
                        && line[..at].iter().all(|part| part.role == Role::Frame)
                        && line.get(at + 1).is_some_and(|next| matches!(next.role, Role::Label(_))) =>
                {
                    continue;
                }
                Role::Blanked
                    if [Dialect::V1_9Rows, Dialect::V1_4Rows].contains(&page.dialect)
                        && line[..at].iter().all(|part| part.role == Role::Frame) =>
                {
                    Role::BrokenLabel
                }
                // A row without its label.
                Role::Blanked if open && at == 0 && !goes_on => Role::BrokenLabel,
                // Where bars end cells, nothing tells a part of a figure between rows from the number of a page.
                Role::Broken
                    if padded
                        && line.len() == 1
                        && part.tail.is_empty()
                        && part.core.len() <= 3
                        && part.core.bytes().all(|byte| byte.is_ascii_digit())
                        && behind.is_some_and(begins) =>
                {
                    continue;
                }
                // Nothing tells an empty cell on its line from the bar that begins the row behind it.
                Role::Figure if barred && is_lone_bar(line) && behind.is_some_and(begins) => Role::Frame,
                role => role,
            };
            cells.push(if lone || alone {
                Cell { role: Role::Pad, core: "|" }
            } else {
                Cell { role, core: &part.core }
            });
            // What stands behind a bar between two cells is an empty cell, unless it stands on the next line.
            let is_figure = |next: &Chunk| matches!(next.role, Role::Figure | Role::Broken | Role::Blanked);
            if is_last && ends(part) && !behind.is_some_and(is_figure) {
                cells.push(Cell { role: Role::Figure, core: "" });
            }
        }
        goes_on = line.last().is_some_and(ends);
    }
    cells
}

fn is_empty(chunk: &Chunk) -> bool {
    chunk.core.is_empty() && chunk.tail.trim_matches(' ').is_empty()
}

fn is_blank(cell: &Cell<'_>) -> bool {
    cell.role == Role::Figure && cell.core.is_empty()
}

/// Whether nothing but a bar stands on the line.
fn is_lone_bar(line: &Line) -> bool {
    matches!(&line[..], [only] if only.core.is_empty() && only.tail.trim() == "|")
}

const BROKEN: Cell<'static> = Cell { role: Role::Broken, core: "" };
/// What stands before a label in its cell: a figure that has lost its bar, or the number of a page.
const GLUED: Cell<'static> = Cell { role: Role::Broken, core: "|" };
/// How the note above the heads of table 三 begins.
const NOTE: &str = "（本列数据的勾稽关系";
const TITLE: Cell<'static> = Cell { role: Role::Prose, core: "" };

/// Whether it is the title of a section, which ends a table.
fn is_title(chunk: &Chunk) -> bool {
    let title = |heading: Heading<'_>| section_of(heading.title).is_some();
    chunk.role == Role::Prose && parse_heading(&chunk.core).is_some_and(title)
}

/// Whether the head is one of table 四.
fn is_review_head(version: SchemaVersion, head: &str) -> bool {
    let row = Row::Proceeding(Proceeding::AdministrativeReview);
    proceeding_of(version, head).is_some() || column_of(version, row, head).is_some()
}

/// Whether the cell is one of the second column of the pre-2019 table.
pub fn is_unit(core: &str) -> bool {
    Unit::from_label(core).is_some() || core == "—"
}

/// The page with labels and heads whole that are broken over two lines, but still follow each other.
fn mended(page: &Page) -> Page {
    let mut lines: Vec<Line> = Vec::with_capacity(page.lines.len());
    for line in &page.lines {
        let whole = match (lines.last().and_then(|before| before.last()), line.first()) {
            (Some(first), Some(second)) => match (first.role, second.role) {
                (Role::Half(row, false), Role::Half(same, true) | Role::Label(same)) if row == same => {
                    Some((Role::Label(row), ""))
                }
                (Role::HalfHead(head, false), Role::HalfHead(same, true)) if head == same => {
                    Some((Role::Head, head))
                }
                _ => None,
            },
            _ => None,
        };
        match (whole, lines.last_mut()) {
            (Some((role, core)), Some(before)) => {
                let first = before.pop().map_or(String::new(), |half| half.core);
                let core = if core.is_empty() { first + &line[0].core } else { core.to_owned() };
                before.push(Chunk { core, role, ..line[0].clone() });
                before.extend(line.iter().skip(1).cloned());
            }
            _ => lines.push(line.clone()),
        }
    }
    Page { lines, ..page.clone() }
}

/// What the chunks between two bars are: a cell, a label with a figure before it that has lost
/// its bar, heads with something between, or what cannot be read.
fn joined<'p>(chunks: &[&'p Chunk]) -> Vec<Cell<'p>> {
    let cell = |chunk: &&'p Chunk| Cell { role: chunk.role, core: &chunk.core };
    let is_figure = |chunk: &&Chunk| matches!(chunk.role, Role::Figure | Role::Broken);
    let is_wording = |chunk: &&Chunk| chunk.role == Role::Wording && !is_unit(&chunk.core);
    let is_value = |chunk: &&Chunk| {
        matches!(chunk.role, Role::Figure | Role::Broken)
            || chunk.role == Role::Wording && is_unit(&chunk.core)
    };
    match chunks {
        [] => vec![Cell { role: Role::Figure, core: "" }],
        [chunk] => vec![cell(chunk)],
        _ if chunks.iter().all(|chunk| chunk.role == Role::BrokenLabel) => {
            vec![Cell { role: Role::BrokenLabel, core: "" }]
        }
        // A figure, and below it words of no table.
        [figure, words @ ..]
            if figure.role == Role::Figure
                && words.iter().all(|word| {
                    word.role == Role::Broken && !word.core.contains(|c: char| c.is_ascii_digit())
                }) =>
        {
            vec![cell(figure)]
        }
        // A figure that has lost its bar, and words.
        [figure, words @ ..] if is_figure(figure) && words.iter().all(is_wording) => {
            vec![GLUED, Cell { role: Role::BrokenLabel, core: "" }]
        }
        // Words, whatever stands behind them.
        [first, ..] if is_wording(first) => vec![Cell { role: Role::BrokenLabel, core: "" }],
        [before @ .., last]
            if matches!(last.role, Role::Label(_))
                && before.first().is_some_and(is_value)
                && before.iter().all(|chunk| !matches!(chunk.role, Role::Label(_) | Role::Head)) =>
        {
            vec![GLUED, cell(last)]
        }
        // A label twice in one cell.
        [first, rest @ ..]
            if matches!(first.role, Role::Label(_)) && rest.iter().all(|chunk| chunk.role == first.role) =>
        {
            vec![cell(first)]
        }
        // Two labels in one cell: which row begins is not told, but the one above ends.
        [first, rest @ ..]
            if matches!(first.role, Role::Label(_))
                && rest.iter().any(|chunk| matches!(chunk.role, Role::Label(_))) =>
        {
            vec![Cell { role: Role::BrokenLabel, core: "" }]
        }
        // A label that has lost its bar.
        [label, rest @ ..] if matches!(label.role, Role::Label(_)) && rest.iter().all(is_value) => {
            vec![cell(label), BROKEN]
        }
        _ if chunks.iter().all(|chunk| matches!(chunk.role, Role::Head | Role::Figure | Role::Broken)) => {
            let mut heads: Vec<Cell> =
                chunks.iter().map(cell).filter(|cell| cell.role == Role::Head).collect();
            heads.dedup_by_key(|head| head.core);
            if heads.is_empty() { vec![BROKEN] } else { heads }
        }
        _ => vec![BROKEN],
    }
}

#[derive(Default)]
struct Run<'p> {
    row: Option<Row>,
    /// Each cell, and whether it is whole.
    figures: Vec<(&'p str, bool)>,
    broken: bool,
    /// Whether it begins right behind a head.
    among_heads: bool,
    /// Whether a pad stands behind the cells so far, and whether one bar does, which may be an empty cell.
    padded: bool,
    bar: bool,
}

struct Reading<'p> {
    page: &'p Page,
    shown: BTreeMap<CellId, Readings>,
    heads: Vec<&'p str>,
    /// Whether the next head begins another list of heads.
    fresh: bool,
    run: Option<Run<'p>>,
    /// Whether a bar stands before that may begin the row of table 四.
    barred: bool,
    /// Under which of its two headings 被依法纠错数 stands.
    anchor: Option<bool>,
}

impl<'p> Reading<'p> {
    fn cell(&mut self, cell: &Cell<'p>) {
        self.barred &= cell.role == Role::Pad;
        match cell.role {
            // The note above the heads of table 三 names no column: within the table it leaves those above as they are.
            Role::Head if self.fresh && cell.core.starts_with(NOTE) => self.close(),
            Role::Head => {
                // Nothing but empty cells between heads is a line of heads that ends behind a bar, a figure alone is the number
                // of a page.
                let stray = |run: &Run| run.figures.iter().filter(|(core, _)| !core.is_empty()).count() < 2;
                if self.run.take_if(|run| run.row.is_none() && run.among_heads && stray(run)).is_some() {
                    self.fresh = false;
                }
                self.close();
                if self.fresh {
                    self.heads.clear();
                }
                self.fresh = false;
                self.heads.push(cell.core);
            }
            Role::Label(row) => {
                self.close();
                self.fresh = true;
                let row = self.resolve(row);
                self.run = Some(Run { row: Some(row), ..Run::default() });
            }
            Role::Wording if is_unit(cell.core) && self.run.is_some() => self.figure(cell.core, true),
            Role::Wording => {
                self.close();
                self.fresh = true;
                // Without a row label behind it, the label of the group is that of the row before 2021.
                if cell.core.ends_with("其他处理") {
                    let row = Some(Row::Request(RequestRow::OtherHandling));
                    self.run = Some(Run { row, ..Run::default() });
                }
            }
            // Behind the heads of table 四 a bar is its first cell, empty; in version 2.0 one before it begins the row.
            Role::Pad
                if self.run.is_none()
                    && !self.fresh
                    && cell.core == "|"
                    && [Dialect::V2_0Cells, Dialect::V1_12Cells, Dialect::V1_12Tight]
                        .contains(&self.page.dialect) =>
            {
                let begins =
                    self.page.dialect == Dialect::V2_0Cells && !core::mem::replace(&mut self.barred, true);
                if !begins && self.review().is_some() {
                    self.figure("", true);
                }
            }
            Role::Pad => {
                if let Some(run) = &mut self.run {
                    // Of bars on two lines the first is an empty cell.
                    if core::mem::take(&mut run.bar) {
                        run.figures.push(("", true));
                        run.broken |= run.padded;
                        run.padded = true;
                    }
                    run.padded |= cell.core != "|";
                    run.bar = cell.core == "|";
                }
            }
            // A head that was blanked.
            Role::Blanked if !self.fresh => {}
            Role::Figure | Role::Blanked | Role::Broken => {
                self.figure(cell.core, cell.role != Role::Broken);
            }
            Role::BrokenLabel | Role::Half(..) | Role::HalfHead(..) => {
                self.close();
                self.fresh = true;
            }
            Role::Prose => {
                self.close();
                self.fresh = true;
            }
            Role::Frame | Role::Filler => {}
        }
    }

    /// A cell behind a label, or the first behind the heads of table 四.
    fn figure(&mut self, core: &'p str, whole: bool) {
        let broken = core::mem::replace(&mut self.fresh, true);
        let run = self.run.get_or_insert(Run { broken, among_heads: !broken, ..Run::default() });
        // A bar with a cell behind it is an empty cell.
        if core::mem::take(&mut run.bar) {
            run.figures.push(("", true));
        }
        run.broken |= run.padded || !whole && core != GLUED.core;
        run.figures.push((core, whole));
    }

    /// Two labels of the pre-2019 table stand there twice; which of the two is meant, the rows around tell.
    fn resolve(&mut self, row: Row) -> Row {
        let Row::Indicator(indicator) = row else { return row };
        use Indicator::{
            Litigation, LitigationCorrected, LitigationOther, LitigationUpheld, Reviews, ReviewsCorrected,
            ReviewsOther, ReviewsUpheld,
        };
        match indicator {
            Reviews | ReviewsUpheld => self.anchor = Some(false),
            Litigation | LitigationUpheld => self.anchor = Some(true),
            _ => {}
        }
        Row::Indicator(match (indicator, self.anchor) {
            (LitigationCorrected, Some(false)) => ReviewsCorrected,
            (LitigationOther, Some(false)) => ReviewsOther,
            (ReviewsCorrected, Some(true)) => LitigationCorrected,
            (ReviewsOther, Some(true)) => LitigationOther,
            _ => indicator,
        })
    }

    fn close(&mut self) {
        let Some(run) = self.run.take() else { return };
        let mut figures = run.figures;
        let mut broken = run.broken;
        let columns: Option<Vec<CellId>> = match run.row {
            Some(row) => {
                let known = self.columns(row);
                broken |= known.is_none();
                let columns = known.or_else(|| self.columns_of_form(row));
                columns.map(|columns| columns.into_iter().map(|column| CellId { row, column }).collect())
            }
            None => self.review(),
        };
        if run.row.is_some_and(|row| row.table() == Table::Statistics) && !figures.is_empty() {
            // The unit stands before the figure.
            let unit = Unit::from_label(figures[0].0).is_some();
            broken |= !unit;
            figures.drain(..usize::from(unit || figures.len() > 1));
        }
        // Behind a row in which no cell is missing, the number of a page.
        if columns.as_ref().is_some_and(|ids| ids.len().checked_add(1) == Some(figures.len())) {
            figures.pop_if(|(core, _)| *core == GLUED.core);
        }
        broken |= figures.iter().any(|(core, _)| *core == GLUED.core);
        // Of bars behind the last figure, one more than cells are missing is a pad.
        let spare = columns.as_ref().is_some_and(|ids| ids.len().checked_add(1) == Some(figures.len()));
        if spare && self.page.dialect.loss().blanks == Blanks::OpenAtEnd {
            figures.pop_if(|(core, whole)| core.is_empty() && *whole);
        }
        // Whether a bar is the only cell, empty, or the pad for it: it is blank.
        let full = run.row.is_some_and(|row| row.table() == Table::ActiveDisclosure);
        let one_less = |ids: &Vec<CellId>| match ids.len() {
            1 => figures.is_empty(),
            // A row as broad as its table has no pad.
            3 => full && !run.padded && figures.len() == 2,
            _ => false,
        };
        if run.bar && columns.as_ref().is_some_and(one_less) {
            figures.push(("", true));
        }
        if let Some(ids) = columns.filter(|ids| ids.len() == figures.len()) {
            for (id, (core, _)) in ids.into_iter().zip(figures).filter(|(_, (_, whole))| *whole) {
                self.show(id, core, !broken);
            }
        }
    }

    fn show(&mut self, id: CellId, core: &str, certain: bool) {
        let reading = read_figure(core);
        let spec = SchemaVersion::ALL.iter().find_map(|version| Some(version.cells()[version.position(id)?]));
        let named = self.heads.iter().any(|head| head.ends_with("（单位：万元）"));
        let of_head = spec.is_some_and(|spec| spec.unit_from_source && named).then_some(Unit::WanYuan);
        let unit = reading.unit.or(spec.and_then(|spec| spec.unit)).or(of_head);
        let readings = self.shown.entry(id).or_default();
        let list = if certain { &mut readings.certain } else { &mut readings.beside_broken };
        list.push((reading.figure, unit));
    }

    /// The columns of a row in the order of the heads above it.
    fn columns(&self, row: Row) -> Option<Vec<Column>> {
        let version = if self.page.version.has_row(row) { self.page.version } else { SchemaVersion::V2019 };
        let (block, _) = version.row(row)?;
        if row.table() == Table::Statistics {
            return Some(vec![block.columns[0].column]);
        }
        // Heads of table 四 that stand before are those of a table whose rows are gone.
        let outcome = |head: &&str| *head != "总计" && is_review_head(version, head);
        let mut from = self.heads.iter().rposition(outcome).map_or(0, |at| at + 1);
        while from > 0 && self.heads.get(from).is_some_and(|head| *head == "总计") {
            from += 1;
        }
        let from = if row.table() == Table::ReviewLitigation { 0 } else { from };
        let named = |heads: &[&str]| -> Vec<Column> {
            heads.iter().filter_map(|head| column_of(version, row, head)).collect()
        };
        let is_whole = |columns: &[Column]| {
            columns.len() == block.columns.len()
                && block.columns.iter().all(|column| columns.contains(&column.column))
        };
        let mut heads = &self.heads[from..];
        // What stands before the head over all columns stands over the labels.
        if !is_whole(&named(heads))
            && let Some(at) = heads.iter().rposition(|head| *head == "申请人情况")
        {
            heads = &heads[at..];
        }
        let columns = named(heads);
        let whole = is_whole(&columns);
        if row.table() != Table::Requests || !whole {
            return Some(columns).filter(|_| whole);
        }
        // Heads of two rows: those of the organisations stand where the head that spans them does.
        let grouped =
            |column: &Column| block.columns.iter().any(|spec| spec.column == *column && spec.group.is_some());
        let span = heads.iter().position(|head| *head == "法人或其他组织")?;
        let upper = heads.iter().enumerate().filter_map(|(at, head)| {
            column_of(version, row, head).filter(|column| !grouped(column)).map(|column| (at, column))
        });
        let mut order: Vec<Column> = Vec::new();
        let mut organisations: Vec<Column> = columns.iter().copied().filter(grouped).collect();
        for (at, column) in upper {
            if at > span {
                order.append(&mut organisations);
            }
            order.push(column);
        }
        order.append(&mut organisations);
        // Heads of the lower row between those of the upper one: which stands where is not told.
        let lower = heads
            .iter()
            .position(|head| column_of(version, row, head).is_some_and(|column| grouped(&column)))?;
        let last = heads
            .iter()
            .rposition(|head| column_of(version, row, head).is_some_and(|column| !grouped(&column)))?;
        (last < lower).then_some(order)
    }

    /// The columns of the form, where the heads that are left do not stand in another order.
    fn columns_of_form(&self, row: Row) -> Option<Vec<Column>> {
        let version = self.page.version;
        let (block, _) = version.row(row)?;
        let place = |column: Column| block.columns.iter().position(|spec| spec.column == column);
        let left: Vec<usize> =
            self.heads.iter().filter_map(|head| place(column_of(version, row, head)?)).collect();
        let grouped = |place: &usize| block.columns[*place].group.is_some();
        let in_order = |of_group: bool| left.iter().filter(|place| grouped(place) == of_group).is_sorted();
        (in_order(true) && in_order(false)).then(|| block.columns.iter().map(|spec| spec.column).collect())
    }

    /// The fifteen cells of table 四 in the order of its heads.
    fn review(&self) -> Option<Vec<CellId>> {
        let version = self.page.version;
        // Those of another table may stand before, if its rows are gone.
        let first = self.heads.iter().position(|head| proceeding_of(version, head).is_some())?;
        let heads = &self.heads[first..];
        let rows: Vec<Row> = heads.iter().filter_map(|head| proceeding_of(version, head)).collect();
        let row = *rows.first()?;
        let columns: Vec<Column> = heads.iter().filter_map(|head| column_of(version, row, head)).collect();
        let ids: Vec<CellId> = columns
            .iter()
            .zip(rows.iter().flat_map(|row| [row; 5]))
            .map(|(column, row)| CellId { row: *row, column: *column })
            .collect();
        let whole = rows.len() == 3 && columns.len() == 15;
        (whole && ids.iter().enumerate().all(|(at, id)| !ids[..at].contains(id))).then_some(ids)
    }

    /// A page whose columns spaces line up: a figure stands in the column in which it begins.
    fn aligned(&mut self) {
        let page = self.page;
        let filled = |line: &&Line| line.iter().any(|chunk| !chunk.core.is_empty());
        let mut lines = page.lines.iter().filter(filled).peekable();
        while let Some(line) = lines.next() {
            let next = lines.peek();
            for chunk in line.iter().filter(|chunk| chunk.role == Role::Head) {
                self.cell(&Cell { role: Role::Head, core: &chunk.core });
            }
            if line.iter().any(|chunk| chunk.role == Role::Head) {
                continue;
            }
            // A figure alone between heads is the number of a page; nor are other words than a title part of the table.
            let heads_follow = next.is_some_and(|next| next.iter().any(|chunk| chunk.role == Role::Head));
            let is_page =
                |only: &Chunk| only.role == Role::Figure || only.role == Role::Prose && !is_title(only);
            let alone = matches!(&line[..], [only] if is_page(only));
            if !self.fresh && heads_follow && alone {
                continue;
            }
            self.fresh = true;
            // A figure at the end of its line is one, if the next line does not go on with it.
            let goes_on = next.is_some_and(|next| {
                next.iter()
                    .all(|chunk| chunk.core.is_empty() || matches!(chunk.role, Role::Figure | Role::Broken))
            });
            let at_end = |chunk: &Chunk| {
                line.len() > 1 && line.last().is_some_and(|last| core::ptr::eq(last, chunk)) && !goes_on
            };
            let broken =
                |chunk: &Chunk| matches!(chunk.role, Role::Prose | Role::BrokenLabel | Role::Blanked);
            // The cells beside a broken figure may be read, if they still stand in their columns.
            let part = |chunk: &Chunk| {
                let digits = chunk.core.bytes().all(|byte| byte.is_ascii_digit());
                chunk.role == Role::Broken && !(at_end(chunk) && digits)
            };
            let certain = !line.iter().any(part);
            let labels: Vec<Row> = line
                .iter()
                .filter_map(|chunk| match chunk.role {
                    Role::Label(row) => Some(row),
                    _ => None,
                })
                .collect();
            let single = || {
                let group = line.iter().any(|chunk| chunk.core.ends_with("其他处理"));
                group.then_some(Row::Request(RequestRow::OtherHandling))
            };
            let row = labels.first().copied().or_else(single).map(|row| self.resolve(row));
            if labels.len() > 1 || line.iter().any(broken) {
                continue;
            }
            let figure = |chunk: &Chunk| {
                let unit = chunk.role == Role::Wording && is_unit(&chunk.core);
                let figure = matches!(chunk.role, Role::Figure | Role::Broken) && !part(chunk);
                !chunk.core.is_empty() && (figure || unit)
            };
            // Figures without a label below may be those of this row.
            if row.is_some() && goes_on {
                continue;
            }
            let cells: BTreeMap<usize, &Chunk> = placed(line)
                .filter(|(chunk, _)| figure(chunk))
                .map(|(chunk, start)| (start, chunk))
                .collect();
            let (ids, starts) = match row {
                Some(row) => {
                    let Some(columns) = self.columns(row) else { continue };
                    let ids: Vec<CellId> = columns.into_iter().map(|column| CellId { row, column }).collect();
                    (ids, page.starts.get(&row).cloned().unwrap_or_default())
                }
                None => {
                    let Some(ids) = self.review().filter(|_| !cells.is_empty()) else { continue };
                    let rows = page.starts.iter().filter(|(row, _)| row.table() == Table::ReviewLitigation);
                    let mut starts: Vec<usize> = rows.flat_map(|(_, starts)| starts.clone()).collect();
                    starts.sort_unstable();
                    (ids, starts)
                }
            };
            if !cells.keys().all(|start| starts.contains(start)) {
                continue;
            }
            let Some(units) = starts.len().checked_sub(ids.len()) else { continue };
            let whole = starts[..units].iter().all(|start| {
                cells.get(start).is_some_and(|cell| cell.role == Role::Wording || cell.core == "—")
            });
            for (id, start) in ids.into_iter().zip(&starts[units..]).filter(|_| whole) {
                if certain || cells.contains_key(start) {
                    self.show(id, cells.get(start).map_or("", |cell| &cell.core), certain);
                }
            }
        }
    }

    /// A page in which each line is a whole row: a figure stands in the column in which it is printed.
    fn grid(&mut self) {
        let page = self.page;
        for line in &page.lines {
            let cells: Vec<&Chunk> = line
                .iter()
                .filter(|chunk| !matches!(chunk.role, Role::Frame | Role::Prose | Role::Pad))
                .collect();
            let is_head = cells.iter().any(|cell| cell.role == Role::Head);
            if line.iter().any(|chunk| chunk.role == Role::Prose && !chunk.core.is_empty()) {
                self.close();
            }
            for cell in cells.iter().filter(|cell| is_head && cell.role == Role::Head) {
                self.cell(&Cell { role: Role::Head, core: &cell.core });
            }
            let is_filler = |cell: &&Chunk| cell.role == Role::Filler;
            self.fresh |= !is_head && !cells.iter().all(is_filler);
            let label = cells.iter().enumerate().find_map(|(at, cell)| match cell.role {
                Role::Label(row) => Some((at, row)),
                _ => None,
            });
            let group = || {
                cells.iter().position(|cell| cell.role == Role::Wording && cell.core.ends_with("其他处理"))
            };
            let single = || group().map(|at| (at, Row::Request(RequestRow::OtherHandling)));
            let label = label.or_else(single);
            let is_figure = |cell: &&Chunk| matches!(cell.role, Role::Figure | Role::Broken);
            if is_head && !cells.iter().any(is_figure) {
                continue;
            }
            let labels = cells.iter().filter(|cell| matches!(cell.role, Role::Label(_))).count();
            let is_part =
                |cell: &&Chunk| matches!(cell.role, Role::BrokenLabel | Role::Half(..) | Role::HalfHead(..));
            // The rest of a row whose first cells stand on the line before.
            let goes_on = self.run.is_some() && cells.iter().all(is_figure);
            if labels > 1 || is_head || goes_on || cells.iter().any(is_part) {
                // Two rows in one line, or a part of one.
                for cell in cells.iter().filter(|cell| !matches!(cell.role, Role::Filler | Role::Head)) {
                    self.cell(&Cell { role: cell.role, core: &cell.core });
                }
                if !goes_on {
                    self.close();
                }
                continue;
            }
            self.close();
            let Some((at, row)) = label else {
                if cells.len() == 15
                    && let Some(ids) = self.review()
                {
                    ids.into_iter().zip(&cells).for_each(|(id, cell)| self.show(id, &cell.core, true));
                }
                continue;
            };
            let row = self.resolve(row);
            let Some(columns) = self.columns(row) else { continue };
            let spec = page.version.row(row).or_else(|| SchemaVersion::V2019.row(row));
            let number = spec.map_or("", |(_, spec)| spec.number);
            let (width, labels, place) = match row.table() {
                Table::ActiveDisclosure => (4, 1, 0),
                Table::Requests if !number.contains('(') => (10, 3, 0),
                Table::Requests if number.ends_with(')') => (10, 3, 1),
                Table::Requests => (10, 3, 2),
                Table::Statistics => (3, 2, 0),
                _ => continue,
            };
            let broken = cells[labels.min(cells.len())..]
                .iter()
                .any(|cell| matches!(cell.role, Role::Broken | Role::Blanked));
            if cells.len() == width && at == place && !broken {
                for (column, cell) in columns.into_iter().zip(&cells[labels..]) {
                    self.show(CellId { row, column }, &cell.core, true);
                }
                continue;
            }
            // A line of another width: the figures that are left, if they are as many as they were.
            let figures = || cells[at..].iter().filter(|cell| is_figure(cell));
            if figures().count() < columns.len() && !broken {
                let figures = figures().map(|cell| (&*cell.core, true)).collect();
                self.run = Some(Run { row: Some(row), figures, ..Run::default() });
            } else if figures().count() == columns.len() {
                for (column, cell) in
                    columns.into_iter().zip(figures()).filter(|(_, cell)| cell.role == Role::Figure)
                {
                    self.show(CellId { row, column }, &cell.core, false);
                }
            }
        }
    }
}
