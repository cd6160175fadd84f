//! The real reports: every cell, every span, in every dress.
//!
//! They are read from the folder that `GONGKAI_CORPUS` names: `NAME.txt` beside `NAME.expected.json`. Without the variable
//! the tests say that they were skipped.

use std::path::PathBuf;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use gongkai::form::{Figure, SectionId, Table};
use gongkai::{Report, parse, parse_bytes};
use serde_json::Value;

pub struct Sample {
    pub name: String,
    pub text: String,
    pub expected: Value,
}

/// All reports of the corpus; `None`, with a word on it, where there is none.
pub fn corpus() -> Option<Vec<Sample>> {
    let Some(folder) = std::env::var_os("GONGKAI_CORPUS").map(PathBuf::from) else {
        eprintln!("skipped: GONGKAI_CORPUS names no folder of reports");
        return None;
    };
    let mut samples = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the folder of GONGKAI_CORPUS can be read") {
        let path = entry.expect("a folder entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix(".expected.json") {
            let text =
                std::fs::read_to_string(folder.join(format!("{stem}.txt"))).expect("the report's text");
            let expected = std::fs::read_to_string(&path).expect("the expected cells");
            let expected = serde_json::from_str(&expected).expect("the expected cells as JSON");
            samples.push(Sample { name: stem.to_owned(), text, expected });
        }
    }
    samples.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!samples.is_empty(), "{} holds no NAME.expected.json", folder.display());
    Some(samples)
}

/// Compares every cell of the report with the expected ones, and its bytes with `original`.
fn check_cells(
    name: &str,
    report: &Report<'_>,
    expected: &Value,
    original: &[u8],
    decode: &dyn Fn(&[u8]) -> String,
) {
    report.verify().unwrap_or_else(|violation| panic!("{name}: {violation}"));
    let form = report.form().unwrap_or_else(|| panic!("{name}: no form"));
    assert_eq!(form.version().id(), expected["template"], "{name}");
    let cells = expected["cells"].as_array().expect("cells");
    assert_eq!(form.cells().len(), cells.len(), "{name}");
    for ((spec, cell), wanted) in form.cells().zip(cells) {
        let id = spec.id;
        let at = format!("{name} {id}");
        assert_eq!(
            (id.table().id(), id.row.id(), id.column.id()),
            (text(wanted, "table"), text(wanted, "row"), text(wanted, "column"))
        );
        assert_eq!(cell.figure().state(), wanted["state"], "{at}");
        match cell.figure() {
            Figure::Number(number) => assert_eq!(number.to_string(), wanted["value"].to_string(), "{at}"),
            _ => assert!(wanted["value"].is_null(), "{at}"),
        }
        if let Some(unit) = wanted["unit"].as_str() {
            assert_eq!(cell.unit().map(|unit| unit.label()), Some(unit), "{at}");
        }
        let span = cell.span().unwrap_or_else(|| panic!("{at} has no span"));
        let bytes = &original[report.byte_span(span).range()];
        assert_eq!(decode(bytes), text(wanted, "raw"), "{at}");
        assert_eq!(report.text(span), text(wanted, "raw"), "{at}");
    }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} of {value}"))
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn utf16(bytes: &[u8]) -> String {
    encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned()
}

fn gb18030(bytes: &[u8]) -> String {
    encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned()
}

