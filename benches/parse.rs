//! Throughput by stage and end to end, beside the validation of the same bytes by the standard library.
//!
//! ```sh
//! GONGKAI_CORPUS=folder cargo bench --bench parse              # all
//! GONGKAI_CORPUS=folder cargo bench --bench parse -- parse/    # one group
//! ```
//!
//! | group | measures |
//! | --- | --- |
//! | `from_utf8` | [`std::str::from_utf8`], the yardstick |
//! | `text`, `bytes` | the source stage: [`Source::from_text`], [`Source::from_bytes`] |
//! | `scan` | [`Document::scan`] |
//! | `parse`, `parse_bytes` | the whole way to a report |
//! | `gb18030` | [`gongkai::parse_bytes`] of GB18030, beside its decoding alone |
//! | `thousands` | 5000 reports, one after the other |
//!
//! Ratios of one to the other are measured by `benches/ratio.rs`, side by side.

mod corpus;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gongkai::document::Document;
use gongkai::source::{DEFAULT_MAX_BYTES, Encoding, Source};

use corpus::corpus;

/// How many reports a run over a folder has.
const MANY: usize = 5000;

/// What is measured of a text.
type Stage = fn(&str);

fn stages(criterion: &mut Criterion) {
    let samples = corpus();
    let stages: [(&str, Stage); 6] = [
        ("from_utf8", |text| {
            black_box(std::str::from_utf8(black_box(text.as_bytes())).is_ok());
        }),
        ("text", |text| {
            black_box(Source::from_text(black_box(text), DEFAULT_MAX_BYTES).is_ok());
        }),
        ("bytes", |text| {
            black_box(Source::from_bytes(black_box(text.as_bytes()), None, DEFAULT_MAX_BYTES).is_ok());
        }),
        ("scan", |text| {
            black_box(Document::scan(black_box(text)));
        }),
        ("parse", |text| {
            black_box(gongkai::parse(black_box(text)).is_ok());
        }),
        ("parse_bytes", |text| {
            black_box(gongkai::parse_bytes(black_box(text.as_bytes())).is_ok());
        }),
    ];
    for (stage, run) in stages {
        let mut group = criterion.benchmark_group(stage);
        for sample in &samples {
            group.throughput(Throughput::Bytes(sample.text.len() as u64));
            group.bench_with_input(BenchmarkId::from_parameter(&sample.name), sample, |bencher, sample| {
                bencher.iter(|| run(&sample.text));
            });
        }
    }
}

fn gb18030(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("gb18030");
    for sample in corpus() {
        let (bytes, _, _) = encoding_rs::GB18030.encode(&sample.text);
        let parser = gongkai::Parser::new().encoding(Encoding::Gb18030);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(BenchmarkId::new("decode", &sample.name), |bencher| {
            bencher.iter(|| encoding_rs::GB18030.decode_without_bom_handling(black_box(&bytes)).0.len());
        });
        group.bench_function(BenchmarkId::new("declared", &sample.name), |bencher| {
            bencher.iter(|| parser.parse_bytes(black_box(&bytes)).is_ok());
        });
        group.bench_function(BenchmarkId::new("detected", &sample.name), |bencher| {
            bencher.iter(|| gongkai::parse_bytes(black_box(&bytes)).is_ok());
        });
    }
}

fn thousands(criterion: &mut Criterion) {
    let samples = corpus();
    // Every report has bytes of its own, so that no cache keeps them.
    let reports: Vec<String> = samples.iter().cycle().take(MANY).map(|sample| sample.text.clone()).collect();
    let bytes: usize = reports.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("thousands");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("from_utf8", |bencher| {
        bencher.iter(|| {
            reports.iter().filter(|text| std::str::from_utf8(black_box(text.as_bytes())).is_ok()).count()
        });
    });
    group.bench_function("parse", |bencher| {
        bencher.iter(|| reports.iter().filter(|text| gongkai::parse(black_box(text)).is_ok()).count());
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(30);
    targets = stages, gb18030, thousands
}
criterion_main!(benches);
