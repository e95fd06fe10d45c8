import type { SourceFile } from "../program/files.js";

/** A stretch of a virtual file, by offsets in its text. */
export interface Span {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

export interface TypeProblem extends Span {
  readonly message: string;
  readonly severity: "error" | "warning" | "info";
}

/** A piece of a type's text, and what kind of word it is. */
export interface Part {
  readonly text: string;
  readonly kind: string;
}

export interface Hover extends Span {
  readonly parts: readonly Part[];
  readonly documentation: string;
}

export interface Completion {
  readonly label: string;
  readonly kind: string;
  readonly sortText: string;
  /** What is written instead of the label. */
  readonly insert?: string;
  /** Where what it replaces begins, if before the word: `?.name` takes the place of the `.`, too. */
  readonly from?: number;
}

export interface Completions {
  readonly items: readonly Completion[];
}

export interface Signature {
  readonly before: string;
  readonly parameters: readonly string[];
  readonly after: string;
  readonly active: number;
  readonly documentation: string;
}

export interface TextEdit extends Span {
  readonly text: string;
}

/** What can be asked of the type service; offsets are those of the virtual file. */
export interface TypeMethods {
  check(): readonly TypeProblem[];
  hover(path: string, offset: number): Hover | undefined;
  complete(path: string, offset: number): Completions | undefined;
  describe(path: string, offset: number, name: string): Hover | undefined;
  signature(path: string, offset: number): Signature | undefined;
  define(path: string, offset: number): Span | undefined;
  rename(path: string, offset: number): readonly Span[];
  format(path: string): readonly TextEdit[];
}

export type TypeMethod = keyof TypeMethods;

export type ToTypes =
  | { readonly declarations: string }
  | { readonly files: readonly SourceFile[] }
  | { readonly id: number; readonly method: TypeMethod; readonly args: readonly unknown[] };

/** An answer; a service that cannot start answers nothing. */
export type FromTypes =
  { readonly id: number; readonly value: unknown } | { readonly failed: string };
