//! Classes by which the common style sheets hide text: a page that names one of them seldom has the sheet itself.
//!
//! Only whole classes count: `hidden-table-title` is a page's own. What a class hides on some screens only is set apart
//! from what stands beside it, as nothing tells which screen the reader has.

use super::style::Look;

/// For screen readers alone; no page shows these.
const UNSEEN: &[&str] = &[
    "a11y-hidden",
    "am-sr-only",
    "assistive-text",
    "cdk-visually-hidden",
    "element-invisible",
    "govuk-visually-hidden",
    "is-sr-only",
    "screen-reader",
    "screen-reader-only",
    "screen-reader-text",
    "show-for-sr",
    "slds-assistive-text",
    "sr-only",
    "sr-only-focusable",
    "usa-sr-only",
    "visually-hidden",
    "visually-hidden-focusable",
    "visuallyhidden",
];

/// Not shown, unless a script or a style of the page's own shows it.
const HIDDEN: &[&str] = &[
    "am-hide",
    "d-none",
    "hidden",
    "hide",
    "invisible",
    "is-hidden",
    "is-invisible",
    "layui-hide",
    "mui-hidden",
    "ng-hide",
    "slds-hide",
    "uk-hidden",
    "uk-invisible",
];

/// What a class begins with that shows or hides something on the screens that it names next.
const RESPONSIVE: &[&str] = &[
    "am-hide-",
    "am-show-",
    "d-",
    "hidden-",
    "hide-for-",
    "hide-on-",
    "is-hidden-",
    "layui-hide-",
    "layui-show-",
    "show-for-",
    "show-on-",
    "uk-hidden-",
    "uk-hidden@",
    "uk-visible-",
    "uk-visible@",
    "visible-",
];

/// The screens.
const SCREENS: &[&str] = &[
    "2xl",
    "desktop",
    "l",
    "landscape",
    "large",
    "lg",
    "m",
    "md",
    "med",
    "medium",
    "mobile",
    "phone",
    "portrait",
    "print",
    "s",
    "sm",
    "small",
    "tablet",
    "touch",
    "widescreen",
    "xl",
    "xlarge",
    "xs",
    "xxl",
    "xxlarge",
];

/// What Tailwind has behind the name of a screen: `md:hidden`, `lg:inline`.
const BEHIND_SCREEN: &[&str] = &[
    "block",
    "contents",
    "flex",
    "grid",
    "hidden",
    "inline",
    "inline-block",
    "inline-flex",
    "invisible",
    "not-sr-only",
    "sr-only",
    "table-cell",
    "visible",
];

/// What the classes of an element say of it.
pub(super) fn look(class: &[u8]) -> Look {
    let names = || core::str::from_utf8(class).unwrap_or_default().split_ascii_whitespace();
    // `d-none d-md-inline`: shown on some.
    if names().any(is_responsive) {
        return Look { apart: true, ..Look::default() };
    }
    Look {
        hidden: names().any(|name| UNSEEN.contains(&name)),
        named: names().any(|name| HIDDEN.contains(&name)),
        ..Look::default()
    }
}

/// Whether the class shows or hides something on some screens.
fn is_responsive(name: &str) -> bool {
    if let Some((screen, behind)) = name.split_once(':') {
        return SCREENS.contains(&screen) && BEHIND_SCREEN.contains(&behind);
    }
    RESPONSIVE.iter().filter_map(|prefix| name.strip_prefix(prefix)).any(|behind| {
        let screen = behind.split('-').next().unwrap_or_default();
        SCREENS.contains(&screen)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_frameworks() {
        let plain = Look::default();
        let unseen = Look { hidden: true, ..plain };
        let named = Look { named: true, ..plain };
        let apart = Look { apart: true, ..plain };
        for (class, expected) in [
            ("sr-only", unseen),
            ("note visually-hidden", unseen),
            ("screen-reader-text", unseen),
            ("d-none", named),
            ("hide", named),
            ("cell hidden", named),
            ("visible-xs", apart),
            ("hidden-xs", apart),
            ("visible-md-inline", apart),
            ("d-none d-md-inline", apart),
            ("hidden md:inline", apart),
            ("lg:hidden", apart),
            ("hide-for-small-only", apart),
            ("uk-visible@m", apart),
            ("", plain),
            ("hidden-table-title", plain),
            ("visible-text", plain),
            ("not-sr-only", plain),
            ("d-block", plain),
            ("hidden1 sr-only2 Hide", plain),
            ("md:w-full", plain),
        ] {
            assert_eq!(look(class.as_bytes()), expected, "{class}");
        }
    }
}
