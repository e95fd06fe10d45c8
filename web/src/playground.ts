import { Editor } from "./editor/editor.js";
import { examples, type Example } from "./examples/index.js";
import { compile } from "./program/compile.js";
import { askLab } from "./lab.js";
import type { Origin, SourceFile } from "./program/files.js";
import type { FromWorker, Place, Problem } from "./protocol.js";
import { Runner } from "./runner.js";
import { showDdl } from "./view/ddl.js";
import { byId, count, duration, h } from "./view/dom.js";
import { LabPane } from "./view/lab.js";
import { QueriesPane } from "./view/queries.js";
import { ResultPane } from "./view/result.js";
import { RunControls } from "./view/run-controls.js";
import { Tabs } from "./view/tabs.js";
import { TracePane } from "./view/trace.js";

const checkDelay = 250;

/** The page: two editors, a runner, and the panes that show what came of it. */
export class Playground {
  readonly #editors: Readonly<Record<Exclude<Origin, "page">, Editor>>;
  readonly #runner: Runner;
  readonly #controls: RunControls;
  readonly #tabs = new Tabs(document.querySelector<HTMLElement>("[role=tablist]") ?? document.body);
  readonly #result: ResultPane;
  readonly #queries: QueriesPane;
  readonly #trace: TracePane;
  readonly #lab: LabPane;
  readonly #ddl = byId("pane-ddl", HTMLElement);
  readonly #queryCount = byId("sql-count", HTMLElement);
  #files: readonly SourceFile[] = [];
  #runProblems: Problem[] = [];
  #queriesSeen = 0;
  #checkTimer = 0;

