//! Documents made by the writer: forms with figures that look like those of reports, in every dialect.

use gongkai::form::{Figure, Form, SchemaVersion};
use gongkai::write::{Dialect, write_form};

/// A document of every version in every dialect that can show it; `seed` sets the figures.
pub fn generated(seed: u64) -> Vec<(String, String)> {
    let mut documents = Vec::new();
    for &version in SchemaVersion::ALL {
        let form = form(version, seed);
        for &dialect in Dialect::ALL {
            if let Ok(text) = write_form(&form, dialect) {
                documents.push((format!("{version}/{dialect}"), text));
            }
        }
    }
    documents
}

/// A form of which three in four figures are 0, as in real ones, and the others have one to three digits.
fn form(version: SchemaVersion, seed: u64) -> Form {
    let mut state = seed;
    let cells = version.cells().iter().map(|spec| {
        let random = next(&mut state);
        let number = if random.is_multiple_of(4) {
            i64::from((random >> 32) as u32 % 10_u32.pow((random >> 8) as u32 % 3 + 1))
        } else {
            0
        };
        (spec.id, Figure::Number(number.into()), spec.unit)
    });
    Form::from_cells(version, cells)
}

/// SplitMix64, so that the documents are the same everywhere.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
