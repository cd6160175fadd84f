//! The summary as one web page that needs nothing else: no script, no network.

use anyhow::{Result, anyhow};
use charts_rs::{BarChart, HorizontalBarChart, Series, measure_text_width_family};
use gongkai::diagnostic::Language;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::summary::{GROUNDS, Grid, Sum, Summary, YEARLY};

const WIDTH: f32 = 860.0;
/// How many codes a chart shows.
const CODES: usize = 20;

const STYLE: &str = "\
body{font:16px/1.5 system-ui,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;max-width:900px;margin:2rem auto;padding:0 1rem;color:#222}\
table{border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}\
th,td{padding:.25rem .75rem;border-bottom:1px solid #ddd;text-align:left;overflow-wrap:anywhere}\
td.n,th.n{text-align:right;overflow-wrap:normal}svg{max-width:100%;height:auto}p.note{color:#555;font-size:14px}";

/// The page.
pub fn page(summary: &Summary) -> Result<String> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Disclosure reports 政府信息公开工作年度报告" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "Disclosure reports " span lang="zh" { "政府信息公开工作年度报告" } }
                p { (summary.reports) " documents read, " (summary.unreadable.len()) " unreadable." }
                p.note {
                    "The charts leave out figures that a finding of warning or worse names; the tables below count them as "
                    "“in doubt”. Charts are drawn with rounded figures, the tables are exact."
                }
                h2 { "Received and granted over the years" }
                (PreEscaped(years(summary)?))
                h2 { "Denial grounds" }
                (PreEscaped(grounds(summary)?))
                h2 { "Findings by rule" }
                (PreEscaped(findings(summary)?))
                @for table in summary.tables() { (grid(&table)) }
            }
        }
    };
    Ok(page.into_string())
}

fn grid(grid: &Grid) -> Markup {
    let is_number = |at: usize| {
        !grid.rows.is_empty()
            && grid.rows.iter().all(|row| row.get(at).is_some_and(|text| text.parse::<f64>().is_ok()))
    };
    html! {
        h2 { (grid.title) }
        @if grid.rows.is_empty() { p { "None." } } @else {
            table {
                thead { tr { @for (at, head) in grid.heads.iter().enumerate() { th.n[is_number(at)] { (head) } } } }
                tbody {
                    @for row in &grid.rows {
                        tr { @for (at, text) in row.iter().enumerate() { td.n[is_number(at)] { (text) } } }
                    }
                }
            }
        }
        @if grid.more > 0 { p { "and " (grid.more) " more" } }
    }
}

/// What a chart draws; the library counts in `f32`.
fn drawn(sum: Option<&Sum>) -> f32 {
    sum.and_then(|sum| sum.sum.to_string().parse().ok()).unwrap_or_default()
}

fn years(summary: &Summary) -> Result<String> {
    let known = || summary.years.iter().filter(|(year, _)| year.parse::<u16>().is_ok());
    let series = YEARLY.iter().map(|metric| {
        let values = known().map(|(_, year)| drawn(year.sums.get(metric.id())));
        Series::new(metric.id().to_owned(), values.collect())
    });
    let mut chart = BarChart::new(series.collect(), known().map(|(year, _)| year.clone()).collect());
    chart.width = WIDTH;
    chart.height = 360.0;
    for axis in &mut chart.y_axis_configs {
        axis.formatter = Some("{t}".to_owned());
    }
    chart.svg().map_err(|error| anyhow!("{error}"))
}

fn grounds(summary: &Summary) -> Result<String> {
    let bars = GROUNDS.iter().map(|metric| {
        let name = metric.label(Language::Chinese).trim_start_matches("不予公开：");
        (name.to_owned(), drawn(summary.grounds.get(metric.id())))
    });
    bars_of("denied", bars.collect())
}

fn findings(summary: &Summary) -> Result<String> {
    let ranked = summary.ranked();
    let bars =
        ranked.into_iter().take(CODES).map(|(code, findings)| (code.to_owned(), findings.count as f32));
    bars_of("findings", bars.collect())
}

/// Bars from the top down.
fn bars_of(name: &str, bars: Vec<(String, f32)>) -> Result<String> {
    let rows = bars.len().max(1) as f32;
    let (labels, values): (Vec<String>, Vec<f32>) = bars.into_iter().rev().unzip();
    let labels = labels.into_iter().map(with_room).collect();
    let mut chart = HorizontalBarChart::new(vec![Series::new(name.to_owned(), values)], labels);
    chart.width = WIDTH;
    chart.margin.right = 40.0;
    chart.legend.show = Some(false);
    chart.height = 60.0 + 26.0 * rows;
    chart.x_axis.formatter = Some("{t}".to_owned());
    chart.svg().map_err(|error| anyhow!("{error}"))
}

/// A label with so many spaces behind it that the library leaves it the room it takes: it measures with a font of its own,
/// which has no Chinese and is narrower than many.
fn with_room(mut label: String) -> String {
    const SIZE: f32 = 14.0;
    let shown: f32 = label.chars().map(|c| if c.is_ascii() { 0.58 * SIZE } else { 1.05 * SIZE }).sum();
    let measured = |text: &str| measure_text_width_family("", SIZE, text).map_or(shown, |area| area.width());
    while measured(&label) < shown {
        label.push('\u{a0}');
    }
    label
}
