//! `classify`: one row out for each row in.

mod support;

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use support::{run, run_with};

/// A file of this test, in the folder cargo gives to tests.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).expect("the folder of tests can be written");
    path
}

fn jsonl(input: &[u8]) -> (Option<i32>, Vec<Value>) {
    let run = run_with(&["classify", "--input-format", "jsonl"], input);
    (run.code, run.rows())
}

fn csv(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (
        names,
        reader
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect(),
    )
}

#[test]
fn a_faulty_row_costs_one_row_with_an_error() {
    let (code, rows) = jsonl(b"{\"id\":1,\"reply\":\"550 5.1.1 User unknown\"}\n{\"id\":2,\"reply\":\n{\"id\":3,\"reply\":\"452 4.2.2 Mailbox full\"}\n");
    assert_eq!(code, Some(1));
    assert_eq!(rows.len(), 3);
    assert_eq!(
        (&rows[0]["id"], &rows[0]["reason"]),
        (&json!(1), &json!("recipient-unknown"))
    );
    assert_eq!((&rows[1]["id"], &rows[1]["line"]), (&json!(2), &json!(2)));
    assert!(rows[1]["error"].is_string() && rows[1].get("reason").is_none());
    assert_eq!(
        (&rows[2]["id"], &rows[2]["reason"]),
        (&json!(3), &json!("mailbox-full"))
    );
}

#[test]
fn any_id_comes_back_as_it_was() {
    let ids = [
        "null",
        "7",
        "-1.50e3",
        "\"a\\u00e9\\n\"",
        "[1, {\"b\":null}]",
        "{\"x\": \"y\"}",
        "true",
        "12345678901234567890123",
    ];
    let input: String = ids
        .iter()
        .map(|id| format!("{{\"reply\":\"550\",\"id\":{id}}}\n"))
        .collect();
    let run = run_with(&["classify", "--input-format", "jsonl"], input.as_bytes());
    assert_eq!(run.code, Some(0));
    for (line, id) in run.out.lines().zip(ids) {
        assert!(line.starts_with(&format!("{{\"id\":{id},\"code\":550,")), "{line}");
    }
    assert_eq!(run.out.lines().count(), ids.len());
}

#[test]
fn rows_that_are_no_rows_are_answered_each_by_itself() {
    let input = b"\n[]\n\"550\"\n{}\n{\"reply\":null}\n{\"reply\":550,\"id\":9}\n{\"reply\":\"550\"} x\n{\"id\":\"n\",\"reply\":\"550\",\"failures\":-1}\n\xFF\xFE\n{\"reply\":\"550\"}\n\n";
    let (code, rows) = jsonl(input);
    assert_eq!(code, Some(1));
    assert_eq!(
        rows.len(),
        10,
        "the blank line at the end is no row, the one at the start is"
    );
    for (index, row) in rows[..9].iter().enumerate() {
        assert!(row["error"].is_string(), "{row}");
        assert_eq!(row["line"], json!(index + 1));
    }
    assert_eq!(rows[5]["id"], 9);
    assert_eq!(rows[9]["code"], 550);
}

#[test]
fn wrong_hints_are_an_error_of_their_row() {
    let (code, rows) = jsonl(b"{\"id\":1,\"reply\":\"550\",\"provider\":\"gogle\"}\n{\"id\":2,\"reply\":\"550\",\"command\":\"RCTP\"}\n{\"id\":3,\"reply\":\"550\",\"command\":\"rcpt to\",\"provider\":\"google\"}\n");
    assert_eq!(code, Some(1));
    assert_eq!(rows[0]["error"], "there is no provider `gogle`: did you mean `google`?");
    assert_eq!(rows[1]["error"], "there is no command `RCTP`: did you mean `RCPT`?");
    assert_eq!((&rows[2]["id"], &rows[2]["provider"]), (&json!(3), &json!("google")));
}

#[test]
fn failures_bring_a_decision() {
    let (code, rows) =
        jsonl(b"{\"reply\":\"452 4.2.2 Mailbox full\",\"failures\":1}\n{\"reply\":\"452 4.2.2 Mailbox full\"}\n");
    assert_eq!(code, Some(0));
    assert!(rows[0]["decision"]["step"].is_string());
    assert!(rows[1].get("decision").is_none());
}

