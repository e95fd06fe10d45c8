// Reads tests/api/COVERAGE.md: which rows of the API have a test, and whether the tests exist.

/** The rows of the tables: the line, the first cell and the last, which names the tests. */
export function coverageRows(text) {
  return text
    .split("\n")
    .map((line, index) => ({ line: index + 1, cells: cellsOf(line) }))
    .filter(({ cells }) => cells.length > 1 && !/^(-+|item)$/.test(cells[0]))
    .map(({ line, cells }) => ({ line, item: cells[0], tests: cells.at(-1) }));
}

/** The cells between the bars of a table's line; a bar in code is written \|. */
function cellsOf(line) {
  if (!line.startsWith("|")) return [];
  return line
    .replace(/\|\s*$/, "")
    .split(/(?<!\\)\|/)
    .slice(1)
    .map((cell) => cell.trim());
}

/** Whether the row says that what it names is not there yet. */
export const isMissing = ({ tests }) => tests.startsWith("not there");

/**
 * What is wrong with the rows: no test, a test file that does not exist, one in which the name does
 * not stand, or a case that is `failing`. `read` gives a file's text, or undefined.
 */
export function uncovered(rows, read, failing = []) {
  return rows
    .filter((row) => !isMissing(row))
    .flatMap(({ line, item, tests }) => {
      const links = [...tests.matchAll(/\[((?:[^\]\\]|\\.)*)\]\(([^)]+)\)/g)];
      if (links.length === 0) return [`line ${line}: no test for ${item}`];
      return links.flatMap(([, name, path]) => {
        const text = read(path);
        if (text === undefined) return [`line ${line}: ${path} does not exist`];
        const plain = name.replace(/\\(.)/g, "$1");
        if (failing.includes(plain)) return [`line ${line}: "${plain}" does not pass yet`];
        const stands = path.endsWith(".golden") || text.includes(plain);
        return stands ? [] : [`line ${line}: "${plain}" is not in ${path}`];
      });
    });
}
