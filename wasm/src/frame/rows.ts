import type {
  RawShape,
  RowsShape,
  ShapeChild,
  ShapeField,
  ShapeGroup,
  ShapeLeaf,
  ShapeNode,
} from "../ast/shape.js";
import type { SqlValue } from "../ast/value.js";
import { decoders, isPlain, type Decode } from "./codecs.js";
import type { Frame, Step } from "./frame.js";

/** A link to one that links to none. */
const noRow = 0xffffffff;

/** A row of a result. */
export type Row = Record<string, unknown>;

/** Makes the rows of a frame; `custom` are the decoders of `customFields`, in their order. */
export type RowFactory = (frame: Frame, custom: readonly Decode[]) => Row[];

/** A field whose decoder is not a codec. */
export interface CustomField {
  /** The names of the field and of what it is in, joined with ".". */
  readonly path: string;
  readonly column: ShapeLeaf["column"] | undefined;
}

/** The fields whose decoders are not codecs, in the order of the shape. */
export function customFields(node: ShapeNode, prefix = ""): CustomField[] {
  const children = node.children.flatMap((child) => customFields(child, `${prefix}${child.name}.`));
  return [...customMembers(node.fields, prefix), ...children];
}

function customMembers(fields: readonly ShapeField[], prefix: string): CustomField[] {
  return fields.flatMap((field) => {
    const path = prefix + field.name;
    if (isGroup(field)) return customMembers(field.fields, `${path}.`);
    return field.codec === "custom" ? [{ path, column: field.column }] : [];
  });
}

/** The fields that have a value of their own, in the order of the shape. */
export function leavesOf(fields: readonly ShapeField[]): ShapeLeaf[] {
  return fields.flatMap((field) => (isGroup(field) ? leavesOf(field.fields) : [field]));
}

const isGroup = (field: ShapeField): field is ShapeGroup => "fields" in field;

/** The factory of a shape: compiled, or interpreted where the page forbids compiling. */
export function rowFactory(shape: RowsShape | RawShape): RowFactory {
  if (shape.kind === "raw") return rawRows;
  try {
    return compiledFactory(shape);
  } catch (error) {
    if (error instanceof EvalError) return plainFactory(shape);
    throw error;
  }
}

// ---- compiled

/**
 * A function that builds the objects of `shape` with literals, so that they share a hidden class
 * and no name is looked up while rows are made.
 * @throws EvalError where a content security policy forbids compiling
 */
export function compiledFactory(shape: RowsShape): RowFactory {
  const source = new FactorySource();
  const root = source.node(shape);
  const body = `"use strict";
const { texts, wide, steps, reals, words, bytes } = frame;
${source.functions.join("\n")}
const rows = new Array(s${shape.step}.rows);
for (let row = 0; row < rows.length; row += 1) rows[row] = ${root}(row);
return rows;`;
  const make = new Function("frame", "custom", "decode", body) as (
    frame: Frame,
    custom: readonly Decode[],
    decode: readonly Decode[],
  ) => Row[];
  return (frame, custom) => make(frame, custom, source.decoders);
}

class FactorySource {
  readonly functions: string[] = [];
  readonly decoders: Decode[] = [];
  #customs = 0;

