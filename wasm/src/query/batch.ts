import type { PreparedQuery } from "./prepared.js";

/** A query that can be a part of a batch: any builder of the database. */
export interface BatchItem {
  /** The query, compiled. */
  prepare(): PreparedQuery<unknown>;
}

/** The results of a batch, each as awaiting the query alone gives it. */
export type BatchResults<Items extends readonly BatchItem[]> = {
  -readonly [K in keyof Items]: Items[K] extends { prepare(): PreparedQuery<infer Result> }
    ? Result
    : never;
};
