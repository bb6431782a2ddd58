// Drives the built site in Chromium as a person would, and holds it to what it promises.
//
//   node check.mjs ../../target/site                 every check, from a server and by double click
//   node check.mjs ../../target/site shots DIR       screenshots of every kind of page
//
// The answers that are expected are those of api/v1/vectors.json, which the Rust engine computed.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { KINDS } from "./kinds.mjs";

const site = path.resolve(process.argv[2] ?? "../../target/site"), mode = process.argv[3] ?? "";
const here = path.dirname(fileURLToPath(import.meta.url));
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".json": "application/json", ".xml": "application/xml", ".atom": "application/atom+xml", ".txt": "text/plain; charset=utf-8", ".md": "text/markdown; charset=utf-8" };

/** The site as a static host serves it. */
const server = http.createServer((request, answer) => {
  let file = path.join(site, decodeURIComponent(new URL(request.url, "http://x").pathname));
  if (file.endsWith("/")) file += "index.html";
  const there = file.startsWith(site) && fs.existsSync(file) && fs.statSync(file).isFile();
  const body = fs.readFileSync(there ? file : path.join(site, "404.html"));
  answer.writeHead(there ? 200 : 404, { "content-type": TYPES[path.extname(there ? file : "404.html")] ?? "application/octet-stream" }).end(body);
});
await new Promise((done) => server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", done));
const served = `http://127.0.0.1:${server.address().port}/`, filed = `${pathToFileURL(site)}/`;

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"],
});
const at = (base, place) => base + (place.endsWith(".html") ? place : `${place}index.html`);

let failures = 0, passed = 0;
const check = (what, good, ...detail) => {
  if (good) passed++;
  else { failures++; console.log(`FAILED: ${what}`, ...detail); }
};

/** A page that notes its errors and every request that leads out of the site. */
const open = async ({ width = 1280, dark = false, script = true } = {}) => {
  const page = await browser.newPage();
  page.errors = [];
  page.outside = [];
  page.on("pageerror", (error) => page.errors.push(error.message));
  page.on("console", (message) => { if (message.type() === "error" && !/status of 404/.test(message.text())) page.errors.push(message.text()); });
  page.on("request", (request) => { if (![served, filed, "data:", "blob:", "about:"].some((start) => request.url().startsWith(start))) page.outside.push(request.url()); });
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  await page.setJavaScriptEnabled(script);
  return page;
};
const clean = (page, what) => {
  check(`${what}: no error in the console`, page.errors.length === 0, page.errors);
  check(`${what}: no request leaves the site`, page.outside.length === 0, page.outside);
};

/** Types a text into the paste box and waits for the answer. */
const paste = (page, text) => page.evaluate(async (text) => {
  const area = document.querySelector("#bounce"), result = document.querySelector(".result");
  result.replaceChildren();
  area.value = text;
  area.form.requestSubmit();
  for (let turn = 0; turn < 2000 && !result.querySelector(".answer, table, [role=alert]"); turn++) await new Promise((next) => setTimeout(next, 5));
  return { reason: result.querySelector(".answer .why a")?.getAttribute("href")?.match(/reasons\/([\w-]+)/)?.[1], text: result.innerText, rows: result.querySelectorAll(".result > .scroll:last-child tbody tr").length };
}, text);

const vectors = JSON.parse(fs.readFileSync(path.join(site, "api/v1/vectors.json"), "utf8"));
const bare = vectors.filter((vector) => typeof vector.reply === "string" && !vector.provider && !vector.mx && !vector.recipient && !vector.command && !vector.encoding);

async function looks(folder) {
  fs.mkdirSync(folder, { recursive: true });
  for (const width of [1280, 320]) for (const dark of [false, true]) {
    const page = await open({ width, dark });
    for (const [kind, place] of Object.entries(KINDS)) {
      await page.goto(at(filed, place));
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.screenshot({ path: path.join(folder, `${kind}-${width}-${dark ? "dark" : "light"}.png`), clip: { x: 0, y: 0, width, height: Math.min(height, 3000) } });
    }
    await page.close();
  }
}

