import type { Origin } from "../panes/pane.js";
import type { Relation } from "../protocol.js";
import type { ValueNode } from "./nodes.js";

/** Where the parts of one result come from. */
export class Origins {
  #relations: readonly Relation[] = [];

  constructor(private readonly query: number) {}

  /** What the plan of the query says; until it is told, all comes from the first statement. */
  set relations(relations: readonly Relation[]) {
    this.#relations = relations;
  }

  /** The relation of which a node is a part; that of the query itself has an empty path. */
  relationOf(node: ValueNode): Relation {
    const names = node.trail
      .filter(({ parent }) => parent?.value?.kind !== "list")
      .map(({ key }) => key);
    for (let length = names.length; length > 0; length -= 1) {
      const path = names.slice(0, length).join(".");
      const found = this.#relations.find((relation) => relation.path === path);
      if (found) return found;
    }
    return this.#relations[0] ?? { path: "", statement: 0, how: "select" };
  }

  originOf(node: ValueNode): Origin {
    return { query: this.query, statement: this.relationOf(node).statement };
  }

  /** Says in words where a relation's rows come from. */
  describe({ path, statement, how }: Relation, statements: number): string {
    const place = statements > 1 ? `statement ${statement + 1} of ${statements}` : "the statement";
    const from = `${path === "" ? "rows" : path}: ${place} of query ${this.query + 1}`;
    return how in ways ? `${from}, ${ways[how]}` : from;
  }
}

const ways: Readonly<Record<string, string>> = {
  batch: "once for all rows",
  loop: "once for each row above, or a range of them",
  join: "by a join",
};
