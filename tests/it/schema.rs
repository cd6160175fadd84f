//! The committed JSON Schema of a serialised report: made of the ids of the crate, held to real output.
//!
//! `UPDATE_SCHEMA=1 cargo test --test it schema` writes it anew.

use std::collections::BTreeMap;

use gongkai::diagnostic::{Class, Severity};
use gongkai::form::{SchemaVersion, SectionId, Table, Unit};
use gongkai::serial::SCHEMA;
use gongkai::source::Encoding;
use jsonschema::Validator;
use serde_json::{Map, Value, json};

const COMMITTED: &str = include_str!("../../schema/report.schema.json");

const REPORTS: &[&str] = &[
    include_str!("../data/json/v2021.txt"),
    include_str!("../data/json/v2019.txt"),
    include_str!("../data/json/v2014.txt"),
    "六、举报投诉数量 | 件 | 约12 |\n七、依申请公开信息收取的费用 | 万元 | 0.1234567890123456789 |\n",
    "一、总体情况\n2023年,我局主动公开政府信息6件。\n",
    "",
];

/// An object that has exactly these keys.
fn object(properties: Value) -> Value {
    let keys: Vec<&String> = properties.as_object().unwrap().keys().collect();
    json!({ "type": "object", "required": keys, "properties": properties, "additionalProperties": false })
}

fn or_null(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn list(of: &str) -> Value {
    json!({ "type": "array", "items": reference(of) })
}

/// An object with the keys of a cell id and `more`, whose row and column are those of its table.
fn cell(more: Value) -> Value {
    let mut tables: BTreeMap<Table, (Vec<&str>, Vec<&str>)> = BTreeMap::new();
    for spec in SchemaVersion::ALL.iter().flat_map(|version| version.cells()) {
        let (rows, columns) = tables.entry(spec.id.table()).or_default();
        for (list, id) in [(rows, spec.id.row.id()), (columns, spec.id.column.id())] {
            if !list.contains(&id) {
                list.push(id);
            }
        }
    }
    let one_of: Vec<Value> = tables
        .iter()
        .map(|(table, (rows, columns))| {
            json!({ "properties": {
                "table": { "const": table.id() }, "row": { "enum": rows }, "column": { "enum": columns } } })
        })
        .collect();
    let mut properties: Map<String, Value> = ["table", "row", "column"]
        .iter()
        .map(|key| ((*key).to_owned(), json!({ "type": "string" })))
        .collect();
    properties.extend(more.as_object().unwrap().clone());
    let mut schema = object(properties.into());
    schema["oneOf"] = one_of.into();
    schema
}

/// The schema, after the ids and keys that this version of the crate has.
fn derived() -> Value {
    let text = || json!({ "type": "string" });
    let offset = || json!({ "type": "integer", "minimum": 0 });
    let year = || json!({ "type": "integer", "minimum": 0, "maximum": 65535 });
    let ids = |ids: Vec<&str>| json!({ "enum": ids });
    let placed =
        |value: Value| or_null(object(json!({ "value": value, "start": offset(), "end": offset() })));
    let state = |state: Value, value: Value| {
        json!({ "properties": { "state": state, "value": value,
            "scale": if value["type"] == "null" { json!({ "type": "null" }) } else { offset() } } })
    };
    let mut form_cell = cell(json!({
        "state": { "enum": ["number", "blank", "not_applicable", "missing", "text"] },
        "value": or_null(reference("number")),
        "scale": or_null(offset()),
        "unit": or_null(ids(Unit::ALL.iter().map(|unit| unit.label()).collect())),
        "raw": text(),
        "start": or_null(offset()),
        "end": or_null(offset()),
    }));
    form_cell["allOf"] = json!([{ "oneOf": [
        state(json!({ "const": "number" }), reference("number")),
        state(json!({ "not": { "const": "number" } }), json!({ "type": "null" })),
    ] }]);
    let encodings = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030, Encoding::Big5];
    let meta = object(json!({
        "title": placed(text()),
        "agency": placed(text()),
        "report_year": placed(year()),
        "period": or_null(object(json!({
            "from": reference("day"), "to": reference("day"), "start": offset(), "end": offset() }))),
        "filing_date": placed(reference("day")),
        "table_year": placed(year()),
        "signatories": { "type": "array", "items": object(json!({
            "field": text(), "name": text(), "start": offset(), "end": offset() })) },
    }));
    let section = object(json!({
        "id": or_null(ids(SectionId::ALL.iter().map(|id| id.id()).collect())),
        "level": { "type": "integer", "minimum": 1, "maximum": 255 },
        "ordinal": { "type": "integer", "minimum": 0, "maximum": 255 },
        "heading": text(), "title": text(), "start": offset(), "end": offset(),
        "prose": { "type": "array", "items": text() },
    }));
    let classes = [Class::Reading, Class::Integrity, Class::Claim, Class::Series];
    let severities = [Severity::Info, Severity::Warning, Severity::Error];
    let diagnostic = object(json!({
        "code": { "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" },
        "class": ids(classes.iter().map(|class| class.id()).collect()),
        "severity": ids(severities.iter().map(|severity| severity.id()).collect()),
        "message": text(), "found": or_null(offset()), "expected": or_null(offset()),
        "start": or_null(offset()), "end": or_null(offset()), "cells": list("cell_id"),
    }));
    let mut schema = object(json!({
        "schema": { "const": SCHEMA },
        "encoding": ids(encodings.iter().map(|encoding| encoding.label()).collect()),
        "meta": meta,
        "preamble": { "type": "array", "items": text() },
        "sections": list("section"),
        "forms": { "type": "array", "items": object(json!({ "template": reference("template"), "cells": list("cell") })) },
        "evidence": { "type": "array", "items": object(json!({ "template": reference("template"), "count": offset() })) },
        "diagnostics": list("diagnostic"),
    }));
    schema["$defs"] = json!({
        "template": ids(SchemaVersion::ALL.iter().map(|version| version.id()).collect()),
        "day": { "type": "string", "pattern": "^([0-9]{4}|-)-[0-9]{2}-[0-9]{2}$" },
        "number": { "anyOf": [
            { "type": "number" },
            { "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$", "description": "digits that a JSON number may lose" },
        ] },
        "cell_id": cell(json!({})),
        "cell": form_cell,
        "section": section,
        "diagnostic": diagnostic,
    });
    let mut whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A disclosure report as gongkai serialises it",
        "description": "start and end are byte offsets in the input",
    });
    whole.as_object_mut().unwrap().extend(schema.as_object().unwrap().clone());
    whole
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&serde_json::from_str(COMMITTED).unwrap()).unwrap()
}

