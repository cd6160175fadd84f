//! Instructions that a parse takes, counted by Valgrind's callgrind and compared with `benches/instructions.toml`.
//!
//! ```sh
//! GONGKAI_CORPUS=folder cargo bench --bench instructions                        # prints what changed
//! GONGKAI_CORPUS=folder cargo bench --bench instructions -- --update            # keeps the new counts
//! GONGKAI_CORPUS=folder cargo bench --bench instructions -- --fail-above 5      # fails where one grew by more than 5 %
//! cargo bench --bench instructions -- --growth                                  # fails where work is not linear
//! ```
//!
//! Counts do not depend on the load or the clock of a machine, but on its compiler, C library and vector instructions: those
//! of another machine differ by some per cent, so that nothing fails unless it is asked to. On one machine they repeat
//! to about one in a thousand.
//!
//! Without `GONGKAI_CORPUS` the real reports are left out, and keep their counts in the file; the generated forms are counted
//! everywhere. Each case runs in a process of its own, and is warm when counting begins: the tables of labels are built.
//!
//! `--growth` parses 32 and then 256 KiB of what could tempt a parser to look back; eight times the text may take ten times
//! the instructions.
//!
//! | case | counts |
//! | --- | --- |
//! | `from_utf8` | [`std::str::from_utf8`], the yardstick |
//! | `parse`, `check` | [`gongkai::parse`]; [`gongkai::check`] of its report |
//! | `utf-8`, `gb18030`, `detected` | [`gongkai::parse_bytes`] of UTF-8, of GB18030 as declared, and as detected |
//! | `decode` | encoding_rs decoding the same GB18030 |

#[allow(dead_code)]
mod corpus;
mod generated;
mod hostile;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use gongkai::source::Encoding;
use toml::Table;

use hostile::{HOSTILE, OPENED};

/// What is counted of real reports, and of generated forms.
const STAGES: &[&str] = &["from_utf8", "parse", "check", "utf-8", "decode", "gb18030", "detected"];
const STAGES_OF_FORMS: &[&str] = &["parse"];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)
    };
    if let Some(case) = value("--count") {
        let (stage, name) = case.split_once(' ').expect("a stage and a document");
        if let Some((size, piece)) = name.split_once(" of ") {
            let (size, piece): (usize, usize) =
                (size.parse().expect("a size"), piece.parse().expect("a place"));
            let (opening, piece) = hostile().nth(piece).expect("a piece");
            return stage_of(stage, &[opening, &piece.repeat(size / piece.len())].concat(), counted);
        }
        let documents = documents();
        let (_, text, _) = documents.iter().find(|(known, ..)| known == name).expect("a document");
        return stage_of(stage, text, counted);
    }
    let documents = documents();
    // `cargo test --bench instructions` only wants to know that it works.
    if !arguments.iter().any(|argument| argument == "--bench") {
        for (_, text, stages) in &documents {
            stages.iter().for_each(|stage| stage_of(stage, text, counted));
        }
        return;
    }
    let Some(valgrind) = version("valgrind") else {
        println!("skipped: there is no valgrind on this machine");
        return;
    };
    if arguments.iter().any(|argument| argument == "--growth") {
        return growth();
    }
    let limit = value("--fail-above").map(|limit| limit.parse::<f64>().expect("a number of per cent"));
    let kept = kept();
    let mut counts = kept.clone();
    let mut worst = f64::NEG_INFINITY;
    println!("{:<10} {:<28} {:>12} {:>12} {:>8}", "stage", "document", "kept", "counted", "change");
    for (name, _, stages) in &documents {
        for stage in *stages {
            let case = format!("{stage} {name}");
            let count = count(&case);
            let change = kept.get(&case).map(|&kept| (count as f64 / kept as f64 - 1.0) * 100.0);
            let before = kept.get(&case).map_or_else(|| "-".to_owned(), i64::to_string);
            let percent = change.map_or_else(|| "new".to_owned(), |change| format!("{change:+.1} %"));
            println!("{stage:<10} {name:<28} {before:>12} {count:>12} {percent:>8}");
            worst = worst.max(change.unwrap_or(f64::NEG_INFINITY));
            counts.insert(case, count);
        }
    }
    if arguments.iter().any(|argument| argument == "--update") {
        let compiler = version("rustc").unwrap_or_default();
        let counts: Table = counts.into_iter().map(|(case, count)| (case, count.into())).collect();
        let mut file = Table::new();
        file.insert("rustc".to_owned(), compiler.into());
        file.insert("valgrind".to_owned(), valgrind.into());
        file.insert("instructions".to_owned(), counts.into());
        let text = file.to_string();
        fs::write(path(), format!("# Written by `cargo bench --bench instructions -- --update`.\n{text}"))
            .expect("the file can be written");
    }
    if let Some(limit) = limit
        && worst > limit
    {
        eprintln!("a count grew by {worst:.1} %, more than {limit} %");
        std::process::exit(1);
    }
}