  constructor() {
    const goTo = (place: Place): void => this.#goTo(place);
    this.#result = new ResultPane(byId("pane-result", HTMLElement), goTo);
    this.#queries = new QueriesPane(byId("queries", HTMLElement), goTo, (query) =>
      this.#openTrace(query),
    );
    this.#trace = new TracePane(
      { select: byId("trace-query", HTMLSelectElement), stages: byId("trace-stages", HTMLElement) },
      {
        explain: (query) => this.#runner.explain(query),
        tryIndex: (query, sql) => this.#runner.tryIndex(query, sql),
      },
      goTo,
    );
    this.#lab = new LabPane(
      byId("pane-lab", HTMLElement),
      {
        keep: () => this.#runner.keep(),
        migrate: async (verb, bytes, options) => {
          const { program } = this.#check();
          return program && askLab({ verb, program, bytes, options });
        },
        undo: (bytes, down) => askLab({ verb: "undo", bytes, down }),
      },
      goTo,
    );
    this.#controls = new RunControls({ run: () => this.#runAndShow(), stop: () => this.#stop() });
    this.#editors = {
      schema: this.#editor("schema", "Schema"),
      query: this.#editor("query", "Query"),
    };
    this.#runner = new Runner({
      ready: () => this.#controls.ready(),
      message: (message) => this.#receive(message),
      broken: (reason) => this.#fail(`The engine could not start: ${reason}`),
    });
    byId("tab-trace", HTMLElement).addEventListener("click", () => this.#trace.openAny());
  }

  /** Fills the page with the first example and runs it. */
  start(): void {
    const menu = byId("examples", HTMLSelectElement);
    for (const [index, { title }] of examples.entries())
      menu.append(h("option", { value: index }, title));
    menu.addEventListener("change", () => this.#open(examples[Number(menu.value)]));
    this.#trace.clear();
    this.#open(examples[0]);
  }

  /** Compiles both editors and runs them, or shows why that is not possible. */
  run(): void {
    const { program, problems } = this.#check();
    this.#runner.stop();
    this.#clear();
    if (program !== undefined) {
      this.#controls.running();
      this.#runner.run(program);
      return;
    }
    for (const problem of problems) this.#result.add({ kind: "problem", problem });
    this.#result.end();
    const nothing = problems.length === 0;
    this.#controls.ended(
      nothing ? "Nothing to run" : `Not run: ${count(problems.length, "problem")}`,
      !nothing,
    );
  }

  /** On a screen that holds one thing at a time, who runs wants to see what comes of it. */
  #runAndShow(): void {
    this.run();
    if (matchMedia("(width < 860px)").matches) byId("panes", HTMLElement).scrollIntoView();
  }

  #open(example: Example | undefined): void {
    if (example === undefined) return;
    this.#editors.schema.text = example.schema;
    this.#editors.query.text = example.query;
    this.#tabs.select("tab-result");
    this.run();
  }

  #editor(origin: Exclude<Origin, "page">, label: string): Editor {
    return new Editor({
      parent: byId(`${origin}-editor`, HTMLElement),
      label,
      text: "",
      run: () => this.#runAndShow(),
      changed: () => {
        clearTimeout(this.#checkTimer);
        this.#checkTimer = window.setTimeout(() => this.#check(), checkDelay);
      },
    });
  }

  /** Compiles without running: marks go to their lines, and marks of an earlier run go. */
  #check(): ReturnType<typeof compile> {
    clearTimeout(this.#checkTimer);
    const compiled = compile(this.#editors.schema.text, this.#editors.query.text);
    this.#files = compiled.files;
    this.#runProblems = [];
    this.#mark(compiled.problems);
    this.#listFiles();
    return compiled;
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case "output":
        this.#result.add(message.output);
        if (message.output.kind === "problem") this.#markRun(message.output.problem);
        return;
      case "query":
        this.#queriesSeen += 1;
        this.#queryCount.textContent = String(this.#queriesSeen);
        this.#queries.add(message.query);
        this.#trace.add(message.query);
        return;
      case "ddl":
        showDdl(this.#ddl, message.statements);
        return;
      case "trace":
        this.#trace.show(message.query, message.trace);
        return;
      case "tried":
        this.#trace.showTried(message.query, message.sql, message.trace);
        return;
      case "finished":
        this.#finish(message);
        return;
      case "kept":
        this.#lab.keep(message.kept);
        return;
      case "lab":
      case "ready":
        return;
    }
  }

  #finish({ milliseconds, failed }: FromWorker & { type: "finished" }): void {
    this.#result.end();
    const what = failed ? "Failed after" : "Done in";
    this.#controls.ended(
      `${what} ${duration(milliseconds)} · ${count(this.#queriesSeen, "query", "queries")}`,
      failed,
    );
    if (!byId("pane-trace", HTMLElement).hidden) this.#trace.openAny();
  }

  #stop(): void {
    this.#runner.stop();
    this.#result.add({
      kind: "notice",
      text: "Stopped. The editors are as they were; the database of this run is gone.",
    });
    this.#result.end();
    this.#controls.ended("Stopped", false);
  }

  #fail(reason: string): void {
    this.#result.add({ kind: "problem", problem: { name: "Page", message: reason } });
    this.#result.end();
    this.#controls.ended("The engine could not start", true);
  }

  #clear(): void {
    this.#queriesSeen = 0;
    this.#queryCount.textContent = "";
    this.#result.begin();
    this.#queries.clear();
    this.#trace.clear();
  }

  #openTrace(query: number): void {
    this.#tabs.select("tab-trace");
    this.#trace.open(query);
  }

  #goTo(place: Place): void {
    const file = this.#files.find(({ path }) => path === place.path);
    if (file === undefined || file.origin === "page") return;
    this.#editors[file.origin].goTo(file.linesAbove + place.line);
  }

  #markRun(problem: Problem): void {
    this.#runProblems.push(problem);
    this.#mark(this.#runProblems);
  }

  #mark(problems: readonly Problem[]): void {
    for (const origin of ["schema", "query"] as const) {
      const lines = problems.flatMap(({ place, message, hint }) => {
        const file = this.#files.find(({ path }) => path === place?.path);
        if (place === undefined || file?.origin !== origin) return [];
        return [
          {
            line: file.linesAbove + place.line,
            message: hint === undefined ? message : `${message}\n${hint}`,
          },
        ];
      });
      this.#editors[origin].mark(lines);
    }
  }

  #listFiles(): void {
    for (const origin of ["schema", "query"] as const) {
      const paths = this.#files.filter((file) => file.origin === origin).map((file) => file.path);
      byId(`${origin}-files`, HTMLElement).textContent = paths.join("  ·  ");
    }
  }
}
