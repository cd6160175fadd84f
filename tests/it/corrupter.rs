//! How the pages get damaged, as a program: what is read from a damaged report is compared with the clean one.
//!
//! | step | what |
//! | --- | --- |
//! | 1 | Simplified to Traditional, one character at a time |
//! | 2 | GBK |
//! | 3 | each pair of bytes on a list gets an annotation behind it, wherever characters begin; full-width `，！？` become ASCII the same way |
//! | 4 | a decoder prints `?` for a first byte without its second one, and takes the bracket behind it along |
//! | 5 | NFKC, as the extractor does |
//!
//! The list is applied entry by entry: an annotation that is there already parts the bytes for later entries.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use gongkai::form::Figure;
use gongkai::glyph::{Cleaner, Rule};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::corpus::{corpus, numbered_twin};
use super::glyph_tables::readings_of;

/// Traditional characters that conversion changes, with a reading: what such lists are made of.
static LIST: LazyLock<Vec<([u8; 2], String)>> = LazyLock::new(|| {
    let library = OpenCC::from_config(BuiltinConfig::T2s).unwrap();
    let changed = ('\u{4e00}'..='\u{9fff}').filter(|c| library.convert(&c.to_string()) != c.to_string());
    changed.filter_map(|c| Some((gbk(c)?, readings_of(c).into_iter().next()?))).collect()
});

static TRADITIONAL: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let library = OpenCC::from_config(BuiltinConfig::S2t).unwrap();
    let one = |c: char| library.convert(&c.to_string()).chars().next().unwrap();
    ('\u{4e00}'..='\u{9fff}').map(|c| (c, one(c))).filter(|(c, t)| c != t && gbk(*t).is_some()).collect()
});

fn gbk(c: char) -> Option<[u8; 2]> {
    let text = c.to_string();
    let (bytes, _, lossy) = encoding_rs::GBK.encode(&text);
    if lossy { None } else { <[u8; 2]>::try_from(&bytes[..]).ok() }
}

/// A list, cut down to `percent` of its entries, in an order of its own.
pub struct Damage {
    annotations: HashMap<[u8; 2], (u64, &'static str)>,
    punctuation: bool,
}

impl Damage {
    pub fn new(percent: u64, seed: u64) -> Self {
        let mix = |pair: [u8; 2], salt: u64| {
            let mut x = u64::from(u16::from_be_bytes(pair)) ^ salt.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            for _ in 0..3 {
                x ^= x >> 31;
                x = x.wrapping_mul(0xD6E8_FEB8_6659_FD93);
            }
            x ^ (x >> 29)
        };
        let kept = LIST.iter().filter(|(pair, _)| mix(*pair, seed) % 100 < percent);
        Self {
            annotations: kept.map(|(pair, reading)| (*pair, (mix(*pair, !seed), reading.as_str()))).collect(),
            punctuation: seed.is_multiple_of(2),
        }
    }
}

/// A damaged text.
#[derive(Default)]
pub struct Damaged {
    pub text: String,
    /// The Traditional text before its bytes were replaced, in GBK.
    bytes: Vec<u8>,
    /// The byte of it that each byte of `text` comes from.
    origins: Vec<usize>,
    /// Where damage begins that does not lie in other damage.
    marks: BTreeMap<usize, Mark>,
}

impl Damaged {
    fn push(&mut self, c: char, origin: usize) {
        for c in [c].into_iter().nfkc() {
            self.text.push(c);
            self.origins.resize(self.text.len(), origin);
        }
    }

    fn push_str(&mut self, text: &str, origin: usize) {
        text.chars().for_each(|c| self.push(c, origin));
    }

    /// The Traditional text of a part of the damaged one; `None` where it begins or ends inside a character.
    fn truth(&self, from: usize, to: usize) -> Option<String> {
        let origin = |at: usize| self.origins.get(at).copied().unwrap_or(self.bytes.len());
        let (text, _, malformed) = encoding_rs::GBK.decode(self.bytes.get(origin(from)..origin(to))?);
        (!malformed).then(|| text.nfkc().collect())
    }
}

/// Damages a text.
pub fn corrupt(text: &str, damage: &Damage) -> Damaged {
    let mut out = Damaged::default();
    // Cells are elements of the page, and lines paragraphs: nothing reaches across.
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['|', '\n']).unwrap_or(rest.len());
        corrupt_piece(&rest[..end], damage, &mut out);
        let mark = &rest[end..(end + 1).min(rest.len())];
        let origin = out.bytes.len();
        out.bytes.extend(mark.bytes());
        out.push_str(mark, origin);
        rest = &rest[end + mark.len()..];
    }
    out
}

