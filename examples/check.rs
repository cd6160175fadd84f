//! What is in doubt in reports: every diagnostic, for a person or for scripts.
//!
//! ```sh
//! cargo run --release --example check -- reports/
//! ```

use std::io::{self, Write};
use std::process::ExitCode;

use gongkai::diagnostic::Severity;
use gongkai::form::CellId;
use gongkai::{Diagnostic, Report};
use serde_json::{Value, json};

mod support;

use support::{Options, Outcome, Output, Tool};

const TOOL: Tool = Tool {
    name: "check",
    about: "Prints what is in doubt in reports: what could not be read, and what contradicts itself.",
    help: "\
Options:
  --format plain|jsonl  for a person, grouped by file (the default), or JSON Lines
  --lang en|zh          the language of the messages (English is the default)
  -h, --help            this text
  -V, --version         the version

Plain lines begin with line:column in the text of the file, or in the text that a web page shows.
The fields of JSON Lines are
  file                the path as given
  code                the stable name of the finding
  class               reading, integrity, claim or series
  severity            error, warning or info
  message             the finding in words
  start, end          where to look, in bytes of the file; null where there is nothing to look at
  cells               the cells in doubt, each with table, row and column

Exit code:
  0  no errors; there may be warnings
  1  errors were found
  2  wrong usage, or an input could not be read; the others are still checked
",
    formats: &["plain", "jsonl"],
    takes: &["lang"],
};

fn main() -> ExitCode {
    support::run(&TOOL, check)
}

fn check(options: &Options, outcome: &mut Outcome, out: &mut Output) -> io::Result<()> {
    let mut tally = Tally::default();
    support::each_report(options, outcome, |file, report, outcome| {
        tally.add(report);
        outcome.errors |= tally.errors > 0;
        match options.format {
            "jsonl" => report
                .diagnostics()
                .iter()
                .try_for_each(|finding| writeln!(out, "{}", json_line(options, file, report, finding))),
            _ => plain(options, file, report, out),
        }
    })?;
    if options.format == "plain" {
        tally.write(options, outcome.unusable, out)?;
    }
    Ok(())
}

fn json_line(options: &Options, file: &str, report: &Report<'_>, finding: &Diagnostic) -> Value {
    let bytes = finding.span().map(|span| report.byte_span(span));
    let cell =
        |id: &CellId| json!({ "table": id.table().id(), "row": id.row.id(), "column": id.column.id() });
    json!({
        "file": file,
        "code": finding.code().as_str(),
        "class": finding.class().id(),
        "severity": finding.severity().id(),
        "message": finding.message(options.language),
        "start": bytes.map(|bytes| bytes.start()),
        "end": bytes.map(|bytes| bytes.end()),
        "cells": finding.cells().iter().map(cell).collect::<Vec<_>>(),
    })
}

/// The findings of one file under its name; nothing where there are none.
fn plain(options: &Options, file: &str, report: &Report<'_>, out: &mut Output) -> io::Result<()> {
    if report.diagnostics().is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", support::clean(file))?;
    for finding in report.diagnostics() {
        writeln!(out, "  {}", support::finding_line(options, report, finding))?;
    }
    writeln!(out)
}

/// What was found over all files.
#[derive(Default)]
struct Tally {
    files: usize,
    clean: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
}

impl Tally {
    fn add(&mut self, report: &Report<'_>) {
        self.files += 1;
        self.clean += usize::from(report.diagnostics().is_empty());
        for finding in report.diagnostics() {
            match finding.severity() {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                _ => self.infos += 1,
            }
        }
    }

    fn write(&self, options: &Options, unusable: usize, out: &mut Output) -> io::Result<()> {
        let Self { files, clean, errors, warnings, infos } = self;
        let say = |english, chinese| options.say(english, chinese);
        writeln!(
            out,
            "{}: {files} ({}: {clean}, {}: {unusable}); {}: {errors}, {}: {warnings}, {}: {infos}",
            say("reports", "报告"),
            say("without findings", "无问题"),
            say("not read", "未能读取"),
            say("errors", "错误"),
            say("warnings", "警告"),
            say("infos", "提示"),
        )
    }
}
