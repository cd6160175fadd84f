//! The seeds of the fuzz targets, replayed on a stable compiler.
//!
//! An input on which a target once failed belongs into `fuzz/seeds/<target>/`: from then on every test run has it.

use std::fs;
use std::path::Path;

#[path = "../../fuzz/src/lib.rs"]
pub mod targets;

/// Runs `target` on every seed of `folder`.
fn replay(folder: &str, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(folder);
    let mut seeds: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    seeds.sort();
    assert!(seeds.len() >= 10, "{}: only {} seeds", folder.display(), seeds.len());
    for seed in seeds {
        println!("{}", seed.display());
        target(&fs::read(&seed).unwrap());
    }
}

#[test]
fn clean() {
    replay("clean", targets::clean);
}

#[test]
fn decode() {
    replay("decode", targets::decode);
}

#[test]
fn document() {
    replay("document", targets::document);
}

#[test]
fn html() {
    replay("html", targets::html);
}

#[test]
fn page() {
    replay("page", targets::page);
}

#[test]
fn parse() {
    replay("parse", targets::parse);
}

#[test]
fn written() {
    replay("written", targets::written);
}

/// The seeds of `parse`, each in the dialect that its first byte names, and those that were found.
#[test]
fn stable() {
    replay("stable", targets::stable);
    replay("parse", |bytes| {
        for dialect in 0..gongkai::write::Dialect::ALL.len() {
            targets::stable(&[&[dialect as u8], bytes].concat());
        }
    });
}

/// Seeds cut short at every byte: what a broken download looks like.
#[test]
fn cut_short() {
    for seed in ["v2021_one_row_a_line.txt", "v2014_one_row_a_line.txt", "damaged_rows.txt"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/parse").join(seed);
        let bytes = fs::read(path).unwrap();
        for end in (0..bytes.len()).step_by(7) {
            targets::parse(&bytes[..end]);
        }
    }
}

/// The seeds hold a complete form of each version in its usual shape; all cells of it are read.
#[test]
fn whole_forms_are_whole() {
    use gongkai::form::{Figure, SchemaVersion};

    for (seed, version) in [
        ("v2021_one_cell_a_line.txt", SchemaVersion::V2021),
        ("v2021_one_row_a_line.txt", SchemaVersion::V2021),
        ("v2019_one_row_a_line.txt", SchemaVersion::V2019),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/parse").join(seed);
        let text = fs::read_to_string(path).unwrap();
        let report = gongkai::parse(&text).unwrap();
        let form = report.form().unwrap();
        assert_eq!(form.version(), version, "{seed}");
        for (spec, cell) in form.cells() {
            assert_ne!(cell.figure(), Figure::Missing, "{seed}: {}", spec.id);
        }
    }
}
