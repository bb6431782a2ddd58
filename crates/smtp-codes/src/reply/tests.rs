use super::*;

fn codes(input: &str) -> (Option<u16>, Option<&'static str>) {
    let reply = read(input.as_bytes(), None);
    let enhanced = reply.enhanced.map(|code| {
        extern crate std;
        &*std::boxed::Box::leak(std::string::ToString::to_string(&code).into_boxed_str())
    });
    (reply.code.map(BasicCode::number), enhanced)
}

#[test]
fn replies_as_the_wire_has_them() {
    assert_eq!(
        codes("550-5.1.1 line one\r\n550 5.1.1 line two"),
        (Some(550), Some("5.1.1"))
    );
    assert_eq!(codes("550"), (Some(550), None));
    assert_eq!(codes("5.7.26"), (None, Some("5.7.26")));
    assert_eq!(codes("250-234 Text beginning with numbers"), (Some(250), None));
    assert_eq!(codes("550 #5.1.0 Address rejected."), (Some(550), Some("5.1.0")));
    assert_eq!(
        codes("511 sorry, no mailbox here by that name (#5.1.1 - chkuser)"),
        (Some(511), Some("5.1.1"))
    );
    assert_eq!(codes("554 delivery error: sorry (5.7.1)"), (Some(554), Some("5.7.1")));
    assert_eq!(codes("550 550 5.7.1 spam (state 18)."), (Some(550), Some("5.7.1")));
    assert_eq!(codes("558-450-4.7.1 try later"), (Some(450), Some("4.7.1")));
    assert_eq!(codes(""), (None, None));
    assert_eq!(codes("hello"), (None, None));
    assert_eq!(
        codes("421 4.7.0 [TSS04] deferred - 4.16.55.1; see x"),
        (Some(421), Some("4.7.0"))
    );
}

#[test]
fn wrapped_replies() {
    assert_eq!(codes("smtp; 450 4.2.2 full"), (Some(450), Some("4.2.2")));
    assert_eq!(
        codes("smtp;550 5.1.1 <a@example.org> unknown"),
        (Some(550), Some("5.1.1"))
    );
    assert_eq!(
        codes("<<< 550 5.1.1 <a@example.org>... User unknown"),
        (Some(550), Some("5.1.1"))
    );
    assert_eq!(
        codes("Remote host said: 550 sorry, no such user (#5.1.1)"),
        (Some(550), Some("5.1.1"))
    );
    assert_eq!(codes("(450, b'4.1.7 sender rejected')"), (Some(450), Some("4.1.7")));
    assert_eq!(
        codes("{'a@example.org': (550, b'5.1.1 unknown')}"),
        (Some(550), Some("5.1.1"))
    );
    assert_eq!(
        codes("smtplib.SMTPDataError: (554, b'Message rejected')"),
        (Some(554), None)
    );
    assert_eq!(codes("<<< 550 Mailbox gone"), (Some(550), None));
    assert_eq!(
        codes(
            "Nov 21 10:00:00 mx postfix/smtp[123]: 4ABC: to=<a@example.org>, relay=mx.example.org[192.0.2.1]:25, delay=1.1, dsn=5.1.1, status=bounced (host mx.example.org[192.0.2.1] said: 550 5.1.1 <a@example.org>: unknown (in reply to RCPT TO command))"
        ),
        (Some(550), Some("5.1.1"))
    );
    assert_eq!(
        codes(
            "Expected response code \"250\" but got code \"535\", with message \"535 5.7.8 Error: authentication failed\"."
        ),
        (Some(535), Some("5.7.8"))
    );
    assert_eq!(
        codes("5.1.0 - Unknown address error 550-'5.1.1 no such user' (delivery attempts: 0)"),
        (Some(550), Some("5.1.1"))
    );
    assert_eq!(
        codes(
            "SMTP error from remote mail server after RCPT TO:<a@example.org>: host mx [192.0.2.1]: 550-5.1.1 first\\n550 5.1.1 second"
        ),
        (Some(550), Some("5.1.1"))
    );
}

