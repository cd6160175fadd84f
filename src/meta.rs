//! What a report says of itself: title, agency, year, period, dates, signatories; and what around it is no report.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use memchr::memmem;

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::document::{Block, BlockKind, Document};
use crate::form::Field;
use crate::grammar::date::{Date, parse_date, parse_period, parse_year};
use crate::grammar::heading::section_of;
use crate::grammar::taxonomy::parse_field;
use crate::grammar::{chinese_digit, digit, is_space, trim, trim_start};
use crate::rows::Rows;
use crate::span::Span;

/// A value and where the source states it.
///
/// ```
/// let report = gongkai::parse("某某局二〇二三年政府信息公开工作年度报告\n一、总体情况\n")?;
/// let year = report.meta().report_year.unwrap();
/// assert_eq!((year.value, report.text(year.span)), (2023, "二〇二三年"));
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// What a report says of itself. Whatever the source does not state is absent.
///
/// Years are from 1990 to 2099; others are not read.
///
/// ```
/// let text = "某某局2023年政府信息公开工作年度报告\n一、总体情况\n\
///             本报告所列数据的统计期限自2023年1月1日起至12月31日止。\n某某局\n2024年1月18日\n";
/// let report = gongkai::parse(text)?;
/// let meta = report.meta();
/// assert_eq!(report.text(meta.agency.unwrap()), "某某局");
/// let (from, to) = meta.period.unwrap().value;
/// assert_eq!((from.to_string(), to.to_string()), ("2023-01-01".into(), "2023-12-31".into()));
/// assert_eq!(meta.filing_date.unwrap().value.to_string(), "2024-01-18");
/// assert_eq!(meta.table_year, None); // no table of 国办发〔2014〕32号 with its caption
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Meta {
    /// The title line: `某某局2023年政府信息公开工作年度报告`; `None` where none stands above the first section.
    pub title: Option<Span>,
    /// The agency: of 填报单位, else what stands before the year in the title, if that is three characters or more, else the line
    /// above the day at the end.
    pub agency: Option<Span>,
    /// The year that the report is about: of the title, else that in which the period ends, else the first that headings and
    /// prose name, else that of the table's caption. What contradicts it is a `year-conflict` of [`check`](crate::check()).
    pub report_year: Option<Stated<u16>>,
    /// The stated period, first and last day: `2023年1月1日至2023年12月31日`. The first stands with its year.
    pub period: Option<Stated<(Date, Date)>>,
    /// The day of filing (填报日期), else the day printed under the title, else that of the signature. Its year may be absent
    /// (`填报日期: 年1月11日`), which is reported as `date-incomplete`.
    pub filing_date: Option<Stated<Date>>,
    /// The year in the caption of the pre-2019 table: `（2016年度）`.
    pub table_year: Option<Stated<u16>>,
    /// 单位负责人, 审核人, 填报人 with their names, in the order of the text; a field left empty is not listed.
    pub signatories: Vec<(Field, Span)>,
}

/// A line of more characters than this is prose, whatever it contains.
const MAX_LINE_CHARS: usize = 60;
/// A footer line may run longer: addresses, several records side by side.
const MAX_FURNITURE_CHARS: usize = 160;

/// Words of site furniture, Simplified and Traditional.
const FURNITURE: &[&str] = &[
    "主办单位",
    "主辦單位",
    "承办单位",
    "承辦單位",
    "版权所有",
    "版權所有",
    "ICP备",
    "ICP備",
    "公安备案",
    "公網安備",
    "公网安备",
    "技术支持",
    "技術支持",
    "网站标识码",
    "網站標識碼",
    "上一篇",
    "下一篇",
    "打印",
    "列印",
    "关闭窗口",
    "關閉窗口",
    "【关闭】",
    "分享到",
    "浏览次数",
    "瀏覽次數",
    "责任编辑",
    "責任編輯",
    "索引号",
    "索引號",
    "发布机构",
    "發布機構",
    "信息来源",
    "信息來源",
    "字体：",
    "字号：",
    "当前位置",
    "您的位置",
    "网站地图",
    "網站地圖",
    "扫一扫",
    "二维码",
    "联系我们",
    "Copyright",
    "copyright",
];

static FURNITURE_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(FURNITURE).ok());

