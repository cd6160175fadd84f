//! A corpus of disclosure reports to a dataset: cells, metrics and findings as Parquet, CSV or JSON Lines.
//!
//! ```sh
//! cargo run --release -- reports/ -o dataset
//! cargo run --release -- 'crawl/*.jsonl' --column content --name url -o dataset --format csv
//! ```

mod documents;
mod output;
mod page;
mod part;
mod run;
mod summary;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::output::Format;

const AFTER_HELP: &str = "\
Inputs are told by their ending: .jsonl and .ndjson have a document in each line, .parquet one in each row, both in a
text column; .html and .htm are web pages; any other file is one document of text in any encoding.

The dataset:
  cells/       one row for each cell of a form     file, agency, report_year, template, ids, labels, state, value, …
  metrics/     one row for each report             file, agency, report_year, template, in_doubt, received, granted, …
  findings/    one row for each finding            file, agency, report_year, template, code, severity, message, cells, …
  unreadable/  one row for each unreadable input   file, reason
  summary.html, summary.json                       the summary, for people and for programs
  parts/, run.json                                 what is done already: see --resume
Each folder has one file a part; a part has the same documents, in the same order, in every run.

Exit code:
  0  every document was read
  1  the run could not be finished; --resume goes on with it
  2  wrong usage
  3  the dataset is complete, but some documents could not be read: see unreadable/";

/// Reads a corpus of disclosure reports (政府信息公开工作年度报告) into a dataset.
#[derive(Parser)]
#[command(version, after_help = AFTER_HELP)]
struct Args {
    /// Files, folders (read with all folders in them), or globs such as 'reports/**/*.txt'
    #[arg(required = true)]
    inputs: Vec<String>,
    /// The folder of the dataset; made if there is none
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
    /// What the tables are written as
    #[arg(long, value_enum, default_value_t = Format::Parquet)]
    format: Format,
    /// The column with the text, of JSON Lines and Parquet
    #[arg(long, value_name = "COLUMN", default_value = "text")]
    column: String,
    /// The column that names the document, of JSON Lines and Parquet; without it the file and the number of the row do
    #[arg(long, value_name = "COLUMN")]
    name: Option<String>,
    /// Whether the text column holds web pages
    #[arg(long)]
    html: bool,
    /// Goes on with a run that was stopped; parts that are complete are kept
    #[arg(long)]
    resume: bool,
    /// How many documents a part has at most
    #[arg(long, value_name = "COUNT", default_value = "500")]
    part: NonZeroUsize,
    /// How many threads work; all cores by default
    #[arg(long, value_name = "COUNT")]
    threads: Option<NonZeroUsize>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match run::run(&args) {
        Ok(summary) if summary.unreadable.is_empty() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(3),
        Err(run::Failure::Usage(error)) => {
            eprintln!("corpus: {error:#}");
            ExitCode::from(2)
        }
        Err(run::Failure::Run(error)) => {
            eprintln!("corpus: {error:#}");
            ExitCode::from(1)
        }
    }
}
