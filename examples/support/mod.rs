//! What the example programs share: arguments, inputs, exit codes, and text laid out for a terminal.
#![allow(dead_code, reason = "every example uses its own part")]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Read, StdoutLock, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use comfy_table::{Cell, CellAlignment, LineStyle, Table, TableStyle};
use gongkai::diagnostic::{Language, Severity};
use gongkai::source::DEFAULT_MAX_BYTES;
use gongkai::{Diagnostic, Report};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The files that are read from a folder, by extension.
const EXTENSIONS: &[&str] = &["htm", "html", "md", "shtml", "text", "txt"];
/// Those of them that are web pages.
const PAGES: &[&str] = &["htm", "html", "shtml"];
/// How a file of another name begins that is a web page.
const PAGE_STARTS: &[&str] = &["<!doctype", "<html", "<head", "<body", "<table", "<div", "<?xml"];

/// How wide a page is printed where `--width` does not say, and what it may say.
const WIDTH: usize = 100;
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=400;

/// From this many files on, a terminal is told how far the reading is.
const MANY: usize = 20;

/// What `--help` says of the inputs, for every program.
const INPUTS: &str = "\
Inputs:
  FILE      is read whatever its name; UTF-8, GB18030 (GBK, GB2312), Big5 and UTF-16 are told apart;
            *.html, *.htm and *.shtml, and what begins as a web page, are read as web pages
  FOLDER    is read with its subfolders, in the order of their names: *.txt, *.text, *.md and web pages
  -         is standard input
";

/// A program, as its command line shows it.
pub struct Tool {
    pub name: &'static str,
    /// One line: what it does.
    pub about: &'static str,
    /// What `--help` says of its own options and exit codes.
    pub help: &'static str,
    /// The formats of `--format`, the default first.
    pub formats: &'static [&'static str],
    /// The further long options it takes: `lang`, `width`, `tables-only`, `changes`.
    pub takes: &'static [&'static str],
}

/// What the command line asks for.
pub struct Options {
    pub format: &'static str,
    pub language: Language,
    pub width: usize,
    pub tables_only: bool,
    pub changes: bool,
    inputs: Vec<PathBuf>,
}

impl Options {
    /// A word in the language asked for.
    pub fn say(&self, english: &'static str, chinese: &'static str) -> &'static str {
        match self.language {
            Language::Chinese => chinese,
            _ => english,
        }
    }
}

/// What was met on the way; the exit code tells it.
#[derive(Default)]
pub struct Outcome {
    /// Whether a report has errors, where that is what the program looks for.
    pub errors: bool,
    /// How many inputs could not be read.
    pub unusable: usize,
}

/// Where the programs write.
pub type Output = BufWriter<StdoutLock<'static>>;

/// Reads the command line, does the work, and makes the exit code of its outcome: 2 for bad usage and unusable inputs,
/// 1 for errors found, 0 otherwise. When nobody reads the output any more, the work ends and nothing is said.
pub fn run(
    tool: &Tool,
    work: impl FnOnce(&Options, &mut Outcome, &mut Output) -> io::Result<()>,
) -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut outcome = Outcome::default();
    let result = match request(tool) {
        Ok(Request::Work(options)) => work(&options, &mut outcome, &mut out),
        Ok(Request::Show(text)) => out.write_all(text.as_bytes()),
        Err(message) => {
            complain(&message);
            outcome.unusable = 1;
            Ok(())
        }
    };
    if let Err(error) = result.and_then(|()| out.flush())
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        complain(&format!("{}: the output cannot be written: {error}", tool.name));
        outcome.unusable += 1;
    }
    match outcome {
        Outcome { unusable: 1.., .. } => ExitCode::from(2),
        Outcome { errors: true, .. } => ExitCode::from(1),
        Outcome { .. } => ExitCode::SUCCESS,
    }
}

/// Parses every input and hands its report to `work` under the name that was given; an input that cannot be read is told on
/// standard error, and the others are still read.
pub fn each_report(
    options: &Options,
    outcome: &mut Outcome,
    mut work: impl FnMut(&str, &Report<'_>, &mut Outcome) -> io::Result<()>,
) -> io::Result<()> {
    let files = gather(&options.inputs, outcome);
    let progress = Progress::of(files.len());
    for (done, file) in files.iter().enumerate() {
        progress.show(done);
        let name = file.display().to_string();
        let result = match read(file) {
            Ok(bytes) => match parse(file, &bytes) {
                Ok(report) => Ok(work(&name, &report, outcome)?),
                Err(error) if error.is_limit() => Err(format!(
                    "it is larger than {} MiB, too large for one report: split it",
                    DEFAULT_MAX_BYTES >> 20
                )),
                Err(error) => Err(error.to_string()),
            },
            Err(error) => Err(cannot_read(&error)),
        };
        if let Err(reason) = result {
            progress.clear();
            unusable(&name, &reason, outcome);
        }
    }
    progress.clear();
    Ok(())
}

/// The report in a file, which may be a web page.
fn parse<'a>(file: &Path, bytes: &'a [u8]) -> Result<Report<'a>, gongkai::Error> {
    if is_page(file, bytes) { gongkai::parse_html(bytes) } else { gongkai::parse_bytes(bytes) }
}

