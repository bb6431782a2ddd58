// Asks the engine, whose module stands below and whose tables stand in a script of their own. What people read of
// an entry is loaded when it is shown: `load(name)` loads a script of texts once, which calls SMTP_CODES_TEXTS.
self.SMTP_CODES_READER = async (load) => {
  "use strict";
  const { SMTP_CODES_MODULE: module, SMTP_CODES_TABLES: { packed: tables, textsInOne: inOne } } = self;
  delete self.SMTP_CODES_MODULE;
  delete self.SMTP_CODES_TABLES;
  // One letter for each byte.
  const bytes = (letters) => {
    const list = new Uint8Array(letters.length);
    for (let at = 0; at < list.length; at++) list[at] = letters.charCodeAt(at);
    return list;
  };
  const api = (await WebAssembly.instantiate(bytes(module), {})).instance.exports;
  const place = api.smtp_codes_page_tables(tables.length);
  new Uint8Array(api.memory.buffer).set(bytes(tables), place);
  if (!api.smtp_codes_page_start()) throw new Error("its tables are damaged");
  const encoder = new TextEncoder(), decoder = new TextDecoder();
  const input = new Uint8Array(api.memory.buffer, api.smtp_codes_page_input(), api.smtp_codes_page_input_size());
  const output = api.smtp_codes_page_output();
  const rows = {};
  self.SMTP_CODES_TEXTS = (shard, list) => { rows[shard] = list; };
  const shard = (rule) => Math.floor((rule - 1) / inOne);

  /** What the engine makes of a reply, text or bytes. `id` is the rule; the texts are not there yet. */
  const bare = (reply, hints = {}) => {
    const lines = Object.entries(hints).filter(([, value]) => value).map(([key, value]) => `${key}=${String(value).replace(/[\r\n]/g, " ")}\n`);
    let at = lines.length ? encoder.encodeInto(`${lines.join("")}\n`, input).written : 0;
    if (typeof reply === "string") at += encoder.encodeInto(reply, input.subarray(at)).written;
    else { const piece = reply.subarray(0, input.length - at); input.set(piece, at); at += piece.length; }
    const length = api.smtp_codes_page_diagnose((at | (lines.length ? 0x80000000 : 0)) >>> 0);
    return JSON.parse(decoder.decode(new Uint8Array(api.memory.buffer, output, length)));
  };
  /** The same diagnoses with their texts. */
  const whole = async (list) => {
    await Promise.all([...new Set(list.filter((d) => d.id).map((d) => shard(d.id)))].map((number) => load(`texts/${number}.js`)));
    for (const d of list) {
      if (!d.id) continue;
      const [summary, sources, variant, url, tag] = rows[shard(d.id)][(d.id - 1) % inOne];
      Object.assign(d, { id: null, summary, sources, variant: d.variant === null ? null : variant, url: d.url ?? (url || null), tag: tag || d.tag });
    }
    return list;
  };
  return { bare, whole };
};
