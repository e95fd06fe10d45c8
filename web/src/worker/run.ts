import { drizzle, open, pushSchema } from "virga";
import type { FromWorker, Output, Place, Problem, Program, ValueOutput } from "../protocol.js";
import { createConsole } from "./console.js";
import { inspect } from "./inspect.js";
import { describePostgres } from "./postgres.js";
import { librariesFor } from "./libraries.js";
import { locate } from "./locate.js";
import { ModuleGraph } from "./modules.js";
import { notePlace } from "./places.js";
import { describeProblem } from "./problems.js";
import { QueryLog } from "./queries.js";
import { schemaOf, type Schema } from "./schema.js";
import { StepLog } from "./steps.js";
import { columnsOf, Values } from "./values.js";

/** What is left of a run: its queries and its values, for those who ask. */
export interface Run {
  readonly queries: QueryLog;
  readonly values: Values;
}

/** Runs a program once, telling everything that happens. */
export async function runProgram(
  program: Program,
  post: (message: FromWorker) => void,
): Promise<Run> {
  const started = performance.now();
  const userFiles = new Set(program.userFiles);
  const userModules = program.modules.filter(({ path }) => userFiles.has(path));
  const describe = (error: unknown): Problem => {
    const problem = describeProblem(error, (path) => userFiles.has(path));
    return locate(problem, { modules: userModules, all: program.modules, exports: graph.exports });
  };
  const queries = new QueryLog((query) => post({ type: "query", query }), describe);
  const steps = new StepLog((step) => post({ type: "step", step }), describe);
  const values = new Values();
  let shown = 0;
  const emit = (output: Output): void => {
    shown += 1;
    post({ type: "output", output });
  };
  const valueOf = (value: unknown, ran: readonly number[]): ValueOutput => {
    const columns = columnsOf(value);
    const origin = queries.originOf(value);
    return {
      kind: "value",
      id: values.keep(value),
      value: inspect(value),
      queries: ran,
      ...(columns && { columns }),
      ...(origin !== undefined && { origin }),
    };
  };
  const graph = new ModuleGraph(program.modules, librariesFor(program), {
    console: createConsole(emit, values),
    show: async (place, isLast, value) => {
      const settled = await awaitAt(place, value, queries);
      const ran = queries.take(place);
      if (isLast || settled !== undefined)
        emit(writeOf(settled, place) ?? { ...valueOf(settled, ran), place });
    },
    at: (place, value) => {
      const waited = awaitAt(place, value, queries);
      if (place.path !== program.main || !isThenable(waited)) return waited;
      return Promise.resolve(waited).finally(() => queries.settled(place));
    },
  });

  let failed = false;
  try {
    const schema = await schemaOf(program, graph);
    const statements = await createTables(schema);
    post({ type: "ddl", statements, postgres: describePostgres(schema) });
    queries.start((id, event) => steps.ran(id, event));
    steps.start();
    const exports = await graph.load(program.main);
    if ("default" in exports) emit(valueOf(await exports["default"], queries.take(undefined)));
    const names = Object.keys(exports);
    if (shown === 0) emit({ kind: "exports", path: program.main, names });
  } catch (error) {
    failed = true;
    emit({ kind: "problem", problem: describe(error) });
  }
  post({ type: "finished", milliseconds: performance.now() - started, failed });
  return { queries, values };
}

/** Makes the schema's tables in a database of their own: what fails here fails with the schema's lines. */
async function createTables(schema: Schema): Promise<readonly string[]> {
  if (Object.keys(schema).length === 0) return [];
  const client = await open();
  try {
    return await pushSchema(drizzle(client, { schema }));
  } finally {
    client.close();
  }
}

/** Writes that return no rows give their counts; they take a line, not a tree. */
function writeOf(value: unknown, place: Place): Output | undefined {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 2)
    return undefined;
  const { changes, lastInsertRowid } = value as Readonly<Record<string, unknown>>;
  if (typeof changes !== "number" || lastInsertRowid === undefined) return undefined;
  return { kind: "write", changes, place };
}

/** Starts what is awaited and remembers the line for the errors and queries that come of it. */
function awaitAt(place: Place, value: unknown, queries: QueryLog): unknown {
  if (!isThenable(value)) return value;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      notePlace(error, place);
      reject(error);
    };
    try {
      const first = queries.count;
      let ran = 0;
      const succeed = (result: unknown): void => {
        if (ran === 1) queries.gave(first, result);
        resolve(result);
      };
      queries.during(place, () => value.then(succeed, fail));
      ran = queries.count - first;
    } catch (error) {
      fail(error);
    }
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    "then" in value &&
    typeof value.then === "function"
  );
}
