// Reads pasted bounces with the engine that everyone else uses, here in the page. The engine is loaded
// with the first text; nothing can be sent anywhere: the page's policy forbids every connection.
(() => {
  "use strict";
  const { box, make, load, href } = self.SMTP_CODES_PAGE;
  const SHOWN = 200;

  // ---- the engine ----
  let engine;
  const start = () => engine ??= Promise.all(["engine.js", "tables.js", "words.js"].map(load)).then(() => self.SMTP_CODES_READER(load));
  // For whoever looks at the page from its console: the same engine.
  self.SMTP_CODES_PAGE.start = start;
  const word = (list, slug) => self.SMTP_CODES_WORDS[list]?.[slug] ?? slug;

  // ---- what was pasted ----
  const CODE = /(?:^|[^\d.])[2-5]\d\d(?:[ -]|$)|(?:^|[^\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)/;
  const unfold = (text) => text.replace(/\r\n?/g, "\n").replace(/\n[ \t]+/g, " ");
  /** The failed recipients of a bounce message's report. */
  const report = (text) => {
    const rows = [];
    for (const block of unfold(text).split(/\n\s*\n/)) {
      const field = (name) => block.match(new RegExp(`^${name}:\\s*(.+)$`, "im"))?.[1].trim();
      const reply = field("Diagnostic-Code") ?? (field("Final-Recipient") && field("Status"));
      if (!reply) continue;
      const recipient = (field("Original-Recipient") ?? field("Final-Recipient") ?? "").replace(/^[^;]*;\s*/, "");
      rows.push({ reply, recipient, mx: (field("Remote-MTA") ?? "").replace(/^[^;]*;\s*/, "").replace(/[[( ].*$/, "") });
    }
    return rows;
  };
  /** Lines of a log: each with a code of its own, and none the continuation of another. */
  const log = (text) => {
    const lines = text.split(/\r?\n/).filter((line) => line.trim());
    if (lines.length < 2 || lines.filter((line) => CODE.test(line)).length < lines.length * 0.6) return [];
    const same = new Set(lines.map((line) => line.match(/^(\d{3})[- ]/)?.[1] ?? line));
    if (same.size === 1 && lines.slice(0, -1).every((line) => line[3] === "-")) return [];
    return lines.map((line) => ({ reply: line, recipient: line.match(/to=<([^>]*)>/)?.[1] ?? "", mx: line.match(/relay=([^[\s,]+)/)?.[1] ?? "" }));
  };
  /** Rows of a file of separated values, quotes and line ends inside them included. */
  const table = (text) => {
    const head = text.slice(0, 20000).split(/\r?\n/, 5).join("\n");
    const separator = [",", ";", "\t", "|"].map((mark) => [head.split(mark).length, mark]).sort((a, b) => b[0] - a[0])[0];
    const mark = separator[0] > 2 ? separator[1] : "\u0000";
    const rows = [];
    let row = [], cell = "", quoted = false;
    for (let at = 0; at < text.length; at++) {
      const letter = text[at];
      if (quoted) {
        if (letter !== "\"") cell += letter;
        else if (text[at + 1] === "\"") { cell += letter; at++; }
        else quoted = false;
      } else if (letter === "\"" && !cell) quoted = true;
      else if (letter === mark) { row.push(cell); cell = ""; }
      else if (letter === "\n") { row.push(cell.replace(/\r$/, "")); rows.push(row); row = []; cell = ""; }
      else cell += letter;
    }
    if (cell || row.length) { row.push(cell); rows.push(row); }
    return rows.filter((cells) => cells.some((value) => value.trim()));
  };
  /** The column that fits a pattern in most rows. */
  const guess = (rows, pattern, wide) => {
    const sample = rows.slice(0, 500), width = Math.max(0, ...sample.map((row) => row.length));
    let best = -1, most = 0;
    for (let column = 0; column < width; column++) {
      const score = sample.reduce((sum, row) => sum + (pattern.test(row[column] ?? "") ? 1 + (wide ? Math.min(row[column].length, 200) / 100 : 0) : 0), 0);
      if (score > most) { most = score; best = column; }
    }
    return best;
  };

  // ---- the box ----
  const area = make("textarea", { id: "bounce", rows: "6", spellcheck: "false", autocomplete: "off", placeholder: "550-5.7.26 Your email has been blocked because the sender is unauthenticated…" });
  const go = make("button", { class: "go", type: "submit" }, "Read it");
  const picker = make("input", { type: "file", id: "file", class: "vh", accept: ".csv,.tsv,.txt,.log,.eml,text/*,message/rfc822", tabindex: "-1" });
  const pick = make("button", { type: "button" }, "Open a file");
  const result = make("div", { class: "result", role: "region", "aria-live": "polite", "aria-label": "What it means" });
  const form = make("form", {}, make("label", { for: "bounce" }, "A reply, a bounce message, lines of a log, or a CSV file dropped here"), area, make("div", { class: "bar" }, go, pick, picker, make("span", { class: "meta" }, "It stays in this page.")), make("label", { for: "file", class: "vh" }, "File"));
  // A few to see what comes out, for who has none at hand.
  const samples = [
    ["Gmail 5.7.26", "550-5.7.26 Your email has been blocked because the sender is unauthenticated.\n550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.\n550 5.7.26 Authentication results: DKIM = did not pass, SPF [example.com] with ip: [192.0.2.1] = did not pass - gsmtp"],
    ["Outlook S3150", "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150)."],
    ["A Postfix log line", "postfix/smtp[4711]: 4XyZ: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in virtual mailbox table (in reply to RCPT TO command))"],
    ["In German", "552 5.2.2 Das Postfach ist voll"],
  ];
  const tries = make("p", { class: "tries" }, "Or try ", ...samples.map(([name, text]) => {
    const button = make("button", { type: "button" }, name);
    button.addEventListener("click", () => { area.value = text; readAll(text, false); });
    return button;
  }));
  box.querySelector(".nobox").remove();
  box.append(form, tries, result);

  const say = (...content) => result.replaceChildren(...content);
  const failed = (error) => say(make("p", { role: "alert" }, `The engine could not be started: ${error.message}. An older browser may lack what it needs; the command does the same: smtp-codes explain`));

  const link = (path, text, attributes = {}) => make("a", { href: href(path), ...attributes }, text);
  const term = (list, slug, attributes = {}) => make("a", { href: `${href("terms")}#${list}-${slug}`, ...attributes }, word(list, slug));
  const span = (seconds) => {
    const [number, unit] = [[86400, "day"], [3600, "hour"], [60, "minute"], [1, "second"]].filter(([size]) => seconds % size === 0).map(([size, unit]) => [seconds / size, unit])[0];
    return `${number} ${unit}${number === 1 ? "" : "s"}`;
  };
  const page = (d) => d.provider && d.variant ? `p/${d.provider}/${d.variant}` : "";
  const answer = (d) => {
    const fact = (name, ...value) => make("div", {}, make("dt", {}, name), make("dd", {}, ...value));
    const remedies = d.remedies.filter((slug) => slug !== "none-needed").flatMap((slug, at) => [at ? ", then " : "", link(`actions/${slug}`, word("remedy", slug))]);
    const about = [word("basis", d.basis), `${d.confidence}% sure`];
    if (d.provider) about.unshift(word("provider", d.provider));
    if (d.class_mismatch) about.push("its two codes disagree");
    const more = page(d) && [link(page(d), "Everything about this reply")];
    const said = [];
    if (d.blocklist) said.push(fact("Blocklist", link(`blocklists/${d.blocklist}`, word("blocklist", d.blocklist))));
    if (d.retry_after_s) said.push(fact("Asks to come back after", span(d.retry_after_s)));
    if (/^https?:\/\//.test(d.url ?? "")) said.push(fact("Page to read", make("a", { href: d.url, rel: "external noopener noreferrer" }, d.url.replace(/^https?:\/\//, ""))));
    return make("section", { class: `answer b-${d.bounce}`, "aria-label": "Answer" },
      make("p", { class: "verdict" }, term("bounce", d.bounce, { class: `m m-${d.bounce}` }), make("span", { class: "why" }, link(`reasons/${d.reason}`, word("reason", d.reason)))),
      make("p", { class: "fix" }, d.summary),
      make("dl", { class: "axes" },
        fact("This message", link(`actions/${d.delivery}`, word("delivery", d.delivery))),
        fact("The address", link(`actions/${d.address}`, word("address", d.address))),
        fact("Whose move", term("party", d.party)),
        ...(remedies.length ? [fact("Mend", ...remedies)] : []), ...said),
      make("p", { class: "note" }, about.join(" · "), ...(more || []).flatMap((part) => [" · ", part])));
  };

  /** What no one else should read: names of addresses, IP addresses, and ids. */
  const redact = (text) => text
    .replace(/[\w.+%=-]+@([\w-]+\.)+[\w-]+/g, "user@example.com")
    .replace(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, "192.0.2.1")
    .replace(/\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}\b/gi, "2001:db8::1")
    .replace(/\b(?=\w*\d)(?=\w*[a-z])[\w-]{12,}\b/gi, "id");
  const pack = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const unpack = (letters) => new TextDecoder().decode(Uint8Array.from(atob(decodeURIComponent(letters).replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0)));

  const share = (text) => {
    const button = make("button", { type: "button" }, "Link to this, redacted"), shown = make("input", { type: "text", readonly: "", "aria-label": "Link", hidden: "" });
    button.addEventListener("click", () => {
      shown.value = `${location.href.split("#")[0]}#t=${pack(redact(text).slice(0, 4000))}`;
      shown.hidden = false;
      shown.select();
      navigator.clipboard?.writeText(shown.value).then(() => { button.textContent = "Link copied"; }, () => {});
    });
    return make("div", { class: "bar" }, button, shown);
  };

  // ---- many rows ----
  const csv = (rows) => rows.map((row) => row.map((value) => {
    let cell = String(value ?? "");
    // A spreadsheet must not take a cell for a formula.
    if (/^[=+\-@\t\r]/.test(cell)) cell = `'${cell}`;
    return /[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, "\"\"")}"` : cell;
  }).join(",")).join("\r\n") + "\r\n";
  const offer = (name, title, rows) => {
    const button = make("button", { type: "button" }, `${title} (${rows.length - 1})`);
    button.disabled = rows.length < 2;
    button.addEventListener("click", () => {
      const address = URL.createObjectURL(new Blob(["\ufeff", csv(rows)], { type: "text/csv" }));
      make("a", { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
    });
    return button;
  };
  const tally = (list, key) => [...list.reduce((counts, item) => counts.set(item.d[key], (counts.get(item.d[key]) ?? 0) + 1), new Map())].sort((a, b) => b[1] - a[1]);
  const many = async ({ bare, whole }, rows, controls) => {
    const started = performance.now();
    const done = rows.map((row) => ({ ...row, d: bare(row.reply, { recipient: row.recipient, mx: row.mx }) }));
    await whole(done.map(({ d }) => d));
    const took = performance.now() - started;
    const gone = new Map(), fixes = new Map();
    for (const row of done) {
      if (/^suppress/.test(row.d.address) && row.recipient) gone.set(row.recipient.toLowerCase(), row);
      for (const remedy of row.d.remedies) {
        if (remedy === "none-needed") continue;
        const key = `${remedy}\n${row.d.reason}\n${row.d.provider ?? ""}`;
        const entry = fixes.get(key) ?? { count: 0, remedy, d: row.d, reply: row.reply };
        entry.count++;
        fixes.set(key, entry);
      }
    }
    const codes = (d) => [d.code, d.enhanced].filter(Boolean).join(" ");
    const suppress = [["recipient", "reason", "code", "reply"], ...[...gone.values()].map((row) => [row.recipient, row.d.reason, codes(row.d), row.reply])];
    const fix = [["rows", "mend", "reason", "provider", "example"], ...[...fixes.values()].sort((a, b) => b.count - a.count).map((entry) => [entry.count, word("remedy", entry.remedy), word("reason", entry.d.reason), entry.d.provider ?? "", entry.reply])];
    const all = [["recipient", "code", "enhanced", "provider", "variant", "reason", "bounce", "party", "delivery", "address", "remedies", "basis", "confidence", "summary", "reply"], ...done.map(({ d, recipient, reply }) => [recipient, d.code, d.enhanced, d.provider, d.variant, d.reason, d.bounce, d.party, d.delivery, d.address, d.remedies.join(" "), d.basis, d.confidence, d.summary, reply])];
    const head = make("tr", {}, ...["Reply", "Reason", "This message", "The address"].map((name) => make("th", { scope: "col" }, name)));
    const body = done.slice(0, SHOWN).map(({ d, reply, recipient }) => make("tr", {},
      make("td", { class: "r" }, recipient ? `${recipient}: ` : "", reply.length > 240 ? `${reply.slice(0, 240)}…` : reply),
      make("td", {}, make("span", { class: `m m-${d.bounce}` }, word("bounce", d.bounce)), make("br"), link(page(d) || `reasons/${d.reason}`, word("reason", d.reason))),
      make("td", {}, word("delivery", d.delivery)), make("td", {}, word("address", d.address))));
    say(
      make("h3", {}, `${done.length.toLocaleString()} rows, read in ${Math.max(1, Math.round(took)).toLocaleString()} ms`), ...controls,
      make("ul", { class: "tally" }, ...tally(done, "bounce").map(([slug, count]) => make("li", {}, make("span", { class: `m m-${slug}` }, word("bounce", slug)), " ", make("b", {}, count.toLocaleString())))),
      make("div", { class: "bar" }, offer("suppress.csv", "Addresses to suppress", suppress), offer("fix.csv", "Causes to mend", fix), offer("diagnoses.csv", "All rows", all)),
      make("div", { class: "scroll small", tabindex: "0", role: "region", "aria-label": "By reason" }, make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Reason"), make("th", { scope: "col" }, "Rows"))), make("tbody", {}, ...tally(done, "reason").map(([slug, count]) => make("tr", {}, make("th", { scope: "row" }, link(`reasons/${slug}`, word("reason", slug))), make("td", {}, count.toLocaleString())))))),
      make("h3", {}, done.length > SHOWN ? `The first ${SHOWN} rows` : "All rows"),
      make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Rows" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body))));
  };
  /** A file of rows, with its columns to choose. */
  const columns = (read, cells) => {
    const reply = guess(cells, CODE, true), recipient = guess(cells, /^\s*<?[^\s@]+@[^\s@]+>?\s*$/, false);
    const headed = cells.length > 1 && !CODE.test(cells[0][reply] ?? "");
    const names = cells[0].map((name, at) => headed && name.trim() ? name : `Column ${at + 1}`);
    const choice = (label, chosen, none) => {
      const id = `column-${label.replace(/\W/g, "")}`, select = make("select", { id });
      if (none) select.append(make("option", { value: "-1" }, "none"));
      names.forEach((name, at) => select.append(make("option", { value: at }, name)));
      select.value = String(chosen);
      return [select, make("span", {}, make("label", { for: id }, label), select)];
    };
    const [replies, first] = choice("Replies stand in", Math.max(0, reply), false), [addresses, second] = choice("Recipients stand in", recipient, true);
    const run = () => many(read, cells.slice(headed ? 1 : 0).map((row) => ({ reply: row[replies.value] ?? "", recipient: (row[addresses.value] ?? "").trim().replace(/^<|>$/g, ""), mx: "" })), [make("div", { class: "bar" }, first, second)]);
    for (const select of [replies, addresses]) select.addEventListener("change", () => run().catch(failed));
    return run();
  };

  const readAll = async (text, isFile, isTable) => {
    if (!text.trim()) { area.focus(); return; }
    go.disabled = true;
    if (!engine) say(make("p", { class: "meta" }, "Starting the engine…"));
    try {
      const read = await start();
      // Cells of a table may hold whole bounce messages.
      const failures = isTable ? [] : report(text);
      const cells = isFile && failures.length === 0 ? table(text) : [];
      const lines = failures.length ? failures : isFile ? [] : log(text);
      if (cells.length > 1) await columns(read, cells);
      else if (lines.length > 1) await many(read, lines, []);
      else {
        const one = lines[0] ?? { reply: text };
        const [d] = await read.whole([read.bare(one.reply, { recipient: one.recipient, mx: one.mx })]);
        say(answer(d), ...(lines.length ? [make("p", { class: "meta" }, `Read from the report: ${one.reply}`)] : []), share(one.reply));
      }
    } catch (error) { failed(error); } finally { go.disabled = false; }
  };
  const open = async (file) => { if (file) { area.value = ""; await readAll(await file.text(), true, /\.(csv|tsv)$/i.test(file.name)); } };

  form.addEventListener("submit", (event) => { event.preventDefault(); readAll(area.value, false); });
  area.addEventListener("paste", () => setTimeout(() => readAll(area.value, false)));
  area.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) readAll(area.value, false); });
  pick.addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => { open(picker.files[0]); picker.value = ""; });
  box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => { event.preventDefault(); box.classList.remove("over"); open(event.dataTransfer.files[0]); });
  const shared = location.hash.match(/^#t=(.+)/)?.[1];
  if (shared) { try { area.value = unpack(shared); readAll(area.value, false); } catch { /* not a link of ours */ } }
})();
