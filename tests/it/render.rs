//! Diagnostics as they are printed.

use gongkai::diagnostic::{Class, Code, Diagnostic, Language, Renderer, Severity};
use gongkai::source::{DEFAULT_MAX_BYTES, Source};
use gongkai::{Report, Span};
use proptest::prelude::*;
use unicode_width::UnicodeWidthChar;

const CODE: Code = Code::DATE_INCOMPLETE;

fn source(text: &str) -> Source<'_> {
    Source::from_text(text, DEFAULT_MAX_BYTES).unwrap()
}

fn diagnostic(start: usize, end: usize) -> Diagnostic {
    Diagnostic::new(CODE, Some(Span::new(start as u32, end as u32)))
}

/// A diagnostic of the first place where `text` shows `part`.
fn at(text: &str, part: &str) -> Diagnostic {
    let start = text.find(part).unwrap();
    diagnostic(start, start + part.len())
}

/// Columns on a terminal.
fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The shown line and what of it stands above the marker, for a diagnostic of one line.
fn marked(shown: &str) -> (&str, String) {
    let mut lines = shown.lines().rev();
    let (marker, line) = (lines.next().unwrap(), lines.next().unwrap());
    let from = marker.find('^').unwrap_or_else(|| panic!("no marker: {shown}"));
    let to = marker.rfind('^').unwrap() + 1;
    // Up to the marker there is only ASCII.
    assert!(marker.is_ascii());
    let mut column = 0;
    let mut above = String::new();
    for c in line.chars() {
        let next = column + c.width().unwrap_or(0);
        assert!(next <= from || column >= from, "the marker begins inside of {c:?}: {shown}");
        assert!(next <= to || column >= to, "the marker ends inside of {c:?}: {shown}");
        if column >= from && next <= to {
            above.push(c);
        }
        column = next;
    }
    (line, above)
}

fn finding(report: &Report<'_>, code: Code) -> Diagnostic {
    report.diagnostics().iter().find(|finding| finding.code() == code).unwrap().clone()
}

#[test]
fn the_marker_stands_under_the_cell() {
    let text = "政府信息\n其他对外管理服务事项 | 约３件 | Ａ１ | x | （四） | é\u{301}x | 한국 | 𠀀𠀁 | “…” | ①② |\r\n完\n";
    let source = source(text);
    for cell in text.lines().nth(1).unwrap().split('|').map(str::trim).filter(|cell| !cell.is_empty()) {
        let shown = Renderer::new().render(&source, &at(text, cell));
        assert_eq!(marked(&shown).1, cell, "{shown}");
        assert!(shown.contains("--> <input>:2:"), "{shown}");
    }
}

