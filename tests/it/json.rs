//! Reports and cells as JSON.

use std::fmt::Write as _;

use gongkai::form::{Figure, Indicator, SchemaVersion, Unit};
use gongkai::{CellRecord, Report};
use serde_json::Value;

const REPORTS: &[(&str, &str)] = &[
    ("v2021", include_str!("../data/json/v2021.txt")),
    ("v2019", include_str!("../data/json/v2019.txt")),
    ("v2014", include_str!("../data/json/v2014.txt")),
];

fn json(report: &Report<'_>) -> Value {
    serde_json::from_str(&serde_json::to_string(report).unwrap()).unwrap()
}

/// JSON with one entry of a list a line, so that a difference is one line long.
fn lines(value: &Value, indent: usize, out: &mut String) {
    let start = " ".repeat(indent);
    match value {
        Value::Object(map) if map.values().any(|value| value.is_array() || value.is_object()) => {
            out.push_str("{\n");
            for (at, (key, value)) in map.iter().enumerate() {
                write!(out, "{start}  {key:?}: ").unwrap();
                lines(value, indent + 2, out);
                out.push_str(if at + 1 < map.len() { ",\n" } else { "\n" });
            }
            write!(out, "{start}}}").unwrap();
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            out.push_str("[\n");
            for (at, item) in items.iter().enumerate() {
                out.push_str(&start);
                out.push_str("  ");
                match item {
                    Value::Object(map) if map.contains_key("cells") && map.contains_key("template") => {
                        lines(item, indent + 2, out);
                    }
                    _ => out.push_str(&item.to_string()),
                }
                out.push_str(if at + 1 < items.len() { ",\n" } else { "\n" });
            }
            write!(out, "{start}]").unwrap();
        }
        _ => out.push_str(&value.to_string()),
    }
}

/// Of the items that are alike, keeps the first: the reports here are short and lack most rows.
fn first_only(list: &mut Value, alike: impl Fn(&Value) -> bool) {
    let mut seen = false;
    list.as_array_mut().unwrap().retain(|item| !alike(item) || !std::mem::replace(&mut seen, true));
}

#[test]
fn reports_as_json() {
    for (name, text) in REPORTS {
        let report = gongkai::parse(text).unwrap();
        let mut json = json(&report);
        first_only(&mut json["forms"][0]["cells"], |cell| cell["state"] == "missing");
        first_only(&mut json["diagnostics"], |finding| finding["code"] == "missing-row");
        let mut shown = String::new();
        lines(&json, 0, &mut shown);
        insta::assert_snapshot!(*name, shown);
    }
}

#[test]
fn the_reports_show_every_state() {
    let mut seen = Vec::new();
    for (name, text) in REPORTS {
        let report = gongkai::parse(text).unwrap();
        report.verify().unwrap();
        assert_eq!(report.form().unwrap().version(), SchemaVersion::from_id(name).unwrap());
        seen.extend(report.records().map(|cell| cell.figure.state()));
    }
    for state in ["number", "blank", "not_applicable", "missing", "text"] {
        assert!(seen.contains(&state), "{state}");
    }
}

#[test]
fn records_come_back_as_they_were() {
    for (name, text) in REPORTS {
        let report = gongkai::parse(text).unwrap();
        let mut count = 0;
        for cell in report.records() {
            let json = serde_json::to_string(&cell).unwrap();
            let again: CellRecord = serde_json::from_str(&json).unwrap();
            assert_eq!(again, cell, "{name}: {json}");
            // Two numbers are equal whatever their zeros, so their texts are compared as well.
            assert_eq!(format!("{:?}", again.figure), format!("{:?}", cell.figure), "{name}: {json}");
            // A value of JSON is another reader.
            let value = serde_json::to_value(&cell).unwrap();
            assert_eq!(serde_json::from_value::<CellRecord>(value).unwrap(), cell, "{name}: {json}");
            count += 1;
        }
        assert_eq!(count, report.form().unwrap().version().cells().len());
    }
}

