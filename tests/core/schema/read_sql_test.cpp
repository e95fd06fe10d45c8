// Declarations as SQLite keeps them, read back.

#include "schema/read_sql.h"
#include "core/must.h"
#include "schema/sql_text.h"

using namespace virga;
using namespace virga::schema;

namespace {

Schema read(const std::vector<std::string>& statements) { return must(read_sql(statements)); }

}  // namespace

TEST_CASE("sql text: equal expressions are equal in their canonical form") {
  CHECK(canonical("( A+ \"b\" )") == canonical("a + [B]"));
  CHECK(canonical("a -- note\n == /* more */ 1") == canonical("`a` = 1"));
  CHECK(canonical("(a) + (b)") == "( a ) + ( b )");
  CHECK(canonical("'It''s'") != canonical("'it''s'"));
  CHECK(canonical("\"null\"") != canonical("null"));
  CHECK(canonical("x'0A' || 1.5e-3") == "x'0A' || 1.5e-3");
  CHECK(mentions("select [Two Words].x from y", "two words"));
  CHECK_FALSE(mentions("select 'users'", "users"));
}

TEST_CASE("read_sql: columns with everything that they can say") {
  const Schema schema = read({R"(CREATE TABLE IF NOT EXISTS main."t,1" (
    -- the key
    id INTEGER CONSTRAINT pk PRIMARY KEY AUTOINCREMENT NOT NULL,
    "na)me" VARCHAR (20, 3) COLLATE NOCASE DEFAULT 'it''s' CONSTRAINT u UNIQUE,
    n DEFAULT -5, f REAL DEFAULT (+1.5), b DEFAULT TRUE, z DEFAULT NULL, e DEFAULT (1+(2)),
    now TEXT DEFAULT CURRENT_TIMESTAMP,
    total INT GENERATED ALWAYS AS (n * 2) STORED, v AS (n || ')'),
    p INT REFERENCES t2 ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED CHECK (p > 0)
  ) STRICT, WITHOUT ROWID)",
                              "create table t2 (K integer primary key)"});
  const Table& table = schema.tables[0];
  CHECK(table.name == "t,1");
  CHECK(table.strict);
  CHECK(table.without_rowid);
  CHECK(table.columns.size() == 11);
  CHECK(table.columns[0].autoincrement);
  CHECK(table.columns[1].name == "na)me");
  CHECK(table.columns[1].type == "VARCHAR(20, 3) collate NOCASE");
  CHECK(std::get<Value>(*table.columns[1].default_value) == Value("it's"));
  CHECK(std::get<Value>(*table.columns[2].default_value) == Value(std::int64_t{-5}));
  CHECK(std::get<Value>(*table.columns[3].default_value) == Value(1.5));
  CHECK(std::get<Value>(*table.columns[4].default_value) == Value(std::int64_t{1}));
  CHECK_FALSE(table.columns[5].default_value);
  CHECK(std::get<Sql>(*table.columns[6].default_value).text == "1+(2)");
  CHECK(std::get<Sql>(*table.columns[7].default_value).text == "CURRENT_TIMESTAMP");
  CHECK(table.columns[8].generated->stored);
  CHECK(table.columns[9].generated->sql == "n || ')'");
  CHECK(table.uniques.at(0).name == "u");
  CHECK(table.checks.at(0).sql == "p > 0");
  const ForeignKey& key = table.foreign_keys.at(0);
  CHECK(key.deferred);
  CHECK(key.on_delete == Action::set_null);
  CHECK(key.references == std::vector<std::string>{"K"});
}

TEST_CASE("read_sql: constraints, indexes and views of a table") {
  const Schema schema = read(
      {"create table [Parent] (a, b, primary key (a, b))",
       "create table c (x, y, z text, constraint f foreign key (X, y) references parent (A, b) "
       "on update cascade match full constraint k unique (y, x), check (c.x <> \"c\".y))",
       "create unique index i on c (x asc, lower(c.z) desc, \"Y\" collate nocase) where c.x > 1",
       "create view v (one, two) as select x, y from c", "create view w as select * from v"});
  const Table& child = schema.tables[1];
  CHECK(child.foreign_keys.at(0).table == "Parent");
  CHECK(child.foreign_keys.at(0).columns == std::vector<std::string>{"x", "y"});
  CHECK(child.foreign_keys.at(0).references == std::vector<std::string>{"a", "b"});
  CHECK(child.foreign_keys.at(0).on_update == Action::cascade);
  CHECK(child.uniques.at(0).columns == std::vector<std::string>{"y", "x"});
  CHECK(child.checks.at(0).sql == "x <> y");
  const Index& index = child.indexes.at(0);
  CHECK(std::get<std::string>(index.columns[0]) == "x");
  CHECK(std::get<Sql>(index.columns[1]).text == "lower(z) desc");
  CHECK(std::get<Sql>(index.columns[2]).text == "\"Y\" collate nocase");
  CHECK(index.where == "x > 1");
  CHECK(schema.tables[2].view->names_columns);
  CHECK(schema.tables[2].columns.at(1).name == "two");
  CHECK(schema.tables[3].view->sql == "select * from v");
}

TEST_CASE("read_sql: what a schema has no words for is noted, what is SQLite's is left out") {
  const std::vector<Stored> rows{
      {"table", "a", "a", "create table a (x unique on conflict replace)"},
      {"table", "b", "b", "create table b (x integer primary key desc)"},
      {"table", "words", "words", "create virtual table words using fts5(x)"},
      {"table", "words_data", "words_data", "create table words_data (id, block)"},
      {"table", "sqlite_sequence", "sqlite_sequence", "create table sqlite_sequence(name,seq)"},
      {"table", "kept", "kept", "create table kept (x)"},
      {"index", "sqlite_autoindex_a_1", "a", ""},
      {"trigger", "t", "a", "create trigger t after insert on a begin select 1; end"}};
  const Stock stock = must(read_sql(rows, std::vector<std::string>{"KEPT"}));
  CHECK(stock.schema.table_keys() == std::vector<std::string>{"a", "b"});
  CHECK(stock.unspoken == std::vector<std::string>{"a", "b"});
  CHECK(stock.virtual_tables == std::vector<std::string>{"words"});
  CHECK(stock.triggers.at(0).name == "t");
}
