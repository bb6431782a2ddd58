//! A wrong and a right example for every code. Both are checked by the tests.
//!
//! An example may name what `tests/fixtures/base.toml` has. A line `# catalog/….toml` starts a file.

use super::Code;

/// A wrong piece of the catalogue, and a right one.
pub(crate) struct Example {
    pub(crate) wrong: &'static str,
    pub(crate) right: &'static str,
}

/// The example of a code.
pub(crate) const fn of(code: Code) -> Option<Example> {
    let (wrong, right) = match code {
        Code::Syntax => (
            r#"
[[basic]]
code = "550
"#,
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
        ),
        Code::UnknownKind => (
            r#"
[[basics]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
        ),
        Code::UnknownKey => (
            r#"
[[basic]]
code = "550"
titel = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
        ),
        Code::MissingKey => (
            r#"
[[basic]]
code = "550"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
        ),
        Code::WrongType => (
            r#"
[[basic]]
code = 550
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
        ),
        Code::Unreadable => (
            r#"
# A file in Latin-1, with the byte E4:
[[vector]]
reply = "550 Empf\u00e4nger unbekannt"
reason = "recipient-unknown"
"#,
            r#"
[[vector]]
reply = "550 Empf\\xE4nger unbekannt"
unescape = true
reason = "recipient-unknown"
"#,
        ),
        Code::WrongHeader => (
            r#"
[basic]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
        ),
        Code::VariantWithoutProvider => (
            r#"
[[variant]]
slug = "over-quota"
title = "Over quota"
reason = "mailbox-full"
signatures = ["out of storage space"]
summary = "The mailbox is full."
fix = "Try again later."
confidence = "high"
sources = ["rfc5321"]
vectors = ["552 out of storage space"]
"#,
            r#"
[provider]
slug = "example"
name = "Example Mail"
kind = "mailbox-provider"
sources = ["rfc5321"]

[[variant]]
slug = "over-quota"
title = "Over quota"
reason = "mailbox-full"
signatures = ["out of storage space"]
summary = "The mailbox is full."
fix = "Try again later."
confidence = "high"
sources = ["rfc5321"]
vectors = ["552 out of storage space"]
"#,
        ),
        Code::CatalogHead => (
            r##"
# catalog/catalog.toml
[catalog]
version = "1.0.0"
date = "2026-06-30"
title = "smtp-codes catalogue"

# catalog/more.toml
[catalog]
version = "1.0.0"
date = "2026-06-30"
title = "smtp-codes catalogue"
"##,
            r##"
# catalog/catalog.toml
[catalog]
version = "1.0.0"
date = "2026-06-30"
title = "smtp-codes catalogue"
"##,
        ),
        Code::BadSlug => (
            r#"
[[phrase]]
slug = "No such user"
reason = "recipient-unknown"
signatures = ["{recipient} {unknown}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
            r#"
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {unknown}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
        ),
        Code::DuplicateName => (
            r#"
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {unknown}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]

[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} is {unknown}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user is unknown"]
"#,
            r#"
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {unknown}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]

[[phrase]]
slug = "user-is-unknown"
reason = "recipient-unknown"
signatures = ["{recipient} is {unknown}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user is unknown"]
"#,
        ),
        Code::DuplicateKey => (
            r#"
[[digit]]
place = "first"
digit = "5"
title = "Failed for good"
summary = "The command failed for good."
sources = ["rfc5321"]

[[digit]]
place = "first"
digit = "5"
title = "Failed for good"
summary = "The command failed for good."
sources = ["rfc5321"]
"#,
            r#"
[[digit]]
place = "first"
digit = "5"
title = "Failed for good"
summary = "The command failed for good."
sources = ["rfc5321"]

[[digit]]
place = "first"
digit = "4"
title = "Failed for good"
summary = "The command failed for good."
sources = ["rfc5321"]
"#,
        ),
        Code::Dangling => (
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5231"]
"#,
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
        ),
        Code::BadReference => (
            r#"
[[claim]]
slug = "every-550"
said = "Every 550 is a dead mailbox"
right = "A 550 may be a block as well."
verdict = "too-wide"
concerns = ["mailbox-full"]
sources = ["rfc5321"]
"#,
            r#"
[[claim]]
slug = "every-550"
said = "Every 550 is a dead mailbox"
right = "A 550 may be a block as well."
verdict = "too-wide"
concerns = ["reason:mailbox-full"]
sources = ["rfc5321"]
"#,
        ),
        Code::RepeatedValue => (
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321", "rfc5321"]
"#,
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
        ),
        Code::ForeignSourceId => (
            r#"
[provider]
slug = "example"
name = "Example Mail"
kind = "mailbox-provider"
sources = ["rfc5321"]

[[source]]
id = "postmaster-page"
title = "An example"
kind = "practice"

[[variant]]
slug = "over-quota"
title = "Over quota"
reason = "mailbox-full"
signatures = ["out of storage space"]
summary = "The mailbox is full."
fix = "Try again later."
confidence = "high"
sources = ["postmaster-page"]
vectors = ["552 out of storage space"]
"#,
            r#"
[provider]
slug = "example"
name = "Example Mail"
kind = "mailbox-provider"
sources = ["rfc5321"]

[[source]]
id = "example-postmaster-page"
title = "An example"
kind = "practice"

[[variant]]
slug = "over-quota"
title = "Over quota"
reason = "mailbox-full"
signatures = ["out of storage space"]
summary = "The mailbox is full."
fix = "Try again later."
confidence = "high"
sources = ["example-postmaster-page"]
vectors = ["552 out of storage space"]
"#,
        ),
        Code::NoSource => (
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = []
"#,
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
        ),
        Code::UnusedSource => (
            r#"
[[source]]
id = "example"
title = "An example"
kind = "practice"
"#,
            r#"
[[source]]
id = "example"
title = "An example"
kind = "practice"

[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["example"]
"#,
        ),
        Code::NotInList => (
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registerd"
sources = ["rfc5321"]
"#,
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
        ),
        Code::ListIncomplete => (
            r#"
# Nowhere in the catalogue there is
# [[action]]
# axis = "address"
# slug = "keep"
# title = "Keep"
# summary = "Go on sending."
# sources = ["rfc5321"]
"#,
            r#"
[[action]]
axis = "address"
slug = "keep"
title = "Keep"
summary = "Go on sending."
sources = ["rfc5321"]
"#,
        ),
        Code::BadCode => (
            r#"
[[enhanced]]
code = "5.01.1"
title = "Bad address"
summary = "The address is bad."
standing = "registered"
sources = ["rfc5321"]
"#,
            r#"
[[enhanced]]
code = "5.1.1"
title = "Bad address"
summary = "The address is bad."
standing = "registered"
sources = ["rfc5321"]
"#,
        ),
        Code::CodeOutOfRange => (
            r#"
[[basic]]
code = "5500"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
            r#"
[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["rfc5321"]
"#,
        ),
        Code::BadRange => (
            r#"
[[enhanced]]
code = "5.7.649-5.7.606"
title = "Bad address"
summary = "The address is bad."
standing = "registered"
sources = ["rfc5321"]
"#,
            r#"
[[enhanced]]
code = "5.7.606-5.7.649"
title = "Bad address"
summary = "The address is bad."
standing = "registered"
sources = ["rfc5321"]
"#,
        ),
        Code::Overlap => (
            r#"
[[enhanced]]
code = "5.7.600-5.7.620"
title = "Bad address"
summary = "The address is bad."
standing = "registered"
sources = ["rfc5321"]

[[enhanced]]
code = "5.7.606-5.7.649"
title = "Bad address"
summary = "The address is bad."
standing = "registered"
sources = ["rfc5321"]
"#,
            r#"
[[enhanced]]
code = "5.7.600-5.7.605"
title = "Bad address"
summary = "The address is bad."
standing = "registered"
sources = ["rfc5321"]

[[enhanced]]
code = "5.7.606-5.7.649"
title = "Bad address"
summary = "The address is bad."
standing = "registered"
sources = ["rfc5321"]
"#,
        ),
        Code::UselessException => (
            r#"
[[family]]
code = "x.1.x"
except = ["x.2.1"]
title = "Addresses"
summary = "Something is wrong with an address."
sources = ["rfc5321"]
"#,
            r#"
[[family]]
code = "x.1.x"
except = ["x.1.8"]
title = "Addresses"
summary = "Something is wrong with an address."
sources = ["rfc5321"]
"#,
        ),
        Code::NoSuchCode => (
            r#"
[[basic]]
code = "422"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "unregistered"
reads-as = "432"
sources = ["rfc5321"]
"#,
            r#"
[[basic]]
code = "422"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "unregistered"
reads-as = "452"
sources = ["rfc5321"]
"#,
        ),
        Code::ControlCharacter => (
            r#"
[[digit]]
place = "first"
digit = "5"
title = "Failed\u0000"
summary = "The command failed for good."
sources = ["rfc5321"]
"#,
            r#"
[[digit]]
place = "first"
digit = "5"
title = "Failed for good"
summary = "The command failed for good."
sources = ["rfc5321"]
"#,
        ),
        Code::BadUrl => (
            r#"
[[source]]
id = "example"
title = "An example"
kind = "practice"
url = "example.net/codes"

[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["example"]
"#,
            r#"
[[source]]
id = "example"
title = "An example"
kind = "practice"
url = "https://example.net/codes"

[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["example"]
"#,
        ),
        Code::BadDate => (
            r#"
[[source]]
id = "example"
title = "An example"
kind = "practice"
state = "2026-13"

[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["example"]
"#,
            r#"
[[source]]
id = "example"
title = "An example"
kind = "practice"
state = "2026-12"

[[basic]]
code = "550"
title = "Mailbox unavailable"
summary = "The mailbox cannot be used."
standing = "registered"
sources = ["example"]
"#,
        ),
        Code::NoFullStop => (
            r#"
[[digit]]
place = "first"
digit = "5"
title = "Failed for good"
summary = "The command failed for good"
sources = ["rfc5321"]
"#,
            r#"
[[digit]]
place = "first"
digit = "5"
title = "Failed for good"
summary = "The command failed for good."
sources = ["rfc5321"]
"#,
        ),
        Code::TitleWithStop => (
            r#"
[[digit]]
place = "first"
digit = "5"
title = "Failed for good."
summary = "The command failed for good."
sources = ["rfc5321"]
"#,
            r#"
[[digit]]
place = "first"
digit = "5"
title = "Failed for good"
summary = "The command failed for good."
sources = ["rfc5321"]
"#,
        ),
        Code::EmptyText => (
            r#"
[[digit]]
place = "first"
digit = "5"
title = "Failed for good"
summary = ""
sources = ["rfc5321"]
"#,
            r#"
[[digit]]
place = "first"
digit = "5"
title = "Failed for good"
summary = "The command failed for good."
sources = ["rfc5321"]
"#,
        ),
        Code::StrayBlanks => (
            r#"
[[digit]]
place = "first"
digit = "5"
title = "Failed for good "
summary = "The command failed for good."
sources = ["rfc5321"]
"#,
            r#"
[[digit]]
place = "first"
digit = "5"
title = "Failed for good"
summary = "The command failed for good."
sources = ["rfc5321"]
"#,
        ),
        Code::BadVersion => (
            r#"
[catalog]
version = "v1"
date = "2026-06-30"
title = "smtp-codes catalogue"
"#,
            r#"
[catalog]
version = "1.0.0"
date = "2026-06-30"
title = "smtp-codes catalogue"
"#,
        ),
        Code::BadHost => (
            r#"
[provider]
slug = "example"
name = "Example Mail"
kind = "mailbox-provider"
sources = ["rfc5321"]
mx = ["*.example.net"]
"#,
            r#"
[provider]
slug = "example"
name = "Example Mail"
kind = "mailbox-provider"
sources = ["rfc5321"]
mx = [".example.net"]
"#,
        ),
        Code::BadSignature => (
            r#"
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} ~ ... {unknown}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
            r#"
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} ~ {unknown}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
        ),
        Code::NoWord => (
            r#"
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["--- !"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
            r#"
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {unknown}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
        ),
        Code::ConceptInLiteral => (
            r#"
[provider]
slug = "example"
name = "Example Mail"
kind = "mailbox-provider"
sources = ["rfc5321"]

[[variant]]
slug = "over-quota"
title = "Over quota"
reason = "mailbox-full"
signatures = ["{recipient} out of storage space"]
summary = "The mailbox is full."
fix = "Try again later."
confidence = "high"
sources = ["rfc5321"]
vectors = ["552 out of storage space"]
"#,
            r#"
[provider]
slug = "example"
name = "Example Mail"
kind = "mailbox-provider"
sources = ["rfc5321"]

[[variant]]
slug = "over-quota"
title = "Over quota"
reason = "mailbox-full"
signatures = ["out of storage space"]
summary = "The mailbox is full."
fix = "Try again later."
confidence = "high"
sources = ["rfc5321"]
vectors = ["552 out of storage space"]
"#,
        ),
        Code::RepeatedSignature => (
            r#"
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["user {unknown}", "[User] {unknown}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
            r#"
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["user {unknown}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
        ),
        Code::VariantWithoutKey => (
            r#"
[provider]
slug = "example"
name = "Example Mail"
kind = "mailbox-provider"
sources = ["rfc5321"]

[[variant]]
slug = "over-quota"
title = "Over quota"
reason = "mailbox-full"
summary = "The mailbox is full."
fix = "Try again later."
confidence = "high"
sources = ["rfc5321"]
vectors = ["552 out of storage space"]
"#,
            r#"
[provider]
slug = "example"
name = "Example Mail"
kind = "mailbox-provider"
sources = ["rfc5321"]

[[variant]]
slug = "over-quota"
title = "Over quota"
reason = "mailbox-full"
basic = "552"
summary = "The mailbox is full."
fix = "Try again later."
confidence = "high"
sources = ["rfc5321"]
vectors = ["552 out of storage space"]
"#,
        ),
        Code::NoIdiom => (
            r#"
[[concept]]
slug = "full"
title = "Full"
en = []

[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {full}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
            r#"
[[concept]]
slug = "full"
title = "Full"
en = ["full"]

[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {full}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
        ),
        Code::BadIdiom => (
            r#"
[[concept]]
slug = "full"
title = "Full"
en = ["{recipient} full"]

[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {full}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
            r#"
[[concept]]
slug = "full"
title = "Full"
en = ["full"]

[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {full}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
        ),
        Code::UnusedConcept => (
            r#"
[[concept]]
slug = "full"
title = "Full"
en = ["full"]
"#,
            r#"
[[concept]]
slug = "full"
title = "Full"
en = ["full"]

[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {full}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
        ),
        Code::ConceptCycle => (
            r#"
[[concept]]
slug = "full"
title = "Full"
en = ["full"]
include = ["over-quota"]

[[concept]]
slug = "over-quota"
title = "Full"
en = ["over quota"]
include = ["full"]

[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {full}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
            r#"
[[concept]]
slug = "full"
title = "Full"
en = ["full"]
include = ["over-quota"]

[[concept]]
slug = "over-quota"
title = "Full"
en = ["over quota"]

[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {full}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
        ),
        Code::ConceptName => (
            r#"
[[concept]]
title = "Full"
de = ["voll"]
"#,
            r#"
[[concept]]
extends = "recipient"
de = ["postfach"]
"#,
        ),
        Code::NoVector => (
            r#"
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {unknown}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = []
"#,
            r#"
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {unknown}"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
        ),
        Code::BadEscape => (
            r#"
[[vector]]
reply = "550 Empf\\E4nger"
unescape = true
reason = "recipient-unknown"
"#,
            r#"
[[vector]]
reply = "550 Empf\\xE4nger"
unescape = true
reason = "recipient-unknown"
"#,
        ),
        Code::ContradictoryVectors => (
            r#"
[[vector]]
reply = "550 no"
reason = "policy"

[[vector]]
reply = "550 no"
reason = "unknown"
"#,
            r#"
[[vector]]
reply = "550 no"
reason = "policy"
also = ["unknown"]
"#,
        ),
        Code::VectorAndNear => (
            r#"
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {unknown}"]
near = ["550 user unknown"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
            r#"
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["{recipient} {unknown}"]
near = ["550 sender unknown"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown"]
"#,
        ),
        Code::FalseSuppression => (
            r#"
[[phrase]]
slug = "listed"
reason = "blocklist"
signatures = ["blocked using"]
address = "suppress"
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 blocked using bl.example"]
"#,
            r#"
[[phrase]]
slug = "listed"
reason = "blocklist"
signatures = ["blocked using"]
address = "hold"
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 blocked using bl.example"]
"#,
        ),
        Code::SenderFaultUnsaid => (
            r#"
[[reason]]
slug = "blocklist"
title = "Listed"
summary = "A blocklist names the sender."
party = "sender-infrastructure"
unstated = "permanent"
sources = ["rfc5321"]

[reason.transient]
bounce = "block"
delivery = "retry-after-fix"
address = "keep"
remedies = ["request-delisting"]

[reason.permanent]
bounce = "block"
delivery = "retry-after-fix"
address = "hold"
remedies = ["request-delisting"]
"#,
            r#"
[[reason]]
slug = "blocklist"
title = "Listed"
summary = "A blocklist names the sender."
party = "sender-infrastructure"
unstated = "permanent"
sender-fault = true
sources = ["rfc5321"]

[reason.transient]
bounce = "block"
delivery = "retry-after-fix"
address = "keep"
remedies = ["request-delisting"]

[reason.permanent]
bounce = "block"
delivery = "retry-after-fix"
address = "hold"
remedies = ["request-delisting"]
"#,
        ),
        Code::ScheduleNonsense => (
            r#"
[[schedule]]
slug = "quick"
title = "Quick"
summary = "Tries again soon."
first-delay-s = 7200
factor = 200
ceiling-s = 3600
give-up-s = 86400
sources = ["rfc5321"]
"#,
            r#"
[[schedule]]
slug = "quick"
title = "Quick"
summary = "Tries again soon."
first-delay-s = 60
factor = 200
ceiling-s = 3600
give-up-s = 86400
sources = ["rfc5321"]
"#,
        ),
        Code::RecurrenceNonsense => (
            r#"
[[recurrence]]
slug = "three-campaigns"
title = "Three campaigns"
summary = "Three campaigns in a row failed."
reasons = ["mailbox-full"]
count = 0
unit = "campaigns"
consecutive = true
scope = "address"
escalates-to = "suppress"
sources = ["rfc5321"]
"#,
            r#"
[[recurrence]]
slug = "three-campaigns"
title = "Three campaigns"
summary = "Three campaigns in a row failed."
reasons = ["mailbox-full"]
count = 3
unit = "campaigns"
consecutive = true
scope = "address"
escalates-to = "suppress"
sources = ["rfc5321"]
"#,
        ),
        Code::NumberOutOfRange => (
            r#"
[provider]
slug = "example"
name = "Example Mail"
kind = "mailbox-provider"
sources = ["rfc5321"]

[[variant]]
slug = "over-quota"
title = "Over quota"
reason = "mailbox-full"
signatures = ["out of storage space"]
summary = "The mailbox is full."
fix = "Try again later."
confidence = "high"
sources = ["rfc5321"]
vectors = ["552 out of storage space"]
year = 20025
"#,
            r#"
[provider]
slug = "example"
name = "Example Mail"
kind = "mailbox-provider"
sources = ["rfc5321"]

[[variant]]
slug = "over-quota"
title = "Over quota"
reason = "mailbox-full"
signatures = ["out of storage space"]
summary = "The mailbox is full."
fix = "Try again later."
confidence = "high"
sources = ["rfc5321"]
vectors = ["552 out of storage space"]
year = 2025
"#,
        ),
        Code::NoConcern => (
            r#"
[[claim]]
slug = "every-550"
said = "Every 550 is a dead mailbox"
right = "A 550 may be a block as well."
verdict = "too-wide"
sources = ["rfc5321"]
"#,
            r#"
[[claim]]
slug = "every-550"
said = "Every 550 is a dead mailbox"
right = "A 550 may be a block as well."
verdict = "too-wide"
concerns = ["reason:recipient-unknown"]
sources = ["rfc5321"]
"#,
        ),
        Code::LedgerFormat => (
            r#"
# catalog/sources.toml
[[source]]
id = "example"
title = "An example"
kind = "practice"

# catalog/phrases.toml
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["user unknown"]
summary = "The mailbox does not exist."
sources = ["example"]
vectors = ["550 user unknown"]

# catalog/ids.toml
[phrase]
no-such-user = "one"

[source]
example = 1
"#,
            r#"
# catalog/sources.toml
[[source]]
id = "example"
title = "An example"
kind = "practice"

# catalog/phrases.toml
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["user unknown"]
summary = "The mailbox does not exist."
sources = ["example"]
vectors = ["550 user unknown"]

# catalog/ids.toml
[phrase]
no-such-user = 1

[source]
example = 1
"#,
        ),
        Code::NoId => (
            r#"
# catalog/sources.toml
[[source]]
id = "example"
title = "An example"
kind = "practice"

# catalog/phrases.toml
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["user unknown"]
summary = "The mailbox does not exist."
sources = ["example"]
vectors = ["550 user unknown"]

# catalog/ids.toml
[source]
example = 1
"#,
            r#"
# catalog/sources.toml
[[source]]
id = "example"
title = "An example"
kind = "practice"

# catalog/phrases.toml
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["user unknown"]
summary = "The mailbox does not exist."
sources = ["example"]
vectors = ["550 user unknown"]

# catalog/ids.toml
[phrase]
no-such-user = 1

[source]
example = 1
"#,
        ),
        Code::IdWithoutEntry => (
            r#"
# catalog/sources.toml
[[source]]
id = "example"
title = "An example"
kind = "practice"

# catalog/phrases.toml
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["user unknown"]
summary = "The mailbox does not exist."
sources = ["example"]
vectors = ["550 user unknown"]

# catalog/ids.toml
[phrase]
no-such-user = 1
no-such-person = 2

[source]
example = 1
"#,
            r#"
# catalog/sources.toml
[[source]]
id = "example"
title = "An example"
kind = "practice"

# catalog/phrases.toml
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["user unknown"]
summary = "The mailbox does not exist."
sources = ["example"]
vectors = ["550 user unknown"]

# catalog/ids.toml
[phrase]
no-such-user = 1

[source]
example = 1

[retired.phrase]
no-such-person = 2
"#,
        ),
        Code::RetiredReused => (
            r#"
# catalog/sources.toml
[[source]]
id = "example"
title = "An example"
kind = "practice"

# catalog/phrases.toml
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["user unknown"]
summary = "The mailbox does not exist."
sources = ["example"]
vectors = ["550 user unknown"]

# catalog/ids.toml
[phrase]
no-such-user = 1

[source]
example = 1

[retired.phrase]
no-such-person = 1
"#,
            r#"
# catalog/sources.toml
[[source]]
id = "example"
title = "An example"
kind = "practice"

# catalog/phrases.toml
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["user unknown"]
summary = "The mailbox does not exist."
sources = ["example"]
vectors = ["550 user unknown"]

# catalog/ids.toml
[phrase]
no-such-user = 2

[source]
example = 1

[retired.phrase]
no-such-person = 1
"#,
        ),
        Code::DuplicateId => (
            r#"
# catalog/sources.toml
[[source]]
id = "example"
title = "An example"
kind = "practice"

# catalog/phrases.toml
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["user unknown"]
summary = "The mailbox does not exist."
sources = ["example"]
vectors = ["550 user unknown"]

# catalog/ids.toml
[phrase]
no-such-user = 1

[source]
example = 1

[retired.phrase]
no-such-man = 2
no-such-person = 2
"#,
            r#"
# catalog/sources.toml
[[source]]
id = "example"
title = "An example"
kind = "practice"

# catalog/phrases.toml
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["user unknown"]
summary = "The mailbox does not exist."
sources = ["example"]
vectors = ["550 user unknown"]

# catalog/ids.toml
[phrase]
no-such-user = 1

[source]
example = 1

[retired.phrase]
no-such-man = 2
no-such-person = 3
"#,
        ),
        Code::ClosedListNumber => (
            r#"
# catalog/sources.toml
[[source]]
id = "example"
title = "An example"
kind = "practice"

# catalog/actions.toml
[[action]]
axis = "address"
slug = "watch"
title = "Watch"
summary = "Count towards a threshold."
sources = ["example"]

# catalog/ids.toml
[address]
watch = 4

[source]
example = 1
"#,
            r#"
# catalog/sources.toml
[[source]]
id = "example"
title = "An example"
kind = "practice"

# catalog/actions.toml
[[action]]
axis = "address"
slug = "watch"
title = "Watch"
summary = "Count towards a threshold."
sources = ["example"]

# catalog/ids.toml
[address]
watch = 1

[source]
example = 1
"#,
        ),
        Code::NoLedger => (
            r##"
# catalog/catalog.toml
[catalog]
version = "1.0.0"
date = "2026-06-30"
title = "smtp-codes catalogue"
"##,
            r##"
# catalog/sources.toml
[[source]]
id = "example"
title = "An example"
kind = "practice"

# catalog/phrases.toml
[[phrase]]
slug = "no-such-user"
reason = "recipient-unknown"
signatures = ["user unknown"]
summary = "The mailbox does not exist."
sources = ["example"]
vectors = ["550 user unknown"]

# catalog/ids.toml
[phrase]
no-such-user = 1

[source]
example = 1
"##,
        ),
        Code::Shadowed => (
            r#"
[[phrase]]
slug = "has-left"
reason = "recipient-unknown"
signatures = ["has left us"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 she has left us"]

[[phrase]]
slug = "has-left-for-good"
reason = "recipient-unknown"
signatures = ["has left us for good"]
strength = "generic"
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 she has left us for good"]
"#,
            r#"
[[phrase]]
slug = "has-left"
reason = "recipient-unknown"
signatures = ["has left us"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 she has left us"]

[[phrase]]
slug = "has-left-for-good"
reason = "recipient-unknown"
signatures = ["has left us for good"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 she has left us for good"]
"#,
        ),
        Code::VectorLost => (
            r#"
[[phrase]]
slug = "has-left"
reason = "recipient-unknown"
signatures = ["has left us"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 she has left us", "550 she is no longer with us"]
"#,
            r#"
[[phrase]]
slug = "has-left"
reason = "recipient-unknown"
signatures = ["has left us", "no longer with us"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 she has left us", "550 she is no longer with us"]
"#,
        ),
        Code::NearMissWon => (
            r#"
[[phrase]]
slug = "has-left"
reason = "recipient-unknown"
signatures = ["has left"]
near = ["451 the last worker has left the queue"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 she has left us"]
"#,
            r#"
[[phrase]]
slug = "has-left"
reason = "recipient-unknown"
signatures = ["has left"]
not = ["queue"]
near = ["451 the last worker has left the queue"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 she has left us"]
"#,
        ),
        Code::NeverMatches => (
            r#"
[[phrase]]
slug = "ghost-town"
reason = "recipient-unknown"
signatures = ["is a ghost town", "has become a ghost town"]
not = ["become"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 this mailbox is a ghost town"]
"#,
            r#"
[[phrase]]
slug = "ghost-town"
reason = "recipient-unknown"
signatures = ["is a ghost town", "has become a ghost town"]
not = ["sender"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 this mailbox is a ghost town"]
"#,
        ),
        Code::EqualRank => (
            r#"
[[phrase]]
slug = "has-left"
reason = "recipient-unknown"
signatures = ["has left us"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 she has left us"]

[[phrase]]
slug = "went-away"
reason = "mailbox-full"
signatures = ["went away", "has left us"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 she went away"]
"#,
            r#"
[[phrase]]
slug = "has-left"
reason = "recipient-unknown"
signatures = ["has left us"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 she has left us"]

[[phrase]]
slug = "went-away"
reason = "mailbox-full"
signatures = ["went away"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 she went away"]
"#,
        ),
        Code::ExpectationFailed => (
            r#"
[[vector]]
reply = "550 5.1.1 mailbox not found"
reason = "recipient-unknown"
enhanced = "5.1.2"
"#,
            r#"
[[vector]]
reply = "550 5.1.1 mailbox not found"
reason = "recipient-unknown"
enhanced = "5.1.1"
"#,
        ),
        Code::BlocklistUnseen => (
            r#"
[[blocklist]]
slug = "example-bl"
name = "Example BL"
operator = "Example"
lists = ["ip"]
signatures = ["bl.example.net"]
removal-by = "sender"
status = "alive"
summary = "It lists addresses."
sources = ["rfc5321"]
vectors = ["550 blocked using bl.example.org"]
"#,
            r#"
[[blocklist]]
slug = "example-bl"
name = "Example BL"
operator = "Example"
lists = ["ip"]
signatures = ["bl.example.net"]
removal-by = "sender"
status = "alive"
summary = "It lists addresses."
sources = ["rfc5321"]
vectors = ["550 blocked using bl.example.net"]
"#,
        ),
        Code::TableFull => (
            r#"
[[concept]]
extends = "recipient"
en = ["the one and only mailbox that you, dear sender, have been trying so hard to reach with this message of yours for some days now"]
"#,
            r#"
[[concept]]
extends = "recipient"
en = ["mailbox that you have been trying to reach"]
"#,
        ),
        Code::WordUnseen => (
            r#"
[[phrase]]
slug = "has-left"
reason = "recipient-unknown"
signatures = ["has left us", "has gone awya"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 she has left us"]
"#,
            r#"
[[phrase]]
slug = "has-left"
reason = "recipient-unknown"
signatures = ["has left us", "has gone away"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 she has left us", "550 she has gone away"]
"#,
        ),
        Code::OddReason => (
            r#"
[[phrase]]
slug = "user-not-known"
reason = "mailbox-full"
signatures = ["{recipient} {unknown} here"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown here"]
"#,
            r#"
[[phrase]]
slug = "user-not-known"
reason = "recipient-unknown"
signatures = ["{recipient} {unknown} here"]
summary = "The mailbox does not exist."
sources = ["rfc5321"]
vectors = ["550 user unknown here"]
"#,
        ),
        Code::OddAdvice => (
            r#"
[[phrase]]
slug = "mailbox-at-its-limit"
reason = "mailbox-full"
signatures = ["mailbox at its limit"]
party = "sender-content"
summary = "The mailbox is full."
sources = ["rfc5321"]
vectors = ["552 mailbox at its limit"]
"#,
            r#"
[[phrase]]
slug = "mailbox-at-its-limit"
reason = "mailbox-full"
signatures = ["mailbox at its limit"]
summary = "The mailbox is full."
sources = ["rfc5321"]
vectors = ["552 mailbox at its limit"]
"#,
        ),
    };
    Some(Example { wrong, right })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{self, Extent, all};
    use crate::files::SourceFile;
    use crate::load::load_files;
    use crate::model::Model;
    use crate::report::{Colour, Diagnostics, render};

    /// The files of an example: what follows `# catalog/….toml`, or all in one file.
    fn files(example: &str) -> Vec<SourceFile> {
        let mut files: Vec<(String, String)> = Vec::new();
        for line in example.lines() {
            if let Some(path) = line.strip_prefix("# ").filter(|path| path.starts_with("catalog/")) {
                files.push((path.to_owned(), String::new()));
                continue;
            }
            if files.is_empty() {
                files.push(("catalog/example.toml".to_owned(), String::new()));
            }
            if let Some((_, text)) = files.last_mut() {
                text.push_str(line);
                text.push('\n');
            }
        }
        // A ledger speaks about everything, so an example with one stands alone.
        if !files.iter().any(|(path, _)| path.ends_with("ids.toml")) {
            let base = include_str!("../../tests/fixtures/base.toml");
            files.push(("catalog/base.toml".to_owned(), base.to_owned()));
        }
        files
            .into_iter()
            .map(|(path, text)| SourceFile::new(path, text))
            .collect()
    }

    /// What reading and checking finds; and, for an error of the compiled tables, what those show.
    fn run(example: &str, extent: Extent, code: Code) -> (Diagnostics, String) {
        let loaded = load_files(files(example));
        let mut found = all(&loaded, extent);
        if code.slug() >= "E0200" && check::worth_compiling(&found) {
            let model = Model::new(loaded.catalogue);
            found.extend(check::compiled(&model));
            if code.is_hint() {
                found.extend(check::hints(&model).into_iter().filter(|hint| hint.code == code));
            }
        }
        let text = render(&loaded.files, &found, Colour::Never);
        (found, text)
    }

    #[test]
    fn wrong_examples_are_wrong_and_right_ones_right() {
        let mut failures = String::new();
        for &code in Code::ALL {
            let Some(example) = of(code) else { continue };
            let extent = match code {
                Code::ListIncomplete | Code::NoLedger => Extent::Complete,
                _ => Extent::Part,
            };
            let (found, text) = run(example.wrong, extent, code);
            // The bytes of a file cannot be shown by text, nor what many other entries say by one.
            let elsewhere = matches!(code, Code::Unreadable | Code::OddReason);
            if !elsewhere && !found.iter().any(|found| found.code == code) {
                failures.push_str(&format!(
                    "{}: the wrong example gives no such error\n{text}\n",
                    code.slug()
                ));
            }
            let others = found
                .iter()
                .filter(|found| found.code != code && extent == Extent::Part)
                .count();
            if others > 0 {
                failures.push_str(&format!(
                    "{}: the wrong example is wrong in other ways too\n{text}\n",
                    code.slug()
                ));
            }
            let (found, text) = run(example.right, Extent::Part, code);
            if !found.is_empty() {
                failures.push_str(&format!("{}: the right example is wrong\n{text}\n", code.slug()));
            }
        }
        assert!(failures.is_empty(), "{failures}");
    }
}
