//! What a reply says beside its cause: when to come back, a page to read, a tag.

use crate::lanes::{self, Behind, Lanes};

/// Longest waiting time that is believed, in seconds: a week.
pub const LONGEST_WAIT_S: u32 = 7 * 24 * 3600;

/// What was found in a reply's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extract<'t> {
    /// Seconds after which the server asks to be tried again.
    pub retry_after_s: Option<u32>,
    /// The first page the reply names.
    pub url: Option<&'t str>,
    /// The server's own mark for the case: `TSS04`, `S3150`, `AUP#1260`.
    pub tag: Option<&'t str>,
    /// A limit that the reply states, as the number and its unit.
    pub limit: Option<Limit<'t>>,
}

/// A stated limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit<'t> {
    /// The number.
    pub value: u64,
    /// The word behind it, empty where there is none.
    pub unit: &'t str,
}

/// Looks through a reply's text once.
///
/// ```
/// let found = smtp_codes::extract::extract(b"451 4.7.1 Greylisted, try again in 5 minutes; see https://example.org/grey.html.");
/// assert_eq!(found.retry_after_s, Some(300));
/// assert_eq!(found.url, Some("https://example.org/grey.html"));
/// ```
#[must_use]
pub fn extract(text: &[u8]) -> Extract<'_> {
    let mut found = Extract::default();
    // A number is of interest behind a word only, which ends no more than a blank and two marks before it.
    let mut words = Behind::default();
    let mut numbers = Behind::default();
    let mut at = 0;
    while at < text.len() {
        let eight = Lanes::load(text, at);
        let (letters, digits) = (words.add(eight.letters()), numbers.add(eight.digits()));
        let behind_word = letters.behind(2).or(letters.behind(3));
        let inside = letters.behind(1).or(digits.behind(1));
        let number = digits.here().and(behind_word).and(inside.not());
        let marks = eight
            .equal(b'[')
            .or(eight.equal(b'('))
            .or(eight.equal(b':'))
            .or(eight.equal(b'#'));
        for place in number.or(marks) {
            found.look(text, at + place);
        }
        at += lanes::WIDTH;
    }
    found
}

impl<'t> Extract<'t> {
    /// Looks at what begins at `at`, or has its mark there.
    #[inline]
    fn look(&mut self, text: &'t [u8], at: usize) {
        match text.get(at) {
            Some(b':') if self.url.is_none() => self.url = scheme_before(text, at).and_then(|start| url(text, start)),
            Some(b'[' | b'(') if self.tag.is_none() => self.tag = bracketed_tag(text, at + 1),
            Some(b'#') if self.tag.is_none() && text[..at].ends_with(b"AUP") => self.tag = token(text, at - 3),
            Some(b'0'..=b'9') if at > 0 && !matches!(text[at - 1], b'.' | b'-' | b'_' | b'/' | b'=' | b'[') => {
                let (value, end) = number(text, at);
                let Some(value) = value else { return };
                if self.retry_after_s.is_none() {
                    self.retry_after_s = wait(text, at, end, value);
                }
                if self.limit.is_none() {
                    self.limit = limit(text, at, end, value);
                }
            }
            _ => {}
        }
    }
}

fn number(text: &[u8], start: usize) -> (Option<u64>, usize) {
    let mut value = Some(0u64);
    let mut at = start;
    while let Some(digit) = text.get(at).filter(|b| b.is_ascii_digit()) {
        value = value
            .and_then(|v| v.checked_mul(10))
            .and_then(|v| v.checked_add(u64::from(digit - b'0')));
        at += 1;
    }
    (value, at)
}

/// The letters of the word behind `at`, past one blank or hyphen.
fn word_after(text: &[u8], at: usize) -> &[u8] {
    let start = if matches!(text.get(at), Some(b' ' | b'-' | b'\xA0')) {
        at + 1
    } else {
        at
    };
    let rest = text.get(start..).unwrap_or(&[]);
    &rest[..rest.iter().take_while(|b| b.is_ascii_alphabetic()).count()]
}

/// The letters of the word before `at`.
fn word_before(text: &[u8], at: usize) -> (&[u8], usize) {
    let head = &text[..at];
    // No farther than one blank and one mark: a text of digits is not searched again from each of them.
    let near = head.len().saturating_sub(FARTHEST);
    let Some(last) = head[near..].iter().rposition(u8::is_ascii_alphabetic) else {
        return (&[], 0);
    };
    let end = near + last + 1;
    let longest = end.saturating_sub(LONGEST_WORD);
    let start = head[longest..end]
        .iter()
        .rposition(|b| !b.is_ascii_alphabetic())
        .map_or(longest, |index| longest + index + 1);
    (&head[start..end], start)
}

