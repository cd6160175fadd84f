//! What styles say of an element, as far as it changes which figures a page shows.
//!
//! | declaration | the element is |
//! | --- | --- |
//! | `display: none`, `visibility: hidden`, `opacity: 0`, `font-size: 0`, `left: -9999px`, `clip-path: inset(50%)`, `clip: rect(0,0,0,0)` where it is `position: absolute` | not shown |
//! | `text-decoration: line-through`, `vertical-align: super`, `display: block`, `float`, `position: absolute`, `clip: rect(0,0,0,0)` | apart from what stands beside it |

use std::collections::HashMap;

/// How an element is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Look {
    pub hidden: bool,
    /// Whether it is no part of the text around it: a footnote's mark, what is struck out.
    pub apart: bool,
    /// Whether a class that style sheets hide names it, and the page may show it after all.
    pub named: bool,
}

impl Look {
    /// What one or the other says.
    pub(super) const fn or(self, other: Self) -> Self {
        Self {
            hidden: self.hidden || other.hidden,
            apart: self.apart || other.apart,
            named: self.named || other.named,
        }
    }

    /// What the declarations of a `style` say.
    pub(super) fn of(style: &[u8]) -> Self {
        let declarations = style.split(|byte| *byte == b';');
        let parts =
            declarations.filter_map(|declaration| core::str::from_utf8(declaration).ok()?.split_once(':'));
        let (mut look, mut clipped, mut positioned) = (Self::default(), false, false);
        for (name, value) in parts {
            let name = name.trim().to_ascii_lowercase();
            let value = value.split('!').next().unwrap_or_default().trim().to_ascii_lowercase();
            look = look.or(Self::declared(&name, &value));
            clipped |= name == "clip" && is_nothing(&value);
            positioned |= name == "position" && is_positioned(&value);
        }
        // `clip` cuts off only what is positioned.
        look.or(Self { hidden: clipped && positioned, apart: clipped, named: false })
    }

    fn declared(name: &str, value: &str) -> Self {
        let hidden = match name {
            "display" => value == "none",
            "visibility" => matches!(value, "hidden" | "collapse"),
            "mso-hide" => value == "all",
            "opacity" | "font-size" => length(value) == Some(0.0),
            "left" | "top" | "text-indent" | "margin-left" => {
                length(value).is_some_and(|length| length <= FAR)
            }
            "clip-path" => is_cut_off(value),
            _ => false,
        };
        let apart = match name {
            "text-decoration" | "text-decoration-line" => value.contains("line-through"),
            "vertical-align" => matches!(value, "super" | "sub"),
            "display" => matches!(value, "block" | "list-item" | "flex" | "grid"),
            "float" => value != "none",
            "position" => is_positioned(value),
            _ => false,
        };
        Self { hidden, apart, named: false }
    }
}

fn is_positioned(value: &str) -> bool {
    matches!(value, "absolute" | "fixed")
}

/// Whether a `rect(top, right, bottom, left)` holds nothing.
fn is_nothing(rect: &str) -> bool {
    let Some(inner) = rect.strip_prefix("rect(").and_then(|rest| rest.strip_suffix(')')) else {
        return false;
    };
    let mut edges = inner.split([',', ' ']).filter(|edge| !edge.is_empty()).map(length);
    match (edges.next(), edges.next(), edges.next(), edges.next()) {
        (Some(Some(top)), Some(Some(right)), Some(Some(bottom)), Some(Some(left))) => {
            bottom <= top || right <= left
        }
        _ => false,
    }
}

/// Whether a `clip-path` cuts off all: half of it or more from each side.
fn is_cut_off(path: &str) -> bool {
    let Some(inner) = path.strip_prefix("inset(").and_then(|rest| rest.strip_suffix(')')) else {
        return false;
    };
    let mut sides = inner.split_ascii_whitespace();
    let half = |side: &str| side.ends_with('%') && length(side).is_some_and(|length| length >= 50.0);
    sides.clone().next().is_some() && sides.all(half)
}

