//! `src/glyph/variants.rs` is generated, and this module is its generator: every run rebuilds the table from
//! its oracles and compares; `GONGKAI_UPDATE=1 cargo test --test it variants` rewrites the file.
//!
//! | what can stand for a character of the form | example | oracle |
//! | --- | --- | --- |
//! | Traditional, Taiwan and Hong Kong forms | 覈 核, 佈 布, 枱 台 | OpenCC: t2s, tw2s, hk2s |
//! | Japanese forms, where t2s has no answer | 処 处, 戸 户 | OpenCC: jp2t, then t2s |
//! | compatibility ideographs, Kangxi radicals | U+F9D8 律, U+2F00 一 | NFKC |
//! | the CJK radicals supplement, CJK strokes | U+2ED4 门, U+31D0 一 | Equivalent_Unified_Ideograph |
//! | old and printer's forms | 囘 回, 稾 稿, 硏 研 | Unihan kSemanticVariant, kZVariant |
//! | what no oracle says of a lone character | 覆 复 (答覆), 祇 只 | [`BY_HAND`] |
//!
//! The characters of the form are the one line of `tests/data/form_characters.txt`: those of its labels, of
//! their known wordings, of its section titles and notes, of the lines around a report, and the numerals of
//! headings. When the form gains a character, add it there and update; then run once more, because the other
//! tests have the table as it was when they were compiled.
//!
//! OpenCC comes as `ferrous-opencc`, whose dictionaries are in the crate: each character is converted by
//! itself, so phrases do not count. With the feature `opencc` the OpenCC library itself has to agree as well.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::path::Path;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::UnicodeNormalization as _;

#[path = "../../src/glyph/variants.rs"]
mod table;

use table::VARIANTS;

const FORM_CHARACTERS: &str = include_str!("../data/form_characters.txt");
const UNIHAN_PAIRS: &str = include_str!("../data/unihan_pairs.txt");

/// Variants that no oracle gives for a character by itself.
const BY_HAND: &[(char, char)] = &[
    // 答复 is 答覆 in Traditional text, but 覆 is kept in Simplified 覆盖, and so by t2s.
    ('覆', '复'),
    // 只 and 衹 are 祇 in Taiwan and in older print, but 祇 is also a word of its own, and so kept by t2s.
    ('祇', '只'),
];

/// What Unihan's semantic variants would add, and should not: another word, or a mere component.
const NOT_VARIANTS: &[char] = &['乚', '仼', '儓', '卍', '檴', '牠'];

/// Where characters that can stand for an ideograph are found.
const BLOCKS: &[RangeInclusive<char>] = &[
    '\u{2e80}'..='\u{2fd5}',   // CJK Radicals Supplement, Kangxi Radicals
    '\u{3038}'..='\u{303a}',   // Hangzhou ten, twenty, thirty
    '\u{31c0}'..='\u{31e3}',   // CJK Strokes
    '\u{3400}'..='\u{4dbf}',   // Extension A
    '\u{4e00}'..='\u{9fff}',   // CJK Unified Ideographs
    '\u{f900}'..='\u{faff}',   // CJK Compatibility Ideographs
    '\u{20000}'..='\u{323af}', // Extensions B to H and the compatibility supplement
];

