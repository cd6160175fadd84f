//! A table of the dataset in one of the formats, a file for each part.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;
use gongkai::export::{Batch, CsvWriter, Record, write_json_line};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use serde::Serialize;

/// How many rows are collected before they are encoded.
const BATCH_ROWS: usize = 8192;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Parquet,
    Csv,
    Jsonl,
}

impl Format {
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }
}

/// One file of one table. It has its name only when it is complete.
pub struct Table<R: Record> {
    path: PathBuf,
    unfinished: PathBuf,
    writer: Writer<R>,
}

enum Writer<R: Record> {
    Parquet(Box<ArrowWriter<File>>, Batch<R>),
    Csv(Box<CsvWriter<R, BufWriter<File>>>),
    Jsonl(BufWriter<File>),
}

impl<R: Record> Table<R>
where
    for<'x> R::Row<'x>: Serialize,
{
    pub fn create(folder: &Path, part: usize, format: Format) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let path = folder.join(format!("part-{part:06}.{}", format.ending()));
        let unfinished = path.with_extension("unfinished");
        let file = File::create(&unfinished).with_context(|| unfinished.display().to_string())?;
        let writer = match format {
            Format::Parquet => {
                let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
                let writer = ArrowWriter::try_new(file, Batch::<R>::schema(), Some(properties))?;
                Writer::Parquet(Box::new(writer), Batch::new())
            }
            Format::Csv => Writer::Csv(Box::new(CsvWriter::new(BufWriter::new(file))?)),
            Format::Jsonl => Writer::Jsonl(BufWriter::new(file)),
        };
        Ok(Self { path, unfinished, writer })
    }

    pub fn write(&mut self, row: &R::Row<'_>) -> Result<()> {
        match &mut self.writer {
            Writer::Parquet(writer, batch) => {
                batch.push(row);
                if batch.len() >= BATCH_ROWS {
                    writer.write(&batch.finish()?)?;
                }
            }
            Writer::Csv(csv) => csv.write(row)?,
            Writer::Jsonl(out) => write_json_line(out, row)?,
        }
        Ok(())
    }

    pub fn finish(self) -> Result<()> {
        match self.writer {
            Writer::Parquet(mut writer, mut batch) => {
                writer.write(&batch.finish()?)?;
                writer.close()?;
            }
            Writer::Csv(csv) => csv.finish()?.flush()?,
            Writer::Jsonl(mut out) => out.flush()?,
        }
        fs::rename(&self.unfinished, &self.path).with_context(|| self.path.display().to_string())
    }
}
