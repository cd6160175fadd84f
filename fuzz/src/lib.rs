//! What each fuzz target asserts of an input. `tests/it/seeds.rs` includes this file and replays all seeds.
//!
//! | target | input | must hold |
//! | --- | --- | --- |
//! | [`decode`] | any bytes, under every encoding hint | the text is what `encoding_rs` decodes; spans lead back in order and in bounds |
//! | [`document`] | any text | blocks partition it; tokens partition tables, up to spaces and one bar behind a cell |
//! | [`clean`] | any text | edits in order and in bounds, and all there is between source and clean text; places lead back in order |
//! | [`parse`] | any bytes | [`Report::verify`]; an owned copy is the same report; CR LF for LF changes no cell |
//! | [`written`] | a form, a dialect, faults | the form reads back without a wrong figure; damaged bytes hold as in [`parse`] |
//! | [`stable`] | any bytes | what is parsed and written back parses to the same figures, and is then written the same |
//! | [`html`] | any bytes, as a page | [`Report::verify`]; places lead back into the page in order; CR LF for LF changes nothing |
//! | [`page`] | a form, markup, faults | every cell of the form reads back from its tables; damaged pages hold as in [`html`] |
//!
//! ```sh
//! cargo +nightly fuzz run -s none parse fuzz/corpus/parse fuzz/seeds/parse -- -dict=fuzz/labels.dict
//! ```
//!
//! `-s none` leaves out the sanitizer, which has nothing to find in a crate without `unsafe` and costs half the speed.

mod page;

use std::collections::BTreeSet;

use arbitrary::{Arbitrary, Unstructured};
use gongkai::claims::check_claims;
use gongkai::diagnostic::{Class, Code, Diagnostic, Language, Severity};
use gongkai::document::{BlockKind, Document, Shape, TokenKind};
use gongkai::form::{CellId, Figure, Form, SchemaVersion, Unit};
use gongkai::source::{Encoding, Mojibake, Source};
use gongkai::write::{Dialect, write, write_form};
use gongkai::{CleanSpan, Report, Span};

pub use self::page::{html, page};

/// Larger inputs find nothing that smaller ones do not, only slower.
const MAX_BYTES: usize = 1 << 16;

/// No hint, and every hint.
const HINTS: [Option<Encoding>; 6] = [
    None,
    Some(Encoding::Utf8),
    Some(Encoding::Utf16Le),
    Some(Encoding::Utf16Be),
    Some(Encoding::Gb18030),
    Some(Encoding::Big5),
];

/// Bytes to text and back.
pub fn decode(bytes: &[u8]) {
    for hint in HINTS {
        let Ok(source) = Source::from_bytes(bytes, hint, MAX_BYTES) else { continue };
        let text = source.text();
        let body = source.byte_span(Span::empty(0)).start();
        let marked = body > 0;
        assert!(marked || hint.is_none_or(|hint| source.encoding() == hint), "{hint:?} is not obeyed");

        // The whole at once, against the crate's segments.
        let decoder = encoding_rs::Encoding::for_label(source.encoding().label().as_bytes()).unwrap();
        let (expected, _) = decoder.decode_without_bom_handling(&bytes[body..]);
        // Text that was turned back from a wrong decoding has other characters, and shares some of its bytes.
        if source.mojibake().is_some_and(|mojibake| mojibake != Mojibake::Lossy) {
            assert_eq!(source.byte_span(Span::new(0, offset(text.len()))).range(), body..bytes.len());
            continue;
        }
        assert_eq!(text, expected, "{hint:?}");

        // Every character of a short text; some of a long one, because each look-up reads part of it.
        let step = 1 + text.len() / 400;
        let ends = text.char_indices().map(|(end, _)| end).skip(1).step_by(step).chain([text.len()]);
        let (mut at, mut start) = (body, 0);
        for end in ends.filter(|end| *end > 0).map(offset) {
            let span = source.byte_span(Span::new(start, end));
            // Two characters of one Big5 pair share its bytes; all others follow each other.
            assert!(
                span.start() <= at && at <= span.end(),
                "{hint:?}: {start}..{end} is {span:?}, not from {at}"
            );
            assert!(span.end() <= bytes.len(), "{hint:?}: {span:?} is out of bounds");
            assert!(span.end() > span.start(), "{hint:?}: {start}..{end} comes from nothing");
            (at, start) = (span.end(), end);
        }
        assert_eq!(at, bytes.len(), "{hint:?}: the end of the text is not the end of the bytes");
        assert_eq!(source.byte_span(Span::new(0, offset(text.len()))).range(), body..bytes.len());

        let mut last = 0;
        for malformed in source.malformed() {
            assert_eq!(malformed.span().of(text), "\u{FFFD}");
            assert_eq!(source.byte_span(malformed.span()), malformed.bytes(), "{hint:?}");
            assert!(last <= malformed.bytes().start(), "{hint:?}: malformed sequences out of order");
            last = malformed.bytes().end();
        }
        let _ = source.line_column(offset(text.len() / 2));
    }
}