/// How many bytes back the last letter of the word before may be.
const FARTHEST: usize = 3;

/// Longer words are none of those that are looked for.
const LONGEST_WORD: usize = 24;

fn is_one_of(word: &[u8], list: &[&str]) -> bool {
    list.iter().any(|entry| word.eq_ignore_ascii_case(entry.as_bytes()))
}

/// Seconds of a unit of time.
fn seconds(unit: &[u8]) -> Option<u32> {
    if is_one_of(
        unit,
        &[
            "s", "sec", "secs", "second", "seconds", "sekunden", "secondes", "segundos", "secondi",
        ],
    ) {
        Some(1)
    } else if is_one_of(
        unit,
        &[
            "m", "min", "mins", "minute", "minutes", "minuten", "minutos", "minuti", "minut",
        ],
    ) {
        Some(60)
    } else if is_one_of(
        unit,
        &[
            "h", "hr", "hrs", "hour", "hours", "stunde", "stunden", "heure", "heures", "hora", "horas", "ore", "ora",
        ],
    ) {
        Some(3600)
    } else if is_one_of(
        unit,
        &[
            "d", "day", "days", "tag", "tage", "tagen", "jour", "jours", "dia", "dias", "giorni",
        ],
    ) {
        Some(86400)
    } else {
        None
    }
}

/// A waiting time: a number with a unit behind a word that asks to wait.
fn wait(text: &[u8], start: usize, end: usize, value: u64) -> Option<u32> {
    let (before, before_start) = word_before(text, start);
    if before.is_empty() {
        return None;
    }
    let asks = is_one_of(
        before,
        &[
            "in",
            "after",
            "wait",
            "for",
            "retry",
            "again",
            "least",
            "about",
            "approximately",
            "another",
            "later",
            "delay",
            "dans",
            "nach",
            "dopo",
            "em",
            "en",
            "tra",
        ],
    );
    if !asks {
        return None;
    }
    // "unable to deliver in 840 minutes", "no answer for 5 days" tell the past.
    let (verb, _) = word_before(text, before_start);
    if is_one_of(
        verb,
        &[
            "deliver",
            "delivered",
            "expired",
            "sent",
            "messages",
            "answer",
            "tried",
            "trying",
            "queue",
            "failed",
            "failing",
            "undelivered",
            "connections",
            "mail",
            "mails",
            "emails",
            "recipients",
        ],
    ) {
        return None;
    }
    // "00:04:59"
    if text.get(end) == Some(&b':') {
        let (minutes, next) = number(text, end + 1);
        let minutes = minutes.filter(|_| next == end + 3)?;
        if text.get(next) == Some(&b':') {
            let (last, stop) = number(text, next + 1);
            let last = last.filter(|_| stop == next + 3)?;
            return bounded(value.checked_mul(3600)?.checked_add(minutes * 60 + last)?);
        }
        return bounded(value.checked_mul(60)?.checked_add(minutes)?);
    }
    let unit = word_after(text, end);
    let unit = if unit.is_empty() && is_one_of(before, &["retry", "wait"]) {
        b"s"
    } else {
        unit
    };
    bounded(value.checked_mul(u64::from(seconds(unit)?))?)
}

fn bounded(seconds: u64) -> Option<u32> {
    u32::try_from(seconds).ok().filter(|s| (1..=LONGEST_WAIT_S).contains(s))
}

/// A stated limit: "limit of 100", "maximum 25 MB", "exceeds 10485760 bytes".
fn limit<'t>(text: &'t [u8], start: usize, end: usize, value: u64) -> Option<Limit<'t>> {
    let (before, before_start) = word_before(text, start);
    if before.is_empty() {
        return None;
    }
    let states = is_one_of(before, &["limit", "maximum", "max", "exceeds", "exceeded", "than"])
        || (is_one_of(before, &["of", "is", "to"])
            && is_one_of(
                word_before(text, before_start).0,
                &["limit", "maximum", "max", "size", "limited"],
            ));
    states.then(|| Limit {
        value,
        unit: core::str::from_utf8(word_after(text, end)).unwrap_or(""),
    })
}

