//! Rows as CSV.

use core::marker::PhantomData;
use std::io::Write;

use csv::Writer;

use super::{Record, Value};

/// Writes rows as CSV (RFC 4180) in UTF-8 with a header line; behind the feature `csv`.
///
/// Nothing is an empty field, a list one field with spaces between its ids, a number its digits as printed.
///
/// ```
/// use gongkai::export::{CsvWriter, Export, TidyCell};
///
/// let report = gongkai::parse("七、依申请公开信息收取的费用 | 万元 | 12.50 |\n")?;
/// let mut csv = CsvWriter::<TidyCell<'_>, _>::new(Vec::new())?;
/// for cell in Export::new(&report).file("a.txt").cells().filter(|cell| cell.raw == "12.50") {
///     csv.write(&cell)?;
/// }
/// let text = String::from_utf8(csv.finish()?)?;
/// assert_eq!(
///     text.lines().last(),
///     Some("a.txt,,,v2014,statistics,fees,value,政府信息公开情况统计表,依申请公开信息收取的费用,统计数,number,12.50,2,万元,12.50,54,59,")
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct CsvWriter<R, W: Write> {
    writer: Writer<W>,
    rows: PhantomData<fn(R)>,
}

impl<R: Record, W: Write> CsvWriter<R, W> {
    /// Writes the header line.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn new(out: W) -> std::io::Result<Self> {
        let mut writer = Writer::from_writer(out);
        writer.write_record(R::columns().iter().map(super::Column::name))?;
        Ok(Self { writer, rows: PhantomData })
    }

    /// Writes a row.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn write(&mut self, row: &R::Row<'_>) -> std::io::Result<()> {
        for value in row.values() {
            match value {
                Value::Null => self.writer.write_field("")?,
                Value::Text(text) => self.writer.write_field(text.as_bytes())?,
                Value::Whole(whole) => self.writer.write_field(whole.to_string())?,
                Value::Decimal(number) => self.writer.write_field(number.to_string())?,
                Value::List(items) => self.writer.write_field(items.join(" "))?,
            }
        }
        self.writer.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Flushes, and gives back what was written to.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn finish(self) -> std::io::Result<W> {
        self.writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}
