// The floor: a C program that only steps and reads the same statements, native and in wasm.
import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = fileURLToPath(new URL("../../../build/bench/floor/", import.meta.url));

const removeNew = "delete from accounts where id > 10000; delete from users where id > 10000;";
const newUser = "text:New user :,text:new:@example.com";
const insertUser = "insert into users (name, email) values (?, ?) returning id, name, email";

/** Statements that are run once in a call, and the rows that they give. */
const reads = (rows, ...statements) => ({
  rows,
  program: ["block\t1", ...statements.map((sql) => `run\t\t${sql}`)],
});

const first = {
  rows: 1,
  program: [
    "block\t1",
    `run\tid:10000\tselect u.id, u.name, u.email, a.id, a.user_id, a.provider, a.token
      from users u left join accounts a on a.user_id = u.id where u.id = ?`,
  ],
};

/** So many repetitions in a transaction. */
const inTransaction = (repeat, ...lines) => [
  "block\t1",
  "run\t\tbegin",
  `block\t${repeat}`,
  ...lines,
  "block\t1",
  "run\t\tcommit",
];

const insertEach = {
  rows: 200,
  program: [...inTransaction(200, `run\t${newUser}\t${insertUser}`), `undo\t${removeNew}`],
};

const insert100 = {
  rows: 0,
  program: [
    ...inTransaction(1000, `run\t${newUser}\tinsert into users (name, email) values (?, ?)`),
    `undo\t${removeNew}`,
  ],
};

const updateEach = {
  rows: 0,
  program: inTransaction(200, "run\ttext:Name :,id:10000\tupdate users set name = ? where id = ?"),
};

const pair = {
  rows: 200,
  program: [
    "block\t100",
    "run\t\tbegin",
    `run\t${newUser}\t${insertUser}`,
    `run\tlast,text:github:,text:token-:\tinsert into accounts (user_id, provider, token)
      values (?, ?, ?) returning id, user_id, provider, token`,
    "run\t\tcommit",
    `undo\t${removeNew}`,
  ],
};

const some = "order by id limit 100";
const somePosts = `posts where writer_id in (select id from writers ${some})`;

const programs = {
  "first-prepared": first,
  "first-anew": first,
  "users-100": reads(
    200,
    `select id, name, email from users ${some}`,
    `select id, user_id, provider, token from accounts where user_id in (select id from users ${some})`,
  ),
  "users-10000": reads(
    20_000,
    "select id, name, email from users",
    "select id, user_id, provider, token from accounts",
  ),
  "blog-100": reads(
    6_100,
    `select id, name from writers ${some}`,
    `select id, writer_id, title, views from ${somePosts}`,
    `select id, post_id, body from comments where post_id in (select id from ${somePosts})`,
  ),
  "blog-all": reads(
    61_000,
    "select id, name from writers",
    "select id, writer_id, title, views from posts",
    "select id, post_id, body from comments",
  ),
  "tags-100": reads(
    400,
    `select id, writer_id, title, views from posts ${some}`,
    `select post_id, id, name from posts_tags join tags on id = tag_id
      where post_id in (select id from posts ${some})`,
  ),
  "select-8": reads(10_000, "select * from people"),
  "join-6": reads(
    10_000,
    `select u.id, u.name, u.email, a.id, a.provider, a.token
      from users u join accounts a on a.user_id = u.id`,
  ),
  "insert-prepared": insertEach,
  "insert-anew": insertEach,
  "insert-100": insert100,
  "update-prepared": updateEach,
  "update-anew": updateEach,
  "pair-prepared": pair,
  "pair-anew": pair,
};

const text = ({ program }) => program.map((line) => `${line.replace(/\n\s*/g, " ")}\n`).join("");

function requireRows({ rows }, found) {
  if (found !== rows) throw new Error(`the floor read ${found} rows instead of ${rows}`);
}

/** The program in wasm. */
async function openWasm() {
  const { default: create } = await import(pathToFileURL(join(folder, "floor.mjs")).href);
  const module = await create({ wasmBinary: readFileSync(join(folder, "floor.wasm")) });
  const send = (words, to) => {
    const bytes = new TextEncoder().encode(`${words}\0`);
    const pointer = module._malloc(bytes.length);
    module.HEAPU8.set(bytes, pointer);
    to(pointer);
    module._free(pointer);
  };
  return {
    exec: (sql) => send(sql, module._floor_exec),
    start: (program) => {
      send(text(program), module._floor_program);
      requireRows(program, module._floor_run(0));
      module._floor_undo();
      return {
        op: module._floor_run,
        ...(text(program).includes("undo") && { reset: module._floor_undo }),
      };
    },
  };
}

/** The program as a process of its own, which measures itself. */
function openNative() {
  const data = [];
  return {
    exec: (sql) => data.push(sql),
    start: async (program) => {
      const files = ["data.sql", "program"].map((name) =>
        join(tmpdir(), `floor-${process.pid}-${name}`),
      );
      writeFileSync(files[0], data.join("\n"));
      writeFileSync(files[1], text(program));
      const child = spawn(join(folder, "floor"), files, { stdio: ["pipe", "pipe", "inherit"] });
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const time = async (count, clock) => {
        child.stdin.write(`${clock} ${count}\n`);
        const { value } = await lines.next();
        const [microseconds, rows] = value.split(" ").map(Number);
        requireRows(program, rows);
        return microseconds;
      };
      await time(1, "cpu");
      for (const file of files) rmSync(file);
      return { time };
    },
  };
}

const side = (title, open) => ({
  title,
  open,
  unchecked: true,
  workloads: Object.fromEntries(
    Object.entries(programs).map(([name, program]) => [
      name,
      { "": (host) => host.start(program) },
    ]),
  ),
});

export const floors = {
  "floor-native": side("floor, native C", openNative),
  "floor-wasm": side("floor, C in wasm", openWasm),
};
