//! A page as a flat list: its text, where lines end, and which rows and cells its tables have.

use core::convert::Infallible;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, Tokenizer};

use super::frameworks;
use super::style::{Classes, Look};

/// Tables in tables in tables: deeper than this they are lines of text. Pages around a report nest five or six.
const MAX_DEPTH: usize = 64;

/// A cell of more bytes is no figure that is cut off.
const MAX_CUT_BYTES: u32 = 64;

/// A piece of a page. Positions are those of the decoded page.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    /// Text as the page has it.
    Text { start: u32, end: u32 },
    /// Text that the page writes otherwise, `&nbsp;`; `value` is a range of [`Items::values`].
    Value { start: u32, end: u32, value: (u32, u32) },
    /// Something that is shown and is no text.
    Object { start: u32, end: u32 },
    /// The line ends.
    Break,
    /// The page ends within a cell.
    CutOff,
    /// What follows is set apart from what is before: a footnote's mark, what is struck out.
    Apart,
    /// A table begins; `widest` is the most cells that one of its rows has.
    Table { widest: u32 },
    /// A row begins.
    Row(Row),
    /// A cell begins; its content begins at `slot`.
    Cell { slot: u32, columns: u16, rows: u16 },
    /// The row ends, and with it its last cell.
    RowEnd,
    /// The table ends.
    TableEnd,
}

/// What tells whether a row holds data.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Row {
    pub cells: u32,
    /// The most bytes but for white space that one of its cells has.
    pub heaviest: u32,
    /// Whether a table stands in one of its cells.
    pub nested: bool,
}

/// All of a page.
#[derive(Debug, Default)]
pub(super) struct Items {
    /// The title of the page, where none of its lines is one.
    pub title: Vec<Item>,
    pub body: Vec<Item>,
    /// What character references stand for.
    pub values: String,
}

/// Reads `page`, in one pass; it never fails.
pub(super) fn collect(page: &str) -> Items {
    let mut collector = Collector { page, ..Collector::default() };
    let mut inner = CallbackEmitter::new(&mut collector);
    inner.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(page, Places { inner }).finish();
    collector.finish()
}

/// Tells the collector where the tokenizer stands; what it makes of text goes by the place, not through a copy.
struct Places<'c, 'p> {
    inner: CallbackEmitter<&'c mut Collector<'p>>,
}

impl ForwardingEmitter for Places<'_, '_> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.inner
    }

    fn move_position(&mut self, offset: isize) {
        let collector = self.inner.callback_mut();
        collector.position = collector.position.saturating_add_signed(offset);
    }

    fn emit_string(&mut self, text: &[u8]) {
        self.inner.callback_mut().text(text);
    }
}

/// What an element means for the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Kind {
    #[default]
    Inline,
    Apart,
    Break,
    Block,
    Heading,
    Preformatted,
    Table,
    RowGroup,
    Row,
    Cell,
    Title,
    /// Shown, but not as text.
    Object,
    /// Shown, but not as text, and so is what stands in it.
    Field,
    /// Not shown.
    Never,
}

/// HTML, 15.3: how elements are shown.
fn kind_of(name: &[u8]) -> Kind {
    match name {
        b"table" => Kind::Table,
        b"thead" | b"tbody" | b"tfoot" | b"colgroup" | b"caption" => Kind::RowGroup,
        b"tr" => Kind::Row,
        b"td" | b"th" => Kind::Cell,
        b"br" => Kind::Break,
        b"h1" => Kind::Heading,
        b"pre" | b"listing" | b"xmp" | b"plaintext" => Kind::Preformatted,
        b"title" => Kind::Title,
        b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"center" | b"dd" | b"details"
        | b"dialog" | b"dir" | b"div" | b"dl" | b"dt" | b"fieldset" | b"figcaption" | b"figure"
        | b"footer" | b"form" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"head" | b"header" | b"hgroup"
        | b"hr" | b"html" | b"legend" | b"li" | b"main" | b"menu" | b"nav" | b"ol" | b"optgroup"
        | b"option" | b"p" | b"search" | b"section" | b"summary" | b"ul" => Kind::Block,
        b"del" | b"s" | b"strike" | b"sub" | b"sup" => Kind::Apart,
        b"audio" | b"button" | b"canvas" | b"embed" | b"img" | b"input" | b"meter" | b"object"
        | b"progress" | b"video" => Kind::Object,
        b"iframe" | b"math" | b"select" | b"svg" | b"textarea" => Kind::Field,
        b"datalist" | b"noembed" | b"noframes" | b"noscript" | b"rp" | b"rt" | b"script" | b"style"
        | b"template" => Kind::Never,
        _ => Kind::Inline,
    }
}

