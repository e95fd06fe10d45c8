/**
 * Keeps the page for when there is no network: the files of a version together, all or none. The build puts the
 * list of files and a name of their content into the two constants.
 */
const files = JSON.parse("%FILES%") as readonly string[];
const version = "%VERSION%";

/** What service workers have, and the library for documents does not. */
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface ServiceWorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}
const worker = globalThis as unknown as ServiceWorkerScope;

const { scope } = worker.registration;
const prefix = `virga ${scope} `;
const cacheName = prefix + version;

worker.addEventListener("install", (event) => event.waitUntil(keepAll()));
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("message", ({ data }) => {
  if (data === "take over") void worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(scope)) event.respondWith(answer(request));
});

async function keepAll(): Promise<void> {
  const cache = await caches.open(cacheName);
  // Names of assets change with their content; those of the others do not.
  const fresh = files.map(
    (file) => new Request(file, { cache: file.startsWith("assets/") ? "default" : "no-cache" }),
  );
  await cache.addAll(fresh);
}

async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** Files of the page as they were kept together; the documents beside it as they are, or as they were seen last. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const { pathname } = new URL(request.url);
  const page = pathname === new URL(scope).pathname;
  const kept = await cache.match(page ? "index.html" : request, { ignoreSearch: true });
  const isDocument = request.url.startsWith(`${scope}docs/`);
  if (kept && !isDocument) return kept;
  try {
    const response = await fetch(request);
    if (isDocument && response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
