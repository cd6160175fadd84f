//! The documents of the inputs, one after another, whatever they come from.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, bail};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::cast;
use arrow_schema::DataType;
use globset::GlobBuilder;
use gongkai::source::DEFAULT_MAX_BYTES;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;
use walkdir::WalkDir;

/// Of JSON Lines: a longer line is passed over. Six bytes a character (`\u4e00`) of the largest text that is parsed.
const MAX_LINE: usize = 2 * DEFAULT_MAX_BYTES;
/// How many rows of Parquet are decoded at a time.
const BATCH_ROWS: usize = 64;
/// How much text a part has at most, beyond which it has fewer documents: what a thread holds in memory.
const MAX_PART_BYTES: usize = 32 << 20;

/// A file of the inputs.
pub struct Input {
    pub path: PathBuf,
    /// What it is called in the dataset.
    pub name: String,
    pub bytes: u64,
    /// Seconds and nanoseconds of its last change.
    pub changed: (u64, u32),
}

/// A document to be parsed.
pub struct Document {
    pub name: String,
    pub body: Body,
    /// How far it brings the run, in bytes of the inputs.
    pub weight: u64,
}

pub enum Body {
    /// A file that is the document.
    File(PathBuf),
    Bytes(Vec<u8>),
    Page(Vec<u8>),
    /// It cannot be read, and why.
    Unreadable(String),
}

/// How to find documents in files that have several.
#[derive(Clone)]
pub struct Columns {
    pub text: String,
    pub name: Option<String>,
    pub html: bool,
}

/// The files that `inputs` name, sorted within each, no file twice.
pub fn files(inputs: &[String]) -> Result<Vec<Input>> {
    let mut files: Vec<Input> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for input in inputs {
        let path = Path::new(input);
        let found = if path.exists() {
            walk(path, |_| true)?
        } else if input.contains(['*', '?', '[', '{']) {
            let glob = GlobBuilder::new(input).literal_separator(true).build()?.compile_matcher();
            let fixed = path.iter().take_while(|part| !part.to_string_lossy().contains(['*', '?', '[', '{']));
            let base: PathBuf = fixed.collect();
            let here = base.as_os_str().is_empty();
            // A relative glob has no `./` in front of it, and neither have the paths that it is held to.
            let matches = |path: &Path| glob.is_match(path.strip_prefix("./").unwrap_or(path));
            walk(if here { Path::new(".") } else { &base }, matches)?
        } else {
            bail!("{input}: no such file or folder");
        };
        if found.is_empty() {
            bail!("{input}: no files");
        }
        files.extend(found.into_iter().filter(|file| seen.insert(file.path.clone())));
    }
    Ok(files)
}

fn walk(base: &Path, matches: impl Fn(&Path) -> bool) -> Result<Vec<Input>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(base).follow_links(true).sort_by_file_name() {
        let entry = entry?;
        if !entry.file_type().is_file() || !matches(entry.path()) {
            continue;
        }
        let data = entry.metadata()?;
        let since = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let changed = since.map_or((0, 0), |since| (since.as_secs(), since.subsec_nanos()));
        let name = entry.path().to_string_lossy().into_owned();
        files.push(Input { path: entry.into_path(), name, bytes: data.len(), changed });
    }
    Ok(files)
}

/// The documents of a file.
pub fn documents(input: Input, columns: Columns) -> Box<dyn Iterator<Item = Document> + Send> {
    let ending = input.path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let (name, bytes) = (input.name.clone(), input.bytes);
    let many = match ending.as_deref() {
        Some("jsonl" | "ndjson") => lines(input, columns),
        Some("parquet") => rows(input, columns),
        _ => Ok(Box::new(std::iter::once(Document {
            name: input.name,
            body: Body::File(input.path),
            weight: input.bytes,
        })) as Box<dyn Iterator<Item = Document> + Send>),
    };
    many.unwrap_or_else(|error| {
        let body = Body::Unreadable(format!("{error:#}"));
        Box::new(std::iter::once(Document { name, body, weight: bytes }))
    })
}

fn body(text: Vec<u8>, html: bool) -> Body {
    if html { Body::Page(text) } else { Body::Bytes(text) }
}

