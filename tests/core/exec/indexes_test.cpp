// Relations are planned by the indexes that the database has; what the schema declares counts only
// for tables that are not there yet.

#include <doctest/doctest.h>

#include "core/must.h"
#include "virga.h"

namespace {

using namespace virga;
using build::integer;
using build::table;

/// Users with at most one account each, as the schema has it; the database is created apart.
struct Users {
  SharedSchema schema;
  Database database = *Database::open();

  Users(bool declared, const std::string& ddl) : schema(make(declared)) {
    REQUIRE(
        database.exec("create table users (id integer primary key);"
                      "create table accounts (id integer primary key, user_id integer);" +
                      ddl));
    REQUIRE(
        database.exec("insert into users values (1), (2), (3);"
                      "insert into accounts values (1, 1), (2, 2), (3, null)"));
  }

  static SharedSchema make(bool declared) {
    auto user_id = integer("user_id");
    if (declared) user_id = user_id.unique();
    return must(share({.tables = {table("users", {integer("id").primary_key()}),
                                  table("accounts", {integer("id").primary_key(), user_id})},
                       .relations = {{.table = "users",
                                      .name = "account",
                                      .kind = schema::Cardinality::one,
                                      .target = "accounts",
                                      .fields = {"id"},
                                      .references = {"user_id"}}}}));
  }

  Query query(bool limited = false) {
    ast::Find find{.table = "users"};
    find.level.with.push_back({"account", {}});
    if (limited) find.level.limit = build::param(0);
    return must(database.prepare(ast::to_json(find), schema));
  }
  std::size_t rows(const Query& query) { return must(database.run(query)).size(); }
  std::size_t statements(const Query& query) { return query.sql().size(); }
  /// How the accounts are found.
  std::string strategy(bool limited = false) {
    const auto plan =
        must(database.explain(query(limited), std::vector<Value>{std::int64_t{2}})).plan;
    for (const std::string name : {"join", "batch", "loop"})
      if (plan.find(name + " step0") != std::string::npos) return name;
    return plan;
  }
};

const std::string unique_index = "create unique index one on accounts (user_id);";
const std::string second = "insert into accounts values (4, 1)";

TEST_CASE("a key that only the schema has is not relied on") {
  Users users(true, "");
  REQUIRE(users.database.exec(second));
  CHECK(users.rows(users.query()) == 3);
  CHECK(users.strategy() == "batch");
}

TEST_CASE("a key that only the database has is used") {
  CHECK(Users(false, unique_index).strategy() == "join");
  CHECK(Users(false, "").strategy() == "batch");
  CHECK(Users(false, "").strategy(true) == "batch");
  CHECK(Users(false, "create index some on accounts (user_id)").strategy(true) == "loop");
}

TEST_CASE("indexes that do not make each value unique") {
  for (const char* index : {
           "create unique index one on accounts (user_id, id)",
           "create unique index one on accounts (user_id) where id > 2",
           "create unique index one on accounts (user_id + 0)",
       }) {
    CAPTURE(index);
    CHECK(Users(true, index).strategy() == "batch");
  }
}

TEST_CASE("a query is planned anew when the indexes have changed") {
  Users users(false, "");
  const Query query = users.query();
  CHECK(users.statements(query) == 2);
  REQUIRE(users.database.exec(unique_index));
  CHECK(users.rows(query) == 3);
  CHECK(users.statements(query) == 1);
  REQUIRE(users.database.exec("drop index one"));
  REQUIRE(users.database.exec(second));
  CHECK(users.rows(query) == 3);
  CHECK(users.statements(query) == 2);
}

TEST_CASE("an index that is rolled back is not relied on") {
  Users users(false, "");
  const Query query = users.query();
  REQUIRE(users.database.begin());
  REQUIRE(users.database.exec(unique_index));
  CHECK(users.rows(query) == 3);
  REQUIRE(users.database.rollback());
  REQUIRE(users.database.exec("create table other (n)"));
  REQUIRE(users.database.exec(second));
  CHECK(users.rows(query) == 3);
}

TEST_CASE("a query runs on databases with different indexes") {
  Users with(true, unique_index), without(true, "");
  REQUIRE(without.database.exec(second));
  const Query query = with.query();
  for (int turn = 0; turn < 2; ++turn) {
    CHECK(must(with.database.run(query)).size() == 3);
    CHECK(must(without.database.run(query)).size() == 3);
  }
}

TEST_CASE("of a table that is not there the schema is believed") {
  const auto schema = Users::make(true);
  auto database = *Database::open();
  ast::Find find{.table = "users"};
  find.level.with.push_back({"account", {}});
  CHECK(must(database.prepare(ast::to_json(find), schema)).sql().size() == 1);
}

}  // namespace