#[test]
fn lines_are_rows_the_empty_ones_too() {
    let run = run_with(
        &["classify", "--input-format", "lines"],
        b"\xEF\xBB\xBF550 5.1.1 User unknown\r\n\n452 4.2.2 full \xFF\nquux zork",
    );
    let rows = run.rows();
    assert_eq!(run.code, Some(0));
    assert_eq!(
        rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>(),
        [1, 2, 3, 4].map(Value::from)
    );
    assert_eq!(
        rows.iter()
            .map(|row| row["reason"].as_str().unwrap())
            .collect::<Vec<_>>(),
        ["recipient-unknown", "unknown", "mailbox-full", "unknown"]
    );
}

#[test]
fn nothing_in_is_nothing_out() {
    for format in ["lines", "jsonl", "csv", "tsv", "auto"] {
        let run = run_with(&["classify", "--input-format", format], b"");
        assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{format}");
    }
}

#[test]
fn order_is_kept_on_any_number_of_threads() {
    // Rows of very different cost, and more than go round at once.
    let mut input = Vec::new();
    for id in 0..60_000u32 {
        let noise = if id % 97 == 0 {
            "x y z ".repeat(2000)
        } else {
            String::new()
        };
        input.extend_from_slice(format!("{{\"id\":{id},\"reply\":\"550 5.1.1 User unknown {noise}\"}}\n").as_bytes());
        if id % 1000 == 999 {
            input.extend_from_slice(b"broken\n");
        }
    }
    let path = file("order.jsonl", &input);
    let one = run(&["classify", "--jobs", "1", path.to_str().unwrap()]);
    let many = run(&["classify", "--jobs", "7", path.to_str().unwrap()]);
    assert_eq!(one.code, Some(1));
    assert!(one.out == many.out, "the same bytes in the same order");
    let ids: Vec<_> = one.rows().iter().filter_map(|row| row["id"].as_u64()).collect();
    assert_eq!(ids, (0..60_000).collect::<Vec<_>>());
    assert_eq!(one.out.lines().count(), 60_060);
}

#[test]
fn a_line_longer_than_any_buffer_is_one_row() {
    let mut input = b"550 5.1.1 User unknown ".to_vec();
    input.resize(100 << 20, b'x');
    input.extend_from_slice(b"\n452 4.2.2 Mailbox full\n");
    let run = run_with(&["classify", "--input-format", "lines"], &input);
    let rows = run.rows();
    assert_eq!((run.code, rows.len()), (Some(0), 2));
    assert_eq!(
        (&rows[0]["reason"], &rows[1]["reason"]),
        (&json!("recipient-unknown"), &json!("mailbox-full"))
    );
}

#[test]
fn tables_have_cells_of_several_lines_and_names_in_any_case() {
    let input = "\u{FEFF}ID,Reply,MX\r\na7,\"550-5.1.1 No, such\r\n550 5.1.1 \"\"user\"\"\",\r\nb,452 4.2.2 Mailbox full,mx.example.net\r\n";
    let run = run_with(&["classify", "--input-format", "csv"], input.as_bytes());
    let rows = run.rows();
    assert_eq!(run.code, Some(0));
    assert_eq!(
        (&rows[0]["id"], &rows[0]["code"], &rows[0]["enhanced"]),
        (&json!("a7"), &json!(550), &json!("5.1.1"))
    );
    assert_eq!(
        (&rows[1]["id"], &rows[1]["reason"]),
        (&json!("b"), &json!("mailbox-full"))
    );
}

#[test]
fn a_short_row_of_a_table_is_an_error_in_its_place() {
    let run = run_with(
        &["classify", "--input-format", "csv", "--output-format", "csv"],
        b"id,reply\n1,550 5.1.1 User unknown\n2\n\"3\",\"452 4.2.2\nfull\"\n4,550,more\n",
    );
    assert_eq!(run.code, Some(1));
    let (names, rows) = csv(&run.out);
    let column = |name: &str| names.iter().position(|known| known == name).unwrap();
    let cells = |name: &str| rows.iter().map(|row| row[column(name)].as_str()).collect::<Vec<_>>();
    assert_eq!(cells("id"), ["1", "2", "3", "4"]);
    assert_eq!(cells("reason")[..3], ["recipient-unknown", "", "mailbox-full"]);
    assert_eq!(cells("line"), ["", "3", "", ""]);
    assert_eq!(
        cells("error"),
        ["", "the row has 1 cells, and the reply is number 2", "", ""]
    );
}

#[test]
fn the_column_of_the_reply_can_be_named() {
    let input = b"email;Diagnose;command\nx@example.com;550 5.1.1 User unknown;RCPT\n";
    let run = run_with(
        &["classify", "--input-format", "csv", "--reply-column", "diagnose"],
        input,
    );
    assert_eq!(run.rows()[0]["reason"], "recipient-unknown");
    let run = run_with(&["classify", "--input-format", "csv"], input);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("email, Diagnose, command"), "{}", run.err);
}