/// So far to the left of the page nothing is seen.
const FAR: f64 = -999.0;

/// The number that a length begins with: `-9999px`, `0`, `0.0em`.
fn length(value: &str) -> Option<f64> {
    let end =
        value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))).unwrap_or(value.len());
    value.get(..end)?.parse().ok()
}

/// What the `style` elements of a page say of classes. Of rules with more than a class only the last one counts, and what they
/// hide is apart at least.
#[derive(Debug, Default)]
pub(super) struct Classes(HashMap<String, Look>);

impl Classes {
    /// Takes up the rules of a style sheet.
    pub(super) fn add(&mut self, sheet: &str) {
        let mut conditional = false;
        for rule in sheet.split('}') {
            // `@media print {` stands before the rules it is for.
            let Some((selectors, declarations)) = rule.rsplit_once('{') else {
                conditional = false;
                continue;
            };
            conditional |= selectors.contains('@');
            let look = Look::of(declarations.as_bytes());
            if look == Look::default() {
                continue;
            }
            for selector in selectors.rsplit(['{', '/']).next().unwrap_or_default().split(',') {
                let selector = selector.trim();
                let Some((before, class)) = selector.rsplit_once('.') else { continue };
                let plain = !conditional && before.bytes().all(|byte| byte.is_ascii_alphanumeric());
                let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
                if class.is_empty() || !class.chars().all(is_name) {
                    continue;
                }
                let look = if plain { look } else { Look { apart: true, ..Look::default() } };
                let known = self.0.entry(class.to_owned()).or_default();
                *known = known.or(look);
            }
        }
    }

    /// What they say of an element with such a `class` attribute.
    pub(super) fn look(&self, class: &[u8]) -> Look {
        if self.0.is_empty() {
            return Look::default();
        }
        let names = core::str::from_utf8(class).unwrap_or_default().split_ascii_whitespace();
        names.filter_map(|name| self.0.get(name)).fold(Look::default(), |look, known| look.or(*known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HIDDEN: Look = Look { hidden: true, apart: false, named: false };
    const APART: Look = Look { hidden: false, apart: true, named: false };

    #[test]
    fn declarations() {
        for style in [
            "display:none",
            "DISPLAY : None !important",
            "opacity:0",
            "font-size:0px",
            "left:-9999px; top:0",
            "visibility:collapse",
            "clip-path:inset(50%)",
            "clip-path: inset(100% 50%)",
            "clip:rect(0,0,0,0); position:absolute",
            "position:absolute;clip: rect(1px 1px 1px 1px)",
        ] {
            assert!(Look::of(style.as_bytes()).hidden, "{style}");
        }
        for style in [
            "text-decoration:line-through",
            "vertical-align: super",
            "display:block",
            "float:left",
            "clip:rect(0,0,0,0)",
        ] {
            assert_eq!(Look::of(style.as_bytes()), APART, "{style}");
        }
        for style in [
            "",
            "color:red",
            "font-size:10.5pt",
            "opacity:0.9",
            "display:inline",
            "margin-left:-5px",
            "vertical-align:middle",
            "clip-path:inset(5%)",
            "clip-path:inset(50% 0)",
            "clip-path:none",
            "clip:rect(0,20px,20px,0)",
            "clip:auto",
        ] {
            assert_eq!(Look::of(style.as_bytes()), Look::default(), "{style}");
        }
    }

    #[test]
    fn rules_of_classes() {
        let mut classes = Classes::default();
        classes.add("/* a */ .h, span.x { display:none } p{color:red} .old .y{display:none}\n@media print { .z { display:none } .w{color:red} } .v{display:none}");
        for (class, look) in [
            ("h", HIDDEN),
            ("x", HIDDEN),
            ("y", APART),
            ("z", APART),
            ("v", HIDDEN),
            ("w", Look::default()),
            ("a h", HIDDEN),
        ] {
            assert_eq!(classes.look(class.as_bytes()), look, "{class}");
        }
    }
}
