import type { QueryDocument } from "../ast/query-document.js";
import type { Parameter } from "../ast/tree.js";
import type { SqlValue } from "../ast/value.js";
import type { Decode } from "../frame/codecs.js";
import type { Catalog } from "./catalog.js";
import { Lowering } from "./lower.js";
import { fillPlaceholders } from "./parameters.js";

/** Makes the document of a query; literals go to the lowering's parameters. */
export type MakeDocument = (lowering: Lowering) => QueryDocument;

/** Values of placeholders, by name. */
export type PlaceholderValues = Readonly<Record<string, unknown>>;

/** A query as the core reads it. */
export interface Lowered {
  /** The text of its document. */
  readonly document: string;
  readonly parameters: readonly Parameter[];
  readonly decoders: ReadonlyMap<string, Decode>;
}

/** A lowered query with its values. */
export interface Request extends Lowered {
  readonly values: readonly SqlValue[];
}

/**
 * A query of one catalog. It is lowered when it first runs, and again only if its document is
 * another one each time: lists are as long as their values, and functions make defaults.
 */
export class Statement {
  readonly #make: MakeDocument;
  #lowered: Lowered | undefined;

  constructor(make: MakeDocument) {
    this.#make = make;
  }

  lower(catalog: Catalog, values?: PlaceholderValues): Lowered {
    if (this.#lowered) return this.#lowered;
    const lowering = new Lowering(catalog, values);
    const document = JSON.stringify(this.#make(lowering));
    const { parameters, decoders } = lowering;
    const lowered = { document, parameters, decoders };
    if (!lowering.varies) this.#lowered = lowered;
    return lowered;
  }

  request(catalog: Catalog, values?: PlaceholderValues): Request {
    const lowered = this.lower(catalog, values);
    return { ...lowered, values: fillPlaceholders(lowered.parameters, values) };
  }
}
