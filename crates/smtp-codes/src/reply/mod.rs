//! Reading a reply out of whatever people hold: the wire, a log line, a bounce, an exception.
//!
//! [`read`] finds the reply that tells the cause (of several, the innermost quoted from the remote
//! host), its codes, and what the wrapping says about host, recipient and command. Everything is
//! borrowed; any bytes are accepted.

mod bytes;
mod candidates;
mod codes;
mod context;
mod extent;
mod speech;

use crate::code::{BasicCode, Class, EnhancedCode};
use crate::tables::Tables;
use crate::vocabulary::Command;

/// A reply, as found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply<'t> {
    /// The basic code.
    pub code: Option<BasicCode>,
    /// The enhanced status code.
    pub enhanced: Option<EnhancedCode>,
    /// The reply's text, from its code on, without what wraps it.
    pub text: &'t [u8],
    /// Where `text` begins in the input, in bytes.
    pub offset: usize,
    /// Whether something was around the reply: a log line, a bounce, an exception.
    pub wrapped: bool,
    /// The host that gave the reply, where the wrapping names it.
    pub host: Option<&'t [u8]>,
    /// The recipient's address, where the wrapping names it.
    pub recipient: Option<&'t [u8]>,
    /// The command in whose answer the reply came, where the wrapping names it.
    pub command: Option<Command>,
}

impl Reply<'_> {
    /// Whether basic and enhanced code are of different classes.
    ///
    /// Both are kept then; the basic code's first digit decides what a client does
    /// (RFC 5321 section 4.2), the enhanced code what it was about.
    ///
    /// ```
    /// let reply = smtp_codes::reply::read(b"550 4.4.7 Message expired", None);
    /// assert!(reply.class_mismatch());
    /// ```
    #[must_use]
    pub fn class_mismatch(&self) -> bool {
        match (self.code, self.enhanced) {
            (Some(code), Some(enhanced)) => code.first_digit() != enhanced.class(),
            _ => false,
        }
    }
}

/// An intro of the catalogue as [`read`] compares it: without the blanks and marks at its end.
#[must_use]
pub fn trim_intro(intro: &str) -> &str {
    let length = bytes::trim_marks(intro.as_bytes()).len();
    intro.get(..length).unwrap_or(intro)
}

/// Finds the reply in `input`; `tables` brings the words that stand before quoted replies.
///
/// ```
/// let log = b"host mx.example.net[192.0.2.1] said: 552 5.2.2 full (in reply to RCPT TO command)";
/// let reply = smtp_codes::reply::read(log, None);
/// assert_eq!(reply.code.unwrap().number(), 552);
/// assert_eq!(reply.text, b"552 5.2.2 full ");
/// assert_eq!(reply.host, Some(&b"mx.example.net"[..]));
/// assert_eq!(reply.command, Some(smtp_codes::Command::Rcpt));
/// ```
#[must_use]
pub fn read<'t>(input: &'t [u8], tables: Option<&Tables<'_>>) -> Reply<'t> {
    let start = bytes::skip_blank(input, 0);
    if let Some(found) = codes::direct(input, start) {
        // A session that begins well is told for how it ended.
        if matches!(found.code.class(), Some(Class::Success | Class::Intermediate)) {
            if let Some(refusal) = extent::refusal_in_transcript(input) {
                return finish(input, refusal, true);
            }
        }
        return finish(input, found, false);
    }
    match candidates::best_candidate(input, tables) {
        Some(found) if matches!(found.code.class(), Some(Class::Success | Class::Intermediate)) => {
            match extent::refusal_in_transcript(input) {
                Some(refusal) => finish(input, refusal, true),
                None if extent::tells_of_failure(input) => without_code(input, start),
                None => finish(input, found, true),
            }
        }
        Some(found) => finish(input, found, true),
        None => without_code(input, start),
    }
}

/// A reply that starts at `found`, with what the text around it says.
fn finish(input: &[u8], found: codes::Found, wrapped: bool) -> Reply<'_> {
    let end = if wrapped {
        extent::segment_end(input, found.start, found.code)
    } else {
        input.len()
    };
    if wrapped && extent::words_stand_before(input, &found, end) {
        return code_behind_words(input, found);
    }
    let segment = &input[found.start..end];
    let survey = extent::survey(segment, found.after - found.start, found.code, found.enhanced);
    if let Some(inner) = survey.inner {
        // The reply of the remote host, quoted inside the one of the reporting host, tells the cause.
        let start = found.start + inner.start;
        let inner_found = codes::Found {
            start,
            after: found.start + inner.after,
            code: inner.code,
            enhanced: inner.enhanced,
        };
        let rest = &input[start..found.start + survey.end.max(inner.after)];
        let inside = extent::survey(rest, inner_found.after - start, inner.code, inner.enhanced);
        let mut reply = assemble(input, inner_found, rest, inside.end, inside.enhanced, true);
        reply.enhanced = reply.enhanced.or(survey.enhanced);
        return reply;
    }
    assemble(input, found, segment, survey.end, survey.enhanced, wrapped)
}

/// A reply whose words stand before its code: `User unknown, status code 550`.
fn code_behind_words(input: &[u8], found: codes::Found) -> Reply<'_> {
    let start = bytes::skip_blank(input, 0).min(input.len());
    let survey = extent::survey(&input[start..], found.after - start, found.code, found.enhanced);
    Reply {
        offset: start,
        ..assemble(
            input,
            found,
            &input[start..],
            input.len() - start,
            survey.enhanced,
            true,
        )
    }
}

fn assemble<'t>(
    input: &'t [u8],
    found: codes::Found,
    segment: &'t [u8],
    end: usize,
    enhanced: Option<EnhancedCode>,
    wrapped: bool,
) -> Reply<'t> {
    let around = if wrapped || end < segment.len() {
        context::read(input, found.start, found.start + end)
    } else {
        context::Context::default()
    };
    Reply {
        code: Some(found.code),
        enhanced: enhanced.or(around.enhanced.filter(|code| code.subject() != 0)),
        text: &segment[..end],
        offset: found.start,
        wrapped,
        host: around.host,
        recipient: around.recipient,
        command: around
            .command
            .or_else(|| wrapped.then(|| context::command_inside(segment)).flatten()),
    }
}

/// A text with no basic code: an enhanced code alone, an error of the client, or neither.
fn without_code(input: &[u8], start: usize) -> Reply<'_> {
    let survey = codes::first_enhanced(input);
    let (from, enhanced) = match survey {
        Some((at, code)) => (at, Some(code)),
        None => (start, None),
    };
    let around = context::read(input, from, input.len());
    let (begin, end) = match survey {
        Some((at, _)) => speech::quoted_from(input, start, at),
        None => speech::speaking(input, start.min(input.len())),
    };
    Reply {
        code: None,
        enhanced: enhanced.or(around.enhanced),
        text: &input[begin..end],
        offset: begin,
        wrapped: start != from || begin != start,
        host: around.host,
        recipient: around.recipient,
        command: around.command.or_else(|| context::command_inside(&input[from..])),
    }
}

#[cfg(test)]
mod tests;
