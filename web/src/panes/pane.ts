import { LitElement } from "lit";
import type { FromWorker, Inquiries, InquiryType, Place, Program, Question } from "../protocol.js";

/** A statement of the run: the query, and which of its statements. */
export interface Origin {
  readonly query: number;
  readonly statement: number;
}

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
  /** Asks the worker of the last run and waits; undefined when it is gone, or cannot tell. */
  inquire<T extends InquiryType>(
    type: T,
    asks: Inquiries[T]["asks"],
  ): Promise<Inquiries[T]["answer"] | undefined>;
  /** Points at a statement, and at what came of it, in all panes; at nothing without one. */
  point(origin?: Origin): void;
  /** The program of the editor as it stands; undefined, with marks in the editor, when it does not compile. */
  program(): Program | undefined;
  /** Replaces the text of the schema's file. */
  writeSchema(text: string): void;
  /** The program of the last run. */
  ran(): Program | undefined;
}

/** A pane of the page: it hears what happens in a run and renders itself, into the page's own styles. */
export abstract class Pane extends LitElement {
  /** Names the pane in ids: `pane-sql`, `tab-sql`. */
  abstract readonly key: string;
  /** What its tab says. */
  abstract readonly label: string;
  page!: Page;

  /** What its tab shows of the run, such as a number; nothing when empty. */
  get badge(): string {
    return "";
  }

  /** A run begins. */
  began(): void {}

  /** Something happened in the run. */
  receive(_message: FromWorker): void {}

  /** The run is over: ended, failed or stopped. */
  ended(): void {}

  /** A statement is pointed at, or none. */
  pointed(_origin: Origin | undefined): void {}

  /** Its tab was chosen. */
  chosen(): void {}

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
