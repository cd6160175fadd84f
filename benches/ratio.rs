//! Parsing, in times of validating the same bytes, and beside other ways to read the same tables. Both side by side in one
//! process, by turns.
//!
//! ```sh
//! GONGKAI_CORPUS=folder cargo bench --bench ratio
//! ```
//!
//! A batch of one is timed, then a batch of the other, many times; each ratio is that of the fastest batches. What else the
//! machine does only adds to a time, and not to both alike: medians differ by a factor of two from run to run on a shared
//! machine, the fastest batches by one in a hundred. Criterion measures one after the other and prints no ratios.

mod baseline;
mod corpus;
mod generated;

use std::hint::black_box;
use std::time::{Duration, Instant};

use gongkai::document::Document;
use gongkai::form::Figure;
use gongkai::source::Encoding;

use baseline::{Baseline, Values};
use corpus::{Sample, corpus};
use generated::generated;

/// Pairs of batches.
const ROUNDS: usize = 201;
/// How long a batch takes at least.
const BATCH: Duration = Duration::from_micros(400);
/// Bytes of mixed documents, and how often they are parsed.
const MIXED: usize = 100 << 20;
const MIXED_ROUNDS: usize = 5;

fn main() {
    // `cargo test --bench ratio` only wants to know that it works.
    let quick = !std::env::args().any(|argument| argument == "--bench");
    let rounds = if quick { 1 } else { ROUNDS };
    let samples = corpus();
    println!("the fastest of {rounds} pairs of batches");
    parse(&samples, rounds);
    mixed(&samples, if quick { (1 << 16, 1) } else { (MIXED, MIXED_ROUNDS) });
    encodings(&samples, rounds);
    baselines(&samples, rounds);
}

/// Times of `from_utf8`.
fn parse(samples: &[Sample], rounds: usize) {
    println!("\ntimes of std::str::from_utf8 on the same bytes; check in per cent of parse");
    println!(
        "{:<28} {:>7} {:>11} {:>7} {:>7} {:>9} {:>8} {:>15}",
        "report", "bytes", "from_utf8", "scan", "parse", "parse", "MB/s", "check of parse"
    );
    for sample in samples {
        let bytes = sample.text.as_bytes();
        let validate = || finish(std::str::from_utf8(black_box(bytes)));
        let (scan, _, _) =
            compare(rounds, &mut || finish(Document::scan(black_box(&sample.text))), &mut { validate });
        let (parse, time, base) =
            compare(rounds, &mut || finish(gongkai::parse(black_box(&sample.text))), &mut { validate });
        let report = gongkai::parse(&sample.text).expect("within the limit");
        let (check, check_time, _) =
            compare(rounds, &mut || finish(gongkai::check(black_box(&report))), &mut || {
                finish(gongkai::parse(black_box(&sample.text)))
            });
        println!(
            "{:<28} {:>7} {:>8.2} µs {:>6.2}x {:>6.2}x {:>6.2} µs {:>8.0} {:>6.2} µs {:>3.0} %",
            sample.name,
            bytes.len(),
            micros(base),
            scan,
            parse,
            micros(time),
            bytes.len() as f64 / micros(time),
            micros(check_time),
            check * 100.0,
        );
    }
}

/// Reports and forms in every dialect, more than any cache keeps.
fn mixed(samples: &[Sample], (size, rounds): (usize, usize)) {
    let mut texts: Vec<String> = Vec::new();
    let mut total = 0_usize;
    for seed in 0.. {
        let reports = samples.iter().map(|sample| sample.text.clone());
        let forms = generated(seed).into_iter().map(|(_, text)| text);
        for text in reports.chain(forms) {
            total += text.len();
            texts.push(text);
        }
        if total >= size {
            break;
        }
    }
    let mut ratios = Vec::new();
    let mut fastest = Duration::MAX;
    for _ in 0..rounds {
        let base =
            time(|| texts.iter().for_each(|text| finish(std::str::from_utf8(black_box(text.as_bytes())))));
        let parse = time(|| texts.iter().for_each(|text| finish(gongkai::parse(black_box(text)))));
        ratios.push(parse.as_secs_f64() / base.as_secs_f64());
        fastest = fastest.min(parse);
    }
    println!(
        "{} mixed documents, {total} bytes: {:.2}x, {:.0} documents/s, {:.0} MB/s",
        texts.len(),
        median(&mut ratios),
        texts.len() as f64 / fastest.as_secs_f64(),
        total as f64 / micros(fastest),
    );
}