/// The table as the oracles give it, in the order in which it is written.
fn generate() -> BTreeMap<char, BTreeSet<char>> {
    let form = form_characters();
    let pairs = UnihanPairs::read();
    let candidates: Vec<char> = BLOCKS.iter().cloned().flatten().filter(|c| !form.contains(c)).collect();
    let unified: Vec<char> = candidates.iter().map(|&c| pairs.unified(c)).collect();

    let simplified = convert_each(BuiltinConfig::T2s, &unified);
    let regional = [BuiltinConfig::Tw2s, BuiltinConfig::Hk2s].map(|config| convert_each(config, &unified));
    let japanese = convert_each(BuiltinConfig::T2s, &convert_each(BuiltinConfig::Jp2t, &unified));

    let mut canonical: BTreeMap<char, char> = BY_HAND.iter().copied().collect();
    let mut unchanged = Vec::new();
    for (i, &variant) in candidates.iter().enumerate() {
        let mut readings: BTreeSet<char> = [simplified[i], regional[0][i], regional[1][i]]
            .into_iter()
            .filter(|c| form.contains(c))
            .collect();
        if readings.is_empty() && simplified[i] == unified[i] && !is_simplified(unified[i]) {
            readings.extend(Some(japanese[i]).filter(|c| form.contains(c)));
        }
        assert!(readings.len() <= 1, "{variant} (U+{:04X}) could stand for {readings:?}", u32::from(variant));
        if let Some(reading) = readings.pop_first() {
            let earlier = canonical.insert(variant, reading);
            assert!(earlier.is_none(), "{variant} needs no entry by hand");
        } else if simplified[i] == variant && !is_simplified(variant) && is_legacy(variant) {
            unchanged.push(variant);
        }
    }

    // Old forms come last: they count only for characters that OpenCC leaves alone, one step from a known one.
    let old: Vec<(char, char)> = unchanged
        .into_iter()
        .filter(|c| !NOT_VARIANTS.contains(c) && !canonical.contains_key(c))
        .filter_map(|variant| {
            let neighbours = pairs.neighbours(variant);
            let mut readings: BTreeSet<char> =
                neighbours.filter_map(|c| form.get(&c).or_else(|| canonical.get(&c)).copied()).collect();
            assert!(
                readings.len() <= 1,
                "{variant} (U+{:04X}) could stand for {readings:?}",
                u32::from(variant)
            );
            Some((variant, readings.pop_first()?))
        })
        .collect();
    canonical.extend(old);

    let mut table: BTreeMap<char, BTreeSet<char>> = BTreeMap::new();
    for (variant, reading) in canonical {
        table.entry(reading).or_default().insert(variant);
    }
    table
}

/// The text of `src/glyph/variants.rs`.
fn render(table: &BTreeMap<char, BTreeSet<char>>) -> String {
    let mut text = String::from(HEADER);
    let canonical: Vec<char> = table.keys().copied().collect();
    let traditional = convert_each(BuiltinConfig::S2t, &canonical);
    for ((canonical, variants), traditional) in table.iter().zip(traditional) {
        let variants: String = variants.iter().copied().map(literal).collect();
        writeln!(text, "    ({canonical:?}, {traditional:?}, \"{variants}\"),").unwrap();
    }
    text + "];\n"
}

const HEADER: &str = "\
//! Generated, do not edit: `GONGKAI_UPDATE=1 cargo test --test it variants` rewrites this file, a plain test
//! run compares, and `tests/it/variants.rs` says how.
//!
//! Sources: OpenCC's dictionaries as in ferrous-opencc 0.4.0 (Apache-2.0); NFKC by unicode-normalization;
//! Equivalent_Unified_Ideograph, kSemanticVariant and kZVariant of Unicode 15.0 (Unicode License v3).

/// Every character of the form that has variants, in order: itself, what OpenCC's `s2t` makes of it alone (itself
/// where that is nothing else), and all code points that can stand for it: Traditional, regional, old and compatibility forms, and radicals. A variant stands for one character only,
/// and no character of the form is a variant of another. Look-alikes outside the main block are escapes.
#[rustfmt::skip]
pub(crate) const VARIANTS: &[(char, char, &str)] = &[
";

#[test]
fn the_table_is_what_the_oracles_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/glyph/variants.rs");
    let expected = render(&generate());
    if std::env::var_os("GONGKAI_UPDATE").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    let actual = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let differing = expected.lines().zip(actual.lines()).find(|(e, a)| e != a);
    assert!(
        expected == actual,
        "src/glyph/variants.rs is out of date (GONGKAI_UPDATE=1 rewrites it): {} lines expected, {} found, first \
         difference {differing:#?}",
        expected.lines().count(),
        actual.lines().count(),
    );
}

#[test]
fn no_entry_is_ambiguous() {
    let form = form_characters();
    let mut seen = BTreeMap::new();
    assert!(VARIANTS.is_sorted_by(|(a, ..), (b, ..)| a < b), "sorted by character, each once");
    for &(canonical, traditional, variants) in VARIANTS {
        assert!(form.contains(&canonical), "{canonical} is no character of the form");
        assert!(traditional == canonical || variants.contains(traditional), "{traditional} of {canonical}");
        assert!(!variants.is_empty(), "{canonical} has no variants");
        for variant in variants.chars() {
            assert!(!form.contains(&variant), "{variant} is a character of the form itself");
            let other = seen.insert(variant, canonical);
            assert!(other.is_none(), "{variant} stands for {canonical} and for {other:?}");
        }
    }
}

