// A cursor gives the rows of a query as they were when it was opened, chunk by chunk. run_test.cpp
// compares the chunks of random queries with their rows.

#include "exec/cursor.h"

#include <doctest/doctest.h>

#include "core/must.h"
#include "virga.h"

namespace {

using namespace virga;
using build::integer;
using build::table;

constexpr std::int64_t count = 500;

struct Numbers {
  SharedSchema schema = *share({.tables = {table("numbers", {integer("n").primary_key()})}});
  Database database = *Database::open();

  Numbers() {
    REQUIRE(database.push(*schema));
    REQUIRE(
        database.exec("with recursive i(n) as (select 1 union all select n + 1 from i limit 500)"
                      "insert into numbers select n from i"));
  }

  Query query(const ast::Query& asked) { return must(Query::prepare(asked, schema)); }
  Query raw(const std::string& sql) { return query(ast::Raw{{{sql}, {}}}); }

  Cursor open(const ast::Query& asked) { return must(database.open_cursor(query(asked))); }

  std::int64_t rest(const Cursor& cursor) {
    std::int64_t rows = 0;
    while (true) {
      const auto chunk = database.next(cursor);
      REQUIRE(chunk);
      if (!*chunk) return rows;
      CHECK((*chunk)->size() > 0);
      rows += static_cast<std::int64_t>((*chunk)->size());
    }
  }
};

const ast::Find all{.table = "numbers"};

TEST_CASE("a change reads ahead what open cursors have left") {
  for (const char* change : {"delete from numbers", "drop table numbers", "vacuum"}) {
    CAPTURE(change);
    Numbers numbers;
    const Cursor untouched = numbers.open(all), begun = numbers.open(all);
    const auto first = must(numbers.database.next(begun));
    REQUIRE(numbers.database.exec(change));
    CHECK(numbers.rest(untouched) == count);
    CHECK(numbers.rest(begun) + static_cast<std::int64_t>(first->size()) == count);
  }
}

TEST_CASE("queries that write, and statements without columns, are changes") {
  Numbers numbers;
  REQUIRE(numbers.database.begin());
  REQUIRE(numbers.database.exec("insert into numbers values (501)"));
  const Cursor inside = numbers.open(all);
  REQUIRE(numbers.database.run(numbers.raw("rollback")));
  CHECK(numbers.rest(inside) == count + 1);
  const Cursor cursor = numbers.open(all);
  REQUIRE(numbers.database.run(numbers.query(ast::Delete{.table = "numbers"})));
  CHECK(numbers.rest(cursor) == count);
}

TEST_CASE("a rollback leaves a cursor what it was opened on") {
  Numbers numbers;
  REQUIRE(numbers.database.begin());
  REQUIRE(numbers.database.exec("delete from numbers where n > 100"));
  const Cursor cursor = numbers.open(all);
  REQUIRE(numbers.database.rollback());
  CHECK(numbers.rest(cursor) == 100);
}

TEST_CASE("an error comes after the rows before it, and ends them") {
  Numbers numbers;
  const auto failing = numbers.raw(
      "select n, abs(case n when 40 then -9223372036854775808 else n end) from numbers order by n");
  for (const bool ahead : {false, true}) {
    CAPTURE(ahead);
    const Cursor cursor = must(numbers.database.open_cursor(failing));
    if (ahead) REQUIRE(numbers.database.exec("delete from numbers where n = 41"));
    std::size_t rows = 0;
    auto chunk = numbers.database.next(cursor);
    for (; chunk && *chunk; chunk = numbers.database.next(cursor)) rows += (*chunk)->size();
    CHECK(rows == 39);
    REQUIRE_FALSE(chunk);
    CHECK(chunk.error().code == Code::sqlite);
    CHECK_FALSE(must(numbers.database.next(cursor)));
  }
}

TEST_CASE("a write is done when it is opened") {
  Numbers numbers;
  const Cursor cursor =
      must(numbers.database.open_cursor(numbers.raw("delete from numbers returning n")));
  CHECK(numbers.rest(numbers.open(all)) == 0);
  CHECK(numbers.rest(cursor) == count);
}

TEST_CASE("a statement is idle again when its cursor is at its end or gone") {
  Numbers numbers;
  const auto reused = [&] { return numbers.database.counters().reused; };
  numbers.rest(numbers.open(all));
  const auto before = reused();
  must(numbers.database.next(numbers.open(all)));
  CHECK(reused() == before + 1);
  numbers.rest(numbers.open(all));
  CHECK(reused() == before + 2);
}

TEST_CASE("too few values are refused when a cursor is opened") {
  Numbers numbers;
  ast::Find find = all;
  find.level.where = build::col("numbers", "n") > build::param(0);
  const auto cursor = numbers.database.open_cursor(numbers.query(find));
  REQUIRE_FALSE(cursor);
  CHECK(cursor.error().code == Code::missing_parameter);
}

}  // namespace