static MONTH: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("月"));

/// Reads the meta data, and marks the blocks that are title, filing lines, signature and furniture.
pub(crate) fn read(document: &mut Document, rows: &Rows, text: &str, findings: &mut Findings) -> Meta {
    let mut reader = Reader { text, meta: Meta::default(), findings };
    for field in &rows.fields {
        reader.fields(*field);
    }
    let blocks = document.blocks_mut();
    reader.headings(blocks);
    reader.top(blocks);
    reader.bottom(blocks);
    reader.captions(blocks);
    reader.period(blocks);
    reader.year(blocks);
    reader.meta
}

struct Reader<'t, 'f> {
    text: &'t str,
    meta: Meta,
    findings: &'f mut Findings,
}

impl Reader<'_, '_> {
    fn line(&self, block: &Block) -> &str {
        block.span().of(self.text)
    }

    /// Titles of statutory sections that stand without a number.
    fn headings(&self, blocks: &mut [Block]) {
        for block in blocks.iter_mut().filter(|block| block.kind() == BlockKind::Paragraph) {
            let line = block.span().of(self.text);
            if is_line(line, 24) && section_of(line.trim_matches(['*', '#', ' '])).is_some() {
                block.make_heading();
            }
        }
    }

    /// The lines above the first section: header of the site, title, day. A table may stand among them: 索引号, 发布机构.
    fn top(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block.kind() {
                BlockKind::Paragraph => {}
                BlockKind::Table => continue,
                _ => break,
            }
            let line = block.span().of(self.text);
            if is_furniture(line) {
                block.set_kind(BlockKind::Furniture);
            } else if self.meta.title.is_none() && is_title(line) {
                block.set_kind(BlockKind::Title);
                self.title(block.span());
            } else if let Some(date) = whole_date(line) {
                block.set_kind(BlockKind::Filing);
                self.filing_date(date, block.span());
            }
        }
    }

    /// The agency and the year that the title names.
    fn title(&mut self, span: Span) {
        self.meta.title = Some(span);
        let title = span.of(self.text);
        let name = title.trim_start_matches(['*', '#', ' ']);
        let year = years(name).next();
        let end = match year {
            Some((at, _, _)) => Some(at),
            None => ["政府信息公开", "政府信息公開", "信息公开", "信息公開", "政务公开"]
                .iter()
                .find_map(|word| name.find(word)),
        };
        if let Some((_, year, part)) = year
            && let Some(span) = Span::locate(self.text, part)
        {
            self.meta.report_year = Some(Stated { value: year, span });
        }
        let agency =
            end.and_then(|end| name.get(..end)).map(trim).filter(|agency| agency.chars().nth(2).is_some());
        if self.meta.agency.is_none()
            && let Some(agency) = agency
        {
            let agency = agency.strip_suffix("关于").unwrap_or(agency);
            self.meta.agency = Span::locate(self.text, agency);
        }
    }

    /// The lines below the last section, from the last upwards: footer, filing lines, day, agency.
    fn bottom(&mut self, blocks: &mut [Block]) {
        let (mut below_is_date, mut signed) = (false, false);
        for block in blocks.iter_mut().rev() {
            if block.kind() == BlockKind::Table
                && trim(block.span().of(self.text)).trim_matches('|').is_empty()
            {
                continue;
            }
            if block.kind() != BlockKind::Paragraph {
                break;
            }
            let line = block.span().of(self.text);
            if !signed && is_furniture(line) {
                block.set_kind(BlockKind::Furniture);
            } else if self.fields(block.span()) {
                block.set_kind(BlockKind::Filing);
            } else if signed {
                // Nothing but filing lines stands between the prose and the signature.
                break;
            } else if let Some(date) = whole_date(line) {
                block.set_kind(BlockKind::Signature);
                self.filing_date(date, block.span());
                below_is_date = true;
                continue;
            } else if below_is_date && is_line(line, 40) && !line.contains(['。', '，', '；', ':', '：'])
            {
                block.set_kind(BlockKind::Signature);
                let span = block.span();
                self.meta.agency.get_or_insert(span);
                signed = true;
            } else {
                break;
            }
            below_is_date = false;
        }
    }

    /// The lines directly above a table: 附件, its caption, its year, 填报单位.
    fn captions(&mut self, blocks: &mut [Block]) {
        for at in 0..blocks.len() {
            if blocks.get(at).is_none_or(|block| block.kind() != BlockKind::Table) {
                continue;
            }
            let Some(above) = blocks.get_mut(..at) else { continue };
            for block in above.iter_mut().rev().take(6) {
                let line = block.span().of(self.text);
                if block.kind() != BlockKind::Paragraph || !is_line(line, MAX_LINE_CHARS) {
                    break;
                }
                let bare = line.trim_matches(|c: char| is_frame(c) || c == '#');
                if let Some((year, rest)) = parse_year(bare).filter(|(_, rest)| matches!(*rest, "" | "度")) {
                    let _ = rest;
                    self.meta.table_year = Some(Stated { value: year, span: block.span() });
                } else if !(bare.starts_with("附件")
                    || bare.starts_with("附表")
                    || self.fields(block.span())
                    || bare.contains("统计表")
                    || bare.contains("統計表"))
                {
                    break;
                }
                block.set_kind(BlockKind::Filing);
            }
        }
    }

    /// Reads the filing fields of a line: `单位负责人:宋玉玲 审核人:李永吉 填报人:刘沛雨`. Whether there were any.
    fn fields(&mut self, span: Span) -> bool {
        let line = span.of(self.text);
        let mut rest = line;
        let mut any = false;
        while !rest.is_empty()
            && let Some((field, value, behind)) = next_field(rest)
        {
            any = true;
            rest = behind;
            let Some(at) = Span::locate(self.text, value) else { continue };
            match field {
                _ if value.is_empty() => {}
                Field::Agency => self.meta.agency = Some(at),
                Field::FilingDate => {
                    if let Some((date, behind)) = parse_date(value) {
                        let len = u32::try_from(value.len().saturating_sub(behind.len())).unwrap_or(0);
                        let span = Span::new(at.start(), at.start().saturating_add(len));
                        self.meta.filing_date = Some(Stated { value: date, span });
                        if date.year.is_none() {
                            self.findings.push(Diagnostic::new(Code::DATE_INCOMPLETE, Some(span)));
                        }
                    }
                }
                Field::HeadOfAgency | Field::Reviewer | Field::Preparer => {
                    self.meta.signatories.push((field, at))
                }
                _ => {}
            }
        }
        any
    }

    fn filing_date(&mut self, value: Date, span: Span) {
        self.meta.filing_date.get_or_insert(Stated { value, span });
    }

    /// The stated period, anywhere in the prose between the tables.
    fn period(&mut self, blocks: &[Block]) {
        let mut parts = blocks.split(|block| block.kind() == BlockKind::Table);
        self.meta.period = parts.find_map(|part| self.period_in(part));
    }

    fn period_in(&self, part: &[Block]) -> Option<Stated<(Date, Date)>> {
        let lines = part.first()?.span().to(part.last()?.span());
        for hit in MONTH.find_iter(lines.of(self.text).as_bytes()) {
            let hit = hit.saturating_add(lines.start() as usize);
            let block = part.get(part.partition_point(|block| (block.span().end() as usize) <= hit));
            let Some(block) = block.filter(|block| block.kind() == BlockKind::Paragraph) else { continue };
            let Some(hit) = hit.checked_sub(block.span().start() as usize) else { continue };
            let line = self.line(block);
            let start = line.get(..hit).map_or(0, day_start);
            let Some(from) = line.get(start..) else { continue };
            let from = trim_start(from);
            if let Some((first, last, rest)) = parse_period(from)
                && first.year.is_some()
                && let Some(whole) = from.get(..from.len().saturating_sub(rest.len()))
                && let Some(span) = Span::locate(self.text, whole)
            {
                return Some(Stated { value: (first, last), span });
            }
        }
        None
    }

    /// The year of the report where the title has none.
    fn year(&mut self, blocks: &[Block]) {
        if self.meta.report_year.is_some() {
            return;
        }
        if let Some(Stated { value: (_, Date { year: Some(year), .. }), span }) = self.meta.period {
            self.meta.report_year = Some(Stated { value: year, span });
            return;
        }
        let prose =
            blocks.iter().filter(|block| matches!(block.kind(), BlockKind::Paragraph | BlockKind::Heading));
        let stated = prose.flat_map(|block| years(block.span().of(self.text))).next();
        self.meta.report_year = match stated {
            Some((_, value, part)) => Span::locate(self.text, part).map(|span| Stated { value, span }),
            None => self.meta.table_year,
        };
    }
}

