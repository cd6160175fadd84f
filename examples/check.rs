//! What is in doubt in reports: every diagnostic, for a person or for scripts.
//!
//! ```sh
//! cargo run --release --example check -- reports/
//! ```

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use gongkai::diagnostic::{Class, Renderer, Severity, TABLE};
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
  --format plain|jsonl|sarif  for a person, grouped by file and class (the default); JSON Lines; or SARIF 2.1.0
  --lang en|zh                the language of the messages (English is the default)
  --width COLUMNS             how much of a line of the source is shown (100)
  -h, --help                  this text
  -V, --version               the version

Colours are used on a terminal, unless NO_COLOR is set. The fields of JSON Lines are
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
    formats: &["plain", "jsonl", "sarif"],
    takes: &["lang", "width"],
};

fn main() -> ExitCode {
    support::run(&TOOL, check)
}

fn check(options: &Options, outcome: &mut Outcome, out: &mut Output) -> io::Result<()> {
    let mut tally = Tally::default();
    let mut results = Vec::new();
    support::each_report(options, outcome, |file, report, outcome| {
        let mut findings = report.diagnostics().to_vec();
        findings.extend(gongkai::check(report));
        // What one fault explains follows on the findings of its class, as the library gives them.
        findings.sort_by_key(Diagnostic::class);
        tally.add(&findings);
        outcome.errors |= tally.errors > 0;
        match options.format {
            "jsonl" => findings
                .iter()
                .try_for_each(|finding| writeln!(out, "{}", json_line(options, file, report, finding))),
            "sarif" => {
                results.extend(findings.iter().map(|finding| sarif_result(options, file, report, finding)));
                Ok(())
            }
            _ => plain(options, file, report, &findings, out),
        }
    })?;
    match options.format {
        "plain" => tally.write(options, outcome.unusable, out),
        "sarif" => writeln!(out, "{:#}", sarif(results)),
        _ => Ok(()),
    }
}

fn json_line(options: &Options, file: &str, report: &Report<'_>, finding: &Diagnostic) -> Value {
    let bytes = finding.span().map(|span| report.byte_span(span));
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

fn cell(id: &CellId) -> Value {
    json!({ "table": id.table().id(), "row": id.row.id(), "column": id.column.id() })
}

/// A result of SARIF 2.1.0, section 3.27.
fn sarif_result(options: &Options, file: &str, report: &Report<'_>, finding: &Diagnostic) -> Value {
    let mut place = json!({ "artifactLocation": { "uri": uri(file) } });
    if let Some(span) = finding.span() {
        let (line, column) = report.source().line_column(span.start());
        let (end_line, end_column) = report.source().line_column(span.end());
        let bytes = report.byte_span(span);
        place["region"] = json!({
            "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
            "byteOffset": bytes.start(), "byteLength": bytes.end() - bytes.start(),
        });
    }
    let cells = finding.cells().iter();
    let cells: Vec<Value> =
        cells.map(|id| json!({ "fullyQualifiedName": id.to_string(), "kind": "member" })).collect();
    json!({
        "ruleId": finding.code().as_str(),
        "level": level(finding.severity()),
        "message": { "text": finding.message(options.language) },
        "locations": [{ "physicalLocation": place, "logicalLocations": cells }],
        "properties": { "class": finding.class().id() },
    })
}

/// The log of SARIF 2.1.0 with one run.
fn sarif(results: Vec<Value>) -> Value {
    let rule = |entry: &gongkai::diagnostic::Entry| json!({ "id": entry.code.as_str(), "defaultConfiguration": { "level": level(entry.severity) } });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "gongkai",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": TABLE.iter().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        _ => "note",
    }
}

/// A path as a relative or absolute reference: what may not stand in one is percent-encoded.
fn uri(file: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encode = |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    file.replace('\\', "/").bytes().map(encode).collect()
}

/// The findings of one file under its name, by class; nothing where there are none.
fn plain(
    options: &Options,
    file: &str,
    report: &Report<'_>,
    findings: &[Diagnostic],
    out: &mut Output,
) -> io::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    let file = support::clean(file);
    let color =
        io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let renderer =
        Renderer::new().language(options.language).color(color).width(options.width).origin(file.as_str());
    writeln!(out, "{file}")?;
    for group in findings.chunk_by(|a, b| a.class() == b.class()) {
        writeln!(out, "\n{} ({})", class(options, group[0].class()), group.len())?;
        for finding in group {
            writeln!(out, "{}", renderer.render(report.source(), finding))?;
        }
    }
    writeln!(out)
}

fn class(options: &Options, class: Class) -> &'static str {
    match class {
        Class::Reading => options.say("Reading: what the source shows is in doubt", "读取：原文有疑问"),
        Class::Integrity => {
            options.say("Integrity: figures that contradict each other", "勾稽：数字相互矛盾")
        }
        Class::Claim => options.say("Claims: prose that contradicts a table", "文表：正文与表格不符"),
        _ => options.say("Series: years that contradict each other", "跨年：各年度之间不符"),
    }
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
    fn add(&mut self, findings: &[Diagnostic]) {
        self.files += 1;
        self.clean += usize::from(findings.is_empty());
        for finding in findings {
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