/// Text to blocks.
pub fn document(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    let document = Document::scan(text);
    let mut end = 0;
    for block in document.blocks() {
        let span = block.span();
        assert_spaces(text, end, span.start(), "between blocks");
        assert!(!span.is_empty() && span.range().end <= text.len(), "an empty block, or one off the text");
        assert!(span.contains(block.title()), "a title outside its block");
        end = span.end();

        let tokens = document.tokens(block);
        assert!(block.kind() == BlockKind::Table || tokens.is_empty(), "tokens belong to tables");
        let mut at = span.start();
        for token in tokens {
            let gap = gap(text, at, token.span().start());
            assert_frame(gap);
            assert!(!token.begins_line() || at == span.start() || gap.contains('\n'), "{gap:?}: the line");
            let part = token.span().of(text);
            match token.kind() {
                // An empty cell that has no bar of its own is an empty span.
                TokenKind::Bars => assert!(part.bytes().all(|b| b == b'|'), "{part:?}"),
                TokenKind::Digits => assert!(part.bytes().all(|b| b.is_ascii_digit()), "{part:?}"),
                // Where bars stand on lines of their own, a cell is all that stands between two.
                _ => assert_cell(part, document.shape() == Shape::OwnLine),
            }
            at = token.span().end();
        }
        if block.kind() == BlockKind::Table {
            assert_frame(gap(text, at, span.end()));
        }
    }
    assert_spaces(text, end, offset(text.len()), "behind the last block");
}

/// A cell has text and no bar; where a label goes on over several lines, none of them is a figure of its own.
fn assert_cell(part: &str, any_lines: bool) {
    assert!(!part.is_empty() && !part.contains('|'), "{part:?} as a cell");
    let is_figure = |line: &str| !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit());
    let mut lines = part.lines().map(|line| is_figure(line.trim_matches(is_space)));
    assert!(
        any_lines || lines.next() == Some(true) || !lines.any(|figure| figure),
        "{part:?} hides a figure"
    );
}

/// Between the tokens of a table stand bars that end or frame cells, rules, and notes broken off a label; no figure.
fn assert_frame(gap: &str) {
    let frame = |line: &str| line.chars().all(|c| matches!(c, '|' | '-' | ':') || is_space(c));
    let note = |line: &str| {
        let line = line.trim_matches(is_space);
        line.starts_with(['(', '（']) && line.ends_with([')', '）']) && !line.contains(char::is_numeric)
    };
    assert!(gap.lines().all(|line| frame(line) || note(line)), "{gap:?}: text is lost");
}

/// Text to clean text.
pub fn clean(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes.get(..MAX_BYTES).unwrap_or(bytes));
    let cleaned = gongkai::glyph::clean(text);
    let (mut at, mut place) = (0, 0);
    let mut rebuilt = String::new();
    for edit in cleaned.edits() {
        let (source, clean) = (edit.source(), edit.clean());
        assert!(at <= source.start() && place <= clean.start(), "{edit:?} comes after {at} and {place}");
        assert!(!source.is_empty(), "{edit:?} replaces nothing");
        let kept = gap(text, at, source.start());
        assert_eq!(kept, gap(cleaned.text(), place, clean.start()), "between edits nothing changes");
        rebuilt.extend([kept, cleaned.replacement(edit)]);
        assert_eq!(cleaned.clean_span(source), clean);
        assert!(clean.is_empty() || cleaned.source_span(clean) == source, "{edit:?}");
        (at, place) = (source.end(), clean.end());
    }
    rebuilt.push_str(gap(text, at, offset(text.len())));
    assert_eq!(rebuilt, cleaned.text());
    assert_eq!(cleaned.is_unchanged(), cleaned.edits().is_empty());
    let mut last = 0;
    for (start, c) in cleaned.text().char_indices() {
        let span = CleanSpan::new(offset(start), offset(start + c.len_utf8()));
        let there = cleaned.source_span(span);
        assert!(last <= there.start() && !there.is_empty(), "{there:?} comes after {last}");
        assert!(text.get(there.range()).is_some(), "{there:?} is off the text");
        last = there.start();
    }
    for doubt in cleaned.doubts() {
        assert!(text.get(doubt.range()).is_some_and(|part| !part.is_empty()), "{doubt:?}");
    }
    for finding in cleaned.diagnostics() {
        assert!(finding.code().entry().is_some() && finding.span().is_some());
    }
    if cleaned.is_unchanged() {
        assert_eq!(cleaned.text(), text);
        assert_eq!(gongkai::glyph::clean(cleaned.text()).text(), text, "what is clean changes");
    }
}