#[test]
fn no_simplified_character_is_a_variant_but_those_chosen() {
    let taken: BTreeSet<char> = folds().into_keys().filter(|&c| is_simplified(c)).collect();
    // GB 2312 has these for names and old texts; in a label they are Traditional.
    let known: BTreeSet<char> = "於後覆".chars().collect();
    assert_eq!(taken, known);
}

#[test]
fn conversions_of_the_form_fold_back() {
    let folds = folds();
    for config in [
        BuiltinConfig::S2t,
        BuiltinConfig::S2tw,
        BuiltinConfig::S2hk,
        BuiltinConfig::T2s,
        BuiltinConfig::Tw2s,
        BuiltinConfig::Hk2s,
    ] {
        let form: Vec<char> = form_characters().into_iter().collect();
        assert_fold_back(&folds, &form, &convert_each(config, &form), &format!("{config:?}"));
    }
    // A page may have been converted more than once.
    let variants: Vec<char> = folds.keys().copied().collect();
    for config in [BuiltinConfig::T2s, BuiltinConfig::T2tw, BuiltinConfig::T2hk] {
        assert_fold_back(&folds, &variants, &convert_each(config, &variants), &format!("{config:?}"));
    }
}

#[test]
fn known_variants_fold() {
    let folds = folds();
    for (variants, canonical) in [
        ("覈", '核'),
        ("佈", '布'),
        ("祕", '秘'),
        ("爲為", '为'),
        ("衆眾", '众'),
        ("祇隻衹", '只'),
        ("覆複復", '复'),
        ("係繫", '系'),
        ("後", '后'),
        ("製", '制'),
        ("發髮発", '发'),
        ("機", '机'),
        ("錶", '表'),
        ("囘囬廻迴", '回'),
        ("戶戸", '户'),
        ("硏", '研'),
        ("\u{2f00}", '一'),
        ("\u{2f8f}", '行'),
    ] {
        for variant in variants.chars() {
            assert_eq!(folds.get(&variant), Some(&canonical), "{variant}");
        }
    }
}

/// GBK's ideographs that Unicode once lacked are components and rare characters, none of the form; for six of
/// them the decoder still answers with private-use code points (today U+20087, U+20089, U+200CC, U+215D7,
/// U+2298F and U+241FE).
#[test]
fn private_use_ideographs_of_gbk_stand_for_nothing() {
    let folds = folds();
    let mut private = BTreeSet::new();
    for trail in (0x40..=0x7e).chain(0x80..=0xa0) {
        for lead in 0xa8..=0xfe {
            let bytes = [lead, trail];
            let (text, _) = encoding_rs::GB18030.decode_without_bom_handling(&bytes);
            private.extend(text.chars().filter(|c| ('\u{e815}'..='\u{e864}').contains(c)));
        }
    }
    assert_eq!(
        private,
        BTreeSet::from(['\u{e816}', '\u{e817}', '\u{e818}', '\u{e831}', '\u{e83b}', '\u{e855}'])
    );
    for component in ['\u{20087}', '\u{20089}', '\u{200cc}', '\u{215d7}', '\u{2298f}', '\u{241fe}'] {
        assert_eq!(folds.get(&component), None, "{component}");
    }
    assert!(folds.keys().all(|c| !('\u{e000}'..='\u{f8ff}').contains(c)));
}

/// The OpenCC library on the machine, of whatever version, contradicts no entry.
#[cfg(feature = "opencc")]
#[test]
fn the_opencc_library_agrees() {
    use opencc_rust::{DefaultConfig, OpenCC};

    let folds = folds();
    let form: Vec<char> = form_characters().into_iter().collect();
    let variants: Vec<char> = folds.keys().copied().collect();
    let convert = |config: DefaultConfig, characters: &[char]| -> Vec<char> {
        let library = OpenCC::new(config).unwrap();
        split_lines(&library.convert(lines_of(characters)), characters.len())
    };
    for config in [DefaultConfig::S2T, DefaultConfig::S2TW, DefaultConfig::S2HK, DefaultConfig::T2S] {
        assert_fold_back(&folds, &form, &convert(config, &form), config.get_file_name());
    }
    for config in [DefaultConfig::T2S, DefaultConfig::TW2S, DefaultConfig::HK2S] {
        for (&variant, converted) in variants.iter().zip(convert(config, &variants)) {
            let expected = folds[&variant];
            assert!(
                converted == variant || fold(&folds, converted) == expected,
                "{} makes {variant} {converted}, the table {expected}",
                config.get_file_name()
            );
        }
    }
}

