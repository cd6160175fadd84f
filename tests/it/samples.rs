//! Documents in many dialects, each as a page and as an extractor printed it: every cell is right, or flagged.
//!
//! They are read from the folder that `GONGKAI_SAMPLES` names: `NAME.html`, `NAME.txt` and `NAME.expected.json`, which gives each
//! cell a status. Without the variable the test says that it was skipped.
//!
//! | status | what the text shows | what may be read |
//! | --- | --- | --- |
//! | `exact` | the cell, in its place | that |
//! | `blank` | an empty cell | a blank |
//! | `blank_dropped`, `absent` | nothing | nothing, a blank |
//! | any other | the cell, and not which one it is | nothing, with a finding; or that, where the sums tell |
//!
//! A page shows every cell in its place.

use std::path::PathBuf;

use gongkai::form::{Cell, CellId, Figure, SchemaVersion};
use gongkai::{Report, parse_bytes, parse_html};
use serde_json::Value;

use super::damage::is_flagged;

/// Of the cells in their places at least so many must be right, and of those at most so many may be flagged.
const MIN_RIGHT: f64 = 0.995;
const MAX_FLAGGED: f64 = 0.01;

#[derive(Default, Debug)]
struct Counts {
    in_place: usize,
    right: usize,
    right_and_flagged: usize,
    silent: Vec<String>,
}

#[test]
fn every_cell_of_the_samples_is_right_or_flagged() {
    let Some(folder) = std::env::var_os("GONGKAI_SAMPLES").map(PathBuf::from) else {
        eprintln!("skipped: GONGKAI_SAMPLES names no folder of samples");
        return;
    };
    let mut counts = Counts::default();
    let mut documents = 0;
    for entry in std::fs::read_dir(&folder).expect("the folder of GONGKAI_SAMPLES can be read") {
        let name = entry.expect("a folder entry").file_name().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".expected.json") else { continue };
        let read = |extension: &str| {
            let path = folder.join(format!("{stem}.{extension}"));
            std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        let expected: Value =
            serde_json::from_slice(&read("expected.json")).expect("the expected cells as JSON");
        let (text, page) = (read("txt"), read("html"));
        judge(&format!("{stem}.txt"), &parse_bytes(&text).expect("a report"), &expected, false, &mut counts);
        judge(&format!("{stem}.html"), &parse_html(&page).expect("a report"), &expected, true, &mut counts);
        documents += 1;
    }
    assert!(documents > 0, "{} holds no NAME.expected.json", folder.display());
    let Counts { in_place, right, right_and_flagged, silent } = counts;
    println!(
        "{documents} samples, as text and as pages: of {in_place} cells in their places {right} are right, \
         {right_and_flagged} of them flagged; {} are silently wrong",
        silent.len()
    );
    assert!(silent.is_empty(), "{silent:#?}");
    assert!(right as f64 >= MIN_RIGHT * in_place as f64, "{right} of {in_place} cells are right");
    assert!(
        right_and_flagged as f64 <= MAX_FLAGGED * right as f64,
        "{right_and_flagged} of {right} are flagged"
    );
}

fn judge(name: &str, report: &Report<'_>, expected: &Value, page: bool, counts: &mut Counts) {
    report.verify().unwrap_or_else(|violation| panic!("{name}: {violation}"));
    for wanted in expected["cells"].as_array().expect("cells") {
        let id = id_of(wanted);
        let cell = report.cells().find(|(_, spec, _)| spec.id == id).map(|(_, _, cell)| cell);
        let flagged = is_flagged(report, id);
        let status = wanted["status"].as_str().expect("a status");
        let shows_blank = cell.is_some_and(|cell| cell.figure() == Figure::Blank);
        let shows_nothing = cell.is_none_or(|cell| cell.figure() == Figure::Missing);
        let (in_place, right) = match status {
            "blank" => (false, shows_blank),
            "blank_dropped" | "absent" => (false, shows_blank || shows_nothing),
            "exact" => (true, cell.is_some_and(|cell| shows(report, cell, wanted))),
            _ => (page, cell.is_some_and(|cell| shows(report, cell, wanted))),
        };
        counts.in_place += usize::from(in_place);
        counts.right += usize::from(in_place && right);
        counts.right_and_flagged += usize::from(in_place && right && flagged);
        if !right && !flagged {
            let found = cell.map(|cell| cell.figure());
            counts.silent.push(format!("{name}: {id}, {status}, is {found:?}, not {}", wanted["raw"]));
        }
    }
}

/// Whether the cell holds what the source shows: its number, or a mark.
fn shows(report: &Report<'_>, cell: &Cell, wanted: &Value) -> bool {
    let raw = wanted["raw"].as_str().expect("what the source shows");
    let printed = cell.span().map(|span| report.text(span));
    match (cell.number(), wanted["value"].as_f64()) {
        (Some(number), Some(value)) => number.to_string().parse() == Ok(value),
        (None, None) => cell.figure() == Figure::NotApplicable && printed == Some(raw),
        _ => false,
    }
}

fn id_of(wanted: &Value) -> CellId {
    let id = ["table", "row", "column"].map(|key| wanted[key].as_str().expect("an id")).join("/");
    let mut specs = SchemaVersion::ALL.iter().flat_map(|version| version.cells());
    specs.find(|spec| spec.id.to_string() == id).unwrap_or_else(|| panic!("{id} is no cell of a form")).id
}
