//! The example programs, run as a user runs them: their output is a contract with scripts.
//!
//! | file | what it is |
//! | --- | --- |
//! | `v2021.txt` | a whole report: 198 figures, a blank cell, a mark that the question does not apply |
//! | `v2014.txt` | a report with the older table, its amounts with decimals |
//! | `prose.txt` | a report without a table |
//!
//! The figures add up and differ from cell to cell, the prose is invented. Damaged reports are made of them here.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use gongkai::Metric;
use gongkai::form::SchemaVersion;
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/examples");

/// The contract of `cells`.
const CELL_FIELDS: &[&str] =
    &["file", "template", "table", "row", "column", "state", "value", "unit", "raw", "start", "end"];

/// The contract of `check`.
const FINDING_FIELDS: &[&str] = &["file", "code", "class", "severity", "message", "start", "end", "cells"];

fn fixture(name: &str) -> PathBuf {
    Path::new(FIXTURES).join(name)
}

/// An example program, which `cargo test` builds beside the tests.
fn example(name: &str) -> Command {
    let test = std::env::current_exe().expect("the test has a path");
    let profile = test.ancestors().nth(2).expect("the test lies in target/<profile>/deps");
    let program = profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.exists(),
        "{} is not there: run `cargo build --examples` before a single test target",
        program.display()
    );
    Command::new(program)
}

fn run(name: &str, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Output {
    example(name).args(arguments).stdin(Stdio::null()).output().expect("the example runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("the example ended by itself")
}

fn stdout(output: &Output) -> &str {
    str::from_utf8(&output.stdout).expect("the output is UTF-8")
}

fn stderr(output: &Output) -> &str {
    str::from_utf8(&output.stderr).expect("the messages are UTF-8")
}

/// The objects of JSON Lines, each of which has exactly these fields in this order.
fn objects(output: &Output, fields: &[&str]) -> Vec<Value> {
    let lines = stdout(output).lines().map(|line| serde_json::from_str(line).expect("a line is JSON"));
    let objects: Vec<Value> = lines.collect();
    for object in &objects {
        let names: Vec<&String> = object.as_object().expect("a line is an object").keys().collect();
        assert_eq!(names, fields);
    }
    objects
}

/// The object of the cell `table/row/column`.
fn cell<'o>(objects: &'o [Value], id: &str) -> &'o Value {
    let is = |object: &&Value| {
        let part = |name: &str| object[name].as_str().unwrap_or_default().to_owned();
        [part("table"), part("row"), part("column")].join("/") == id
    };
    objects.iter().find(is).unwrap_or_else(|| panic!("{id} is not printed"))
}

/// State, value as printed, unit and raw text of a cell.
fn shown(objects: &[Value], id: &str) -> String {
    let cell = cell(objects, id);
    format!("{} {} {} {}", cell["state"], cell["value"], cell["unit"], cell["raw"])
}

fn range(object: &Value) -> std::ops::Range<usize> {
    let at = |name: &str| object[name].as_u64().expect("an offset") as usize;
    at("start")..at("end")
}

/// An empty folder of the test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder of an earlier run goes");
    }
    fs::create_dir_all(&folder).expect("a folder is made");
    folder
}

/// `v2021.txt` with 约3件 for the new rules, a terminal's escape in the next cell, and without the row 2.重复申请.
fn damaged() -> String {
    let text = fs::read_to_string(fixture("v2021.txt")).expect("the fixture is there");
    let row = text.lines().find(|line| line.starts_with("2.重复申请")).expect("the row is there");
    let without_row = text.replace(&format!("{row}\n"), "");
    let damaged = without_row.replace("规章 | 2 | 1 |", "规章 | 约3件 | \u{1b}[31m一\u{202e}二 |");
    assert_ne!(damaged, without_row);
    damaged
}

