//! The program on a generated corpus whose sums are known.
//!
//! `CORPUS_DOCUMENTS=100000 cargo test --release` takes as many documents; a few thousand by default. `CORPUS_FOLDER` names a
//! folder that keeps tree and dataset.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use arrow_array::cast::AsArray;
use arrow_array::types::Decimal128Type;
use arrow_array::{Array, RecordBatch};
use gongkai::Number;
use gongkai::form::{
    Applicant, CellId, DisclosureMeasure, DisclosureRow, Figure, Form, Indicator, RequestRow, SchemaVersion,
};
use gongkai::write::{Dialect, write_form};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// One document in so many is no text.
const UNREADABLE: usize = 500;
/// One document in so many is GB18030.
const GB18030: usize = 7;
/// Those in which a bar ends every cell, so that no cell of a consistent form is in doubt.
const DIALECTS: [Dialect; 9] = [
    Dialect::V1_12Rows,
    Dialect::V1_12Cells,
    Dialect::V1_12Tight,
    Dialect::V1_4Rows,
    Dialect::V1_9Rows,
    Dialect::V2_0Rows,
    Dialect::V2_0Cells,
    Dialect::V2_1,
    Dialect::Markdown,
];
/// Amounts have two decimals; Parquet has ten.
const CENT: i128 = 100_000_000;

/// What the documents hold together.
#[derive(Default, Debug, PartialEq)]
struct Expected {
    readable: usize,
    unreadable: usize,
    cells: usize,
    templates: BTreeMap<String, usize>,
    /// Received, granted, denied for state secrets, by year.
    sums: BTreeMap<usize, [i128; 3]>,
    /// Amounts of money in hundredths of 万元.
    cents: i128,
}

/// The form of document `number`: consistent, so that no rule has a finding; its figures are counted into `expected`.
fn form(number: usize, expected: &mut Expected) -> (usize, Form) {
    let year = 2014 + number % 11;
    let version = match year {
        ..=2018 => SchemaVersion::V2014,
        2019 | 2020 => SchemaVersion::V2019,
        _ => SchemaVersion::V2021,
    };
    let (granted, denied) = ((number % 97) as i64, (number % 5) as i64);
    let cents = (number % 1013) as i64;
    let received = granted + denied;
    let by = |row, applicant| CellId::from((row, applicant));
    let mut figures: BTreeMap<CellId, Number> = BTreeMap::new();
    let mut amount = None;
    if version == SchemaVersion::V2014 {
        for (indicator, value) in [
            (Indicator::ApplicationsReceived, received),
            (Indicator::ApplicationsReceivedInPerson, received),
            (Indicator::ApplicationsCompleted, received),
            (Indicator::ApplicationsCompletedOnTime, received),
            (Indicator::ApplicationsReplied, received),
            (Indicator::ApplicationsRepliedGranted, granted),
            (Indicator::ApplicationsRepliedDenied, denied),
            (Indicator::ApplicationsRepliedDeniedStateSecret, denied),
        ] {
            figures.insert(indicator.into(), value.into());
        }
        amount = Some(Indicator::Fees.into());
    } else {
        for (row, value) in [
            (RequestRow::NewReceived, received),
            (RequestRow::Granted, granted),
            (RequestRow::DeniedStateSecret, denied),
            (RequestRow::OutcomeTotal, received),
        ] {
            figures.insert(by(row, Applicant::NaturalPerson), value.into());
            figures.insert(by(row, Applicant::Total), value.into());
        }
        if version == SchemaVersion::V2021 {
            amount = Some((DisclosureRow::AdministrativeFees, DisclosureMeasure::FeesCollected).into());
        }
    }
    if let Some(id) = amount {
        let printed: Number =
            serde_json::from_str(&format!("\"{}.{:02}\"", cents / 100, cents % 100)).unwrap();
        figures.insert(id, printed);
        expected.cents += i128::from(cents);
    }
    let zero = Number::from(0);
    let cells = version.cells().iter().map(|spec| {
        let figure = figures.get(&spec.id).copied().unwrap_or(zero);
        (spec.id, Figure::Number(figure), None)
    });
    expected.readable += 1;
    expected.cells += version.cells().len();
    *expected.templates.entry(version.id().to_owned()).or_default() += 1;
    let sums = expected.sums.entry(year).or_default();
    for (sum, value) in sums.iter_mut().zip([received, granted, denied]) {
        *sum += i128::from(value);
    }
    (year, Form::from_cells(version, cells))
}

