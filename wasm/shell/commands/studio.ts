import { existsSync, readFileSync, statSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, extname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "../command.js";
import { DatabaseFile } from "../database-file.js";
import { exitCodes, Failure } from "../failure.js";

const page = fileURLToPath(new URL("../../page", import.meta.url));
const wasm = fileURLToPath(new URL("../../virga.wasm", import.meta.url));
const usualPort = 4983;

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * Serves the page with a database file on loopback, until it is stopped. The address holds a secret: other
 * pages and other users of the machine cannot guess it.
 */
export const studio: Command = async ({ url }, { port }, output) => {
  if (!existsSync(join(page, "index.html")))
    throw new Failure("This build of the package is without its page.", "npm run build makes it.");
  const file = new DatabaseFile(url);
  const root = `/${randomBytes(12).toString("hex")}/`;
  const server = createServer((request, response) => {
    void answer(file, root, request, response).catch((error: Error) =>
      send(response, 500, error.message),
    );
  });
  const stopped = new Promise((resolve) => server.once("close", resolve));
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      server.close(resolveNothing);
      server.closeAllConnections();
    });
  const address = `http://localhost:${await listen(server, numberOf(port))}${root}?studio`;
  output.line(`${file.path} is open at`);
  output.line(`  ${address}`);
  output.line("Nothing is written before you save there. Ctrl-C ends it.");
  output.now({ url: address });
  await stopped;
  return exitCodes.done;
};

const resolveNothing = (): void => {};

function numberOf(port: string | undefined): number | undefined {
  if (port === undefined || /^\d+$/.test(port))
    return port === undefined ? undefined : Number(port);
  throw new Failure(`${port} is no port.`);
}

/** Takes the port, or when none is asked for the usual one or another that is free. */
async function listen(server: ReturnType<typeof createServer>, port?: number): Promise<number> {
  const on = (each: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(each, "127.0.0.1", () => {
        server.off("error", reject);
        resolve();
      });
    });
  try {
    await on(port ?? usualPort);
  } catch (error) {
    if (port !== undefined)
      throw new Failure(`Port ${port} cannot be used: ${(error as Error).message}`);
    await on(0);
  }
  return (server.address() as AddressInfo).port;
}

async function answer(
  file: DatabaseFile,
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  // A name that leads here by a trick of DNS is not this host's own.
  const ownHost = /^(localhost|127\.0\.0\.1):\d+$/.test(request.headers.host ?? "");
  if (!ownHost || !pathname.startsWith(root)) return send(response, 404, "There is nothing here.");
  const path = decodeURIComponent(pathname.slice(root.length)) || "index.html";
  if (path === "studio/database") return database(file, request, response);
  const inside = join(page, path);
  const found = /^assets\/virga-.*\.wasm$/.test(path) ? wasm : inside;
  const allowed = inside.startsWith(page + sep) && statSync(found, { throwIfNoEntry: false });
  if (!allowed || !allowed.isFile()) return send(response, 404, "There is no such file.");
  const type = types[extname(found)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "cache-control": "no-store" });
  response.end(readFileSync(found));
}

/** GET reads the file, PUT writes it; what another program wrote meanwhile is not overwritten. */
async function database(
  file: DatabaseFile,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === "GET") {
    const name = encodeURIComponent(basename(file.path));
    response.writeHead(200, { "content-type": "application/vnd.sqlite3", "x-file-name": name });
    response.end(file.bytes);
    return;
  }
  if (request.method !== "PUT") return send(response, 405, "GET and PUT are known here.");
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  try {
    file.replace(Buffer.concat(parts));
    send(response, 200, "Saved.");
  } catch (error) {
    send(response, 409, (error as Error).message);
  }
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(text);
}
