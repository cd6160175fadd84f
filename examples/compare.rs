//! Two or more years of one agency side by side: the same questions of every year, and what does not fit together.
//!
//! ```sh
//! cargo run --release --example compare -- 2021.txt 2022.txt 2023.txt
//! ```

use std::io::{self, Write};
use std::process::ExitCode;

use gongkai::Report;
use gongkai::diagnostic::Severity;
use gongkai::diff::{Change, Diff, diff};
use gongkai::form::{CellId, Figure, Number, Unit};
use gongkai::metrics::{Answer, Metric, NoAnswer};
use gongkai::series::{Place, SeriesFinding, check_series};
use serde_json::{Value, json};

mod support;

use support::{Grid, Options, Outcome, Output, Tool, clean};

const TOOL: Tool = Tool {
    name: "compare",
    about: "Sets reports of one agency side by side, year by year, and prints what does not fit together.",
    help: "\
Options:
  --format plain|jsonl  for a person (the default), or JSON Lines
  --lang en|zh          the language of questions and messages (English is the default)
  --width COLUMNS       how wide the page is, 40 to 400 (100); long labels are cut with …, figures never are
  --changes             also every cell that changed from one report to the next
  -h, --help            this text
  -V, --version         the version

The reports may come in any order. One question a line; a sum stands only where every cell of it is a number.
  –     the form of that year does not ask
  ·     a cell with nothing in it, which is not zero
  ?     missing, or no number; the program check says more

Every object of JSON Lines has a field kind:
  metric    file, year, metric, state, value, unit, cells
  finding   code, severity, message, left, right, earlier, later; these two with file, year and cells, or null
  change    earlier and later (files), name, before, after, difference

Exit code:
  0  no errors; there may be warnings
  1  errors were found
  2  wrong usage, an input could not be read, or fewer than two could; what could is still printed
",
    formats: &["plain", "jsonl"],
    takes: &["lang", "width", "changes"],
};

/// Labels are not cut below this width, however narrow the page.
const LABEL_WIDTH: usize = 16;

fn main() -> ExitCode {
    support::run(&TOOL, compare)
}

fn compare(options: &Options, outcome: &mut Outcome, out: &mut Output) -> io::Result<()> {
    let mut series: Vec<(String, Report<'static>)> = Vec::new();
    support::each_report(options, outcome, |file, report, _| {
        series.push((file.to_owned(), report.clone().into_owned()));
        Ok(())
    })?;
    if series.len() < 2 {
        let message = options.say("compare needs two reports", "至少需要两份报告");
        support::complain(message);
        outcome.unusable += 1;
    }
    series.sort_by_key(|(_, report)| year(report));
    let reports: Vec<&Report<'_>> = series.iter().map(|(_, report)| report).collect();
    let page = Page { options, series: &series, findings: check_series(&reports) };
    let severities = || page.findings.iter().map(|finding| finding.diagnostic().severity());
    outcome.errors = severities().any(|severity| severity == Severity::Error);
    match options.format {
        "jsonl" => page.json(out),
        _ => page.plain(out),
    }
}

fn year(report: &Report<'_>) -> Option<u16> {
    report.meta().report_year.map(|year| year.value)
}

/// All that is printed.
struct Page<'p> {
    options: &'p Options,
    series: &'p [(String, Report<'static>)],
    findings: Vec<SeriesFinding>,
}