async function reading(base) {
  const page = await open();
  await page.goto(at(base, ""));
  check("the engine is not loaded before it is needed", !(await page.evaluate(() => performance.getEntriesByType("resource").some((entry) => /engine|tables|texts|words|search/.test(entry.name)))));
  // Single replies, as varied as the catalogue holds them: one of each reason.
  const chosen = [...new Map(bare.filter((vector) => vector.reply.length < 2000 && !/\n/.test(vector.reply)).map((vector) => [vector.diagnosis.reason, vector])).values()];
  const lines = bare.filter((vector) => /^\d{3}-.*\r?\n\d{3} /.test(vector.reply)).slice(0, 6);
  let read = 0;
  for (const vector of [...chosen, ...lines]) {
    const got = await paste(page, vector.reply);
    check(`pasted: ${vector.reply.slice(0, 90)}`, got.reason === vector.diagnosis.reason, got.reason, "instead of", vector.diagnosis.reason);
    read++;
  }
  check("at least 30 replies were pasted", read >= 30, read);
  const report = "Reporting-MTA: dns; mail.example.org\n\nFinal-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.example.net\nDiagnostic-Code: smtp; 550 5.1.1 <bob@example.net>:\n Recipient address rejected: User unknown\n";
  check("a bounce message", (await paste(page, report)).reason === "recipient-unknown");
  const two = await paste(page, `${report}\nFinal-Recipient: rfc822; ann@example.net\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full\n`);
  check("a bounce message for two recipients", two.rows === 2 && /bob@example.net/.test(two.text) && /ann@example.net/.test(two.text), two.text);
  const log = await paste(page, "Nov  1 10:00:00 mail postfix/smtp[1]: A1: to=<a@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn=5.1.1, status=bounced (host mx.b.example[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command))\nNov  1 10:00:01 mail postfix/smtp[1]: B2: to=<c@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn=4.2.2, status=deferred (host mx.b.example[192.0.2.1] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command))");
  check("lines of a log", log.rows === 2 && /a@b.example/.test(log.text), log.text);
  // Every vector, by the engine of the page.
  const wrong = await page.evaluate(async (vectors) => {
    const { bare, whole } = await self.SMTP_CODES_PAGE.start(), wrong = [];
    for (const { reply, diagnosis, ...hints } of vectors) {
      const [got] = await whole([bare(reply, hints)]);
      for (const [key, value] of Object.entries(diagnosis)) if (JSON.stringify(got[key]) !== JSON.stringify(value)) wrong.push([reply.slice(0, 100), key, got[key], value]);
    }
    return wrong;
  }, vectors.filter((vector) => typeof vector.reply === "string").map(({ reply, diagnosis, provider, mx, recipient, command }) => ({ reply, diagnosis, provider, mx, recipient, command })));
  check(`all ${vectors.length} vectors through the engine of the page`, wrong.length === 0, wrong.length, wrong.slice(0, 5));
  // The whole diagnosis, summary and sources too, of every reply that stands on a page of its own.
  const told = new Map(vectors.map((vector) => [`${vector.entry} ${vector.reply}`, vector.provider]));
  const full = ["variant", "phrase", "blocklist"].flatMap((kind) => fs.readdirSync(path.join(site, "api/v1", kind), { recursive: true }).filter((name) => name.endsWith(".json")).flatMap((name) => {
    const { entry, replies = [] } = JSON.parse(fs.readFileSync(path.join(site, "api/v1", kind, name), "utf8"));
    return replies.map(({ reply, diagnosis }) => [reply, told.get(`${entry.replace("variant:", "")} ${reply}`), JSON.stringify(diagnosis)]);
  }));
  const differ = await page.evaluate(async (full) => {
    const { bare, whole } = await self.SMTP_CODES_PAGE.start();
    const sorted = (object) => JSON.stringify(Object.fromEntries(Object.entries(object).sort()));
    const got = await whole(full.map(([reply, provider]) => bare(reply, { provider })));
    return full.flatMap(([reply, provider, diagnosis], at) => sorted(got[at]) === sorted(JSON.parse(diagnosis)) ? [] : [[provider, reply.slice(0, 200), diagnosis, JSON.stringify(got[at])]]);
  }, full);
  check(`the whole diagnosis of ${full.length} replies`, full.length > 5000 && differ.length === 0, full.length, differ.length, differ.slice(0, 3));
  const listed = await paste(page, "554 5.7.1 Service unavailable; Client host [192.0.2.11] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.11");
  check("a blocklist that a reply names is linked", /Spamhaus/.test(listed.text) && await page.$$eval(".result a", (links) => links.some((link) => link.getAttribute("href").includes("blocklists/"))), listed.text);
  clean(page, "pasting");
  await page.close();
}

