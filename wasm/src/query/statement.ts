import type { Parameter } from "../ast/tree.js";
import type { SqlValue } from "../ast/value.js";
import type { Decode } from "../frame/codecs.js";
import type { Catalog } from "./catalog.js";
import { Lowering } from "./lower.js";
import type { CompiledQuery } from "./compiler.js";
import { fillPlaceholders, isSlot } from "./parameters.js";

/** Writes the document of a query; literals go to the lowering's parameters. */
export type MakeDocument = (lowering: Lowering) => string;

/** Values of placeholders, by name. */
export type PlaceholderValues = Readonly<Record<string, unknown>>;

/** A query as the core reads it. */
export interface Lowered {
  /** The text of its document. */
  readonly document: string;
  readonly parameters: readonly Parameter[];
  /** Whether some parameters are the places of values that are still to be given. */
  readonly open: boolean;
  readonly decoders: ReadonlyMap<string, Decode>;
  /** What the compiler made of it last, which spares the look-up. */
  compiled: CompiledQuery | undefined;
}

/**
 * A query of one catalog. It is lowered when it first runs, and again only if its document is
 * another one each time: lists are as long as their values, and functions make defaults.
 */
export class Statement {
  readonly #make: MakeDocument;
  #lowered: readonly Lowered[] | undefined;

  constructor(make: MakeDocument) {
    this.#make = make;
  }

  /** The query; an insert with too many values for one statement is several, one after the other. */
  lower(catalog: Catalog, values?: PlaceholderValues): readonly Lowered[] {
    if (this.#lowered) return this.#lowered;
    const whole = new Lowering(catalog, values);
    const first = this.#write(whole);
    const parts = whole.parts?.map((part) => new Lowering(catalog, values, { part }));
    const lowered = parts?.map((part) => this.#write(part)) ?? [first];
    if (!(parts ?? [whole]).some(({ varies }) => varies)) this.#lowered = lowered;
    return lowered;
  }

  #write(lowering: Lowering): Lowered {
    const document = this.#make(lowering);
    const { parameters, decoders } = lowering;
    return { document, parameters, open: parameters.some(isSlot), decoders, compiled: undefined };
  }
}

/** The values of a query's parameters. */
export function valuesOf(
  { parameters, open }: Lowered,
  values: PlaceholderValues | undefined,
): readonly SqlValue[] {
  return open ? fillPlaceholders(parameters, values) : (parameters as readonly SqlValue[]);
}
