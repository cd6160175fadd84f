//! A written form as lines of chunks that know what they are, so that an oracle can follow them through any fault.

use std::collections::{BTreeMap, BTreeSet};

use gongkai::form::{Column, Figure, Form, Proceeding, Row, SchemaVersion, Table};
use gongkai::write::{Dialect, Entry, grids, write_form};
use unicode_width::UnicodeWidthStr;

/// What a chunk of a line is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// A heading of the report, a footer, a rule: nothing of a table.
    Prose,
    /// A head, in table 四 the name of a proceeding too.
    Head,
    /// A banner, a group label, a unit.
    Wording,
    Label(Row),
    /// A figure; blank where its core is empty.
    Figure,
    /// A label that was blanked.
    Blanked,
    /// A figure that a fault broke, or ran together with the next cell.
    Broken,
    /// Part of a label or head.
    BrokenLabel,
    /// Half of the label of a row, the second one or the first.
    Half(Row, bool),
    /// Half of a head.
    HalfHead(&'static str, bool),
    /// An empty cell for the width of another.
    Filler,
    /// A bar before a row or a cell, or on a line of its own behind one.
    Frame,
    Pad,
}

/// A piece of a line: its wording, and the bars and spaces behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chunk {
    pub core: String,
    pub tail: String,
    pub role: Role,
    /// The rows of the form it belongs to; all of a block for its heads.
    pub rows: Vec<Row>,
}

impl Chunk {
    pub fn is_cell(&self) -> bool {
        !matches!(self.role, Role::Prose | Role::Frame | Role::Pad | Role::Filler)
    }
}

pub type Line = Vec<Chunk>;

/// A page under test.
#[derive(Clone, Debug)]
pub struct Page {
    pub dialect: Dialect,
    pub version: SchemaVersion,
    pub lines: Vec<Line>,
    /// Where the cells of each row began before any fault, in columns of a terminal: its unit, its figures.
    pub starts: BTreeMap<Row, Vec<usize>>,
    /// Whether two cells of a line have changed places.
    pub swapped: bool,
    /// The rows whose figures are gone, and their bars are not.
    pub emptied: BTreeSet<Row>,
}

impl Page {
    /// The page that the writer makes of `form`.
    pub fn of(form: &Form, dialect: Dialect) -> Self {
        // Each blank is written as a number of its own first, because a blank cannot be found in a text.
        let (mut marks, mut next) = (BTreeMap::new(), MARK);
        let cells = form.cells().map(|(spec, cell)| {
            let figure = match cell.figure() {
                Figure::Blank => {
                    next += 1;
                    marks.insert(next.to_string(), ());
                    Figure::Number(next.into())
                }
                figure => figure,
            };
            (spec.id, figure, cell.unit())
        });
        let marked = Form::from_cells(
            form.version(),
            cells.collect::<Vec<_>>().into_iter().filter(|(_, figure, _)| *figure != Figure::Missing),
        );
        let text = write_form(&marked, dialect).expect("a form of numbers and marks");
        let cells = cells_of(&marked);
        let mut cells = cells.iter();
        let mut next = cells.next();
        let mut page = Self {
            dialect,
            version: form.version(),
            lines: Vec::new(),
            starts: BTreeMap::new(),
            swapped: false,
            emptied: BTreeSet::new(),
        };
        for line in text.lines() {
            let mut rest = line;
            let mut chunks: Line = Vec::new();
            let mut rows: Vec<Row> = Vec::new();
            while let Some((core, role, of)) = next {
                let Some(at) = rest.find(core.as_str()).filter(|at| is_frame(&rest[..*at])) else { break };
                push_frame(&mut chunks, &rest[..at], &rows, dialect);
                rows.clone_from(of);
                chunks.push(Chunk { core: core.clone(), tail: String::new(), role: *role, rows: of.clone() });
                rest = &rest[at + core.len()..];
                next = cells.next();
            }
            if is_frame(rest) && !(rest.contains('-')) {
                push_frame(&mut chunks, rest, &rows, dialect);
            } else {
                chunks.push(Chunk {
                    core: rest.to_owned(),
                    tail: String::new(),
                    role: Role::Prose,
                    rows: Vec::new(),
                });
            }
            let mut emptied = false;
            for chunk in &mut chunks {
                if marks.contains_key(&chunk.core) {
                    if dialect == Dialect::Aligned {
                        chunk.tail.insert_str(0, &" ".repeat(chunk.core.len()));
                    }
                    chunk.core.clear();
                    emptied = true;
                }
            }
            let is_empty = chunks.iter().all(|chunk| chunk.core.is_empty() && chunk.tail.trim().is_empty());
            // A blank on a line of its own leaves nothing but its bar, on the line before or behind.
            if !(emptied && is_empty) {
                page.lines.push(chunks);
            }
        }
        assert!(next.is_none(), "{dialect}: not every cell is found: {next:?}\n{text}");
        // Of two bars on two lines the second begins a row, so the first is a pad.
        let bar = |line: &Line| matches!(&line[..], [Chunk { role: Role::Frame, .. }]);
        for at in 1..page.lines.len() {
            if dialect == Dialect::V2_0Cells && bar(&page.lines[at - 1]) && bar(&page.lines[at]) {
                page.lines[at - 1][0].role = Role::Pad;
            }
        }
        // Lone bars belong to the row of the cell before, or behind.
        let mut last: Vec<Row> = Vec::new();
        for line in &mut page.lines {
            for chunk in line {
                match chunk.role {
                    Role::Frame | Role::Pad | Role::Filler if chunk.rows.is_empty() => {
                        chunk.rows.clone_from(&last)
                    }
                    _ => last.clone_from(&chunk.rows),
                }
            }
        }
        for line in &page.lines {
            for (chunk, start) in placed(line) {
                let unit = chunk.role == Role::Wording && !chunk.core.starts_with(['三', '（']);
                if let [row] = chunk.rows[..]
                    && (chunk.role == Role::Figure || unit)
                {
                    page.starts.entry(row).or_default().push(start);
                }
            }
        }
        page
    }

