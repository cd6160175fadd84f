//! Figures that have lost their places, put back where the sums of the table leave one way.

use gongkai::diagnostic::Code;
use gongkai::form::{Applicant, Figure, RequestRow, SchemaVersion, Table};

use crate::codes::REQUESTS;

/// The rows of table 三 as printed: three applications of persons and one of an organisation, all granted, but for the
/// figures of the rows that are given.
fn requests(given: &[(&str, &str)]) -> String {
    let mut text = REQUESTS.to_owned();
    let blocks = SchemaVersion::V2021.blocks().filter(|block| block.table == Table::Requests);
    for spec in blocks.flat_map(|block| block.rows) {
        let figures = match (given.iter().find(|(row, _)| *row == spec.row.id()), spec.row.id()) {
            (Some((_, figures)), _) => figures,
            (_, "new_received" | "granted" | "outcome_total") => "3 | 0 | 0 | 0 | 0 | 1 | 4 | ||",
            _ => "0 | 0 | 0 | 0 | 0 | 0 | 0 | ||",
        };
        // 一、 and 三(一) and 三(三)1.
        let number = match spec.number.split_once('(').and_then(|(_, nested)| nested.split_once(')')) {
            None => format!("{}、", spec.number),
            Some((group, "")) => format!("({group})"),
            Some((_, row)) => format!("{row}."),
        };
        text += &format!("{number}{} | {figures}\n", spec.label);
    }
    text
}

/// The table with these figures in the row 予以公开.
pub(crate) fn granted(figures: &str) -> Vec<u8> {
    requests(&[("granted", figures)]).into_bytes()
}

/// What stands in the cells of 予以公开, and the codes of the findings.
fn read(text: &str) -> (Vec<Figure>, Vec<Code>) {
    let report = gongkai::parse(text).expect("within the limit");
    report.verify().unwrap_or_else(|violation| panic!("{violation}"));
    let form = report.form().and_then(|form| form.requests()).expect("table 三");
    let cell = |applicant: &Applicant| form.get(RequestRow::Granted, *applicant).expect("a cell").figure();
    // The other tables are not printed.
    let codes = report.diagnostics().iter().map(|finding| finding.code());
    let codes = codes.filter(|code| *code != Code::MISSING_ROW);
    (Applicant::ALL.iter().map(cell).collect(), codes.collect())
}

const OPEN: [Figure; 7] = [Figure::Missing; 7];

#[test]
fn one_way_is_taken() {
    let number = |n: i64| Figure::Number(n.into());
    let (cells, codes) = read(&requests(&[("granted", "3 | 1 | 4 | ||||||")]));
    let blank = Figure::Blank;
    assert_eq!(cells, [number(3), blank, blank, blank, blank, number(1), number(4)]);
    assert_eq!(codes, [Code::POSITION_INFERRED]);
}

#[test]
fn of_two_ways_none_is_taken() {
    // The zero may stand in any of four columns.
    let (cells, codes) = read(&requests(&[("granted", "3 | 0 | 1 | 4 | |||||")]));
    assert_eq!((cells, codes), (OPEN.to_vec(), vec![Code::POSITION_LOST]));
}

#[test]
fn sums_that_do_not_hold_place_nothing() {
    let open = (OPEN.to_vec(), vec![Code::POSITION_LOST]);
    let lost = ("granted", "3 | 1 | 4 | ||||||");
    // The outcomes do not add up, and the balance does not hold.
    assert_eq!(read(&requests(&[lost, ("partially_granted", "1 | 0 | 0 | 0 | 0 | 0 | 1 | ||")])), open);
    assert_eq!(read(&requests(&[lost, ("carried_forward", "1 | 0 | 0 | 0 | 0 | 0 | 1 | ||")])), open);
}

#[test]
fn two_rows_that_are_open_stay_open() {
    let lost = "3 | 1 | 4 | ||||||";
    let (cells, codes) = read(&requests(&[("granted", lost), ("outcome_total", lost)]));
    assert_eq!((cells, codes), (OPEN.to_vec(), vec![Code::POSITION_LOST; 2]));
}
