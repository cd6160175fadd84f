//! From the decoded text back to the bytes it came from: a sparse list of runs.
//!
//! Inside a [`Run`] the width of a character in the original input follows from the
//! character alone, so that only the beginning of the run is kept. A new run begins where the
//! rule changes, and at least every [`SEGMENT`](super::decode::SEGMENT) bytes, which bounds the
//! work of one look-up.

use super::Encoding;
#[cfg(feature = "html")]
use crate::span::Span;

/// How many bytes of the input a character of a run took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    /// As many as in the text.
    Utf8,
    /// Two, or four for a surrogate pair.
    Utf16,
    /// ASCII one, everything else two (GBK, Big5).
    Double,
    /// ASCII one, everything else four (GB18030 beyond GBK).
    Quad,
    /// The run is one indivisible unit that ends where the next run begins: a malformed
    /// sequence and its U+FFFD, the euro sign from the byte 80 in GB18030, a Big5 pair that
    /// stands for two characters, a character reference of a page.
    Unit,
}

/// From `text` in the decoded text and `byte` in the input on, `width` holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    byte: usize,
    text: u32,
    width: Width,
}

/// Where each character of the text lies in the input.
///
/// Without a run, text and input are the same but for `origin` bytes (the mark) in front.
#[derive(Clone, Debug, Default)]
pub(super) struct Map {
    origin: usize,
    runs: Vec<Run>,
}

impl Map {
    /// The map of text that stands in the input as it is, from the byte `origin` on.
    pub(super) const fn identity(origin: usize) -> Self {
        Self { origin, runs: Vec::new() }
    }

    /// The same, with room for so many runs.
    pub(super) fn with_room(origin: usize, runs: usize) -> Self {
        Self { origin, runs: Vec::with_capacity(runs) }
    }

    /// Begins a run; also the end of the text, as an empty last run.
    pub(super) fn push(&mut self, text: u32, byte: usize, width: Width) {
        self.runs.push(Run { byte, text, width });
    }

    /// The runs of one well-formed piece: `bytes`, from `byte` on in the input, were decoded to
    /// `piece`, which lies at `text`.
    pub(super) fn push_piece(
        &mut self,
        encoding: Encoding,
        (text, piece): (u32, &str),
        (byte, bytes): (usize, &[u8]),
    ) {
        match encoding {
            Encoding::Utf8 => self.push(text, byte, Width::Utf8),
            Encoding::Utf16Le | Encoding::Utf16Be => self.push(text, byte, Width::Utf16),
            // Without the euro sign, which may be the byte 80 alone, a character takes 1 (ASCII),
            // 2 or 4 bytes: where the sum is that of 1 and 2, there is no 4.
            Encoding::Gb18030
                if width_of(piece, Width::Double) == bytes.len()
                    && (memchr::memchr(0x80, bytes).is_none() || !piece.contains('€')) =>
            {
                self.push(text, byte, Width::Double);
            }
            // A pair stands for one character or for two: where the sum is that of one, there
            // is no pair with two.
            Encoding::Big5 if width_of(piece, Width::Double) == bytes.len() => {
                self.push(text, byte, Width::Double);
            }
            Encoding::Gb18030 | Encoding::Big5 => {
                self.push_irregular(encoding, (text, piece), (byte, bytes));
            }
        }
    }

    /// [`Map::push_piece`], character by character. The input is well-formed, so the lead byte and
    /// the second byte tell the length of a sequence.
    fn push_irregular(
        &mut self,
        encoding: Encoding,
        (mut text, piece): (u32, &str),
        (mut byte, mut bytes): (usize, &[u8]),
    ) {
        let mut current = Width::Unit;
        let mut chars = piece.chars();
        while let (Some(char), Some(&lead)) = (chars.next(), bytes.first()) {
            let second = bytes.get(1).copied().unwrap_or_default();
            let mut units = char.len_utf8();
            let (len, width) = match (encoding, lead, second) {
                (_, ..0x80, _) if current == Width::Unit => (1, Width::Double),
                (_, ..0x80, _) => (1, current),
                (Encoding::Gb18030, 0x80, _) => (1, Width::Unit),
                (Encoding::Gb18030, _, b'0'..=b'9') => (4, Width::Quad),
                (Encoding::Big5, 0x88, 0x62 | 0x64 | 0xA3 | 0xA5) => {
                    units = units.saturating_add(chars.next().map_or(0, char::len_utf8));
                    (2, Width::Unit)
                }
                _ => (2, Width::Double),
            };
            if width != current || width == Width::Unit {
                self.push(text, byte, width);
                current = width;
            }
            // A character has at most 4 bytes, a pair of them 8.
            text = text.saturating_add(units as u32);
            byte = byte.saturating_add(len);
            bytes = bytes.get(len..).unwrap_or_default();
        }
    }