fn corrupt_piece(piece: &str, damage: &Damage, out: &mut Damaged) {
    let base = out.bytes.len();
    let mut whole = BTreeSet::new();
    for c in piece.chars() {
        whole.insert(out.bytes.len());
        let c = TRADITIONAL.get(&c).copied().unwrap_or(c);
        match gbk(c) {
            Some(pair) => out.bytes.extend(pair),
            None => out.bytes.push(u8::try_from(c).unwrap_or(b' ')),
        }
    }
    whole.insert(out.bytes.len());
    let stream = replaced(&out.bytes[base..], damage);
    let origin = |at: usize| base + stream.get(at).map_or(out.bytes.len() - base, |byte| byte.origin);
    let mut decoded: Vec<(String, usize)> = Vec::new();
    let mut marks: Vec<(usize, Mark)> = Vec::new();
    let mut at = 0;
    while let Some(&Byte { byte, mark, .. }) = stream.get(at) {
        let next = stream.get(at + 1);
        let pair = next.map(|next| [byte, next.byte]).filter(|_| byte >= 0x80);
        let c = pair.and_then(|pair| {
            encoding_rs::GBK
                .decode_without_bom_handling_and_without_replacement(&pair)
                .and_then(|text| text.chars().next())
        });
        let here = (decoded.len(), origin(at));
        match c {
            Some(c) => {
                decoded.push((c.to_string(), here.1));
                at += 2;
            }
            None if byte < 0x80 => {
                if mark == Some(Mark::Annotation) && whole.contains(&here.1) {
                    marks.push((here.0, Mark::Annotation));
                }
                decoded.push((char::from(byte).to_string(), here.1));
                at += 1;
            }
            None => {
                let lost = next.and_then(|next| next.mark);
                if whole.contains(&here.1) {
                    let torn = if lost == Some(Mark::Annotation) { Mark::Straddle } else { Mark::Split };
                    marks.extend(lost.map(|_| (here.0, torn)));
                }
                decoded.push(("?".to_owned(), here.1));
                at += if lost == Some(Mark::Annotation) { 2 } else { 1 };
            }
        }
    }
    let mut marks = marks.into_iter().peekable();
    for (at, (text, origin)) in decoded.into_iter().enumerate() {
        if let Some((_, mark)) = marks.next_if(|(place, _)| *place == at) {
            out.marks.insert(out.text.len(), mark);
        }
        out.push_str(&text, origin);
    }
}

/// Where damage begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    /// An annotation behind a whole character.
    Annotation,
    /// A first byte with an annotation behind it.
    Straddle,
    /// A first byte with half of a full-width mark behind it.
    Split,
}

#[derive(Clone, Copy)]
struct Byte {
    byte: u8,
    /// The place in the bytes before; of an annotation that behind it.
    origin: usize,
    mark: Option<Mark>,
}

/// Step 3.
fn replaced(bytes: &[u8], damage: &Damage) -> Vec<Byte> {
    let pair = |at: usize| Some([*bytes.get(at)?, *bytes.get(at + 1)?]);
    let mut stream = Vec::new();
    let (mut at, mut before) = (0, None);
    while let Some(&byte) = bytes.get(at) {
        // An entry that came earlier parts this byte from the one before, so that later entries do not see the two.
        let entry = at.checked_sub(1).and_then(pair).and_then(|pair| damage.annotations.get(&pair));
        let entry = entry.filter(|(rank, _)| before.is_none_or(|before| before > *rank));
        before = entry.map(|(rank, _)| *rank);
        if let (Some([0xA3, mark @ (0xAC | 0xA1 | 0xBF)]), true, None) = (pair(at), damage.punctuation, entry)
        {
            stream.push(Byte { byte: mark - 0x80, origin: at, mark: Some(Mark::Split) });
            (at, before) = (at + 2, None);
            continue;
        }
        stream.push(Byte { byte, origin: at, mark: None });
        at += 1;
        if let Some((_, reading)) = entry {
            let annotation = format!("({reading})");
            let (annotation, _, _) = encoding_rs::GBK.encode(&annotation);
            stream.extend(annotation.iter().enumerate().map(|(place, &byte)| Byte {
                byte,
                origin: at,
                mark: (place == 0).then_some(Mark::Annotation),
            }));
        }
    }
    stream
}

