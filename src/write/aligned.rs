//! A table with its columns lined up by spaces.

use unicode_width::UnicodeWidthStr;

use super::grid::{Grid, GridCell};

/// Between two columns.
const GAP: usize = 2;

/// The rows of the table, a line each.
pub(super) fn lines(grid: &Grid) -> String {
    let mut rows: Vec<Vec<(usize, &GridCell)>> = Vec::new();
    // How many more rows each column is taken by a cell above.
    let mut taken = vec![0_usize; grid.width()];
    for row in grid.rows() {
        let mut placed = Vec::with_capacity(row.len());
        let mut column = 0_usize;
        for cell in row {
            while taken.get(column).is_some_and(|taken| *taken > 0) {
                column = column.saturating_add(1);
            }
            placed.push((column, cell));
            let end = column.saturating_add(cell.columns());
            for slot in taken.get_mut(column..end).unwrap_or_default() {
                // This row itself counts too.
                *slot = cell.rows();
            }
            column = end;
        }
        taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        rows.push(placed);
    }
    let starts = starts(&rows, grid.width());
    let mut text = String::new();
    for row in rows {
        let mut width = 0_usize;
        for (column, cell) in row.into_iter().filter(|(_, cell)| !cell.text().is_empty()) {
            let start = starts.get(column).copied().unwrap_or_default();
            text.extend(core::iter::repeat_n(' ', start.saturating_sub(width)));
            text.push_str(cell.text());
            width = start.saturating_add(cell.text().width());
        }
        text.push('\n');
    }
    text
}

/// Where each column begins: as far right as the cells before it need.
fn starts(rows: &[Vec<(usize, &GridCell)>], width: usize) -> Vec<usize> {
    let mut starts = vec![0_usize; width.saturating_add(1)];
    for column in 1..=width {
        let ending =
            rows.iter().flatten().filter(|(from, cell)| from.saturating_add(cell.columns()) == column);
        let end = |(from, cell): &(usize, &GridCell)| {
            starts.get(*from).copied().unwrap_or_default().saturating_add(cell.text().width())
        };
        let before = starts.get(column.saturating_sub(1)).copied().unwrap_or_default();
        let needed =
            ending.map(end).max().unwrap_or(before).saturating_add(GAP).max(before.saturating_add(GAP));
        if let Some(start) = starts.get_mut(column) {
            *start = needed;
        }
    }
    starts
}
