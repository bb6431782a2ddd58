'use strict';

// Says what a reply means.
const { diagnose, Address } = require('smtp-codes');

const diagnosis = diagnose(process.argv[2] || '550 5.1.1 User unknown');
console.log(`${diagnosis.reason}: ${diagnosis.summary}`);
if (diagnosis.address === Address.Suppress) console.log('Stop mailing this address.');
