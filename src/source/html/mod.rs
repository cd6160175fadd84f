//! A web page to the text it shows, with the way back to the bytes of the page.
//!
//! | the page has | the text |
//! | --- | --- |
//! | blocks: `p`, `div`, `li`, `h1` …; `br` | a line each, white space collapsed as a browser does |
//! | a row of a table | one line, ` \|` behind each cell: `规章 \| 3 \|  \| 7 \|` |
//! | an empty cell | its bar, as above; its place is the empty slot in the page |
//! | `colspan`, `rowspan` | nothing: a cell stands once, where the page has it |
//! | a row of empty cells before other rows | nothing: it sets the widths of columns |
//! | a figure cell that spans rows | `〃` in the rows below, which is no figure |
//! | a table around other tables, a table of one column, long prose in cells | lines: that is layout |
//! | `\|` in its text | `｜`, so that bars are ends of cells and nothing else |
//! | a picture, or a field of a form, in a cell | U+FFFC |
//! | what is struck out, raised or lowered, or set apart by its style | a space before and behind it |
//! | a cell that the page ends in | as above, without its bar |
//! | scripts, styles, comments, what is hidden, readings of characters (`rt`) | nothing |
//! | a `title`, and no `h1` | the first line |
//!
//! A conforming tokenizer reads the page (WHATWG HTML, 13.2.5); of the tree it is enough to know tables, rows and cells.

mod frameworks;
mod items;
mod style;
mod write;

use core::convert::Infallible;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use super::{Encoding, Source, decode, within};
use crate::error::Error;

/// A page declares its encoding within so many bytes. The standard says 1024; these pages have scripts before it.
const DECLARATION_BYTES: usize = 4096;

/// See [`Source::from_html`].
pub(super) fn read(
    bytes: &[u8],
    encoding: Option<Encoding>,
    max_bytes: usize,
) -> Result<Source<'static>, Error> {
    within(bytes.len(), max_bytes)?;
    let page = match encoding.or_else(|| declared(bytes)) {
        // What the page says of itself may be wrong; what the sender says is the caller's to answer for.
        Some(found) if encoding.is_none() => {
            decode::decode(bytes, Some(found), u32::MAX).or_else(|_| decode::decode(bytes, None, u32::MAX))
        }
        encoding => decode::decode(bytes, encoding, u32::MAX),
    }?;
    show(&page)
}

/// The text that `page` shows.
pub(super) fn show(page: &Source<'_>) -> Result<Source<'static>, Error> {
    write::write(page, &items::collect(page.text()))
}

/// The encoding that a `meta` element declares, where it is needed: UTF-8 shows by itself, and pages that were converted
/// to it still declare what they were before.
fn declared(bytes: &[u8]) -> Option<Encoding> {
    if simdutf8::basic::from_utf8(bytes).is_ok() {
        return None;
    }
    let head = bytes.get(..DECLARATION_BYTES).unwrap_or(bytes);
    let (mut in_meta, mut attribute) = (false, Attribute::Other);
    let find = |event: CallbackEvent<'_>, _: html5gum::Span<()>| match event {
        CallbackEvent::OpenStartTag { name } => {
            in_meta = name == b"meta";
            None
        }
        CallbackEvent::AttributeName { name } => {
            attribute = match name {
                b"charset" => Attribute::Charset,
                b"content" => Attribute::Content,
                _ => Attribute::Other,
            };
            None
        }
        CallbackEvent::AttributeValue { value } if in_meta => {
            let value = core::str::from_utf8(value).ok()?;
            let label = match attribute {
                Attribute::Charset => value,
                // text/html; charset=gb2312
                Attribute::Content => charset(value)?,
                Attribute::Other => return None,
            };
            Encoding::from_label(label)
        }
        _ => None,
    };
    let mut emitter = CallbackEmitter::new(find);
    emitter.naively_switch_states(true);
    let found = Tokenizer::new_with_emitter(head, emitter).map(|Ok::<_, Infallible>(found)| found).next();
    found.filter(|found| matches!(found, Encoding::Gb18030 | Encoding::Big5))
}

/// The attributes of `meta` that may name an encoding.
enum Attribute {
    Charset,
    Content,
    Other,
}

/// The label in `text/html; charset=gb2312`.
fn charset(content: &str) -> Option<&str> {
    let (name, label) = content.split(';').find_map(|part| part.split_once('='))?;
    name.trim().eq_ignore_ascii_case("charset").then(|| label.trim_matches(['"', '\'', ' ']))
}
