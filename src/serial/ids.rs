//! Ids, units, codes, days and places.

use core::fmt;

use serde::de::{self, Deserializer, Unexpected, Visitor};
use serde::ser::{SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};

use super::Mismatch;
use crate::diagnostic::{Class, Code, Severity};
use crate::form::{
    Applicant, CellId, Column, DisclosureMeasure, DisclosureRow, Indicator, Proceeding, RequestRow,
    ReviewOutcome, Row, SchemaVersion, SectionId, Table, Unit,
};
use crate::grammar::date::Date;
use crate::source::Encoding;
use crate::span::{ByteSpan, Span};

/// Reads a string and looks it up.
struct Lookup<T> {
    what: &'static str,
    find: fn(&str) -> Option<T>,
}

impl<T> Visitor<'_> for Lookup<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {}", self.what)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        (self.find)(value).ok_or_else(|| E::invalid_value(Unexpected::Str(value), &self))
    }
}

/// Types that are written as one fixed string, with the way back where there is one.
macro_rules! strings {
    ($($name:ident: $what:literal, $to:ident $(, $from:expr)?;)+) => {$(
        #[doc = concat!("As the ", $what, ".")]
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.$to())
            }
        }

        $(
            #[doc = concat!("From the ", $what, ".")]
            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.deserialize_str(Lookup { what: $what, find: $from })
                }
            }
        )?
    )+};
}

strings! {
    SchemaVersion: "id of a version of the form", id, Self::from_id;
    Table: "id of a table", id, Self::from_id;
    SectionId: "id of a section", id, Self::from_id;
    DisclosureRow: "id of a row of table 二", id, Self::from_id;
    DisclosureMeasure: "id of a column of table 二", id, Self::from_id;
    RequestRow: "id of a row of table 三", id, Self::from_id;
    Applicant: "id of a column of table 三", id, Self::from_id;
    Proceeding: "id of a part of table 四", id, Self::from_id;
    ReviewOutcome: "id of a column of table 四", id, Self::from_id;
    Indicator: "id of an indicator of the pre-2019 table", id, Self::from_id;
    // Only together with its table does an id say which row or column it is: see `CellId`.
    Row: "id of a row", id;
    Column: "id of a column", id;
    Unit: "wording of a unit", label, Self::from_label;
    Severity: "name of a severity", id, |id| {
        [Self::Info, Self::Warning, Self::Error].into_iter().find(|severity| severity.id() == id)
    };
    Class: "name of a class", id, |id| {
        [Self::Reading, Self::Integrity, Self::Claim, Self::Series].into_iter().find(|class| class.id() == id)
    };
    // A caller's own codes are known to the caller only, so there is no way back.
    Code: "name of the code", as_str;
    Encoding: "usual name of an encoding", label, Self::from_label;
}

/// As `2021-01-19`; without a year `--01-11`.
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// As `{"table": …, "row": …, "column": …}`.
impl Serialize for CellId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("CellId", 3)?;
        out.serialize_field("table", &self.table())?;
        out.serialize_field("row", &self.row)?;
        out.serialize_field("column", &self.column)?;
        out.end()
    }
}

/// From `{"table": …, "row": …, "column": …}`.
impl<'de> Deserialize<'de> for CellId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename = "CellId")]
        struct Parts {
            table: Table,
            row: String,
            column: String,
        }
        let Parts { table, row, column } = Parts::deserialize(deserializer)?;
        match (Row::from_id(table, &row), Column::from_id(table, &column)) {
            (Some(row), Some(column)) => Ok(Self { row, column }),
            _ => Err(de::Error::custom(Mismatch::Id(table, row, column))),
        }
    }
}

/// Types that are written as `{"start": …, "end": …}`.
macro_rules! places {
    ($($name:ident: $offset:ty;)+) => {$(
        /// As `{"start": …, "end": …}`.
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut out = serializer.serialize_struct(stringify!($name), 2)?;
                out.serialize_field("start", &self.start())?;
                out.serialize_field("end", &self.end())?;
                out.end()
            }
        }

        /// From `{"start": …, "end": …}`; an end before the start is an error.
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[derive(Deserialize)]
                #[serde(rename = "Span")]
                struct Ends {
                    start: $offset,
                    end: $offset,
                }
                let Ends { start, end } = Ends::deserialize(deserializer)?;
                if end < start {
                    return Err(de::Error::custom("a span that ends before it starts"));
                }
                Ok(Self::new(start, end))
            }
        }
    )+};
}

places! {
    Span: u32;
    ByteSpan: usize;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_leads_back() {
        fn check<T: Serialize + for<'de> Deserialize<'de> + PartialEq + fmt::Debug>(values: &[T]) {
            assert!(!values.is_empty());
            for value in values {
                let json = serde_json::to_string(value).unwrap();
                assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *value, "{json}");
            }
        }
        check(SchemaVersion::ALL);
        check(Table::ALL);
        check(SectionId::ALL);
        check(DisclosureRow::ALL);
        check(DisclosureMeasure::ALL);
        check(RequestRow::ALL);
        check(Applicant::ALL);
        check(Proceeding::ALL);
        check(ReviewOutcome::ALL);
        check(Indicator::ALL);
        check(Unit::ALL);
        check(&[Severity::Info, Severity::Warning, Severity::Error]);
        check(&[Class::Reading, Class::Integrity, Class::Claim, Class::Series]);
        check(&[Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030, Encoding::Big5]);
        check(&[Span::new(3, 9), Span::empty(4)]);
        check(&[ByteSpan::new(3, 9)]);
        for &version in SchemaVersion::ALL {
            check(&version.cells().iter().map(|spec| spec.id).collect::<Vec<_>>());
        }
        assert!(serde_json::from_str::<Table>("\"tables\"").is_err());
        assert!(serde_json::from_str::<Span>("{\"start\":2,\"end\":1}").is_err());
    }
}