/// Document `number`, as text; `None` where it is to be no text.
fn text(number: usize, expected: &mut Expected) -> Option<String> {
    if number % UNREADABLE == UNREADABLE - 1 {
        expected.unreadable += 1;
        return None;
    }
    let (year, form) = form(number, expected);
    let tables = write_form(&form, DIALECTS[number % DIALECTS.len()]).unwrap();
    Some(format!("第{number}局{year}年政府信息公开工作年度报告\n\n{tables}"))
}

/// Writes a tree of `count` documents, a hundred in a folder.
fn tree(folder: &Path, count: usize) -> Expected {
    let mut expected = Expected::default();
    for number in 0..count {
        let below = folder.join(format!("{:05}", number / 100));
        fs::create_dir_all(&below).unwrap();
        let bytes = match text(number, &mut expected) {
            None => b"%PDF-1.7\n\0\0\0\x01\x02\xff\xfe\0".to_vec(),
            Some(text) if number % GB18030 == 0 => encoding_rs::GB18030.encode(&text).0.into_owned(),
            Some(text) => text.into_bytes(),
        };
        fs::write(below.join(format!("{number:07}.txt")), bytes).unwrap();
    }
    expected
}

fn corpus(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_corpus")).args(arguments).output().unwrap()
}

fn run(input: &str, output: &Path, more: &[&str]) -> Output {
    let output = output.to_str().unwrap();
    let ran = corpus(&[&[input, "--output", output], more].concat());
    let code = ran.status.code();
    assert!(matches!(code, Some(0 | 3)), "{code:?} {}", String::from_utf8_lossy(&ran.stderr));
    ran
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn batches(folder: &Path) -> impl Iterator<Item = RecordBatch> {
    files(folder).into_iter().flat_map(|path| {
        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
        reader.build().unwrap().map(Result::unwrap)
    })
}

/// What the dataset holds together; and the names of its documents in order.
fn read(dataset: &Path) -> (Expected, Vec<String>) {
    let mut read = Expected::default();
    let mut names = Vec::new();
    for batch in batches(&dataset.join("metrics")) {
        let text = |name: &str| batch.column_by_name(name).unwrap().as_string::<i32>().clone();
        let (files, templates) = (text("file"), text("template"));
        let years =
            batch.column_by_name("report_year").unwrap().as_primitive::<arrow_array::types::Int64Type>();
        let decimal = |name: &str| batch.column_by_name(name).unwrap().as_primitive::<Decimal128Type>();
        let metrics = ["received", "granted", "denied_state_secret"].map(decimal);
        let amounts = ["fees_disclosure", "fees_administrative"].map(decimal);
        for at in 0..batch.num_rows() {
            names.push(files.value(at).to_owned());
            read.readable += 1;
            *read.templates.entry(templates.value(at).to_owned()).or_default() += 1;
            let sums = read.sums.entry(usize::try_from(years.value(at)).unwrap()).or_default();
            for (sum, metric) in sums.iter_mut().zip(metrics) {
                assert!(metric.is_valid(at));
                assert_eq!(metric.value(at) % (100 * CENT), 0);
                *sum += metric.value(at) / (100 * CENT);
            }
            for amount in amounts.iter().filter(|amount| amount.is_valid(at)) {
                assert_eq!(amount.value(at) % CENT, 0);
                // In 2019 and 2020 the form counts fees, and these documents have none.
                read.cents += amount.value(at) / CENT;
            }
        }
    }
    read.cells = batches(&dataset.join("cells")).map(|batch| batch.num_rows()).sum();
    read.unreadable = batches(&dataset.join("unreadable")).map(|batch| batch.num_rows()).sum();
    (read, names)
}

#[test]
fn a_tree_gives_the_known_sums() {
    let count = std::env::var("CORPUS_DOCUMENTS").map_or(3000, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("CORPUS_FOLDER").map(PathBuf::from);
    let folder = kept.as_deref().unwrap_or(folder.path());
    let (input, dataset) = (folder.join("tree"), folder.join("dataset"));
    let expected = tree(&input, count);
    let ran = run(input.to_str().unwrap(), &dataset, &["--part", "200"]);
    assert_eq!(ran.status.code(), Some(3), "some documents are unreadable");

    let (read, names) = read(&dataset);
    assert_eq!(read, expected);
    assert!(names.is_sorted(), "the order is that of the tree");
    let findings: usize = batches(&dataset.join("findings")).map(|batch| batch.num_rows()).sum();
    assert_eq!(findings, 0, "the documents are consistent");

    let summary: serde_json::Value =
        serde_json::from_slice(&fs::read(dataset.join("summary.json")).unwrap()).unwrap();
    assert_eq!(summary["reports"], expected.readable);
    let numbers: u64 =
        summary["states"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(numbers, expected.cells as u64);
    assert_eq!(summary["unreadable"].as_array().unwrap().len(), expected.unreadable);
    for (year, [received, ..]) in &expected.sums {
        assert_eq!(
            summary["years"][year.to_string()]["sums"]["received"]["sum"].to_string(),
            received.to_string()
        );
    }
    let page = fs::read_to_string(dataset.join("summary.html")).unwrap();
    assert_eq!(page.matches("<svg").count(), 3);
    assert!(!page.contains("<script") && !page.contains("src="));
    duckdb(&dataset, &expected);
}

/// The same sums by a query of DuckDB, where its Python package is there: `PYTHON` names the interpreter.
fn duckdb(dataset: &Path, expected: &Expected) {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let probe = Command::new(&python).args(["-c", "import duckdb"]).output();
    if !probe.is_ok_and(|output| output.status.success()) {
        println!("{python} has no package duckdb: no query was run");
        return;
    }
    let program = "
import duckdb, sys
rows = duckdb.sql(f\"\"\"
    SELECT report_year, sum(value)::BIGINT FROM read_parquet('{sys.argv[1]}/cells/*.parquet')
    WHERE state = 'number' AND ((row = 'new_received' AND \\\"column\\\" = 'total') OR row = 'applications.received')
    GROUP BY report_year ORDER BY report_year\"\"\").fetchall()
for year, received in rows: print(year, received)
";
    let output = Command::new(&python).args(["-c", program, dataset.to_str().unwrap()]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sums: Vec<String> =
        expected.sums.iter().map(|(year, [received, ..])| format!("{year} {received}")).collect();
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().collect::<Vec<_>>(), sums);
    println!("DuckDB finds the same sums");
}

#[test]
fn a_run_is_the_same_on_one_thread_and_after_it_was_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let (input, once, again) =
        (folder.path().join("tree"), folder.path().join("once"), folder.path().join("again"));
    tree(&input, 300);
    let input = input.to_str().unwrap();
    let same = |what: &str| {
        for table in ["cells", "metrics", "findings", "unreadable", "parts"] {
            let (ours, theirs) = (files(&once.join(table)), files(&again.join(table)));
            assert_eq!(ours.len(), 6);
            assert_eq!(theirs.len(), 6, "{what}: {theirs:?}");
            for (ours, theirs) in ours.iter().zip(&theirs) {
                assert_eq!(ours.file_name(), theirs.file_name());
                assert!(fs::read(ours).unwrap() == fs::read(theirs).unwrap(), "{what}: {}", theirs.display());
            }
        }
    };
    run(input, &once, &["--part", "50"]);
    run(input, &again, &["--part", "50", "--threads", "1"]);
    same("one thread");

    // As if it had been stopped in part 3, with part 4 complete.
    fs::remove_file(again.join("parts/part-000003.json")).unwrap();
    fs::remove_file(again.join("metrics/part-000003.parquet")).unwrap();
    fs::rename(again.join("cells/part-000003.parquet"), again.join("cells/part-000003.unfinished")).unwrap();
    let kept = fs::metadata(again.join("cells/part-000004.parquet")).unwrap().modified().unwrap();
    run(input, &again, &["--part", "50", "--resume"]);
    same("resumed");
    assert_eq!(fs::metadata(again.join("cells/part-000004.parquet")).unwrap().modified().unwrap(), kept);

    let again = again.to_str().unwrap();
    assert_eq!(
        corpus(&[input, "--output", again, "--part", "50"]).status.code(),
        Some(2),
        "without --resume"
    );
    assert_eq!(corpus(&[input, "--output", again, "--part", "60", "--resume"]).status.code(), Some(2));
    assert_eq!(corpus(&["no such folder", "--output", again]).status.code(), Some(2));
    assert_eq!(corpus(&["--help"]).status.code(), Some(0));
}

#[test]
fn columns_of_text_are_read_like_files() {
    let folder = tempfile::tempdir().unwrap();
    let mut expected = Expected::default();
    let mut lines = String::new();
    let (mut urls, mut contents) = (Vec::new(), Vec::new());
    for number in 0..120 {
        let content = text(number, &mut expected).unwrap();
        let url = format!("page-{number:03}");
        lines += &(serde_json::json!({ "url": url, "content": content }).to_string() + "\n");
        urls.push(url);
        contents.push(content);
    }
    lines += "{\"url\": \"page-120\", \"content\": 3}\nno JSON\n";
    fs::write(folder.path().join("pages.jsonl"), lines).unwrap();
    let columns = RecordBatch::try_from_iter([
        ("url", std::sync::Arc::new(arrow_array::StringArray::from(urls.clone())) as arrow_array::ArrayRef),
        ("content", std::sync::Arc::new(arrow_array::LargeStringArray::from(contents))),
    ])
    .unwrap();
    let file = File::create(folder.path().join("pages.parquet")).unwrap();
    let mut writer = parquet::arrow::ArrowWriter::try_new(file, columns.schema(), None).unwrap();
    writer.write(&columns).unwrap();
    writer.close().unwrap();

    for (input, unreadable) in [("pages.jsonl", 2), ("*.parquet", 0)] {
        let dataset = folder.path().join(format!("dataset-{unreadable}"));
        let input = folder.path().join(input);
        let options = ["--column", "content", "--name", "url", "--part", "50"];
        run(input.to_str().unwrap(), &dataset, &options);
        let (read, names) = read(&dataset);
        assert_eq!(names, urls);
        assert_eq!(read.unreadable, unreadable);
        assert_eq!(read, Expected { unreadable, ..text_sums(120) });
    }
}

fn text_sums(count: usize) -> Expected {
    let mut expected = Expected::default();
    (0..count).for_each(|number| drop(text(number, &mut expected)));
    expected
}

#[test]
fn each_format_has_the_same_rows() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("tree");
    let expected = tree(&input, 30);
    for (format, heads) in [("csv", 1), ("jsonl", 0)] {
        let dataset = folder.path().join(format);
        run(input.to_str().unwrap(), &dataset, &["--format", format]);
        let cells = fs::read_to_string(dataset.join(format!("cells/part-000000.{format}"))).unwrap();
        assert_eq!(cells.lines().count(), expected.cells + heads);
        let metrics = fs::read_to_string(dataset.join(format!("metrics/part-000000.{format}"))).unwrap();
        assert_eq!(metrics.lines().count(), expected.readable + heads);
    }
}