#[test]
fn formats_are_told_by_the_file_or_its_first_line() {
    let csv = file("auto.csv", b"reply\n550 5.1.1 User unknown\n");
    let tsv = file("auto-table", b"id\treply\n1\t550 5.1.1 User unknown\n");
    let lines = file("auto-lines", b"550 5.1.1 User, unknown\n");
    let objects = file("auto-objects", b"{\"reply\":\"550 5.1.1 User unknown\"}\n");
    for path in [csv, tsv, lines, objects] {
        let run = run(&["classify", path.to_str().unwrap()]);
        assert_eq!(
            (run.code, run.rows().len(), &run.rows()[0]["reason"]),
            (Some(0), 1, &json!("recipient-unknown")),
            "{}",
            path.display()
        );
    }
}

#[test]
fn text_of_two_byte_letters_is_understood_by_its_mark() {
    let mut input = vec![0xFF, 0xFE];
    input.extend(
        "reply\r\n550 5.1.1 User unknown\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes),
    );
    let run = run_with(&["classify"], &input);
    assert_eq!(
        (run.code, &run.rows()[0]["reason"]),
        (Some(0), &json!("recipient-unknown")),
        "{}",
        run.out
    );
}

#[test]
fn errors_of_several_files_name_theirs() {
    let good = file("good.jsonl", b"{\"reply\":\"550\"}\n");
    let bad = file("bad.jsonl", b"{\"reply\":\"550\"}\nbroken");
    let run = run(&["classify", good.to_str().unwrap(), bad.to_str().unwrap()]);
    let rows = run.rows();
    assert_eq!((run.code, rows.len(), &rows[2]["line"]), (Some(1), 3, &json!(2)));
    assert!(rows[2]["error"].as_str().unwrap().contains("bad.jsonl"));
}

#[test]
fn a_file_that_is_not_there_is_said_before_anything_is_written() {
    let good = file("there.jsonl", b"{\"reply\":\"550\"}\n");
    let run = run(&["classify", good.to_str().unwrap(), "not-there.jsonl"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.contains("not-there.jsonl"));
    assert_eq!(support::run(&["classify", "--no-such-option"]).code, Some(2));
}

#[test]
fn csv_comes_out_as_it_goes_in() {
    let run = run_with(
        &[
            "classify",
            "--input-format",
            "jsonl",
            "--output-format",
            "csv",
            "--label-set",
            "sendgrid",
        ],
        b"{\"id\":\"a,\\\"b\\\"\",\"reply\":\"550 5.1.1 User unknown\"}\n",
    );
    let (names, rows) = csv(&run.out);
    assert_eq!(names[0], "id");
    assert_eq!(rows[0][0], "a,\"b\"");
    let label = names.iter().position(|name| name == "label").unwrap();
    assert!(!rows[0][label].is_empty());
}

#[test]
fn a_summary_says_whose_move_it_is_and_rows_go_to_the_file() {
    let rows = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("rows.jsonl");
    let run = run_with(
        &["classify", "--summary", "--input-format", "lines", "--output", rows.to_str().unwrap()],
        b"550 5.1.1 User unknown\n550 5.7.26 Unauthenticated email is not accepted\n452 4.2.2 Mailbox full\n250 2.0.0 OK\nquux zork\n",
    );
    assert_eq!(run.code, Some(0));
    assert!(
        run.out
            .starts_with("2 of 4 refusals are yours to fix.\n5 rows read, 1 not recognised, 0 unreadable.\n"),
        "{}",
        run.out
    );
    assert_eq!(fs::read_to_string(rows).unwrap().lines().count(), 5);
}

#[test]
fn what_was_not_recognised_is_grouped_and_redacted() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("unmatched.toml");
    let run = run_with(
        &["classify", "--input-format", "lines", "--unmatched", path.to_str().unwrap()],
        b"quux zork qwzk@xqzj.example 4F8A99B2C7\n550 5.1.1 User unknown\nquux zork xqqz@xqzj.example 77A1B2C3D4\nquux \"quoted\\\n",
    );
    assert_eq!((run.code, run.rows().len()), (Some(0), 4));
    let text = fs::read_to_string(path).unwrap();
    let found: toml::Table = text.parse().unwrap();
    let vectors = found["vector"].as_array().unwrap();
    assert_eq!(vectors.len(), 2, "{text}");
    assert_eq!(vectors[0]["reply"].as_str(), Some("quux zork user@example.com id0"));
    assert!(text.contains("seen 2 times") && !text.contains("xqzj"));
}
