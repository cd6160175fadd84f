//! One part of the dataset: its documents parsed, checked and written.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use anyhow::Result;
use gongkai::export::{Column, Export, FindingRow, Kind, Record, TidyCell, Value, WideMetrics};
use gongkai::source::DEFAULT_MAX_BYTES;
use gongkai::{Diagnostic, Report};
use indicatif::ProgressBar;

use crate::documents::{Body, Document};
use crate::output::{Format, Table};
use crate::summary::{Summary, Unreadable};

impl Record for Unreadable {
    type Row<'x> = Self;

    fn columns() -> &'static [Column] {
        static COLUMNS: [Column; 2] = [
            Column::new("file", Kind::Text, "the name of the document"),
            Column::new("reason", Kind::Text, "why it could not be read"),
        ];
        &COLUMNS
    }

    fn values(&self) -> impl Iterator<Item = Value<'_>> {
        [Value::from(self.file.as_str()), Value::from(self.reason.as_str())].into_iter()
    }
}

/// Writes part `number` of the dataset in `folder`.
pub fn write(
    documents: Vec<Document>,
    folder: &Path,
    number: usize,
    format: Format,
    progress: &ProgressBar,
) -> Result<Summary> {
    let mut cells = Table::<TidyCell<'_>>::create(&folder.join("cells"), number, format)?;
    let mut metrics = Table::<WideMetrics<'_>>::create(&folder.join("metrics"), number, format)?;
    let mut findings = Table::<FindingRow<'_>>::create(&folder.join("findings"), number, format)?;
    let mut unreadable = Table::<Unreadable>::create(&folder.join("unreadable"), number, format)?;
    let mut summary = Summary::default();
    for Document { name, body, weight } in documents {
        match read(body) {
            Ok((report, found)) => {
                let export = Export::new(&report).file(&name).findings_of(&found);
                for cell in export.cells() {
                    summary.add_cell(&cell);
                    cells.write(&cell)?;
                }
                for finding in export.findings() {
                    summary.add_finding(&finding);
                    findings.write(&finding)?;
                }
                let row = export.metrics();
                summary.add_report(&row);
                metrics.write(&row)?;
            }
            Err(reason) => {
                let row = Unreadable { file: name, reason };
                unreadable.write(&row)?;
                summary.unreadable.push(row);
            }
        }
        progress.inc(weight);
    }
    cells.finish()?;
    metrics.finish()?;
    findings.finish()?;
    unreadable.finish()?;
    Ok(summary)
}

/// A document parsed and checked, or why not. Whatever a document does to the parser, the run goes on.
fn read(body: Body) -> Result<(Report<'static>, Vec<Diagnostic>), String> {
    let (bytes, is_page) = match body {
        Body::Unreadable(reason) => return Err(reason),
        Body::Bytes(bytes) => (bytes, false),
        Body::Page(bytes) => (bytes, true),
        Body::File(path) => {
            let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
            let size = fs::metadata(&path).map_err(|error| error.to_string())?.len();
            if size > DEFAULT_MAX_BYTES as u64 {
                return Err(format!("the file has {size} bytes, the limit is {DEFAULT_MAX_BYTES}"));
            }
            (fs::read(&path).map_err(|error| error.to_string())?, ending == "html" || ending == "htm")
        }
    };
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        let report = match is_page {
            true => gongkai::parse_html(&bytes)?,
            false => gongkai::parse_bytes(&bytes)?.into_owned(),
        };
        let found = gongkai::check(&report);
        Ok((report, found))
    }));
    match parsed {
        Ok(parsed) => parsed.map_err(|error: gongkai::Error| error.to_string()),
        Err(_) => Err("the parser failed: please report it with the input".to_owned()),
    }
}
