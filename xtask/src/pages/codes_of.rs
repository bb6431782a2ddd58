//! The forms in which the catalogue writes codes, and the codes they stand for.

use smtp_codes::EnhancedCode;
use smtp_codes_catalog::source::Enhanced;

/// The enhanced code at the start of a text, and how many bytes it takes.
pub(crate) fn enhanced_at(text: &str) -> Option<(String, usize)> {
    EnhancedCode::read(text.as_bytes()).map(|(code, len)| (code.to_string(), len))
}

/// The codes at the start of a line of a reply (`550-5.1.1 `), and the rest of it.
pub(crate) fn split_codes(line: &str) -> (String, String) {
    let bytes = line.as_bytes();
    let mut end = 0;
    if bytes.len() >= 3
        && bytes[..3].iter().all(u8::is_ascii_digit)
        && bytes.get(3).is_none_or(|b| matches!(b, b' ' | b'-'))
    {
        end = bytes.len().min(4);
    }
    if let Some((_, len)) = line.get(end..).and_then(enhanced_at) {
        end += len;
    }
    let (codes, rest) = line.split_at_checked(end).unwrap_or(("", line));
    (codes.to_owned(), rest.to_owned())
}

/// The concrete forms of an entry, the one that is meant most first: `5.7.26` and `4.7.26` of `x.7.26`.
///
/// Servers send codes in both classes of failure, whatever the registry means; success is a form of those
/// that mean it, and of the general code of each subject.
pub(crate) fn concrete(entry: &Enhanced) -> Vec<String> {
    let form = entry.code.as_str();
    if !form.starts_with('x') {
        return vec![form.to_owned()];
    }
    let stated: Vec<&str> = entry
        .classes
        .iter()
        .flat_map(|list| list.iter())
        .map(|class| class.as_str())
        .collect();
    let meant = |class: &&str| stated.is_empty() || stated.contains(class);
    let mut classes: Vec<&str> = ["5", "4"].into_iter().filter(meant).collect();
    classes.extend(["5", "4"].into_iter().filter(|class| !meant(class)));
    if stated.contains(&"2") || form.ends_with(".0") {
        let at = if stated == ["2"] { 0 } else { classes.len() };
        classes.insert(at, "2");
    }
    classes
        .into_iter()
        .map(|class| form.replace("x.", &format!("{class}.")))
        .collect()
}

/// Every single code of a form such as `5.7.606-5.7.649`; the form itself where it is no range.
pub(crate) fn singles(form: &str) -> Vec<String> {
    let range = || {
        let (low, high) = form.split_once('-')?;
        let (family, first) = low.rsplit_once('.')?;
        let (_, last) = high.rsplit_once('.')?;
        let (first, last): (u16, u16) = (first.parse().ok()?, last.parse().ok()?);
        Some((first..=last).map(|detail| format!("{family}.{detail}")).collect())
    };
    range().unwrap_or_else(|| vec![form.to_owned()])
}

/// A code of the form: the first of a range.
pub(crate) fn first(form: &str) -> &str {
    form.split('-').next().unwrap_or(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_codes_are_set_apart() {
        let split = |line| {
            let (codes, rest) = split_codes(line);
            format!("{codes}|{rest}")
        };
        assert_eq!(split("550-5.1.1 no such user"), "550-5.1.1| no such user");
        assert_eq!(split("550 no such user"), "550 |no such user");
        assert_eq!(split("550"), "550|");
        assert_eq!(split("5.7.1 denied"), "5.7.1| denied");
        assert_eq!(split("5500 things"), "|5500 things");
        assert_eq!(split("Zürich"), "|Zürich");
    }

    #[test]
    fn ranges_name_each_code() {
        assert_eq!(singles("5.7.606-5.7.608"), ["5.7.606", "5.7.607", "5.7.608"]);
        assert_eq!(singles("5.7.1"), ["5.7.1"]);
    }
}
