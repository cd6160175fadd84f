//! A report for a person at a terminal: what it says of itself, its outline, its tables, and what is in doubt.
//!
//! ```sh
//! cargo run --release --example print -- report.txt
//! ```

use std::io::{self, Write};
use std::process::ExitCode;

use gongkai::Report;
use gongkai::form::{Block, Cell, CellId, ColumnSpec, Figure, Form, RowSpec, Table};

mod support;

use support::{Grid, Options, Outcome, Output, Tool, clean, fit, pad};

const TOOL: Tool = Tool {
    name: "print",
    about: "Prints a report: meta data, outline, statutory tables, and what is in doubt.",
    help: "\
Options:
  --format plain|json  for a person (the default), or everything as JSON: one object a report
  --lang en|zh         the language of captions and messages (English is the default)
  --width COLUMNS      how wide the page is, 40 to 400 (100); long labels are cut with …, figures never are
  --tables-only        nothing but the tables
  -h, --help           this text
  -V, --version        the version

In the tables
  ·     a cell with nothing in it, which is not zero
  ?     missing in the source, or in doubt: the findings say which
  / —   a mark that the question does not apply, as printed
  other text is printed as it is, and is a finding; a unit stands behind a figure where it is not the form's own

Exit code:
  0  all inputs were read
  2  wrong usage, or an input could not be read; the others are still printed
",
    formats: &["plain", "json"],
    takes: &["lang", "width", "tables-only"],
};

/// Text in a table is cut to this width.
const TEXT_WIDTH: usize = 24;

/// Labels are not cut below this width, however narrow the page.
const LABEL_WIDTH: usize = 16;

fn main() -> ExitCode {
    support::run(&TOOL, print)
}

fn print(options: &Options, outcome: &mut Outcome, out: &mut Output) -> io::Result<()> {
    support::each_report(options, outcome, |file, report, _| match options.format {
        "json" => writeln!(out, "{}", json(report)),
        _ => Page { options, report, out }.write(file),
    })
}

fn json(report: &Report<'_>) -> String {
    serde_json::to_string_pretty(report).expect("a report is JSON")
}

/// One report on its way to the terminal.
struct Page<'p, 'a> {
    options: &'p Options,
    report: &'p Report<'a>,
    out: &'p mut Output,
}

impl Page<'_, '_> {
    fn write(mut self, file: &str) -> io::Result<()> {
        writeln!(self.out, "{}", clean(file))?;
        writeln!(self.out, "{}", "=".repeat(self.options.width))?;
        if !self.options.tables_only {
            self.meta()?;
            self.outline()?;
        }
        for form in self.report.forms() {
            self.form(form)?;
        }
        if !self.options.tables_only {
            self.findings()?;
        }
        writeln!(self.out)
    }

    fn caption(&mut self, english: &'static str, chinese: &'static str) -> io::Result<()> {
        writeln!(self.out, "\n{}", self.options.say(english, chinese))
    }

    fn meta(&mut self) -> io::Result<()> {
        let Self { options, report, .. } = *self;
        let meta = report.meta();
        let mut lines = Vec::new();
        let mut add = |english, chinese, value: Option<String>| {
            let absent = || options.say("(not stated)", "（未注明）").to_owned();
            lines.push((options.say(english, chinese), value.unwrap_or_else(absent)));
        };
        add("title", "标题", meta.title.map(|span| clean(report.text(span))));
        add("agency", "机关", meta.agency.map(|span| clean(report.text(span))));
        add("year", "年度", meta.report_year.map(|year| year.value.to_string()));
        add(
            "period",
            "统计期",
            meta.period.map(|period| {
                let (from, to) = period.value;
                format!("{from} – {to}")
            }),
        );
        let no_year = options.say(" (no year printed)", "（未注年份）");
        add(
            "filed",
            "填报日期",
            meta.filing_date.map(|date| {
                let behind = if date.value.year.is_none() { no_year } else { "" };
                format!("{}{behind}", date.value)
            }),
        );
        if let Some(year) = meta.table_year {
            add("year of the table", "表格年度", Some(year.value.to_string()));
        }
        for (field, span) in &meta.signatories {
            lines.push((field.label(), clean(report.text(*span))));
        }
        lines.push((options.say("encoding", "编码"), report.source().encoding().to_string()));
        for (label, value) in lines {
            writeln!(self.out, "{}{}", pad(label, 18), fit(&value, options.width.saturating_sub(18)))?;
        }
        Ok(())
    }

    /// The headings, each with the number of paragraphs below it, subsections included.
    fn outline(&mut self) -> io::Result<()> {
        let Self { options, report, .. } = *self;
        if report.sections().is_empty() {
            return Ok(());
        }
        self.caption("Outline, and paragraphs of each section", "目录及各部分段落数")?;
        let room = options.width.saturating_sub(6);
        for section in report.sections() {
            let indent = usize::from(section.level().saturating_sub(1)) * 2;
            let heading = fit(report.text(section.heading()), room.saturating_sub(indent));
            let line = pad(&format!("{}{heading}", " ".repeat(indent)), room);
            writeln!(self.out, "{line}{:>6}", report.prose(section).count())?;
        }
        Ok(())
    }

