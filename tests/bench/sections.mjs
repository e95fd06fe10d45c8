// What a wasm file consists of: its sections, and the functions by the part of the program that they
// belong to. Reads the binary format as the WebAssembly specification has it.

const sectionNames =
  "custom type import function table memory global export start element code data count".split(" ");

class Reader {
  at = 0;
  constructor(bytes) {
    this.bytes = bytes;
  }
  /** An unsigned LEB128 number. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
  name() {
    const length = this.number();
    return new TextDecoder().decode(this.bytes.subarray(this.at, (this.at += length)));
  }
  skip() {
    const length = this.number();
    this.at += length;
  }
}

/** The sections of a wasm file: name and bytes. */
function sectionsOf(bytes) {
  const reader = new Reader(bytes);
  reader.at = 8;
  const found = [];
  while (reader.at < bytes.length) {
    const id = bytes[reader.at++];
    const length = reader.number();
    const content = bytes.subarray(reader.at, (reader.at += length));
    found.push({ name: sectionNames[id], content });
  }
  return found.map((section) =>
    section.name === "custom" ? { ...section, name: new Reader(section.content).name() } : section,
  );
}

/** The sizes of the sections, in bytes by name. */
export const sectionSizes = (bytes) =>
  Object.fromEntries(sectionsOf(bytes).map(({ name, content }) => [name, content.length]));

function importedFunctions(content) {
  const reader = new Reader(content);
  let functions = 0;
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.skip();
    reader.skip();
    const kind = content[reader.at++];
    if (kind === 0) {
      functions += 1;
      reader.number();
    } else if (kind === 3) {
      reader.at += 2;
    } else {
      if (kind === 1) reader.at += 1;
      const limits = reader.number();
      reader.number();
      if (limits & 1) reader.number();
    }
  }
  return functions;
}

/** The names of the name section's functions, by index. */
function functionNames(content) {
  const reader = new Reader(content);
  reader.skip();
  const names = new Map();
  while (reader.at < content.length) {
    const kind = content[reader.at++];
    const end = reader.number() + reader.at;
    if (kind === 1) {
      for (let left = reader.number(); left > 0; left -= 1) {
        const index = reader.number();
        names.set(index, reader.name());
      }
    }
    reader.at = end;
  }
  return names;
}

/** The functions of a wasm file that has a name section: name and bytes of code. */
export function functionsOf(bytes) {
  const sections = Object.fromEntries(
    sectionsOf(bytes).map(({ name, content }) => [name, content]),
  );
  const names = functionNames(sections.name);
  const reader = new Reader(sections.code);
  const found = [];
  const first = importedFunctions(sections.import);
  const count = reader.number();
  for (let index = 0; index < count; index += 1) {
    const length = reader.number();
    reader.at += length;
    found.push({ name: names.get(first + index) ?? "", bytes: length });
  }
  return found;
}

/** The part of the program that a function belongs to. `sqlite` are the symbols of SQLite's object. */
export function partOf(name, sqlite) {
  if (sqlite.has(name)) {
    if (/fts5/i.test(name)) return "SQLite: FTS5";
    if (
      /^(?:sqlite3_?session|session|sqlite3_?changeset|sqlite3_?changegroup|sqlite3_?rebaser)/i.test(
        name,
      )
    )
      return "SQLite: sessions";
    if (/^json/i.test(name)) return "SQLite: JSON";
    return "SQLite: the rest";
  }
  const folder = /virga::(ast|bind|build|compile|db|exec|plan|schema|sql)::/.exec(name)?.[1];
  if (/nlohmann/.test(name)) return "nlohmann/json";
  if (folder) return `core: ${folder}`;
  if (/virga::|\(anonymous namespace\)/.test(name)) return "core: base, door, bindings";
  if (/emscripten::|_embind|__getTypeName|registerType/.test(name)) return "Embind";
  if (
    /locale|ios_base|basic_[io]*stream|streambuf|num_(?:put|get)|money|time_(?:put|get)|ctype|collate|codecvt/.test(
      name,
    )
  )
    return "libc++: streams and locales";
  if (/std::|operator (?:new|delete)|__cxx|__cxa/.test(name)) return "libc++: the rest";
  return "libc";
}
