//! Diagnostics for people: the message, the place, the line of the source and a marker under the cell.

use core::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Snippet};

use super::{Diagnostic, Language, Severity};
use crate::source::Source;

/// A diagnostic of more lines than this shows the first ones: a row of the form, one cell a line, has ten.
const MAX_LINES: usize = 12;

/// Fewer columns than this would show nothing but ellipses.
const MIN_WIDTH: usize = 20;

const ELLIPSIS: &str = "...";

/// Prints [diagnostics](Diagnostic) with their place in the source; behind the feature `render`.
///
/// | option | default |
/// | --- | --- |
/// | [`language`](Self::language) | English |
/// | [`color`](Self::color) | off |
/// | [`origin`](Self::origin) | `<input>` |
/// | [`width`](Self::width) | 100 columns |
///
/// Chinese characters take two columns and the marker stands right below them. A longer line is cut to a window around
/// the place. Nothing of the source reaches the terminal that could steer it: control characters are shown by their
/// pictures (`␛`), those that are invisible or turn the direction of writing by U+FFFD.
///
/// ```
/// use gongkai::diagnostic::{Code, Renderer};
///
/// let report = gongkai::parse("六、举报投诉数量 | 件 | 约3件 |\n")?;
/// let finding = report.diagnostics().iter().find(|finding| finding.code() == Code::NOT_A_FIGURE).unwrap();
/// let shown = Renderer::new().origin("2016.txt").render(report.source(), finding);
/// assert_eq!(shown, "\
/// error[not-a-figure]: the cell statistics/complaints/value holds text that is no figure
///  --> 2016.txt:1:16
///   |
/// 1 | 六、举报投诉数量 | 件 | 约3件 |
///   |                         ^^^^^");
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Renderer {
    language: Language,
    color: bool,
    origin: String,
    width: usize,
}

impl Default for Renderer {
    fn default() -> Self {
        Self::new()
    }
}

impl Renderer {
    /// The default options.
    #[must_use]
    pub fn new() -> Self {
        Self { language: Language::English, color: false, origin: "<input>".to_owned(), width: 100 }
    }

    /// The language of the message; English by default.
    ///
    /// ```
    /// use gongkai::diagnostic::{Language, Renderer};
    ///
    /// let report = gongkai::parse("(四)申请处理情况。无\n")?;
    /// let shown = Renderer::new().language(Language::Chinese).render(report.source(), &report.diagnostics()[0]);
    /// assert_eq!(shown, "提示[no-statutory-table]: 未读出法定表格");
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// Whether to print colours, as ANSI escape sequences; off by default.
    #[must_use]
    pub fn color(mut self, color: bool) -> Self {
        self.color = color;
        self
    }