/// What begins a hostile text, and what it goes on with over and over.
fn hostile() -> impl Iterator<Item = (&'static str, &'static str)> {
    HOSTILE.iter().map(|piece| ("", *piece)).chain(OPENED.iter().copied())
}

/// How the work grows with the text, for each hostile input.
fn growth() {
    const SMALL: usize = 32 << 10;
    const TIMES: usize = 8;
    const MOST: f64 = 10.0;
    println!("{:>12} {:>12} {:>7}  of", "32 KiB", "256 KiB", "times");
    let mut worst = 0.0_f64;
    for (at, (_, piece)) in hostile().enumerate() {
        let [small, large] = [SMALL, SMALL * TIMES].map(|size| count(&format!("parse {size} of {at}")));
        let times = large as f64 / small as f64;
        println!("{small:>12} {large:>12} {times:>7.2}  {piece:?}");
        worst = worst.max(times);
    }
    if worst > MOST {
        eprintln!("{TIMES} times the text takes {worst:.1} times the instructions, more than {MOST}");
        std::process::exit(1);
    }
}

/// The real reports, if the folder is named, and the generated forms, each with its stages.
fn documents() -> Vec<(String, String, &'static [&'static str])> {
    let mut documents: Vec<(String, String, &'static [&'static str])> = Vec::new();
    if env::var_os("GONGKAI_CORPUS").is_some() {
        documents.extend(corpus::corpus().into_iter().map(|sample| (sample.name, sample.text, STAGES)));
    }
    documents.extend(generated::generated(1).into_iter().map(|(name, text)| (name, text, STAGES_OF_FORMS)));
    documents
}

/// Prepares a stage and hands it to `run`.
fn stage_of(stage: &str, text: &str, run: fn(&dyn Fn())) {
    let bytes = text.as_bytes();
    let (gb18030, ..) = encoding_rs::GB18030.encode(text);
    let report = gongkai::parse(text).expect("within the limit");
    let parser = gongkai::Parser::new().encoding(Encoding::Gb18030);
    match stage {
        "from_utf8" => run(&|| finish(std::str::from_utf8(black_box(bytes)))),
        "parse" => run(&|| finish(gongkai::parse(black_box(text)))),
        "check" => run(&|| finish(gongkai::check(black_box(&report)))),
        "utf-8" => run(&|| finish(gongkai::parse_bytes(black_box(bytes)))),
        "decode" => {
            run(&|| finish(encoding_rs::GB18030.decode_without_bom_handling(black_box(&gb18030))));
        }
        "gb18030" => run(&|| finish(parser.parse_bytes(black_box(&gb18030)))),
        "detected" => run(&|| finish(gongkai::parse_bytes(black_box(&gb18030)))),
        _ => panic!("no stage {stage}"),
    }
}

fn counted(run: &dyn Fn()) {
    // The first builds the tables, the second is served by the lists that the allocator keeps.
    run();
    run();
    callgrind_counts_this(run);
}

/// Counting is on in this function and what it calls, by its name.
#[inline(never)]
fn callgrind_counts_this(run: &dyn Fn()) {
    run();
    black_box(());
}

/// Runs this program under callgrind.
fn count(case: &str) -> i64 {
    let program = env::current_exe().expect("a program");
    let output = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--callgrind-out-file=/dev/null",
            "--toggle-collect=*callgrind_counts_this*",
        ])
        .arg(program)
        .args(["--count", case])
        .output()
        .expect("valgrind runs");
    let log = String::from_utf8_lossy(&output.stderr);
    let collected = log.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    collected.unwrap_or_else(|| panic!("{case}: no count in what valgrind says:\n{log}"))
}

/// What a program says of its version; `None` where there is none.
fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/instructions.toml")
}

fn kept() -> BTreeMap<String, i64> {
    let Ok(text) = fs::read_to_string(path()) else { return BTreeMap::new() };
    let file: Table = text.parse().expect("TOML");
    let counts = file.get("instructions").and_then(|counts| counts.as_table()).expect("a table of counts");
    let count = |value: &toml::Value| value.as_integer().expect("a count");
    counts.iter().map(|(case, value)| (case.clone(), count(value))).collect()
}

/// Ends the life of a result after the optimiser has seen that it is wanted.
fn finish<T>(result: T) {
    black_box(&result);
}
