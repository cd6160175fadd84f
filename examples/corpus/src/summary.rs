//! What a run has found, by template, year, encoding, state and code.

use std::collections::BTreeMap;
use std::fmt;

use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};
use gongkai::export::{FindingRow, TidyCell, WideMetrics};
use gongkai::{Metric, Number};
use serde::{Deserialize, Serialize};

/// The denial grounds that a chart compares, in the order of the form.
pub const GROUNDS: &[Metric] = &[
    Metric::DeniedStateSecret,
    Metric::DeniedProhibitedByLaw,
    Metric::DeniedSecurityStability,
    Metric::DeniedThirdPartyRights,
    Metric::DeniedInternalAffairs,
    Metric::DeniedProcessInformation,
    Metric::DeniedEnforcementFiles,
    Metric::DeniedAdministrativeInquiry,
    Metric::DeniedNotGovernmentInformation,
    Metric::DeniedOtherLegalGrounds,
];

/// What is summed for each year.
pub const YEARLY: &[Metric] = &[Metric::Received, Metric::Granted];

/// Of a summary for people: more of them are only counted.
const SHOWN: usize = 20;

/// What stands in the place of a year or a template that a report does not have.
const NONE: &str = "none";

#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Summary {
    pub reports: u64,
    pub templates: BTreeMap<String, u64>,
    pub encodings: BTreeMap<String, u64>,
    /// By year.
    pub years: BTreeMap<String, Year>,
    /// By the id of the ground.
    pub grounds: BTreeMap<String, Sum>,
    pub states: BTreeMap<String, u64>,
    /// By code.
    pub findings: BTreeMap<String, Findings>,
    pub unreadable: Vec<Unreadable>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Year {
    pub reports: u64,
    /// By the id of the metric.
    pub sums: BTreeMap<String, Sum>,
}

