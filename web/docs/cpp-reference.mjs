// The reference of the C++ headers, as Markdown: each declaration under its name, with its comment as text
// and without what is inside of it. The headers are formatted by clang-format, which makes this short;
// doxygen would be two more packages for every build, and a site with another look and another search.
import { readFileSync } from "node:fs";

/** The pages, each with its headers. */
const pages = [
  ["Databases and sessions", ["virga.h"]],
  ["Schemas", ["build/table.h", "build/column.h", "schema/schema.h"]],
  ["Queries", ["build/find.h", "build/select.h", "build/write.h", "build/clauses.h"]],
  ["Expressions", ["build/expression.h", "build/operators.h", "build/source.h"]],
  ["Results and errors", ["exec/rows.h", "base/value.h", "base/error.h", "compile/trace.h"]],
];

/** Where a bracket that opens at `start` is closed. */
function closing(text, start) {
  const [open, close] = { "{": "{}", "(": "()" }[text[start]];
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === open) depth += 1;
    if (text[at] === close) depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`nothing closes ${text.slice(start, start + 40)}`);
}

/** Declarations without the bodies of functions and the lists before these. */
function withoutBodies(text) {
  let out = "";
  let head = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (text.startsWith("//", at)) {
      const end = text.indexOf("\n", at);
      out += text.slice(at, end);
      at = end - 1;
    } else if (sign === "(") {
      const end = closing(text, at);
      out += text.slice(at, end + 1);
      at = end;
    } else if (sign === "{" && isFunction(out.slice(head))) {
      at = closing(text, at);
      while (/^\s*[,{]/.test(text.slice(at + 1))) at = closing(text, text.indexOf("{", at + 1));
      out = `${out.slice(0, head)}${out
        .slice(head)
        .replace(/\)\s+:\s[^]*$/, ")")
        .trimEnd()};`;
      head = out.length;
    } else {
      out += sign;
      if (/[;{}]/.test(sign) || /(public|private):$/.test(out)) head = out.length;
    }
  }
  return out;
}

/** Whether what stands before a brace is the head of a function; others have members or values in them. */
function isFunction(head) {
  const code = head.replace(/\/\/.*$/gm, "");
  return (
    /\)/.test(code) &&
    !/\b(class|struct|enum|namespace|union)\s+\w+[^()]*$/.test(code) &&
    !/=\s*$/.test(code)
  );
}

const isInside = (line) =>
  /^\s*(friend class|using \w+::|#(include|pragma)|(inline )?namespace|} {2}\/\/ namespace)/.test(
    line,
  ) ||
  /^(template .*)?(class|struct) \w+;$/.test(line) ||
  /\b(node|tree)\(\)/.test(line);

/** What users of a header see of it, in paragraphs. */
export function paragraphs(header) {
  const macros = header.replace(/(#define \w+\([^)]*\)) *[^]*?[^\\]\n/g, "$1\n");
  const shown = withoutBodies(macros.replace(/#define VIRGA_\w*(CONCAT|INNER).*\n/g, ""))
    .replace(/^ private:\n[^]*?(?=^\};)/gm, "")
    .replace(/^ public:\n(?=\};)/gm, "")
    .split("\n")
    .filter((line) => !isInside(line))
    .join("\n");
  // Blank lines inside of braces do not end a paragraph.
  const depth = (text) => text.split("{").length - text.split("}").length;
  const found = [];
  for (const part of shown.split(/\n{2,}/)) {
    const last = found.at(-1);
    if (last !== undefined && depth(last) > 0) found[found.length - 1] = `${last}\n\n${part}`;
    else found.push(part.trim());
  }
  return found.map((part) => part.replace(/\n+(?=\};?$)/, "\n")).filter((part) => part !== "");
}

/** The comment before a declaration as text: its parameters are a list. */
const prose = (comment) =>
  comment
    .map((line) => line.replace(/^\/\/\/ ?/, ""))
    .join("\n")
    .replace(/@param (\w+)/g, "\n- `$1`:")
    .replace(/@return /g, "\n- gives ");

/** The names that a paragraph declares; what is defined outside of its class declares none. */
function names(code) {
  const type = /^(?:template [^\n]*\n)?(?:class|struct|enum class|concept|using) ([\w:]+)/m.exec(
    code,
  );
  if (type) return type[1].includes("::") ? [] : [type[1]];
  const functions = [...code.matchAll(/^(?:#define |[\w:][^;{}()\n]*?[ &])(\w+)\(/gm)];
  return [...new Set(functions.map(([, name]) => name))];
}

/** A paragraph under its names. Where each of several functions has a comment, these stay with them. */
function section(paragraph, warn) {
  const lines = paragraph.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("///"));
  if (end < 0) return [`${prose(lines)}\n`];
  const code = lines.slice(end).join("\n");
  const title = names(code);
  if (title.length === 0) return [];
  const isList = /^\/\/\//m.test(code);
  if (end === 0 && !isList) warn(`A header does not say what ${title.join(", ")} is.`);
  const text = isList ? "" : `${prose(lines.slice(0, end))}\n\n`;
  return [`### ${title.join(", ")}\n\n${text}\`\`\`cpp\n${isList ? paragraph : code}\n\`\`\`\n`];
}

/**
 * The pages of the reference, as { title, markdown }. `core` is the folder of the headers, `warn` is told
 * of declarations without a comment.
 */
export function cppReference(core, warn) {
  return pages.map(([title, headers]) => {
    const parts = headers.map((path) => {
      const sections = paragraphs(readFileSync(new URL(path, core), "utf8")).flatMap((part) =>
        section(part, warn),
      );
      return `## ${path}\n\n${sections.join("\n")}`;
    });
    return { title, markdown: parts.join("\n") };
  });
}