/// Where the `http` or `https` before the colon at `at` begins.
fn scheme_before(text: &[u8], at: usize) -> Option<usize> {
    if !text[at..].starts_with(b"://") {
        return None;
    }
    let ends_as = |scheme: &[u8]| {
        let start = at.checked_sub(scheme.len())?;
        text[start..at].eq_ignore_ascii_case(scheme).then_some(start)
    };
    ends_as(b"https").or_else(|| ends_as(b"http"))
}

/// The address that begins at `at` with its scheme.
fn url(text: &[u8], at: usize) -> Option<&str> {
    let rest = &text[at..];
    let scheme = rest.iter().take_while(|byte| **byte != b'/').count() + 2;
    let mut len = rest
        .iter()
        .take_while(|b| {
            b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
        })
        .count();
    while len > 0 && matches!(rest[len - 1], b'.' | b',' | b';' | b':' | b'!' | b'\'' | b'?' | b']') {
        len -= 1;
    }
    // A closing bracket belongs to the text unless the address opened one.
    while len > 0 && rest[len - 1] == b')' && !rest[..len].contains(&b'(') {
        len -= 1;
    }
    (len > scheme)
        .then(|| core::str::from_utf8(&rest[..len]).ok())
        .flatten()
}

/// `TSS04` in brackets, `S3150` in parentheses: upper-case letters, then digits.
fn bracketed_tag(text: &[u8], start: usize) -> Option<&str> {
    let rest = text.get(start..)?;
    let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let inside = &rest[..len];
    let closed = matches!(rest.get(len), Some(b']' | b')'));
    let letters = inside.iter().take_while(|b| b.is_ascii_uppercase()).count();
    let digits = inside[letters..].iter().filter(|b| b.is_ascii_digit()).count();
    (closed && (3..=10).contains(&len) && (1..=5).contains(&letters) && digits >= 1 && letters + digits == len)
        .then(|| core::str::from_utf8(inside).ok())
        .flatten()
}

fn token(text: &[u8], at: usize) -> Option<&str> {
    let rest = &text[at..];
    let len = rest
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'#')
        .count();
    core::str::from_utf8(&rest[..len]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_times_are_read_with_their_unit() {
        let wait = |text: &str| extract(text.as_bytes()).retry_after_s;
        assert_eq!(wait("450 4.2.0 Greylisted, try again in 300 seconds"), Some(300));
        assert_eq!(wait("451 please retry after 5 min"), Some(300));
        assert_eq!(wait("451 Wait 60s"), Some(60));
        assert_eq!(wait("450 Greylisted for 00:04:59"), Some(299));
        assert_eq!(wait("450 try again after 2 hours"), Some(7200));
        assert_eq!(wait("550 4.4.7 unable to deliver in 840 minutes"), None);
        assert_eq!(wait("452 too many messages in 5 days"), None);
        assert_eq!(wait("451 try again in 99999 days"), None);
        assert_eq!(wait("451 try again in 99999999999999999999 seconds"), None);
        assert_eq!(wait("550 5.1.1 no such user"), None);
    }

    #[test]
    fn urls_lose_the_punctuation_behind_them() {
        let url = |text: &'static str| extract(text.as_bytes()).url;
        assert_eq!(
            url("550 see https://example.org/a?b=c."),
            Some("https://example.org/a?b=c")
        );
        assert_eq!(url("550 (see http://example.org/x)"), Some("http://example.org/x"));
        assert_eq!(url("550 <https://example.org>"), Some("https://example.org"));
        assert_eq!(url("550 http://"), None);
    }

    #[test]
    fn tags_are_letters_then_digits_in_brackets() {
        let tag = |text: &'static str| extract(text.as_bytes()).tag;
        assert_eq!(
            tag("421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred"),
            Some("TSS04")
        );
        assert_eq!(
            tag("550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent (S3150)"),
            Some("S3150")
        );
        assert_eq!(tag("550 [192.0.2.1] (mailbox)"), None);
        assert_eq!(tag("554 AUP#1260 refused"), Some("AUP#1260"));
    }

    #[test]
    fn limits_are_read_where_the_text_calls_them_so() {
        assert_eq!(
            extract(b"552 message exceeds maximum size of 10485760 bytes").limit,
            Some(Limit {
                value: 10_485_760,
                unit: "bytes"
            })
        );
        assert_eq!(extract(b"550 5.1.1 mailbox 12 unknown").limit, None);
    }
}
