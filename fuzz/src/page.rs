//! Web pages: any bytes as one, and forms printed as one.

use arbitrary::{Arbitrary, Unstructured};
use gongkai::form::{Figure, Form};
use gongkai::write::{Entry, GridCell, grids};
use gongkai::{Parser, Report, Span};

use super::{MAX_BYTES, fault, no_figure_changed, offset, same_figures, verify};

/// Bytes of a page to a report.
pub fn html(bytes: &[u8]) {
    let parser = Parser::new().max_bytes(MAX_BYTES);
    let Ok(report) = parser.parse_html(bytes) else { return };
    verify(&report);
    leads_back(&report, bytes);

    let Ok(page) = str::from_utf8(bytes) else { return };
    let Ok(decoded) = parser.parse_html_text(page.trim_start_matches('\u{FEFF}')) else { return };
    assert_eq!(decoded.verify(), Ok(()));
    let windows = page.replace("\r\n", "\n").replace('\n', "\r\n");
    let Ok(dressed) = Parser::new().parse_html(windows.as_bytes()) else { return };
    assert_eq!(dressed.verify(), Ok(()));
    assert_eq!(
        dressed.source_text(),
        report.source_text(),
        "the text changes with the line ends of the page"
    );
    same_figures(&dressed, &report);
}

/// What the text shows comes from the page, in its order; the title alone may be moved in front.
fn leads_back(report: &Report<'_>, page: &[u8]) {
    let text = report.source_text();
    let step = 1 + text.len() / 400;
    let mut last = 0;
    let mut turns = 0;
    for (at, c) in text.char_indices().step_by(step) {
        let span = report.byte_span(Span::new(offset(at), offset(at + c.len_utf8())));
        assert!(span.start() <= span.end() && span.end() <= page.len(), "{c:?} at {at} comes from {span:?}");
        if !matches!(c, '|' | ' ' | '\n' | '〃') {
            assert!(span.start() < span.end(), "{c:?} at {at} comes from nothing");
            turns += u32::from(span.start() < last);
            last = span.start();
        }
    }
    assert!(turns < 2, "the page is read in another order");
    assert_eq!(report.byte_span(Span::empty(offset(text.len()))).range().end, page.len());
}

/// A form printed as a page in some markup, and then damaged.
pub fn page(bytes: &[u8]) {
    let mut u = Unstructured::new(bytes);
    let Ok(markup) = u8::arbitrary(&mut u).map(Markup::of) else { return };
    let Ok(faults) = u.int_in_range(0..=4_u8) else { return };
    let Ok(faults) = (0..faults).map(|_| Arbitrary::arbitrary(&mut u)).collect::<Result<Vec<_>, _>>() else {
        return;
    };
    let Ok(form) = Form::arbitrary(&mut u) else { return };
    let Ok(printed) = markup.print(&form) else { return };
    let report = gongkai::parse_html(printed.as_bytes()).expect("a form is short");
    verify(&report);
    no_figure_changed(&report, |id| form.get(id).map(|cell| (cell.figure(), cell.unit())), &printed);
    for (spec, cell) in form.cells().filter(|(_, cell)| cell.figure() != Figure::Missing) {
        let found = report.forms().iter().find_map(|found| found.get(spec.id)).map(|cell| cell.figure());
        assert_eq!(found, Some(cell.figure()), "{}\n{printed}", spec.id);
    }

    let mut damaged = printed.into_bytes();
    for (kind, at, len, byte) in faults {
        tag_fault(&mut damaged, kind, at, len, byte);
    }
    html(&damaged);
}

/// How a page writes its tables.
#[derive(Clone, Copy)]
struct Markup {
    /// Paragraphs within cells.
    paragraphs: bool,
    /// Line ends between tags.
    lines: bool,
    /// Without the end tags that may be left out.
    open: bool,
    /// `th` for heads and labels.
    heads: bool,
    /// A no-break space in empty cells.
    filled: bool,
    /// Within a table that holds the whole page.
    framed: bool,
    /// A part of each text in an element of its own.
    nested: bool,
}

impl Markup {
    fn of(bits: u8) -> Self {
        let bit = |at: u32| bits & (1 << at) != 0;
        Self {
            paragraphs: bit(0),
            lines: bit(1),
            open: bit(2),
            heads: bit(3),
            filled: bit(4),
            framed: bit(5),
            nested: bit(6),
        }
    }

    fn print(self, form: &Form) -> Result<String, gongkai::write::WriteError> {
        let mut page = String::from("<!DOCTYPE html><html><meta charset=utf-8><body>");
        let line = if self.lines { "\n  " } else { "" };
        page.push_str(if self.framed { "<table><tr><td>" } else { "" });
        for grid in grids(form)? {
            page.push_str("<table>");
            for row in grid.rows() {
                page.push_str(line);
                page.push_str("<tr>");
                for cell in row {
                    page.push_str(line);
                    self.cell(&mut page, cell);
                }
                page.push_str(if self.open { "" } else { "</tr>" });
            }
            page.push_str(line);
            page.push_str("</table>");
        }
        page.push_str(if self.framed { "</table>" } else { "" });
        Ok(page)
    }

    fn cell(self, page: &mut String, cell: &GridCell) {
        let name = if self.heads && !matches!(cell.entry(), Entry::Figure(_)) { "th" } else { "td" };
        page.push_str(&format!("<{name}"));
        for (attribute, span) in [("colspan", cell.columns()), ("rowspan", cell.rows())] {
            if span > 1 {
                page.push_str(&format!(" {attribute}=\"{span}\""));
            }
        }
        page.push('>');
        page.push_str(if self.paragraphs { "<p>" } else { "" });
        match cell.text().char_indices().nth(1) {
            Some((second, _)) if self.nested => {
                let (first, rest) = cell.text().split_at(second);
                page.push_str(&format!("<span>{first}</span><b>{rest}</b>"));
            }
            None if cell.text().is_empty() && self.filled => page.push_str("&nbsp;"),
            _ => page.push_str(cell.text()),
        }
        if !self.open {
            page.push_str(if self.paragraphs { "</p>" } else { "" });
            page.push_str(&format!("</{name}>"));
        }
    }
}

/// Drops, doubles, swaps tags with what follows them, or harms bytes.
fn tag_fault(page: &mut Vec<u8>, kind: u8, at: u16, len: u8, byte: u8) {
    let tags: Vec<usize> =
        page.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| at).collect();
    let place = |at: usize| tags.get(at).copied().unwrap_or(page.len());
    let Some(first) = usize::from(at).checked_rem(tags.len()) else { return };
    let (from, to) = (place(first), place(first + 1 + usize::from(len) % 4));
    match kind % 4 {
        0 => drop(page.drain(from..to)),
        1 => page.splice(from..from, page[from..to].to_vec()).for_each(drop),
        2 => page[from..to].rotate_left((to - from) / 2),
        _ => fault(page, kind / 4, at, len, byte),
    }
}