/// The documents of a JSON Lines file, one a line.
fn lines(input: Input, columns: Columns) -> Result<Box<dyn Iterator<Item = Document> + Send>> {
    let mut reader = BufReader::new(File::open(&input.path)?);
    let mut number = 0_u64;
    Ok(Box::new(std::iter::from_fn(move || {
        let mut line = Vec::new();
        let read = (&mut reader).take(MAX_LINE as u64).read_until(b'\n', &mut line);
        number += 1;
        let place = format!("{}:{number}", input.name);
        let unreadable = |reason: String, weight| {
            Some(Document { name: place.clone(), body: Body::Unreadable(reason), weight })
        };
        match read {
            Ok(0) => return None,
            Ok(_) => {}
            Err(error) => {
                // Nothing behind it can be read: the reader stands at the end from here on.
                reader = BufReader::new(File::open(&input.path).ok()?);
                std::io::Seek::seek(&mut reader, std::io::SeekFrom::End(0)).ok()?;
                return unreadable(error.to_string(), 0);
            }
        }
        let weight = line.len() as u64;
        if line.len() >= MAX_LINE && line.last() != Some(&b'\n') {
            let rest = reader.skip_until(b'\n').unwrap_or(0) as u64;
            return unreadable(format!("the line has more than {MAX_LINE} bytes"), weight + rest);
        }
        if line.trim_ascii().is_empty() {
            return Some(Document {
                name: place,
                body: Body::Unreadable("an empty line".to_owned()),
                weight,
            });
        }
        let fields: Value = match serde_json::from_slice(&line) {
            Ok(fields) => fields,
            Err(error) => return unreadable(format!("no JSON: {error}"), weight),
        };
        let Some(text) = fields.get(&columns.text).and_then(Value::as_str) else {
            return unreadable(format!("no text in {:?}", columns.text), weight);
        };
        let named = columns.name.as_ref().and_then(|name| fields.get(name)).and_then(Value::as_str);
        let name = named.map_or_else(|| place.clone(), str::to_owned);
        Some(Document { name, body: body(text.as_bytes().to_vec(), columns.html), weight })
    })))
}

/// The documents of a Parquet file, one a row.
fn rows(input: Input, columns: Columns) -> Result<Box<dyn Iterator<Item = Document> + Send>> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(&input.path)?)?;
    let wanted: Vec<&str> =
        [Some(&columns.text), columns.name.as_ref()].into_iter().flatten().map(String::as_str).collect();
    for column in &wanted {
        builder.schema().field_with_name(column).with_context(|| format!("no column {column:?}"))?;
    }
    let total = builder.metadata().file_metadata().num_rows().unsigned_abs().max(1);
    let mask = ProjectionMask::columns(builder.parquet_schema(), wanted);
    let batches = builder.with_projection(mask).with_batch_size(BATCH_ROWS).build()?;
    let mut number = 0_u64;
    Ok(Box::new(batches.flat_map(move |batch| {
        let read = batch.map_err(anyhow::Error::from).and_then(|batch| {
            let texts = strings(&batch, &columns.text)?;
            let names = columns.name.as_ref().map(|name| strings(&batch, name)).transpose()?;
            Ok((texts, names))
        });
        let (texts, names) = match read {
            Ok(read) => read,
            Err(error) => {
                let (name, body) = (input.name.clone(), Body::Unreadable(format!("{error:#}")));
                return vec![Document { name, body, weight: 0 }];
            }
        };
        let document = |at: usize| {
            number += 1;
            let share = |row: u64| (u128::from(input.bytes) * u128::from(row) / u128::from(total)) as u64;
            let names =
                names.as_ref().map(|names| names.as_binary::<i64>()).filter(|names| names.is_valid(at));
            let name = names.map(|names| String::from_utf8_lossy(names.value(at)).into_owned());
            let texts = texts.as_binary::<i64>();
            Document {
                name: name.unwrap_or_else(|| format!("{}:{number}", input.name)),
                body: match texts.is_valid(at) {
                    true => body(texts.value(at).to_vec(), columns.html),
                    false => Body::Unreadable(format!("no text in {:?}", columns.text)),
                },
                weight: share(number) - share(number - 1),
            }
        };
        (0..texts.len()).map(document).collect()
    })))
}

/// A column of text, of whatever type text has in it, as bytes.
fn strings(batch: &RecordBatch, column: &str) -> Result<ArrayRef> {
    let array = batch.column_by_name(column).with_context(|| format!("no column {column:?}"))?;
    cast(array, &DataType::LargeBinary).with_context(|| format!("column {column:?} holds no text"))
}

/// The documents in parts: of `count` documents, or fewer where these are large.
pub fn parts(
    documents: impl Iterator<Item = Document> + Send,
    count: usize,
) -> impl Iterator<Item = Vec<Document>> + Send {
    let mut documents = documents.peekable();
    std::iter::from_fn(move || {
        documents.peek()?;
        let mut part = Vec::new();
        let mut bytes = 0;
        while part.len() < count && bytes < MAX_PART_BYTES {
            let Some(document) = documents.next() else { break };
            bytes += match &document.body {
                Body::Bytes(text) | Body::Page(text) => text.len(),
                Body::File(_) | Body::Unreadable(_) => 0,
            };
            part.push(document);
        }
        Some(part)
    })
}
