'use strict';

// The conformance adapter of Node.js: see xtask/src/conformance.

const smtpCodes = require('./index.js');

const composed = process.argv[2] === 'json';
const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter(Boolean);
const out = lines.map((line) => {
  const vector = JSON.parse(line);
  const reply = Buffer.from(vector.reply_b64, 'base64');
  if (composed) return smtpCodes.diagnoseJson(reply, vector, String(vector.n));
  const { fix, retryAfterS, classMismatch, ...rest } = smtpCodes.diagnose(reply, vector);
  return JSON.stringify({ id: vector.n, ...rest, retry_after_s: retryAfterS, class_mismatch: classMismatch });
});
process.stdout.write(out.map((line) => `${line}\n`).join(''));
