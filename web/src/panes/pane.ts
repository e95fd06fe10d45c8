import { LitElement } from "lit";
import type { FromWorker, LabAnswer, MigrationOptions, Place, Question } from "../protocol.js";

/** What a pane may ask of the page. */
export interface Page {
  /** Takes the reader to a line of a file. */
  goTo(place: Place): void;
  /** Shows the pane with this id. */
  open(pane: string): void;
  /** Follows a query of the run in the trace pane. */
  trace(query: number): void;
  /** Asks the worker of the last run, which answers by a message; false when that worker is gone. */
  ask(question: Question): boolean;
  /** Plans or makes the way of a database to the schema of the editor; undefined when it does not compile. */
  migrate(
    verb: "preview" | "apply",
    bytes: Uint8Array,
    options: MigrationOptions,
  ): Promise<LabAnswer | undefined>;
  /** Runs the statements that undo a migration. */
  undo(bytes: Uint8Array, down: readonly string[]): Promise<LabAnswer>;
}

/** A pane of the page: it hears what happens in a run and renders itself, into the page's own styles. */
export abstract class Pane extends LitElement {
  /** Names the pane in ids: `pane-sql`, `tab-sql`. */
  abstract readonly key: string;
  /** What its tab says. */
  abstract readonly label: string;
  page!: Page;

  /** A number that its tab shows; nothing when empty. */
  get badge(): string {
    return "";
  }

  /** A run begins. */
  began(): void {}

  /** Something happened in the run. */
  receive(_message: FromWorker): void {}

  /** The run is over: ended, failed or stopped. */
  ended(): void {}

  /** Its tab was chosen. */
  chosen(): void {}

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
