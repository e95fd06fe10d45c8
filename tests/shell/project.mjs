// A folder outside of the repository with the package of `npm pack` installed, and its shell command.
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const modules = join(root, "node_modules");
const Peer = createRequire(import.meta.url)("better-sqlite3");

/** A folder, until the process ends. */
export class Folder {
  constructor() {
    this.path = mkdtempSync(join(tmpdir(), "virga-shell-"));
    process.on("exit", () => rmSync(this.path, { recursive: true, force: true }));
  }

  at(...parts) {
    return join(this.path, ...parts);
  }

  write(path, content) {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), typeof content === "string" ? content : JSON.stringify(content));
  }

  read(path) {
    return readFileSync(this.at(path), "utf8");
  }

  has(path) {
    return existsSync(this.at(path));
  }

  remove(path) {
    rmSync(this.at(path), { recursive: true, force: true });
  }

  /** A file or a folder of another folder, under its path or another one. */
  copyFrom(other, path, to = path) {
    cpSync(other.at(path), this.at(to), { recursive: true });
  }

  /** A package of the repository, under its name or another one. */
  link(name, from = name) {
    mkdirSync(dirname(this.at("node_modules", name)), { recursive: true });
    symlinkSync(join(modules, from), this.at("node_modules", name));
  }

  /** A package of the repository as a copy: what it imports, it finds in this folder. */
  copy(name, from = name) {
    const filter = (path) =>
      !/\.map$|\.d\.[cm]?ts$|(?:api|payload)-\w+\.m?js$|node_modules\/.*\/node_modules\/(?!@|brocli|esbuild)/.test(
        path,
      );
    cpSync(join(modules, from), this.at("node_modules", name), { recursive: true, filter });
  }

  /** Runs a script of Node; gives what it prints, and its exit status. */
  node(script, ...args) {
    const options = { cwd: this.path, encoding: "utf8", input: "" };
    const env = { ...process.env, NO_COLOR: "1" };
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      ...options,
      env,
    });
    return { status, stdout, stderr };
  }

  /** The database file in the SQLite that others use. */
  sqlite(path = "app.db") {
    const nativeBinding = join(root, "build/peer/better_sqlite3.node");
    const database = new Peer(this.at(path), { nativeBinding });
    database.pragma("foreign_keys = on");
    return database;
  }
}

/** Packs the package, and installs the tarball as a user does. */
export function project() {
  const folder = new Folder();
  folder.write("package.json", { name: "project", private: true, type: "module" });
  const options = { cwd: folder.path, encoding: "utf8" };
  const pack = ["pack", join(root, "build/npm"), "--json", "--ignore-scripts"];
  const [{ filename }] = [JSON.parse(execFileSync("npm", pack, options))].flat();
  const install = ["install", "--offline", "--no-audit", "--no-fund", "--loglevel", "error"];
  execFileSync("npm", [...install, `./${filename}`], options);
  folder.virga = (...args) => folder.node(folder.at("node_modules/.bin/virga"), ...args);
  folder.json = (...args) => {
    const { status, stdout, stderr } = folder.virga(...args, "--json");
    return { status, stderr, ...JSON.parse(stdout) };
  };
  return folder;
}