#[test]
fn the_schema_is_that_of_this_version() {
    let derived = serde_json::to_string_pretty(&derived()).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/schema/report.schema.json"), &derived).unwrap();
    } else {
        assert!(derived == COMMITTED, "write it anew with UPDATE_SCHEMA=1 cargo test --test it schema");
    }
}

#[test]
fn reports_are_valid() {
    let validator = validator();
    let corpus = std::env::var_os("GONGKAI_CORPUS").map(|folder| {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.filter_map(|path| std::fs::read(path).ok()).collect::<Vec<_>>()
    });
    match &corpus {
        Some(files) => assert!(!files.is_empty()),
        None => println!("GONGKAI_CORPUS is not set: no real report was looked at"),
    }
    let texts = REPORTS.iter().map(|text| text.as_bytes());
    for bytes in texts.chain(corpus.iter().flatten().map(Vec::as_slice)) {
        let Ok(report) = gongkai::parse_bytes(bytes) else { continue };
        let json = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&json)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn what_no_report_looks_like_is_not_valid() {
    let validator = validator();
    let report = gongkai::parse(REPORTS[0]).unwrap();
    let json: Value = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
    assert!(validator.is_valid(&json));
    let cells = json["forms"][0]["cells"].as_array().unwrap();
    let number = cells.iter().position(|cell| cell["state"] == "number").unwrap();
    let at = format!("/forms/0/cells/{number}");
    for (pointer, key, value) in [
        ("", "schema", json!("gongkai/0")),
        ("", "more", json!(1)),
        ("", "encoding", json!("Latin-1")),
        (&*at, "row", json!("fees")),
        (&*at, "value", json!("约3")),
        (&*at, "value", json!(null)),
        (&*at, "scale", json!(null)),
        (&*at, "state", json!("blank")),
        (&*at, "start", json!(-1)),
        ("/meta", "report_year", json!(2023)),
    ] {
        let mut broken = json.clone();
        broken.pointer_mut(pointer).unwrap()[key] = value;
        assert!(!validator.is_valid(&broken), "{pointer}/{key}");
    }
    for pointer in ["", &*at, "/meta", "/sections/0"] {
        let keys: Vec<String> = json.pointer(pointer).unwrap().as_object().unwrap().keys().cloned().collect();
        for key in keys {
            let mut broken = json.clone();
            broken.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(&key);
            assert!(!validator.is_valid(&broken), "{pointer} without {key}");
        }
    }
}