    /// What the source is called, such as the name of its file; `<input>` by default.
    #[must_use]
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.origin = origin.into();
        self
    }

    /// How many columns of a line are shown; 100 by default, never fewer than 20.
    ///
    /// What stands in front of the line (its number) and ellipses are not counted.
    #[must_use]
    pub fn width(mut self, columns: usize) -> Self {
        self.width = columns.max(MIN_WIDTH);
        self
    }

    /// The diagnostic in full, several lines without a line end behind the last; the headline alone where it has no place.
    ///
    /// `source` is that of the report the diagnostic belongs to. A place that does not lie in it counts as its end.
    #[must_use]
    pub fn render(&self, source: &Source<'_>, diagnostic: &Diagnostic) -> String {
        let level = self.level(diagnostic.severity());
        let title =
            level.clone().primary_title(diagnostic.message(self.language)).id(diagnostic.code().as_str());
        let renderer = match self.color {
            true => annotate_snippets::Renderer::styled(),
            false => annotate_snippets::Renderer::plain(),
        };
        let Some(span) = diagnostic.span() else {
            return renderer.render(&[Group::with_title(title)]);
        };
        let excerpt = Excerpt::new(source.text(), span.range(), self.width);
        let (line, column) = source.line_column(span.start());
        let mut origin = String::new();
        self.origin.chars().for_each(|c| push(&mut origin, c));
        let origin = Origin::path(origin).line(line as usize).char_column(column as usize);
        // Lines are cut here; to the library they are always narrow enough.
        let renderer = renderer.term_width(self.width.saturating_mul(2).saturating_add(100));
        let headline = renderer.render(&[title.element(origin)]);
        let last_line = (line as usize).saturating_add(excerpt.text.matches('\n').count());
        let snippet = Snippet::source(excerpt.text)
            .line_start(line as usize)
            .annotation(AnnotationKind::Primary.span(excerpt.mark));
        let mut group = Group::with_level(level).element(snippet);
        if excerpt.more > 0 {
            group = group.element(self.more(excerpt.more));
        }
        // The headline is made apart, as the library takes the column of a snippet from the line it is given, which is
        // cut. So the arrow has to be moved here to above the bar, behind the highest line number.
        let (title, arrow) = headline.rsplit_once('\n').unwrap_or_default();
        let indent = last_line.to_string().len();
        format!("{title}\n{:indent$}{arrow}\n{}", "", renderer.render(&[group]))
    }

    fn level(&self, severity: Severity) -> Level<'static> {
        match (severity, self.language) {
            (Severity::Info, Language::English) => Level::INFO,
            (Severity::Info, Language::Chinese) => Level::INFO.with_name("提示"),
            (Severity::Warning, Language::English) => Level::WARNING,
            (Severity::Warning, Language::Chinese) => Level::WARNING.with_name("警告"),
            (Severity::Error, Language::English) => Level::ERROR,
            (Severity::Error, Language::Chinese) => Level::ERROR.with_name("错误"),
        }
    }

    fn more(&self, lines: usize) -> annotate_snippets::Message<'static> {
        match self.language {
            Language::English => Level::NOTE.message(format!("{lines} more lines belong to it")),
            Language::Chinese => Level::NOTE.with_name("注").message(format!("其后还有{lines}行")),
        }
    }
}

/// The lines of a place, made harmless and cut to a window.
struct Excerpt {
    text: String,
    /// The place, as a range of `text`.
    mark: Range<usize>,
    /// How many lines of the place are left out.
    more: usize,
}

impl Excerpt {
    /// `place` is a range of `source`, or whatever the maker of a diagnostic took for one.
    fn new(source: &str, place: Range<usize>, width: usize) -> Self {
        let start = floor(source, place.start);
        let marked = source.get(start..floor(source, place.end)).unwrap_or_default();
        // A line end behind the place is not worth a line of its own.
        let marked = match marked.trim_end() {
            "" => marked.lines().next().unwrap_or_default(),
            visible => visible,
        };
        let before = source.get(..start).unwrap_or_default();
        let lead =
            before.get(memchr::memrchr(b'\n', before.as_bytes()).map_or(0, after)..).unwrap_or_default();
        let behind = source.get(start.saturating_add(marked.len())..).unwrap_or_default();
        let tail = behind.get(..memchr::memchr(b'\n', behind.as_bytes()).unwrap_or(behind.len()));
        let tail = tail.map(|tail| tail.strip_suffix('\r').unwrap_or(tail)).unwrap_or_default();

        let mut excerpt = Self { text: String::new(), mark: 0..0, more: 0 };
        let mut lines = marked.split('\n').enumerate().peekable();
        while let Some((at, line)) = lines.next() {
            if at == MAX_LINES {
                excerpt.more = lines.count().saturating_add(1);
                break;
            }
            if at > 0 {
                excerpt.text.push('\n');
            }
            let last = lines.peek().is_none();
            let line = if last { line } else { line.strip_suffix('\r').unwrap_or(line) };
            let lead = if at == 0 { lead } else { "" };
            let tail = if last { tail } else { "" };
            let mark = excerpt.line(lead, line, tail, width, at > 0 && last);
            if at == 0 {
                excerpt.mark = mark;
            } else {
                excerpt.mark.end = mark.end;
            }
        }
        excerpt
    }

