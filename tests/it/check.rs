//! The integrity rules: a fixture and a near miss for each code, generated reports that are consistent and their single
//! faults, and the real reports.

use std::collections::BTreeSet;

use gongkai::check::{Checker, Test, rules};
use gongkai::diagnostic::{Class, Code, Language, Severity, TABLE};
use gongkai::form::{
    Applicant, CellId, DisclosureMeasure, DisclosureRow, Figure, Indicator, Proceeding, RequestRow,
    ReviewOutcome, Row, SchemaVersion, Table,
};
use gongkai::{Diagnostic, Report, check, parse};

use super::corpus::corpus;
use super::property::{Shape, Value, ambiguous, print};

const V2014: SchemaVersion = SchemaVersion::V2014;
const V2019: SchemaVersion = SchemaVersion::V2019;
const V2021: SchemaVersion = SchemaVersion::V2021;

struct Fixture {
    code: Code,
    /// Gives rise to exactly `finds`.
    fires: String,
    finds: &'static [Code],
    /// The cells of the first finding with the code, `row/column`, or how many they are.
    cells: &'static str,
    /// Looks much the same, and gives rise to exactly `near_finds`.
    near: String,
    near_finds: &'static [Code],
}

/// A whole form of zeros, but for some cells: `row/column` and what each shows.
fn page(version: SchemaVersion, table: Table, shown: &[(&str, &str)]) -> String {
    let mut values = vec![Value::number("0".to_owned(), "0".to_owned(), None); version.cells().len()];
    for (id, shown) in shown {
        let (row, column) = id.split_once('/').unwrap_or((id, "value"));
        let id = CellId::from_ids(table.id(), row, column).unwrap_or_else(|| panic!("no cell {id}"));
        values[version.position(id).expect("a cell of the version")].shown = (*shown).to_owned();
    }
    print(version, &values, Shape::OneRowALine, None)
}

fn requests(shown: &[(&str, &str)]) -> String {
    page(V2021, Table::Requests, shown)
}

fn statistics(shown: &[(&str, &str)]) -> String {
    page(V2014, Table::Statistics, shown)
}

/// Row `id` of table 三, from its figures.
fn row<'r>(id: &'r str, figures: [&'r str; 7]) -> Vec<(String, &'r str)> {
    Applicant::ALL.iter().zip(figures).map(|(column, figure)| (format!("{id}/{column}"), figure)).collect()
}

fn request_rows(rows: &[(&str, [&str; 7])]) -> String {
    let cells: Vec<(String, &str)> = rows.iter().flat_map(|(id, figures)| row(id, *figures)).collect();
    let cells: Vec<(&str, &str)> = cells.iter().map(|(id, shown)| (id.as_str(), *shown)).collect();
    requests(&cells)
}

