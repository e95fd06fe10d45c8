// The two sides of every comparison: Drizzle of both lines on better-sqlite3, and ours in their place.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import Peer from "better-sqlite3";
import * as orm045 from "drizzle-orm";
import * as core045 from "drizzle-orm/sqlite-core";
import { drizzle as drizzle045 } from "drizzle-orm/better-sqlite3";
import * as ormV1 from "drizzle-orm-v1";
import * as coreV1 from "drizzle-orm-v1/sqlite-core";
import { drizzle as drizzleV1 } from "drizzle-orm-v1/better-sqlite3";
import * as virga from "virga";
import * as virgaCore from "virga/sqlite-core";
import { drizzle as drizzleVirga } from "virga/better-sqlite3";

await virga.load();

/** scripts/common.sh, build_peer: the native part of better-sqlite3, compiled for this Node. */
const addon = fileURLToPath(new URL("../../build/peer/better_sqlite3.node", import.meta.url));
const nativeBinding = createRequire(import.meta.url)(addon);

/** A database of better-sqlite3: empty, or with the contents of a database file. */
export const openPeer = (content = ":memory:") => new Peer(content, { nativeBinding });

const peerSide = (line, orm, core, drizzle) => ({
  name: `Drizzle ${line}`,
  line,
  orm,
  core,
  drizzle,
  open: () => openPeer(),
  content: (client) => client.serialize(),
});

const ourSide = (line) => ({
  name: `Virga as ${line}`,
  ours: true,
  line,
  orm: virga,
  core: virgaCore,
  drizzle: drizzleVirga,
  open: () => virga.openSync(),
  content: (client) => Buffer.from(client.export()),
});

/** Drizzle's `latest` line, with `relations()`. */
export const latest = peerSide("0.45", orm045, core045, drizzle045);
/** Drizzle's release candidates, with `defineRelations`. */
export const candidate = peerSide("v1", ormV1, coreV1, drizzleV1);

/** Each line's Drizzle with ours in its place. */
export const pairs = {
  0.45: { peer: latest, ours: ourSide("0.45") },
  v1: { peer: candidate, ours: ourSide("v1") },
};
