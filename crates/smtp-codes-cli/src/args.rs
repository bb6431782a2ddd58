//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// What a mail server's reply means, who is at fault, and what to do next.
#[derive(Parser)]
#[command(name = "smtp-codes", version, max_term_width = 80, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) color: colorchoice_clap::Color,
    #[command(subcommand)]
    pub(crate) task: Task,
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 some rows or records could not be read, 2 usage.";

#[derive(Subcommand)]
pub(crate) enum Task {
    /// Explain one reply.
    Explain(Explain),
    /// Classify many replies: one row out for each row in, in order.
    Classify(Classify),
    /// List codes, or search them by number or words.
    Codes(Codes),
    /// List the providers that replies are recognised from.
    Providers(List),
    /// List the reasons a reply can have.
    Reasons(List),
    /// Check your own variants and phrases, as `--catalog` takes them.
    Check {
        /// TOML files in the catalogue's format.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page.
    Man,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  smtp-codes explain 550 5.7.26 Unauthenticated email is not accepted
  pbpaste | smtp-codes explain --json
  smtp-codes explain --failures 3 452 4.2.2 Mailbox full")]
pub(crate) struct Explain {
    /// The reply; words are joined by a blank. `-`, or nothing, reads standard input.
    #[arg(value_name = "REPLY", trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) reply: Vec<OsString>,
    /// Print the diagnosis as one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Show every rule that matched, and why it won or did not.
    #[arg(long, conflicts_with = "json")]
    pub(crate) trace: bool,
    /// The provider that answered.
    #[arg(long, value_name = "SLUG")]
    pub(crate) provider: Option<String>,
    /// The MX host that answered.
    #[arg(long, value_name = "HOST")]
    pub(crate) mx: Option<OsString>,
    /// The recipient's address or domain.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) recipient: Option<OsString>,
    /// The command that the reply answers, such as RCPT or DATA.
    #[arg(long, value_name = "CMD")]
    pub(crate) command: Option<String>,
    #[command(flatten)]
    pub(crate) history: History,
    #[command(flatten)]
    pub(crate) overlay: Catalog,
}

#[derive(Args)]
pub(crate) struct History {
    /// Failed attempts so far, this one included: asks for a decision.
    #[arg(long, value_name = "N")]
    pub(crate) failures: Option<u32>,
    /// Distinct campaigns that failed at this address in a row, this one included.
    #[arg(long, value_name = "N")]
    pub(crate) campaigns: Option<u32>,
    /// Whether a message was ever delivered to the address.
    #[arg(long, value_name = "yes|no")]
    pub(crate) ever_delivered: Option<YesNo>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum YesNo {
    Yes,
    No,
}

#[derive(Args)]
pub(crate) struct Catalog {
    /// Your own variants and phrases (TOML), laid above the built-in catalogue; repeatable.
    #[arg(long, value_name = "FILE")]
    pub(crate) catalog: Vec<PathBuf>,
}

#[derive(Args)]
#[command(after_help = "\
Input:
  lines   a row is a line, also an empty one; its id is its number
  jsonl   a row is an object with `reply` and, if you like, `id`, `provider`,
          `mx`, `recipient`, `command`, `failures`; a blank line is a row that
          cannot be read, unless it is the last
  csv     the first row names the columns; the reply stands in `reply` or in
          the column of --reply-column, the others as in jsonl; without an
          `id` column the id is the number of the row
  tsv     the same, parted by tabs

A row that cannot be read gives a row with `error` and its line.
Byte order marks are understood, UTF-16 included; other text need not be UTF-8.

Examples:
  smtp-codes classify bounces.csv --reply-column dsn_diag --output-format csv
  smtp-codes classify --summary bounces.jsonl")]
pub(crate) struct Classify {
    /// Files to read; standard input without any, or for `-`.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// How rows stand in the input.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) input_format: InputFormat,
    /// How rows are written.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output_format: OutputFormat,
    /// The column that holds the reply.
    #[arg(long, value_name = "NAME")]
    pub(crate) reply_column: Option<String>,
    /// Write rows to a file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Print counts by reason, party, provider and action instead of rows (with --output: as well).
    #[arg(long)]
    pub(crate) summary: bool,
    /// Write what was not recognised, redacted and grouped, ready to be contributed.
    #[arg(long, value_name = "FILE")]
    pub(crate) unmatched: Option<PathBuf>,
    /// Add a `label` in the words of another classifier, such as `sendgrid`.
    #[arg(long, value_name = "SLUG")]
    pub(crate) label_set: Option<String>,
    /// How many threads classify; as many as there are processors if not given.
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) jobs: Option<u16>,
    #[command(flatten)]
    pub(crate) overlay: Catalog,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// By the file's name, else by its first line.
    #[default]
    Auto,
    /// One reply on each line.
    Lines,
    /// One JSON object on each line.
    Jsonl,
    /// Comma-separated; semicolons are recognised.
    Csv,
    /// Separated by tabs.
    Tsv,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// One JSON object on each line.
    #[default]
    Jsonl,
    /// Comma-separated, with a row of names.
    Csv,
    /// Separated by tabs, with a row of names.
    Tsv,
}

#[derive(Args)]
pub(crate) struct Codes {
    /// Numbers (`571`, `5.7.26`, `5.7`) or words, all of which must be found.
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Print one line of JSON for each code.
    #[arg(long)]
    pub(crate) json: bool,
    /// Only codes of this standing: registered, obsolete, unregistered, not-smtp.
    #[arg(long, value_name = "S")]
    pub(crate) standing: Option<String>,
    /// Only codes of this reason.
    #[arg(long, value_name = "R")]
    pub(crate) reason: Option<String>,
    /// Only codes of this kind.
    #[arg(long, value_enum)]
    pub(crate) kind: Option<CodeKind>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum CodeKind {
    /// Three digits.
    Basic,
    /// Class, subject, detail.
    Enhanced,
    /// All details of a subject.
    Family,
    /// Both together.
    Pair,
    /// A provider's own use.
    Variant,
}

#[derive(Args)]
pub(crate) struct List {
    /// Words, all of which must be found.
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Print one line of JSON for each.
    #[arg(long)]
    pub(crate) json: bool,
}