/// Whether a file is a web page, by its name, or by its beginning in any encoding that has ASCII in it.
fn is_page(file: &Path, bytes: &[u8]) -> bool {
    if extension(file).is_some_and(|extension| PAGES.contains(&extension.as_str())) {
        return true;
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let begins = |start: &&str| {
        bytes.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
    };
    PAGE_STARTS.iter().any(begins)
}

/// The extension of a file name in lower case.
fn extension(file: &Path) -> Option<String> {
    file.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase)
}

/// A finding on one line: its place in the file, severity, code, and words.
pub fn finding_line(options: &Options, report: &Report<'_>, finding: &Diagnostic) -> String {
    let place = finding.span().map_or_else(
        || "-".to_owned(),
        |span| {
            let (line, column) = report.source().line_column(span.start());
            format!("{line}:{column}")
        },
    );
    let severity = match finding.severity() {
        Severity::Error => options.say("error", "错误"),
        Severity::Warning => options.say("warning", "警告"),
        _ => options.say("info", "提示"),
    };
    let message = clean(&finding.message(options.language));
    format!("{place:<8} {severity}[{}] {message}", finding.code())
}

/// `text` on one line and harmless to a terminal: runs of white space become one space, other control and
/// direction characters U+FFFD.
pub fn clean(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(is_unsafe, "\u{FFFD}")
}

/// [`clean`] text of at most `width` columns; what is cut ends in `…`.
pub fn fit(text: &str, width: usize) -> String {
    let text = clean(text);
    if text.width() <= width {
        return text;
    }
    let head = chunk(&text, width.saturating_sub(1));
    format!("{}…", head.trim_end())
}

/// `text`, with spaces up to `width` columns.
pub fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A table of labelled rows, laid out so that two-column characters line up.
#[derive(Default)]
pub struct Grid {
    heads: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
    left: Vec<usize>,
}

impl Grid {
    /// A table with these heads, of one or more lines, over the columns behind the label.
    pub fn new(heads: impl IntoIterator<Item = String>) -> Self {
        Self { heads: heads.into_iter().collect(), ..Self::default() }
    }

    /// Aligns a column to the left; the others hold figures and are aligned to the right.
    pub fn left(mut self, column: usize) -> Self {
        self.left.push(column);
        self
    }

    /// Adds a row; one without figures is a heading.
    pub fn row(&mut self, label: String, figures: Vec<String>) {
        self.rows.push((label, figures));
    }

    /// How wide the widest label is.
    pub fn label_width(&self) -> usize {
        self.rows.iter().map(|(label, _)| label.width()).max().unwrap_or(0)
    }

    /// How wide the columns behind the label are, with the space before each.
    pub fn figures_width(&self) -> usize {
        let of = |text: &str| text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        let widest = |(column, head): (usize, &String)| {
            let cells = self.rows.iter().filter_map(|(_, figures)| figures.get(column));
            cells.map(|cell| of(cell)).max().unwrap_or(0).max(of(head))
        };
        self.heads.iter().enumerate().map(|column| widest(column) + GAP).sum()
    }

    /// The lines of the table, with a label column of `label_width`; longer labels are cut.
    pub fn lines(&self, label_width: usize) -> Vec<String> {
        let rule = LineStyle::none().fill('-').junction('-');
        let mut table = Table::new();
        table.load_style(TableStyle::new().header_separator(rule));
        let heads = self.heads.iter().map(Cell::new);
        table.set_header([Cell::new(" ".repeat(label_width))].into_iter().chain(heads));
        for (label, figures) in &self.rows {
            let label = Cell::new(fit_indented(label, label_width));
            table.add_row([label].into_iter().chain(figures.iter().map(Cell::new)));
        }
        for (at, column) in table.column_iter_mut().enumerate() {
            column.set_padding((if at == 0 { 0 } else { GAP as u16 - 1 }, 0));
            if at > 0 && !self.left.contains(&(at - 1)) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table.lines().map(|line| line.trim_end().to_owned()).collect()
    }
}

/// The columns between two columns of a table; one of them is the table's own.
const GAP: usize = 2;

enum Request {
    Work(Options),
    Show(String),
}

/// Reads the command line.
fn request(tool: &Tool) -> Result<Request, String> {
    let usage = format!("Usage: {} [OPTIONS] FILE|FOLDER|-...", tool.name);
    let hint = |error: lexopt::Error| format!("{}: {error}\n{usage}\nTry --help.", tool.name);
    let mut options = Options {
        format: tool.formats[0],
        language: Language::English,
        width: WIDTH,
        tables_only: false,
        changes: false,
        inputs: Vec::new(),
    };
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next().map_err(hint)? {
        use lexopt::prelude::*;
        let takes = |name| tool.takes.contains(&name);
        match argument {
            Short('h') | Long("help") => {
                let about = format!("{}\n\n{usage}\n\n{}\n{INPUTS}", tool.about, tool.help);
                return Ok(Request::Show(about));
            }
            Short('V') | Long("version") => {
                let version = env!("CARGO_PKG_VERSION");
                return Ok(Request::Show(format!("{} (gongkai {version})\n", tool.name)));
            }
            Long("format") => options.format = choice(&mut arguments, tool.formats).map_err(hint)?,
            Long("lang") if takes("lang") => {
                options.language = match choice(&mut arguments, &["en", "zh"]).map_err(hint)? {
                    "zh" => Language::Chinese,
                    _ => Language::English,
                };
            }
            Long("width") if takes("width") => {
                options.width = width(&mut arguments).map_err(hint)?;
            }
            Long("tables-only") if takes("tables-only") => options.tables_only = true,
            Long("changes") if takes("changes") => options.changes = true,
            Value(input) => options.inputs.push(input.into()),
            other => return Err(hint(other.unexpected())),
        }
    }
    if options.inputs.is_empty() {
        return Err(format!("{}\n{usage}\nTry --help.", tool.about));
    }
    Ok(Request::Work(options))
}

/// The value of an option that is one of `choices`.
fn choice(
    arguments: &mut lexopt::Parser,
    choices: &'static [&'static str],
) -> Result<&'static str, lexopt::Error> {
    let value = arguments.value()?;
    let found = choices.iter().find(|choice| value == **choice);
    found
        .copied()
        .ok_or_else(|| format!("{:?} is not one of: {}", value.to_string_lossy(), choices.join(", ")).into())
}

