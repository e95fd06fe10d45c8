// Two projects outside of the repository with the same programs: one has drizzle-orm on
// better-sqlite3, the other the tarball of `npm pack` under their names.
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));
const modules = join(root, "node_modules");
const programs = fileURLToPath(new URL("programs", import.meta.url));

/** A folder with `programs` in it, until the process ends. */
class Project {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "virga-dropin-"));
    process.on("exit", () => rmSync(this.folder, { recursive: true, force: true }));
    this.write("package.json", { name: "program", private: true, type: "module" });
    cpSync(programs, join(this.folder, "programs"), { recursive: true });
    for (const name of ["@types", "zod", "valibot"]) this.link(name);
  }

  path(...parts) {
    return join(this.folder, ...parts);
  }

  write(path, content) {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
    writeFileSync(this.path(path), text);
  }

  /** A package of the repository by a link: what it imports, it finds where it is. */
  link(name) {
    mkdirSync(dirname(this.path("node_modules", name)), { recursive: true });
    symlinkSync(join(modules, name), this.path("node_modules", name));
  }

  /** A package of the repository as a copy: what it imports, it finds in this project. */
  copy(name) {
    const filter = (path) => !/\.(map|cjs|d\.cts)$|better-sqlite3\/(deps|src)$/.test(path);
    const target = this.path("node_modules", name);
    cpSync(join(modules, name), target, { recursive: true, filter });
  }

  /** A package of one module. */
  addPackage(name, code) {
    const manifest = { name, version: "0.0.0", type: "module", exports: "./index.js" };
    this.write(`node_modules/${name}/package.json`, manifest);
    this.write(`node_modules/${name}/index.js`, code);
    this.write(`node_modules/${name}/index.d.ts`, code);
  }

  /** Runs a program; a failure shows what it printed. */
  run(program, ...args) {
    try {
      return execFileSync(program, args, { cwd: this.folder, encoding: "utf8", stdio: "pipe" });
    } catch (error) {
      throw new Error(`${program} ${args.join(" ")}\n${error.stdout}\n${error.stderr}`);
    }
  }

  /** Bundles a program, without its packages unless esbuild is told so, and runs it. */
  print(program, options = { packages: "external" }, ...nodeOptions) {
    const outfile = this.path("out", `${program}.mjs`);
    const entryPoints = [this.path("programs", `${program}.ts`)];
    const output = { bundle: true, format: "esm", platform: "node", outfile, logLevel: "warning" };
    buildSync({ entryPoints, absWorkingDir: this.folder, ...output, ...options });
    return this.run(process.execPath, ...nodeOptions, outfile);
  }

  /** The errors that the compiler finds, in all programs unless the configuration says otherwise. */
  typeErrors({ compilerOptions = {}, include = ["programs"] } = {}) {
    const options = {
      strict: true,
      noEmit: true,
      target: "ES2022",
      module: "ESNext",
      moduleResolution: "Bundler",
      lib: ["ES2022"],
      types: ["node"],
      skipLibCheck: true,
      ...compilerOptions,
    };
    this.write("tsconfig.json", { compilerOptions: options, include });
    try {
      this.run(process.execPath, join(modules, "typescript-7/bin/tsc"), "-p", ".");
      return "";
    } catch (error) {
      return error.message;
    }
  }
}

/** A project with drizzle-orm on the better-sqlite3 of `build_peer`. */
export function drizzleProject() {
  const project = new Project();
  for (const name of ["drizzle-orm", "drizzle-zod", "drizzle-valibot", "better-sqlite3"])
    project.copy(name);
  for (const name of ["bindings", "file-uri-to-path"]) project.link(name);
  cpSync(
    join(root, "build/peer/better_sqlite3.node"),
    project.path("node_modules/better-sqlite3/build/Release/better_sqlite3.node"),
  );
  return project;
}

/** A project with the package as `npm pack` gives it, under its own name. */
export function virgaProject() {
  const project = new Project();
  const pack = [
    "pack",
    join(root, "build/npm"),
    "--json",
    "--ignore-scripts",
    "--pack-destination",
    ".",
  ];
  const [{ filename }] = [JSON.parse(project.run("npm", ...pack))].flat();
  mkdirSync(project.path("node_modules/virga"));
  project.run("tar", "-xf", filename, "--strip-components=1", "-C", "node_modules/virga");
  project.tarball = `file:./${filename}`;
  return project;
}
