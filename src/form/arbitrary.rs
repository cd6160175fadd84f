//! Forms out of raw bytes, for the fuzzers and property tests of callers.

use arbitrary::{Arbitrary, Result, Unstructured};

use super::{CellId, CellSpec, Figure, Form, Number, Row, SchemaVersion, Unit};

/// More digits than any published figure has.
const MOST: i64 = 999_999_999_999;
/// Digits behind the point of an amount, at most.
const MOST_SCALE: u32 = 4;

/// A form as reports have them: most cells hold a count, many are zero, some are blank or do not apply, now and then a whole
/// row is missing or a figure carries a unit of its own.
///
/// [`Figure::Text`] does not occur, because a form does not keep the wording. Without bytes left it is a form of zeros.
///
/// ```
/// use arbitrary::{Arbitrary, Unstructured};
/// use gongkai::form::Form;
/// use gongkai::write::{Dialect, write_form};
///
/// let form = Form::arbitrary(&mut Unstructured::new(&[7; 600]))?;
/// let text = write_form(&form, Dialect::V2_2).unwrap();
/// assert_eq!(gongkai::parse(&text).unwrap().form().map(|form| form.version()), Some(form.version()));
/// # Ok::<(), arbitrary::Error>(())
/// ```
impl<'a> Arbitrary<'a> for Form {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let version = *u.choose(SchemaVersion::ALL)?;
        let mut row: Option<(Row, bool)> = None;
        let mut cells: Vec<(CellId, Figure, Option<Unit>)> = Vec::with_capacity(version.cells().len());
        for spec in version.cells() {
            let present = match row {
                Some((last, present)) if last == spec.id.row => present,
                _ => u.int_in_range(0..=49_u8)? < 49,
            };
            row = Some((spec.id.row, present));
            if present {
                cells.push(cell(spec, u)?);
            }
        }
        Ok(Self::from_cells(version, cells))
    }

    fn size_hint(_: usize) -> (usize, Option<usize>) {
        (0, None)
    }
}

fn cell(spec: &CellSpec, u: &mut Unstructured<'_>) -> Result<(CellId, Figure, Option<Unit>)> {
    let number = |number: Option<Number>| number.map_or(Figure::Blank, Figure::Number);
    let mut unit = None;
    let figure = match u.int_in_range(0..=15_u8)? {
        0..=2 => Figure::Number(0.into()),
        3 | 4 => Figure::Blank,
        5 => Figure::NotApplicable,
        6 if spec.signed => Figure::Number(u.int_in_range(-MOST..=0)?.into()),
        7 if spec.amount => {
            let mantissa = i128::from(u.int_in_range(0..=MOST)?);
            number(Number::from_parts(mantissa, u.int_in_range(0..=MOST_SCALE)?))
        }
        8 => {
            unit = Some(*u.choose(Unit::ALL)?);
            Figure::Number(u.int_in_range(0..=MOST)?.into())
        }
        9 => Figure::Number(u.int_in_range(0..=MOST)?.into()),
        _ => Figure::Number(u.int_in_range(0..=9999_i64)?.into()),
    };
    Ok((spec.id, figure, unit))
}
