//! The documents that the benches read.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// A report, its name, and the cells it is known to have, where a file `NAME.expected.json` says so.
pub struct Sample {
    pub name: String,
    pub text: String,
    #[allow(dead_code)]
    pub expected: Option<serde_json::Value>,
}

/// The reports of the folder that `GONGKAI_CORPUS` names; without the variable, the whole reports among the fuzz seeds.
pub fn corpus() -> Vec<Sample> {
    let folder = match env::var_os("GONGKAI_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/parse"),
    };
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut samples: Vec<Sample> = entries
        .map(|entry| entry.expect("a folder entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| Sample {
            name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            text: fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
            expected: fs::read_to_string(path.with_extension("expected.json"))
                .ok()
                .map(|expected| serde_json::from_str(&expected).expect("the expected cells as JSON")),
        })
        .filter(|sample| sample.text.len() > 2048)
        .collect();
    samples.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!samples.is_empty(), "{} holds no report", folder.display());
    samples
}
