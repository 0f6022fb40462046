// The page for the site without network: every entry is first kept in the device (IndexedDB), then sent. An entry leaves
// the device only when the server said that it has it. Each has a number of its own, so that sending twice doubles nothing.
(() => {
  "use strict";
  const root = document.querySelector("[data-site]");
  if (!root || !window.indexedDB) return;
  const { site: base, user, limit, worker } = root.dataset;
  const words = JSON.parse(document.getElementById("site-words").textContent);
  const one = (selector, from = root) => from.querySelector(selector);
  const all = (selector, from = root) => Array.from(from.querySelectorAll(selector));
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const number = () => (crypto.randomUUID ? crypto.randomUUID()
    : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> c / 4).toString(16)));
  const TOGETHER = 50, AGAIN = 30000;

  // --- what the device keeps ---------------------------------------------------------------------------------------
  const opened = new Promise((done, failed) => {
    const asked = indexedDB.open("tizilim-site", 1);
    asked.onupgradeneeded = () => ["entries", "batches", "photos", "states"].forEach((name) => asked.result.createObjectStore(name, { keyPath: "id" }));
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const inside = async (names, work) => {
    const held = (await opened).transaction(names, "readwrite");
    const result = work(...names.map((name) => held.objectStore(name)));
    return new Promise((done, failed) => {
      held.oncomplete = () => done(result && "result" in result ? result.result : result);
      held.onerror = held.onabort = () => failed(held.error);
    });
  };
  const rows = async (name) => (await inside([name], (store) => store.getAll())).filter((row) => row.base === base);
  const mine = async (name) => (await rows(name)).filter((row) => row.user === user);
  const keep = (name, row) => inside([name], (store) => store.put({ ...row, base, user }));
  const drop = (name, id) => inside([name], (store) => store.delete(id));

  // --- the page ----------------------------------------------------------------------------------------------------
  const line = (text, name = "site-line") => { one(`[data-${name}]`).textContent = text; };
  const boxes = () => all("[data-item]");
  const boxOf = (code) => boxes().find((box) => box.dataset.item === code);
  const read = (box) => ({
    item: box.dataset.item,
    answer: (one("input[type=radio]:checked", box) || { value: "" }).value,
    evidence: one("textarea", box).value,
  });
  const write = (box, entry) => {
    all("input[type=radio]", box).forEach((radio) => { radio.checked = radio.value === entry.answer; });
    const text = one("textarea", box);
    if (text !== document.activeElement) text.value = entry.evidence;
  };
  const note = (box, text) => { one("[data-told]", box).textContent = text; };
  const listed = (box, photo) => {
    const item = document.createElement("li");
    item.dataset.photo = photo.id;
    if (photo.url) {
      const link = document.createElement("a");
      link.href = photo.url;
      link.textContent = photo.name;
      item.append(link);
    } else {
      item.append(`${photo.name} · ${photo.why ? fill(words.refused, { why: photo.why }) : words.waiting}`);
      if (photo.why) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-plain btn-sm";
        button.textContent = words.drop;
        button.onclick = async () => { await drop("photos", photo.id); await show(); };
        item.append(" ", button);
      }
    }
    one("[data-photos]", box).append(item);
  };

  let server = null;                                   // what the team had entered when the server was last heard
  const show = async () => {
    const [entries, batches, photos, everything] = [await mine("entries"), await mine("batches"), await mine("photos"), await rows("entries")];
    const waiting = new Map();
    batches.sort((a, b) => a.made - b.made).forEach((batch) => batch.entries.forEach((entry) => waiting.set(entry.item, entry)));
    entries.forEach((entry) => waiting.set(entry.item, entry));
    for (const box of boxes()) {
      const code = box.dataset.item, entry = waiting.get(code), known = server && server.find((item) => item.code === code);
      if (entry) { write(box, entry); note(box, entry.why ? fill(words.refused, { why: entry.why }) : words.waiting); }
      else if (known) { write(box, known); note(box, known.told); }
      if (known) { one("[data-photos]", box).textContent = ""; known.photos.forEach((photo) => listed(box, photo)); }
      else all("[data-photos] li:not([data-sent])", box).forEach((item) => item.remove());
      photos.filter((photo) => photo.item === code && !(known && known.photos.some((sent) => sent.id === photo.id))).forEach((photo) => listed(box, photo));
    }
    const count = entries.length + batches.reduce((sum, batch) => sum + batch.entries.length, 0);
    line(count + photos.length ? fill(words.counts, { entries: count, photos: photos.length }) : words.nothing, "site-counts");
    root.dataset.waiting = String(count + photos.length);
    if (everything.some((entry) => entry.user !== user)) line(words.other, "site-other");
  };

  // --- entering ----------------------------------------------------------------------------------------------------
  let writing = Promise.resolve();                     // one after another, so that the last word is the last kept
  const enter = (box) => {
    const said = read(box);
    writing = writing.then(async () => {
      await inside(["entries"], (store) => {           // one act of the device: packing cannot come in between
        const held = store.getAll();
        held.onsuccess = () => {
          const same = held.result.find((entry) => entry.base === base && entry.user === user && entry.item === said.item);
          store.put({ id: same ? same.id : number(), base, user, ...said, seen_at: new Date().toISOString() });
        };
      });
      note(box, words.waiting);
      line(words.waiting, "site-counts");
    }).catch(() => line(words.full, "site-fault"));
    return writing;
  };
  const isPicture = async (file) => {
    const head = new Uint8Array(await file.slice(0, 8).arrayBuffer());
    return (head[0] === 0xff && head[1] === 0xd8) || (head[0] === 0x89 && head[1] === 0x50 && head[2] === 0x4e);
  };
  const takePhotos = async (box, field) => {
    const files = Array.from(field.files);
    line("", "site-fault");
    for (const file of files) {
      if (file.size > Number(limit)) line(fill(words.large, { name: file.name, limit: limit / 1048576 }), "site-fault");
      else if (!(await isPicture(file))) line(fill(words.type, { name: file.name }), "site-fault");
      else {
        const photo = { id: number(), item: box.dataset.item, name: file.name, blob: new Blob([await file.arrayBuffer()], { type: file.type }), seen_at: new Date().toISOString() };
        try { await keep("photos", photo); } catch { line(words.full, "site-fault"); }
      }
    }
    field.value = "";
    await show();
  };
  let later = 0;
  const soon = () => { clearTimeout(later); later = setTimeout(send, 1200); };
  root.addEventListener("input", (event) => {
    const box = event.target.closest("[data-item]");
    if (box && event.target.type !== "file") enter(box).then(soon);
  });
  root.addEventListener("change", async (event) => {
    const box = event.target.closest("[data-item]");
    if (box && event.target.type === "file") { await takePhotos(box, event.target); soon(); }
  });
  root.addEventListener("submit", async (event) => { event.preventDefault(); await writing; await send(); });

  // --- sending -----------------------------------------------------------------------------------------------------
  class Stop extends Error {}
  const ask = async (path, options = {}) => {
    const answer = await fetch(base + path, { redirect: "manual", cache: "no-store", ...options });
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new Stop(words.login);
    if (answer.status === 404) throw new Stop(words.ended);
    return answer;
  };
  const listen = async () => {
    const state = await (await ask("state/")).json();
    if (String(state.user) !== user) throw new Stop(words.other);
    server = state.items;
    await inside(["states"], (store) => store.put({ id: base, items: state.items }));
    const off = Math.round((Date.now() - Date.parse(state.now)) / 60000);
    line(Math.abs(off) >= 2 ? fill(words.clock, { minutes: off }) : "", "site-clock");
    return state;
  };
  // Entries are put together into a batch, in one act of the device, before it is sent: whatever happens then, the same
  // batch with the same number is sent again.
  const pack = () => inside(["entries", "batches"], (entries, batches) => {
    const held = entries.getAll();
    held.onsuccess = () => {
      const found = held.result.filter((entry) => entry.base === base && entry.user === user && !entry.why).slice(0, TOGETHER);
      if (!found.length) return;
      found.forEach((entry) => entries.delete(entry.id));
      batches.put({ id: number(), base, user, made: Date.now(), entries: found });
    };
  });
  const reasons = async (answer) => (await answer.json()).problems.map((problem) => problem.text).join(" ");
  const sendBatch = async (batch, csrf) => {
    const entries = batch.entries.map(({ id, item, answer, evidence, seen_at }) => ({ id, item, answer, evidence, seen_at }));
    const body = JSON.stringify({ id: batch.id, device_at: new Date().toISOString(), entries });
    const answer = await ask("entries/", { method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": csrf } });
    if (answer.status === 409) throw new Stop(await reasons(answer));
    if (!answer.ok) throw new Stop(words.failed);
    const { refused } = await answer.json();
    for (const entry of batch.entries) if (refused[entry.id]) await keep("entries", { ...entry, id: number(), why: refused[entry.id] });
    await drop("batches", batch.id);
  };
  const sendPhoto = async (photo, csrf) => {
    const body = new FormData();
    for (const name of ["id", "item", "seen_at"]) body.set(name, photo[name]);
    body.set("device_at", new Date().toISOString());
    body.set("file", photo.blob, photo.name);
    const answer = await ask("photos/", { method: "POST", body, headers: { "X-CSRFToken": csrf } });
    if (answer.ok) { await drop("photos", photo.id); return; }
    if (![400, 409, 413, 415].includes(answer.status)) throw new Stop(words.failed);
    let why = words.failed;
    try { why = await reasons(answer); } catch { /* the server in front refused it without a word of ours */ }
    await keep("photos", { ...photo, why });
  };
  let sending = null, oncemore = false;
  const round = async () => {
    const state = await listen();
    if (!state.may_work) { if (Number(root.dataset.waiting)) throw new Stop(words.ended); return; }
    do {
      for (const batch of (await mine("batches")).sort((a, b) => a.made - b.made)) { await sendBatch(batch, state.csrf); await show(); }
      await writing;
      await pack();
    } while ((await mine("batches")).length);
    for (const photo of (await mine("photos")).filter((found) => !found.why)) { await sendPhoto(photo, state.csrf); await show(); }
    await listen();
  };
  function send() {
    if (sending) { oncemore = true; return sending; }
    sending = round().then(() => line(""), async (fault) => {
      line(fault instanceof Stop ? fault.message : words.offline);
      const held = server ? null : await inside(["states"], (store) => store.get(base));
      if (held) server = held.items;                   // what was known when the network was last there
    })
      .then(show).finally(() => { sending = null; if (oncemore) { oncemore = false; soon(); } });
    return sending;
  }

  // --- opening without network ---------------------------------------------------------------------------------------
  const keepPage = async () => {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.addEventListener("message", (event) => {
      if (event.data && event.data.kept) { root.dataset.kept = "yes"; line(words.kept, "site-kept"); }
    });
    await navigator.serviceWorker.register(worker, { scope: base });
    const ready = await navigator.serviceWorker.ready;
    const parts = performance.getEntriesByType("resource").map((found) => found.name).filter((name) => name.startsWith(`${location.origin}/static/`));
    ready.active.postMessage({ keep: [base, ...new Set(parts)] });
    if (navigator.storage && navigator.storage.persist) await navigator.storage.persist();
  };

  all("[data-scripted]").forEach((node) => { node.hidden = false; });
  show().then(send);
  if (navigator.onLine) keepPage().catch(() => {});    // without it the page still works while it is open
  window.addEventListener("online", send);
  window.addEventListener("offline", () => line(words.offline));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  setInterval(() => { if (!document.hidden) send(); }, AGAIN);
})();
