//! A form with its figures.

use super::ids::{
    Applicant, CellId, DisclosureMeasure, DisclosureRow, Indicator, Proceeding, RequestRow, ReviewOutcome,
    Table,
};
use super::unit::Unit;
use super::value::{Cell, Figure};
use super::{CellSpec, SchemaVersion};
use crate::span::Span;

/// The cells of one version of the form, in the order of [`SchemaVersion::cells`]. What is in them the methods of [`Form`] tell.
///
/// ```
/// use gongkai::Form;
///
/// let report = gongkai::parse("六、举报投诉数量 | 件 | 12 |\n")?;
/// let Some(form @ Form::V2014(_)) = report.form() else { panic!() };
/// assert_eq!(form.cells().filter(|(_, cell)| cell.number().is_some()).count(), 1);
/// assert_eq!(form.cells().len(), 58); // the missing ones included
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cells {
    own: Vec<Cell>,
    foreign: Vec<(&'static CellSpec, Cell)>,
}

/// A filled form, by its version.
///
/// Under every variant is the same thing: one [`Cell`] for each [`CellSpec`] of the version, missing cells included.
///
/// ```
/// use gongkai::form::{Applicant, Form, RequestRow};
///
/// let text = "三、本年度办理结果 | (一)予以公开 | 5 | 0 | 0 | 0 | 0 | 1 | 6 |\n\
///             (六)其他处理 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n";
/// let report = gongkai::parse(text)?;
/// let form = report.form().unwrap();
/// assert!(matches!(form, Form::V2021(_)));
/// let cell = form.requests().unwrap().get(RequestRow::Granted, Applicant::NaturalPerson).unwrap();
/// assert_eq!(cell.number(), Some(5.into()));
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Form {
    /// 政府信息公开情况统计表.
    V2014(Cells),
    /// 政府信息公开工作年度报告格式（试行）.
    V2019(Cells),
    /// 中华人民共和国政府信息公开工作年度报告格式.
    V2021(Cells),
}

impl Form {
    pub(crate) fn new(
        version: SchemaVersion,
        own: Vec<Cell>,
        foreign: Vec<(&'static CellSpec, Cell)>,
    ) -> Self {
        let cells = Cells { own, foreign };
        match version {
            SchemaVersion::V2014 => Self::V2014(cells),
            SchemaVersion::V2019 => Self::V2019(cells),
            SchemaVersion::V2021 => Self::V2021(cells),
        }
    }

    /// A form of `version` with these figures; all other cells are [`Missing`](Figure::Missing).
    ///
    /// The unit is that of the form where none is given. A figure of a row that only another version has is kept among the
    /// [`foreign_cells`](Self::foreign_cells). The cells stand in no text: their spans are empty.
    ///
    /// ```
    /// use gongkai::form::{Figure, Form, Indicator, SchemaVersion, Unit};
    ///
    /// let cells = [
    ///     (Indicator::Complaints.into(), Figure::Number(12.into()), None),
    ///     (Indicator::Fees.into(), Figure::Blank, None),
    /// ];
    /// let form = Form::from_cells(SchemaVersion::V2014, cells);
    /// let complaints = form.get(Indicator::Complaints).unwrap();
    /// assert_eq!((complaints.number(), complaints.unit()), (Some(12.into()), Some(Unit::Jian)));
    /// assert_eq!(form.get(Indicator::Training).map(|cell| cell.figure()), None, "a heading has no cell");
    /// ```
    #[must_use]
    pub fn from_cells(
        version: SchemaVersion,
        cells: impl IntoIterator<Item = (CellId, Figure, Option<Unit>)>,
    ) -> Self {
        let mut own = version.missing().to_vec();
        let mut foreign: Vec<(&'static CellSpec, Cell)> = Vec::new();
        for (id, figure, unit) in cells {
            let known =
                |foreign: &[(&'static CellSpec, Cell)]| foreign.iter().position(|(spec, _)| spec.id == id);
            if version.position(id).is_none() && known(&foreign).is_none() {
                let other = SchemaVersion::ALL.iter().find(|other| other.position(id).is_some());
                let row = other.iter().flat_map(|other| other.cells()).filter(|spec| spec.id.row == id.row);
                foreign.extend(row.map(|spec| (spec, Cell::missing(spec.unit))));
            }
            let slot = match (version.position(id), known(&foreign)) {
                (Some(at), _) => own.get_mut(at).zip(version.cells().get(at)),
                (None, Some(at)) => foreign.get_mut(at).map(|(spec, cell)| (cell, &**spec)),
                (None, None) => None,
            };
            if let Some((cell, spec)) = slot {
                *cell = Cell::new(figure, Span::default(), unit.or(spec.unit));
            }
        }
        Self::new(version, own, foreign)
    }

    /// The version.
    #[must_use]
    pub const fn version(&self) -> SchemaVersion {
        match self {
            Self::V2014(_) => SchemaVersion::V2014,
            Self::V2019(_) => SchemaVersion::V2019,
            Self::V2021(_) => SchemaVersion::V2021,
        }
    }

    const fn values(&self) -> &Cells {
        match self {
            Self::V2014(cells) | Self::V2019(cells) | Self::V2021(cells) => cells,
        }
    }

    /// The cells by their position: those of the version, behind them those of rows of another version.
    pub(crate) fn slices(&self) -> (&[Cell], &[(&'static CellSpec, Cell)]) {
        let cells = self.values();
        (&cells.own, &cells.foreign)
    }

    /// All cells with their specification, in the order of the form.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = (&'static CellSpec, &Cell)> {
        self.version().cells().iter().zip(&self.values().own)
    }

    /// Cells of rows that belong to another version and stand in this form all the same, such as the three rows of
    /// (六)其他处理 in a report for 2020; each is reported as `row-of-other-version`.
    ///
    /// ```
    /// let text = "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n规章 | 2 | 2 | 9 |\n\
    ///             （六）其他处理 | 3.其他 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n";
    /// let report = gongkai::parse(text)?;
    /// let form = report.form().unwrap(); // v2019, where (六)其他处理 is one row
    /// let (spec, cell) = form.foreign_cells().next().unwrap();
    /// assert_eq!(spec.id.to_string(), "requests/other_handling.other/natural_person");
    /// assert_eq!(cell.number(), Some(1.into()));
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    pub fn foreign_cells(&self) -> impl ExactSizeIterator<Item = (&'static CellSpec, &Cell)> {
        self.values().foreign.iter().map(|(spec, cell)| (*spec, cell))
    }

    /// One cell; `None` where the version has no such cell and the source shows none of another version.
    ///
    /// ```
    /// use gongkai::form::{Applicant, Figure, Indicator, RequestRow};
    ///
    /// let report = gongkai::parse("一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 1 | 4 |\n")?;
    /// let form = report.form().unwrap();
    /// assert_eq!(form.get((RequestRow::NewReceived, Applicant::Total)).unwrap().number(), Some(4.into()));
    /// // A row that the form has and the source has not is a missing cell, not `None`.
    /// assert_eq!(form.get((RequestRow::Granted, Applicant::Total)).unwrap().figure(), Figure::Missing);
    /// assert!(form.get(Indicator::Complaints).is_none());
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[must_use]
    pub fn get(&self, id: impl Into<CellId>) -> Option<&Cell> {
        let id = id.into();
        match self.version().position(id) {
            Some(at) => self.values().own.get(at),
            None => self.values().foreign.iter().find(|(spec, _)| spec.id == id).map(|(_, cell)| cell),
        }
    }

    /// Table 二, 主动公开政府信息情况; `None` before 2019.
    #[must_use]
    pub fn disclosure(&self) -> Option<DisclosureTable<'_>> {
        self.has(Table::ActiveDisclosure).then_some(DisclosureTable(self))
    }

    /// Table 三, 收到和处理政府信息公开申请情况; `None` before 2019.
    #[must_use]
    pub fn requests(&self) -> Option<RequestsTable<'_>> {
        self.has(Table::Requests).then_some(RequestsTable(self))
    }

    /// Table 四, 政府信息公开行政复议、行政诉讼情况; `None` before 2019.
    #[must_use]
    pub fn review_litigation(&self) -> Option<ReviewTable<'_>> {
        self.has(Table::ReviewLitigation).then_some(ReviewTable(self))
    }

    /// 政府信息公开情况统计表; `None` since 2019.
    #[must_use]
    pub fn statistics(&self) -> Option<StatisticsTable<'_>> {
        self.has(Table::Statistics).then_some(StatisticsTable(self))
    }

    fn has(&self, table: Table) -> bool {
        self.version().blocks().any(|block| block.table == table)
    }
}

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident ($($argument:ident: $kind:ty),+);)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'f>(&'f Form);

        impl<'f> $name<'f> {
            /// One cell; `None` where the version has no such cell.
            #[must_use]
            pub fn get(self, $($argument: $kind),+) -> Option<&'f Cell> {
                self.0.get(($($argument),+))
            }
        }
    )+};
}

