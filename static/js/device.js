// What is typed stays on this device until the server has it: encrypted (AES-GCM) with a key the server gives for this
// person and this meeting, held in memory only; IndexedDB holds ciphertext. save.js says when; see docs/decisions/0030.
//   device.keepText(field, seen) · device.came(field, seen) · device.keepForm() · device.drop(name) · device.mine() · device.seal(text) (offline.js)
window.device = (() => {
  const form = document.querySelector("[data-vault-key]");
  if (!form || !window.crypto?.subtle || !window.indexedDB) return { able: false };
  const { vault, vaultPrefix: prefix, sentUrl } = form.dataset;
  const page = location.pathname;
  const raw = Uint8Array.from(atob(form.dataset.vaultKey), (letter) => letter.charCodeAt(0));
  form.removeAttribute("data-vault-key");
  const key = crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]).finally(() => raw.fill(0));
  const DAYS = 30;
  const STALE = 20000;  // ms: a page asked for before the server had the words may still show the old ones this long

  const base = new Promise((done, failed) => {
    const asked = indexedDB.open("giu-chu", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("texts", { keyPath: "id" });
      asked.result.createObjectStore("boxes", { keyPath: "prefix" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const ask = async (store, mode, act) => {
    const transaction = (await base).transaction(store, mode);
    return new Promise((done, failed) => {
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => done(request?.result);
      transaction.onerror = transaction.onabort = () => failed(transaction.error);
    });
  };
  const put = (record) => ask("texts", "readwrite", (store) => store.put(record));
  const remove = (id) => ask("texts", "readwrite", (store) => store.delete(id));

  const bytes = (text) => new TextEncoder().encode(text);
  async function lock(id, content) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes(id) }, await key, bytes(JSON.stringify(content)));
    return { iv, data };
  }
  async function unlock(id, { iv, data }) {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bytes(id) }, await key, data);
    return JSON.parse(new TextDecoder().decode(plain));
  }

  // One after the other, so that the newest letters are the ones that stay.
  let line = Promise.resolve();
  const inTurn = (job) => { line = line.then(job, job); return line; };
  const idOf = (name) => `${vault}|${page}|${name}`;
  const once = () => form.elements.once?.value ?? "";
  const keep = (name, sort, content, more = {}) => inTurn(async () => {
    const id = idOf(name);
    await put({ id, vault, page, sort, name, once: once(), at: Date.now(), ...more, ...(await lock(id, content)) });
  });

  function keepText(field, seen, merged = []) {
    clearTimeout(field.leave);
    return keep(field.name, "text", { value: field.value, seen, merged });
  }
  // The server has it. It stays a moment longer: a page on its way was perhaps written before, and is mended from here.
  function came(field, seen) {
    clearTimeout(field.leave);
    field.leave = setTimeout(() => drop(field.name), 3000);
    return keep(field.name, "text", { value: field.value, seen, came: true }, { came: Date.now() });
  }
  // Nothing of the person's own is left: each field is again as the server sent it, and it had not refused anything.
  const isOwn = (field) => !field.matches("[data-save], [type=hidden], button");
  const isServed = (field) => field.options ? [...field.options].every((one, at) => one.selected === (one.defaultSelected || (at === 0 && !field.querySelector("[selected]"))))
    : ["radio", "checkbox"].includes(field.type) ? field.checked === field.defaultChecked : field.value === field.defaultValue;
  function keepForm() {
    if (!form.querySelector("[aria-invalid], .is-invalid") && [...form.elements].filter(isOwn).every(isServed)) return drop("");
    const saved = new Set([...form.querySelectorAll("[data-save]")].flatMap((field) => [field.name, `seen_${field.name}`]));
    const fields = [...new FormData(form)].filter(([name]) => !saved.has(name) && name !== "csrfmiddlewaretoken" && name !== "once");
    return keep("", "form", { fields, once: once() });
  }
  const drop = (name) => inTurn(() => remove(idOf(name)));

  // Which of these forms the server has already: what came through is not shown again.
  async function cameThrough(keys) {
    if (!keys.length) return new Set();
    const query = new URLSearchParams(keys.map((one) => ["once", one]));
    try {
      const answer = await fetch(`${sentUrl}?${query}`, { headers: { Accept: "application/json" }, redirect: "manual" });
      return new Set((await answer.json()).sent);
    } catch { return new Set(); }
  }

  // What stands on this device for this page, and which other pages of the meeting have something unsent.
  async function mine() {
    const all = await ask("texts", "readonly", (store) => store.getAll());
    const records = all.filter((one) => one.vault === vault);
    const sent = await cameThrough([...new Set(records.map((one) => one.once).filter(Boolean))]);
    const found = { texts: new Map(), form: null, elsewhere: new Set(), sealed: [] };
    for (const one of records) {
      if (sent.has(one.once) || Date.now() - one.at > DAYS * 86400000 || (one.came && Date.now() - one.came > STALE)) { await remove(one.id); continue; }
      if (one.page !== page) { if (!one.came) found.elsewhere.add(one.page); continue; }
      const content = await unlock(one.id, one).catch(() => null);
      if (!content) continue;
      if (one.sort === "form") found.form = content;
      else found.texts.set(one.name, content);
    }
    for (const one of all.filter((other) => other.sort === "sealed" && other.prefix === prefix)) {
      if (one.page !== page) { found.elsewhere.add(one.page); continue; }
      const text = await open(one).catch(() => null);
      if (text !== null) found.sealed.push({ id: one.id, text });
    }
    return found;
  }

  // Typed where the key is not at hand (a page opened without a network): sealed to a public key kept here, whose
  // private half lies encrypted with the server's key. Only a signed-in page opens it.
  const CURVE = { name: "ECDH", namedCurve: "P-256" };
  async function prepareBox() {
    const box = await ask("boxes", "readonly", (store) => store.get(prefix));
    const pages = [...document.querySelectorAll("#cac-buoc a[href]")].map((link) => [link.getAttribute("href"), link.textContent.trim()]);
    if (box?.vault === vault) { await ask("boxes", "readwrite", (store) => store.put({ ...box, pages })); return; }
    const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveKey"]);
    const half = await crypto.subtle.exportKey("jwk", pair.privateKey);
    const open_half = await crypto.subtle.exportKey("jwk", pair.publicKey);
    const locked = await lock(`${vault}|box`, half);
    await ask("boxes", "readwrite", (store) => store.put({ prefix, vault, pages, open_half, locked }));
  }
  async function open(record) {
    const half = await unlock(`${vault}|box`, record.locked);
    const mineHalf = await crypto.subtle.importKey("jwk", half, CURVE, false, ["deriveKey"]);
    const theirs = await crypto.subtle.importKey("jwk", record.sender, CURVE, false, []);
    const shared = await crypto.subtle.deriveKey({ name: "ECDH", public: theirs }, mineHalf, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: record.iv, additionalData: bytes(record.id) }, shared, record.data);
    return new TextDecoder().decode(plain);
  }
  prepareBox().catch(() => {});

  return { able: true, keepText, came, keepForm, drop, remove, mine, settled: () => line };
})();

if (window.device.able && "serviceWorker" in navigator) {
  const worker = document.querySelector("[data-worker]")?.dataset.worker;
  if (worker) navigator.serviceWorker.register(worker).catch(() => {});
}
