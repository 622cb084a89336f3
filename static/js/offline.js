// The meeting opened without a network: what is typed here is sealed to the meeting's public key (device.js) and is
// put into its step when the network and the sign-in are back. This page shows nothing of the meeting itself.
(() => {
  const found = location.pathname.match(/^(\/sinh-hoat\/\d+\/)(?:buoc\/[\w-]+\/)?/);
  const field = document.querySelector("[data-offline-text]");
  const state = document.querySelector("[data-offline-state]");
  const bytes = (text) => new TextEncoder().encode(text);
  const CURVE = { name: "ECDH", namedCurve: "P-256" };
  const id = crypto.randomUUID();
  let box, line = Promise.resolve();

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

  async function keep(text) {
    if (!text) { await ask("texts", "readwrite", (store) => store.delete(id)); state.textContent = ""; return; }
    const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveKey"]);
    const theirs = await crypto.subtle.importKey("jwk", box.open_half, CURVE, false, []);
    const shared = await crypto.subtle.deriveKey({ name: "ECDH", public: theirs }, pair.privateKey, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes(id) }, shared, bytes(text));
    const sender = await crypto.subtle.exportKey("jwk", pair.publicKey);
    await ask("texts", "readwrite", (store) => store.put({
      id, sort: "sealed", prefix: box.prefix, page: location.pathname, at: Date.now(), iv, data, sender, locked: box.locked,
    }));
    if (field.value === text) state.textContent = "Đã lưu trên máy. Có mạng sẽ vào đúng bước này.";
  }

  async function start() {
    box = found && (await ask("boxes", "readonly", (store) => store.get(found[1])));
    if (!box) return;
    const here = box.pages.find(([address]) => address === location.pathname);
    if (here) document.querySelector("[data-offline-step]").textContent = here[1];
    const list = document.querySelector("[data-offline-pages]");
    for (const [address, words] of box.pages) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      [link.href, link.textContent] = [address, words];
      item.append(link);
      list.append(item);
    }
    document.querySelectorAll("[data-offline-room]").forEach((part) => { part.hidden = false; });
    const kept = (await ask("texts", "readonly", (store) => store.getAll())).filter((one) => one.sort === "sealed" && one.prefix === box.prefix);
    if (kept.length) document.querySelector("[data-offline-kept]").textContent = `Trên máy còn giữ ${kept.length} đoạn ghi khi mất mạng, có mạng sẽ mở ra.`;
    field.addEventListener("input", () => {
      state.textContent = "Đang ghi…";
      const text = field.value;
      line = line.then(() => keep(text), () => keep(text));
    });
  }
  start();
  document.querySelector("[data-offline-again]").addEventListener("click", async (event) => {
    event.preventDefault();
    await line;
    location.replace(location.pathname);
  });
  window.addEventListener("online", async () => { await line; location.replace(location.pathname); });
})();
