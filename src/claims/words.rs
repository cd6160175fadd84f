//! Words around a figure: its measure word, what may stand between, and what follows.

use arrayvec::ArrayVec;

use super::subject::Step;
use crate::form::Unit;
use crate::glyph::canonical;
use crate::grammar::figure::unit;
use crate::grammar::is_space;

/// So many characters before a figure can say what it is about: the longest wording with all that may stand in it.
pub(super) const LOOK_BACK: usize = 64;
/// An inline pinyin annotation has no more characters than this, its closing bracket among them: (zhuàng).
pub(super) const MAX_ANNOTATION: usize = 8;
/// A word behind the figure stands within so many characters.
const LOOK_AHEAD: usize = 24;

/// The measure word that `text` begins with: the word, its unit, and what follows.
pub(super) fn measure(text: &str) -> Option<(char, Option<Unit>, &str)> {
    let text = text.trim_start_matches(is_space);
    let first = text.chars().next()?;
    let measure = canonical(first);
    let (behind, unit) = match unit(text) {
        Ok((behind, unit)) => (behind, Some(unit)),
        Err(_) if matches!(measure, '场' | '期' | '批') => (text.get(first.len_utf8()..)?, None),
        Err(_) => return None,
    };
    // 一次性, 条例: no measure words.
    let is_other_word = matches!((measure, behind.chars().next()), ('次', Some('性')) | ('条', Some('例')));
    (!is_other_word).then_some((measure, unit, behind))
}

/// Quotation marks and the like, which stand within wordings: 收到“依申请公开”申请.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '*' | '“' | '”' | '‘' | '’' | '「' | '」')
}

/// The length of the pinyin annotation that `text` begins with: (gōng).
pub(super) fn annotation(text: &str) -> Option<usize> {
    for (letters, (at, c)) in text.char_indices().skip(1).take(MAX_ANNOTATION).enumerate() {
        match c {
            ')' | '）' if letters > 0 => return at.checked_add(c.len_utf8()),
            'a'..='z' | 'à'..='ü' | 'ā'..='ǜ' => {}
            _ => return None,
        }
    }
    None
}

/// How far a word of `step` reaches into `text`, with nothing before it but characters that may stand there.
pub(super) fn follows(step: &Step, text: &str) -> Option<usize> {
    let mut keys: ArrayVec<(char, usize), LOOK_AHEAD> = ArrayVec::new();
    let mut at = 0_usize;
    while !keys.is_full()
        && let Some(rest) = text.get(at..)
        && let Some(c) = rest.chars().next()
    {
        if matches!(c, '(' | '（')
            && let Some(len) = annotation(rest)
        {
            at = at.saturating_add(len);
            continue;
        }
        at = at.saturating_add(c.len_utf8());
        if !is_space(c) {
            let key = canonical(c);
            let begins = |word: &&str| word.starts_with(key);
            if keys.is_empty() && !step.words.iter().any(begins) && !step.between.contains(key) {
                return None;
            }
            keys.push((key, at));
        }
    }
    for from in 0..keys.len() {
        for word in step.words {
            let letters = keys.get(from..).unwrap_or_default();
            let count = word.chars().count();
            if word.chars().eq(letters.iter().take(count).map(|(c, _)| *c)) {
                return keys.get(from.saturating_add(count).saturating_sub(1)).map(|(_, end)| *end);
            }
        }
        if !step.between.contains(keys.get(from)?.0) {
            return None;
        }
    }
    None
}
