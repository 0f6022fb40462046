// Keeps the page for the site of one inspection, so that it opens without network. Its scope is that page alone.
"use strict";
const PREFIX = `tizilim-site:${self.registration.scope}:`;
const KEPT = `${PREFIX}__VERSION__`;
const PAGE = new URL(self.registration.scope).pathname;

const isPage = (url) => url.pathname === PAGE;
const isPart = (url) => url.origin === self.location.origin && url.pathname.startsWith("/static/");

async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX)).map((name) => caches.delete(name)));
}

async function answer(request, url) {
  const kept = await caches.open(KEPT);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && fresh.type === "basic" && !fresh.redirected) await kept.put(request, fresh.clone());
    else if (isPage(url)) await forget();                    // sent to the log-in, or no longer one's own
    return fresh;
  } catch (lost) {
    const found = await kept.match(request, { ignoreVary: true });
    if (found) return found;
    throw lost;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== KEPT).map((name) => caches.delete(name)));
  await self.clients.claim();
})()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === "GET" && (isPage(url) || isPart(url))) event.respondWith(answer(event.request, url));
});
self.addEventListener("message", (event) => event.waitUntil((async () => {
  if (!event.data || !event.data.keep) return;
  const kept = await caches.open(KEPT);
  await Promise.all(event.data.keep.map(async (address) => {
    const fresh = await fetch(address);
    if (fresh.ok && !fresh.redirected) await kept.put(address, fresh);
  }));
  event.source.postMessage({ kept: true });
})()));