#[test]
fn the_innermost_reply_tells_the_cause() {
    assert_eq!(
        codes(
            "smtp; 550 4.4.7 Message expired: unable to deliver in 840 minutes.<421 4.4.1 Failed to establish connection>"
        ),
        (Some(421), Some("4.4.1"))
    );
    assert_eq!(
        codes(
            "Server at mx (192.0.2.1) returned '441 4.4.1 Error encountered while communicating with primary target IP address: \"(451 5.7.3 STARTTLS is required)\"'"
        ),
        (Some(451), Some("5.7.3"))
    );
    // A server that verified the sender quotes a refusal of its own: the outer pair counts.
    assert_eq!(
        codes(
            "450 4.1.7 <a@example.org>: Sender address rejected: undeliverable address: host mx[192.0.2.1] said: 550 5.1.1 unknown (in reply to RCPT TO command)"
        ),
        (Some(450), Some("4.1.7"))
    );
}

#[test]
fn a_reply_begins_at_its_first_line() {
    let escaped = read(br"data: '550-Verification failed for <a@example.com>\r\n550-Unrouteable address\r\n550 unable to verify sender address',", None);
    assert!(escaped.text.starts_with(b"550-Verification"));
}

#[test]
fn words_may_stand_before_the_code() {
    let reply = read(b"Recipient mailbox does not exist\n550", None);
    assert_eq!(
        (reply.code.map(BasicCode::number), reply.text),
        (Some(550), &b"Recipient mailbox does not exist\n550"[..])
    );
    let detail =
        "SMTP Error: data not accepted. Detail: Mailbox size limit exceeded SMTP code: 552 Additional SMTP info: 5.2.2";
    assert_eq!(codes(detail), (Some(552), Some("5.2.2")));
    assert!(read(detail.as_bytes(), None).text.starts_with(b"SMTP Error"));
}

#[test]
fn a_transcript_is_told_for_how_it_ended() {
    assert_eq!(
        codes(
            "220 mx.example.com ESMTP\nEHLO me\n250 mx\nRCPT TO:<a@example.org>\n550 5.1.1 User unknown\nQUIT\n221 Bye"
        ),
        (Some(550), Some("5.1.1"))
    );
    assert_eq!(codes("250 2.0.0 Ok: queued as 4ABC"), (Some(250), Some("2.0.0")));
}

#[test]
fn numbers_that_are_no_codes() {
    assert_eq!(
        codes("Mailer error: Mailbox full\n  at Mailer.send (/srv/app/mailer.js:450:11)"),
        (None, None)
    );
    assert_eq!(codes("Sender address rejected in /var/www/mail.php:454"), (None, None));
    assert_eq!(codes("WP Mail SMTP: 2.7.0\nSMTP connect() failed."), (None, None));
    assert_eq!(
        codes("(Mailu 2.0.0) Could not send mail: timed out waiting for greeting"),
        (None, None)
    );
    assert_eq!(
        codes("{\"message\": \"The domain is not verified.\", \"statusCode\": 400}"),
        (None, None)
    );
    assert_eq!(
        codes("connect to mx.example.org[192.0.2.1]:587: Connection refused"),
        (None, None)
    );
    assert_eq!(codes("Could not connect to port 465 within 300 seconds"), (None, None));
    assert_eq!(codes("2026-11-21 10:00:00 unable to connect"), (None, None));
    assert_eq!(codes("500.0"), (None, None));
    assert_eq!(
        codes(
            "postfix/smtp[229]: 8A7D: to=<a@example.com>, relay=none, dsn=5.4.6, status=bounced (mail for example.com loops back to myself)"
        ),
        (None, Some("5.4.6"))
    );
}

#[test]
fn the_wrapping_names_host_recipient_and_command() {
    let reply = read(
        b"<a@example.org>: host mx.example.org[192.0.2.1] said: 550 no (in reply to RCPT TO command)",
        None,
    );
    assert_eq!(reply.host, Some(&b"mx.example.org"[..]));
    assert_eq!(reply.recipient, Some(&b"a@example.org"[..]));
    assert_eq!(reply.command, Some(Command::Rcpt));
    assert_eq!(reply.text, b"550 no ");
}

#[test]
fn any_bytes_are_read() {
    let mut input = [0u8; 64];
    for seed in 0..2000u32 {
        let mut state = seed.wrapping_mul(0x9E37_79B9) | 1;
        for byte in &mut input {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            *byte = b"0123456789. -\n:;<(\"'#ab\xC3\xA4\xFF\\"[(state % 27) as usize];
        }
        let reply = read(&input, None);
        assert!(reply.offset + reply.text.len() <= input.len());
    }
}
