//! Small drawings, where people would rather look than read. 340 units wide, so that their letters can
//! be read on the narrowest screen; colours come from the style sheet by class.

use std::fmt::Write as _;

use super::atlas::duration;
use super::page::Figure;
use super::rich::{Rich, Span, text};

/// Escapes text for SVG.
fn escape(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn svg(height: u32, label: &str, body: &str) -> String {
    format!(
        r#"<svg viewBox="0 0 340 {height}" role="img" aria-label="{}">{body}</svg>"#,
        escape(label)
    )
}

/// Shortens words to what fits behind a digit.
fn fitting(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let mut short: String = words.chars().take(most - 1).collect();
    short.truncate(short.trim_end().len());
    short + "…"
}

/// Words in at most two lines of `most` letters.
fn wrapped(words: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        let second = lines.len() == 2;
        match lines.last_mut() {
            Some(line) if second || line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| fitting(line, most + 2)).collect()
}

/// One part of a code and what it says.
pub(crate) struct Part {
    /// The digit or number.
    pub(crate) digits: String,
    /// Which part it is: "first digit", "subject".
    pub(crate) what: &'static str,
    /// What it says here.
    pub(crate) means: String,
}

/// A code taken apart: each part with a line to what it says.
pub(crate) fn digits(code: &str, parts: &[Part], separator: &str) -> Figure {
    let mut body = String::new();
    // Letters of the large type are 26 units wide.
    let advance = 26;
    let mut x = 4;
    let mut centres = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let width = advance * part.digits.len() as i32;
        let _ = write!(
            body,
            r#"<text class="f-big" x="{x}" y="42">{}</text>"#,
            escape(&part.digits)
        );
        centres.push(x + width / 2);
        x += width;
        if index + 1 < parts.len() && !separator.is_empty() {
            let _ = write!(
                body,
                r#"<text class="f-big f-dim" x="{}" y="42">{separator}</text>"#,
                x - 4
            );
            x += 18;
        }
    }
    let text_at = (x + 16).max(112);
    // The last digit's words stand highest, so that no line crosses another.
    let mut y = 66;
    for (part, centre) in parts.iter().zip(&centres).rev() {
        let _ = write!(
            body,
            r#"<path class="f-line" d="M{centre} 52V{y}H{}"/><circle class="f-dot" cx="{centre}" cy="52" r="2.5"/><text class="f-small" x="{text_at}" y="{}">{}</text>"#,
            text_at - 6,
            y - 5,
            escape(part.what),
        );
        // A letter of this type is 7 units wide, the widest words somewhat less.
        for line in wrapped(&part.means, ((338 - text_at) / 7) as usize) {
            y += 16;
            let _ = write!(
                body,
                r#"<text class="f-text" x="{text_at}" y="{}">{}</text>"#,
                y - 5,
                escape(&line)
            );
        }
        y += 26;
    }
    let words = parts
        .iter()
        .map(|part| {
            vec![
                Span::Code(part.digits.clone()),
                Span::Text(format!(" {}: {}", part.what, part.means)),
            ]
        })
        .collect();
    Figure {
        title: format!("{code} taken apart"),
        svg: svg(y as u32 - 24, &format!("The parts of {code}"), &body),
        words,
    }
}

/// A step of the session as it is drawn: its title, what the client sends, and the code of success.
pub(crate) struct Exchange {
    /// The title.
    pub(crate) title: String,
    /// What the client sends; empty where the server begins.
    pub(crate) client: String,
    /// What a willing server answers.
    pub(crate) server: String,
}

