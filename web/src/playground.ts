import { Editor } from "./editor/editor.js";
import { askLab } from "./lab.js";
import { DataStore } from "./data/store.js";
import { documentsOf, lessons, type Lesson } from "./lessons/index.js";
import { DataPane } from "./panes/data.js";
import { DdlPane } from "./panes/ddl.js";
import { DiagramPane } from "./panes/diagram.js";
import { LabPane } from "./panes/lab.js";
import type { Page } from "./panes/pane.js";
import { ResultPane } from "./panes/result.js";
import { SqlPane } from "./panes/sql.js";
import { TracePane } from "./panes/trace.js";
import { TransactionsPane } from "./panes/transactions.js";
import { compile, filesOf, queryPath, schemaPath, type Part } from "./program/compile.js";
import type { SourceFile } from "./program/files.js";
import type { Lines } from "./program/instrument.js";
import type { FromWorker, Place, Problem, Program } from "./protocol.js";
import { Runner } from "./runner.js";
import { SchemaWatch } from "./schema/watch.js";
import { projectFiles } from "./state/project.js";
import { embedded, Session } from "./state/session.js";
import type { Workspace } from "./state/workspace.js";
import { keepOffline } from "./offline/offline.js";
import { inStudio, studioFile, type StudioFile } from "./studio.js";
import type { Assistant } from "./types/assistant.js";
import { byId, count, duration, whenIdle } from "./view/dom.js";
import { zipFolder, type Download } from "./view/download.js";
import { FileTabs } from "./view/file-tabs.js";
import { Lessons } from "./view/lessons.js";
import { Panes } from "./view/panes.js";
import { RunControls } from "./view/run-controls.js";
import { ShareDialog } from "./view/share.js";
import { ShelfDialog } from "./view/shelf.js";

const checkDelay = 250;

/** Whether TypeScript is there: the page as one document, and that of the package, go without. */
const typed = import.meta.env.MODE !== "single" && !inStudio;

/** How long a program of a link may run. */
const strangerLimit = 10_000;