    /// The runs of `part`, a range of `text`, of which this map is that of another; it is copied to `at`.
    #[cfg(feature = "html")]
    pub(super) fn push_part(&mut self, of: &Self, text: &str, part: Span, at: u32) {
        let width = |run: usize| of.runs.get(run).map_or(Width::Utf8, |run| run.width);
        let after = of.runs.partition_point(|run| run.text <= part.start());
        self.push(at, of.byte(text, part.start() as usize, false), width(after.wrapping_sub(1)));
        for run in of.runs.iter().skip(after).take_while(|run| run.text < part.end()) {
            let offset = run.text.saturating_sub(part.start());
            self.push(at.saturating_add(offset), run.byte, run.width);
        }
    }

    /// Forgets the runs from `text` on.
    #[cfg(feature = "html")]
    pub(super) fn truncate(&mut self, text: u32) {
        let kept = self.runs.partition_point(|run| run.text < text);
        self.runs.truncate(kept);
    }

    /// How many runs there are.
    #[cfg(test)]
    pub(super) fn runs(&self) -> usize {
        self.runs.len()
    }

    /// The byte of the input that belongs to the offset `at` of `text`. Inside a unit, its beginning.
    ///
    /// With `up`, the byte behind the character that ends at `at`: inside a unit its end. Where the text leaves
    /// something of the input out, as tags, it is before that.
    pub(super) fn byte(&self, text: &str, at: usize, up: bool) -> usize {
        let after = self.runs.partition_point(|run| {
            let run = run.text as usize;
            run < at || run == at && !up
        });
        let Some(run) = after.checked_sub(1).and_then(|at| self.runs.get(at)) else {
            return self.origin.saturating_add(at);
        };
        let part = text.get(run.text as usize..at).unwrap_or_default();
        match (run.width, self.runs.get(after)) {
            (Width::Unit, Some(next)) if up && !part.is_empty() => next.byte,
            (width, _) => run.byte.saturating_add(width_of(part, width)),
        }
    }
}

/// How many bytes of the input `part` took under the rule `width`; none for a piece of a unit.
fn width_of(part: &str, width: Width) -> usize {
    // The bytes of UTF-8 that begin a character, a non-ASCII one, one outside the BMP.
    let begins = |byte: u8| u8::from(byte & 0xC0 != 0x80);
    let wide = |byte: u8| u8::from(byte >= 0xC0);
    let astral = |byte: u8| u8::from(byte >= 0xF0);
    match width {
        Width::Utf8 => part.len(),
        Width::Utf16 => sum(part, |byte| begins(byte).saturating_add(astral(byte))).saturating_mul(2),
        Width::Double => sum(part, |byte| begins(byte).saturating_add(wide(byte))),
        Width::Quad => sum(part, |byte| begins(byte).saturating_add(wide(byte)))
            .saturating_add(sum(part, wide).saturating_mul(2)),
        Width::Unit => 0,
    }
}

/// The sum of a weight of 0 to 2 over the bytes of `part`. In pieces whose sums fit a byte, so that
/// the loop becomes vector instructions.
fn sum(part: &str, weight: impl Fn(u8) -> u8) -> usize {
    let pieces = part.as_bytes().chunks(112);
    let sums = pieces.map(|piece| piece.iter().map(|&byte| weight(byte)).sum::<u8>());
    sums.map(usize::from).sum()
}
