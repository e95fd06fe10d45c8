import type { SyntaxNode } from "@lezer/common";
import type { SourceFile } from "../program/files.js";
import type { Place } from "../protocol.js";
import {
  argumentsOf,
  bare,
  calleeOf,
  lineOf,
  nodesOf,
  parse,
  propertiesOf,
  resultOf,
  textOf,
  variablesOf,
  type Parsed,
  type Property,
} from "./syntax.js";

/** Where a table is declared: `export const users = pgTable("users", { … })`. */
export interface TableDeclaration {
  readonly file: Parsed;
  readonly name: SyntaxNode;
  readonly call: SyntaxNode;
  readonly columns: readonly Property[];
}

/** Where a relation is declared: `account: one(accounts, { … })`. */
export interface RelationDeclaration {
  readonly file: Parsed;
  readonly name: SyntaxNode;
  /** What is given to `one` or `many`: the columns of both sides. */
  readonly options: readonly Property[];
}

/** A call of `relations`, with the variable that it is the value of. */
export interface RelationsDeclaration {
  readonly file: Parsed;
  readonly call: SyntaxNode;
  readonly table: string;
  readonly variable: string | undefined;
  readonly exported: boolean;
}

/** Finds in the sources what a schema declares. */
export class Declarations {
  readonly files: readonly Parsed[];
  readonly relations: readonly RelationsDeclaration[];
  readonly #tables = new Map<string, TableDeclaration>();
  readonly #entries = new Map<string, RelationDeclaration>();

  constructor(sources: readonly SourceFile[]) {
    this.files = sources.map(({ path, text }) => parse(path, text));
    for (const file of this.files) this.#findTables(file);
    this.relations = this.files.flatMap((file) => this.#findRelations(file));
  }

  /** Where the table of an export is declared. */
  table(key: string): TableDeclaration | undefined {
    return this.#tables.get(key);
  }

  column(table: string, key: string): Property | undefined {
    return this.table(table)?.columns.find((column) => column.key === key);
  }

  relation(table: string, name: string): RelationDeclaration | undefined {
    return this.#entries.get(JSON.stringify([table, name]));
  }

  placeOfTable(key: string): Place | undefined {
    const found = this.table(key);
    return found && placeOf(found.file, found.name);
  }

  placeOfColumn(table: string, key: string): Place | undefined {
    const found = this.table(table);
    const column = this.column(table, key);
    return found && column && placeOf(found.file, column.name);
  }

  placeOfRelation(table: string, name: string): Place | undefined {
    const found = this.relation(table, name);
    return found && placeOf(found.file, found.name);
  }

  /** The first declaration of a name counts; any call with columns may make a table. */
  #findTables(file: Parsed): void {
    for (const { name, value } of variablesOf(file)) {
      const key = textOf(file, name);
      const call = bare(value);
      if (call?.name !== "CallExpression" || this.#tables.has(key)) continue;
      const [, second] = argumentsOf(call);
      const object = second?.name === "ArrowFunction" ? resultOf(second) : bare(second);
      if (object?.name !== "ObjectExpression") continue;
      this.#tables.set(key, { file, name, call, columns: propertiesOf(file, object) });
    }
  }

  #findRelations(file: Parsed): RelationsDeclaration[] {
    const variables = variablesOf(file);
    return nodesOf(file.top, "CallExpression").flatMap((call) => {
      const callee = calleeOf(file, call);
      const [first, second] = argumentsOf(call);
      const object = resultOf(second);
      if (!first || !object) return [];
      if (/^defineRelations(?:Part)?$/.test(callee)) {
        for (const { key, value } of propertiesOf(file, object))
          this.#addEntries(file, key, bare(value), 0);
        return [];
      }
      if (callee !== "relations") return [];
      const table = textOf(file, first).replace(/^.*\./, "");
      this.#addEntries(file, table, object, 1);
      const variable = variables.find(({ value }) => bare(value)?.from === call.from);
      const name = variable && textOf(file, variable.name);
      return [{ file, call, table, variable: name, exported: variable?.exported ?? false }];
    });
  }

  /** @param position which argument of a relation has its columns */
  #addEntries(file: Parsed, table: string, object: SyntaxNode | undefined, position: number): void {
    for (const { key, name, value } of propertiesOf(file, object)) {
      const call = bare(value);
      const given = call?.name === "CallExpression" ? argumentsOf(call)[position] : undefined;
      const options = propertiesOf(file, bare(given));
      this.#entries.set(JSON.stringify([table, key]), { file, name, options });
    }
  }
}

const placeOf = ({ path, text }: Parsed, node: SyntaxNode): Place => ({
  path,
  line: lineOf(text, node.from),
});