tables! {
    /// Table 二 of a form: rows of Article 20 by measures.
    ///
    /// ```
    /// use gongkai::form::{DisclosureMeasure, DisclosureRow};
    ///
    /// let report = gongkai::parse("信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 | 0 | 3 |\n")?;
    /// let table = report.form().unwrap().disclosure().unwrap();
    /// assert_eq!(table.get(DisclosureRow::Rules, DisclosureMeasure::InForce).unwrap().number(), Some(3.into()));
    /// // 规章 has no 本年收费金额.
    /// assert!(table.get(DisclosureRow::Rules, DisclosureMeasure::FeesCollected).is_none());
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    DisclosureTable(row: DisclosureRow, column: DisclosureMeasure);
    /// Table 三 of a form: outcomes by applicants.
    ///
    /// ```
    /// use gongkai::form::{Applicant, RequestRow};
    ///
    /// let report = gongkai::parse("一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 1 | 4 |\n")?;
    /// let table = report.form().unwrap().requests().unwrap();
    /// let of = |applicant| table.get(RequestRow::NewReceived, applicant).unwrap().number();
    /// assert_eq!((of(Applicant::NaturalPerson), of(Applicant::OtherOrganization)), (Some(3.into()), Some(1.into())));
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    RequestsTable(row: RequestRow, column: Applicant);
    /// Table 四 of a form: proceedings by outcomes.
    ///
    /// ```
    /// use gongkai::form::{Figure, Form, Proceeding, ReviewOutcome, SchemaVersion};
    ///
    /// let pending = (Proceeding::AdministrativeReview, ReviewOutcome::Pending);
    /// let form = Form::from_cells(SchemaVersion::V2021, [(pending.into(), Figure::Number(2.into()), None)]);
    /// assert_eq!(form.review_litigation().unwrap().get(pending.0, pending.1).unwrap().number(), Some(2.into()));
    /// ```
    ReviewTable(row: Proceeding, column: ReviewOutcome);
    /// The pre-2019 table: one figure an indicator.
    ///
    /// ```
    /// use gongkai::form::Indicator;
    ///
    /// let report = gongkai::parse("（三）接受培训人员数 | 人次 | 14 |\n")?;
    /// let table = report.form().unwrap().statistics().unwrap();
    /// assert_eq!(table.get(Indicator::TrainingTrainees).unwrap().number(), Some(14.into()));
    /// assert!(table.get(Indicator::Training).is_none()); // a heading
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    StatisticsTable(row: Indicator);
}
