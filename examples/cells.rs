//! Every cell of the form, one a line, for scripts.
//!
//! ```sh
//! cargo run --release --example cells -- --format csv reports/ > cells.csv
//! ```

use std::io::{self, Write};
use std::process::ExitCode;

use gongkai::Report;
use gongkai::form::{Cell, CellSpec, SchemaVersion, Unit};
use serde_json::{Map, Number, Value};

mod support;

use support::{Options, Outcome, Output, Tool};

const TOOL: Tool = Tool {
    name: "cells",
    about: "Prints every cell of the statutory tables, one a line, missing ones included.",
    help: "\
Options:
  --format jsonl|csv  JSON Lines (the default), or CSV with a header line
  -h, --help          this text
  -V, --version       the version

Fields:
  file                the path as given
  template            v2014, v2019 or v2021; a report without a statutory table has one line with nothing but its file
  table, row, column  the ids of the cell
  state               number, blank, not_applicable, missing or text
  value               the number with the digits it was printed with; null in every other state
  unit                the unit of the cell, in Chinese
  raw                 what the source shows; empty for a blank, null for a missing cell
  start, end          where that is, in bytes of the file
  In CSV null is an empty field.

Exit code:
  0  all inputs were read
  2  wrong usage, or an input could not be read; the others are still printed
",
    formats: &["jsonl", "csv"],
    takes: &[],
};

/// The fields of a line, in order: a contract with scripts.
const FIELDS: [&str; 11] =
    ["file", "template", "table", "row", "column", "state", "value", "unit", "raw", "start", "end"];

type Record = [Value; FIELDS.len()];

fn main() -> ExitCode {
    support::run(&TOOL, cells)
}

fn cells(options: &Options, outcome: &mut Outcome, out: &mut Output) -> io::Result<()> {
    let write = match options.format {
        "csv" => write_csv,
        _ => write_json,
    };
    if options.format == "csv" {
        writeln!(out, "{}", FIELDS.join(","))?;
    }
    support::each_report(options, outcome, |file, report, _| {
        if report.forms().is_empty() {
            let mut record = Record::default();
            record[0] = file.into();
            write(record, out)?;
        }
        for (version, spec, cell) in report.cells() {
            write(record(file, report, version, spec, cell), out)?;
        }
        Ok(())
    })
}

fn record(file: &str, report: &Report<'_>, version: SchemaVersion, spec: &CellSpec, cell: &Cell) -> Record {
    let span = cell.span();
    let bytes = span.map(|span| report.byte_span(span));
    [
        file.into(),
        version.id().into(),
        spec.id.table().id().into(),
        spec.id.row.id().into(),
        spec.id.column.id().into(),
        cell.figure().state().into(),
        cell.number().map(json_number).into(),
        cell.unit().map(Unit::label).into(),
        span.map(|span| report.text(span)).into(),
        bytes.map(|bytes| bytes.start()).into(),
        bytes.map(|bytes| bytes.end()).into(),
    ]
}

/// The number as it is printed: `12.50` stays `12.50`.
fn json_number(number: gongkai::form::Number) -> Number {
    number.to_string().parse().expect("a decimal number is a JSON number")
}

fn write_json(record: Record, out: &mut Output) -> io::Result<()> {
    let object: Map<String, Value> = FIELDS.into_iter().map(String::from).zip(record).collect();
    writeln!(out, "{}", Value::Object(object))
}

fn write_csv(record: Record, out: &mut Output) -> io::Result<()> {
    let fields = record.map(|value| match value {
        Value::Null => String::new(),
        Value::String(text) if text.contains([',', '"', '\r', '\n']) => {
            format!("\"{}\"", text.replace('"', "\"\""))
        }
        Value::String(text) => text,
        other => other.to_string(),
    });
    writeln!(out, "{}", fields.join(","))
}