#[test]
fn long_numbers_keep_their_digits() {
    for (printed, json) in [
        ("1234567890123456789012345678", "\"1234567890123456789012345678\""),
        ("12345678901234567890.12345678", "\"12345678901234567890.12345678\""),
        ("0.1234567890123456789012345678", "\"0.1234567890123456789012345678\""),
        ("9007199254740993", "9007199254740993"),
        ("12.50", "12.5"),
        ("3.00", "3"),
        ("-0.50", "-0.5"),
    ] {
        let text = format!("七、依申请公开信息收取的费用 | 万元 | {printed} |\n");
        let report = gongkai::parse(&text).unwrap();
        let cell = report.records().find(|cell| cell.id == Indicator::Fees.into()).unwrap();
        let line = serde_json::to_string(&cell).unwrap();
        assert!(line.contains(&format!("\"value\":{json},")), "{line}");
        let again: CellRecord = serde_json::from_str(&line).unwrap();
        let Figure::Number(number) = again.figure else { panic!("{line}") };
        assert_eq!(number.to_string(), printed, "{line}");
        assert_eq!(again.unit, Some(Unit::WanYuan));
    }
}

#[test]
fn places_lie_in_the_original_bytes() {
    for (name, text) in REPORTS {
        let (bytes, _, lossy) = encoding_rs::GB18030.encode(text);
        assert!(!lossy);
        let report = gongkai::parse_bytes(&bytes).unwrap();
        let json = json(&report);
        assert_eq!(json["encoding"], "GB18030");
        let original = |of: &Value| -> String {
            let (start, end) = (of["start"].as_u64().unwrap() as usize, of["end"].as_u64().unwrap() as usize);
            encoding_rs::GB18030.decode(&bytes[start..end]).0.into_owned()
        };
        let mut placed = 0;
        for cell in json["forms"][0]["cells"].as_array().unwrap() {
            if cell["start"].is_null() {
                assert_eq!(cell["state"], "missing", "{name}: {cell}");
                continue;
            }
            assert_eq!(original(cell), cell["raw"].as_str().unwrap(), "{name}: {cell}");
            placed += 1;
        }
        assert!(placed >= 5, "{name}");
        for section in json["sections"].as_array().unwrap() {
            assert_eq!(original(section), section["heading"].as_str().unwrap(), "{name}");
        }
        for key in ["title", "agency"] {
            let stated = &json["meta"][key];
            assert!(
                stated.is_null() || original(stated) == stated["value"].as_str().unwrap(),
                "{name}: {stated}"
            );
        }
    }
}

#[test]
fn parts_that_do_not_fit_are_an_error() {
    let cell = r#"{"template":"v2014","table":"statistics","row":"fees","column":"value","state":"number","value":12.5,"scale":2,"unit":"万元","raw":"12.50","start":54,"end":59}"#;
    assert!(serde_json::from_str::<CellRecord>(cell).is_ok());
    for (part, other, message) in [
        ("\"fees\"", "\"granted\"", "table statistics has no cell granted/value"),
        ("\"template\":\"v2014\",", "", "a cell does not say of which template it is"),
        ("\"v2014\"", "\"v1999\"", "the id of a version of the form"),
        ("\"number\"", "\"blank\"", "a cell is not in the state \"blank\" with a value"),
        ("\"number\"", "\"guess\"", "a cell is not in the state \"guess\", which this version does not know"),
        ("12.5,", "null,", "a cell is not in the state \"number\" without a value"),
        ("12.5,", "12.505,", "12.505 cannot be given 2 decimals"),
        ("12.5,", "\"about 12\",", "a decimal number of at most 28 digits"),
        ("\"scale\":2", "\"scale\":4000000000", "12.5 cannot be given 4000000000 decimals"),
        ("\"万元\"", "\"斤\"", "the wording of a unit"),
        ("\"end\":59", "\"end\":3", "is no place"),
        ("\"end\":59", "\"end\":null", "is no place"),
    ] {
        let broken = cell.replacen(part, other, 1);
        assert_ne!(broken, cell);
        let error = serde_json::from_str::<CellRecord>(&broken).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn no_form_is_an_empty_list() {
    let report =
        gongkai::parse("2023年,我局主动公开政府信息6件。\n一、总体情况\n好。\n（一）详情。\n细。\n").unwrap();
    let json = json(&report);
    assert_eq!(json["forms"], Value::Array(vec![]));
    assert_eq!(json["preamble"][0], "2023年,我局主动公开政府信息6件。");
    assert_eq!(json["diagnostics"][0]["code"], "no-statutory-table");
    assert_eq!(json["diagnostics"][0]["start"], Value::Null);
    // Each paragraph stands once, under the heading right above it.
    assert_eq!(json["sections"][0]["prose"].as_array().unwrap().len(), 1);
    assert_eq!(report.records().count(), 0);
}
