'use strict';

// The conformance adapter of the engine for web pages: see xtask/src/conformance. It runs the scripts that a page
// loads, those of the texts too. There is one way to ask them, so both modes give what they compose.

const fs = require('fs');
const vm = require('vm');

const folder = `${process.env.SMTP_CODES_PREFIX}/page/assets`;
const scope = vm.createContext({ TextEncoder, TextDecoder, WebAssembly });
scope.self = scope;
const load = (name) => vm.runInContext(fs.readFileSync(`${folder}/${name}`, 'utf8'), scope, name);
const loaded = {};
const loadOnce = async (name) => { loaded[name] ??= [load(name)]; };

async function main() {
  for (const name of ['engine.js', 'tables.js']) load(name);
  const { bare, whole } = await scope.SMTP_CODES_READER(loadOnce);
  const lines = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const list = await whole(lines.map(({ n, reply_b64: reply, ...hints }) => bare(Buffer.from(reply, 'base64'), hints)));
  // JSON.stringify leaves DEL as it is.
  const json = (d) => JSON.stringify(d).replace(/\x7f/g, '\\u007f');
  process.stdout.write(list.map((d, at) => `${json({ ...d, id: lines[at].n })}\n`).join(''));
}

main().catch((error) => { console.error(error); process.exit(1); });
