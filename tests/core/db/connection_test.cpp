#include <doctest/doctest.h>

#include <optional>
#include <type_traits>

#include "core/db/database_test.h"
#include "db/sqlite_error.h"

using namespace virga;
using namespace virga::db;

// A connection is closed by its destructor, once: there is no close() to call twice.
static_assert(!std::is_copy_constructible_v<Connection> && !std::is_copy_assignable_v<Connection>);
static_assert(std::is_nothrow_move_constructible_v<Connection>);
static_assert(!std::is_copy_constructible_v<Statement> && !std::is_move_assignable_v<Statement>);

TEST_CASE("a connection moves with its statements") {
  Connection first = open_memory("create table t(a); insert into t values (1)");
  Statement statement = must(first.prepare("select a from t"));
  Connection second = std::move(first);
  CHECK(must(statement.step()));
  CHECK(statement.value(0) == Value(std::int64_t{1}));
  second = open_memory("create table u(b)");
  CHECK(number(second, "select count(*) from u") == 0);
}

TEST_CASE("a statement that outlives its connection can be read to its end") {
  std::optional<Statement> statement;
  {
    Connection connection = open_memory("create table t(a); insert into t values (1), (2)");
    statement.emplace(must(connection.prepare("select a from t")));
    CHECK(must(statement->step()));
  }
  CHECK(must(statement->step()));
  CHECK(statement->value(0) == Value(std::int64_t{2}));
  CHECK(!must(statement->step()));
}

TEST_CASE("foreign keys are enforced") {
  Connection connection = open_memory();
  CHECK(number(connection, "pragma foreign_keys") == 1);
}

TEST_CASE("locations that cannot be opened") {
  CHECK(must_fail(Connection::open("")).code == Code::invalid_query);
  CHECK(must_fail(Connection::open(std::string_view("a\0b", 3))).code == Code::invalid_query);
  const Error error = must_fail(Connection::open("/no/such/folder/a.db"));
  CHECK(error.code == Code::sqlite);
  CHECK((error.sqlite_code & 0xFF) == SQLITE_CANTOPEN);
  CHECK(error.message == "unable to open database file: /no/such/folder/a.db");
}

TEST_CASE("exec runs every statement and stops at the first error") {
  Connection connection = open_memory(" ; -- nothing\n /* at all */ ");
  must(
      connection.exec("create table t(a);\n insert into t values (1), (2) returning a;; select 1"));
  CHECK(number(connection, "select count(*) from t") == 2);

  const Error error =
      must_fail(connection.exec("insert into t values (3); insert into u values (4);"
                                "insert into t values (5)"));
  CHECK(error.code == Code::sqlite);
  CHECK(error.message == "no such table: u");
  CHECK(number(connection, "select max(a) from t") == 3);
}

TEST_CASE("an error carries the statement and the place in it") {
  Connection connection = open_memory();
  const Error error = must_fail(connection.exec("select 1;\n\nselect 2,\n  frm x"));
  CHECK(error.message.find("no such column") != std::string::npos);
  CHECK(error.sql == "select 2,\n  frm x");
  CHECK(error.hint == "Line 2, column 3 of the statement.");
  CHECK(error.sqlite_code == SQLITE_ERROR);
}

TEST_CASE("text with NUL characters is refused, because SQLite would ignore what follows") {
  Connection connection = open_memory("create table t(a); insert into t values (1)");
  const std::string_view sql("delete from t\0 where a = 2", 26);
  CHECK(must_fail(connection.exec(sql)).code == Code::invalid_query);
  CHECK(must_fail(connection.prepare(sql)).code == Code::invalid_query);
  CHECK(number(connection, "select count(*) from t") == 1);
}

TEST_CASE("prepare takes one statement") {
  Connection connection = open_memory("create table t(a)");
  for (const std::string sql :
       {"", "  ", ";", "-- comment", "select 1; select 2", "select 1; bad sql"}) {
    CAPTURE(sql);
    CHECK(must_fail(connection.prepare(sql)).code == Code::invalid_query);
  }
  for (const char* sql :
       {"select 1;", "\n select 1 ; ", "select 1; -- comment", "select 1;; /**/ ;"})
    CHECK(number(connection, sql) == 1);
}

TEST_CASE("changes and last_insert_rowid") {
  Connection connection = open_memory("create table t(a integer primary key)");
  must(connection.exec("insert into t values (7), (8), (41)"));
  CHECK(connection.changes() == 3);
  CHECK(connection.last_insert_rowid() == 41);
  must(connection.exec("delete from t where a < 10"));
  CHECK(connection.changes() == 2);
}

TEST_CASE("serialize gives the bytes of a database file") {
  Connection empty = open_memory();
  CHECK(must(empty.serialize()).size() % 512 == 0);
  Connection connection = open_memory("create table t(a); insert into t values ('needle')");
  const auto bytes = must(connection.serialize());
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  CHECK(text.substr(0, 15) == std::string("SQLite format 3"));
  CHECK(text.find("needle") != std::string_view::npos);
}

TEST_CASE("deserialize replaces the database by a copy of a file") {
  Connection source = open_memory("create table t(a); insert into t values ('needle')");
  auto bytes = must(source.serialize());
  bytes[18] = bytes[19] = std::byte{2};  // as a file in WAL mode says it
  Connection copy = open_memory("create table u(b)");
  must(copy.deserialize(bytes));
  must(copy.exec("insert into t values ('another')"));
  CHECK(must_fail(copy.exec("select * from u")).code == Code::sqlite);
  CHECK(must(copy.serialize()).size() == bytes.size());

  must(copy.exec("begin; delete from t"));
  CHECK(must_fail(copy.deserialize(bytes)).code == Code::sqlite);
  must(copy.exec("rollback"));
  const std::vector<std::byte> noise(4096, std::byte{'x'});
  CHECK(must_fail(copy.deserialize(noise)).code == Code::sqlite);
}

TEST_CASE("query_plan is indented by depth") {
  Connection connection = open_memory("create table t(a integer primary key, b)");
  using Lines = std::vector<std::string>;
  CHECK(must(connection.query_plan("select * from t where a = ?1")) ==
        Lines{"SEARCH t USING INTEGER PRIMARY KEY (rowid=?)"});
  const Lines compound = must(connection.query_plan("select a from t union all select b from t"));
  REQUIRE(compound.size() == 5);
  CHECK(compound[0] == "COMPOUND QUERY");
  CHECK(compound[1] == "  LEFT-MOST SUBQUERY");
  CHECK(compound[2] == "    SCAN t");
  CHECK(must_fail(connection.query_plan("select * from u")).code == Code::sqlite);
}
