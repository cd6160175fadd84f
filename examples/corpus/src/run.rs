//! A run: the inputs in parts, the parts on all cores, the summary of all parts.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use anyhow::{Context, Error, Result, anyhow};
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use rayon::ThreadPoolBuilder;
use rayon::iter::{ParallelBridge, ParallelIterator};
use serde::{Deserialize, Serialize};

use crate::Args;
use crate::documents::{Columns, Input, documents, files, parts};
use crate::page::page;
use crate::part;
use crate::summary::Summary;

pub enum Failure {
    Usage(Error),
    Run(Error),
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Run(error.into())
    }
}

/// What makes the parts of a run what they are: a run is resumed only with the same.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Settings {
    version: String,
    format: String,
    part: usize,
    column: String,
    name: Option<String>,
    html: bool,
    /// Of the names, sizes and times of the inputs.
    inputs: u64,
}

impl Settings {
    fn of(args: &Args, files: &[Input]) -> Self {
        let mut hasher = DefaultHasher::new();
        for file in files {
            (&file.name, file.bytes, file.changed).hash(&mut hasher);
        }
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            format: args.format.ending().to_owned(),
            part: args.part.get(),
            column: args.column.clone(),
            name: args.name.clone(),
            html: args.html,
            inputs: hasher.finish(),
        }
    }
}

/// Makes the dataset, prints the summary and writes its page.
pub fn run(args: &Args) -> Result<Summary, Failure> {
    let files = files(&args.inputs).map_err(Failure::Usage)?;
    prepare(args, &Settings::of(args, &files))?;
    if let Some(threads) = args.threads {
        ThreadPoolBuilder::new().num_threads(threads.get()).build_global()?;
    }
    let total = files.iter().map(|file| file.bytes).sum();
    let columns = Columns { text: args.column.clone(), name: args.name.clone(), html: args.html };
    let documents = files.into_iter().flat_map(|file| documents(file, columns.clone()));
    let progress = progress(total);
    let (count, done) = (AtomicUsize::new(0), AtomicU64::new(0));
    parts(documents, args.part.get()).enumerate().par_bridge().try_for_each(|(number, documents)| {
        count.fetch_max(number + 1, Ordering::Relaxed);
        let record = record(&args.output, number);
        let documents_in_part = documents.len() as u64;
        if record.exists() {
            progress.inc(documents.iter().map(|document| document.weight).sum());
        } else {
            let summary = part::write(documents, &args.output, number, args.format, &progress)?;
            write_whole(&record, &serde_json::to_vec(&summary)?)?;
        }
        let done = done.fetch_add(documents_in_part, Ordering::Relaxed) + documents_in_part;
        progress.set_message(format!("{done} documents"));
        Ok::<(), Error>(())
    })?;
    progress.finish_and_clear();
    let mut summary = Summary::default();
    for number in 0..count.into_inner() {
        let path = record(&args.output, number);
        let part = fs::read(&path).with_context(|| path.display().to_string())?;
        summary.merge(serde_json::from_slice(&part).with_context(|| path.display().to_string())?);
    }
    write_whole(&args.output.join("summary.json"), &serde_json::to_vec_pretty(&summary)?)?;
    let page_path = args.output.join("summary.html");
    write_whole(&page_path, page(&summary)?.as_bytes())?;
    for table in summary.tables().iter().filter(|table| !table.rows.is_empty()) {
        println!("{table}");
    }
    println!(
        "{} documents read, {} unreadable; {}",
        summary.reports,
        summary.unreadable.len(),
        page_path.display()
    );
    Ok(summary)
}

/// Makes the folder of the dataset, or sees that the run in it is this one.
fn prepare(args: &Args, settings: &Settings) -> Result<(), Failure> {
    let path = args.output.join("run.json");
    let usage = |message: String| Failure::Usage(anyhow!("{}: {message}", args.output.display()));
    match fs::read(&path) {
        Ok(_) if !args.resume => Err(usage("has a dataset already; --resume goes on with it".to_owned())),
        Ok(bytes) => match serde_json::from_slice::<Settings>(&bytes) {
            Ok(earlier) if earlier == *settings => Ok(()),
            _ => Err(usage("was begun with other inputs or options; choose another folder".to_owned())),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let occupied = fs::read_dir(&args.output).is_ok_and(|mut entries| entries.next().is_some());
            if occupied {
                return Err(usage("is not empty and holds no dataset".to_owned()));
            }
            fs::create_dir_all(args.output.join("parts")).context(args.output.display().to_string())?;
            Ok(write_whole(&path, &serde_json::to_vec_pretty(settings)?)?)
        }
        Err(error) => Err(usage(error.to_string())),
    }
}

/// The summary of a part, which is there only when the part is complete.
fn record(folder: &Path, number: usize) -> std::path::PathBuf {
    folder.join("parts").join(format!("part-{number:06}.json"))
}

/// Writes a file that is there whole or not at all.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let unfinished = path.with_extension("unfinished");
    fs::write(&unfinished, bytes).with_context(|| unfinished.display().to_string())?;
    fs::rename(&unfinished, path).with_context(|| path.display().to_string())
}

fn progress(bytes: u64) -> ProgressBar {
    let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let _ = write!(out, "{:.1} MB/s", state.per_sec() / 1e6);
    };
    let style = ProgressStyle::with_template("{wide_bar} {percent}% {msg} {rate} {eta} left");
    match style {
        Ok(style) => ProgressBar::new(bytes).with_style(style.with_key("rate", rate)),
        Err(_) => ProgressBar::new(bytes),
    }
}
