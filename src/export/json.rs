//! Rows as JSON objects, or any other format of serde that has maps.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{FindingRow, Record, TidyCell, Value, WideMetrics};

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Whole(whole) => serializer.serialize_u64(*whole),
            Self::Decimal(number) => number.serialize(serializer),
            Self::List(items) => serializer.collect_seq(items),
        }
    }
}

macro_rules! maps {
    ($($name:ident)+) => {$(
        /// As a map from the names of the columns to the values; no key is left out.
        impl Serialize for $name<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let columns = Self::columns();
                let mut map = serializer.serialize_map(Some(columns.len()))?;
                for (column, value) in columns.iter().zip(self.values()) {
                    map.serialize_entry(column.name(), &value)?;
                }
                map.end()
            }
        }
    )+};
}

maps! { TidyCell WideMetrics FindingRow }

/// Writes a row as one line of JSON; behind the feature `json`.
///
/// ```
/// use gongkai::CellRecord;
/// use gongkai::export::{Export, write_json_line};
///
/// let report = gongkai::parse("七、依申请公开信息收取的费用 | 万元 | 12.50 |\n")?;
/// let mut lines = Vec::new();
/// for cell in Export::new(&report).cells().filter(|cell| cell.raw == "12.50") {
///     write_json_line(&mut lines, &cell)?;
/// }
/// let cell: CellRecord = serde_json::from_slice(&lines)?;
/// assert_eq!(cell.id.to_string(), "statistics/fees/value");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Those of `out`.
#[cfg(feature = "json")]
pub fn write_json_line<R: Record + Serialize>(mut out: impl std::io::Write, row: &R) -> std::io::Result<()> {
    serde_json::to_writer(&mut out, row)?;
    out.write_all(b"\n")
}