#[rustfmt::skip]
fn fixtures() -> Vec<Fixture> {
    use Code as C;
    vec![
        Fixture {
            code: C::BALANCE,
            fires: request_rows(&[("new_received", ["3", "0", "0", "0", "0", "0", "3"])]),
            finds: &[C::BALANCE, C::BALANCE],
            cells: "new_received/natural_person carried_over/natural_person outcome_total/natural_person carried_forward/natural_person",
            near: request_rows(&[("new_received", ["3", "0", "0", "0", "0", "0", "3"]), ("carried_forward", ["3", "0", "0", "0", "0", "0", "3"])]),
            near_finds: &[],
        },
        Fixture {
            code: C::OUTCOME_TOTAL,
            fires: request_rows(&[("granted", ["3", "0", "0", "0", "0", "0", "3"]), ("unable.unclear", ["1", "0", "0", "0", "0", "0", "1"])]),
            finds: &[C::OUTCOME_TOTAL, C::OUTCOME_TOTAL],
            cells: "22",
            near: request_rows(&[("new_received", ["4", "0", "0", "0", "0", "0", "4"]), ("granted", ["3", "0", "0", "0", "0", "0", "3"]), ("unable.unclear", ["1", "0", "0", "0", "0", "0", "1"]), ("outcome_total", ["4", "0", "0", "0", "0", "0", "4"])]),
            near_finds: &[],
        },
        Fixture {
            code: C::ROW_TOTAL,
            fires: request_rows(&[("new_received", ["3", "0", "0", "0", "0", "1", "3"]), ("carried_forward", ["3", "0", "0", "0", "0", "1", "3"])]),
            finds: &[C::ROW_TOTAL, C::ROW_TOTAL],
            cells: "new_received/natural_person new_received/commercial_enterprise new_received/research_institution new_received/public_interest_organization new_received/legal_service_organization new_received/other_organization new_received/total",
            near: request_rows(&[("new_received", ["3", "0", "0", "0", "0", "1", "4"]), ("carried_forward", ["3", "0", "0", "0", "0", "1", "4"])]),
            near_finds: &[],
        },
        Fixture {
            code: C::PROCEEDING_TOTAL,
            fires: page(V2019, Table::ReviewLitigation, &[("litigation_direct/pending", "1"), ("litigation_direct/total", "2")]),
            finds: &[C::PROCEEDING_TOTAL],
            cells: "litigation_direct/upheld litigation_direct/corrected litigation_direct/other_result litigation_direct/pending litigation_direct/total",
            near: page(V2019, Table::ReviewLitigation, &[("litigation_direct/pending", "2"), ("litigation_direct/total", "2")]),
            near_finds: &[],
        },
        Fixture {
            code: C::NOT_NEGATIVE,
            fires: page(V2021, Table::ActiveDisclosure, &[("rules/issued", "-5")]),
            finds: &[C::NOT_NEGATIVE],
            cells: "rules/issued",
            near: page(V2019, Table::ActiveDisclosure, &[("licensing/change", "-5")]),
            near_finds: &[],
        },
        Fixture {
            code: C::NOT_INTEGER,
            fires: page(V2021, Table::ActiveDisclosure, &[("rules/issued", "2.5")]),
            finds: &[C::NOT_INTEGER],
            cells: "rules/issued",
            near: page(V2021, Table::ActiveDisclosure, &[("rules/issued", "2.0"), ("administrative_fees/fees_collected", "2.5")]),
            near_finds: &[],
        },
        Fixture {
            code: C::DISCLOSED_WITHIN_TOTAL,
            fires: page(V2019, Table::ActiveDisclosure, &[("rules/newly_disclosed", "5"), ("rules/total_disclosed", "3")]),
            finds: &[C::DISCLOSED_WITHIN_TOTAL],
            cells: "rules/newly_disclosed rules/total_disclosed",
            near: page(V2019, Table::ActiveDisclosure, &[("rules/newly_disclosed", "3"), ("rules/total_disclosed", "3")]),
            near_finds: &[],
        },
        Fixture {
            code: C::PART_SUM,
            fires: statistics(&[("capacity.staff", "5"), ("capacity.staff.full_time", "1"), ("capacity.staff.part_time", "3")]),
            finds: &[C::PART_SUM],
            cells: "capacity.staff.full_time/value capacity.staff.part_time/value capacity.staff/value",
            near: statistics(&[("capacity.staff", "5"), ("capacity.staff.full_time", "1"), ("capacity.staff.part_time", "4")]),
            near_finds: &[],
        },
        Fixture {
            code: C::PART_WITHIN_WHOLE,
            fires: statistics(&[("disclosure.items", "5"), ("disclosure.channel.website", "4")]),
            finds: &[C::PART_WITHIN_WHOLE],
            cells: "disclosure.items/value disclosure.channel.gazette/value disclosure.channel.website/value disclosure.channel.weibo/value disclosure.channel.wechat/value disclosure.channel.other/value",
            near: statistics(&[("disclosure.items", "5"), ("disclosure.channel.website", "9")]),
            near_finds: &[],
        },
        Fixture {
            code: C::YEAR_CONFLICT,
            fires: format!("某某局2017年政府信息公开工作年度报告\n例文。\n附件\n（2016年度）\n{}", statistics_table()),
            finds: &[C::YEAR_CONFLICT],
            cells: "",
            // A year that only prose names, and nothing bears out.
            near: format!("2017年例文。\n附件\n（2016年度）\n{}", statistics_table()),
            near_finds: &[],
        },
        Fixture {
            code: C::EMPTY_SECTION,
            fires: "五、存在的主要问题及改进情况\n六、其他需要报告的事项\n例文。\n".to_owned(),
            finds: &[C::EMPTY_SECTION],
            cells: "",
            near: "五、存在的主要问题及改进情况\n无其他问题。\n六、其他需要报告的事项\n（一）例文\n".to_owned(),
            near_finds: &[],
        },
        Fixture {
            code: C::FEES_UNEXPLAINED,
            fires: with_section(&[("administrative_fees/fees_collected", "12.50")], "无。"),
            finds: &[C::EMPTY_SECTION, C::FEES_UNEXPLAINED],
            cells: "administrative_fees/fees_collected",
            near: with_section(&[("administrative_fees/fees_collected", "12.50")], "本年收费另有说明。"),
            near_finds: &[],
        },
        Fixture {
            code: C::UNDECIDED,
            fires: statistics(&[("capacity.staff", "5"), ("capacity.staff.full_time", "1"), ("capacity.staff.part_time", "")]),
            finds: &[C::UNDECIDED],
            cells: "capacity.staff.part_time/value",
            // Parts that already exceed the total.
            near: statistics(&[("capacity.staff", "5"), ("capacity.staff.full_time", "6"), ("capacity.staff.part_time", "")]),
            near_finds: &[C::PART_SUM],
        },
        Fixture {
            code: C::BLANK_AS_ZERO,
            fires: requests(&[("outcome_total/natural_person", ""), ("granted/natural_person", "—")]),
            finds: &[C::BLANK_AS_ZERO],
            cells: "granted/natural_person outcome_total/natural_person",
            near: requests(&[]),
            near_finds: &[],
        },
        Fixture {
            code: C::FIGURE_ALONE,
            fires: request_rows(&[("new_received", ["21", "0", "0", "0", "0", "0", "21"]), ("granted", ["21", "0", "0", "0", "0", "0", "21"]), ("outcome_total", ["12", "0", "0", "0", "0", "0", "21"])]),
            finds: &[C::BALANCE, C::OUTCOME_TOTAL, C::ROW_TOTAL, C::FIGURE_ALONE],
            cells: "outcome_total/natural_person",
            near: request_rows(&[("new_received", ["21", "0", "0", "0", "0", "0", "21"]), ("granted", ["21", "0", "0", "0", "0", "0", "21"]), ("outcome_total", ["12", "0", "0", "0", "0", "0", "12"])]),
            near_finds: &[C::BALANCE, C::BALANCE, C::OUTCOME_TOTAL, C::OUTCOME_TOTAL],
        },
        Fixture {
            code: C::DIGIT_SLIP,
            fires: request_rows(&[("new_received", ["12", "0", "0", "0", "0", "0", "12"]), ("granted", ["12", "0", "0", "0", "0", "0", "12"]), ("outcome_total", ["122", "0", "0", "0", "0", "0", "12"])]),
            finds: &[C::BALANCE, C::OUTCOME_TOTAL, C::ROW_TOTAL, C::DIGIT_SLIP],
            cells: "outcome_total/natural_person",
            near: request_rows(&[("new_received", ["12", "0", "0", "0", "0", "0", "12"]), ("granted", ["12", "0", "0", "0", "0", "0", "12"]), ("outcome_total", ["123", "0", "0", "0", "0", "0", "12"])]),
            near_finds: &[C::BALANCE, C::OUTCOME_TOTAL, C::ROW_TOTAL, C::FIGURE_ALONE],
        },
        Fixture {
            code: C::COLUMN_OFF,
            fires: request_rows(&[("new_received", ["1", "0", "0", "0", "0", "0", "1"]), ("granted", ["0", "1", "0", "0", "0", "0", "1"]), ("outcome_total", ["0", "1", "0", "0", "0", "0", "1"])]),
            finds: &[C::BALANCE, C::BALANCE, C::COLUMN_OFF],
            cells: "new_received/natural_person new_received/commercial_enterprise",
            // Not next to each other.
            near: request_rows(&[("new_received", ["1", "0", "0", "0", "0", "0", "1"]), ("granted", ["0", "0", "1", "0", "0", "0", "1"]), ("outcome_total", ["0", "0", "1", "0", "0", "0", "1"])]),
            near_finds: &[C::BALANCE, C::BALANCE, C::OPPOSITE_DIFFERENCES],
        },
        Fixture {
            code: C::OPPOSITE_DIFFERENCES,
            fires: request_rows(&[("new_received", ["5", "2", "0", "0", "0", "0", "7"]), ("granted", ["4", "3", "0", "0", "0", "0", "7"]), ("outcome_total", ["4", "3", "0", "0", "0", "0", "7"])]),
            finds: &[C::BALANCE, C::BALANCE, C::OPPOSITE_DIFFERENCES],
            cells: "new_received/natural_person new_received/commercial_enterprise",
            // Three columns, and any two of them.
            near: request_rows(&[("new_received", ["5", "2", "2", "0", "0", "0", "9"]), ("granted", ["4", "3", "1", "1", "0", "0", "9"]), ("outcome_total", ["4", "3", "1", "1", "0", "0", "9"])]),
            near_finds: &[C::BALANCE, C::BALANCE, C::BALANCE, C::BALANCE],
        },
        Fixture {
            code: C::ROWS_SWAPPED,
            fires: request_rows(&[("new_received", ["7", "4", "0", "0", "0", "1", "12"]), ("granted", ["5", "3", "0", "0", "0", "0", "8"]), ("outcome_total", ["2", "1", "0", "0", "0", "1", "4"]), ("carried_forward", ["5", "3", "0", "0", "0", "0", "8"])]),
            finds: &[C::OUTCOME_TOTAL, C::OUTCOME_TOTAL, C::OUTCOME_TOTAL, C::OUTCOME_TOTAL, C::ROWS_SWAPPED],
            cells: "14",
            near: request_rows(&[("new_received", ["7", "4", "0", "0", "0", "1", "12"]), ("granted", ["5", "3", "0", "0", "0", "0", "8"]), ("outcome_total", ["5", "3", "0", "0", "0", "0", "8"]), ("carried_forward", ["2", "1", "0", "0", "0", "1", "4"])]),
            near_finds: &[],
        },
        Fixture {
            code: C::ROW_SHIFTED,
            fires: request_rows(&[("new_received", ["0", "3", "2", "0", "0", "0", "0"]), ("granted", ["3", "2", "0", "0", "0", "0", "5"]), ("outcome_total", ["3", "2", "0", "0", "0", "0", "5"])]),
            finds: &[C::BALANCE, C::BALANCE, C::BALANCE, C::BALANCE, C::ROW_TOTAL, C::ROW_SHIFTED],
            cells: "7",
            // Shifted by two: as many are missing in one column as there are too many in another, twice.
            near: request_rows(&[("new_received", ["0", "0", "3", "2", "0", "0", "0"]), ("granted", ["3", "2", "0", "0", "0", "0", "5"]), ("outcome_total", ["3", "2", "0", "0", "0", "0", "5"])]),
            near_finds: &[C::BALANCE, C::BALANCE, C::BALANCE, C::BALANCE, C::BALANCE, C::ROW_TOTAL, C::FIGURE_ALONE, C::OPPOSITE_DIFFERENCES, C::OPPOSITE_DIFFERENCES],
        },
        Fixture {
            code: C::NOT_ENTERED,
            fires: request_rows(&[("new_received", ["4", "0", "1", "0", "0", "0", "5"]), ("outcome_total", ["3", "0", "1", "0", "0", "0", "4"]), ("carried_forward", ["1", "0", "0", "0", "0", "0", "1"])]),
            finds: &[C::OUTCOME_TOTAL, C::OUTCOME_TOTAL, C::OUTCOME_TOTAL, C::NOT_ENTERED],
            cells: "66",
            // Nothing carried forward: the total and what is carried forward may as well be exchanged.
            near: request_rows(&[("new_received", ["3", "0", "1", "0", "0", "0", "4"]), ("outcome_total", ["3", "0", "1", "0", "0", "0", "4"])]),
            near_finds: &[C::OUTCOME_TOTAL, C::OUTCOME_TOTAL, C::OUTCOME_TOTAL],
        },
    ]
}

