// The page's formatter and its literals: what is shown must be the SQL that ran.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { load, open } from "virga";

let view;
before(async () => {
  const folder = fileURLToPath(new URL("../../web/src/view/", import.meta.url));
  const modules = ["sql-format", "sql-tokens", "sql-dialect"];
  const { outputFiles } = await build({
    stdin: {
      contents: modules.map((name) => `export * from "./${name}.ts";`).join("\n"),
      resolveDir: folder,
    },
    bundle: true,
    format: "esm",
    write: false,
  });
  view = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  await load();
});

/** The tokens of a text without the blanks between them. */
const meaning = (sql) =>
  view
    .sqlTokens(sql)
    .filter(({ kind }) => kind !== "space")
    .map(({ text }) => text);

/** Every statement of the golden files of the core. */
function goldenStatements() {
  const folder = new URL("../golden/", import.meta.url);
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".golden"))
    .flatMap((name) => {
      const text = readFileSync(new URL(name, folder), "utf8");
      return [...text.matchAll(/^@sql[^\n]*\n((?:(?!@).*\n)+)/gm)].flatMap(([, sql]) =>
        sql.split("\n"),
      );
    })
    .filter((line) => line.trim() !== "");
}

/** Numbers that look random, the same in every run. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("formatted SQL", () => {
  it("has the tokens that it had: every statement of the golden files", () => {
    const statements = goldenStatements();
    assert.ok(statements.length > 200, `${statements.length} statements`);
    for (const sql of statements) assert.deepEqual(meaning(view.formatSql(sql)), meaning(sql));
  });

  it("has the tokens that it had: words in any order", () => {
    const next = random(7);
    const words =
      `select from where and or ( ) ) , case when end between "a  b" ' (  ' 'it''s' x'01' -- - -1 ?1 values insert into
      create table on conflict do update set union all join left order by limit offset with as [x y] /* from */ \`q\` "`.split(
        /\s+/,
      );
    for (let round = 0; round < 3_000; round += 1) {
      const sql = Array.from({ length: next(30) }, () => words[next(words.length)]).join(
        next(4) === 0 ? "" : " ",
      );
      assert.deepEqual(meaning(view.formatSql(sql)), meaning(sql), sql);
    }
  });

  it("has its clauses, subqueries, conditions and cases on lines of their own", () => {
    const sql = `with "t" as (select "a" from "b" group by "a") select case when "a" then 1 else 2 end from "t" left join "c" on "c"."a" = "t"."a" where "a" between 1 and 2 and exists (select 1 from "d") union all select 3 order by 1`;
    assert.equal(
      view.formatSql(sql),
      `with "t" as (
  select "a"
  from "b"
  group by "a"
)
select case
    when "a" then 1
    else 2
  end
from "t"
left join "c" on "c"."a" = "t"."a"
where "a" between 1 and 2
  and exists (
    select 1
    from "d"
  )
union all
select 3
order by 1`,
    );
  });
});

describe("parameters inline", () => {
  it("give what the bound ones give", async () => {
    const client = await open();
    const next = random(11);
    const texts = ["", "'", "it''s", "?1", "a\nb", "--", "ü 🌧", "x'01'", '"'];
    const values = [
      () => texts[next(texts.length)],
      () => next(2 ** 31) - 2 ** 30,
      () => (next(1_000_000) - 500_000) / 7,
      () => [1e21, -1e-7, Infinity, -Infinity, 0.1][next(5)],
      () => [2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n][next(3)],
      () => Uint8Array.from({ length: next(4) }, () => next(256)),
      () => null,
    ];
    for (let round = 0; round < 300; round += 1) {
      const params = Array.from({ length: 3 }, () => values[next(values.length)]());
      const sql =
        "select ?1 as a, typeof(?1) as b, ?3 as c, typeof(?3) as d, 5 -?2 as e, quote(?2) as f";
      const { sql: inline, parameters } = view.inlined(sql, params.map(shown));
      assert.deepEqual(parameters, []);
      const bound = client.prepare(sql).all(...params);
      assert.deepEqual(client.prepare(inline).all(), bound, inline);
    }
    client.close();
  });

  it("stay apart where they are not whole, or have no literal", () => {
    const cut = { kind: "atom", type: "string", text: "ab", length: 20_000 };
    const nul = { kind: "atom", type: "string", text: "a\0b" };
    const { sql, parameters } = view.inlined("select ?1, ?2, ?3", [cut, shown(1), nul]);
    assert.equal(sql, "select ?1, 1, ?3");
    assert.deepEqual(
      parameters.map(({ name }) => name),
      ["?1", "?3"],
    );
  });
});

describe("for PostgreSQL", () => {
  it("placeholders are numbered anew, and a limit of all is written so", () => {
    const { sql, parameters } = view.forPostgres(
      `select '?1 limit -1 offset' from "a" where "b" = ?3 and "c" = ?1 and "d" = ?3 limit -1 offset ?2`,
      [1, 2, 3].map(shown),
    );
    assert.equal(
      sql,
      `select '?1 limit -1 offset' from "a" where "b" = $1 and "c" = $2 and "d" = $1 limit all offset $3`,
    );
    assert.deepEqual(
      parameters.map(({ name, value }) => [name, value.text]),
      [
        ["$1", "3"],
        ["$2", "1"],
        ["$3", "2"],
      ],
    );
  });

  it("what it does not know is named", () => {
    const sql = `insert or ignore into "a" ("unixepoch") values (unixepoch(), x'01', 'hex')`;
    assert.deepEqual(view.foreignToPostgres(sql), ["insert or", "unixepoch", "x'…'"]);
  });
});

/** A value as the worker describes it. */
function shown(value) {
  if (value === null) return { kind: "atom", type: "null", text: "null" };
  if (value instanceof Uint8Array)
    return { kind: "bytes", length: value.length, hex: Buffer.from(value).toString("hex") };
  return { kind: "atom", type: typeof value, text: String(value) };
}
