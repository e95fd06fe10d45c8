import { observeTransactions, type Client, type QueryEvent, type TransactionEvent } from "virga";
import type { Problem, Step, StepKind, TableChange } from "../protocol.js";
import { changesOf, compareSnapshots, takeSnapshot, type Snapshot } from "./snapshot.js";

/** More are not told. */
const mostSteps = 200;

interface Open {
  readonly transaction: number;
  depth: number;
  last: Snapshot;
}

/** Watches the transactions of a run: what each step in them does to the rows. */
export class StepLog {
  readonly #emit: (step: Step) => void;
  readonly #describe: (error: unknown) => Problem;
  readonly #open = new Map<Client, Open>();
  #transactions = 0;
  #steps = 0;

  constructor(emit: (step: Step) => void, describe: (error: unknown) => Problem) {
    this.#emit = emit;
    this.#describe = describe;
  }

  /** Tells the steps of every transaction from now on, if `ran` is told of the queries. */
  start(): void {
    observeTransactions((event) => this.#happened(event));
  }

  /** A query ran, which may be a step of a transaction, or begin or end one as SQL. */
  ran(query: number, { client, sql, error }: QueryEvent): void {
    const [verb] =
      /^\s*(?:begin|savepoint|commit|end|rollback(?!.*\bto\b))\b/i.exec(sql[0] ?? "") ?? [];
    const word = error === undefined ? verb?.trim().toLowerCase() : undefined;
    if (word === "begin" || word === "savepoint") this.#begin(client, 1);
    const open = this.#open.get(client);
    if (!open) return;
    const problem = error !== undefined && { problem: this.#describe(error) };
    this.#tell(client, open, "statement", { query, ...problem }, word === "rollback");
    if (word === "commit" || word === "end" || word === "rollback") this.#open.delete(client);
  }

  #happened({ verb, depth, cause, client }: TransactionEvent): void {
    const begins = verb.startsWith("begin");
    if (begins) this.#begin(client, depth);
    const open = this.#open.get(client);
    if (!open) return;
    open.depth = depth;
    const problem = cause !== undefined && { problem: this.#describe(cause) };
    this.#tell(client, open, kindOf(verb, depth), { ...problem }, verb === "rollback");
    if (begins) return;
    open.depth = depth - 1;
    if (depth === 1) this.#open.delete(client);
  }

  #begin(client: Client, depth: number): void {
    if (this.#open.has(client) || this.#steps >= mostSteps) return;
    const transaction = this.#transactions++;
    this.#open.set(client, { transaction, depth, last: takeSnapshot(client) });
  }

  #tell(
    client: Client,
    open: Open,
    kind: StepKind,
    facts: Pick<Step, "query" | "problem">,
    undoes: boolean,
  ): void {
    if (this.#steps >= mostSteps) return;
    this.#steps += 1;
    const { transaction, depth } = open;
    const tables = this.#changes(client, open, undoes);
    const last = this.#steps === mostSteps;
    this.#emit({ transaction, depth, kind, tables, last, ...facts });
  }

  #changes(client: Client, open: Open, undoes: boolean): TableChange[] {
    if (!undoes && changesOf(client) === open.last.changes) return [];
    const before = open.last;
    open.last = takeSnapshot(client);
    return compareSnapshots(before, open.last);
  }
}

function kindOf(verb: TransactionEvent["verb"], depth: number): StepKind {
  if (depth === 1) return verb;
  if (verb === "rollback") return "rollback to";
  return verb === "commit" ? "release" : "savepoint";
}
