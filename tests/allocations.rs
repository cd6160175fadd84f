//! How often a parse asks for memory. A binary of its own, because the allocator that counts is that of the whole program.

#[path = "../benches/hostile/mod.rs"]
mod hostile;

use std::path::{Path, PathBuf};
use std::{env, fs};

use allocation_counter::{AllocationInfo, measure};

use hostile::{HOSTILE, OPENED};

/// Allocations of one report, however large: the lists of blocks, tokens, rows, cells, findings, sections.
const MOST: u64 = 12;

/// The reports of the folder that `GONGKAI_CORPUS` names, and all text seeds of the fuzz targets.
fn documents() -> Vec<(String, String)> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/parse");
    let folders = env::var_os("GONGKAI_CORPUS").map(PathBuf::from).into_iter().chain([seeds]);
    let mut documents = Vec::new();
    for folder in folders {
        let before = documents.len();
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("a folder entry").path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                documents.push((name, fs::read_to_string(&path).expect("UTF-8")));
            }
        }
        assert!(documents.len() > before, "{} holds no .txt", folder.display());
    }
    documents.sort();
    documents
}

fn count(text: &str) -> AllocationInfo {
    measure(|| {
        let report = gongkai::parse(text);
        assert!(report.is_ok());
    })
}

#[test]
fn a_parse_allocates_a_few_times() {
    let documents = documents();
    // The tables of labels are built once.
    for (_, text) in &documents {
        assert!(gongkai::parse(text).is_ok());
    }
    let mut over = Vec::new();
    println!("{:>5} {:>4} {:>8} {:>9} {:>9}  document", "count", "most", "findings", "bytes", "of text");
    for (name, text) in &documents {
        let info = count(text);
        let report = gongkai::parse(text).expect("a report");
        let findings = report.diagnostics().len() as u64;
        // A finding has a list of the cells that it names, and a second form has lists of its own.
        let is_whole = report.forms().len() < 2 && findings <= 4;
        let most = if is_whole { MOST } else { MOST * 2 + findings };
        println!(
            "{:>5} {most:>4} {findings:>8} {:>9} {:>9}  {name}",
            info.count_total,
            info.bytes_total,
            text.len()
        );
        assert_eq!(info.count_current, 0, "{name}: memory is kept");
        if info.count_total > most {
            over.push(format!("{name}: {} allocations, more than {most}", info.count_total));
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}

/// Twice the input, at most twice the memory; three times, because a list that grows doubles.
#[test]
fn memory_grows_with_the_input() {
    for (name, text) in &documents() {
        let mut double = text.clone();
        let mut last = count(text);
        for _ in 0..6 {
            double = [double.as_str(), "\n", double.as_str()].concat();
            let info = count(&double);
            let most = 3 * last.bytes_total + 4096;
            assert!(
                info.bytes_total <= most,
                "{name}: {} bytes of memory for {} of text, {} for half of it",
                info.bytes_total,
                double.len(),
                last.bytes_total
            );
            last = info;
        }
    }
}

/// Memory at a time, beside the input: at most so many times its bytes, and so many bytes more.
const PEAK: u64 = 16;
const PEAK_MORE: u64 = 64 << 10;
/// Of a report.
const PEAK_REPORT: u64 = 4;

/// Anything, and ten megabytes of bars, take a bounded amount of memory, and a report little more than itself.
#[test]
fn memory_at_a_time_is_bounded() {
    const BYTES: usize = 1 << 18;
    let pieces = HOSTILE.iter().map(|piece| ("", *piece)).chain(OPENED.iter().copied());
    let hostile = pieces.map(|(opening, piece)| {
        let text = [opening, &piece.repeat(BYTES / piece.len())].concat();
        (format!("{piece:?}"), text, PEAK, PEAK_MORE)
    });
    let bars = ("ten megabytes of \"|\"".to_owned(), "|".repeat(10 << 20), PEAK, PEAK_MORE);
    // Real ones: the seeds are short, and their forms as large as any.
    let reports = documents().into_iter().filter(|(_, text)| text.len() > 6 << 10);
    let reports = reports.map(|(name, text)| (name, text, PEAK_REPORT, 0));
    let parser = gongkai::Parser::new().encoding(gongkai::source::Encoding::Gb18030);
    let mut over = Vec::new();
    for (name, text, times, more) in hostile.chain([bars]).chain(reports) {
        // The tables of labels are built once.
        assert!(gongkai::parse(&text).is_ok());
        let of_text = count(&text).bytes_max;
        let (gb18030, ..) = encoding_rs::GB18030.encode(&text);
        let of_bytes = measure(|| assert!(parser.parse_bytes(&gb18030).is_ok())).bytes_max;
        // What is decoded is there beside the input, with room for what is to come.
        for (most, times, dress) in [(of_text, times, "text"), (of_bytes, times + 2, "GB18030")] {
            println!("{:>6.2} times {:>9} as {dress:<7} {name}", most as f64 / text.len() as f64, text.len());
            if most > times * text.len() as u64 + more {
                over.push(format!("{name} as {dress}: {most} bytes of memory for {}", text.len()));
            }
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}

/// Megabytes of anything: eight times the input is eight times the memory. That it is eight times the work, too, is counted by
/// `cargo bench --bench instructions -- --growth`: a time is no proof on a busy machine.
#[test]
fn megabytes_of_anything_take_memory_in_proportion() {
    const SMALL: usize = 1 << 18;
    let mut over = Vec::new();
    for piece in HOSTILE {
        let small = piece.repeat(SMALL / piece.len());
        let (once, eight) = (count(&small).bytes_total, count(&small.repeat(8)).bytes_total);
        // A list that grows doubles.
        if eight > 2 * 8 * once + 4096 {
            over.push(format!("{piece:?}: {once} bytes of memory, then {eight}"));
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}

/// What tables of all kinds begin with, so that anything may follow within one.
const OPENINGS: &[&str] = &[
    "",
    "规章 | 3 | 5 | 7 |\n",
    "|规章|3|5|7|\n|规章|3|5|7|\n",
    "规章\n3\n5\n7\n规范性文件\n3\n5\n7\n行政许可\n3\n行政处罚\n3\n行政强制\n3\n3\n3\n",
    "规章  3  5  7\n规范性文件  3  5  7\n行政许可  3\n行政处罚  3\n行政强制  3\n",
    "甲 | 乙\n甲 | 乙\n甲 | 乙\n甲 | 乙\n规章 | 3\n",
    "信息内容 | 本年制发件数 |",
    "规章\n|\n3\n|\n5\n|\n7\n|\n规范性文件\n|\n3\n|\n5\n|\n7\n|\n",
];
/// What follows, any two of them over and over.
const ATOMS: &[&str] = &[
    "|",
    " ",
    "\n",
    "3",
    "a",
    "规章",
    "\t",
    "  ",
    "(",
    "—",
    "总计",
    "自然人",
    "一、",
    "1.5元",
    "||",
    " |\n",
    "\u{3000}\n",
    "行政复议",
    "本年制发件数",
    "\u{fffd}",
];

/// Any two pieces over and over, in tables of all kinds, take no more.
#[test]
fn memory_at_a_time_is_bounded_whatever_is_combined() {
    const BYTES: usize = 1 << 14;
    let pieces = ATOMS.iter().flat_map(|first| ATOMS.iter().map(move |second| [*first, *second].concat()));
    let mut over = Vec::new();
    for piece in pieces {
        for opening in OPENINGS {
            let text = [opening, piece.repeat(BYTES / piece.len()).as_str()].concat();
            assert!(gongkai::parse(&text).is_ok());
            let most = count(&text).bytes_max;
            if most > PEAK * text.len() as u64 + PEAK_MORE {
                over.push(format!("{piece:?} behind {opening:?}: {most} bytes of memory for {}", text.len()));
            }
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}