    fn form(&mut self, form: &Form) -> io::Result<()> {
        let version = form.version();
        writeln!(self.out, "\n{version}  {}", version.name())?;
        for blocks in version.tables() {
            let title = blocks.first().map(|block| table_title(block.table));
            if let Some(title) = title.filter(|title| *title != version.name()) {
                writeln!(self.out, "\n{title}")?;
            }
            let grids: Vec<Grid> = blocks.iter().map(|block| self.grid(form, block)).collect();
            // The blocks of a table have one label column.
            let room = |grid: &Grid| {
                let room = self.options.width.saturating_sub(grid.figures_width()).max(LABEL_WIDTH);
                grid.label_width().min(room)
            };
            let label_width = grids.iter().map(room).max().unwrap_or(0);
            for (block, grid) in blocks.iter().zip(&grids) {
                if let Some(banner) = block.banner {
                    writeln!(self.out, "{banner}")?;
                }
                for line in grid.lines(label_width) {
                    writeln!(self.out, "{line}")?;
                }
            }
        }
        self.legend(form)
    }

    /// How many cells are in which state, and how the table shows it.
    fn legend(&mut self, form: &Form) -> io::Result<()> {
        let say = |english, chinese| self.options.say(english, chinese);
        let states = [
            ("number", say("number", "数字")),
            ("blank", say("blank", "空格")),
            ("not_applicable", say("not applicable", "不适用")),
            ("missing", say("missing", "缺失")),
            ("text", say("text", "文字")),
        ];
        let count = |state| form.cells().filter(|(_, cell)| cell.figure().state() == state).count();
        let counts = states.map(|(state, word)| (count(state), word));
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<_> = counts.map(|(count, word)| format!("{word} {count}")).collect();
        writeln!(self.out, "\n{}: {}", say("cells", "单元格"), counts.join(", "))?;
        let legend = say(
            "·  empty, not zero   ?  missing or in doubt   other marks as printed",
            "·  空格（不等于零）   ?  缺失或存疑   其他符号照原文",
        );
        writeln!(self.out, "{legend}")
    }

    /// The rows and columns of a block with the figures of `form`.
    fn grid(&self, form: &Form, block: &Block) -> Grid {
        let heads = block.columns.iter().map(head);
        // The pre-2019 table has a unit in each row.
        let units = block.table == Table::Statistics;
        let mut grid = match units {
            true => Grid::new(["单位".to_owned()].into_iter().chain(heads)).left(0),
            false => Grid::new(heads),
        };
        let mut group = None;
        for row in block.rows {
            if row.group != group {
                group = row.group;
                group.into_iter().for_each(|group| grid.row(group.to_owned(), Vec::new()));
            }
            let figure = |column: &ColumnSpec| {
                let cell = form.get(CellId { row: row.row, column: column.column });
                cell.map_or_else(String::new, |cell| self.figure(cell, row, column))
            };
            let figures = block.columns.iter().map(figure);
            let unit = row.unit.filter(|_| units).map(|unit| unit.to_string());
            let figures = if row.heading { Vec::new() } else { unit.into_iter().chain(figures).collect() };
            grid.row(label(row), figures);
        }
        grid
    }

    /// What a cell shows, with its unit where that is not the form's.
    fn figure(&self, cell: &Cell, row: &RowSpec, column: &ColumnSpec) -> String {
        let raw = || fit(cell.span().map_or("", |span| self.report.text(span)), TEXT_WIDTH);
        match cell.figure() {
            Figure::Number(number) => {
                let unit = cell.unit().filter(|unit| Some(*unit) != row.unit.or(column.unit));
                unit.map_or_else(|| number.to_string(), |unit| format!("{number} {unit}"))
            }
            Figure::Blank => "·".to_owned(),
            Figure::Missing => "?".to_owned(),
            _ => raw(),
        }
    }

    fn findings(&mut self) -> io::Result<()> {
        let findings = self.report.diagnostics();
        if findings.is_empty() {
            return self.caption("Findings: none", "存疑之处：无");
        }
        self.caption("Findings, with line:column", "存疑之处（行:列）")?;
        for finding in findings {
            writeln!(self.out, "{}", support::finding_line(self.options, self.report, finding))?;
        }
        Ok(())
    }
}

/// Number and label of a row; a row of a group is indented.
fn label(row: &RowSpec) -> String {
    let indent = if row.group.is_some() { "  " } else { "" };
    let space = if row.number.is_empty() { "" } else { " " };
    format!("{indent}{}{space}{}", row.number, row.label)
}

/// Label and unit of a column; a long label is broken before its last word (件数, 数量, 组织) to save width.
fn head(column: &ColumnSpec) -> String {
    let label = column.label;
    let last_word = label.char_indices().nth_back(1).filter(|_| label.chars().count() > 5);
    let (first, last) = label.split_at(last_word.map_or(0, |(at, _)| at));
    let unit = column.unit.map(|unit| format!("({unit})"));
    let lines = [Some(first.to_owned()), Some(last.to_owned()), unit];
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The title of a table in the form.
fn table_title(table: Table) -> &'static str {
    match table {
        Table::ActiveDisclosure => "二、主动公开政府信息情况",
        Table::Requests => "三、收到和处理政府信息公开申请情况",
        Table::ReviewLitigation => "四、政府信息公开行政复议、行政诉讼情况",
        Table::Statistics => "政府信息公开情况统计表",
        _ => table.id(),
    }
}
