//! Cleaning and damaged labels beside what they are measured by, by turns in one process.
//!
//! ```sh
//! GONGKAI_CORPUS=folder cargo bench --bench clean
//! GONGKAI_CORPUS=folder cargo bench --bench clean --features opencc
//! ```
//!
//! | column | measures |
//! | --- | --- |
//! | `clean` | [`gongkai::glyph::clean`] on text without damage, in times of [`std::str::from_utf8`] on the same bytes |
//! | `damaged` | parsing the report with an annotation behind each Traditional character of its labels, in times of parsing it without |
//! | `convert` | the built-in table on the Traditional text, in times of the OpenCC library (`ferrous-opencc` without the feature) |

mod corpus;

use std::hint::black_box;
use std::time::{Duration, Instant};

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use gongkai::glyph::{Cleaner, clean};

use corpus::corpus;

const ROUNDS: usize = 101;
const BATCH: Duration = Duration::from_micros(400);

fn main() {
    // `cargo test --bench clean` only wants to know that it works.
    let quick = !std::env::args().any(|argument| argument == "--bench");
    let rounds = if quick { 1 } else { ROUNDS };
    let (s2t, t2s) =
        [BuiltinConfig::S2t, BuiltinConfig::T2s].map(|config| OpenCC::from_config(config).unwrap()).into();
    println!(
        "{:<28} {:>7} {:>7} {:>8} {:>9} {:>9}",
        "report", "bytes", "clean", "damaged", "convert", "MB/s"
    );
    for sample in corpus() {
        let simplified = t2s.convert(clean(&sample.text).text());
        let traditional = s2t.convert(&simplified);
        let (plain, annotated) = (&traditional, annotate(&traditional));
        let bytes = simplified.as_bytes();
        assert!(clean(&simplified).is_unchanged(), "{}", sample.name);
        let clean_ratio = compare(rounds, &mut || finish(clean(black_box(&simplified))), &mut || {
            finish(std::str::from_utf8(black_box(bytes)));
        });
        let damaged = compare(rounds, &mut || finish(gongkai::parse(black_box(&annotated))), &mut || {
            finish(gongkai::parse(black_box(plain)));
        });
        let table = Cleaner::new();
        let mut built_in = || finish(table.clean(black_box(plain)));
        #[cfg(feature = "opencc")]
        let mut library = || finish(table.opencc(true).clean(black_box(plain)));
        #[cfg(not(feature = "opencc"))]
        let mut library = || finish(t2s.convert(black_box(plain)));
        let convert = compare(rounds.min(11), &mut built_in, &mut library);
        let speed = plain.len() as f64 / time(&mut built_in).as_secs_f64() / 1e6;
        println!(
            "{:<28} {:>7} {clean_ratio:>6.2}x {damaged:>7.2}x {convert:>8.4}x {speed:>9.0}",
            sample.name,
            bytes.len()
        );
    }
}

/// The text with an annotation behind every 數, 計, 處, 開 and 請, as such pages have it.
fn annotate(text: &str) -> String {
    let mut annotated = text.to_owned();
    for (c, reading) in [("數", "shù"), ("計", "jì"), ("處", "chù"), ("開", "kāi"), ("請", "qǐng")]
    {
        annotated = annotated.replace(c, &format!("{c}({reading})"));
    }
    // One straddle.
    annotated.replace("申請(qǐng)處(chù)理情況", "申請?zhí)幚砬闆r")
}

/// The median ratio of `ours` to `base`.
fn compare(rounds: usize, ours: &mut dyn FnMut(), base: &mut dyn FnMut()) -> f64 {
    let (our_count, base_count) = (count(ours), count(base));
    let mut ratios: Vec<f64> = (0..rounds)
        .map(|_| {
            let ours = time(&mut || (0..our_count).for_each(|_| ours())).as_secs_f64() / f64::from(our_count);
            let base =
                time(&mut || (0..base_count).for_each(|_| base())).as_secs_f64() / f64::from(base_count);
            ours / base
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

fn count(run: &mut dyn FnMut()) -> u32 {
    let mut count = 1;
    while time(&mut || (0..count).for_each(|_| run())) < BATCH {
        count *= 2;
    }
    count
}

fn time(run: &mut dyn FnMut()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// Ends the life of a result after the optimiser has seen that it is wanted.
fn finish<T>(result: T) {
    black_box(&result);
}
