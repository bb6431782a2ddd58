'use strict';

// What a call costs: `cargo xtask capi bench` runs it with the vectors as argument. Prints a name and
// nanoseconds of the processor a reply.

const { diagnose, diagnoseJson } = require('./index.js');

const lines = require('fs').readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean);
const replies = lines.map((line) => Buffer.from(JSON.parse(line).reply_b64, 'base64').toString());

function measure(name, work) {
  let best = Infinity;
  for (let round = 0; round < 10; round++) {
    const start = process.cpuUsage();
    for (const reply of replies) work(reply);
    const used = process.cpuUsage(start);
    best = Math.min(best, (used.user + used.system) * 1000);
  }
  console.log(`${name}\t${(best / replies.length).toFixed(1)}`);
}

measure('Node.js, diagnose', (reply) => diagnose(reply));
measure('Node.js, diagnoseJson', (reply) => diagnoseJson(reply));
