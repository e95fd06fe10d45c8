#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "core/db/database_test.h"
#include "db/statement_cache.h"

using namespace virga;
using namespace virga::db;

namespace {

Value echo(Connection& connection, const Value& value) {
  Statement statement = must(connection.prepare("select ?1"));
  must(statement.bind(1, value));
  REQUIRE(must(statement.step()));
  return statement.value(0);
}

}  // namespace

TEST_CASE("values of all storage classes go in and come out") {
  Connection connection = open_memory();
  for (const Value& value :
       std::vector<Value>{Value(), std::int64_t{-1}, std::numeric_limits<std::int64_t>::min(),
                          std::numeric_limits<std::int64_t>::max(), 0.5,
                          -std::numeric_limits<double>::infinity(), "", "Zo\u00EB \U0001F600",
                          std::string("a\0b", 3), Blob{}, Blob{{std::byte{0}, std::byte{255}}}})
    CHECK(echo(connection, value) == value);
  CHECK(std::signbit(std::get<double>(echo(connection, -0.0))));
  CHECK(echo(connection, std::nan("")) == Value());  // SQLite has no NaN
}

TEST_CASE("a row is read cell by cell, with the class of each") {
  Connection connection = open_memory();
  Statement statement = must(connection.prepare("select null, 1, 1.5, 'x', x'00' as b"));
  REQUIRE(must(statement.step()));
  using Kind = ValueView::Kind;
  const std::vector<Kind> expected{Kind::null, Kind::integer, Kind::real, Kind::text, Kind::blob};
  REQUIRE(statement.column_count() == 5);
  std::vector<ValueView> cells(6, ValueView(std::int64_t{1}));
  statement.read(cells);
  for (std::size_t column = 0; column < 5; ++column) CHECK(cells[column].kind == expected[column]);
  CHECK(cells[3].bytes() == "x");
  CHECK(cells[4].size == 1);
  CHECK(cells[5].kind == Kind::null);  // there is no such column
  CHECK(statement.column_name(4) == std::string("b"));
  CHECK(statement.read_only());
}

TEST_CASE("texts of a database in UTF-16 are read as UTF-8") {
  Connection connection = open_memory("pragma encoding = 'UTF-16'; create table t(a text)");
  must(connection.exec("insert into t values ('Zo\u00EB'), ('')"));
  CHECK(rows(connection, "select a from t") == std::vector<std::vector<Value>>{{"Zo\u00EB"}, {""}});
}

TEST_CASE("columns that do not exist read as null") {
  Connection connection = open_memory();
  Statement statement = must(connection.prepare("select 1"));
  REQUIRE(must(statement.step()));
  for (const int column : {1, 1000}) {
    CHECK(statement.value(static_cast<std::size_t>(column)) == Value());
    CHECK(statement.column_name(column).empty());
  }
}

TEST_CASE("slots a statement does not have are ignored, and slots that cannot be are errors") {
  Connection connection = open_memory();
  Statement statement = must(connection.prepare("select ?3"));
  for (const int slot : {1, 2, 4, 32766, std::numeric_limits<int>::max()})
    must(statement.bind(slot, Value(std::int64_t{slot})));
  must(statement.bind(3, Value(std::int64_t{3})));
  for (const int slot : {0, -1, std::numeric_limits<int>::min()})
    CHECK(must_fail(statement.bind(slot, Value())).sqlite_code == SQLITE_RANGE);
  REQUIRE(must(statement.step()));
  CHECK(statement.value(0) == Value(std::int64_t{3}));
}

TEST_CASE("a limit keeps its plan as long as it keeps its value") {
  Connection connection = open_memory("create table t(a); insert into t values (1), (2), (3)");
  const auto count = [&](std::int64_t limit) {
    Statement statement = must(connection.prepare("select a from t where a > ?1 limit ?2"));
    const std::vector<ValueView> values{ValueView(std::int64_t{0}), ValueView(limit)};
    must(statement.bind_all(values));
    int rows = 0;
    while (must(statement.step())) ++rows;
    return rows;
  };
  for (int i = 0; i < 100; ++i) CHECK(count(2) == 2);
  CHECK(connection.counters().prepared == 1);
  CHECK(connection.counters().reused == 99);
  // For the first value, which was not there before.
  CHECK(connection.counters().prepared_again == 1);
  CHECK(count(3) == 3);
  CHECK(count(2) == 2);
  CHECK(connection.counters().prepared_again == 3);
}

