// Answers a request from its database.
import { run } from "./plain/program.js";

addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (!event.request.url.endsWith("/users.json")) return;
  event.respondWith(run().then((rows) => new Response(rows)));
});