  /** Adds the function that makes one row of the node; gives its name. */
  node(node: ShapeNode): string {
    const name = `row${this.functions.length}`;
    const position = this.functions.push("") - 1;
    const members = node.fields.map((field) => member(field.name, this.#member(node, field)));
    for (const child of node.children) members.push(member(child.name, this.child(child)));
    const step = `s${node.step}`;
    this.functions[position] = `
const ${step} = steps[${node.step}], texts${node.step} = texts.reader(), wide${node.step} = wide.reader();
function ${name}(row) {
  const cell = ${step}.cells + row * ${step}.columns, tag = ${step}.tags + row * ${step}.columns;
  return { ${members.join(", ")} };
}`;
    return name;
  }

  #member(node: ShapeNode, field: ShapeField): string {
    return isGroup(field) ? this.#group(node, field) : this.field(node, field);
  }

  #group(node: ShapeNode, group: ShapeGroup): string {
    const members = group.fields.map((field) => member(field.name, this.#member(node, field)));
    const object = `{ ${members.join(", ")} }`;
    if (!group.present) return object;
    const absent = group.present.map((slot) => `bytes[tag + ${slot}] === 0`);
    return `${absent.join(" && ")} ? null : ${object}`;
  }

  field(node: ShapeNode, field: ShapeLeaf): string {
    const { slot } = field;
    const step = `s${node.step}`;
    const tag = `bytes[tag + ${slot}]`;
    const other = `${tag} === 0 ? null : frame.cell(${step}, cell - ${step}.cells + ${slot})`;
    // Numbers have the odd tags 1 and 3, and so has a blob: 5.
    const number = `${tag} & 1 && ${tag} !== 5`;
    const real = `reals[cell + ${slot}]`;
    if (field.codec === "text") {
      const word = `(cell + ${slot}) * 2`;
      const place = `(words[${word}], words[${word} + 1])`;
      return `${tag} === 4 ? texts${node.step}.at${place} : ${tag} === 6 ? wide${node.step}.at${place} : ${other}`;
    }
    const stored = `${number} ? ${real} : ${other}`;
    if (isPlain(field.codec)) return stored;
    return `${tag} === 0 ? null : ${this.decoder(field)}(${stored})`;
  }

  decoder(field: ShapeLeaf): string {
    if (field.codec === "custom") return `custom[${this.#customs++}]`;
    return `decode[${this.decoders.push(decoders[field.codec]) - 1}]`;
  }

  /** The object or objects that hang on a row. */
  child(child: ShapeChild): string {
    const make = this.node(child);
    const step = `s${child.step}`;
    const links = `${step}.links`;
    if (child.kind === "one") {
      const linked = `words[${links} + row]`;
      return `${linked} === ${noRow} ? null : ${make}(${linked})`;
    }
    const many = `many${this.functions.length}`;
    this.functions.push(`
function ${many}(parent) {
  const start = words[${links} + parent], rows = new Array(words[${links} + parent + 1] - start);
  const first = ${links} + ${step}.parentRows + 1 + start;
  for (let index = 0; index < rows.length; index += 1) rows[index] = ${make}(words[first + index]);
  return rows;
}`);
    return `${many}(row)`;
  }
}

/** A member of an object literal; computed, because `"__proto__": x` would set the prototype. */
function member(name: string, value: string): string {
  const key = JSON.stringify(name);
  return name === "__proto__" ? `[${key}]: ${value}` : `${key}: ${value}`;
}

// ---- interpreted

/** As `compiledFactory`, slower, for pages whose policy forbids compiling. */
export function plainFactory(shape: RowsShape): RowFactory {
  return (frame, custom) => {
    let next = 0;
    const make = nodeReader(frame, shape, (field) =>
      field.codec === "custom" ? custom[next++]! : decoders[field.codec],
    );
    return Array.from({ length: frame.steps[shape.step]!.rows }, (_, row) => make(row));
  };
}

function nodeReader(
  frame: Frame,
  node: ShapeNode,
  decoderOf: (field: ShapeLeaf) => Decode,
): (row: number) => Row {
  const step = frame.steps[node.step]!;
  const fields = node.fields.map((field) => fieldReader(frame, step, field, decoderOf));
  const children = node.children.map((child) => {
    const read = nodeReader(frame, child, decoderOf);
    const link = frame.steps[child.step]!;
    return (row: number) =>
      child.kind === "one" ? oneOf(frame, link, row, read) : manyOf(frame, link, row, read);
  });
  const names = [...node.fields, ...node.children].map(({ name }) => name);
  const members = [...fields, ...children];
  return (row) => Object.fromEntries(members.map((read, index) => [names[index], read(row)]));
}

function fieldReader(
  frame: Frame,
  step: Step,
  field: ShapeField,
  decoderOf: (field: ShapeLeaf) => Decode,
): (row: number) => unknown {
  const cell = (row: number, slot: number): SqlValue => frame.cell(step, row * step.columns + slot);
  if (isGroup(field)) {
    const members = field.fields.map((one) => fieldReader(frame, step, one, decoderOf));
    const { present } = field;
    return (row) => {
      if (present?.every((slot) => cell(row, slot) === null)) return null;
      return Object.fromEntries(
        members.map((read, index) => [field.fields[index]!.name, read(row)]),
      );
    };
  }
  const decode = decoderOf(field);
  return (row) => {
    const stored = cell(row, field.slot);
    return stored === null ? null : decode(stored);
  };
}

// ---- raw

/** The rows of a raw statement: its columns have names, and values as they are stored. */
function rawRows(frame: Frame): Row[] {
  const [rows, heads] = frame.steps as readonly [Step, Step];
  const names = Array.from({ length: heads.columns }, (_, column) =>
    String(frame.cell(heads, column)),
  );
  return Array.from({ length: rows.rows }, (_, row) =>
    Object.fromEntries(
      names.map((name, column) => {
        return [name, frame.cell(rows, row * rows.columns + column)];
      }),
    ),
  );
}

// ---- children

/** The object on the row that `parent` links to, or null. */
function oneOf(
  { words }: Frame,
  step: Step,
  parent: number,
  make: (row: number) => Row,
): Row | null {
  const row = words[step.links + parent]!;
  return row === noRow ? null : make(row);
}

/** The objects on the rows that `parent` links to. */
function manyOf({ words }: Frame, step: Step, parent: number, make: (row: number) => Row): Row[] {
  const start = words[step.links + parent]!;
  const end = words[step.links + parent + 1]!;
  const entries = step.links + step.parentRows + 1;
  return Array.from(words.subarray(entries + start, entries + end), make);
}
