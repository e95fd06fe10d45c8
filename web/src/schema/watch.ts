import type { DiagramPane } from "../panes/diagram.js";
import type { Compiled } from "../program/compile.js";
import type { SchemaAnswer } from "../protocol.js";
import { Declarations } from "./declarations.js";
import { SchemaDescriber } from "./describer.js";

/** Follows the schema as it is typed: what it declares is drawn, and looked through for mistakes. */
export class SchemaWatch {
  readonly #diagram: DiagramPane;
  readonly #describer = new SchemaDescriber((answer) => this.#told(answer));
  #compiled: Compiled | undefined;
  #begun = false;

  constructor(diagram: DiagramPane) {
    this.#diagram = diagram;
  }

  /** From now on schemas are described: to do so is to run them. */
  begin(): void {
    this.#begun = true;
    if (this.#compiled) this.check(this.#compiled);
  }

  /** Until `begin` nothing of what is opened runs. */
  pause(): void {
    this.#begun = false;
    this.#compiled = undefined;
    this.#diagram.clear();
  }

  /** Looks at files as they are now. */
  check(compiled: Compiled): void {
    this.#compiled = compiled;
    if (!this.#begun) return;
    if (compiled.program) return this.#describer.describe(compiled.program);
    if (compiled.problems.length > 0)
      this.#diagram.outdate("The files do not compile; this is the schema as it was.");
  }

  #told({ facts, problem }: SchemaAnswer): void {
    const compiled = this.#compiled;
    if (!compiled || !this.#begun) return;
    if (!facts) return this.#diagram.outdate(`The schema fails: ${problem?.message ?? ""}`);
    this.#diagram.show(facts, new Declarations(compiled.files));
  }
}