async function rows(base) {
  const page = await open();
  await page.goto(at(base, "paste/"));
  await paste(page, "250 ok");
  const text = `id,email,smtp reply\n${Array.from({ length: 10000 }, (_, at) => `${at},user${at}@example.com,"${bare[(at * 7) % bare.length].reply.replace(/\0/g, "").replace(/"/g, "\"\"")}"`).join("\n")}\n`;
  const got = await page.evaluate(async (text) => {
    const bag = new DataTransfer(), result = document.querySelector(".result");
    bag.items.add(new File([text], "rows.csv", { type: "text/csv" }));
    result.replaceChildren();
    document.querySelector(".paste").dispatchEvent(new DragEvent("drop", { dataTransfer: bag, bubbles: true, cancelable: true }));
    for (let turn = 0; turn < 2000 && !result.querySelector("table"); turn++) await new Promise((next) => setTimeout(next, 5));
    const blobs = [], old = URL.createObjectURL;
    URL.createObjectURL = (blob) => { blobs.push(blob); return old.call(URL, blob); };
    HTMLAnchorElement.prototype.click = () => {};
    for (const button of result.querySelectorAll(".bar button")) button.click();
    return { title: result.querySelector("h3").textContent, tally: result.querySelector(".tally").innerText, lists: await Promise.all(blobs.map((blob) => blob.text())), columns: [...result.querySelectorAll("select")].map((select) => select.selectedOptions[0].text) };
  }, text);
  const took = Number(got.title.match(/read in ([\d,]+) ms/)?.[1].replace(/,/g, ""));
  console.log(`10,000 rows: ${took} ms, ${got.tally.replace(/\s+/g, " ")}`);
  check("10,000 rows are read", got.title.startsWith("10,000 rows"), got.title);
  check("in less than a second", took < (process.env.CI ? 3000 : 1000), took);
  check("the columns are guessed", got.columns.join() === "smtp reply,email", got.columns);
  check("three lists are offered", got.lists.length === 3 && got.lists.every((list) => list.split("\r\n").length > 3), got.lists.map((list) => list.length));
  check("the list of all rows has each row", (got.lists[2]?.match(/user\d+@example\.com/g) ?? []).length >= 10000);
  const suppressed = new Set((got.lists[0] ?? "").match(/^user\d+@example\.com/gm));
  check("the suppression list names those that the engine suppresses", suppressed.size > 0 && suppressed.size < 10000, suppressed.size);
  clean(page, "a dropped file");
  await page.close();
}

