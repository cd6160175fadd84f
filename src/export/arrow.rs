//! Rows as Arrow record batches.

use core::marker::PhantomData;
use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{ArrayBuilder, Decimal128Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use super::{Column, EXPORT_SCHEMA, Kind, Record, Value};
use crate::form::Number;

/// How many digits a figure has room for: the 28 that a [`Number`] can have, and [`DECIMAL_SCALE`] zeros behind them.
pub const DECIMAL_PRECISION: u8 = 38;

/// How many digits behind the decimal point a figure has room for. Amounts are printed with at most six (元 as 万元 or 亿元).
pub const DECIMAL_SCALE: i8 = 10;

/// Rows collected into Arrow record batches; behind the feature `arrow`, with the types of `arrow-array` 60.
///
/// | [`Kind`] | type |
/// | --- | --- |
/// | [`Text`](Kind::Text) | `Utf8` |
/// | [`Whole`](Kind::Whole) | `Int64` |
/// | [`Decimal`](Kind::Decimal) | `Decimal128(38, 10)` |
/// | [`List`](Kind::List) | `List<Utf8>`, never null |
///
/// All columns but lists may be null. The schema carries [`EXPORT_SCHEMA`] under the key `gongkai`.
///
/// **Figures are exact or null.** One scale for a column means that `12.50` becomes `12.5000000000`; how many digits were
/// printed stays in `scale`. A figure that needs more than ten digits behind its point has a null `value`: its `state` is
/// still `number`, its `scale` says why, and `raw` has the digits.
///
/// ```
/// use arrow_array::Array;
/// use arrow_array::cast::AsArray;
/// use arrow_array::types::Decimal128Type;
/// use gongkai::export::{Batch, Export, TidyCell};
///
/// let report = gongkai::parse("七、依申请公开信息收取的费用 | 万元 | 12.50 |\n")?;
/// let mut batch = Batch::<TidyCell<'_>>::new();
/// for cell in Export::new(&report).cells().filter(|cell| cell.raw == "12.50") {
///     batch.push(&cell);
/// }
/// let batch = batch.finish()?;
/// let value = batch.column_by_name("value").unwrap().as_primitive::<Decimal128Type>();
/// assert_eq!(value.value_as_string(0), "12.5000000000");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Batch<R> {
    columns: Vec<Builder>,
    rows: usize,
    of: PhantomData<fn(R)>,
}

#[derive(Debug)]
enum Builder {
    Text(StringBuilder),
    Whole(Int64Builder),
    Decimal(Decimal128Builder),
    List(ListBuilder<StringBuilder>),
}

impl<R: Record> Default for Batch<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R: Record> Batch<R> {
    /// An empty batch.
    #[must_use]
    pub fn new() -> Self {
        let builder = |column: &Column| match column.kind() {
            Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Whole => Builder::Whole(Int64Builder::new()),
            Kind::Decimal => Builder::Decimal(Decimal128Builder::new().with_data_type(decimal())),
            Kind::List => Builder::List(ListBuilder::new(StringBuilder::new())),
        };
        Self { columns: R::columns().iter().map(builder).collect(), rows: 0, of: PhantomData }
    }

    /// The schema of every batch of such rows.
    #[must_use]
    pub fn schema() -> SchemaRef {
        let field = |column: &Column| {
            let kind = match column.kind() {
                Kind::Text => DataType::Utf8,
                Kind::Whole => DataType::Int64,
                Kind::Decimal => decimal(),
                Kind::List => DataType::new_list(DataType::Utf8, true),
            };
            Field::new(column.name(), kind, column.kind() != Kind::List)
        };
        let fields: Vec<Field> = R::columns().iter().map(field).collect();
        let metadata = HashMap::from([("gongkai".to_owned(), EXPORT_SCHEMA.to_owned())]);
        Arc::new(Schema::new_with_metadata(fields, metadata))
    }

    /// Adds a row.
    pub fn push(&mut self, row: &R::Row<'_>) {
        for (builder, value) in self.columns.iter_mut().zip(row.values()) {
            builder.push(value);
        }
        self.rows = self.rows.saturating_add(1);
    }

    /// How many rows it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows
    }

    /// Whether it has no rows.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Takes out what was collected; the batch is empty again and can be filled further.
    ///
    /// # Errors
    ///
    /// A [`Record`] of the caller's own whose values are not those of its columns.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        self.rows = 0;
        let columns = self.columns.iter_mut().map(Builder::finish).collect();
        RecordBatch::try_new(Self::schema(), columns)
    }
}

impl Builder {
    fn push(&mut self, value: Value<'_>) {
        match (self, value) {
            (Self::Text(text), Value::Text(value)) => text.append_value(value),
            (Self::Whole(whole), Value::Whole(value)) => whole.append_option(i64::try_from(value).ok()),
            (Self::Decimal(decimal), Value::Decimal(value)) => decimal.append_option(scaled(value)),
            (Self::List(list), Value::List(values)) => {
                values.iter().for_each(|value| list.values().append_value(value));
                list.append(true);
            }
            (Self::Text(text), _) => text.append_null(),
            (Self::Whole(whole), _) => whole.append_null(),
            (Self::Decimal(decimal), _) => decimal.append_null(),
            (Self::List(list), _) => list.append(true),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(text) => ArrayBuilder::finish(text),
            Self::Whole(whole) => ArrayBuilder::finish(whole),
            Self::Decimal(decimal) => ArrayBuilder::finish(decimal),
            Self::List(list) => ArrayBuilder::finish(list),
        }
    }
}

const fn decimal() -> DataType {
    DataType::Decimal128(DECIMAL_PRECISION, DECIMAL_SCALE)
}

/// The digits of `number` with [`DECIMAL_SCALE`] of them behind the point; `None` where that would drop one, or take more
/// than there is room for.
fn scaled(number: Number) -> Option<i128> {
    let (digits, scale) = number.parts();
    let room = u32::from(DECIMAL_SCALE.unsigned_abs());
    let scaled = match room.checked_sub(scale) {
        Some(zeros) => digits.checked_mul(10_i128.checked_pow(zeros)?),
        None => {
            let excess = 10_i128.checked_pow(scale.checked_sub(room)?)?;
            (digits.checked_rem(excess)? == 0).then(|| digits.checked_div(excess)).flatten()
        }
    };
    let limit = 10_u128.checked_pow(u32::from(DECIMAL_PRECISION))?;
    scaled.filter(|scaled| scaled.unsigned_abs() < limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_exact_or_null() {
        let number = |digits, scale| Number::from_parts(digits, scale).unwrap();
        assert_eq!(scaled(number(1250, 2)), Some(125_000_000_000));
        assert_eq!(scaled(number(-3, 0)), Some(-30_000_000_000));
        assert_eq!(scaled(number(1, 10)), Some(1));
        assert_eq!(scaled(number(1, 11)), None);
        assert_eq!(scaled(number(10, 11)), Some(1));
        let largest = 10_i128.pow(28) - 1;
        assert_eq!(scaled(number(largest, 0)), Some(largest * 10_i128.pow(10)));
    }
}