/// Bytes to a report.
pub fn parse(bytes: &[u8]) {
    let Ok(report) = gongkai::Parser::new().max_bytes(MAX_BYTES).parse_bytes(bytes) else { return };
    verify(&report);

    let owned = report.clone().into_owned();
    assert_eq!(owned.verify(), Ok(()));
    assert_eq!(owned.source_text(), report.source_text());
    assert!(owned.cells().eq(report.cells()), "an owned copy has other cells");
    assert_eq!(owned.diagnostics(), report.diagnostics(), "an owned copy has other diagnostics");

    let windows = report.source_text().replace("\r\n", "\n").replace('\n', "\r\n");
    let dressed = gongkai::parse(&windows).expect("it was short enough before");
    assert_eq!(dressed.verify(), Ok(()));
    same_figures(&dressed, &report);
    assert_eq!(codes(&dressed), codes(&report), "the diagnostics change with the line ends");
}

/// Bytes to a form, written in a dialect and damaged, to a report.
pub fn written(bytes: &[u8]) {
    let mut u = Unstructured::new(bytes);
    let Ok(dialect) = u.choose(Dialect::ALL) else { return };
    let Ok(faults) = u.int_in_range(0..=4_u8) else { return };
    let Ok(faults) = (0..faults).map(|_| Arbitrary::arbitrary(&mut u)).collect::<Result<Vec<_>, _>>() else {
        return;
    };
    let Ok(form) = Form::arbitrary(&mut u) else { return };
    // A blank that the dialect does not print.
    let Ok(text) = write_form(&form, *dialect) else { return };
    let report = gongkai::parse(&text).expect("a form is short");
    verify(&report);
    no_figure_changed(&report, |id| form.get(id).map(|cell| (cell.figure(), cell.unit())), &text);

    let mut page = text.into_bytes();
    for (kind, at, len, byte) in faults {
        fault(&mut page, kind, at, len, byte);
    }
    parse(&page);
}

/// Drops, doubles, overwrites or moves a few bytes of the page.
fn fault(page: &mut Vec<u8>, kind: u8, at: u16, len: u8, byte: u8) {
    let from = usize::from(at) % (page.len() + 1);
    let to = (from + usize::from(len)).min(page.len());
    match kind % 5 {
        0 => drop(page.drain(from..to)),
        1 => page.splice(from..from, page[from..to].to_vec()).for_each(drop),
        2 => page.insert(from, byte),
        3 => page[from..to].fill(byte),
        _ => page.rotate_left(from),
    }
}

/// Bytes to a report, to text, to a report again.
pub fn stable(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let dialect = Dialect::ALL[usize::from(*first) % Dialect::ALL.len()];
    let Ok(report) = gongkai::Parser::new().max_bytes(MAX_BYTES).parse_bytes(bytes) else { return };
    let Ok(text) = write(&report, dialect) else { return };
    let again = gongkai::parse(&text).expect("a report has a few hundred cells");
    verify(&again);
    let shown = |id: CellId| {
        let cell = report.forms().iter().find_map(|form| form.get(id))?;
        Some((cell.figure(), cell.unit()))
    };
    no_figure_changed(&again, shown, &text);

    let Ok(twice) = write(&again, dialect) else { return };
    let third = gongkai::parse(&twice).expect("no longer than before");
    no_figure_changed(
        &third,
        |id| again.forms().iter().find_map(|form| form.get(id)).map(|cell| (cell.figure(), cell.unit())),
        &twice,
    );
}

/// A cell holds what was written, or a diagnostic names it.
fn no_figure_changed(
    report: &Report<'_>,
    written: impl Fn(CellId) -> Option<(Figure, Option<Unit>)>,
    text: &str,
) {
    for (_, spec, cell) in report.cells().filter(|(_, _, cell)| cell.figure() != Figure::Missing) {
        let doubted = report.diagnostics().iter().any(|finding| {
            finding.class() == Class::Reading
                && finding.severity() >= Severity::Warning
                && finding.cells().contains(&spec.id)
        });
        let found = (cell.figure(), cell.unit());
        assert!(
            doubted || written(spec.id) == Some(found),
            "{} is {found:?}, and was written as {:?}\n{text}",
            spec.id,
            written(spec.id)
        );
    }
}