fn assert_fold_back(folds: &BTreeMap<char, char>, from: &[char], to: &[char], config: &str) {
    for (&before, &after) in from.iter().zip(to) {
        assert_eq!(fold(folds, after), fold(folds, before), "{config} makes {before} {after}");
    }
}

fn fold(folds: &BTreeMap<char, char>, c: char) -> char {
    folds.get(&c).copied().unwrap_or(c)
}

/// The table turned round: variant to character of the form.
fn folds() -> BTreeMap<char, char> {
    VARIANTS
        .iter()
        .flat_map(|&(canonical, _, variants)| variants.chars().map(move |v| (v, canonical)))
        .collect()
}

fn form_characters() -> BTreeSet<char> {
    let line = FORM_CHARACTERS.trim_end();
    assert!(
        line.chars().count() > 300 && line.chars().is_sorted_by(|a, b| a < b),
        "one line, sorted, no repeats"
    );
    line.chars().collect()
}

/// The pairs of `tests/data/unihan_pairs.txt`.
struct UnihanPairs {
    /// Equivalent_Unified_Ideograph.
    unified: BTreeMap<char, char>,
    /// kSemanticVariant and kZVariant, both ways.
    variants: BTreeSet<(char, char)>,
}

impl UnihanPairs {
    fn read() -> Self {
        let (mut unified, mut variants) = (BTreeMap::new(), BTreeSet::new());
        for line in UNIHAN_PAIRS.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split(' ');
            let property = fields.next().unwrap();
            let [a, b] = [fields.next(), fields.next()]
                .map(|code| char::from_u32(u32::from_str_radix(code.unwrap(), 16).unwrap()).unwrap());
            if property == "R" {
                unified.insert(a, b);
            } else {
                variants.extend([(a, b), (b, a)]);
            }
        }
        assert!(!unified.is_empty() && !variants.is_empty());
        Self { unified, variants }
    }

    /// The ideograph that a radical, stroke or compatibility form is, or the character itself.
    fn unified(&self, c: char) -> char {
        let mut normal = [c].into_iter().nfkc();
        match (normal.next(), normal.next()) {
            (Some(n), None) if n != c => n,
            _ => self.unified.get(&c).copied().unwrap_or(c),
        }
    }

    fn neighbours(&self, c: char) -> impl Iterator<Item = char> + '_ {
        self.variants.range((c, char::MIN)..=(c, char::MAX)).map(|&(_, other)| other)
    }
}

/// Whether GB 2312, the repertoire of everyday Simplified text, has the character.
fn is_simplified(c: char) -> bool {
    matches!(encode(encoding_rs::GBK, c)[..], [0xb0..=0xf7, 0xa1..=0xfe])
}

/// Whether a page in one of the older Chinese encodings can carry the character.
fn is_legacy(c: char) -> bool {
    [encoding_rs::GBK, encoding_rs::BIG5].iter().any(|encoding| encode(encoding, c).len() == 2)
}

/// The code of a character, empty if it has none.
fn encode(encoding: &'static encoding_rs::Encoding, c: char) -> Vec<u8> {
    let text = c.to_string();
    let (bytes, _, unmappable) = encoding.encode(&text);
    if unmappable { Vec::new() } else { bytes.into_owned() }
}

/// Converts each character by itself, so that no phrase of the dictionaries can match.
fn convert_each(config: BuiltinConfig, characters: &[char]) -> Vec<char> {
    let converter = OpenCC::from_config(config).unwrap();
    split_lines(&converter.convert(&lines_of(characters)), characters.len())
}

fn lines_of(characters: &[char]) -> String {
    characters.iter().flat_map(|&c| [c, '\n']).collect()
}

fn split_lines(text: &str, count: usize) -> Vec<char> {
    let converted: Vec<char> = text
        .lines()
        .map(|line| {
            let mut characters = line.chars();
            let first = characters.next().unwrap();
            assert_eq!(characters.next(), None, "one character became {line}");
            first
        })
        .collect();
    assert_eq!(converted.len(), count);
    converted
}

/// Unified ideographs of the Basic Multilingual Plane as they are, all others as escapes: they are rare, or
/// look the same as another, or do not survive an editor that normalises.
fn literal(c: char) -> String {
    if ('\u{3400}'..='\u{9fff}').contains(&c) { c.to_string() } else { c.escape_unicode().to_string() }
}
