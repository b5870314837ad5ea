// Keeps the page itself, so that it opens without a network. The build fills in the files and their version.
const Shell = { version: 'source', files: ['./'] };

const Cache = `webchat-${Shell.version}`;

/** How long to wait for the server's page before the kept one is shown. */
const Patience = 2_000;

addEventListener('install', event => {
  skipWaiting();
  event.waitUntil(caches.open(Cache).then(cache => cache.addAll(Shell.files.map(file => new Request(file, { cache: 'no-cache' })))));
});

addEventListener('activate', event => {
  event.waitUntil(Promise.all([clients.claim(), dropOldCaches()]));
});

addEventListener('fetch', event => {
  const { method, mode, url } = event.request;
  const path = new URL(url).pathname;
  if (method !== 'GET' || new URL(url).origin !== location.origin) return;
  if (mode === 'navigate') {
    if (path === new URL('./', location).pathname) event.respondWith(page(event.request));
  } else if (Shell.files.some(file => new URL(file, location).pathname === path)) {
    event.respondWith(kept(event.request));
  }
});

/** The server's page, so that a new version shows at once; the kept one where the network fails or is slow. */
async function page(request) {
  const fallback = caches.match('./', { cacheName: Cache });
  const answer = fetch(request).then(response => response.ok ? response : Promise.reject(new Error(response.statusText)));
  const late = new Promise((_, reject) => setTimeout(reject, Patience, new Error('slow')));
  try {
    return await Promise.race([answer, late]);
  } catch {
    return await fallback ?? answer;
  }
}

async function kept(request) {
  return await caches.match(request, { cacheName: Cache }) ?? fetch(request);
}

async function dropOldCaches() {
  const names = await caches.keys();
  await Promise.all(names.filter(name => name.startsWith('webchat-') && name !== Cache).map(name => caches.delete(name)));
}