    pub fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            let from = text.len();
            for chunk in line {
                text.push_str(&chunk.core);
                text.push_str(&chunk.tail);
            }
            text.truncate(from + text[from..].trim_end_matches(' ').len());
            text.push('\n');
        }
        text
    }
}

/// The chunks of a line, and where each begins in columns of a terminal.
pub fn placed(line: &Line) -> impl Iterator<Item = (&Chunk, usize)> {
    let mut end = 0;
    line.iter().map(move |chunk| {
        let start = end;
        end += chunk.core.width() + chunk.tail.width();
        (chunk, start)
    })
}

/// Above all figures of the forms under test.
const MARK: i64 = 770_000_000;

/// Whether nothing stands there but what dialects put between cells.
fn is_frame(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '|' | ' ' | '\t'))
}

/// Takes `between`, which stands behind the last chunk, apart: its own bar, fillers, a pad.
fn push_frame(chunks: &mut Line, between: &str, rows: &[Row], dialect: Dialect) {
    let full = matches!(dialect, Dialect::V2_2 | Dialect::Markdown);
    let mut rest = between;
    if let Some(last) = chunks.last_mut() {
        let own = match dialect {
            // Both its own bar and that of the next cell.
            Dialect::V1_4Rows | Dialect::Tabs | Dialect::Aligned => rest.len(),
            _ => rest.find('|').map_or(rest.len(), |bar| bar + 1),
        };
        let own = own + rest[own..].len() - rest[own..].trim_start_matches(' ').len();
        let own = if full { rest.find('|').map_or(rest.len(), |bar| bar + 1) } else { own };
        last.tail.push_str(&rest[..own]);
        rest = &rest[own..];
    } else if full && let Some(bar) = rest.find('|') {
        chunks.push(frame(&rest[..=bar], Role::Frame, rows));
        rest = &rest[bar + 1..];
    } else if !rest.is_empty() {
        // Bars alone on a line: a pad, where pads stand there; one bar may begin a row.
        let pad = dialect == Dialect::V1_12Cells || dialect == Dialect::V2_0Cells && rest.len() > 1;
        chunks.push(frame(rest, if pad { Role::Pad } else { Role::Frame }, rows));
        return;
    }
    if full {
        while let Some(bar) = rest.find('|') {
            chunks.push(frame(&rest[..=bar], Role::Filler, rows));
            rest = &rest[bar + 1..];
        }
        if let Some(last) = chunks.last_mut() {
            last.tail.push_str(rest);
        }
    } else if !rest.is_empty() {
        chunks.push(frame(rest, Role::Pad, rows));
    }
}

fn frame(tail: &str, role: Role, rows: &[Row]) -> Chunk {
    Chunk { core: String::new(), tail: tail.to_owned(), role, rows: rows.to_vec() }
}

/// Every cell of the form's tables in the order in which they are printed: its text, its role, the rows it belongs to.
fn cells_of(form: &Form) -> Vec<(String, Role, Vec<Row>)> {
    let mut cells = Vec::new();
    for grid in grids(form).expect("a form of numbers and marks") {
        let all = |table: Table| form.version().cells().iter().filter(move |spec| spec.id.table() == table);
        let rows: Vec<_> = grid.rows().collect();
        for (at, row) in rows.iter().enumerate() {
            let label = row.iter().find_map(|cell| match cell.entry() {
                Entry::Label(row) => Some(row),
                _ => None,
            });
            for cell in *row {
                let (role, of) = match cell.entry() {
                    Entry::Figure(id) => (Role::Figure, vec![id.row]),
                    Entry::Label(row) if grid.width() == REVIEW_WIDTH => (Role::Head, vec![row]),
                    Entry::Label(row) => (Role::Label(row), vec![row]),
                    Entry::Head => {
                        // The rows below, up to the next heads of the table.
                        let mut block: Vec<Row> = if grid.table() == Table::ActiveDisclosure {
                            let below = rows[at + 1..].iter().take_while(|row| {
                                row.iter().any(|cell| matches!(cell.entry(), Entry::Label(_)))
                            });
                            below.flat_map(|row| row.iter()).filter_map(row_of).collect()
                        } else {
                            all(grid.table()).map(|spec| spec.id.row).collect()
                        };
                        block.dedup();
                        (Role::Head, block)
                    }
                    _ => (Role::Wording, label.into_iter().collect()),
                };
                if !cell.text().is_empty() {
                    cells.push((cell.text().to_owned(), role, of));
                }
            }
        }
    }
    cells
}

fn row_of(cell: &gongkai::write::GridCell) -> Option<Row> {
    match cell.entry() {
        Entry::Label(row) => Some(row),
        _ => None,
    }
}

/// Table 四 in one row.
pub const REVIEW_WIDTH: usize = 15;

/// The columns of a block by their heads.
pub fn column_of(version: SchemaVersion, row: Row, head: &str) -> Option<Column> {
    let (block, _) = version.row(row)?;
    let label = head.split('（').next().unwrap_or_default();
    block.columns.iter().find(|column| column.label == label).map(|column| column.column)
}

/// The proceeding that a head of table 四 names.
pub fn proceeding_of(version: SchemaVersion, head: &str) -> Option<Row> {
    Proceeding::ALL
        .iter()
        .map(|row| Row::Proceeding(*row))
        .find(|row| version.row(*row).is_some_and(|(_, spec)| spec.label == head))
}
