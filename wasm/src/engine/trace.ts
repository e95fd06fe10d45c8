import type { Trace, TracedStatement } from "../ast/trace.js";
import type { SqlValue } from "../ast/value.js";

/** A parameter as the core prints it: JSON has neither 64-bit integers, infinities nor bytes. */
type PrintedValue =
  | null
  | number
  | string
  | { readonly int: string }
  | { readonly real: number | string }
  | { readonly blob: string };

type Printed<T, Key extends keyof T, As> = Omit<T, Key> & { readonly [K in Key]: As };
type PrintedStatement = Printed<TracedStatement, "parameters", readonly PrintedValue[]>;
type PrintedTrace = Printed<Trace, "statements", readonly PrintedStatement[]>;

/** A trace with its parameters as values. */
export function reviveTrace(trace: PrintedTrace): Trace {
  const statements = trace.statements.map((statement) => ({
    ...statement,
    parameters: statement.parameters.map(revive),
  }));
  return { ...trace, statements };
}

function revive(value: PrintedValue): SqlValue {
  if (typeof value !== "object" || value === null) return value;
  if ("int" in value) return BigInt(value.int);
  if ("blob" in value) {
    const bytes = value.blob.match(/../g) ?? [];
    return Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16));
  }
  if (value.real === "inf") return Number.POSITIVE_INFINITY;
  return value.real === "-inf" ? Number.NEGATIVE_INFINITY : Number(value.real);
}
