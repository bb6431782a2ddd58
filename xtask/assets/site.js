// The small script of every page: search, the jump to a code, and the way to the paste box. What they
// need is loaded when they are used. Nothing leaves the page.
(() => {
  "use strict";
  const own = document.currentScript;
  const root = own.dataset.root, file = own.dataset.file;
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const loads = {};
  /** Loads a classic script once: modules and fetch do not work for pages opened from a file. */
  const load = (name) => loads[name] ??= new Promise((done, fail) => {
    document.head.append(Object.assign(document.createElement("script"), { src: `${root}assets/${name}`, onload: done, onerror: () => { delete loads[name]; fail(new Error(`${name} could not be loaded`)); } }));
  });
  const href = (path) => root + (path ? `${path}/` : "") + file || "./";

  // ---- search ----
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  let entries;
  const unfold = () => entries ??= [
    ...self.SMTP_CODES_INDEX.groups.flatMap(([folder, kind, list]) => {
      const inside = folder.startsWith("p/") ? list.length && folder.slice(2, -1) : "";
      const spoken = (slug) => slug[0].toUpperCase() + slug.slice(1).replace(/-/g, " ");
      return list.map(([slug, given, words = ""]) => [slug, given || (slug ? spoken(slug) : "Home"), words]).map(([slug, name, words]) => ({ path: folder + slug, code: kind === "code" || kind === "pair" ? (folder + slug).replace("/", " ") : "", name, kind, words, where: inside, text: fold(`${folder + slug} ${name} ${words}`).replace(/[^\p{L}\p{N}.]+/gu, " ") }));
    }),
    ...self.SMTP_CODES_INDEX.words.map(([slug, words, leads]) => ({ path: `words/${slug}`, code: "", name: slug.replace(/-/g, " "), kind: "words", words: "", where: "", text: fold(words), leads })),
  ];
  const digits = (text) => text.replace(/\D/g, "");
  /** The best entries for what was typed. */
  const find = (typed) => {
    const query = fold(typed.trim());
    if (!query) return [];
    const numbers = /^[\dx. -]+$/.test(query), bare = query.replace(/[ .-]/g, "");
    const parts = query.split(/[\s,;:/|()[\]<>"'-]+/).filter(Boolean);
    const found = [];
    for (const entry of unfold()) {
      let score = 0;
      if (entry.code) {
        const code = entry.code.replace(/[ .]/g, "");
        if (entry.code === query) score = 100;
        else if (numbers && code === bare) score = 90;
        else if (numbers && code.startsWith(bare)) score = 60 - code.length;
        else if (parts.includes(entry.code)) score = 55;
        else if (entry.code.includes(" ") && query.includes(entry.code)) score = 70;
      }
      if (!score && parts.every((part) => entry.text.includes(part))) {
        const name = fold(entry.name);
        score = name === query ? 80 : name.startsWith(query) ? 45 : parts.every((part) => (` ${entry.text.replace(/\|/g, " ")} `).includes(` ${part} `)) ? 35 : 20;
        if (score >= 35 && entry.kind === "provider") score += 14;
        else if (entry.kind === "reason") score += 6;
        else if (entry.kind === "often said") score -= 12;
        if (entry.kind === "source") score -= 8;
      } else if (!score && !numbers && parts.length > 2) {
        // A pasted fragment: what shares the most words of some length.
        const shared = parts.filter((part) => part.length > 3 && entry.text.includes(part)).length;
        if (shared > 1) score = shared * 3;
      }
      if (score > 0) found.push([score, entry]);
    }
    found.sort((a, b) => b[0] - a[0]);
    // A word of the lexicon leads to what it mostly helps to say.
    const leads = found.slice(0, 3).map(([, entry]) => entry.leads && `reasons/${entry.leads}`).filter(Boolean);
    const reasons = unfold().filter((entry) => leads.includes(entry.path) && !found.slice(0, 12).some(([, other]) => other === entry));
    return [...reasons, ...found.map(([, entry]) => entry)].slice(0, 12);
  };

  const holder = document.querySelector("[data-find]");
  if (holder) {
    const input = make("input", { type: "search", id: "q", role: "combobox", "aria-expanded": "false", "aria-controls": "hits", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", placeholder: "Search: 5726, mailbox full" });
    const list = make("ul", { id: "hits", class: "hits", role: "listbox", "aria-label": "Found" });
    const status = make("span", { class: "vh", role: "status" });
    list.hidden = true;
    holder.append(make("label", { for: "q", class: "vh" }, "Search the reference"), input, list, status);
    let chosen = -1;
    const choose = (index) => {
      const items = [...list.children].filter((item) => item.getAttribute("role") === "option");
      chosen = items.length ? (index + items.length) % items.length : -1;
      items.forEach((item, at) => item.setAttribute("aria-selected", at === chosen));
      if (chosen >= 0) { input.setAttribute("aria-activedescendant", items[chosen].id); items[chosen].scrollIntoView({ block: "nearest" }); } else input.removeAttribute("aria-activedescendant");
    };
    const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); };
    const show = async () => {
      const typed = input.value;
      if (!typed.trim()) return close();
      await load("search.js").catch(() => {});
      if (!self.SMTP_CODES_INDEX || typed !== input.value) return;
      const found = find(typed);
      list.replaceChildren(...found.map((entry, at) => {
        const title = entry.code ? [make("b", {}, entry.code), ` ${entry.name}`] : [entry.name];
        const where = [entry.kind, entry.where, entry.kind === "reply" ? entry.words : ""].filter(Boolean).join(" · ");
        return make("li", { role: "option", id: `hit-${at}` }, make("a", { href: href(entry.path), tabindex: "-1" }, ...title, make("small", {}, where)));
      }));
      if (!found.length) list.append(make("li", { role: "option", "aria-disabled": "true" }, make("a", { href: `${href("paste")}#t=${encodeURIComponent(btoa(unescape(encodeURIComponent(typed.slice(0, 2000)))))}` }, "Nothing found. Read it as a bounce instead")));
      status.textContent = `${found.length} found`;
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      choose(0);
    };
    input.addEventListener("focus", () => load("search.js").catch(() => {}));
    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); choose(chosen + (event.key === "ArrowDown" ? 1 : -1)); }
      else if (event.key === "Enter") { event.preventDefault(); const go = () => (list.querySelector("[aria-selected=true] a") ?? list.querySelector("a"))?.click(); list.hidden ? show().then(go) : go(); }
      else if (event.key === "Escape") { close(); input.value = ""; }
    });
    document.addEventListener("click", (event) => { if (!holder.contains(event.target)) close(); });
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { event.preventDefault(); input.focus(); input.select(); }
    });
    const asked = new URLSearchParams(location.search).get("q");
    if (asked) { input.value = asked; input.focus(); show(); }
  }

  // ---- jump to a code ----
  for (const place of document.querySelectorAll("[data-jump]")) {
    const input = make("input", { type: "text", id: "jump-code", inputmode: "decimal", autocomplete: "off", placeholder: "550 5.7.26" });
    const status = make("p", { class: "meta", role: "status" });
    const form = make("form", { class: "jump" }, make("label", { for: "jump-code", class: "vh" }, "Code"), input, make("button", { class: "go" }, "Go"));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await load("search.js").catch(() => {});
      const hit = self.SMTP_CODES_INDEX && find(input.value)[0];
      if (hit) location.href = href(hit.path); else status.textContent = "No page has that code. Any three digits are read by their first digit.";
    });
    place.append(form, status);
  }

  // ---- the paste box ----
  const box = document.querySelector("[data-paste]");
  if (box && box.dataset.engine === "true") {
    self.SMTP_CODES_PAGE = { box, make, load, href };
    load("diagnose.js").catch(() => {});
  }
})();