/// HTML, 13.1.2: elements that never have content.
fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// The tag being read.
#[derive(Debug, Default)]
struct Tag {
    name: Vec<u8>,
    attribute: Vec<u8>,
    look: Look,
    columns: u16,
    rows: u16,
}

/// An element that is not shown, up to its end.
#[derive(Debug)]
struct Skip {
    name: Vec<u8>,
    /// Elements of this name that are open within.
    same: u32,
    /// Tables that are open within.
    tables: u32,
}

#[derive(Clone, Copy, Debug)]
struct OpenTable {
    item: usize,
    widest: u32,
    row: Option<OpenRow>,
    rows: u32,
    /// The bytes of its heaviest cell.
    heaviest: u32,
    /// Whether a table stands in one of its cells.
    nested: bool,
    /// Where the list has its last row, the last cell of that, and the end of it.
    last: [usize; 3],
}

#[derive(Clone, Copy, Debug)]
struct OpenRow {
    item: usize,
    row: Row,
    /// Where the list has its last cell.
    last: usize,
    /// The bytes of its open cell.
    cell: Option<u32>,
}

#[derive(Debug, Default)]
struct Collector<'p> {
    page: &'p str,
    /// Where the tokenizer stands.
    position: usize,
    /// Where the last text or tag ended.
    end: usize,
    /// Text that is not in the list yet, because more may follow.
    pending: Option<(usize, usize)>,
    items: Items,
    tag: Tag,
    skip: Option<Skip>,
    tables: Vec<OpenTable>,
    /// Tables that are open below [`MAX_DEPTH`].
    deeper: u32,
    preformatted: u32,
    /// What the page's styles say of classes, and where the style sheet begins that is passed over.
    classes: Classes,
    sheet: usize,
    /// The elements that are open and apart, each with how many of its name are open within.
    apart: Vec<(Vec<u8>, u32)>,
    in_title: bool,
    in_heading: bool,
    has_heading: bool,
}

impl Callback<Infallible, ()> for &mut Collector<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.name.clear();
                self.tag.name.extend_from_slice(name);
                self.tag.attribute.clear();
                self.tag.look = Look::default();
                (self.tag.columns, self.tag.rows) = (1, 1);
            }
            CallbackEvent::AttributeName { name } => {
                self.tag.attribute.clear();
                self.tag.attribute.extend_from_slice(name);
                self.tag.look.hidden |= name == b"hidden";
            }
            CallbackEvent::AttributeValue { value } => self.attribute(value),
            CallbackEvent::CloseStartTag { self_closing } => {
                self.flush();
                let tag = core::mem::take(&mut self.tag);
                self.start_tag(&tag, self_closing);
                self.tag = tag;
                self.end = self.position;
            }
            CallbackEvent::EndTag { name } => {
                self.flush();
                self.end_tag(name);
                self.end = self.position;
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => {
                self.flush();
                self.end = self.position;
            }
            CallbackEvent::String { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }
}