/** The page: an editor, a runner, and the panes that show what came of a run. */
export class Playground {
  readonly #editor: Editor;
  readonly #tabs: FileTabs;
  readonly #runner: Runner;
  readonly #controls: RunControls;
  readonly #data = new DataStore();
  readonly #dataPane = new DataPane(this.#data);
  readonly #result = new ResultPane();
  readonly #diagram = new DiagramPane();
  readonly #watch: SchemaWatch;
  readonly #panes: Panes;
  readonly #session: Session;
  readonly #lessons = new Lessons(
    byId("lesson", HTMLElement),
    (lesson) => void this.#openLesson(lesson),
  );
  #stranger = false;
  #files: readonly SourceFile[] = [];
  #runProblems: Problem[] = [];
  #ran: Program | undefined;
  #queriesSeen = 0;
  #assistant: Assistant | undefined;
  #part: Part | undefined;
  #checkTimer = 0;
  #limit = 0;

  constructor() {
    this.#editor = new Editor({
      parent: byId("editor", HTMLElement),
      run: (lines) => this.#runAndShow(lines && this.#partOf(lines)),
      changed: () => this.#checkSoon(),
      shown: (path) => this.#tabs.choose(path),
    });
    this.#tabs = new FileTabs(byId("files", HTMLElement), {
      chosen: (path) => {
        this.#editor.show(path);
        this.#session?.looked();
      },
      added: (path) => this.#addFile(path),
      removed: (path) => this.#removeFile(path),
    });
    this.#controls = new RunControls({
      run: () => this.#runAndShow(),
      stop: () => this.#stop(),
      live: () => this.#runLive(),
    });
    this.#runner = new Runner({
      ready: () => this.#controls.ready(),
      message: (message) => this.#receive(message),
      broken: (reason) => this.#fail(reason),
    });
    this.#watch = new SchemaWatch(this.#editor, this.#diagram);
    const trace = new TracePane();
    const panes = [
      this.#result,
      new SqlPane(),
      this.#diagram,
      new DdlPane(),
      this.#dataPane,
      trace,
      new TransactionsPane(),
      new LabPane(this.#data),
    ];
    this.#session = new Session({
      workspace: () => this.#workspace(),
      open: (workspace, stranger) => this.#openWorkspace(workspace, stranger),
      named: () => this.#showName(),
    });
    this.#data.addEventListener("change", () => this.#session.changed());
    this.#panes = new Panes(
      byId("panes", HTMLElement),
      byId("tabs", HTMLElement),
      panes,
      this.#page(trace),
    );
  }

  /** Fills the page with what its address holds, what was open last, or the first example. */
  async start(): Promise<void> {
    if (embedded) this.#embed();
    const shelf = new ShelfDialog(this.#session);
    const share = new ShareDialog(this.#session, () => this.#project());
    document.body.append(shelf, share, this.#lessons);
    byId("lessons", HTMLButtonElement).addEventListener("click", () => this.#lessons.show());
    byId("shelf", HTMLButtonElement).addEventListener("click", () => void shelf.show());
    byId("share", HTMLButtonElement).addEventListener(
      "click",
      () => void share.show(!this.#data.empty),
    );
    try {
      const file = await studioFile();
      if (file) return await this.#openStudio(file);
      const lesson = lessonOfAddress();
      if (lesson) return await this.#openLesson(lesson);
      if (await this.#session.restore()) return;
    } catch (error) {
      return this.#fail((error as Error).message);
    }
    await this.#openLesson(lessons[0]!);
  }

  /** A frame in another page shows only what it is there for, and a way to the whole. */
  #embed(): void {
    document.body.dataset["embed"] = "";
    const whole = byId("open-whole", HTMLAnchorElement);
    whole.hidden = false;
    whole.addEventListener("click", (event) => {
      event.preventDefault();
      void this.#session.link(true).then((link) => open(link, "_blank", "noopener"));
    });
  }

  async #openLesson(lesson: Lesson): Promise<void> {
    const { title, pane } = lesson;
    await this.#session.begin(title, { documents: documentsOf(lesson), file: queryPath, pane });
    this.#lessons.entered(lesson);
  }

  async #openStudio({ name, bytes }: StudioFile): Promise<void> {
    this.#dataPane.file = name;
    await this.#data.call("open", [bytes]);
    const schema = await this.#data.call("source", []);
    const documents = [
      { path: schemaPath, text: schema },
      { path: queryPath, text: studioQuery(schema) },
    ];
    await this.#session.begin(name, { documents, file: queryPath, pane: "data", data: bytes });
  }

  async #workspace(): Promise<Workspace> {
    const data = await this.#data.bytes();
    const { documents, shown } = this.#editor;
    return { documents, file: shown, pane: this.#panes.shown, ...(data && { data }) };
  }

  /** Shows a workspace, and runs it unless a stranger made it. */
  async #openWorkspace(workspace: Workspace, stranger: boolean): Promise<void> {
    const { documents, file, pane, data } = workspace;
    this.#lessons.left();
    this.#stranger = stranger;
    this.#ran = undefined;
    this.#watch.pause();
    this.#runner.stop();
    if (data) await this.#data.call("open", [data]);
    else if (!this.#data.empty) this.#data.clear();
    this.#editor.documents = documents;
    this.#editor.show(file);
    this.#listFiles();
    this.#panes.open(pane);
    if (!stranger) return this.run();
    this.#check();
    this.#panes.began();
    this.#result.add({ kind: "notice", text: strangerNotice });
    this.#panes.ended();
    this.#controls.ended("Not run yet", false);
  }

  /** All files of a project, with the migration that makes its tables. */
  async #project(): Promise<Download> {
    const data = await this.#data.bytes();
    const { program, files } = this.#check();
    if (!program) throw new Error("The files do not compile; errors are marked in them.");
    const { folder = {}, problem } = await askLab({ verb: "begin", program });
    if (problem) throw new Error(problem.message);
    const project = projectFiles(files, program.main, data, folder);
    return { name: "virga-project.zip", bytes: zipFolder("virga-project", project) };
  }

  /**
   * Compiles the documents and runs them, or shows why that is not possible.
   *
   * @param part runs what stands above these lines and shows the statements in them
   */
  run(part?: Part): void {
    const { program, problems } = this.#check(part);
    this.#part = part;
    this.#runner.stop();
    this.#queriesSeen = 0;
    this.#panes.began();
    if (program !== undefined) {
      this.#controls.running();
      void this.#start(program);
      return;
    }
    for (const problem of problems) this.#result.add({ kind: "problem", problem });
    this.#panes.ended();
    const nothing = problems.length === 0;
    this.#controls.ended(
      nothing ? "Nothing to run" : `Not run: ${count(problems.length, "problem")}`,
      !nothing,
    );
  }

  /** Runs begin at once when there is no data, and with a copy of it when there is. */
  async #start(program: Program): Promise<void> {
    const bytes = this.#data.bytes();
    this.#ran = bytes === undefined ? program : { ...program, data: await bytes };
    this.#runner.run(this.#ran);
    clearTimeout(this.#limit);
    if (this.#stranger) this.#limit = window.setTimeout(() => this.#stop(), strangerLimit);
  }

  #page(trace: TracePane): Page {
    return {
      goTo: (place) => this.#goTo(place),
      open: (pane) => {
        this.#panes.open(pane);
        byId(`pane-${pane}`, HTMLElement).focus({ preventScroll: true });
      },
      trace: (query) => {
        trace.follow(query);
        this.#panes.open(trace.key);
      },
      ask: (question) => this.#runner.ask(question),
      inquire: (type, asks) => this.#runner.inquire(type, asks),
      point: (origin) => this.#panes.pointed(origin),
      program: () => this.#check().program,
      writeSchema: (text) => {
        this.#editor.replace(schemaPath, text);
        this.#tabs.choose(schemaPath);
      },
      ran: () => this.#ran,
    };
  }

  /** Lines of the document that runs; those of others run with everything. */
  #partOf(lines: Lines): Part | undefined {
    const { shown, documents } = this.#editor;
    return documents.at(-1)?.path === shown ? { document: shown, ...lines } : undefined;
  }

  /** On a screen that holds one thing at a time, who runs wants to see what comes of it. */
  #runAndShow(part?: Part): void {
    this.run(part);
    if (matchMedia("(width < 860px)").matches) byId("panes", HTMLElement).scrollIntoView();
  }

  /** A new file stands before the one that runs. */
  #addFile(path: string): void {
    const documents = this.#editor.documents;
    this.#editor.documents = documents.toSpliced(-1, 0, { path, text: "" });
    this.#editor.show(path);
    this.#listFiles();
    this.#session.changed();
  }

  #removeFile(path: string): void {
    this.#editor.documents = this.#editor.documents.filter((document) => document.path !== path);
    this.#listFiles();
    this.#check();
    this.#session.changed();
  }

  #listFiles(): void {
    const paths = this.#editor.documents.map(({ path }) => path);
    this.#tabs.show(paths, this.#editor.shown);
  }

  #checkSoon(): void {
    this.#session.changed();
    clearTimeout(this.#checkTimer);
    const check = (): unknown => (this.#controls.live ? this.#runLive() : this.#check());
    this.#checkTimer = window.setTimeout(check, checkDelay);
  }

  /** Runs while somebody types: what does not compile yet is only marked, and so is what waits for Run. */
  #runLive(): void {
    const { program } = this.#check();
    if (program && (this.#ran || !this.#stranger)) this.run();
  }

  /** Compiles without running: marks go to their lines, and marks of an earlier run go. */
  #check(part?: Part): ReturnType<typeof compile> {
    clearTimeout(this.#checkTimer);
    const compiled = compile(this.#editor.documents, !this.#data.empty, part);
    this.#files = compiled.files;
    this.#runProblems = [];
    this.#mark(compiled.problems);
    this.#watch.check(compiled);
    void this.#assistant?.check();
    return compiled;
  }

  #receive(message: FromWorker): void {
    this.#panes.receive(message);
    if (message.type === "output" && message.output.kind === "problem")
      this.#markRun(message.output.problem);
    if (message.type === "query") this.#queriesSeen += 1;
    if (message.type === "finished") this.#finish(message);
  }

  #finish({ milliseconds, failed }: FromWorker & { type: "finished" }): void {
    clearTimeout(this.#limit);
    if (!this.#assistant) performance.mark("first result");
    whenIdle(() => void this.#assist());
    this.#watch.begin();
    this.#panes.ended();
    const what = failed ? "Failed after" : "Done in";
    this.#controls.ended(
      `${what} ${duration(milliseconds)} · ${count(this.#queriesSeen, "query", "queries")}${this.#partRun()}`,
      failed,
    );
  }

  #partRun(): string {
    if (!this.#part) return "";
    const { document, from, to } = this.#part;
    return ` · ${document}, ${from === to ? `line ${from}` : `lines ${from} to ${to}`}`;
  }

  /** Loads TypeScript, which is large, when the first result is there, and keeps the page for later. */
  async #assist(): Promise<void> {
    if (!typed || this.#assistant) return;
    const { Assistant } = await import("./types/assistant.js");
    this.#assistant ??= new Assistant(
      this.#editor,
      (documents) => filesOf(documents, !this.#data.empty),
      () => (this.#editor.types = undefined),
    );
    this.#editor.types = this.#assistant;
    await this.#assistant.check();
    if (!embedded) await keepOffline();
  }

  #stop(): void {
    this.#runner.stop();
    this.#watch.begin();
    this.#result.add({
      kind: "notice",
      text: "Stopped. The editor is as it was; the database of this run is gone.",
    });
    this.#panes.ended();
    this.#controls.ended("Stopped", false);
  }

  #fail(reason: string): void {
    this.#result.add({ kind: "problem", problem: { name: "Page", message: reason } });
    this.#panes.ended();
    this.#controls.ended(reason.split(":")[0]!, true);
  }

  #goTo(place: Place): void {
    const file = this.#files.find(({ path }) => path === place.path);
    if (file?.document === undefined) return;
    this.#tabs.choose(file.document);
    this.#editor.goTo(file.document, file.linesAbove + place.line);
  }

  #markRun(problem: Problem): void {
    this.#runProblems.push(problem);
    this.#mark(this.#runProblems);
  }

  #showName(): void {
    const { name, kept } = this.#session;
    byId("shelf", HTMLButtonElement).textContent = kept ? name : `${name} (not kept)`;
  }

  #mark(problems: readonly Problem[]): void {
    for (const { path: document } of this.#editor.documents) {
      const lines = problems.flatMap(({ place, message, hint }) => {
        const file = this.#files.find(({ path }) => path === place?.path);
        if (place === undefined || file?.document !== document) return [];
        const text = hint === undefined ? message : `${message}\n${hint}`;
        return [{ line: file.linesAbove + place.line, message: text }];
      });
      this.#editor.mark(document, lines);
    }
  }
}

const strangerNotice =
  "This came by a link and was not run. Read it, then press Run: it runs without access to the network, to what is kept here or to this page, and is stopped after ten seconds.";

/** The lesson that the address asks for, once: the next reload goes on with what is open then. */
function lessonOfAddress(): Lesson | undefined {
  const address = new URL(location.href);
  const id = address.searchParams.get("lesson");
  if (id === null) return undefined;
  address.searchParams.delete("lesson");
  history.replaceState(null, "", address);
  return lessons.find((lesson) => lesson.id === id) ?? lessons[0];
}

/** The query with which a database file is opened: the first rows of its first table. */
function studioQuery(schema: string): string {
  const [, table] = /^export const (\w+) = sqliteTable\(/m.exec(schema) ?? [];
  if (table === undefined) return "";
  return `import { db } from './db';\n\nawait db.query.${table}.findMany({ limit: 100 });\n`;
}
