//! Single characters to GBK and back, by table: `encoding_rs` encodes texts, and searches for each character.

use std::sync::LazyLock;

/// First bytes of a pair.
const LEADS: core::ops::RangeInclusive<u8> = 0x81..=0xFE;
/// Second bytes of a pair; 7F is none of them.
const TRAILS: core::ops::RangeInclusive<u8> = 0x40..=0xFE;

struct Table {
    /// The character of each pair; NUL for none.
    decoded: Box<[char; 1 << 16]>,
    /// The pair of each character of the basic plane; 0 for none.
    encoded: Box<[u16; 1 << 16]>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { decoded: Box::new(['\0'; 1 << 16]), encoded: Box::new([0; 1 << 16]) };
    for lead in LEADS {
        for trail in TRAILS {
            let bytes = [lead, trail];
            let Some(text) = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&bytes)
            else {
                continue;
            };
            let mut characters = text.chars();
            let (Some(c), None) = (characters.next(), characters.next()) else { continue };
            let pair = u16::from_be_bytes(bytes);
            if let Some(slot) = table.decoded.get_mut(usize::from(pair)) {
                *slot = c;
            }
            if let Some(slot) = table.encoded.get_mut(c as usize) {
                *slot = pair;
            }
        }
    }
    table
});

/// The two bytes of a character; `None` for ASCII and for what GBK does not have.
pub(crate) fn encode(c: char) -> Option<[u8; 2]> {
    let pair = *TABLE.encoded.get(c as usize)?;
    (pair != 0).then(|| pair.to_be_bytes())
}

/// The character of two bytes; `None` where GBK has none.
pub(crate) fn decode(lead: u8, trail: u8) -> Option<char> {
    let pair = u16::from_be_bytes([lead, trail]);
    TABLE.decoded.get(usize::from(pair)).copied().filter(|c| *c != '\0')
}

/// Every character of GBK with its bytes.
pub(crate) fn all() -> impl Iterator<Item = (char, [u8; 2])> {
    LEADS.flat_map(|lead| TRAILS.filter_map(move |trail| decode(lead, trail).map(|c| (c, [lead, trail]))))
}
