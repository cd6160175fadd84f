//! Forms written in every dialect and read back.

use arbitrary::{Arbitrary, Unstructured};
use gongkai::form::{CellId, Figure, Form};
use gongkai::parse;
use gongkai::write::{Blanks, Dialect, Entry, grids, write_form};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::seeds::targets::NOT_YET_READ;

fn form() -> impl Strategy<Value = Form> {
    vec(any::<u8>(), 0..1600)
        .prop_map(|bytes| Form::arbitrary(&mut Unstructured::new(&bytes)).expect("a form of any bytes"))
}

/// The form without its blanks, for a dialect that drops them.
pub fn without_blanks(form: &Form) -> Form {
    let cells = form.cells().map(|(spec, cell)| match cell.figure() {
        Figure::Blank => (spec.id, Figure::NotApplicable, cell.unit()),
        figure => (spec.id, figure, cell.unit()),
    });
    Form::from_cells(form.version(), cells.filter(|(_, figure, _)| *figure != Figure::Missing))
}

/// The cells that a dialect may leave open: those of rows that end in a blank, for one that cannot tell it from a pad.
pub fn open_rows(form: &Form, dialect: Dialect) -> Vec<CellId> {
    let mut open = Vec::new();
    if dialect.loss().blanks != Blanks::OpenAtEnd {
        return open;
    }
    for grid in grids(form).expect("a form of figures") {
        for row in grid.rows() {
            let figures = row.iter().filter_map(|cell| match cell.entry() {
                Entry::Figure(id) => Some((id, cell.text().is_empty())),
                _ => None,
            });
            let figures: Vec<_> = figures.collect();
            if figures.last().is_some_and(|(_, blank)| *blank) {
                open.extend(figures.into_iter().map(|(id, _)| id));
            }
        }
    }
    open
}

/// Reads the form back and compares it, cell by cell.
fn check(form: &Form, dialect: Dialect) -> Result<(), String> {
    let form = match dialect.loss().blanks {
        Blanks::Dropped => &without_blanks(form),
        _ => form,
    };
    let text = write_form(form, dialect).map_err(|error| error.to_string())?;
    let report = parse(&text).expect("within the limit");
    report.verify().map_err(|violation| format!("{violation}\n{text}"))?;
    let open = open_rows(form, dialect);
    let Some(read) = report.forms().iter().find(|read| read.version() == form.version()) else {
        return Err(format!("no form of the version is found\n{text}"));
    };
    for (spec, cell) in form.cells() {
        let found = read.get(spec.id).expect("a cell of the version");
        let is_open = open.contains(&spec.id) && found.figure() == Figure::Missing;
        if !is_open && (found.figure(), found.unit()) != (cell.figure(), cell.unit()) {
            return Err(format!(
                "{} is {:?} {:?}, and was written as {:?} {:?}\n{text}",
                spec.id,
                found.figure(),
                found.unit(),
                cell.figure(),
                cell.unit()
            ));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every form reads back from every dialect, but for what the dialect is known to lose.
    #[test]
    fn what_is_written_reads_back(form in form(), dialect in select(Dialect::ALL)) {
        if !NOT_YET_READ.contains(&dialect) {
            if let Err(error) = check(&form, dialect) {
                return Err(TestCaseError::fail(format!("{dialect}: {error}")));
            }
        }
    }

    /// A dialect that drops blanks prints none: it says which cell is blank.
    #[test]
    fn a_blank_that_cannot_be_shown_is_an_error(form in form()) {
        let blank = form.cells().find(|(_, cell)| cell.figure() == Figure::Blank);
        prop_assert_eq!(write_form(&form, Dialect::Lines).is_err(), blank.is_some());
    }
}

/// Which dialects the reader reads, one line each; fails where the list above is out of date.
#[test]
fn dialects_read() {
    let mut seed = 1_u32;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    })
    .take(1600 * 24)
    .collect();
    let forms: Vec<Form> =
        bytes.chunks(1600).map(|bytes| Form::arbitrary(&mut Unstructured::new(bytes)).unwrap()).collect();
    let mut wrong = Vec::new();
    for &dialect in Dialect::ALL {
        let errors: Vec<String> = forms.iter().filter_map(|form| check(form, dialect).err()).collect();
        println!("{:<10} {:>2} of {} forms read back", dialect.id(), forms.len() - errors.len(), forms.len());
        if let Some(error) = errors.first() {
            println!("    {}", error.lines().next().unwrap_or_default());
        }
        if errors.is_empty() == NOT_YET_READ.contains(&dialect) {
            wrong.push((dialect, errors.into_iter().next()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
