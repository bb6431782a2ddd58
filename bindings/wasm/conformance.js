'use strict';

// The conformance adapter of the engine for web pages: see xtask/src/conformance. There is one way to ask
// it, so both modes give what it composes.

const fs = require('fs');

const program = new WebAssembly.Module(fs.readFileSync(`${process.env.SMTP_CODES_PREFIX}/lib/smtp_codes.wasm`));
const engine = new WebAssembly.Instance(program, {}).exports;
const HINTED = 2 ** 31;

function diagnose(reply, hints) {
  const head = Object.entries(hints).map(([key, value]) => `${key}=${value}\n`).join('');
  const text = Buffer.concat([Buffer.from(`${head}\n`), reply]);
  const room = engine.smtp_codes_wasm_input_size();
  if (text.length > room) throw new Error(`a reply of ${text.length} bytes is more than ${room}`);
  new Uint8Array(engine.memory.buffer, engine.smtp_codes_wasm_input(), text.length).set(text);
  const length = engine.smtp_codes_wasm_diagnose(text.length + HINTED);
  return Buffer.from(engine.memory.buffer, engine.smtp_codes_wasm_output(), length).toString('utf8');
}

const lines = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean);
const out = lines.map((line) => {
  const { n, reply_b64: reply, ...hints } = JSON.parse(line);
  return diagnose(Buffer.from(reply, 'base64'), hints).replace('{"id":null', `{"id":${n}`);
});
process.stdout.write(out.map((line) => `${line}\n`).join(''));