/// The report in every dress it must be read in.
fn check_dresses(name: &str, source: &str, expected: &Value) {
    let report = parse(source).expect("a report");
    assert!(report.source().is_borrowed());
    check_cells(name, &report, expected, source.as_bytes(), &utf8);
    let owned = report.into_owned();
    check_cells(&format!("{name} owned"), &owned, expected, source.as_bytes(), &utf8);

    let report = parse_bytes(source.as_bytes()).expect("a report");
    assert!(report.source().is_borrowed());
    check_cells(&format!("{name} as bytes"), &report, expected, source.as_bytes(), &utf8);

    let marked = format!("\u{feff}{source}");
    let report = parse_bytes(marked.as_bytes()).expect("a report");
    check_cells(&format!("{name} with a mark"), &report, expected, marked.as_bytes(), &utf8);

    let lines = source.replace('\n', "\r\n");
    let report = parse(&lines).expect("a report");
    check_cells(&format!("{name} CRLF"), &report, expected, lines.as_bytes(), &utf8);

    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(source.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let report = parse_bytes(&wide).expect("a report");
    check_cells(&format!("{name} UTF-16"), &report, expected, &wide, &utf16);

    let (gbk, _, lossy) = encoding_rs::GB18030.encode(source);
    assert!(!lossy, "{name} fits GB18030");
    let report = parse_bytes(&gbk).expect("a report");
    check_cells(&format!("{name} GB18030"), &report, expected, &gbk, &gb18030);
}

/// The report with every figure replaced by a number of its own, and the cells to match.
///
/// Built from the text alone, not from what the parser found: the cells of these reports stand in the order of the form.
pub fn numbered_twin(sample: &Sample) -> (String, Value) {
    let mut twin = String::new();
    let mut next = 1001;
    let mut numbers = Vec::new();
    for line in sample.text.split_inclusive('\n') {
        if !line.contains('|') {
            twin.push_str(line);
            continue;
        }
        let cells: Vec<String> = line
            .split('|')
            .map(|cell| {
                let figure = cell.trim();
                if figure.is_empty() || !figure.bytes().all(|byte| byte.is_ascii_digit()) {
                    return cell.to_owned();
                }
                numbers.push(next);
                next += 1;
                cell.replace(figure, &(next - 1).to_string())
            })
            .collect();
        twin.push_str(&cells.join("|"));
    }
    let mut expected = sample.expected.clone();
    let mut numbers = numbers.into_iter();
    for cell in expected["cells"].as_array_mut().expect("cells") {
        if cell["state"] == "number" {
            let number: i64 = numbers.next().expect("a figure for each number");
            cell["value"] = number.into();
            cell["raw"] = number.to_string().into();
        }
    }
    assert_eq!(numbers.next(), None, "{} has figures that are no cells", sample.name);
    (twin, expected)
}

#[test]
fn every_cell_in_every_dress() {
    let Some(samples) = corpus() else { return };
    let mut cells = 0;
    for sample in &samples {
        check_dresses(&sample.name, &sample.text, &sample.expected);
        cells += sample.expected["cells"].as_array().map_or(0, Vec::len);
    }
    eprintln!("{cells} cells of {} reports are right", samples.len());
}

#[test]
fn every_cell_of_the_numbered_twins() {
    let Some(samples) = corpus() else { return };
    for sample in &samples {
        let (twin, expected) = numbered_twin(sample);
        check_dresses(&format!("{} numbered", sample.name), &twin, &expected);
    }
}

#[test]
fn every_cell_in_traditional_characters() {
    let Some(samples) = corpus() else { return };
    for config in [BuiltinConfig::S2t, BuiltinConfig::S2tw, BuiltinConfig::S2hk] {
        let opencc = OpenCC::from_config(config).expect("OpenCC's own dictionaries");
        for sample in
            samples.iter().filter(|sample| !sample.text.contains('區') && !sample.text.contains('縣'))
        {
            for (source, expected) in [(sample.text.clone(), sample.expected.clone()), numbered_twin(sample)]
            {
                let traditional = opencc.convert(&source);
                assert_ne!(traditional, source);
                let report = parse(&traditional).expect("a report");
                check_cells(
                    &format!("{} Traditional", sample.name),
                    &report,
                    &expected,
                    traditional.as_bytes(),
                    &utf8,
                );
            }
        }
    }
}

#[test]
fn what_the_reports_say_of_themselves() {
    let Some(samples) = corpus() else { return };
    for sample in &samples {
        let report = parse(&sample.text).expect("a report");
        let (meta, wanted) = (report.meta(), &sample.expected["meta"]);
        let name = &sample.name;
        assert_eq!(meta.report_year.map(|year| year.value.into()), wanted["report_year"].as_u64(), "{name}");
        assert_eq!(meta.table_year.map(|year| year.value.into()), wanted["table_year"].as_u64(), "{name}");
        assert_eq!(meta.agency.map(|span| report.text(span)), wanted["agency"].as_str(), "{name}");
        let period = meta.period.map(|period| [period.value.0.to_string(), period.value.1.to_string()]);
        let wanted_period: Option<Vec<&str>> =
            wanted["period"].as_array().map(|days| days.iter().filter_map(Value::as_str).collect());
        assert_eq!(
            period.as_ref().map(|days| days.iter().map(String::as_str).collect()),
            wanted_period,
            "{name}"
        );
        let filed = meta.filing_date.map(|date| date.value);
        match (wanted["filed"].as_str(), wanted["filed_incomplete"].as_str()) {
            (Some(day), _) => assert_eq!(filed.map(|date| date.to_string()).as_deref(), Some(day), "{name}"),
            (None, Some(day)) => {
                let date = filed.unwrap_or_else(|| panic!("{name} has a filing date"));
                assert_eq!(
                    (date.year, format!("{}月{}日", date.month, date.day).as_str()),
                    (None, day),
                    "{name}"
                );
            }
            (None, None) => assert_eq!(filed, None, "{name}"),
        }
        let top = || report.sections().iter().filter(|section| section.level() == 1);
        if let Some(ids) = wanted["sections"].as_array() {
            let found: Vec<&str> = top().filter_map(|section| section.id()).map(SectionId::id).collect();
            assert_eq!(found, ids.iter().filter_map(Value::as_str).collect::<Vec<_>>(), "{name}");
        }
        if let Some(headings) = wanted["headings"].as_array() {
            let found: Vec<&str> = top().map(|section| report.text(section.heading())).collect();
            assert_eq!(found, headings.iter().filter_map(Value::as_str).collect::<Vec<_>>(), "{name}");
        }
        let signatories = wanted["signatories"].as_object();
        assert_eq!(meta.signatories.len(), signatories.map_or(0, serde_json::Map::len), "{name}");
        for (field, span) in &meta.signatories {
            assert_eq!(report.text(*span), wanted["signatories"][field.label()], "{name}");
        }
    }
}

/// The diagnostics that each report gives rise to, by code.
#[test]
fn findings_of_the_reports() {
    let Some(samples) = corpus() else { return };
    for sample in &samples {
        let report = parse(&sample.text).expect("a report");
        let codes: Vec<&str> = report.diagnostics().iter().map(|finding| finding.code().as_str()).collect();
        let wanted: &[&str] = match &sample.name[..3] {
            "002" => &["header-truncated", "header-truncated"],
            "003" => &["label-truncated", "date-incomplete"],
            _ => &[],
        };
        assert_eq!(codes, wanted, "{}", sample.name);
        for finding in
            report.diagnostics().iter().filter(|finding| finding.code().as_str() == "header-truncated")
        {
            assert_eq!(report.text(finding.span().expect("a span")), "本年新");
            assert_eq!(finding.cells().len(), 2, "the column's two cells");
        }
    }
}

/// The site's footer and the signature of the last section are kept out of its prose, and not lost.
#[test]
fn prose_ends_where_the_report_ends() {
    let Some(samples) = corpus() else { return };
    let sample = samples.iter().find(|sample| sample.name.starts_with("002")).expect("report 002");
    let report = parse(&sample.text).expect("a report");
    let last = report.section(SectionId::OtherMatters).expect("section 六");
    let prose: Vec<&str> = report.prose(last).map(|span| report.text(span)).collect();
    assert_eq!(prose, ["无"]);
    let blocks = &report.document().blocks()[last.blocks()];
    let furniture =
        blocks.iter().filter(|block| block.kind() == gongkai::document::BlockKind::Furniture).count();
    assert_eq!((blocks.len(), furniture), (6, 3));
}

/// Every line with a bar is accepted whole by the grammar, and its pieces put it together again.
#[test]
fn the_grammar_accepts_every_table_line() {
    use gongkai::grammar::cell::{Piece, read_line};
    let Some(samples) = corpus() else { return };
    for sample in &samples {
        let mut lines = 0;
        for line in sample.text.lines().filter(|line| line.contains('|')) {
            let pieces = read_line(line).unwrap_or_else(|| panic!("{}: {line}", sample.name));
            assert!(!pieces.is_empty(), "{}: {line}", sample.name);
            let bars: usize = pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Text(_) | Piece::Digits(_) => 1,
                    Piece::Open(_) => 0,
                    Piece::Bars(bars) => bars.len(),
                })
                .sum();
            assert_eq!(bars, line.matches('|').count(), "{}: {line}", sample.name);
            lines += 1;
        }
        assert!(lines > 60, "{}: {lines} table lines", sample.name);
    }
}

