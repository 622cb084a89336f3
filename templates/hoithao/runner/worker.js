// Keeps the shell, and only the shell: style, scripts, icons and one page that names nobody. Nothing of a meeting is
// ever put into Cache Storage.
const NAME = "ghi-hop-{{ version }}";
const SHELL = {{ shell|safe }};
const OFFLINE = SHELL[0];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (address.origin !== location.origin) return;
  if (event.request.mode === "navigate") {
    if (!/^\/sinh-hoat\/\d+\//.test(address.pathname)) return;
    event.respondWith(fetch(event.request).catch(() => caches.match(OFFLINE)));
  } else if (event.request.method === "GET" && SHELL.includes(address.pathname) && address.pathname !== OFFLINE) {
    event.respondWith(caches.match(address.pathname).then((kept) => kept ?? fetch(event.request)));
  }
});
