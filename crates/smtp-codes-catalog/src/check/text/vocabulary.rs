//! The value is one of the closed list.

use super::TextAt;
use crate::report::suggest::did_you_mean;
use crate::report::{Code, Diagnostic};

/// How many values of a list are told where none is near.
const TOLD: usize = 10;

pub(super) fn check(list: &[String], at: TextAt<'_>) -> Option<Diagnostic> {
    if list.iter().any(|value| value == at.text) {
        return None;
    }
    let help = did_you_mean(at.text, list.iter().map(String::as_str)).unwrap_or_else(|| {
        let told: Vec<_> = list.iter().take(TOLD).map(|value| format!("`{value}`")).collect();
        let more = if list.len() > TOLD {
            format!(" and {} more", list.len() - TOLD)
        } else {
            String::new()
        };
        format!("the values are {}{more}", told.join(", "))
    });
    let message = format!("`{}` takes no value `{}`", at.key, at.text);
    Some(
        Diagnostic::new(Code::NotInList, at.span, message)
            .label("not in the closed list")
            .help(help),
    )
}

#[cfg(test)]
mod tests {
    use super::super::alone;

    #[test]
    fn values_of_the_list_only() {
        let list = ["hard".to_owned(), "soft".to_owned()];
        assert_eq!(alone(|at| super::check(&list, at), "hard"), None);
        assert_eq!(
            alone(|at| super::check(&list, at), "Hard"),
            Some(("E0030", "Hard".into()))
        );
    }
}
