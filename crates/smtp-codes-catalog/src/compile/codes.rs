//! Code forms as conditions: `550`, `5xx`, `x.1.1`, `5.7.606-5.7.649`.

use smtp_codes::tables::Condition;

/// Bits of the classes that `x` stands for.
pub(crate) const ANY_CLASS: u16 = 1 << 2 | 1 << 4 | 1 << 5;

/// The range of a basic code form, or `None` where it is not well formed.
pub(crate) fn basic_range(form: &str) -> Option<(u16, u16)> {
    if let Some((low, high)) = form.split_once('-') {
        let (low, high) = (three_digits(low)?, three_digits(high)?);
        return (low <= high).then_some((low, high));
    }
    let digit = |c: char| c.to_digit(10).map(|d| d as u16);
    let mut chars = form.chars();
    let (a, b, c) = (chars.next()?, chars.next()?, chars.next()?);
    if chars.next().is_some() {
        return None;
    }
    match (digit(a), digit(b), digit(c)) {
        (Some(a), Some(b), Some(c)) => Some((a * 100 + b * 10 + c, a * 100 + b * 10 + c)),
        (Some(a), Some(b), None) if c == 'x' => Some((a * 100 + b * 10, a * 100 + b * 10 + 9)),
        (Some(a), None, None) if b == 'x' && c == 'x' => Some((a * 100, a * 100 + 99)),
        _ => None,
    }
}

fn three_digits(text: &str) -> Option<u16> {
    (text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// The enhanced part of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EnhancedRange {
    pub(crate) classes: u16,
    pub(crate) subject: (u16, u16),
    pub(crate) detail: (u16, u16),
}

impl EnhancedRange {
    /// How many codes it names: fewer is more specific.
    pub(crate) fn width(&self) -> u32 {
        let span = |range: (u16, u16)| u32::from(range.1 - range.0) + 1;
        self.classes.count_ones() * span(self.subject) * span(self.detail)
    }
}

/// The codes of an enhanced code form, or `None` where it is not well formed.
pub(crate) fn enhanced_range(form: &str) -> Option<EnhancedRange> {
    if let Some((low, high)) = form.split_once('-') {
        let (low, high) = (enhanced_range(low)?, enhanced_range(high)?);
        let same = low.classes == high.classes && low.subject == high.subject && low.detail.0 <= high.detail.0;
        return same.then_some(EnhancedRange {
            detail: (low.detail.0, high.detail.1),
            ..low
        });
    }
    let mut parts = form.split('.');
    let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let classes = match class {
        "x" | "X" => ANY_CLASS,
        "2" => 1 << 2,
        "4" => 1 << 4,
        "5" => 1 << 5,
        _ => return None,
    };
    let number = |text: &str| match text {
        "x" | "X" => Some((0, 999)),
        _ if text.len() <= 3
            && !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_digit())
            && (text == "0" || !text.starts_with('0')) =>
        {
            text.parse().ok().map(|n: u16| (n, n))
        }
        _ => None,
    };
    Some(EnhancedRange {
        classes,
        subject: number(subject)?,
        detail: number(detail)?,
    })
}

/// Conditions for every combination of the forms.
pub(crate) fn conditions<'a>(
    basic: impl Iterator<Item = &'a str> + Clone,
    enhanced: impl Iterator<Item = &'a str> + Clone,
) -> Vec<Condition> {
    let basics: Vec<(u16, u16)> = basic.filter_map(basic_range).collect();
    let enhanceds: Vec<EnhancedRange> = enhanced.filter_map(enhanced_range).collect();
    if basics.is_empty() && enhanceds.is_empty() {
        return Vec::new();
    }
    let basics = if basics.is_empty() { vec![(0, 999)] } else { basics };
    let none = EnhancedRange {
        classes: 0,
        subject: (0, 999),
        detail: (0, 999),
    };
    let enhanceds = if enhanceds.is_empty() { vec![none] } else { enhanceds };
    basics
        .iter()
        .flat_map(|&basic| {
            enhanceds.iter().map(move |enhanced| Condition {
                basic,
                classes: enhanced.classes,
                subject: enhanced.subject,
                detail: enhanced.detail,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        assert_eq!(basic_range("550"), Some((550, 550)));
        assert_eq!(basic_range("500-504"), Some((500, 504)));
        assert_eq!(basic_range("5xx"), Some((500, 599)));
        assert_eq!(basic_range("55x"), Some((550, 559)));
        assert_eq!(basic_range("504-500"), None);
        assert_eq!(basic_range("5500"), None);
        let code = enhanced_range("5.7.606-5.7.649").unwrap();
        assert_eq!((code.subject, code.detail), ((7, 7), (606, 649)));
        assert_eq!(enhanced_range("x.1.x").unwrap().classes, ANY_CLASS);
        assert_eq!(enhanced_range("5.01.1"), None);
        assert_eq!(enhanced_range("3.1.1"), None);
    }
}