TEST_CASE("values that are not given are null, whatever was bound before") {
  Connection connection = open_memory("create table t(a); insert into t values (1), (2), (3)");
  for (const std::size_t given : {2u, 1u, 0u}) {
    Statement statement = must(connection.prepare("select ?1 from t limit coalesce(?2, 1)"));
    const std::vector<ValueView> values(given, ValueView(std::int64_t{3}));
    must(statement.bind_all(values));
    int rows = 0;
    while (must(statement.step())) ++rows;
    CHECK(rows == (given == 2 ? 3 : 1));
  }
}

TEST_CASE("binding while stepping is an error") {
  Connection connection = open_memory();
  Statement statement = must(connection.prepare("select ?1"));
  REQUIRE(must(statement.step()));
  CHECK(must_fail(statement.bind(1, Value())).sqlite_code == SQLITE_MISUSE);
}

TEST_CASE("a statement that is done stays done until reset") {
  Connection connection = open_memory("create table t(a unique)");
  Statement insert = must(connection.prepare("insert into t values (1)"));
  CHECK(!insert.read_only());
  for (int i = 0; i < 3; ++i) CHECK(!must(insert.step()));
  CHECK(number(connection, "select count(*) from t") == 1);
  insert.reset();
  CHECK(must_fail(insert.step()).code == Code::constraint_unique);
  CHECK(!must(insert.step()));
}

TEST_CASE("bindings stay over reset, and leave with the statement") {
  Connection connection = open_memory();
  {
    const Value seven = std::int64_t{7};
    Statement statement = must(connection.prepare("select ?1"));
    must(statement.bind(1, seven));
    for (int i = 0; i < 2; ++i) {
      REQUIRE(must(statement.step()));
      CHECK(statement.value(0) == seven);
      statement.reset();
    }
  }
  CHECK(rows(connection, "select ?1")[0][0] == Value());
}

TEST_CASE("preparing a text that is in use gives a second, independent statement") {
  Connection connection = open_memory("create table t(a); insert into t values (1), (2)");
  Statement outer = must(connection.prepare("select a from t"));
  REQUIRE(must(outer.step()));
  CHECK(rows(connection, "select a from t").size() == 2);
  Statement inner = must(connection.prepare("select a from t"));
  REQUIRE(must(inner.step()));
  REQUIRE(must(outer.step()));
  CHECK(inner.value(0) == Value(std::int64_t{1}));
  CHECK(outer.value(0) == Value(std::int64_t{2}));
  Statement moved = std::move(outer);
  CHECK(!must(moved.step()));
}

TEST_CASE("a cached statement sees a changed schema") {
  Connection connection = open_memory("create table t(a); insert into t values (1)");
  CHECK(rows(connection, "select * from t")[0].size() == 1);
  must(connection.exec("alter table t add column b"));
  CHECK(rows(connection, "select * from t")[0].size() == 2);
  must(connection.exec("drop table t"));
  Statement stale = must(connection.prepare("select * from t"));
  CHECK(must_fail(stale.step()).message == "no such table: t");
}

TEST_CASE("the cache keeps the statements used last, one of each text") {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(":memory:", &handle) == SQLITE_OK);
  const auto prepare = [&](int number) {
    sqlite3_stmt* statement = nullptr;
    const std::string sql = "select " + std::to_string(number);
    REQUIRE(sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
    return statement;
  };
  {
    StatementCache cache;
    constexpr int capacity = static_cast<int>(StatementCache::capacity);
    for (int i = 0; i < capacity; ++i) cache.put(prepare(i));
    cache.put(cache.take("select 0"));  // used again: 1 is the oldest now
    cache.put(prepare(capacity));
    cache.put(prepare(capacity));
    CHECK(cache.size() == StatementCache::capacity);
    CHECK(cache.take("select 1") == nullptr);
    sqlite3_stmt* zero = cache.take("select 0");
    CHECK(zero != nullptr);
    CHECK(cache.take("select 0") == nullptr);
    cache.put(zero);
  }
  CHECK(sqlite3_close(handle) == SQLITE_OK);  // SQLITE_BUSY if a statement were left
}

TEST_CASE("more statements than the cache holds") {
  Connection connection = open_memory();
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 300; ++i) CHECK(number(connection, "select " + std::to_string(i)) == i);
}