/// The field that `line` begins with: which, its value, and what follows.
fn next_field(line: &str) -> Option<(Field, &str, &str)> {
    let (field, value) = begun_field(trim_start(line))?;
    let value = trim_start(value);
    // A field left empty, and the next one.
    if begun_field(value).is_some() {
        return Some((field, "", value));
    }
    let end = value
        .char_indices()
        .filter(|(_, c)| is_space(*c))
        .map(|(at, _)| at)
        .find(|at| value.get(*at..).map(trim_start).is_some_and(|rest| parse_field(rest).is_some()))
        .unwrap_or(value.len());
    Some((field, trim(value.get(..end)?), value.get(end..)?))
}

/// The field whose label and colon `line` begins with, and what is behind them.
fn begun_field(line: &str) -> Option<(Field, &str)> {
    let found = parse_field(line)?;
    let field = *found.labels.first()?;
    let label_end = line.len().saturating_sub(found.rest.len());
    match found.rest.find([':', '：']) {
        // 填报单位(盖章): a note may stand before the colon.
        Some(colon) => Some((field, found.rest.get(colon..)?.trim_start_matches([':', '：']))),
        // The colon counts as nothing when labels are compared: it may have been taken with the label.
        None => line.get(..label_end)?.ends_with([':', '：']).then_some((field, found.rest)),
    }
}