impl Page<'_> {
    fn plain(&self, out: &mut Output) -> io::Result<()> {
        for (file, report) in self.series {
            let year = year(report).map_or_else(|| "?".to_owned(), |year| year.to_string());
            let form = report.form().map_or("–", |form| form.version().id());
            let agency = report.meta().agency.map(|span| clean(report.text(span)));
            let line = format!("{year}  {form}  {}  {}", clean(file), agency.unwrap_or_default());
            writeln!(out, "{}", line.trim_end())?;
        }
        let metrics =
            Metric::ALL.iter().filter(|metric| self.answers(**metric).any(|a| a != Err(NoAnswer::NotAsked)));
        let mut grid = self.grid();
        for metric in metrics {
            let label = metric.label(self.options.language).to_owned();
            grid.row(label, self.answers(*metric).map(shown).collect());
        }
        self.write(&grid, out)?;
        if self.options.changes {
            for (earlier, later, diff) in self.diffs() {
                writeln!(out, "\n{} → {}", clean(earlier), clean(later))?;
                let heads = [("before", "前"), ("after", "后"), ("change", "差")];
                let mut grid =
                    Grid::new(heads.map(|(english, chinese)| self.options.say(english, chinese).to_owned()));
                for change in diff.changes() {
                    let (before, after) = sides(change);
                    grid.row(change.name(), vec![before, after, by(change)]);
                }
                self.write(&grid, out)?;
            }
        }
        self.findings(out)
    }

    fn grid(&self) -> Grid {
        Grid::new(
            self.series
                .iter()
                .map(|(_, report)| year(report).map_or_else(|| "?".to_owned(), |y| y.to_string())),
        )
    }

    fn write(&self, grid: &Grid, out: &mut Output) -> io::Result<()> {
        let room = self.options.width.saturating_sub(grid.figures_width()).max(LABEL_WIDTH);
        writeln!(out)?;
        grid.lines(grid.label_width().min(room)).iter().try_for_each(|line| writeln!(out, "{line}"))
    }

    fn answers(&self, metric: Metric) -> impl Iterator<Item = Result<Answer, NoAnswer>> {
        let answer = move |report: &Report<'_>| {
            report.form().map_or(Err(NoAnswer::NotAsked), |form| form.metric(metric))
        };
        self.series.iter().map(move |(_, report)| answer(report))
    }

    /// What changed from each report to the next.
    fn diffs(&self) -> impl Iterator<Item = (&str, &str, Diff)> {
        let pairs = self.series.iter().zip(self.series.iter().skip(1));
        pairs.filter_map(|((earlier, before), (later, after))| {
            Some((earlier.as_str(), later.as_str(), diff(before, after)?))
        })
    }

    fn findings(&self, out: &mut Output) -> io::Result<()> {
        let say = |english, chinese| self.options.say(english, chinese);
        if self.findings.is_empty() {
            return writeln!(out, "\n{}", say("Findings: none", "存疑之处：无"));
        }
        writeln!(
            out,
            "\n{}",
            say("Findings, with the line:column of the later report", "存疑之处（后一份报告的行:列）")
        )?;
        for finding in &self.findings {
            let diagnostic = finding.diagnostic();
            let Some((file, report)) = self.series.get(finding.later().report()) else { continue };
            let place = diagnostic.span().map_or_else(String::new, |span| {
                let (line, column) = report.source().line_column(span.start());
                format!(":{line}:{column}")
            });
            let severity = match diagnostic.severity() {
                Severity::Error => say("error", "错误"),
                Severity::Warning => say("warning", "警告"),
                _ => say("info", "提示"),
            };
            let message = clean(&finding.message(self.options.language));
            writeln!(out, "{}{place} {severity}[{}] {message}", clean(file), diagnostic.code())?;
        }
        Ok(())
    }

    fn json(&self, out: &mut Output) -> io::Result<()> {
        for (file, report) in self.series {
            for (metric, answer) in report.metrics() {
                let (state, number, unit, cells) = match answer {
                    Ok(answer) => ("number", Some(answer.value()), answer.unit(), answer.cells().to_vec()),
                    Err(NoAnswer::NotAsked) => ("not_asked", None, None, Vec::new()),
                    Err(NoAnswer::Open { cell, figure }) => (figure.state(), None, None, vec![cell]),
                    Err(NoAnswer::UnitsDiffer { cell }) => ("units_differ", None, None, vec![cell]),
                    Err(_) => ("overflow", None, None, Vec::new()),
                };
                let object = json!({
                    "kind": "metric", "file": file, "year": year(report), "metric": metric.id(), "state": state,
                    "value": number.map(value), "unit": unit.map(Unit::label), "cells": names(&cells),
                });
                writeln!(out, "{object}")?;
            }
        }
        if self.options.changes {
            for (earlier, later, diff) in self.diffs() {
                for change in diff.changes() {
                    let (before, after) = change.sides();
                    let object = json!({
                        "kind": "change", "earlier": earlier, "later": later, "name": change.name(),
                        "before": before, "after": after, "difference": change.difference().map(value),
                    });
                    writeln!(out, "{object}")?;
                }
            }
        }
        for finding in &self.findings {
            let place = |place: &Place| {
                let file = self.series.get(place.report()).map(|(file, _)| file);
                json!({ "file": file, "year": place.year(), "cells": names(place.cells()) })
            };
            let diagnostic = finding.diagnostic();
            let object = json!({
                "kind": "finding", "code": diagnostic.code().as_str(), "severity": diagnostic.severity().id(),
                "message": finding.message(self.options.language),
                "left": diagnostic.sides().map(|(left, _)| value(left)),
                "right": diagnostic.sides().map(|(_, right)| value(right)),
                "earlier": finding.earlier().map(place), "later": place(finding.later()),
            });
            writeln!(out, "{object}")?;
        }
        Ok(())
    }
}

/// An answer as the table shows it; money with its unit.
fn shown(answer: Result<Answer, NoAnswer>) -> String {
    match answer {
        Ok(answer) => match answer.unit() {
            Some(unit @ (Unit::WanYuan | Unit::Yuan | Unit::YiYuan)) => format!("{} {unit}", answer.value()),
            _ => answer.value().to_string(),
        },
        Err(NoAnswer::NotAsked) => "–".to_owned(),
        Err(NoAnswer::Open { figure, .. }) => mark(figure).to_owned(),
        Err(_) => "?".to_owned(),
    }
}

fn mark(figure: Figure) -> &'static str {
    match figure {
        Figure::Blank => "·",
        Figure::NotApplicable => "/",
        _ => "?",
    }
}

/// Both sides of a change as the table shows them.
fn sides(change: &Change) -> (String, String) {
    match change {
        Change::Cell { earlier, later, .. } => {
            let cell = |cell: &gongkai::Cell| {
                cell.number().map_or_else(|| mark(cell.figure()).to_owned(), |n| n.to_string())
            };
            (cell(earlier), cell(later))
        }
        Change::Metric { earlier, later, .. } => (shown(*earlier), shown(*later)),
        _ => change.sides(),
    }
}

fn by(change: &Change) -> String {
    change
        .difference()
        .map_or_else(String::new, |by| if by.is_negative() { by.to_string() } else { format!("+{by}") })
}

fn names(cells: &[CellId]) -> Vec<String> {
    cells.iter().map(ToString::to_string).collect()
}

/// The number as it is printed: `12.50` stays `12.50`.
fn value(number: Number) -> Value {
    Value::Number(number.to_string().parse().expect("a decimal number is a JSON number"))
}
