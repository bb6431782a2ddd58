'use strict';

/** What a mail server's reply means, who is at fault, and what to do next. */

const native = require(process.env.SMTP_CODES_ADDON || './build/Release/smtp_codes.node');

exports.diagnose = (reply, hints = {}) => native.diagnose(reply, hints.provider, hints.mx, hints.recipient, hints.command);
exports.diagnoseJson = (reply, hints = {}, id = undefined) => native.diagnoseJson(reply, hints.provider, hints.mx, hints.recipient, hints.command, id);
exports.version = native.version;
exports.catalogueVersion = native.catalogueVersion;
exports.catalogueDate = native.catalogueDate;
Object.assign(exports, require('./lists.js'));
