//! The smallest program around the crate: agency, year, and how many requests came in (本年新收).
//!
//! ```sh
//! cargo run --example embed -- report.txt
//! ```

use gongkai::form::{Applicant, RequestRow};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: embed FILE")?;
    // Any encoding will do. Only input that is no text, or too large, is an error.
    let bytes = std::fs::read(path)?;
    let report = gongkai::parse_bytes(&bytes)?;
    // What the report does not state is `None`; a span is text of the report.
    let agency = report.meta().agency.map(|span| report.text(span));
    let year = report.meta().report_year.map(|year| year.value);
    // `None` without a form, before 2019, or where the cell holds no number: `report.diagnostics()` says why.
    let received = report
        .form()
        .and_then(|form| form.requests())
        .and_then(|requests| requests.get(RequestRow::NewReceived, Applicant::Total))
        .and_then(|cell| cell.number());
    println!("agency: {}", agency.unwrap_or("not stated"));
    println!("year: {}", year.map_or("not stated".to_owned(), |year| year.to_string()));
    println!("本年新收: {}", received.map_or("no number".to_owned(), |number| number.to_string()));
    Ok(())
}