async function search(base) {
  const page = await open();
  await page.goto(at(base, "550/"));
  const find = async (typed) => {
    await page.evaluate(() => { document.querySelector("#q").value = ""; document.body.focus(); document.activeElement.blur(); });
    await page.keyboard.press("/");
    await page.keyboard.type(typed);
    await page.waitForFunction(() => !document.querySelector("#hits").hidden, { timeout: 5000 });
    await new Promise((next) => setTimeout(next, 150));
    return page.$$eval("#hits a", (links) => links.slice(0, 5).map((link) => link.getAttribute("href")));
  };
  for (const [typed, wanted] of [["5726", /\/5\.7\.26\//], ["550 5.7.26", /\/5\.7\.26\//], ["S3150", /\/s3150\//], ["TSS04", /p\/yahoo[\w-]*\/tss04/], ["mailbox full", /mailbox-full|mailbox-is-full/], ["voll", /reasons\/mailbox-full\//], ["gmail", /p\/google\//], ["spamhaus", /\/spamhaus/], ["fix dkim", /fix-dkim/], ["rfc 5321", /rfc5321/], ["recipient inbox is out of storage", /over-quota|mailbox|storage/]]) {
    const found = await find(typed);
    check(`search for ${typed}`, found.slice(0, 3).some((href) => wanted.test(href)), found);
  }
  // By the keyboard alone: slash, type, down, enter.
  await find("550 5.7.1");
  const second = await page.evaluate(() => document.querySelectorAll("#hits [role=option] a")[1]?.href);
  await page.keyboard.press("ArrowDown");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  check("arrow and enter lead to the second entry", page.url() === second, page.url(), second);
  clean(page, "search");
  await page.close();
}

async function keyboard(base) {
  const page = await open();
  await page.goto(at(base, ""));
  await page.keyboard.press("Tab");
  check("the first tab stop skips to the content", await page.evaluate(() => document.activeElement.className === "skip"));
  let seen = false;
  for (let turn = 0; turn < 40 && !seen; turn++) { await page.keyboard.press("Tab"); seen = await page.evaluate(() => document.activeElement.id === "bounce"); }
  check("the paste box is reached by tabs", seen);
  await page.keyboard.type("550 5.1.1 User unknown");
  await page.keyboard.down("Control");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Control");
  await page.waitForSelector(".result .answer");
  check("control and enter read it", await page.$eval(".result .why a", (link) => link.getAttribute("href").includes("recipient-unknown")));
  await page.focus("#jump-code");
  await page.keyboard.type("571");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  check("a code is jumped to", page.url().includes("/571/"), page.url());
  clean(page, "keyboard");
  await page.close();
}

async function sharing(base) {
  const page = await open();
  await page.goto(at(base, "paste/"));
  const secret = "550 5.1.1 <joe.bloggs@private.example>: user unknown 203.0.113.9 2001:db8:1:2:3:4:5:6 session abc123def456ghi789 (mx7.example.net)";
  await paste(page, secret);
  const link = await page.evaluate(() => {
    document.querySelector(".result .bar button").click();
    return document.querySelector(".result .bar input").value;
  });
  const text = Buffer.from(decodeURIComponent(link.split("#t=")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/"), "base64").toString();
  check("the link to share holds nothing private", /user unknown/.test(text) && !/joe|bloggs|private|203\.0\.113|2001:db8:1:|abc123/.test(text), text);
  await page.goto("about:blank");
  await page.goto(link);
  await page.waitForSelector(".result .answer");
  check("the link shows the same answer", await page.$eval(".result .why a", (link) => link.getAttribute("href").includes("recipient-unknown")));
  clean(page, "sharing");
  await page.close();
}

async function without(base) {
  const page = await open({ script: false });
  for (const place of ["", "codes/", "550/", "p/google/over-quota/", "paste/"]) {
    await page.goto(at(base, place));
    const empty = await page.$$eval("main a[href]", (links) => links.length);
    check(`without JavaScript /${place} has its text and its links`, empty > (place === "paste/" ? 0 : 3), empty);
  }
  await page.goto(at(base, ""));
  await Promise.all([page.waitForNavigation(), page.click("main a[href*=codes]")]);
  check("without JavaScript the index of codes is one click away", page.url().includes("/codes/"), page.url());
  clean(page, "without JavaScript");
  await page.close();
}

/** One page of each kind: no scrolling to the side, and nothing that axe finds. */
async function kinds(base) {
  const axe = fs.readFileSync(path.join(here, "node_modules/axe-core/axe.min.js"), "utf8");
  for (const width of [1280, 320]) for (const dark of [false, true]) {
    const page = await open({ width, dark });
    await page.setBypassCSP(true);
    for (const [kind, place] of Object.entries(KINDS)) {
      const what = `${kind}, ${width} px, ${dark ? "dark" : "light"}`;
      await page.goto(at(base, place));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      check(`${what}: nothing is wider than the screen`, wide <= width, wide);
      await page.evaluate(axe);
      const found = await page.evaluate(() => self.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then((result) => result.violations.map((one) => `${one.id}: ${one.nodes.length} times, as ${one.nodes[0].html.slice(0, 160)} ${one.nodes[0].any[0]?.message ?? ""}`)));
      check(`${what}: axe finds nothing`, found.length === 0, found);
    }
    // The answer of the paste box is a page of its own kind.
    await page.goto(at(base, "paste/"));
    if (await page.$("#bounce")) {
      for (const text of ["550 5.7.26 Unauthenticated email from example.com is not accepted", "550 5.1.1 a\n452 4.2.2 b\n421 4.7.0 c"]) {
        await paste(page, text);
        await page.evaluate(axe);
        const found = await page.evaluate(() => self.axe.run().then((result) => result.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 160)} ${one.nodes[0].any[0]?.message ?? ""}`)));
        check(`an answer, ${width} px, ${dark ? "dark" : "light"}: axe finds nothing`, found.length === 0, found);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        check(`an answer, ${width} px: nothing is wider than the screen`, wide <= width, wide);
      }
    }
    clean(page, `kinds, ${width} px, ${dark ? "dark" : "light"}`);
    await page.close();
  }
}

async function addresses() {
  const page = await open();
  for (const place of ["550/", "5.7.26/", "550/5.7.26/", "p/google/", "x.7.26/", "5xx/", "5.7.610/"]) {
    await page.goto(served + place);
    await page.waitForSelector("h1", { timeout: 5000 }).catch(() => {});
    check(`the short address /${place} leads to a page`, await page.$("h1") !== null && !page.url().includes("404"), page.url());
  }
  const answer = await page.goto(`${served}no/such/page/`);
  check("no page: said so, in the looks of the site", answer.status() === 404 && await page.$("h1") !== null);
  await page.close();
}

/** The checker of the W3C over every page. */
function valid() {
  const jar = process.env.VNU ?? path.join(here, "node_modules/vnu-jar/build/dist/vnu.jar");
  const filter = "--filterpattern";
  try {
    execFileSync("java", ["-Xss4m", "-Xmx2g", "-jar", jar, "--errors-only", "--skip-non-html", filter, "^$", site], { stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 28 });
    check("every page is valid HTML", true);
  } catch (error) {
    const lines = String(error.stderr ?? error).trim().split("\n");
    check("every page is valid HTML", false, lines.length, "findings", lines.slice(0, 20).join("\n"));
  }
}

const started = Date.now();
const parts = {
  reading: () => reading(served), rows: () => rows(served), search: () => search(served), keyboard: () => keyboard(served), sharing: () => sharing(served), without: () => without(served), kinds: () => kinds(served), addresses,
  // The same by double click: no server, no modules, no fetch.
  "reading from files": () => reading(filed), "rows from files": () => rows(filed), "search from files": () => search(filed), "sharing from files": () => sharing(filed),
  valid,
};
if (mode === "shots") await looks(process.argv[4] ?? "shots");
else for (const [name, part] of Object.entries(parts)) {
  if (mode && name !== mode) continue;
  const began = Date.now(), before = failures;
  try { await part(); } catch (error) { check(name, false, error); }
  console.log(`${failures === before ? "ok" : "NOT OK"}  ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}
console.log(`${passed} checks held, ${failures} failed, in ${((Date.now() - started) / 1000).toFixed(0)} s`);
await browser.close();
server.close();
process.exit(failures ? 1 : 0);