/// Every year before `年` in the line: where it begins, the year, its text.
fn years(line: &str) -> impl Iterator<Item = (usize, u16, &str)> {
    memmem::find_iter(line.as_bytes(), "年").filter_map(move |hit| {
        let before = line.get(..hit)?;
        let start = before
            .char_indices()
            .rev()
            .take(5)
            .take_while(|(_, c)| digit(*c).is_some() || chinese_digit(*c).is_some() || is_space(*c))
            .last()
            .map(|(at, _)| at)?;
        let from = line.get(start..)?;
        let skipped = trim_start(from);
        let start = line.len().saturating_sub(skipped.len());
        let (year, rest) = parse_year(skipped)?;
        Some((start, year, line.get(start..line.len().saturating_sub(rest.len()))?))
    })
}

/// Where the day that ends in front of `月` begins.
fn day_start(before: &str) -> usize {
    before
        .char_indices()
        .rev()
        .take(16)
        .take_while(|(_, c)| digit(*c).is_some() || chinese_digit(*c).is_some() || is_space(*c) || *c == '年')
        .last()
        .map_or(before.len(), |(at, _)| at)
}

/// The day that the whole line is, in brackets or not.
fn whole_date(line: &str) -> Option<Date> {
    if line.len() > 64 {
        return None;
    }
    let bare = line.trim_matches(is_frame);
    // As hardly any other line.
    if !bare.starts_with(|c| digit(c).is_some() || chinese_digit(c).is_some() || c == '年') {
        return None;
    }
    let (date, rest) = parse_date(bare)?;
    trim(rest).is_empty().then_some(date)
}

/// What may stand around a day or a year on a line of its own.
fn is_frame(c: char) -> bool {
    is_space(c) || matches!(c, '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】' | '*')
}

fn is_line(line: &str, most: usize) -> bool {
    line.len() <= most || line.len() <= most.saturating_mul(4) && line.chars().count() <= most
}

fn is_title(line: &str) -> bool {
    is_line(line, MAX_LINE_CHARS)
        && !line.contains('。')
        && ["年度报告", "年度報告", "年报", "年報"].iter().any(|word| line.contains(word))
        && ["公开", "公開"].iter().any(|word| line.contains(word))
}

fn is_furniture(line: &str) -> bool {
    // As prose does.
    !line.ends_with('。')
        && is_line(line, MAX_FURNITURE_CHARS)
        && !line.contains('。')
        && FURNITURE_WORDS.as_ref().is_some_and(|words| words.is_match(line))
}