    /// Appends a window on a line of three parts, the middle one marked; the range of the mark. Where all of the mark
    /// does not fit, its beginning is shown, or with `end` its end.
    fn line(&mut self, lead: &str, marked: &str, tail: &str, width: usize, end: bool) -> Range<usize> {
        let (shown, used) = if end { fit_back(marked, width) } else { fit(marked, width) };
        let whole = shown.len() == marked.len();
        let (lead, tail) = match (whole, end) {
            (true, _) => (lead, tail),
            (false, true) => ("", tail),
            (false, false) => (lead, ""),
        };
        let rest = width.saturating_sub(used);
        let (_, behind) = fit(tail, rest);
        let (shown_lead, before) = fit_back(lead, rest.saturating_sub(behind).max(rest / 2));
        let (shown_tail, _) = fit(tail, rest.saturating_sub(before));

        if shown_lead.len() < lead.len() {
            self.text.push_str(ELLIPSIS);
        }
        shown_lead.chars().for_each(|c| push(&mut self.text, c));
        let from = self.text.len();
        if !whole && end {
            self.text.push_str(ELLIPSIS);
        }
        shown.chars().for_each(|c| push(&mut self.text, c));
        if !whole && !end {
            self.text.push_str(ELLIPSIS);
        }
        let to = self.text.len();
        shown_tail.chars().for_each(|c| push(&mut self.text, c));
        if shown_tail.len() < tail.len() {
            self.text.push_str(ELLIPSIS);
        }
        from..to
    }
}

/// As much of the beginning of `text` as `width` columns hold, and how many it takes.
fn fit(text: &str, width: usize) -> (&str, usize) {
    let (length, used) = fit_chars(text.chars(), width);
    (text.get(..length).unwrap_or_default(), used)
}

/// As much of the end of `text` as `width` columns hold, and how many it takes.
fn fit_back(text: &str, width: usize) -> (&str, usize) {
    let (length, used) = fit_chars(text.chars().rev(), width);
    (text.get(text.len().saturating_sub(length)..).unwrap_or_default(), used)
}

/// How many bytes and columns of `chars` fit.
fn fit_chars(chars: impl Iterator<Item = char>, width: usize) -> (usize, usize) {
    let (mut length, mut used) = (0_usize, 0_usize);
    for c in chars {
        let with = used.saturating_add(columns(c));
        if with > width {
            break;
        }
        length = length.saturating_add(c.len_utf8());
        used = with;
    }
    (length, used)
}

/// At most how many columns a character takes. This limits what is shown, the library sets the marker; so a
/// combining character counts too, or a line of them would be without an end.
fn columns(c: char) -> usize {
    match c {
        '\t' => 4,
        // Wide characters begin with the Hangul jamo.
        ..'\u{1100}' => 1,
        _ => 2,
    }
}

/// Appends `c`, or what stands for it on a terminal.
fn push(to: &mut String, c: char) {
    match c {
        '\t' => to.push_str("    "),
        // The same two columns, for all that asks whether there is something to see.
        '\u{3000}' => to.push_str("  "),
        '\0'..='\u{1F}' => to.extend(char::from_u32(u32::from(c) | 0x2400)),
        '\u{7F}' => to.push('\u{2421}'),
        // C1 controls; soft hyphen; marks of direction; zero width; separators of lines; tags.
        '\u{80}'..='\u{9F}'
        | '\u{AD}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => to.push(char::REPLACEMENT_CHARACTER),
        // Variation selectors change the look of the character in front, and on some terminals its width.
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => {}
        _ => to.push(c),
    }
}

/// `at`, moved back to the beginning of its character or the end of `text`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}

/// The offset behind a line end.
fn after(line_end: usize) -> usize {
    line_end.saturating_add(1)
}
