// Serves a folder of static files on loopback and prints its URL: node scripts/serve.mjs FOLDER
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** The file that `url` names inside `folder`, or nothing when there is none. */
function fileFor(folder, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return undefined;
  }
  const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
  const inside = file.startsWith(folder + sep) && !path.includes("\0");
  return inside && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

/** A server for the files of `folder`; it is not listening yet. */
export function staticServer(folder) {
  const root = resolve(folder);
  return createServer((request, response) => {
    const file = fileFor(root, request.url);
    if (file === undefined) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
      return;
    }
    const type = types[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "cache-control": "no-cache" });
    if (request.method === "HEAD") response.end();
    else createReadStream(file).pipe(response);
  });
}

/** Listens on the first free loopback port from `port` on; gives the URL. */
export async function listen(server, port, tries = 20) {
  try {
    await new Promise((done, failed) => {
      server.once("error", failed).listen(port, "127.0.0.1", () => {
        server.off("error", failed);
        done();
      });
    });
  } catch (error) {
    if (error.code !== "EADDRINUSE" || tries === 0) throw error;
    return listen(server, port + 1, tries - 1);
  }
  return `http://localhost:${server.address().port}/`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = staticServer(process.argv[2]);
  const fixed = process.env.PORT;
  const url = await listen(server, Number(fixed ?? 8080), fixed === undefined ? 20 : 0);
  console.log(`Virga's page: ${url}   (Ctrl-C stops it)`);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}
