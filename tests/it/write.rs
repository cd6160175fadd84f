//! Forms written in every dialect and read back.

use arbitrary::{Arbitrary, Unstructured};
use gongkai::form::{CellId, DisclosureMeasure, DisclosureRow, Figure, Form, SchemaVersion, Unit};
use gongkai::parse;
use gongkai::write::{Blanks, Dialect, Entry, grids, write, write_form};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn form() -> impl Strategy<Value = Form> {
    vec(any::<u8>(), 0..1600)
        .prop_map(|bytes| Form::arbitrary(&mut Unstructured::new(&bytes)).expect("a form of any bytes"))
}

/// The form without its blanks, for a dialect that drops them.
pub fn without_blanks(form: &Form) -> Form {
    let cells = form.cells().map(|(spec, cell)| match cell.figure() {
        Figure::Blank => (spec.id, Figure::NotApplicable, cell.unit()),
        figure => (spec.id, figure, cell.unit()),
    });
    Form::from_cells(form.version(), cells.filter(|(_, figure, _)| *figure != Figure::Missing))
}

/// The cells that a dialect may leave open: those of rows that end in a blank, for one that cannot tell it from a pad.
pub fn open_rows(form: &Form, dialect: Dialect) -> Vec<CellId> {
    let mut open = Vec::new();
    let grids = grids(form).expect("a form of figures");
    let settled = |rows: usize| match dialect.loss().blanks {
        Blanks::OpenAtEnd => 0,
        Blanks::OpenAtTableEnd => rows.saturating_sub(1),
        _ => rows,
    };
    for row in grids.iter().flat_map(|grid| grid.rows().skip(settled(grid.rows().len()))) {
        let figures = row.iter().filter_map(|cell| match cell.entry() {
            Entry::Figure(id) => Some((id, cell.text().is_empty())),
            _ => None,
        });
        let figures: Vec<_> = figures.collect();
        if figures.last().is_some_and(|(_, blank)| *blank) {
            open.extend(figures.into_iter().map(|(id, _)| id));
        }
    }
    open
}

