//! The public API against `tests/data/public-api.txt`, so that no change of it goes unseen.
//!
//! `GONGKAI_UPDATE=1` writes the file anew. It is made from the JSON output of rustdoc, which is unstable: the crate
//! `public-api` reads one version of that format, and only a toolchain that writes it can run the test.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs, io};

/// The format that the locked `public-api` reads; Rust 1.95 writes it.
const FORMAT: u64 = 57;

/// Features without public items; `opencc` moreover needs a library of the system.
const LEFT_OUT: &[&str] = &["default", "opencc"];

#[test]
fn the_public_api_is_the_one_on_record() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let json = match rustdoc_json(root) {
        Ok(json) => json,
        Err(reason) => {
            // Not `eprintln!`, which the test harness would keep to itself.
            writeln!(io::stderr(), "skipped: the public API was not compared: {reason}").unwrap();
            return;
        }
    };
    let api = public_api::Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()
        .unwrap();
    let found: String =
        api.items().map(|item| format!("{item}\n")).filter(|line| !of_a_derive(line)).collect();
    assert!(found.contains("pub fn gongkai::parse("), "no public API at all: {found}");

    let record = root.join("tests/data/public-api.txt");
    if env::var_os("GONGKAI_UPDATE").is_some() {
        fs::write(&record, found).unwrap();
        return;
    }
    let recorded = fs::read_to_string(&record).unwrap_or_default().replace("\r\n", "\n");
    let (old, new): (Vec<&str>, Vec<&str>) = (recorded.lines().collect(), found.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("- {line}"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+ {line}"));
    let difference: Vec<String> = gone.chain(come).collect();
    assert!(
        recorded == found,
        "the public API is not that of {}; if the change is meant, run the test with GONGKAI_UPDATE=1:\n{}",
        record.display(),
        difference.join("\n")
    );
}

/// The methods that a trait implementation of the language brings along: its `impl` line says it all.
fn of_a_derive(line: &str) -> bool {
    const METHODS: &[&str] = &[
        "::clone(&self)",
        "::eq(&self,",
        "::cmp(&self,",
        "::partial_cmp(&self,",
        "::hash<",
        "::fmt(&self,",
        "::default()",
        "::from(",
        "::serialize<",
        "::deserialize<",
    ];
    let structural = line.contains("impl core::marker::StructuralPartialEq for ");
    structural || line.starts_with("pub fn ") && METHODS.iter().any(|method| line.contains(method))
}

/// The file that rustdoc writes about this crate, or why there is none.
fn rustdoc_json(root: &Path) -> Result<std::path::PathBuf, String> {
    let manifest: toml::Table = fs::read_to_string(root.join("Cargo.toml")).unwrap().parse().unwrap();
    let features = manifest["features"].as_table().unwrap().keys();
    let features: Vec<&str> = features.map(String::as_str).filter(|name| !LEFT_OUT.contains(name)).collect();
    assert!(!features.is_empty());
    // A folder of its own: the other one may be locked, and with this setting its contents would be built anew.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("public-api");
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["rustdoc", "--lib", "--quiet", "--features", &features.join(",")])
        .arg("--manifest-path")
        .arg(root.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json", "--cap-lints", "allow"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env_remove("RUSTFLAGS")
        .env_remove("RUSTDOCFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output()
        .map_err(|error| format!("cargo does not start: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        assert!(said.contains("nightly") || said.contains("unstable"), "rustdoc failed: {said}");
        return Err(format!("this toolchain writes no rustdoc JSON: {said}"));
    }
    let path = target.join("doc/gongkai.json");
    let json: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    match json["format_version"].as_u64() {
        Some(FORMAT) => Ok(path),
        other => {
            Err(format!("this toolchain writes rustdoc JSON of format {other:?}, the test reads {FORMAT}"))
        }
    }
}