/// Clean reports: those of the corpus that are, with figures of their own in every cell, and one of each version.
fn reports() -> Vec<(String, String)> {
    let samples = corpus().unwrap_or_default();
    let clean = samples.iter().filter(|sample| !sample.text.contains('區') && !sample.text.contains('縣'));
    let mut reports: Vec<(String, String)> =
        clean.map(|sample| (sample.name.clone(), numbered_twin(sample).0)).collect();
    reports.extend(SEEDS.iter().map(|seed| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/parse");
        let table = std::fs::read_to_string(folder.join(seed)).unwrap();
        ((*seed).to_owned(), format!("一、总体情况\n{PROSE}{table}"))
    }));
    reports
}

const SEEDS: [&str; 3] = ["v2021_one_row_a_line.txt", "v2019_one_row_a_line.txt", "v2014_one_row_a_line.txt"];

/// Written for this test.
const PROSE: &str = "\
本局认真贯彻落实政府信息公开条例，领导高度重视。年内发布统计数据，及时回应关切。现将工作情况报告如下。
全年办理群众来信二十余件，处理结果均已答复！“阳光政务”栏目更新及时，点击量稳步增长。
强化网站维护，严格执行审核制度；组织业务培训，提升队伍能力。未发现泄密问题。
下一步，将围绕中心工作，进一步完善机制，拓宽渠道，为企业和群众提供更加优质的服务。
";

/// What became of the cells of clean reports.
#[derive(Default, Debug)]
struct Score {
    right: usize,
    /// Left open, with a finding that names the cell.
    open: usize,
    /// Another figure, with a finding that names the cell.
    flagged: usize,
    silent: Vec<String>,
}

impl Score {
    fn add(&mut self, clean: &str, damaged: &str, at: &str) {
        let (clean, damaged) = (gongkai::parse(clean).unwrap(), gongkai::parse(damaged).unwrap());
        damaged.verify().unwrap_or_else(|violation| panic!("{at}: {violation}"));
        let figures: HashMap<_, _> =
            damaged.cells().map(|(version, spec, cell)| ((version, spec.id), cell.figure())).collect();
        let named: BTreeSet<_> = damaged
            .diagnostics()
            .iter()
            .flat_map(|finding| finding.cells())
            .map(ToString::to_string)
            .collect();
        for (version, spec, cell) in clean.cells() {
            let figure = figures.get(&(version, spec.id)).copied();
            match figure {
                _ if figure == Some(cell.figure()) => self.right += 1,
                // A table that was not found at all has no cells.
                None | Some(Figure::Missing | Figure::Text) => self.open += 1,
                _ if named.contains(&spec.id.to_string()) => self.flagged += 1,
                _ => self.silent.push(format!("{at} {}: {figure:?} for {:?}", spec.id, cell.figure())),
            }
        }
    }

    fn share(&self) -> f64 {
        let all = self.right + self.open + self.flagged + self.silent.len();
        self.right as f64 / all as f64
    }
}

/// So many lists of each length.
const RUNS: u64 = 120;

#[test]
fn figures_survive() {
    let reports = reports();
    for percent in [10, 40, 100] {
        let mut score = Score::default();
        for seed in 0..RUNS {
            let damage = Damage::new(percent, seed);
            for (name, text) in &reports {
                score.add(text, &corrupt(text, &damage).text, &format!("{name} {percent} % {seed}"));
            }
        }
        println!(
            "{percent} % of {} characters, {} reports: {:.3} % right, {} open, {} flagged, {} silently wrong",
            LIST.len(),
            RUNS as usize * reports.len(),
            100.0 * score.share(),
            score.open,
            score.flagged,
            score.silent.len()
        );
        assert!(score.silent.is_empty(), "{:#?}", &score.silent[..score.silent.len().min(5)]);
        assert!(score.share() >= 0.995, "{percent} %: {:.4}", score.share());
    }
}

/// Edits of each rule: right ones, all, and places where one was due.
#[derive(Default)]
struct Rates {
    right: [usize; 3],
    made: [usize; 3],
    due: [usize; 3],
}

const RULES: [Rule; 3] = [Rule::Annotation, Rule::Split, Rule::Straddle];