/// Reads the form back and compares it, cell by cell.
fn check(form: &Form, dialect: Dialect) -> Result<(), String> {
    let form = match dialect.loss().blanks {
        Blanks::Dropped => &without_blanks(form),
        _ => form,
    };
    let text = write_form(form, dialect).map_err(|error| error.to_string())?;
    let report = parse(&text).expect("within the limit");
    report.verify().map_err(|violation| format!("{violation}\n{text}"))?;
    let open = open_rows(form, dialect);
    let Some(read) = report.forms().iter().find(|read| read.version() == form.version()) else {
        return Err(format!("no form of the version is found\n{text}"));
    };
    for (spec, cell) in form.cells() {
        let found = read.get(spec.id).expect("a cell of the version");
        let is_open = open.contains(&spec.id) && found.figure() == Figure::Missing;
        if !is_open && (found.figure(), found.unit()) != (cell.figure(), cell.unit()) {
            return Err(format!(
                "{} is {:?} {:?}, and was written as {:?} {:?}\n{text}",
                spec.id,
                found.figure(),
                found.unit(),
                cell.figure(),
                cell.unit()
            ));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every form reads back from every dialect, but for what the dialect is known to lose.
    #[test]
    fn what_is_written_reads_back(form in form(), dialect in select(Dialect::ALL)) {
        if let Err(error) = check(&form, dialect) {
            return Err(TestCaseError::fail(format!("{dialect}: {error}")));
        }
    }

    /// A dialect that drops blanks prints none: it says which cell is blank.
    #[test]
    fn a_blank_that_cannot_be_shown_is_an_error(form in form()) {
        let blank = form.cells().find(|(_, cell)| cell.figure() == Figure::Blank);
        prop_assert_eq!(write_form(&form, Dialect::Lines).is_err(), blank.is_some());
    }
}

/// Which dialects the reader reads, one line each; fails where the list above is out of date.
#[test]
fn dialects_read() {
    let mut seed = 1_u32;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    })
    .take(1600 * 24)
    .collect();
    let forms: Vec<Form> =
        bytes.chunks(1600).map(|bytes| Form::arbitrary(&mut Unstructured::new(bytes)).unwrap()).collect();
    let mut wrong = Vec::new();
    for &dialect in Dialect::ALL {
        let errors: Vec<String> = forms.iter().filter_map(|form| check(form, dialect).err()).collect();
        println!("{:<10} {:>2} of {} forms read back", dialect.id(), forms.len() - errors.len(), forms.len());
        if let Some(error) = errors.first() {
            println!("    {}", error.lines().next().unwrap_or_default());
        }
        if !errors.is_empty() {
            wrong.push((dialect, errors.into_iter().next()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Table 二 of 2021 with 规章: 3, a blank, 7, and 行政许可: 9.
fn sample(blank: Figure) -> Form {
    let rules = |column, figure| ((DisclosureRow::Rules, column).into(), figure, None);
    let cells = [
        rules(DisclosureMeasure::Issued, Figure::Number(3.into())),
        rules(DisclosureMeasure::Repealed, blank),
        rules(DisclosureMeasure::InForce, Figure::Number(7.into())),
        ((DisclosureRow::Licensing, DisclosureMeasure::Decisions).into(), Figure::Number(9.into()), None),
    ];
    Form::from_cells(SchemaVersion::V2021, cells)
}

/// The sample beside each dialect is what the writer prints.
#[test]
fn the_documented_samples_are_printed() {
    let source = include_str!("../../src/write/dialect.rs");
    let mut documented = 0;
    for &dialect in Dialect::ALL {
        let (before, _) = source.split_once(&format!("    {dialect:?} = ")).expect("the dialect is defined");
        let (_, sample_of) = before.rsplit_once("/// ```text\n").expect("a sample");
        let (lines, _) = sample_of.split_once("    /// ```").expect("the end of the sample");
        let lines: Vec<&str> =
            lines.lines().map(|line| line.trim_start_matches("    ///").trim_start_matches(' ')).collect();
        let blank =
            if dialect.loss().blanks == Blanks::Dropped { Figure::NotApplicable } else { Figure::Blank };
        let text = write_form(&sample(blank), dialect).expect("the sample can be shown");
        let text = text.replace('\t', "⇥");
        assert!(text.contains(&lines.join("\n")), "{dialect}: {lines:#?} is not in\n{text}");
        documented += 1;
    }
    assert_eq!(documented, Dialect::ALL.len());
}

/// Each line of a Markdown table has as many cells as its head, the second is the rule.
#[test]
fn markdown_is_valid() {
    let form = Form::arbitrary(&mut Unstructured::new(&[0x5A; 1600])).expect("a form of any bytes");
    let text = write_form(&form, Dialect::Markdown).expect("a form of figures");
    let mut tables = 0;
    for part in text.split("\n\n").filter(|part| part.starts_with('|')) {
        let widths: Vec<usize> = part.lines().map(|line| line.matches('|').count()).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}\n{part}");
        let rule = part.lines().nth(1).expect("a rule");
        assert!(rule.chars().all(|c| matches!(c, '|' | '-' | ' ')), "{rule}");
        tables += 1;
    }
    assert_eq!(tables, form.version().tables().len());
}

/// What no dialect can show, and beside it what every one can.
#[test]
fn what_cannot_be_shown_is_an_error() {
    let id = CellId::from((DisclosureRow::Rules, DisclosureMeasure::Issued));
    let error = |form: &Form| {
        let errors: Vec<_> = Dialect::ALL.iter().map(|dialect| write_form(form, *dialect).err()).collect();
        assert!(errors.iter().all(|error| *error == errors[0]), "{errors:?}");
        errors[0].map(|error| (error.cell(), error.dialect(), error.to_string()))
    };
    let with = |figure, unit| {
        let rest = [DisclosureMeasure::Repealed, DisclosureMeasure::InForce];
        let rest = rest.map(|column| ((DisclosureRow::Rules, column).into(), Figure::Number(1.into()), None));
        Form::from_cells(SchemaVersion::V2021, [(id, figure, unit)].into_iter().chain(rest))
    };
    assert_eq!(error(&with(Figure::Number(5.into()), None)), None);
    assert_eq!(error(&with(Figure::Number(5.into()), Some(Unit::Jian))), None, "5件");
    assert_eq!(error(&with(Figure::NotApplicable, None)), None);
    for (figure, unit, words) in [
        (Figure::Missing, None, "is missing"),
        (Figure::NotApplicable, Some(Unit::Jian), "another unit"),
        (Figure::Text, None, "holds text"),
    ] {
        let (cell, dialect, message) = error(&with(figure, unit)).expect("an error");
        assert_eq!((cell, dialect), (id, None));
        assert!(message.contains(words), "{message}");
    }
    assert_eq!(error(&Form::from_cells(SchemaVersion::V2021, [])), None, "nothing to show, nothing shown");
}

/// 其他情形数 stands in the pre-2019 table twice; without the rows before it nothing tells which is meant.
#[test]
fn a_label_that_two_rows_have_needs_the_row_before() {
    use gongkai::form::Indicator;
    let form = |rows: &[Indicator]| {
        let cells = rows.iter().map(|row| ((*row).into(), Figure::Number(5.into()), Some(Unit::Jian)));
        Form::from_cells(SchemaVersion::V2014, cells)
    };
    let known = form(&[Indicator::Reviews, Indicator::Litigation, Indicator::LitigationOther]);
    let text = write_form(&known, Dialect::Markdown).expect("the row is told");
    let report = parse(&text).expect("a text");
    let read = report.form().and_then(|form| form.get(Indicator::LitigationOther)).expect("a cell");
    assert_eq!(read.number(), Some(5.into()));
    let lost = form(&[Indicator::Reviews, Indicator::LitigationOther]);
    let error = write_form(&lost, Dialect::Markdown).expect_err("it would be read as that of reviews");
    assert_eq!((error.cell(), error.dialect()), (Indicator::LitigationOther.into(), None));
    assert!(error.to_string().contains("another row has too"), "{error}");
}

/// A report keeps the wording of text cells and its own headings; rows of another version stand in their place.
#[test]
fn a_report_is_written_with_its_outline() {
    let text = "\
一、总体情况
例文。
二、主动公开政府信息情况
第二十条第（一）项 | |||
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
规章 | 约3件 | 0 | 22(其中修订16件) |
行政规范性文件 | / | 5 | 7 |
五、存在的主要问题及改进情况
（一）存在的问题
例文。
";
    let report = parse(text).expect("within the limit");
    let markdown = write(&report, Dialect::Markdown).expect("it can be shown");
    assert_eq!(
        markdown,
        "\
## 一、总体情况

## 二、主动公开政府信息情况

| 第二十条第（一）项 |  |  |  |
| --- | --- | --- | --- |
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| 规章 | 约3件 | 0 | 22 |
| 行政规范性文件 | — | 5 | 7 |

## 五、存在的主要问题及改进情况

### （一）存在的问题
"
    );

    let mixed = "\
三、收到和处理政府信息公开申请情况
申请人情况 |
自然人 | 法人或其他组织 | 总计 |
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |
一、本年新收政府信息公开申请数量 | 7 | 0 | 0 | 0 | 0 | 0 | 7 |
（五）不予处理 | 1.信访举报投诉类申请 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |
2.重复申请 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |
（六）其他处理 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |
（七）总计 | 6 | 0 | 0 | 0 | 0 | 0 | 6 |
二、主动公开政府信息情况
第二十条第（五）项 |
信息内容 | 本年处理决定数量 |
行政许可 | 4 |
第二十条第（八）项 |
信息内容 | 本年收费金额（单位：元） |
行政事业性收费 | 9.50 |
";
    let report = parse(mixed).expect("within the limit");
    let form = report.form().expect("a form");
    assert_eq!((form.version(), form.foreign_cells().len()), (SchemaVersion::V2021, 7));
    for dialect in [Dialect::V2_2, Dialect::V1_12Rows, Dialect::V1_12Cells] {
        let written = write(&report, dialect).expect("it can be shown");
        let again = parse(&written).expect("within the limit");
        assert_eq!(again.cells().count(), report.cells().count(), "{dialect}\n{written}");
        for ((_, spec, found), (_, _, cell)) in again.cells().zip(report.cells()) {
            let (found, cell) = ((found.figure(), found.unit()), (cell.figure(), cell.unit()));
            assert_eq!(found, cell, "{dialect}: {}\n{written}\n{:#?}", spec.id, again.diagnostics());
        }
    }
}

/// The real reports, in every dialect that is read.
#[test]
fn real_reports_read_back() {
    let Some(samples) = super::corpus::corpus() else { return };
    for sample in samples {
        let report = parse(&sample.text).expect("within the limit");
        for &dialect in Dialect::ALL {
            let written = match write(&report, dialect) {
                Ok(written) => written,
                Err(error) => {
                    println!("{}: {dialect}: {error}", sample.name);
                    continue;
                }
            };
            let again = parse(&written).expect("within the limit");
            for form in report.forms() {
                let open = open_rows(form, dialect);
                for (spec, cell) in form.cells() {
                    let found =
                        again.forms().iter().find_map(|form| form.get(spec.id)).map(|cell| cell.figure());
                    let is_open = open.contains(&spec.id) && found == Some(Figure::Missing);
                    assert!(
                        is_open || found == Some(cell.figure()),
                        "{}: {dialect}: {} is {found:?}, not {:?}\n{written}",
                        sample.name,
                        spec.id,
                        cell.figure()
                    );
                }
            }
            for section in report.sections() {
                let heading = report.text(section.heading());
                assert!(written.contains(heading), "{}: {dialect}: {heading} is lost", sample.name);
            }
        }
    }
}