#[test]
fn a_cell_in_both_languages() {
    let text = "六、举报投诉数量 | 件 | 12 |\n七、依申请公开信息收取的费用 | 万元 | 约3.5万 |\n";
    let report = gongkai::parse(text).unwrap();
    let finding = finding(&report, Code::NOT_A_FIGURE);
    let english = Renderer::new().origin("2016年报告.txt");
    insta::assert_snapshot!(english.render(report.source(), &finding), @r"
    error[not-a-figure]: the cell statistics/fees/value holds text that is no figure
     --> 2016年报告.txt:2:23
      |
    2 | 七、依申请公开信息收取的费用 | 万元 | 约3.5万 |
      |                                       ^^^^^^^
    ");
    let chinese = english.language(Language::Chinese);
    insta::assert_snapshot!(chinese.render(report.source(), &finding), @r"
    错误[not-a-figure]: 七、依申请公开信息收取的费用 的内容不是数字
     --> 2016年报告.txt:2:23
      |
    2 | 七、依申请公开信息收取的费用 | 万元 | 约3.5万 |
      |                                       ^^^^^^^
    ");
}

#[test]
fn a_row_with_one_cell_a_line() {
    let mut text = "说明。\n".repeat(8);
    text += "第二十条第(一)项 | |||\r\n信息内容 |\r\n本年制发件数 |\r\n本年废止件数 |\r\n现行有效件数 |\r\n规章 |\r\n3 |\r\n5 |\r\n||\r\n";
    let report = gongkai::parse(&text).unwrap();
    let finding = finding(&report, Code::POSITION_LOST);
    insta::assert_snapshot!(Renderer::new().render(report.source(), &finding), @r"
    warning[position-lost]: the row shows 2 of 3 cells, and nothing tells which: active_disclosure/rules (issued … in_force) are left open
      --> <input>:14:1
       |
    14 | / 规章 |
    15 | | 3 |
    16 | | 5 |
    17 | | ||
       | |__^
    ");
}

#[test]
fn a_blank_cell_gets_one_mark() {
    let text = "规章 | |3 |\n";
    let slot = text.find("|3").unwrap();
    let shown = Renderer::new().render(&source(text), &diagnostic(slot, slot));
    assert_eq!(marked(&shown).1, "|");
    // At the very end of the text, behind the last line end.
    let shown = Renderer::new().render(&source(text), &diagnostic(text.len(), text.len()));
    insta::assert_snapshot!(shown, @r"
    warning[date-incomplete]: the filing date has no year
     --> <input>:2:1
      |
    2 |
      | ^
    ");
}

#[test]
fn no_place_is_a_headline() {
    let finding = Diagnostic::new(Code::NO_STATUTORY_TABLE, None);
    let shown = Renderer::new().render(&source(""), &finding);
    assert_eq!(shown, "info[no-statutory-table]: no statutory table was read");
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let prose = "主动公开方面,".repeat(400) + "全年收到申请约３件" + &"依申请公开方面,".repeat(400);
    let shown = Renderer::new().width(60).render(&source(&prose), &at(&prose, "约３件"));
    insta::assert_snapshot!(shown, @r"
    warning[date-incomplete]: the filing date has no year
     --> <input>:1:2807
      |
    1 | ...,主动公开方面,全年收到申请约３件依申请公开方面,依申请公开方...
      |                              ^^^^^^
    ");
    let (line, above) = marked(&shown);
    assert_eq!(above, "约３件");
    assert!(width(line) <= 4 + 60 + 6, "{shown}");

    let whole = Renderer::new().width(40).render(&source(&prose), &diagnostic(0, prose.len()));
    insta::assert_snapshot!(whole, @r"
    warning[date-incomplete]: the filing date has no year
     --> <input>:1:1
      |
    1 | 主动公开方面,主动公开方面,主动公开方面,...
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    ");
}

#[test]
fn a_short_line_is_not_cut() {
    let line = format!("{} | 约3件 |", "字".repeat(40));
    let shown = Renderer::new().render(&source(&line), &at(&line, "约3件"));
    assert!(marked(&shown).0.ends_with(&line), "{shown}");
}

#[test]
fn a_place_of_many_lines_shows_the_first() {
    let text = "一行文字\n".repeat(50);
    let shown = Renderer::new().render(&source(&text), &diagnostic(3, text.len()));
    insta::assert_snapshot!(shown, @r"
    warning[date-incomplete]: the filing date has no year
      --> <input>:1:2
       |
     1 |   一行文字
       |  ___^
     2 | | 一行文字
     3 | | 一行文字
     4 | | 一行文字
    ...  |
    11 | | 一行文字
    12 | | 一行文字
       | |________^
       |
       = note: 38 more lines belong to it
    ");
    let shown =
        Renderer::new().language(Language::Chinese).render(&source(&text), &diagnostic(3, text.len()));
    assert!(shown.ends_with("= 注: 其后还有38行"), "{shown}");
}

#[test]
fn nothing_of_the_source_steers_the_terminal() {
    let text = "规章\u{1b}[2J\u{202E}\t| 约\u{9b}3\u{200B}件\u{FE0F}\u{0} | \u{2028}\u{E0041} |\n";
    let finding = at(text, "约\u{9b}3\u{200B}件\u{FE0F}\u{0}");
    let shown = Renderer::new().origin("a\u{1b}]0;b\n.txt").render(&source(text), &finding);
    insta::assert_snapshot!(shown, @r"
    warning[date-incomplete]: the filing date has no year
     --> a␛]0;b␊.txt:1:11
      |
    1 | 规章␛[2J�    | 约�3�件␀ | �� |
      |                ^^^^^^^^
    ");
    assert_eq!(marked(&shown).1, "约\u{FFFD}3\u{FFFD}件␀");
}

#[test]
fn colours_are_on_request() {
    let text = "规章 | 约3件 |\n";
    let finding = at(text, "约3件").with_class(Class::Reading, Severity::Error);
    let plain = Renderer::new().render(&source(text), &finding);
    let coloured = Renderer::new().color(true).render(&source(text), &finding);
    assert!(!plain.contains('\u{1b}'));
    assert!(coloured.contains('\u{1b}'));
    let mut stripped = String::new();
    let mut inside = false;
    for c in coloured.chars() {
        match c {
            '\u{1b}' => inside = true,
            'm' if inside => inside = false,
            c if !inside => stripped.push(c),
            _ => {}
        }
    }
    assert_eq!(stripped, plain);
}

#[test]
fn a_place_off_the_text_counts_as_its_end() {
    let text = "规章";
    for (start, end) in [(1, 2), (1, 4), (7, 9), (6, 6), (0, 99), (u32::MAX as usize, u32::MAX as usize)] {
        let shown = Renderer::new().render(&source(text), &diagnostic(start, end));
        assert!(shown.contains("1 | 规章"), "{shown}");
    }
}

proptest! {
    #[test]
    fn anything_is_shown(
        text in "[规章约3件| \t\n\r\u{0}\u{1b}\u{85}\u{200B}\u{3000}\u{301}é\u{FF11}𠀀\u{1F1E8}a]{0,300}",
        start in 0_usize..400,
        length in 0_usize..400,
        columns in 0_usize..60,
        color: bool,
    ) {
        let shown = Renderer::new().width(columns).color(color).render(&source(&text), &diagnostic(start, start + length));
        prop_assert!(color || shown.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", shown);
        // The note on what is left out is of one width, whatever the source's.
        let source_lines = shown.lines().skip(1).filter(|line| !line.contains("= note:"));
        let widest = source_lines.map(width).max().unwrap();
        prop_assert!(color || widest <= 5 + 2 + columns.max(20) + 6, "{} {}", widest, shown);
    }

    /// Wherever the place begins and ends in a line, what stands above the marker is the place.
    #[test]
    fn the_marker_is_exact(line in "[规章约3件| é\u{FF11}𠀀a]{1,200}", from in 0_usize..200, length in 1_usize..9, columns in 20_usize..120) {
        let chars: Vec<(usize, char)> = line.char_indices().collect();
        let from = from % chars.len();
        let to = (from + length).min(chars.len());
        let start = chars[from].0;
        let end = chars.get(to).map_or(line.len(), |(at, _)| *at);
        let part = line[start..end].trim_end();
        prop_assume!(!part.is_empty() && !part.starts_with(' ') && !line.starts_with(' '));
        let shown = Renderer::new().width(columns).render(&source(&line), &diagnostic(start, end));
        let (_, above) = marked(&shown);
        prop_assert_eq!(above, part, "{}", shown);
    }
}