/// The sum of a metric over the reports in which it is not in doubt.
#[derive(Clone, Serialize, Deserialize)]
pub struct Sum {
    pub sum: Number,
    /// How many reports it is the sum of.
    pub reports: u64,
    /// In how many more the figure is in doubt, and left out.
    pub in_doubt: u64,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Findings {
    pub class: String,
    pub severity: String,
    pub count: u64,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Unreadable {
    pub file: String,
    pub reason: String,
}

impl Default for Sum {
    fn default() -> Self {
        Self { sum: Number::from(0), reports: 0, in_doubt: 0 }
    }
}

impl Sum {
    fn add(&mut self, row: &WideMetrics<'_>, metric: Metric) {
        let Some(answer) = row.get(metric) else { return };
        match self.sum.checked_add(answer.value()).filter(|_| !row.in_doubt.contains(&metric)) {
            Some(sum) => {
                self.sum = sum;
                self.reports += 1;
            }
            None => self.in_doubt += 1,
        }
    }

    fn merge(&mut self, other: &Self) {
        match self.sum.checked_add(other.sum) {
            Some(sum) => {
                self.sum = sum;
                self.reports += other.reports;
                self.in_doubt += other.in_doubt;
            }
            None => self.in_doubt += other.reports + other.in_doubt,
        }
    }
}

fn count(counts: &mut BTreeMap<String, u64>, key: &str, by: u64) {
    match counts.get_mut(key) {
        Some(count) => *count += by,
        None => {
            counts.insert(key.to_owned(), by);
        }
    }
}

impl Summary {
    pub fn add_cell(&mut self, cell: &TidyCell<'_>) {
        count(&mut self.states, cell.figure.state(), 1);
    }

    pub fn add_finding(&mut self, row: &FindingRow<'_>) {
        let (code, class, severity) = (row.finding.code(), row.finding.class(), row.finding.severity());
        let new = || Findings { class: class.id().to_owned(), severity: severity.id().to_owned(), count: 0 };
        self.findings.entry(code.to_string()).or_insert_with(new).count += 1;
    }

    pub fn add_report(&mut self, row: &WideMetrics<'_>) {
        self.reports += 1;
        count(&mut self.templates, row.template.map_or(NONE, |template| template.id()), 1);
        count(&mut self.encodings, row.encoding.label(), 1);
        let year = row.report_year.map_or_else(|| NONE.to_owned(), |year| year.to_string());
        let year = self.years.entry(year).or_default();
        year.reports += 1;
        for metric in YEARLY {
            year.sums.entry(metric.id().to_owned()).or_default().add(row, *metric);
        }
        for metric in GROUNDS {
            self.grounds.entry(metric.id().to_owned()).or_default().add(row, *metric);
        }
    }

    pub fn merge(&mut self, other: Self) {
        self.reports += other.reports;
        for (own, others) in [
            (&mut self.templates, other.templates),
            (&mut self.encodings, other.encodings),
            (&mut self.states, other.states),
        ] {
            others.iter().for_each(|(key, by)| count(own, key, *by));
        }
        for (year, others) in other.years {
            let own = self.years.entry(year).or_default();
            own.reports += others.reports;
            for (metric, sum) in others.sums {
                own.sums.entry(metric).or_default().merge(&sum);
            }
        }
        for (ground, sum) in other.grounds {
            self.grounds.entry(ground).or_default().merge(&sum);
        }
        for (code, others) in other.findings {
            let own = self.findings.entry(code).or_insert_with(|| Findings { count: 0, ..others.clone() });
            own.count += others.count;
        }
        self.unreadable.extend(other.unreadable);
    }

    /// The findings, the most frequent first.
    pub fn ranked(&self) -> Vec<(&str, &Findings)> {
        let mut ranked: Vec<_> =
            self.findings.iter().map(|(code, findings)| (code.as_str(), findings)).collect();
        ranked.sort_by_key(|(_, findings)| std::cmp::Reverse(findings.count));
        ranked
    }

    /// The summary as tables: a title, heads, rows.
    pub fn tables(&self) -> Vec<Grid> {
        let counts = |title, head, counts: &BTreeMap<String, u64>| Grid {
            title,
            heads: vec![head, "count"],
            rows: counts.iter().map(|(key, count)| vec![key.clone(), count.to_string()]).collect(),
            more: 0,
        };
        let year = |(year, data): (&String, &Year)| {
            let mut row = vec![year.clone(), data.reports.to_string()];
            row.extend(YEARLY.iter().flat_map(|metric| sum(data.sums.get(metric.id()))));
            row
        };
        let mut grounds = Vec::new();
        for metric in GROUNDS {
            let mut row =
                vec![metric.label(gongkai::diagnostic::Language::Chinese).to_owned(), metric.id().to_owned()];
            row.extend(sum(self.grounds.get(metric.id())));
            grounds.push(row);
        }
        let finding = |(code, findings): (&str, &Findings)| {
            vec![
                code.to_owned(),
                findings.class.clone(),
                findings.severity.clone(),
                findings.count.to_string(),
            ]
        };
        let unreadable =
            self.unreadable.iter().take(SHOWN).map(|row| vec![row.file.clone(), row.reason.clone()]);
        vec![
            counts("Documents by template", "template", &self.templates),
            Grid {
                title: "Documents by year",
                heads: vec![
                    "year",
                    "reports",
                    "received",
                    "from reports",
                    "in doubt",
                    "granted",
                    "from reports",
                    "in doubt",
                ],
                rows: self.years.iter().map(year).collect(),
                more: 0,
            },
            counts("Documents by encoding", "encoding", &self.encodings),
            counts("Cells by state", "state", &self.states),
            Grid {
                title: "Denied, by ground",
                heads: vec!["ground", "metric", "sum", "from reports", "in doubt"],
                rows: grounds,
                more: 0,
            },
            Grid {
                title: "Findings by code",
                heads: vec!["code", "class", "severity", "count"],
                rows: self.ranked().into_iter().map(finding).collect(),
                more: 0,
            },
            Grid {
                title: "Unreadable",
                heads: vec!["file", "reason"],
                rows: unreadable.collect(),
                more: self.unreadable.len().saturating_sub(SHOWN),
            },
        ]
    }
}

fn sum(sum: Option<&Sum>) -> [String; 3] {
    let sum = sum.cloned().unwrap_or_default();
    [sum.sum.to_string(), sum.reports.to_string(), sum.in_doubt.to_string()]
}

/// A table of the summary.
pub struct Grid {
    pub title: &'static str,
    pub heads: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
    /// How many more rows there are than are shown.
    pub more: usize,
}

impl fmt::Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new();
        table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('-').junction('-')));
        table.set_header(&self.heads).add_rows(&self.rows);
        for (at, column) in table.column_iter_mut().enumerate() {
            if self.rows.iter().all(|row| row.get(at).is_some_and(|text| text.parse::<f64>().is_ok())) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        writeln!(f, "{}\n{table}", self.title)?;
        if self.more > 0 {
            writeln!(f, "and {} more", self.more)?;
        }
        Ok(())
    }
}