impl Collector<'_> {
    fn attribute(&mut self, value: &[u8]) {
        match self.tag.attribute.as_slice() {
            b"colspan" => self.tag.columns = span(value),
            b"rowspan" => self.tag.rows = span(value),
            b"type" => self.tag.look.hidden |= value.eq_ignore_ascii_case(b"hidden"),
            b"style" => self.tag.look = self.tag.look.or(Look::of(value)),
            b"class" => {
                self.tag.look = self.tag.look.or(self.classes.look(value)).or(frameworks::look(value));
            }
            _ => {}
        }
    }

    /// Text that ends where the tokenizer stands, or before the character it looks at.
    fn text(&mut self, text: &[u8]) {
        let (from, to) = (self.end, self.position.max(self.end));
        self.end = to;
        if self.skip.is_some() || text.is_empty() {
            return;
        }
        self.weigh(text);
        let start = to.saturating_sub(text.len());
        let page = self.page.as_bytes();
        let as_written = start >= from
            && page
                .get(start..to)
                .is_some_and(|written| written == text || (written, text) == (b"\r", b"\n"));
        if !as_written {
            self.flush();
            // A tag that the page ends in is given back in pieces, all at the end.
            let list = if self.in_title { &mut self.items.title } else { &mut self.items.body };
            let values = index(self.items.values.len());
            let before = list.last_mut().filter(|_| from == to);
            if let (Some(Item::Value { end, value, .. }), Ok(more)) = (before, core::str::from_utf8(text))
                && (*end as usize, value.1) == (to, values)
            {
                self.items.values.push_str(more);
                value.1 = index(self.items.values.len());
                return;
            }
            if let Ok(value) = core::str::from_utf8(text) {
                let at = index(self.items.values.len());
                self.items.values.push_str(value);
                let value = (at, index(self.items.values.len()));
                self.push(Item::Value { start: index(from), end: index(to), value });
            }
            return;
        }
        match &mut self.pending {
            // The second half of CR LF is passed over.
            Some((_, end)) if *end == start || page.get(*end..start) == Some(b"\n") => *end = to,
            _ => {
                self.flush();
                self.pending = Some((start, to));
            }
        }
    }

    /// Counts the text for the cell it stands in; text in a table outside its cells ends the row.
    fn weigh(&mut self, text: &[u8]) {
        let weight = text.iter().filter(|byte| !byte.is_ascii_whitespace()).count();
        if weight == 0 || self.in_title {
            return;
        }
        self.has_heading |= self.in_heading;
        match self.tables.last_mut() {
            None => {}
            Some(OpenTable { row: Some(OpenRow { cell: Some(cell), .. }), .. }) => {
                *cell = cell.saturating_add(index(weight));
            }
            Some(_) => self.close_row(),
        }
    }

    /// Puts the text that is pending into the list.
    fn flush(&mut self) {
        let Some((start, end)) = self.pending.take() else { return };
        if self.preformatted == 0 {
            return self.push(Item::Text { start: index(start), end: index(end) });
        }
        let mut from = start;
        // The second half of CR LF may be passed over.
        let lines = self.page.get(start..end).unwrap_or_default().split_inclusive(['\r', '\n']);
        for line in lines {
            let to = from.saturating_add(line.len());
            self.push(Item::Text { start: index(from), end: index(to) });
            if line.ends_with(['\r', '\n']) {
                self.push(Item::Break);
            }
            from = to;
        }
    }

    fn push(&mut self, item: Item) {
        if self.in_title {
            self.items.title.push(item);
        } else {
            self.items.body.push(item);
        }
    }

    fn start_tag(&mut self, tag: &Tag, self_closing: bool) {
        let kind = kind_of(&tag.name);
        let void = is_void(&tag.name) || self_closing && tag.name == b"svg";
        if self.skip.is_some() && !self.ends_skip(kind, &tag.name) {
            return;
        }
        // Scripts show pages that begin hidden.
        let is_page = matches!(tag.name.as_slice(), b"html" | b"body");
        let by_name = tag.look.named && !tag.look.hidden && self.hides_by_name(kind);
        let hidden = (tag.look.hidden || by_name) && !is_page;
        if void && hidden {
            return;
        }
        // A cell that has nothing else may show this.
        if hidden && by_name && matches!(kind, Kind::Inline | Kind::Block) {
            self.push(Item::Object { start: index(self.end), end: index(self.position) });
        }
        let again = kind == Kind::Title && !self.items.title.is_empty();
        if kind == Kind::Never || hidden || again {
            self.sheet = self.position;
            return self.skip = Some(Skip { name: tag.name.clone(), same: 0, tables: 0 });
        }
        match kind {
            Kind::Inline if tag.look.apart && !void => {
                self.apart.push((tag.name.clone(), 0));
                self.push(Item::Apart);
            }
            Kind::Inline => {
                // The end of one of the same name is not that of the one set apart.
                if let Some((_, same)) = self.apart.last_mut().filter(|(name, _)| *name == tag.name && !void)
                {
                    *same = same.saturating_add(1);
                }
            }
            Kind::Never => {}
            Kind::Apart => self.push(Item::Apart),
            Kind::Break | Kind::Block => self.push(Item::Break),
            Kind::Heading => {
                self.in_heading = true;
                self.push(Item::Break);
            }
            Kind::Preformatted => {
                self.preformatted = self.preformatted.saturating_add(1);
                self.push(Item::Break);
            }
            Kind::Title => self.in_title = true,
            Kind::Object | Kind::Field => {
                self.push(Item::Object { start: index(self.end), end: index(self.position) });
                if kind == Kind::Field && !void {
                    self.skip = Some(Skip { name: tag.name.clone(), same: 0, tables: 0 });
                }
            }
            Kind::Table => self.open_table(),
            Kind::RowGroup | Kind::Row | Kind::Cell if self.deeper > 0 => self.push(Item::Break),
            Kind::RowGroup => self.close_row(),
            Kind::Row => {
                self.close_row();
                self.open_row();
            }
            Kind::Cell => self.open_cell(tag),
        }
    }

    /// Whether a class is enough to hide such an element. Scripts show what stands around tables, whole reports too; what is read
    /// twice is compared.
    fn hides_by_name(&self, kind: Kind) -> bool {
        let is_in_cell =
            self.tables.last().is_some_and(|table| table.row.is_some_and(|row| row.cell.is_some()));
        match kind {
            Kind::Inline | Kind::Apart | Kind::RowGroup | Kind::Row | Kind::Cell => true,
            Kind::Table => false,
            _ => is_in_cell,
        }
    }

    fn end_tag(&mut self, name: &[u8]) {
        let kind = kind_of(name);
        if name == b"style" && self.skip.as_ref().is_some_and(|skip| skip.name == name) {
            self.classes.add(self.page.get(self.sheet..self.position).unwrap_or_default());
        }
        if self.skip.is_some() && !self.ends_skip_behind(kind, name) {
            return;
        }
        match kind {
            Kind::Inline => {
                if let Some((_, same)) = self.apart.last_mut().filter(|(open, _)| open == name) {
                    match same.checked_sub(1) {
                        Some(less) => *same = less,
                        None => {
                            self.apart.pop();
                            self.push(Item::Apart);
                        }
                    }
                }
            }
            Kind::Object | Kind::Field | Kind::Never => {}
            Kind::Apart => self.push(Item::Apart),
            Kind::Break | Kind::Block => self.push(Item::Break),
            Kind::Heading => {
                self.in_heading = false;
                self.push(Item::Break);
            }
            Kind::Preformatted => {
                self.preformatted = self.preformatted.saturating_sub(1);
                self.push(Item::Break);
            }
            Kind::Title => self.in_title = false,
            Kind::Table if self.deeper > 0 => {
                self.deeper = self.deeper.saturating_sub(1);
                self.push(Item::Break);
            }
            Kind::Table => self.close_table(),
            Kind::RowGroup | Kind::Row | Kind::Cell if self.deeper > 0 => {}
            Kind::RowGroup | Kind::Row => self.close_row(),
            Kind::Cell => self.close_cell(),
        }
    }

    /// Whether a start tag ends what is skipped, and is to be read itself: end tags of cells, rows, paragraphs and
    /// list items may be left out.
    fn ends_skip(&mut self, kind: Kind, name: &[u8]) -> bool {
        let Some(skip) = &mut self.skip else { return true };
        if kind == Kind::Table && skip.name != b"p" {
            skip.tables = skip.tables.saturating_add(1);
        }
        if skip.tables > 0 {
            return false;
        }
        let ends = match skip.name.as_slice() {
            b"p" => {
                matches!(kind, Kind::Block | Kind::Heading | Kind::Preformatted | Kind::Table)
                    || matches!(kind, Kind::RowGroup | Kind::Row | Kind::Cell)
            }
            b"td" | b"th" => matches!(kind, Kind::RowGroup | Kind::Row | Kind::Cell),
            b"tr" => matches!(kind, Kind::RowGroup | Kind::Row),
            b"thead" | b"tbody" | b"tfoot" => kind == Kind::RowGroup,
            b"li" | b"dt" | b"dd" | b"option" | b"rt" | b"rp" => skip.name == name,
            b"table" | b"template" => false,
            // Whatever is open within a cell ends with it.
            _ => matches!(kind, Kind::RowGroup | Kind::Row | Kind::Cell),
        };
        if ends {
            self.skip = None;
        } else if skip.name == name {
            skip.same = skip.same.saturating_add(1);
        }
        ends
    }

    /// Whether an end tag ends what is skipped, and means something itself.
    fn ends_skip_behind(&mut self, kind: Kind, name: &[u8]) -> bool {
        let Some(skip) = &mut self.skip else { return true };
        if kind == Kind::Table && skip.tables > 0 {
            skip.tables = skip.tables.saturating_sub(1);
            return false;
        }
        if skip.tables > 0 {
            return false;
        }
        if skip.name == name {
            match skip.same.checked_sub(1) {
                Some(same) => skip.same = same,
                None => self.skip = None,
            }
            return false;
        }
        // A row is skipped with its cells, a group with its rows, a table with all of them.
        let within = match skip.name.as_slice() {
            b"tr" => kind == Kind::Cell,
            b"thead" | b"tbody" | b"tfoot" => matches!(kind, Kind::Cell | Kind::Row),
            b"table" => kind != Kind::Table,
            b"template" => true,
            _ => false,
        };
        let outer = matches!(kind, Kind::Table | Kind::RowGroup | Kind::Row | Kind::Cell) && !within;
        let ruby = matches!(skip.name.as_slice(), b"rt" | b"rp") && name == b"ruby";
        if outer || ruby {
            self.skip = None;
        }
        outer
    }

    fn open_table(&mut self) {
        // A table in a table, but in none of its cells, ends that table.
        if self.tables.last().is_some_and(|table| table.row.is_none_or(|row| row.cell.is_none())) {
            self.close_table();
        }
        if self.tables.len() >= MAX_DEPTH {
            self.deeper = self.deeper.saturating_add(1);
            return self.push(Item::Break);
        }
        let item = self.items.body.len();
        let table =
            OpenTable { item, widest: 0, row: None, rows: 0, heaviest: 0, nested: false, last: [0; 3] };
        self.tables.push(table);
        self.push(Item::Table { widest: 0 });
    }

    /// Begins a row, of a table that the page may have left out.
    fn open_row(&mut self) {
        if self.tables.is_empty() {
            self.open_table();
        }
        let item = self.items.body.len();
        if let Some(table) = self.tables.last_mut() {
            table.row = Some(OpenRow { item, row: Row::default(), last: item, cell: None });
            self.push(Item::Row(Row::default()));
        }
    }

    fn open_cell(&mut self, tag: &Tag) {
        self.close_cell();
        if self.tables.last().is_none_or(|table| table.row.is_none()) {
            self.open_row();
        }
        if let Some(OpenTable { row: Some(row), .. }) = self.tables.last_mut() {
            row.row.cells = row.row.cells.saturating_add(1);
            row.last = self.items.body.len();
            row.cell = Some(0);
        }
        self.push(Item::Cell { slot: index(self.position), columns: tag.columns, rows: tag.rows });
    }

    fn close_cell(&mut self) {
        if let Some(OpenTable { row: Some(row), .. }) = self.tables.last_mut()
            && let Some(weight) = row.cell.take()
        {
            row.row.heaviest = row.row.heaviest.max(weight);
        }
    }

    fn close_row(&mut self) {
        self.close_cell();
        if let Some(table) = self.tables.last_mut()
            && let Some(open) = table.row.take()
        {
            table.widest = table.widest.max(open.row.cells);
            table.rows = table.rows.saturating_add(1);
            table.heaviest = table.heaviest.max(open.row.heaviest);
            table.nested |= open.row.nested;
            table.last = [open.item, open.last, self.items.body.len()];
            if let Some(item) = self.items.body.get_mut(open.item) {
                *item = Item::Row(open.row);
            }
            self.push(Item::RowEnd);
        }
    }

    fn close_table(&mut self) {
        self.close_row();
        let Some(table) = self.tables.pop() else { return };
        let outer = self.tables.last_mut().and_then(|table| table.row.as_mut());
        let is_frame = table.rows == 1 && table.widest == 1 && !table.nested;
        match outer {
            // A frame around what one cell says is no table of its own.
            Some(OpenRow { cell: Some(weight), .. }) if is_frame => {
                *weight = weight.saturating_add(table.heaviest);
                for at in table.last.into_iter().chain([table.item]) {
                    if let Some(item) = self.items.body.get_mut(at) {
                        *item = Item::Break;
                    }
                }
                return;
            }
            Some(row) => row.row.nested = true,
            None => {}
        }
        if let Some(item) = self.items.body.get_mut(table.item) {
            *item = Item::Table { widest: table.widest };
        }
        self.push(Item::TableEnd);
    }

    fn finish(mut self) -> Items {
        self.flush();
        self.in_title = false;
        // A page that ends within a cell may be cut off there.
        let cell = self.tables.last().and_then(|table| table.row?.cell);
        if cell.is_some_and(|weight| weight <= MAX_CUT_BYTES) {
            self.push(Item::CutOff);
        }
        while !self.tables.is_empty() {
            self.close_table();
        }
        if self.has_heading {
            self.items.title.clear();
        }
        self.items
    }
}

/// The value of `colspan` and `rowspan`: at least 1, and no more than the standard allows.
fn span(value: &[u8]) -> u16 {
    let digits = value.trim_ascii().iter().take_while(|byte| byte.is_ascii_digit());
    let number = digits
        .fold(0_u16, |sum, byte| sum.saturating_mul(10).saturating_add(u16::from(byte.wrapping_sub(b'0'))));
    number.max(1)
}

fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
