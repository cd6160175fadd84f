//! A report or a form back to text, in every dialect in which extractors print its tables.
//!
//! ```
//! use gongkai::write::{Dialect, write};
//!
//! let report = gongkai::parse("六、举报投诉数量 | 件 | 12 |\n七、依申请公开信息收取的费用 | 万元 | 3.50 |\n")?;
//! assert_eq!(
//!     write(&report, Dialect::Markdown)?,
//!     "\
//! ### 政府信息公开情况统计表
//!
//! | 统计指标 | 单位 | 统计数 |
//! | --- | --- | --- |
//! | 六、举报投诉数量 | 件 | 12 |
//! | 七、依申请公开信息收取的费用 | 万元 | 3.50 |
//! "
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | function | from | to |
//! | --- | --- | --- |
//! | [`write()`] | a [`Report`] | its outline and the tables of its forms |
//! | [`write_form`] | a [`Form`], which may come from [`Form::from_cells`] | its tables under their official titles |
//! | [`grids`] | a [`Form`] | its tables as rows of cells that may span others, to be printed by the caller |
//!
//! Labels, heads and their order are those of the circular ([`SchemaVersion::source`](crate::form::SchemaVersion::source)),
//! whatever the source of the report printed; figures are printed canonically (`1,234件` as `1234件`, any mark for "does not
//! apply" as `—`). What was written parses to the same state, value and unit of every cell, but for the [`Loss`] of the
//! dialect; a figure that the dialect would change is a [`WriteError`].

mod aligned;
mod dialect;
mod error;
mod grid;

pub use dialect::{Blanks, Dialect, Loss};
pub use error::WriteError;
pub use grid::{Entry, Grid, GridCell, grids};

use crate::form::{Form, SectionId, Table};
use crate::report::Report;
use dialect::Printer;
use grid::grids_of;

/// Prints the outline of a report and the tables of all its forms.
///
/// Headings are those of the report; a table stands below the heading of its statutory section, or under its official title.
/// Prose is left out: [`Report::prose`] has it.
///
/// # Errors
///
/// A cell that `dialect` cannot show; the error names it.
///
/// ```
/// use gongkai::write::{Dialect, write};
///
/// let text = "二、主动公开政府信息情况\n第二十条第（六）项 | |\n信息内容 | 本年处理决定数量 |\n行政处罚 | 7 |\n行政强制 | |\n";
/// let report = gongkai::parse(text)?;
/// let error = write(&report, Dialect::Lines).unwrap_err();
/// assert_eq!(error.cell().to_string(), "active_disclosure/coercive_measures/decisions");
/// # Ok::<(), gongkai::Error>(())
/// ```
pub fn write(report: &Report<'_>, dialect: Dialect) -> Result<String, WriteError> {
    let mut grids = Vec::new();
    for form in report.forms() {
        grids.extend(grids_of(form, &|span| Some(report.text(span)))?);
    }
    let mut printer = Printer::new(dialect);
    if let Some(title) = report.meta().title {
        printer.heading(0, report.text(title));
    }
    for section in report.sections() {
        if let Some(id) = section.id() {
            let earlier = |grid: &Grid| section_of(grid.table()).is_some_and(|table| table < id);
            for grid in grids.extract_if(.., |grid| earlier(grid)) {
                printer.titled(&grid)?;
            }
        }
        printer.heading(section.level(), report.text(section.heading()));
        let below = |grid: &Grid| section.id().is_some() && section_of(grid.table()) == section.id();
        for grid in grids.extract_if(.., |grid| below(grid)) {
            printer.grid(&grid)?;
        }
    }
    for grid in &grids {
        printer.titled(grid)?;
    }
    Ok(printer.finish())
}

/// Prints the tables of a form under their official titles.
///
/// # Errors
///
/// A cell that `dialect` cannot show, and text, whose wording a form does not keep; the error names it.
///
/// ```
/// use gongkai::form::{Figure, Form, Indicator, SchemaVersion};
/// use gongkai::write::{Dialect, write_form};
///
/// let cells = [(Indicator::Complaints.into(), Figure::Number(12.into()), None)];
/// let form = Form::from_cells(SchemaVersion::V2014, cells);
/// let text = write_form(&form, Dialect::V1_12Rows)?;
/// assert_eq!(text, "政府信息公开情况统计表\n统计指标 | 单位 | 统计数 |\n六、举报投诉数量 | 件 | 12 |\n");
/// assert_eq!(gongkai::parse(&text)?.form().unwrap().get(Indicator::Complaints).unwrap().number(), Some(12.into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_form(form: &Form, dialect: Dialect) -> Result<String, WriteError> {
    let mut printer = Printer::new(dialect);
    for grid in grids(form)? {
        printer.titled(&grid)?;
    }
    Ok(printer.finish())
}

/// The statutory section in which a table stands; the pre-2019 table is an annex.
pub(crate) fn section_of(table: Table) -> Option<SectionId> {
    match table {
        Table::ActiveDisclosure => Some(SectionId::ActiveDisclosure),
        Table::Requests => Some(SectionId::Requests),
        Table::ReviewLitigation => Some(SectionId::ReviewLitigation),
        Table::Statistics => None,
    }
}
