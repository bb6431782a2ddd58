//! The text is a slug.

use super::TextAt;
use crate::report::{Code, Diagnostic};
use crate::signature::{fold_words, is_slug};

pub(super) fn check(at: TextAt<'_>) -> Option<Diagnostic> {
    if is_slug(at.text) {
        return None;
    }
    let repaired = fold_words(at.text).join("-");
    let help = is_slug(&repaired).then(|| format!("write `{repaired}`"));
    let message = format!("`{}` is not a slug", at.text);
    let label = "lower-case letters, digits and hyphens only";
    Some(
        Diagnostic::new(Code::BadSlug, at.span, message)
            .label(label)
            .maybe_help(help),
    )
}

#[cfg(test)]
mod tests {
    use super::super::alone;

    #[test]
    fn slugs() {
        for good in ["a", "0-day", "over-quota"] {
            assert_eq!(alone(super::check, good), None, "{good}");
        }
        for bad in ["Over", "a_b", "a b", "-a", "é"] {
            assert_eq!(alone(super::check, bad), Some(("E0010", bad.to_owned())));
        }
    }
}