/// What must hold of every report: its own invariants, and that all it refers to is there.
fn verify(report: &Report<'_>) {
    if let Err(violation) = report.verify() {
        panic!("{violation}");
    }
    let text = report.source_text();
    let in_text = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?} is no part of the text");
    let blocks = report.document().blocks();
    for section in report.sections() {
        let range = section.blocks();
        assert!(range.start <= range.end && range.end <= blocks.len(), "a section of blocks {range:?}");
        assert!(section.heading().contains(section.title()), "a title outside its heading");
        report.prose(section).for_each(in_text);
    }
    let meta = report.meta();
    meta.title.into_iter().chain(meta.agency).for_each(in_text);
    meta.report_year.iter().chain(&meta.table_year).for_each(|stated| in_text(stated.span));
    meta.period.iter().for_each(|stated| in_text(stated.span));
    meta.filing_date.iter().for_each(|stated| in_text(stated.span));
    meta.signatories.iter().for_each(|(_, span)| in_text(*span));
    report.evidence().iter().for_each(|evidence| in_text(evidence.span));

    let versions: BTreeSet<_> = report.forms().iter().map(|form| form.version()).collect();
    assert_eq!(versions.len(), report.forms().len(), "two forms of one version");
    for form in report.forms() {
        assert_eq!(form.cells().len(), form.version().cells().len());
        for (spec, cell) in form.cells() {
            assert_eq!(form.get(spec.id), Some(cell), "{} is not found", spec.id);
        }
    }
    // A place in the source is the place of one cell at most.
    let mut places: Vec<Span> = report.cells().filter_map(|(_, _, cell)| cell.span()).collect();
    places.retain(|span| !span.is_empty());
    places.sort_unstable();
    for pair in places.windows(2) {
        assert!(pair[0].end() <= pair[1].start(), "{:?} and {:?} are read twice", pair[0], pair[1]);
    }
    let mut end = 0;
    for claim in report.claims() {
        in_text(claim.part());
        assert!(claim.part().contains(claim.span()), "{claim:?}");
        assert!(claim.span().start() >= end && !claim.span().is_empty(), "{claim:?}");
        end = claim.span().end();
    }
    let contradictions = gongkai::check(report);
    for finding in report.diagnostics().iter().chain(&contradictions).chain(&check_claims(report)) {
        for language in [Language::English, Language::Chinese] {
            let message = finding.message(language);
            assert!(!message.is_empty() && !message.contains(['{', '}', '\n']), "{message:?}");
        }
        if let Some(span) = finding.span() {
            let bytes = report.byte_span(span);
            assert!(bytes.start() <= bytes.end(), "{bytes:?}");
        }
    }
}

/// The same figures, whatever the line ends are.
fn same_figures(dressed: &Report<'_>, report: &Report<'_>) {
    let (other, own) = (figures(dressed), figures(report));
    let change = other.iter().zip(&own).find(|(a, b)| a != b);
    let text = report.source_text();
    assert!(other.len() == own.len() && change.is_none(), "line ends change {change:?}\n{text:?}");
}

/// Every cell, without its place.
fn figures(report: &Report<'_>) -> Vec<(SchemaVersion, CellId, Figure, Option<Unit>)> {
    report.cells().map(|(version, spec, cell)| (version, spec.id, cell.figure(), cell.unit())).collect()
}

/// What was found in the text, apart from how it was encoded.
fn codes(report: &Report<'_>) -> Vec<Code> {
    let codes = report.diagnostics().iter().map(Diagnostic::code);
    codes.filter(|code| *code != Code::MALFORMED_BYTES).collect()
}

fn gap(text: &str, from: u32, to: u32) -> &str {
    assert!(from <= to, "{to} comes before {from}");
    text.get(from as usize..to as usize).unwrap_or_else(|| panic!("{from}..{to} is no part of the text"))
}

fn assert_spaces(text: &str, from: u32, to: u32, place: &str) {
    let gap = gap(text, from, to);
    assert!(gap.chars().all(is_space), "{gap:?} {place} is lost");
}

/// White space as the crate takes it, stated a second time on purpose.
fn is_space(c: char) -> bool {
    matches!(
        c,
        '\u{9}' | '\u{a}' | '\u{d}' | ' ' | '\u{a0}' | '\u{2000}'
            ..='\u{200f}' | '\u{202f}' | '\u{2060}' | '\u{3000}' | '\u{feff}'
    )
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("inputs are short")
}