#[test]
fn cells_are_the_whole_form_in_its_order() {
    for version in [SchemaVersion::V2021, SchemaVersion::V2014] {
        let file = fixture(&format!("{version}.txt"));
        let bytes = fs::read(&file).expect("the fixture is there");
        let output = run("cells", [&file]);
        assert_eq!((code(&output), stderr(&output)), (0, ""));
        let objects = objects(&output, CELL_FIELDS);
        assert_eq!(objects.len(), version.cells().len());
        for (object, spec) in objects.iter().zip(version.cells()) {
            assert_eq!(object["file"], file.to_str().expect("the path is UTF-8"));
            assert_eq!(object["template"], version.id());
            assert_eq!(object["table"], spec.id.table().id());
            assert_eq!(object["row"], spec.id.row.id());
            assert_eq!(object["column"], spec.id.column.id());
            assert_eq!(str::from_utf8(&bytes[range(object)]).ok(), object["raw"].as_str(), "{}", spec.id);
        }
    }
}

#[test]
fn cells_show_state_scale_unit_and_raw_text() {
    let objects = objects(&run("cells", [fixture("v2021.txt"), fixture("v2014.txt")]), CELL_FIELDS);
    let shown = |id| shown(&objects, id);
    assert_eq!(shown("active_disclosure/normative_documents/in_force"), r#""number" 1204 null "1,204""#);
    assert_eq!(shown("active_disclosure/normative_documents/repealed"), r#""blank" null null """#);
    assert_eq!(shown("active_disclosure/coercive_measures/decisions"), r#""not_applicable" null null "—""#);
    let fees = "active_disclosure/administrative_fees/fees_collected";
    assert_eq!(shown(fees), r#""number" 12.50 "万元" "12.50""#);
    assert_eq!(shown("requests/new_received/natural_person"), r#""number" 844 null "844""#);
    assert_eq!(shown("requests/carried_forward/other_organization"), r#""number" 4 null "4""#);
    assert_eq!(shown("review_litigation/litigation_after_review/corrected"), r#""number" 13 null "13""#);
    assert_eq!(shown("statistics/fees/value"), r#""number" 3.50 "万元" "3.50""#);
    assert_eq!(shown("statistics/response.channel.other/value"), r#""not_applicable" null "次" "/""#);
}

#[test]
fn cells_show_what_is_missing_or_text() {
    let file = folder("cells_damaged").join("damaged.txt");
    fs::write(&file, damaged()).expect("the report is written");
    let objects = objects(&run("cells", [&file]), CELL_FIELDS);
    assert_eq!(objects.len(), SchemaVersion::V2021.cells().len());
    assert_eq!(shown(&objects, "active_disclosure/rules/issued"), r#""text" null null "约3件""#);
    let missing = cell(&objects, "requests/not_processed.duplicate/total");
    let nulls = ["value", "unit", "raw", "start", "end"].map(|name| missing[name].is_null());
    assert_eq!((missing["state"].as_str(), nulls), (Some("missing"), [true; 5]));
}

#[test]
fn a_report_without_a_table_is_one_line() {
    let output = example("cells").current_dir(FIXTURES).arg("prose.txt").output().expect("it runs");
    let nulls =
        r#""template":null,"table":null,"row":null,"column":null,"state":null,"value":null,"unit":null"#;
    let line = format!(r#"{{"file":"prose.txt",{nulls},"raw":null,"start":null,"end":null}}"#);
    assert_eq!(stdout(&output), format!("{line}\n"));
}

#[test]
fn csv_has_a_header_and_quotes_what_needs_it() {
    let output = run("cells", [OsStr::new("--format=csv"), fixture("v2021.txt").as_os_str()]);
    let mut lines = stdout(&output).lines();
    assert_eq!(lines.next(), Some(CELL_FIELDS.join(",").as_str()));
    assert_eq!(lines.clone().count(), 200);
    assert!(lines.any(|line| line.contains("normative_documents,in_force,number,1204,,\"1,204\",")));
}

#[test]
fn offsets_are_those_of_the_file_in_any_encoding() {
    let text = fs::read_to_string(fixture("v2021.txt")).expect("the fixture is there");
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    let file = folder("gb18030").join("gb18030.txt");
    fs::write(&file, &bytes).expect("the report is written");

    let of_gb18030 = objects(&run("cells", [&file]), CELL_FIELDS);
    let of_utf8 = objects(&run("cells", [fixture("v2021.txt")]), CELL_FIELDS);
    assert_eq!(of_gb18030.len(), of_utf8.len());
    for (object, same) in of_gb18030.iter().zip(&of_utf8) {
        for name in &CELL_FIELDS[1..9] {
            assert_eq!(object[name], same[name]);
        }
        let (raw, _, _) = encoding_rs::GB18030.decode(&bytes[range(object)]);
        assert_eq!(object["raw"], *raw);
    }
    assert_ne!(of_gb18030[0]["start"], of_utf8[0]["start"]);
}

#[test]
fn check_ends_with_the_code_it_promises() {
    let folder = folder("check_codes");
    let (errors, pdf) = (folder.join("errors.txt"), folder.join("report.pdf"));
    fs::write(&errors, damaged()).expect("the report is written");
    fs::write(&pdf, "%PDF-1.7").expect("the file is written");

    let clean = run("check", [fixture("v2021.txt"), fixture("prose.txt")]);
    assert_eq!((code(&clean), stderr(&clean)), (0, ""), "{}", stdout(&clean));
    assert_eq!(code(&run("check", [&errors])), 1);

    // 2 wins over 1, and the others are still read.
    let absent = folder.join("absent.txt");
    let output = run("check", [&pdf, &absent, &errors]);
    assert_eq!(code(&output), 2);
    assert!(stdout(&output).contains("error[not-a-figure]"));
    let messages: Vec<&str> = stderr(&output).lines().collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages[0].contains("report.pdf") && messages[0].contains("extract its text"));
    assert!(messages[1].contains("absent.txt") && messages[1].contains("check the path"));
}

#[test]
fn check_prints_findings_as_objects() {
    let file = folder("check_jsonl").join("damaged.txt");
    let text = damaged();
    fs::write(&file, &text).expect("the report is written");
    let output = run("check", [OsStr::new("--format=jsonl"), file.as_os_str()]);
    let objects = objects(&output, FINDING_FIELDS);

    let finding = objects.iter().find(|object| object["code"] == "not-a-figure").expect("约3件 is found");
    assert_eq!((&finding["class"], &finding["severity"]), (&"reading".into(), &"error".into()));
    assert_eq!(&text[range(finding)], "约3件");
    let cells = r#"[{"table":"active_disclosure","row":"rules","column":"issued"}]"#;
    assert_eq!(finding["cells"].to_string(), cells);

    let undecided = objects.iter().find(|object| object["code"] == "undecided").expect("it is found");
    assert_eq!((&undecided["class"], &undecided["severity"]), (&"integrity".into(), &"warning".into()));
    let missing = objects.iter().find(|object| object["code"] == "missing-row").expect("it is found");
    assert!(missing["start"].is_null() && missing["end"].is_null());
    assert_eq!(missing["cells"].as_array().map(Vec::len), Some(7));
}

#[test]
fn check_tells_a_person_where_to_look() {
    let file = folder("check_plain").join("damaged.txt");
    fs::write(&file, damaged()).expect("the report is written");
    let output = run("check", [OsStr::new("--lang=zh"), file.as_os_str(), fixture("v2014.txt").as_os_str()]);
    let mut lines = stdout(&output).lines();
    assert_eq!(lines.next(), file.to_str());
    assert!(lines.any(|line| line.starts_with("读取：")), "{}", stdout(&output));
    assert!(lines.any(|line| line.starts_with("错误[not-a-figure]: ")), "{}", stdout(&output));
    // 规章 | 约3件 | is line 13, and 约 its 6th character.
    assert!(lines.next().is_some_and(|line| line.ends_with("damaged.txt:13:6")), "{}", stdout(&output));
    // The row that is missing leaves two of the sums open.
    assert!(lines.any(|line| line.starts_with("勾稽：")), "{}", stdout(&output));
    assert!(lines.any(|line| line.starts_with("警告[undecided]: ")), "{}", stdout(&output));
    assert!(!stdout(&output).contains('\u{1b}'), "no colour but on a terminal");
    assert!(lines.next_back().is_some_and(|line| line.starts_with("报告: 2 (")));
}

#[test]
fn check_prints_findings_as_sarif() {
    let file = folder("check sarif").join("damaged.txt");
    let text = damaged().replace("| 844 | 92 |", "| 844 | 29 |");
    fs::write(&file, &text).expect("the report is written");
    let output =
        run("check", [OsStr::new("--format=sarif"), file.as_os_str(), fixture("v2021.txt").as_os_str()]);
    assert_eq!(code(&output), 1);
    let log: Value = serde_json::from_str(stdout(&output)).expect("it is JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    for result in results {
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
        assert!(
            ["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")),
            "{result}"
        );
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert!(uri.as_str().is_some_and(|uri| uri.ends_with("check%20sarif/damaged.txt")), "{uri}");
    }
    let of = |code: &str| {
        results.iter().find(|result| result["ruleId"] == code).unwrap_or_else(|| panic!("{code}"))
    };
    let region = &of("not-a-figure")["locations"][0]["physicalLocation"]["region"];
    let start = text.find("约3件").expect("it is there");
    assert_eq!((&region["byteOffset"], &region["byteLength"]), (&start.into(), &"约3件".len().into()));
    assert_eq!(
        (&region["startLine"], &region["startColumn"], &region["endColumn"]),
        (&13.into(), &6.into(), &9.into())
    );
    let names = of("balance")["locations"][0]["logicalLocations"].as_array().expect("cells");
    assert_eq!(names[0]["fullyQualifiedName"], "requests/new_received/commercial_enterprise");
    assert_eq!(of("balance")["properties"]["class"], "integrity");
}

#[test]
fn folders_are_read_in_order_and_hold_reports_only() {
    let folder = folder("folders");
    fs::create_dir(folder.join("b")).expect("a folder is made");
    fs::create_dir(folder.join("empty")).expect("a folder is made");
    for name in ["c.text", "b/2.TXT", "a.md", "skipped.pdf"] {
        fs::copy(fixture("prose.txt"), folder.join(name)).expect("a report is copied");
    }
    let output = run("cells", [&folder]);
    let objects = objects(&output, CELL_FIELDS);
    let names: Vec<&str> = objects.iter().filter_map(|object| object["file"].as_str()).collect();
    let expected = ["a.md", "b/2.TXT", "c.text"].map(|name| folder.join(name));
    assert_eq!(names, expected.each_ref().map(|path| path.to_str().expect("the path is UTF-8")));

    let output = run("cells", [folder.join("empty")]);
    assert_eq!((code(&output), stdout(&output)), (2, ""));
    assert!(stderr(&output).contains("holds no"));
}

#[test]
fn a_dash_is_standard_input() {
    let mut command = example("cells");
    let mut child = command.arg("-").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
    let text = fs::read(fixture("v2014.txt")).expect("the fixture is there");
    child.stdin.take().expect("it has an input").write_all(&text).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let objects = objects(&output, CELL_FIELDS);
    let files: BTreeSet<_> = objects.iter().map(|object| object["file"].as_str()).collect();
    assert_eq!((objects.len(), files), (58, BTreeSet::from([Some("-")])));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    for name in ["cells", "check", "compare", "print"] {
        let many = std::iter::repeat_n(fixture("v2021.txt"), 8);
        let mut command = example(name);
        let child = command.args(many).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.expect("it runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((code(&output), stderr(&output)), (0, ""), "{name}");
    }
}

#[test]
fn the_command_line_explains_itself() {
    for name in ["cells", "check", "compare", "print"] {
        let none = run(name, [""; 0]);
        assert_eq!((code(&none), stdout(&none)), (2, ""));
        assert!(stderr(&none).contains(&format!("Usage: {name} ")));

        let help = run(name, ["--help"]);
        assert_eq!((code(&help), stderr(&help)), (0, ""));
        for part in ["Usage: ", "--format ", "Inputs:", "Exit code:\n  0  "] {
            assert!(stdout(&help).contains(part), "{name} --help lacks {part}");
        }
        let version = run(name, ["--version"]);
        let expected = format!("{name} (gongkai {})\n", env!("CARGO_PKG_VERSION"));
        assert_eq!((code(&version), stdout(&version)), (0, expected.as_str()));

        for wrong in [["--nothing", "x"], ["--format", "xml"]] {
            let wrong = run(name, wrong);
            assert_eq!((code(&wrong), stdout(&wrong)), (2, ""));
            assert!(stderr(&wrong).contains("--help"));
        }
    }
}

#[test]
fn tables_are_printed_in_columns() {
    let output = run("print", [OsStr::new("--tables-only"), fixture("v2021.txt").as_os_str()]);
    assert_eq!((code(&output), stderr(&output)), (0, ""));
    let text = stdout(&output);
    insta::assert_snapshot!(part(text, "第二十条第（一）项", "第二十条第（五）项"), @r"
    第二十条第（一）项
                    本年制发  本年废止  现行有效
                        件数      件数      件数
    --------------------------------------------
    规章                   2         1        13
    行政规范性文件        11         ·      1204
    ");
    insta::assert_snapshot!(part(text, "四、", "cells"), @r"
    四、政府信息公开行政复议、行政诉讼情况
                        结果维持  结果纠正  其他结果  尚未审结  总计
    ----------------------------------------------------------------
    行政复议                   3         4         5         6    18
    行政诉讼
      未经复议直接起诉         7         8         9        10    34
      复议后起诉              11        13        14        15    53
    ");
    for width in [40, 80, 100, 160] {
        let file = fixture("v2021.txt");
        let width_option = format!("--width={width}");
        let arguments = [OsStr::new("--tables-only"), OsStr::new(&width_option), file.as_os_str()];
        let output = run("print", arguments);
        let table = part(stdout(&output), "三、收到", "四、政府");
        // Every row ends with its figure under the same rule.
        let rule = table.lines().find(|line| line.starts_with("---")).expect("the head has a rule").width();
        let rows: Vec<&str> =
            table.lines().filter(|line| line.ends_with(|c: char| c.is_ascii_digit())).collect();
        assert_eq!(rows.len(), 25);
        assert!(rows.iter().all(|row| row.width() == rule), "{table}");
        assert!(rule <= width.max(80), "{rule} columns");
        assert_eq!(table.contains("…"), width < 160);
    }
}

#[test]
fn a_page_has_meta_data_outline_and_findings() {
    let file = folder("print").join("damaged.txt");
    fs::write(&file, damaged()).expect("the report is written");
    let output = run("print", [OsStr::new("--width=60"), file.as_os_str()]);
    assert_eq!((code(&output), stderr(&output)), (0, ""));
    let text = stdout(&output);
    insta::assert_snapshot!(part(text, "title", "v2021"), @r"
    title             某某县档案局2023年政府信息公开工作年度报告
    agency            某某县档案局
    year              2023
    period            2023-01-01 – 2023-12-31
    filed             2024-01-18
    encoding          UTF-8

    Outline, and paragraphs of each section
    一、总体情况                                               3
      （一）主动公开                                           2
      （二）依申请公开                                         1
    二、主动公开政府信息情况                                   0
    三、收到和处理政府信息公开申请情况                         0
    四、政府信息公开行政复议、行政诉讼情况                     0
    五、存在的主要问题及改进情况                               1
    六、其他需要报告的事项                                     1
    ");
    insta::assert_snapshot!(part(text, "规章", "第二十条第（五）项"), @r"
    规章               约3件  �[31m一�二        13
    行政规范性文件        11           ·      1204
    ");
    assert!(text.contains("13:6     error[not-a-figure] "));
    // What a report holds cannot steer the terminal.
    assert!(!text.contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn the_older_table_is_printed_with_its_units() {
    let output = run("print", [OsStr::new("--lang=zh"), fixture("v2014.txt").as_os_str()]);
    let text = stdout(&output);
    insta::assert_snapshot!(part(text, "标题", "编码"), @r"
    标题              某某县档案局2016年政府信息公开工作年度报告
    机关              某某县档案局
    年度              2016
    统计期            （未注明）
    填报日期          2017-02-03
    表格年度          2016
    单位负责人        甲某
    审核人            乙某
    填报人            丙某
    ");
    insta::assert_snapshot!(part(text, "五(三)", "八(二)"), @r"
    五(三) 其他情形数                              件        33
    六 举报投诉数量                                件        34
    七 依申请公开信息收取的费用                    万元    3.50
    八 机构建设和保障经费情况
    八(一) 政府信息公开工作专门机构数              个         1
    ");
}

#[test]
fn print_writes_json() {
    let output = run("print", [OsStr::new("--format=json"), fixture("v2021.txt").as_os_str()]);
    let value: Value = serde_json::from_str(stdout(&output)).expect("it is JSON");
    assert!(value.is_object());
}

/// Three years of one agency, of which the second does not take over what the first carried forward.
fn years(name: &str) -> PathBuf {
    let folder = folder(name);
    let text = fs::read_to_string(fixture("v2021.txt")).expect("the fixture is there");
    for year in [2021, 2022, 2023] {
        let text = text.replace("2023年", &format!("{year}年"));
        let text = match year {
            2021 => text.replace("四、结转下年度继续办理 | 21 |", "四、结转下年度继续办理 | 20 |"),
            2022 => text.replace("行政许可 | 31 |", "行政许可 | 310 |"),
            _ => text,
        };
        fs::write(folder.join(format!("{year}.txt")), text).expect("a report is written");
    }
    fs::copy(fixture("v2014.txt"), folder.join("older.txt")).expect("a report is copied");
    folder
}

#[test]
fn years_are_compared_side_by_side() {
    let folder = years("compare");
    let output = run("compare", [&folder]);
    assert_eq!((code(&output), stderr(&output)), (1, ""));
    let text = stdout(&output);
    insta::assert_snapshot!(part(text, "fees for disclosure", "disclosed in the gazette"), @r"
    fees for disclosure on application      3.50 万元           –           –           –
    administrative fees collected                   –  12.50 万元  12.50 万元  12.50 万元
    items of information disclosed                 60           –           –           –
    ");
    assert!(text.contains(":30:20 error[carry-over] 2021–2022: 17 carried over, but the report of the year before carried 20 forward"), "{text}");
    assert!(text.contains("info[implausible-change] 2022–2023: from 310 to 31 within a year"), "{text}");
    // Two-column characters and all: every line of the table ends where its rule ends.
    for language in ["--lang=en", "--lang=zh"] {
        let output = run("compare", [OsStr::new(language), folder.as_os_str()]);
        let lines: Vec<&str> = stdout(&output).lines().skip_while(|line| !line.starts_with("---")).collect();
        let rule = lines[0].width();
        let rows = lines.iter().take_while(|line| !line.is_empty());
        assert_eq!(rows.inspect(|row| assert_eq!(row.width(), rule, "{row}")).count(), Metric::ALL.len() + 1);
    }
}

#[test]
fn comparisons_are_printed_as_objects() {
    let folder = years("compare_jsonl");
    let arguments = [OsStr::new("--format=jsonl"), OsStr::new("--changes"), folder.as_os_str()];
    let output = run("compare", arguments);
    let lines = stdout(&output).lines().map(|line| serde_json::from_str(line).expect("a line is JSON"));
    let objects: Vec<Value> = lines.collect();
    let of = |kind: &str| objects.iter().filter(|object| object["kind"] == kind).collect::<Vec<_>>();
    let received = of("metric")
        .into_iter()
        .find(|o| o["year"] == 2016 && o["metric"] == "received")
        .expect("it is asked");
    assert_eq!((&received["value"], &received["unit"]), (&70.into(), &"件".into()));
    let carried =
        of("finding").into_iter().find(|object| object["code"] == "carry-over").expect("it is found");
    assert_eq!((&carried["left"], &carried["right"]), (&20.into(), &17.into()));
    assert_eq!(carried["earlier"]["cells"][0], "requests/carried_forward/natural_person");
    assert_eq!(carried["later"]["year"], 2022);
    let change =
        of("change").into_iter().find(|object| object["name"] == "active_disclosure/licensing/decisions");
    assert_eq!(change.expect("it changed")["difference"], 279);
}

#[test]
fn one_report_is_no_comparison() {
    let output = run("compare", [fixture("v2021.txt")]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("two reports") && stdout(&output).contains("1279"));
}

#[test]
fn the_smallest_program_reads_a_report() {
    let output = run("embed", [fixture("v2021.txt")]);
    assert_eq!(stdout(&output), "agency: 某某县档案局\nyear: 2023\n本年新收: 1279\n");
    let output = run("embed", [fixture("prose.txt")]);
    assert_eq!(stdout(&output), "agency: 某某镇\nyear: 2019\n本年新收: no number\n");
}

/// The lines of `text` from the first that begins with `from` up to the next that begins with `to`.
fn part<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let begins = |text: &str, with: &str| {
        text.match_indices(with).map(|(at, _)| at).find(|&at| at == 0 || text[..at].ends_with('\n'))
    };
    let start = begins(text, from).unwrap_or_else(|| panic!("no line begins with {from}"));
    let rest = &text[start..];
    &rest[..begins(rest, to).unwrap_or_else(|| panic!("no line begins with {to}"))]
}
