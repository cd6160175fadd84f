//! How many times the validation of the same bytes does a parse take? Both side by side in one process, by turns.
//!
//! ```sh
//! GONGKAI_CORPUS=folder cargo bench --bench ratio
//! ```
//!
//! A batch of one is timed, then a batch of the other, many times; each ratio is the median over the pairs of batches, so
//! that what slows the machine down slows down both. Criterion measures one after the other and prints no ratios.

mod corpus;

use std::hint::black_box;
use std::time::{Duration, Instant};

use gongkai::document::Document;
use gongkai::source::Encoding;

use corpus::{Sample, corpus};

/// Pairs of batches.
const ROUNDS: usize = 201;
/// How long a batch takes at least.
const BATCH: Duration = Duration::from_micros(400);
/// How many reports a run over a folder has, and how often it is repeated.
const MANY: usize = 5000;
const MANY_ROUNDS: usize = 15;

fn main() {
    // `cargo test --bench ratio` only wants to know that it works.
    let quick = !std::env::args().any(|argument| argument == "--bench");
    let rounds = if quick { 1 } else { ROUNDS };
    let samples = corpus();

    println!("times of std::str::from_utf8 on the same bytes; median of {rounds} pairs of batches");
    println!(
        "{:<28} {:>7} {:>11} {:>7} {:>7} {:>9} {:>8} {:>15}",
        "report", "bytes", "from_utf8", "scan", "parse", "parse", "MB/s", "check of parse"
    );
    for sample in &samples {
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

    let reports: Vec<&Sample> = samples.iter().cycle().take(if quick { 10 } else { MANY }).collect();
    let texts: Vec<String> = reports.iter().map(|sample| sample.text.clone()).collect();
    let total: usize = texts.iter().map(String::len).sum();
    let mut ratios = Vec::new();
    let mut fastest = Duration::MAX;
    for _ in 0..if quick { 1 } else { MANY_ROUNDS } {
        let base =
            time(|| texts.iter().for_each(|text| finish(std::str::from_utf8(black_box(text.as_bytes())))));
        let parse = time(|| texts.iter().for_each(|text| finish(gongkai::parse(black_box(text)))));
        ratios.push(parse.as_secs_f64() / base.as_secs_f64());
        fastest = fastest.min(parse);
    }
    println!(
        "{} reports, {total} bytes: {:.2}x, {:.0} reports/s, {:.0} MB/s",
        texts.len(),
        median(&mut ratios),
        texts.len() as f64 / fastest.as_secs_f64(),
        total as f64 / micros(fastest),
    );

    println!();
    println!(
        "times of encoding_rs decoding the same GB18030; parsed with the encoding declared, and detected"
    );
    println!("{:<28} {:>7} {:>11} {:>9} {:>9}", "report", "bytes", "decode", "declared", "detected");
    for sample in &samples {
        let (bytes, _, _) = encoding_rs::GB18030.encode(&sample.text);
        let parser = gongkai::Parser::new().encoding(Encoding::Gb18030);
        let decode = || finish(encoding_rs::GB18030.decode_without_bom_handling(black_box(&bytes)));
        let (declared, _, base) =
            compare(rounds, &mut || finish(parser.parse_bytes(black_box(&bytes))), &mut { decode });
        let (detected, _, _) =
            compare(rounds, &mut || finish(gongkai::parse_bytes(black_box(&bytes))), &mut { decode });
        println!(
            "{:<28} {:>7} {:>8.2} µs {:>8.2}x {:>8.2}x",
            sample.name,
            bytes.len(),
            micros(base),
            declared,
            detected
        );
    }
}

/// The median ratio of `ours` to `base`, and the median time of each.
fn compare(rounds: usize, ours: &mut dyn FnMut(), base: &mut dyn FnMut()) -> (f64, Duration, Duration) {
    let (our_count, base_count) = (count(ours), count(base));
    let (mut ratios, mut ours_times, mut base_times) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let our_time = time(|| (0..our_count).for_each(|_| ours())).as_secs_f64() / f64::from(our_count);
        let base_time = time(|| (0..base_count).for_each(|_| base())).as_secs_f64() / f64::from(base_count);
        ratios.push(our_time / base_time);
        ours_times.push(our_time);
        base_times.push(base_time);
    }
    let seconds = |times: &mut Vec<f64>| Duration::from_secs_f64(median(times));
    (median(&mut ratios), seconds(&mut ours_times), seconds(&mut base_times))
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
