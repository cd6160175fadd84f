//! `src/glyph/readings.rs` and `src/glyph/simplified.rs` are generated, and this module is their generator: every run
//! rebuilds them from their oracles and compares; `GONGKAI_UPDATE=1 cargo test --test it glyph_tables` rewrites them.
//!
//! | table | holds | oracle |
//! | --- | --- | --- |
//! | readings | the pinyin of every character of GB 2312 and of every Simplified form, all readings, as of Traditional characters whose Simplified form is longer; of a Traditional character only what its Simplified form does not have | the `pinyin` crate (MIT), whose data are pinyin-data's |
//! | simplified | what OpenCC's `t2s` makes of a character alone, where both are three bytes of UTF-8 | `ferrous-opencc` (Apache-2.0), and with the feature `opencc` the OpenCC library |

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use pinyin::ToPinyinMulti as _;

/// Pairs of a line of the source.
const PER_LINE: usize = 24;

/// What OpenCC's `t2s` makes of every character by itself, where that is another one.
fn all_conversions() -> BTreeMap<char, char> {
    let library = OpenCC::from_config(BuiltinConfig::T2s).unwrap();
    let one =
        |c: char| Some(library.convert(&c.to_string())).filter(|s| s.chars().count() == 1)?.chars().next();
    let pairs = ('\u{3400}'..='\u{9fff}').filter_map(|c| Some((c, one(c)?)));
    pairs.filter(|(from, to)| from != to).collect()
}

/// Those of the same length.
fn conversions() -> BTreeMap<char, char> {
    all_conversions().into_iter().filter(|(_, to)| to.len_utf8() == 3).collect()
}

/// The toned readings of a character.
pub fn readings_of(c: char) -> Vec<String> {
    let multi = c.to_pinyin_multi();
    multi.into_iter().flatten().map(|reading| reading.with_tone().to_owned()).collect()
}

/// Whether GB 2312, the repertoire of everyday Simplified text, has the character.
fn is_gb2312(c: char) -> bool {
    let text = c.to_string();
    let (bytes, _, lossy) = encoding_rs::GBK.encode(&text);
    !lossy && matches!(bytes[..], [0xb0..=0xf7, 0xa1..=0xfe])
}

/// A syllable without its tone, and the tone; 0 for the light one.
pub fn split_tone(reading: &str) -> (String, char) {
    let mut tone = '0';
    let plain = reading
        .chars()
        .map(|c| {
            let found = TONED.iter().find_map(|(plain, toned)| {
                toned.chars().position(|other| other == c).map(|at| (*plain, ['1', '2', '3', '4'][at]))
            });
            found.map_or(c, |(plain, of)| {
                tone = of;
                plain
            })
        })
        .collect();
    (plain, tone)
}

const TONED: [(char, &str); 8] = [
    ('a', "āáǎà"),
    ('e', "ēéěè"),
    ('i', "īíǐì"),
    ('o', "ōóǒò"),
    ('u', "ūúǔù"),
    ('ü', "ǖǘǚǜ"),
    ('n', "\u{1}ńňǹ"),
    ('m', "\u{1}ḿ"),
];

/// Syllable, tone, characters.
fn readings() -> BTreeMap<String, BTreeMap<char, BTreeSet<char>>> {
    let conversions = conversions();
    let mut plain: BTreeSet<char> = ('\u{4e00}'..='\u{9fff}').filter(|c| is_gb2312(*c)).collect();
    plain.extend(conversions.values());
    plain.extend(all_conversions().into_keys().filter(|c| !conversions.contains_key(c)));
    let mut table: BTreeMap<String, BTreeMap<char, BTreeSet<char>>> = BTreeMap::new();
    let mut add = |reading: &str, c: char| {
        let (syllable, tone) = split_tone(reading);
        if syllable.chars().all(|c| matches!(c, 'a'..='z' | 'ü')) {
            table.entry(syllable).or_default().entry(tone).or_default().insert(c);
        }
    };
    for &c in &plain {
        readings_of(c).iter().for_each(|reading| add(reading, c));
    }
    for (&traditional, &simplified) in conversions.iter().filter(|(c, _)| !plain.contains(c)) {
        let known = readings_of(simplified);
        readings_of(traditional).iter().filter(|r| !known.contains(r)).for_each(|r| add(r, traditional));
    }
    table
}

fn render_readings() -> String {
    let mut text = String::from(READINGS_HEADER);
    for (syllable, tones) in readings() {
        let mut value = String::new();
        for (tone, characters) in tones {
            value.push(tone);
            value.extend(characters);
        }
        writeln!(text, "    (\"{syllable}\", \"{value}\"),").unwrap();
    }
    text + "];\n"
}

fn render_simplified() -> String {
    let mut text = String::from(SIMPLIFIED_HEADER);
    let pairs: Vec<(char, char)> = conversions().into_iter().collect();
    for line in pairs.chunks(PER_LINE) {
        let line: String = line.iter().flat_map(|&(from, to)| [from, to]).collect();
        writeln!(text, "    {line}\\").unwrap();
    }
    text + "\";\n"
}

const READINGS_HEADER: &str = "\
//! Generated, do not edit: `GONGKAI_UPDATE=1 cargo test --test it glyph_tables` rewrites this file, a plain test
//! run compares, and `tests/it/glyph_tables.rs` says how.
//!
//! Sources: pinyin-data as in the crate pinyin 0.11 (MIT); OpenCC's dictionaries as in ferrous-opencc 0.4.0 (Apache-2.0).

/// Syllables in order, and behind each tone (`0` for the light one) the characters read so. A Traditional character stands
/// here only with readings that its Simplified form does not have.
#[rustfmt::skip]
pub(crate) const READINGS: &[(&str, &str)] = &[
";

const SIMPLIFIED_HEADER: &str = "\
//! Generated, do not edit: `GONGKAI_UPDATE=1 cargo test --test it glyph_tables` rewrites this file, a plain test
//! run compares, and `tests/it/glyph_tables.rs` says how.
//!
//! Source: OpenCC's dictionaries as in ferrous-opencc 0.4.0 (Apache-2.0).

/// Each Traditional character that OpenCC's `t2s` changes when it stands alone, in order, and behind it what it becomes.
/// Both have three bytes in UTF-8.
#[rustfmt::skip]
pub(crate) const SIMPLIFIED: &str = \"\\
";

fn check(path: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("GONGKAI_UPDATE").is_some() {
        std::fs::write(&file, expected).unwrap();
    }
    let actual = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(expected == actual, "{path} is out of date: GONGKAI_UPDATE=1 cargo test --test it glyph_tables");
}

#[test]
fn readings_are_those_of_the_oracle() {
    check("src/glyph/readings.rs", &render_readings());
}

#[test]
fn conversions_are_those_of_the_oracle() {
    check("src/glyph/simplified.rs", &render_simplified());
}

/// The OpenCC library on the machine, of whatever version, contradicts few entries.
#[cfg(feature = "opencc")]
#[test]
fn the_opencc_library_agrees() {
    let library = opencc_rust::OpenCC::new(opencc_rust::DefaultConfig::T2S).unwrap();
    let differing: Vec<(char, char)> = conversions()
        .into_iter()
        .filter(|(from, to)| {
            let converted = library.convert(from.to_string());
            converted != to.to_string() && converted != from.to_string()
        })
        .collect();
    assert!(differing.is_empty(), "{differing:?}");
}