/// UTF-8 as bytes in times of the text; GB18030 in times of its decoding by encoding_rs and parsing the outcome.
fn encodings(samples: &[Sample], rounds: usize) {
    println!(
        "\nbytes in times of text: UTF-8 of parsing the text, GB18030 (its encoding declared, and detected) of encoding_rs"
    );
    println!("decoding it and parsing the outcome");
    println!(
        "{:<28} {:>7} {:>9} {:>11} {:>9} {:>9}",
        "report", "UTF-8", "decode", "and parse", "declared", "detected"
    );
    for sample in samples {
        let text = &sample.text;
        let (utf8, ..) =
            compare(rounds, &mut || finish(gongkai::parse_bytes(black_box(text.as_bytes()))), &mut || {
                finish(gongkai::parse(black_box(text)));
            });
        let (bytes, _, _) = encoding_rs::GB18030.encode(text);
        let parser = gongkai::Parser::new().encoding(Encoding::Gb18030);
        let decode = || encoding_rs::GB18030.decode_without_bom_handling(black_box(&bytes)).0;
        let both = || finish(gongkai::parse(black_box(&decode())));
        let (declared, _, base) =
            compare(rounds, &mut || finish(parser.parse_bytes(black_box(&bytes))), &mut { both });
        let (detected, _, _) =
            compare(rounds, &mut || finish(gongkai::parse_bytes(black_box(&bytes))), &mut { both });
        let (_, decoding, _) = compare(rounds.min(21), &mut || finish(decode()), &mut { both });
        println!(
            "{:<28} {:>6.2}x {:>6.2} µs {:>8.2} µs {:>8.2}x {:>8.2}x",
            sample.name,
            utf8,
            micros(decoding),
            micros(base),
            declared,
            detected
        );
    }
}

/// Other ways, in times of `from_utf8`, and how many of the expected cells are right.
fn baselines(samples: &[Sample], rounds: usize) {
    println!(
        "\nother readers, in times of std::str::from_utf8: counting line ends with memchr, and lines, regular expressions"
    );
    println!("and a dictionary (benches/baseline); cells read right");
    println!(
        "{:<28} {:>8} {:>10} {:>7} {:>14} {:>14}",
        "report", "newlines", "baseline", "parse", "its cells", "our cells"
    );
    let baseline = Baseline::new();
    for sample in samples {
        let text = &sample.text;
        let validate = || finish(std::str::from_utf8(black_box(text.as_bytes())));
        let (newlines, ..) = compare(
            rounds,
            &mut || finish(memchr::memchr_iter(b'\n', black_box(text.as_bytes())).count()),
            &mut { validate },
        );
        let (lines, ..) = compare(rounds, &mut || finish(baseline.read(black_box(text))), &mut { validate });
        let (ours, ..) = compare(rounds, &mut || finish(gongkai::parse(black_box(text))), &mut { validate });
        println!(
            "{:<28} {:>7.2}x {:>9.1}x {:>6.2}x {:>14} {:>14}",
            sample.name,
            newlines,
            lines,
            ours,
            right(sample, &baseline.read(text)),
            right(sample, &our_values(text)),
        );
    }
}

/// The numbers of the report's form.
fn our_values(text: &str) -> Values {
    let report = gongkai::parse(text).expect("within the limit");
    let cells = report.form().into_iter().flat_map(|form| form.cells());
    let numbers = cells.filter_map(|(spec, cell)| match cell.figure() {
        Figure::Number(number) => Some((spec.id, number.to_string().parse().expect("a number"))),
        _ => None,
    });
    numbers.collect()
}

/// `right of all`, of the cells that the report is known to have; one without a number counts where none was read.
fn right(sample: &Sample, values: &Values) -> String {
    let Some(expected) = &sample.expected else { return "-".to_owned() };
    let values: std::collections::HashMap<[&str; 3], f64> =
        values.iter().map(|(id, value)| ([id.table().id(), id.row.id(), id.column.id()], *value)).collect();
    let cells = expected["cells"].as_array().expect("cells");
    let is_right = |cell: &&serde_json::Value| {
        let id = ["table", "row", "column"].map(|key| cell[key].as_str().unwrap_or_default());
        values.get(&id).copied() == cell["value"].as_f64()
    };
    format!("{} of {}", cells.iter().filter(is_right).count(), cells.len())
}

/// The ratio of `ours` to `base`, and the time of each: those of the fastest batches.
fn compare(rounds: usize, ours: &mut dyn FnMut(), base: &mut dyn FnMut()) -> (f64, Duration, Duration) {
    let (ours_count, base_count) = (count(ours), count(base));
    let mut fastest = (Duration::MAX, Duration::MAX);
    for _ in 0..rounds {
        let ours_time = time(|| (0..ours_count).for_each(|_| ours())) / ours_count;
        let base_time = time(|| (0..base_count).for_each(|_| base())) / base_count;
        fastest = (fastest.0.min(ours_time), fastest.1.min(base_time));
    }
    (fastest.0.as_secs_f64() / fastest.1.as_secs_f64(), fastest.0, fastest.1)
}

/// How often `run` fits a batch.
fn count(run: &mut dyn FnMut()) -> u32 {
    let mut count = 1;
    while time(|| (0..count).for_each(|_| run())) < BATCH {
        count *= 2;
    }
    count
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Ends the life of a result after the optimiser has seen that it is wanted.
fn finish<T>(result: T) {
    black_box(&result);
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
