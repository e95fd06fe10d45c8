// Runs every golden file on the wasm build, through the module's raw exports and a reader of frames
// that shares nothing with the npm module, and compares with what the native runner recorded.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { encodeParameters, folder, listGoldens, RawFrame, readGolden } from "./format.mjs";

const build = new URL("../../build/wasm/", import.meta.url);
const { default: createModule } = await import(new URL("virga.js", build));
const virga = await createModule({ wasmBinary: readFileSync(new URL("virga.wasm", build)) });

/** An error answer of the module, thrown to leave the steps of a golden file. */
class Refusal {
  constructor(error) {
    this.error = error;
  }
}

/** Calls an export that answers in JSON; an error answer is thrown as a Refusal. */
function call(name, ...args) {
  const answer = JSON.parse(virga[name](...args));
  if (answer.error) throw new Refusal(answer.error);
  return answer;
}

/** Calls an export that takes the parameter block. */
function withParameters(name, database, query, values) {
  const block = encodeParameters(values);
  const pointer = virga._virga_reserve(block.length);
  virga.HEAPU8.set(block, pointer);
  return virga[name](database, query, block.length);
}

function runFrame(database, query, values) {
  const pointer = withParameters("_virga_run", database, query, values);
  if (pointer === 0) throw new Refusal(JSON.parse(virga.lastError()));
  return new RawFrame(virga.HEAPU8.slice(pointer, pointer + virga._virga_length()));
}

function printError(error) {
  const lines = [`@error`, `code: ${error.code}`, `message: ${error.message}`];
  for (const name of ["path", "hint", "constraint", "sqliteCode"])
    if (error[name]) lines.push(`${name}: ${error[name]}`);
  return `${lines.join("\n")}\n`;
}

function printRows(section, frame, given) {
  const shape = given.kind === "raw" ? frame.rawShape() : given;
  const rows = Array.from({ length: frame.step(shape.step).rows }, (_, i) =>
    frame.rowText(shape, i),
  );
  return [`@${section}`, ...rows, ""].join("\n");
}

const printStatements = (section, statements) => `@${section}\n${statements.join("\n\n")}\n`;

function printTrace(database, { query, sql }, values) {
  const trace = JSON.parse(withParameters("explain", database, query, values));
  if (trace.error) return printStatements("sql", sql);
  const statements = printStatements(
    "sql",
    trace.statements.map((statement) => statement.sql),
  );
  const ran = trace.statements.some((statement) => "runs" in statement);
  const runs = trace.statements.reduce((sum, statement) => sum + statement.runs, 0);
  const count = ran ? `@statements ${runs}\n` : "";
  return `@bound\n${trace.bound}@plan\n${trace.plan}${statements}${count}`;
}

/** Calls `work`, gives its text or, when the module refuses, what `before` holds and the error. */
function orError(work, before = "") {
  try {
    return before + work();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return before + printError(refusal.error);
  }
}

function runQuery(database, schema, document, values) {
  return orError(() => {
    const prepared = call("prepare", database, schema, document);
    const trace = printTrace(database, prepared, values);
    const text = orError(() => {
      const frame = runFrame(database, prepared.query, values);
      if (prepared.shape.kind === "run") return `@changes ${frame.changes()}\n`;
      return printRows("rows", frame, prepared.shape);
    }, trace);
    virga.releaseQuery(prepared.query);
    return text;
  });
}

function runAfter(database, schema, document) {
  return orError(() => {
    const { query, shape } = call("prepare", database, schema, document);
    return printRows("after-rows", runFrame(database, query, []), shape);
  });
}

function runMigration(database, schema, sections) {
  call("exec", database, sections.database);
  const report = call("migration", database, schema, "preview", sections.options ?? "{}");
  const each = (name, list, print) => list.map((item) => `@${name}\n${print(item)}\n`);
  return [
    ...each("question", report.questions, sorted),
    ...each("change", report.changes, (change) => change.words),
    ...each("risk", report.risks, sorted),
    ...["up", "down", "irreversible"]
      .filter((list) => report[list].length > 0)
      .map((list) => printStatements(list, report[list])),
  ].join("");
}

/** JSON with the members of objects in the order of their names, as the native runner prints it. */
const sorted = (object) => JSON.stringify(Object.fromEntries(Object.entries(object).sort()));

function output(database, sections) {
  return orError(() => {
    const { schema, ddl } = call("createSchema", sections.schema);
    if (sections.database) return runMigration(database, schema, sections);
    for (const sql of [...ddl, sections.seed, sections.before])
      if (sql) call("exec", database, sql);
    const values = JSON.parse(sections.params ?? "[]");
    let text = sections.query
      ? runQuery(database, schema, sections.query, values)
      : printStatements("ddl", ddl);
    if (sections.after) text += runAfter(database, schema, sections.after);
    virga.releaseSchema(schema);
    return text;
  });
}

const paths = listGoldens();
assert.ok(paths.length > 0, `no golden files in ${folder}`);
for (const path of paths) {
  test(path, () => {
    const { sections, expected } = readGolden(path);
    const { db } = call("open", ":memory:");
    const actual = output(db, sections);
    call("close", db);
    assert.equal(actual, expected);
  });
}
