// Keeps the shell (style, script, icons) and one page that says Beside is not running.
// No page with anyone's words ever passes into it.

const ASLEEP = SHELL.files.find((file) => file.startsWith("/static/asleep.html"));

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL.name).then((cache) => cache.addAll(SHELL.files)));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) =>
      Promise.all(names.filter((name) => name !== SHELL.name).map((name) => caches.delete(name)))
    )
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (path.startsWith("/static/")) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  } else if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(ASLEEP)));
  }
});
