// Each rule finds the mistake it is for, and passes what is right.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as rules from "./rules.mjs";

/** `rule` passes the first text at `path` and refuses the second. */
function finds(name, rule, path, good, bad) {
  test(`finds ${name}`, () => {
    assert.deepEqual(rule([{ path, text: good }]), []);
    assert.equal(rule([{ path, text: bad }]).length, 1);
  });
}

finds(
  "an upward include",
  rules.coreLayers,
  "core/bind/a.cpp",
  '#include "ast/ast.h"\n',
  '#include "sql/sql.h"\n',
);
finds(
  "exec reaching into plans",
  rules.coreLayers,
  "core/exec/a.cpp",
  '#include "plan/shape.h"\n',
  '#include "plan/plan.h"\n',
);
finds(
  "JSON outside of a codec",
  rules.libraryPlaces,
  "core/ast/ast.cpp",
  "#include <map>\n",
  "#include <nlohmann/json.hpp>\n",
);
finds(
  "SQLite outside of db",
  rules.libraryPlaces,
  "core/exec/run.cpp",
  '#include "db/database.h"\n',
  "#include <sqlite3.h>\n",
);
finds(
  "bindings past the door",
  rules.bindingsDoor,
  "wasm/bindings.cpp",
  '#include "virga.h"\n#include <emscripten/bind.h>\n',
  '#include "plan/plan.h"\n',
);
finds(
  "a page that imports inner files",
  rules.publicImports,
  "web/src/a.ts",
  "import { open } from 'virga';\nimport { pane } from './pane.js';\n",
  "import { open } from '../../wasm/src/engine/open.js';\n",
);
finds(
  "an upward import",
  (files) => rules.moduleLayers(files, { expr: ["schema"] }),
  "wasm/src/expr/a.ts",
  "import type { Column } from '../schema/column.js';\n",
  "import {\n  Query,\n} from '../query/query.js';\n",
);
finds(
  "a long line",
  (files) => rules.longLines(files, 10),
  "core/a.h",
  'int größe;\nR"(0123456789)";\n',
  "int größes;\n",
);
finds("a long file", (files) => rules.longFiles(files, 2), "core/a.h", "a\nb\n", "a\nb\nc\n");
finds(
  "a long function",
  (files) => rules.longFunctions(files, 3),
  "core/a.cpp",
  "int f() {\n  return 1;\n}\n",
  "int f() {\n  int x = 1;\n  return x;\n}\n",
);
finds("a machine path", rules.privateNames, "a.md", "core/work/", `see /${"work"}/main`);
finds("a note to self", rules.leftNotes, "a.ts", "const todos = 1;\n", `// ${"TO" + "DO"} later\n`);

test("finds a folder of the core that the table does not have", () => {
  assert.equal(rules.coreLayers([{ path: "core/new/a.cpp", text: "" }]).length, 1);
});

test("finds sources that CMake does not list, and lists of nothing", () => {
  const cmake = { path: "core/CMakeLists.txt", text: "add_library(virga\n  base/a.cpp\n)\n" };
  const source = (path) => ({ path, text: "" });
  assert.deepEqual(rules.listedSources([cmake, source("core/base/a.cpp")]), []);
  assert.equal(rules.listedSources([cmake]).length, 1);
  assert.equal(
    rules.listedSources([cmake, source("core/base/a.cpp"), source("core/base/b.cpp")]).length,
    1,
  );
});

test("the sum over the runners counts doctest and node:test, failures too", () => {
  const common = fileURLToPath(new URL("../../scripts/common.sh", import.meta.url));
  const count = (input) =>
    spawnSync("bash", ["-c", `source '${common}'; count_results`], { input, encoding: "utf8" });
  const doctest = "[doctest] test cases: 12 | 11 passed | 1 failed | 0 skipped\n";
  const node = "ℹ tests 7\nℹ pass 4\nℹ fail 2\nℹ cancelled 1\n";
  assert.equal(count(doctest + node).stdout, "15 4\n");
  assert.equal(count("a crash\n").stdout, "0 0\n");
});