/// The session as a sequence diagram.
pub(crate) fn session(exchanges: &[Exchange]) -> Figure {
    let mut body = String::from(
        r#"<defs><marker id="session-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="f-fill" d="M0 0 8 4 0 8z"/></marker></defs><text class="f-head" x="52" y="18" text-anchor="middle">Your server</text><text class="f-head" x="288" y="18" text-anchor="middle">Their server</text>"#,
    );
    let mut y = 44;
    for exchange in exchanges {
        if !exchange.client.is_empty() {
            let _ = write!(
                body,
                r#"<text class="f-mono" x="170" y="{}" text-anchor="middle">{}</text><path class="f-arrow" marker-end="url(#session-arrow)" d="M54 {y}H284"/>"#,
                y - 5,
                escape(&fitting(&exchange.client, 30))
            );
            y += 26;
        }
        let _ = write!(
            body,
            r#"<text class="f-mono f-good" x="170" y="{}" text-anchor="middle">{}</text><path class="f-arrow f-back" marker-end="url(#session-arrow)" d="M286 {y}H56"/>"#,
            y - 5,
            escape(&exchange.server)
        );
        y += 34;
    }
    let end = y - 14;
    let _ = write!(body, r#"<path class="f-life" d="M52 26V{end}M288 26V{end}"/>"#);
    let words = exchanges
        .iter()
        .map(|exchange| {
            let mut words: Rich = vec![Span::Text(format!("{}: ", exchange.title))];
            if !exchange.client.is_empty() {
                words.extend([Span::Code(exchange.client.clone()), Span::Text(", answered by ".into())]);
            }
            words.push(Span::Code(exchange.server.clone()));
            words
        })
        .collect();
    Figure {
        title: "A session that goes well".into(),
        svg: svg(
            end as u32 + 4,
            "The session as a sequence of commands and replies",
            &body,
        ),
        words,
    }
}

/// The tries of a schedule, in seconds after the first failure.
pub(crate) fn tries(first_delay: i64, factor: i64, ceiling: i64, give_up: i64, most: i64) -> Vec<i64> {
    let (mut at, mut delay, mut tries) = (0, first_delay.max(1), Vec::new());
    while tries.len() < 200 && (most == 0 || (tries.len() as i64) < most) {
        at += delay.min(ceiling);
        if at > give_up {
            break;
        }
        tries.push(at);
        delay = (delay.min(ceiling) * factor / 100).max(1);
    }
    tries
}

/// A schedule as a timeline. Early time is stretched: the first tries lie minutes apart, the last hours.
pub(crate) fn timeline(title: &str, tries: &[i64], give_up: i64) -> Figure {
    let place = |seconds: i64| 14.0 + 312.0 * (seconds.max(0) as f64 / give_up.max(1) as f64).min(1.0).sqrt();
    let mut body = String::from(r#"<path class="f-axis" d="M14 40H326"/>"#);
    let marks = [
        (3600, "1 h"),
        (14_400, "4 h"),
        (43_200, "12 h"),
        (86_400, "1 d"),
        (172_800, "2 d"),
        (259_200, "3 d"),
        (432_000, "5 d"),
    ];
    let mut last = -100.0;
    for (seconds, name) in marks {
        let x = place(seconds);
        if seconds <= give_up && x - last > 34.0 {
            let _ = write!(
                body,
                r#"<path class="f-tick" d="M{x:.0} 36v8"/><text class="f-small" x="{x:.0}" y="60" text-anchor="middle">{name}</text>"#
            );
            last = x;
        }
    }
    for seconds in tries {
        let _ = write!(
            body,
            r#"<circle class="f-try" cx="{:.1}" cy="40" r="4"/>"#,
            place(*seconds)
        );
    }
    body.push_str(r#"<path class="f-stop" d="M321 31l10 18M331 31l-10 18"/><text class="f-small" x="326" y="22" text-anchor="end">give up</text><text class="f-small" x="14" y="22">first failure</text>"#);
    let shown: Vec<String> = tries.iter().take(6).map(|seconds| duration(*seconds)).collect();
    let more = if tries.len() > 6 {
        format!(", and so on: {} tries", tries.len())
    } else {
        String::new()
    };
    let words = if tries.is_empty() {
        text("No try is made by itself.")
    } else {
        text(format!(
            "Tries after {}{more}; given up after {}.",
            shown.join(", "),
            duration(give_up)
        ))
    };
    Figure {
        title: title.to_owned(),
        svg: svg(68, title, &body),
        words: vec![words],
    }
}

/// The decision as a flow chart: four questions, each with what follows from a yes.
pub(crate) fn decision() -> Figure {
    let questions = [
        ("Did the reply begin with 2?", "Delivered: keep"),
        ("Is it the sender's fault?", "Fix it: keep the address"),
        ("Does it begin with 4?", "Retry on a schedule"),
        ("Is there no such recipient?", "Suppress the address"),
        ("In campaign after campaign?", "Verify, then suppress"),
    ];
    let mut body = String::from(
        r#"<defs><marker id="flow-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="f-fill" d="M0 0 8 4 0 8z"/></marker></defs>"#,
    );
    let mut y = 6;
    for (index, (question, answer)) in questions.iter().enumerate() {
        let _ = write!(
            body,
            r#"<rect class="f-ask" x="2" y="{y}" width="236" height="34" rx="17"/><text class="f-text" x="120" y="{}" text-anchor="middle">{question}</text><path class="f-arrow" marker-end="url(#flow-arrow)" d="M60 {}v34h38"/><text class="f-small" x="66" y="{}">yes</text><rect class="f-do" x="100" y="{}" width="236" height="30" rx="4"/><text class="f-text f-strong" x="218" y="{}" text-anchor="middle">{answer}</text>"#,
            y + 22,
            y + 34,
            y + 60,
            y + 53,
            y + 73,
        );
        let next = y + 100;
        if index + 1 < questions.len() {
            let _ = write!(
                body,
                r#"<path class="f-arrow" marker-end="url(#flow-arrow)" d="M22 {}V{}"/><text class="f-small" x="28" y="{}">no</text>"#,
                y + 34,
                next - 2,
                y + 78
            );
        } else {
            let _ = write!(
                body,
                r#"<path class="f-arrow" marker-end="url(#flow-arrow)" d="M22 {}V{}"/><text class="f-small" x="28" y="{}">no</text><rect class="f-do" x="2" y="{next}" width="236" height="30" rx="4"/><text class="f-text f-strong" x="120" y="{}" text-anchor="middle">Keep the address and watch it</text>"#,
                y + 34,
                next - 2,
                y + 78,
                next + 20
            );
        }
        y = next;
    }
    let words = questions
        .iter()
        .map(|(question, answer)| text(format!("{question} Yes: {}.", answer.to_lowercase())))
        .chain([text("None of these: keep the address and watch it.")])
        .collect();
    Figure {
        title: "The decision in five questions".into(),
        svg: svg(y as u32 + 36, "Flow chart of the decision", &body),
        words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_grow_up_to_the_ceiling_and_end_in_time() {
        assert_eq!(tries(900, 200, 3600, 10_000, 0), [900, 2700, 6300, 9900]);
        assert_eq!(tries(86_400, 100, 86_400, 172_800, 1), [86_400]);
        assert_eq!(tries(60, 100, 60, 30, 0), Vec::<i64>::new());
    }

    #[test]
    fn drawings_escape_what_they_are_given() {
        let part = Part {
            digits: "<5>".into(),
            what: "first digit",
            means: "a & b".into(),
        };
        let figure = digits("<5>", &[part], "");
        assert!(!figure.svg.contains("<5>") && figure.svg.contains("a &amp; b"));
    }
}
