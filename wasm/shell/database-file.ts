import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync as openFile,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { openSync, type Client } from "virga";
import { exitCodes, Failure } from "./failure.js";

/** The place in an SQLite file that says whether it is in WAL mode: https://sqlite.org/fileformat2.html */
const formatVersions = [18, 19];

/** A database file, read into memory as a whole and written back as a whole. */
export class DatabaseFile {
  readonly client: Client;
  readonly path: string;
  #before: Uint8Array;
  #mark: string;

  /** @param url a path, also with `file:` before it; what is not there begins empty */
  constructor(url: string | undefined) {
    this.path = pathOf(url);
    requireAlone(this.path);
    this.#mark = mark(this.path);
    this.#before = existsSync(this.path) ? readFileSync(this.path) : new Uint8Array();
    this.client = openSync(":memory:", { bytes: this.#before });
  }

  /** The file as it was read or written last. */
  get bytes(): Uint8Array {
    return this.#before;
  }

  /** Writes the database back, if it changed: another file is written, and gets the name of the first. */
  save(): void {
    this.#write(this.client.export());
  }

  /** Writes another database in its place, in the same way. */
  replace(bytes: Uint8Array): void {
    openSync(":memory:", { bytes }).close();
    this.#write(bytes);
  }

  #write(bytes: Uint8Array): void {
    const walMode = this.#before[18] === 2;
    if (walMode) for (const place of formatVersions) bytes[place] = 2;
    if (Buffer.compare(bytes, this.#before) === 0) return;
    requireAlone(this.path);
    if (mark(this.path) !== this.#mark)
      throw new Failure(
        `${this.path} was changed by another program meanwhile; nothing was written.`,
        "",
        exitCodes.failed,
      );
    writeAtomically(this.path, bytes);
    this.#before = bytes;
    this.#mark = mark(this.path);
  }
}

function pathOf(url: string | undefined): string {
  if (url === undefined)
    throw new Failure(
      "No database is named.",
      "Settings name it as dbCredentials: { url }, the command line as --url.",
    );
  const path = url.replace(/^file:(?:\/\/(?=\/))?/, "");
  if (/^[a-z][a-z\d+.-]+:/i.test(path) || path === ":memory:")
    throw new Failure(`${url} is no database file.`, "The url is the path of an SQLite file.");
  return resolve(path);
}

/** What tells that a file was changed. */
function mark(path: string): string {
  if (!existsSync(path)) return "";
  const { ino, size, mtimeMs } = statSync(path);
  return `${ino} ${size} ${mtimeMs}`;
}

/** Another program that has the file open may have changes beside it. */
function requireAlone(path: string): void {
  for (const end of ["-wal", "-journal"]) {
    const beside = path + end;
    if (!existsSync(beside) || statSync(beside).size === 0) continue;
    throw new Failure(
      `${beside} holds changes that are not in the file yet: a program has it open, or was stopped.`,
      "Close the programs that use it; to take over the changes of one that was stopped, open and close it by SQLite.",
      exitCodes.failed,
    );
  }
}

function writeAtomically(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.virga-${process.pid}`;
  try {
    const mode = existsSync(path) ? statSync(path).mode : 0o644;
    const file = openFile(temporary, "w", mode);
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
    closeSync(file);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(dirname(path));
}

/** The rename is on the disk when the folder is; Windows has no such call for folders. */
function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const folder = openFile(path, "r");
  fsyncSync(folder);
  closeSync(folder);
}