/// No panic, and every invariant, on every prefix, and with each line removed, doubled or joined to the next.
#[test]
fn every_prefix_and_every_line_fault() {
    let Some(samples) = corpus() else { return };
    let check = |name: &str, text: &str| {
        let report = parse(text).expect("within the limit");
        report.verify().unwrap_or_else(|violation| panic!("{name}: {violation}"));
    };
    for sample in &samples {
        for (end, _) in sample.text.char_indices() {
            check(&sample.name, &sample.text[..end]);
        }
        let lines: Vec<&str> = sample.text.split_inclusive('\n').collect();
        for at in 0..lines.len() {
            let (before, line, after) = (lines[..at].concat(), lines[at], lines[at + 1..].concat());
            check(&sample.name, &format!("{before}{after}"));
            check(&sample.name, &format!("{before}{line}{line}{after}"));
            check(&sample.name, &format!("{before}{}{after}", line.trim_end_matches('\n')));
            check(&sample.name, &format!("{before}{} {after}", line.trim_end_matches('\n')));
        }
    }
}

/// A truncated row never costs its neighbours a cell.
#[test]
fn a_lost_line_costs_one_row() {
    let Some(samples) = corpus() else { return };
    for sample in &samples {
        let (twin, expected) = numbered_twin(sample);
        let lines: Vec<&str> = twin.split_inclusive('\n').collect();
        for at in (0..lines.len()).filter(|at| {
            lines[*at].trim_end_matches(['|', ' ', '\n']).bytes().all(|byte| byte.is_ascii_digit())
        }) {
            let damaged = [&lines[..at], &lines[at + 1..]].concat().concat();
            let report = parse(&damaged).expect("a report");
            let form = report.form().expect("a form");
            let wanted = expected["cells"].as_array().expect("cells");
            for ((spec, cell), wanted) in form.cells().zip(wanted) {
                if let Some(number) = cell.number() {
                    assert_eq!(
                        number.to_string(),
                        wanted["value"].to_string(),
                        "{}: line {at} lost, {}",
                        sample.name,
                        spec.id
                    );
                }
            }
            let wrong = form
                .cells()
                .zip(wanted)
                .filter(|((_, cell), wanted)| cell.figure().state() != wanted["state"]);
            let most =
                if form.cells().any(|(spec, _)| spec.id.table() == Table::ReviewLitigation) { 15 } else { 1 };
            assert!(wrong.count() <= most, "{}: line {at} lost", sample.name);
        }
    }
}