/// The table of a page of zeros.
fn statistics_table() -> String {
    let page = statistics(&[]);
    page[page.find("统计指标").expect("a head")..].to_owned()
}

/// A page of zeros but for some cells of table 二, and section 六 with one line.
fn with_section(shown: &[(&str, &str)], line: &str) -> String {
    format!("{}六、其他需要报告的事项\n{line}\n", page(V2021, Table::ActiveDisclosure, shown))
}

fn read(text: &str) -> Report<'_> {
    let report = parse(text).expect("within the limit");
    report.verify().unwrap_or_else(|violation| panic!("{violation}"));
    report
}

fn short(cells: &[CellId]) -> String {
    cells.iter().map(|id| format!("{}/{}", id.row, id.column)).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_integrity_code_has_one_fixture() {
    let fixtures: Vec<Code> = fixtures().iter().map(|fixture| fixture.code).collect();
    let integrity = TABLE.iter().filter(|entry| entry.class == Class::Integrity);
    assert_eq!(fixtures, integrity.map(|entry| entry.code).collect::<Vec<_>>());
}

#[test]
fn every_fixture_fires_its_code_and_no_near_miss_does() {
    let mut failures = Vec::new();
    for fixture in fixtures() {
        for (text, wanted) in [(&fixture.fires, fixture.finds), (&fixture.near, fixture.near_finds)] {
            let report = read(text);
            let findings = check(&report);
            let found: Vec<Code> = findings.iter().map(Diagnostic::code).collect();
            if found != wanted {
                failures.push(format!("{}: finds {found:?}", fixture.code));
            }
            for finding in &findings {
                assert_eq!(finding.class(), Class::Integrity);
                for language in [Language::English, Language::Chinese] {
                    let message = finding.message(language);
                    assert!(!message.is_empty() && !message.contains(['{', '}']), "{message}");
                }
            }
        }
        let report = read(&fixture.fires);
        let findings = check(&report);
        let Some(finding) = findings.iter().find(|finding| finding.code() == fixture.code) else { continue };
        let cells = short(finding.cells());
        if cells != fixture.cells && finding.cells().len().to_string() != fixture.cells {
            failures.push(format!("{}: names {cells}", fixture.code));
        }
        assert!(finding.span().is_some(), "{} points nowhere", fixture.code);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Numbers that look random, the same for the same seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: i64) -> i64 {
        (self.next() % end.unsigned_abs()) as i64
    }

    /// Mostly 0, often a few, seldom many.
    fn count(&mut self) -> i64 {
        match self.next() % 8 {
            0..=4 => 0,
            5 | 6 => self.below(20),
            _ => self.below(5000),
        }
    }
}

/// The figures of a form in which everything holds, made without a look at the rules.
fn consistent(version: SchemaVersion, random: &mut Random) -> Vec<i64> {
    let mut figures: Vec<i64> = version.cells().iter().map(|_| random.count()).collect();
    let mut set = |id: CellId, figure: i64| figures[version.position(id).expect("a cell")] = figure;
    if version == V2014 {
        let mut sum = |set: &mut dyn FnMut(CellId, i64), whole: Indicator, parts: &[Indicator]| {
            let counts: Vec<i64> = parts.iter().map(|_| random.count()).collect();
            parts.iter().zip(&counts).for_each(|(part, count)| set((*part).into(), *count));
            let total = counts.iter().sum();
            set(whole.into(), total);
            total
        };
        use Indicator as I;
        sum(
            &mut set,
            I::ApplicationsReceived,
            &[
                I::ApplicationsReceivedInPerson,
                I::ApplicationsReceivedFax,
                I::ApplicationsReceivedOnline,
                I::ApplicationsReceivedLetter,
            ],
        );
        sum(
            &mut set,
            I::ApplicationsCompleted,
            &[I::ApplicationsCompletedOnTime, I::ApplicationsCompletedExtended],
        );
        let replied = sum(
            &mut set,
            I::ApplicationsReplied,
            &[
                I::ApplicationsRepliedAlreadyPublic,
                I::ApplicationsRepliedGranted,
                I::ApplicationsRepliedPartiallyGranted,
                I::ApplicationsRepliedNotOwnResponsibility,
                I::ApplicationsRepliedNonexistent,
                I::ApplicationsRepliedCorrectionRequested,
                I::ApplicationsRepliedRedirected,
            ],
        );
        let denied = sum(
            &mut set,
            I::ApplicationsRepliedDenied,
            &[
                I::ApplicationsRepliedDeniedStateSecret,
                I::ApplicationsRepliedDeniedTradeSecret,
                I::ApplicationsRepliedDeniedPrivacy,
                I::ApplicationsRepliedDeniedSecurityStability,
                I::ApplicationsRepliedDeniedNotGovernmentInformation,
                I::ApplicationsRepliedDeniedOtherLegalGrounds,
            ],
        );
        set(I::ApplicationsReplied.into(), replied + denied);
        sum(&mut set, I::Reviews, &[I::ReviewsUpheld, I::ReviewsCorrected, I::ReviewsOther]);
        sum(&mut set, I::Litigation, &[I::LitigationUpheld, I::LitigationCorrected, I::LitigationOther]);
        sum(&mut set, I::CapacityStaff, &[I::CapacityStaffFullTime, I::CapacityStaffPartTime]);
        let channels = sum(
            &mut set,
            I::DisclosureItems,
            &[
                I::DisclosureChannelGazette,
                I::DisclosureChannelWebsite,
                I::DisclosureChannelWeibo,
                I::DisclosureChannelWechat,
                I::DisclosureChannelOther,
            ],
        );
        let items = random.below(channels + 1);
        set(I::DisclosureItems.into(), items);
        set(I::DisclosureNormativeDocumentsDisclosed.into(), random.below(items + 1));
        for (whole, led) in [
            (I::ResponseChannelPressConferences, I::ResponseChannelPressConferencesLed),
            (I::ResponseChannelOnlineInterviews, I::ResponseChannelOnlineInterviewsLed),
        ] {
            let count = random.count();
            set(whole.into(), count);
            set(led.into(), random.below(count + 1));
        }
        return figures;
    }
    if version == V2019 {
        for row in [DisclosureRow::Rules, DisclosureRow::NormativeDocuments] {
            let total = random.count();
            set((row, DisclosureMeasure::TotalDisclosed).into(), total);
            set((row, DisclosureMeasure::NewlyDisclosed).into(), random.below(total + 1));
        }
        set((DisclosureRow::Licensing, DisclosureMeasure::Change).into(), -random.count());
    }
    let is_outcome = |row: RequestRow| {
        let other = [
            RequestRow::NewReceived,
            RequestRow::CarriedOver,
            RequestRow::OutcomeTotal,
            RequestRow::CarriedForward,
        ];
        !other.contains(&row) && version.has_row(Row::Request(row))
    };
    let mut totals = vec![0; RequestRow::ALL.len()];
    for &column in Applicant::ALL.iter().filter(|column| **column != Applicant::Total) {
        let mut handled = 0;
        let mut put = |row: RequestRow, figure: i64| {
            set((row, column).into(), figure);
            totals[row as usize] += figure;
        };
        for &row in RequestRow::ALL.iter().filter(|row| is_outcome(**row)) {
            let figure = random.count();
            put(row, figure);
            handled += figure;
        }
        let forward = random.count();
        let over = random.below(handled + forward + 1);
        put(RequestRow::OutcomeTotal, handled);
        put(RequestRow::CarriedForward, forward);
        put(RequestRow::CarriedOver, over);
        put(RequestRow::NewReceived, handled + forward - over);
    }
    for &row in RequestRow::ALL.iter().filter(|row| version.has_row(Row::Request(**row))) {
        set((row, Applicant::Total).into(), totals[row as usize]);
    }
    for &row in Proceeding::ALL {
        let parts = ReviewOutcome::ALL.iter().filter(|column| **column != ReviewOutcome::Total);
        let mut total = 0;
        for &column in parts {
            let figure = random.count();
            set((row, column).into(), figure);
            total += figure;
        }
        set((row, ReviewOutcome::Total).into(), total);
    }
    figures
}

/// Prints figures: amounts with decimals, and of the zeros as many blank as `blanks` of 8.
fn printed(version: SchemaVersion, figures: &[i64], blanks: u64, random: &mut Random) -> String {
    let show = |(spec, figure): (&gongkai::form::CellSpec, &i64)| {
        let mut text = figure.to_string();
        if spec.amount {
            text += ".50";
        }
        if spec.unit_from_source {
            text += "万元";
        }
        Value::number(text.clone(), text, None)
    };
    let mut values: Vec<Value> = version.cells().iter().zip(figures).map(show).collect();
    let zeros = values.clone();
    for value in values.iter_mut().filter(|value| value.shown == "0") {
        if random.next() % 8 < blanks {
            *value = Value::blank();
        }
    }
    // Nothing tells a blank at the end of a row without a pad from the pad of a shorter row.
    let open = ambiguous(version, &values);
    for ((value, zero), open) in values.iter_mut().zip(zeros).zip(open) {
        if open {
            *value = zero;
        }
    }
    let shape = if random.next().is_multiple_of(2) { Shape::OneRowALine } else { Shape::OneCellALine };
    print(version, &values, shape, None)
}

/// How many consistent reports are checked; more where the variable says so.
const REPORTS: u64 = 3000;
const REPORTS_VARIABLE: &str = "GONGKAI_CHECKED_REPORTS";

fn reports() -> u64 {
    let more = std::env::var(REPORTS_VARIABLE).ok();
    more.map_or(REPORTS, |count| count.parse().unwrap_or_else(|_| panic!("{REPORTS_VARIABLE} is a number")))
}

#[test]
fn consistent_reports_have_no_error_and_no_warning() {
    let mut blank = 0;
    for seed in 0..reports() {
        let mut random = Random(seed);
        let version = SchemaVersion::ALL[(seed % 3) as usize];
        let figures = consistent(version, &mut random);
        let blanks = if seed % 2 == 0 { 0 } else { random.next() % 9 };
        let text = printed(version, &figures, blanks, &mut random);
        let report = parse(&text).expect("within the limit");
        assert!(report.diagnostics().is_empty(), "seed {seed}: {}\n{text}", report.diagnostics()[0]);
        let findings = check(&report);
        let tables: Vec<Table> = findings.iter().map(|finding| finding.cells()[0].table()).collect();
        for finding in &findings {
            assert_eq!(finding.code(), Code::BLANK_AS_ZERO, "seed {seed}: {finding}\n{text}");
            assert!(blanks > 0, "seed {seed}: {finding}");
        }
        assert_eq!(
            tables.iter().collect::<BTreeSet<_>>().len(),
            tables.len(),
            "once for a table: {tables:?}"
        );
        blank += findings.len();
    }
    assert!(blank > 0, "no report had blanks");
}

/// The cells that a sum of the form names: all of tables 三 and 四, and of the statistics those with parts, and the parts.
fn is_summed(id: CellId) -> bool {
    match id.row {
        Row::Request(_) | Row::Proceeding(_) => true,
        Row::Indicator(row) => {
            let prefixes = ["applications.", "reviews", "litigation", "capacity.staff"];
            prefixes.iter().any(|prefix| row.id().starts_with(prefix))
        }
        _ => false,
    }
}

#[test]
fn every_single_wrong_figure_is_found() {
    let (mut found, mut explained) = (0, 0);
    for seed in 0..reports() / 10 {
        let mut random = Random(seed ^ 0xFA17);
        let version = SchemaVersion::ALL[(seed % 3) as usize];
        let figures = consistent(version, &mut random);
        let cells: Vec<usize> = (0..figures.len()).filter(|at| is_summed(version.cells()[*at].id)).collect();
        for _ in 0..10 {
            let at = cells[random.below(cells.len() as i64) as usize];
            let id = version.cells()[at].id;
            let mut wrong = figures.clone();
            while wrong[at] == figures[at] {
                wrong[at] = if random.next().is_multiple_of(2) {
                    random.count()
                } else {
                    figures[at] * 10 + random.below(10)
                };
            }
            let text = printed(version, &wrong, 0, &mut random);
            let report = parse(&text).expect("within the limit");
            let findings = check(&report);
            let errors: Vec<&Diagnostic> =
                findings.iter().filter(|finding| finding.severity() == Severity::Error).collect();
            assert!(!errors.is_empty(), "seed {seed}: {id} {} → {}", figures[at], wrong[at]);
            for error in &errors {
                assert!(error.cells().contains(&id), "seed {seed}: {id} is not in {error}");
                let equation = error.equation().expect("two sides");
                let difference = (figures[at] - wrong[at]).abs();
                assert_eq!(equation.difference().to_string().trim_start_matches('-'), difference.to_string());
            }
            found += 1;
            // What explains it names the true cause, and the figure that was right.
            for explanation in findings.iter().filter_map(Diagnostic::explanation) {
                let [suggestion] = explanation.suggestions() else { panic!("seed {seed}: {id}") };
                let [change] = suggestion[..] else { panic!("seed {seed}: {id}, {suggestion:?}") };
                assert_eq!((change.cell, change.to), (id, figures[at].into()), "seed {seed}");
                assert_eq!(explanation.explains().len(), errors.len());
                explained += 1;
            }
            // Blanks may leave it undecided, never unsaid.
            let text = printed(version, &wrong, 8, &mut random);
            let report = parse(&text).expect("within the limit");
            let said = check(&report).iter().any(|finding| finding.severity() > Severity::Info);
            assert!(said, "seed {seed}: {id} {} → {} among blanks", figures[at], wrong[at]);
        }
    }
    assert!(explained * 2 > found, "{explained} of {found} are explained");
}

/// What each slip of the hand does to consistent figures of table 三, and how it is explained.
#[test]
fn slips_are_explained_by_themselves_only() {
    let mut told = std::collections::BTreeMap::<(&str, &str), u32>::new();
    for seed in 0..reports() / 3 {
        let mut random = Random(seed ^ 0x511B);
        let version = if seed % 2 == 0 { V2019 } else { V2021 };
        let mut figures = consistent(version, &mut random);
        let rows: Vec<usize> = RequestRow::ALL
            .iter()
            .filter_map(|&row| version.position((row, Applicant::NaturalPerson).into()))
            .collect();
        let pick = |random: &mut Random| rows[random.below(rows.len() as i64) as usize];
        let (a, b) = (pick(&mut random), pick(&mut random));
        let before = figures.clone();
        let slip = ["swap", "left", "right", "column"][(seed / 2 % 4) as usize];
        match slip {
            "swap" => (0..7).for_each(|at| figures.swap(a + at, b + at)),
            "left" if figures[a] == 0 => continue,
            "left" => (figures[a..a + 7].rotate_left(1), figures[a + 6] = 0).1,
            "right" => (figures[a..a + 7].rotate_right(1), figures[a] = 0).1,
            _ => {
                let at = a + random.below(5) as usize;
                figures.swap(at, at + 1);
            }
        }
        let text = printed(version, &figures, 0, &mut random);
        let report = parse(&text).expect("within the limit");
        for finding in check(&report) {
            let Some(explanation) = finding.explanation() else { continue };
            *told.entry((slip, finding.code().as_str())).or_default() += 1;
            // One of the ways leads back to the figures that were right.
            let leads_back = explanation.suggestions().iter().any(|changes| {
                changes.iter().all(|change| {
                    let at = version.position(change.cell).expect("a cell");
                    change.to == before[at].into()
                })
            });
            assert!(leads_back, "seed {seed}, {slip}: {finding}");
        }
    }
    eprintln!("{told:?}");
    for wanted in [("swap", "rows-swapped"), ("left", "row-shifted"), ("right", "row-shifted")] {
        assert!(told.contains_key(&wanted), "{wanted:?} in {told:?}");
    }
}

/// The rows of 其他处理 of the other version take part in the sums.
#[test]
fn rows_of_another_version_are_counted() {
    let text = |three: [i64; 3], one: Option<i64>, total: i64| {
        let mut text = request_rows(&[
            ("new_received", ["9", "0", "0", "0", "0", "0", "9"]),
            ("granted", ["2", "0", "0", "0", "0", "0", "2"]),
            ("outcome_total", ["9", "0", "0", "0", "0", "0", "9"]),
        ]);
        text = text.replace(
            "（七）总计 | 9 | 0 | 0 | 0 | 0 | 0 | 9",
            &format!("（七）总计 | {total} | 0 | 0 | 0 | 0 | 0 | {total}"),
        );
        text =
            text.replace("| 9 | 0 | 0 | 0 | 0 | 0 | 9", &format!("| {total} | 0 | 0 | 0 | 0 | 0 | {total}"));
        let start = text.find("（六）其他处理").expect("the group");
        let end = text.find("（七）总计").expect("the total");
        let mut rows = String::new();
        if let Some(one) = one {
            rows += &format!("（六）其他处理 | {one} | 0 | 0 | 0 | 0 | 0 | {one} | ||\n");
        }
        let labels = [
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "3.其他",
        ];
        if three != [-1; 3] {
            for (label, figure) in labels.iter().zip(three) {
                rows += &format!("{label} | {figure} | 0 | 0 | 0 | 0 | 0 | {figure} | ||\n");
            }
        }
        text.replace_range(start..end, &rows);
        text
    };
    let codes = |text: &str| {
        let report = parse(text).expect("within the limit");
        let codes: Vec<Code> = check(&report).iter().map(Diagnostic::code).collect();
        (report.diagnostics().iter().any(|finding| finding.code() == Code::ROW_OF_OTHER_VERSION), codes)
    };
    // The single row of 2019 in a form of 2021, in the place of the three.
    assert_eq!(codes(&text([-1; 3], Some(3), 5)), (true, vec![]));
    assert_eq!(codes(&text([-1; 3], Some(3), 6)), (true, vec![Code::OUTCOME_TOTAL, Code::OUTCOME_TOTAL]));
    // As a subtotal of the three, and beside them.
    assert_eq!(codes(&text([1, 2, 0], Some(3), 5)), (true, vec![]));
    assert_eq!(codes(&text([1, 2, 0], Some(3), 8)), (true, vec![]));
    assert_eq!(codes(&text([1, 2, 0], Some(3), 9)), (true, vec![Code::OUTCOME_TOTAL, Code::OUTCOME_TOTAL]));
}

/// Sums are exact, or not decided.
#[test]
fn sums_do_not_round() {
    let staff = |total: &str, full: &str, part: &str| {
        let cells = [
            ("capacity.staff", total),
            ("capacity.staff.full_time", full),
            ("capacity.staff.part_time", part),
        ];
        let text = statistics(&cells);
        let report = read(&text);
        check(&report)
            .iter()
            .map(Diagnostic::code)
            .filter(|code| *code != Code::NOT_INTEGER)
            .collect::<Vec<_>>()
    };
    assert_eq!(staff("0.3", "0.1", "0.2"), []);
    assert_eq!(staff("9007199254740993", "9007199254740992", "0"), [Code::PART_SUM]);
    assert_eq!(staff("9999999999999999999999999", "9999999999999999999999998", "0.9"), [Code::PART_SUM]);
    assert_eq!(staff("9999999999999999999999998.9", "9999999999999999999999998", "0.9"), []);
    // A sum of more digits than can be kept.
    let long = "9999999999999999999999999999";
    assert_eq!(staff(long, long, "0.9"), [Code::UNDECIDED]);
}

/// Every rule says what it is, and its formula names what it compares.
#[test]
fn rules_are_documented() {
    for rule in rules() {
        let entry = rule.code.entry().unwrap_or_else(|| panic!("{} is not in the table", rule.code));
        let class = if rule.code == Code::NARRATIVE_FIGURE { Class::Claim } else { Class::Integrity };
        assert_eq!((entry.class, entry.severity), (class, rule.severity), "{}", rule.code);
        for text in [rule.formula, rule.wording.english, rule.wording.chinese, rule.source] {
            assert!(!text.is_empty(), "{}", rule.code);
        }
        assert!(!rule.versions.is_empty());
        if let Test::EachColumn(left, relation, right) = rule.test {
            assert!(rule.formula.contains(relation.symbol()), "{}", rule.formula);
            for row in left.iter().chain(right) {
                let id = row.id();
                let last = id.rsplit('.').next().unwrap_or(id);
                let group = id.split('.').next().unwrap_or(id);
                let named = [last, group].iter().any(|word| rule.formula.contains(word));
                assert!(named, "{} does not name {id}", rule.formula);
            }
        }
    }
}

#[test]
fn a_selection_of_rules_finds_its_own_only() {
    let text = request_rows(&[("new_received", ["3", "0", "0", "0", "0", "1", "3"])]);
    let report = read(&text);
    let all: BTreeSet<Code> = check(&report).iter().map(Diagnostic::code).collect();
    assert!(all.contains(&Code::BALANCE) && all.contains(&Code::ROW_TOTAL));
    let only =
        Checker::of(rules().iter().copied().filter(|rule| rule.code == Code::ROW_TOTAL)).check(&report);
    assert_eq!(only.iter().map(Diagnostic::code).collect::<Vec<_>>(), [Code::ROW_TOTAL]);
    assert!(Checker::of([]).check(&report).is_empty());
    let checker = Checker::new().explain(false);
    assert!(checker.check(&report).iter().all(|finding| finding.explanation().is_none()));
}

/// A report without a table, or with pieces of one, is not flooded.
#[test]
fn what_is_missing_is_said_once() {
    assert!(check(&parse("（四）申请处理情况。无\n").expect("a report")).is_empty());
    let text = request_rows(&[]).replace("1.重复申请", "小计").replace("2.重复申请", "小计");
    let report = read(&text);
    assert!(report.diagnostics().iter().any(|finding| finding.code() == Code::MISSING_ROW));
    let findings = check(&report);
    assert_eq!(findings.iter().map(Diagnostic::code).collect::<Vec<_>>(), [Code::UNDECIDED], "{findings:?}");
    assert_eq!((findings[0].cells().len(), findings[0].counts().found), (7, 7));
}

/// The findings of each real report: codes and cells.
#[test]
fn findings_of_the_reports() {
    let Some(samples) = corpus() else { return };
    let mut lines = String::new();
    for sample in samples {
        let report = parse(&sample.text).expect("a report");
        for finding in check(&report) {
            let name = &sample.name[..3];
            lines += &format!(
                "{name} {}[{}] {}\n",
                finding.severity().id(),
                finding.code(),
                short(finding.cells())
            );
            let shown = |figure: Figure| match figure {
                Figure::Number(number) => number.to_string(),
                figure => figure.state().to_owned(),
            };
            if let Some(equation) = finding.equation() {
                lines += &format!("    {} ≠ {}\n", equation.left(), equation.right());
            }
            for explained in finding.explanation().iter().flat_map(|explanation| explanation.explains()) {
                let total = explained.equation().and_then(|equation| equation.right_terms().first());
                lines += &format!(
                    "    explains {} {}\n",
                    explained.code(),
                    total.map_or_else(String::new, |term| short(&[term.cell]))
                );
            }
            for (at, change) in finding
                .explanation()
                .iter()
                .flat_map(|explanation| explanation.suggestions().iter().enumerate())
                .flat_map(|(at, changes)| changes.iter().map(move |change| (at, change)))
            {
                lines += &format!(
                    "    way {at}: {} {} → {}\n",
                    short(&[change.cell]),
                    shown(change.from),
                    change.to
                );
            }
        }
    }
    insta::assert_snapshot!(lines);
}