#[test]
fn recall_and_precision() {
    let reports = reports();
    for percent in [10, 40, 100] {
        let mut rates = Rates::default();
        for seed in 0..RUNS / 4 {
            for (_, text) in &reports {
                let damaged = corrupt(text, &Damage::new(percent, seed));
                let cleaned = Cleaner::new().simplify(false).clean(&damaged.text);
                super::clean::check(&cleaned, &damaged.text);
                for mark in damaged.marks.values() {
                    let rule = match mark {
                        Mark::Annotation => 0,
                        Mark::Split => 1,
                        Mark::Straddle => 2,
                    };
                    rates.due[rule] += 1;
                }
                for edit in cleaned.edits() {
                    let rule = RULES.iter().position(|rule| *rule == edit.rule()).unwrap();
                    rates.made[rule] += 1;
                    let source = edit.source().range();
                    let is_due = damaged.marks.contains_key(&source.start);
                    let truth = damaged.truth(source.start, source.end);
                    let made: String = cleaned.replacement(edit).nfkc().collect();
                    rates.right[rule] += usize::from(is_due && truth.as_deref() == Some(made.as_str()));
                }
            }
        }
        for (rule, at) in RULES.iter().zip(0..) {
            let share = |of: usize| 100.0 * rates.right[at] as f64 / of.max(1) as f64;
            println!(
                "{percent} %, {rule:?}: {} due, recall {:.2} %, precision {:.2} %",
                rates.due[at],
                share(rates.due[at]),
                share(rates.made[at])
            );
        }
        assert!(rates.right[0] * 1000 >= rates.made[0] * 995);
    }
}

/// Characters that no label has been seen with, and some that labels have.
fn letter() -> impl Strategy<Value = char> {
    let letters: Vec<char> = "的了在有他这大来国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三己老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切宝".chars().collect();
    prop::sample::select(letters)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Damage of any list, over any text: cleaning keeps its promises, whatever it makes of it.
    #[test]
    fn any_damage(text in prop::collection::vec(prop_oneof![8 => letter(), 1 => prop::sample::select("，。！？、“”（）\n|a1".chars().collect::<Vec<_>>())], 0..80), percent in 0_u64..=100, seed: u64) {
        let text: String = text.into_iter().collect();
        let damaged = corrupt(&text, &Damage::new(percent, seed));
        let cleaned = gongkai::glyph::clean(&damaged.text);
        super::clean::check(&cleaned, &damaged.text);
        prop_assert!(gongkai::parse(&damaged.text).unwrap().verify().is_ok());
    }

    /// Clean text with real question marks and brackets stays as it is.
    #[test]
    fn clean_text(text in prop::collection::vec(prop_oneof![12 => letter().prop_map(String::from), 1 => prop::sample::select(vec!["?", "?,", "?!", "??", "(A)", "(服务)", "(一)", "、", "。", "？", "(ok)", "OK", "?F", "3"]).prop_map(String::from)], 0..120)) {
        let text = text.concat();
        let cleaned = gongkai::glyph::clean(&text);
        prop_assert!(cleaned.is_unchanged(), "{:?}", cleaned.edits());
        prop_assert!(cleaned.doubts().is_empty());
    }
}

/// A label with one character in place of another is none, torn or whole.
#[test]
fn no_mutant_is_accepted() {
    use gongkai::form::SchemaVersion;
    let others: Vec<char> =
        "国来说们为子你道也得那要下会着过家学对可里么心多天而能好都然没于起还发".chars().collect();
    let labels: BTreeSet<&str> =
        SchemaVersion::V2014.blocks().flat_map(|block| block.rows).map(|row| row.label).collect();
    let is_row = |label: &str| {
        let text = format!("统计指标 | 单位 | 统计数 |\n{label} | 件 | 7 |\n");
        let report = gongkai::parse(&text).unwrap();
        report.cells().any(|(_, _, cell)| cell.figure() == Figure::Number(7.into()))
    };
    let (mut torn, mut accepted, mut found, mut whole) = (0, Vec::new(), 0, 0);
    for seed in 0..12 {
        let damage = Damage::new(100, seed * 2 + 1);
        for label in &labels {
            let damaged = corrupt(label, &damage).text;
            if damaged.contains('?') && is_row(label) {
                whole += 1;
                found += usize::from(is_row(&damaged));
            }
            let letters: Vec<char> = label.chars().collect();
            for at in 0..letters.len() {
                let mut mutant = letters.clone();
                mutant[at] = others[(at * 7 + seed as usize * 5 + letters.len()) % others.len()];
                let mutant: String = mutant.into_iter().collect();
                let damaged = corrupt(&mutant, &damage).text;
                if damaged.contains('?') && !is_row(&mutant) {
                    torn += 1;
                    if is_row(&damaged) {
                        accepted.push((mutant, damaged));
                    }
                }
            }
        }
    }
    println!("{found} of {whole} torn labels found, {} of {torn} torn mutants accepted", accepted.len());
    assert!(found * 1000 >= whole * 995 && torn > 1000);
    assert!(accepted.is_empty(), "{accepted:?}");
}