/// The value of `--width`.
fn width(arguments: &mut lexopt::Parser) -> Result<usize, lexopt::Error> {
    let value = arguments.value()?;
    let width = value.to_str().and_then(|text| text.parse().ok()).filter(|width| WIDTHS.contains(width));
    let (min, max) = WIDTHS.into_inner();
    width.ok_or_else(|| format!("--width takes a number from {min} to {max}").into())
}

/// All files of the inputs, those of a folder sorted.
fn gather(inputs: &[PathBuf], outcome: &mut Outcome) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for input in inputs {
        if is_stdin(input) || !input.is_dir() {
            files.push(input.clone());
            continue;
        }
        let mut found = Vec::new();
        let mut folders = vec![input.clone()];
        while let Some(folder) = folders.pop() {
            if let Err(error) = list(&folder, &mut found, &mut folders) {
                unusable(&folder.display().to_string(), &cannot_read(&error), outcome);
            }
        }
        if found.is_empty() {
            let kinds = EXTENSIONS.join(", .");
            let reason = format!("the folder holds no .{kinds} file: name the files themselves");
            unusable(&input.display().to_string(), &reason, outcome);
        }
        found.sort();
        files.append(&mut found);
    }
    files
}

/// Adds the reports of one folder to `files`, and its subfolders to `folders`; a link to a folder is not followed.
fn list(folder: &Path, files: &mut Vec<PathBuf>, folders: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            folders.push(path);
        } else if extension(&path).is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
            && !path.is_dir()
        {
            files.push(path);
        }
    }
    Ok(())
}

fn is_stdin(input: &Path) -> bool {
    input.as_os_str() == "-"
}

/// The bytes of an input, at most one more than the crate takes.
fn read(input: &Path) -> io::Result<Vec<u8>> {
    let source: Box<dyn Read> =
        if is_stdin(input) { Box::new(io::stdin().lock()) } else { Box::new(File::open(input)?) };
    let mut bytes = Vec::new();
    source.take(DEFAULT_MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn cannot_read(error: &io::Error) -> String {
    let advice = match error.kind() {
        io::ErrorKind::NotFound => ": check the path",
        io::ErrorKind::PermissionDenied => ": check its permissions",
        _ => "",
    };
    format!("it cannot be read: {error}{advice}")
}

fn unusable(name: &str, reason: &str, outcome: &mut Outcome) {
    complain(&format!("{}: {reason}", clean(name)));
    outcome.unusable += 1;
}

/// Writes to standard error, which may be closed.
pub fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "{message}");
}

/// How many files are done, on a terminal that shows nothing else.
struct Progress {
    total: usize,
    shown: bool,
}

impl Progress {
    fn of(total: usize) -> Self {
        let shown = total >= MANY && io::stderr().is_terminal() && !io::stdout().is_terminal();
        Self { total, shown }
    }

    fn show(&self, done: usize) {
        if self.shown {
            let _ = write!(io::stderr(), "\r{done}/{}", self.total);
        }
    }

    fn clear(&self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r{:24}\r", "");
        }
    }
}

/// As [`fit`], for a label that may be indented.
fn fit_indented(label: &str, width: usize) -> String {
    let text = label.trim_start();
    let indent = label.len() - text.len();
    format!("{}{}", " ".repeat(indent), fit(text, width.saturating_sub(indent)))
}

/// As much of `text` as `width` columns hold, one character at least.
fn chunk(text: &str, width: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(at, c)| {
        used += c.width().unwrap_or(0);
        *at > 0 && used > width
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// Control characters, and those that change the direction of what follows.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
