#include <doctest/doctest.h>

#include "core/db/database_test.h"

using namespace virga;
using namespace virga::db;

namespace {

std::int64_t count(Connection& connection) { return number(connection, "select count(*) from t"); }

void insert(Connection& connection, int value) {
  must(connection.exec("insert into t values (" + std::to_string(value) + ")"));
}

}  // namespace

TEST_CASE("transactions nest, and each level is kept or left alone") {
  Connection db = open_memory("create table t(a)");
  CHECK(db.depth() == 0);
  must(db.begin(Connection::Behavior::immediate));
  insert(db, 1);
  must(db.begin());
  insert(db, 2);
  must(db.begin());
  CHECK(db.depth() == 3);
  insert(db, 3);
  must(db.rollback());
  CHECK(db.depth() == 2);
  CHECK(count(db) == 2);
  must(db.begin());
  insert(db, 4);
  must(db.commit());
  must(db.commit());
  CHECK(db.depth() == 1);
  must(db.commit());
  CHECK(db.autocommit());
  CHECK(count(db) == 3);

  must(db.begin(Connection::Behavior::exclusive));
  must(db.begin());
  insert(db, 5);
  must(db.commit());
  must(db.rollback());
  CHECK(db.depth() == 0);
  CHECK(count(db) == 3);
}

TEST_CASE("ending what is not open is an error") {
  Connection db = open_memory();
  CHECK(must_fail(db.commit()).code == Code::transaction);
  CHECK(must_fail(db.rollback()).code == Code::transaction);
  must(db.begin());
  must(db.rollback());
  CHECK(must_fail(db.rollback()).code == Code::transaction);
}

TEST_CASE("deep nesting") {
  Connection db = open_memory("create table t(a)");
  for (int i = 0; i < 100; ++i) {
    must(db.begin());
    insert(db, i);
  }
  CHECK(db.depth() == 100);
  for (int i = 0; i < 50; ++i) must(db.rollback());
  for (int i = 0; i < 50; ++i) must(db.commit());
  CHECK(db.depth() == 0);
  CHECK(count(db) == 50);
}

TEST_CASE("a failed commit leaves the transaction open") {
  Connection db = open_memory(
      "create table p(id integer primary key);"
      "create table t(a references p(id) deferrable initially deferred)");
  must(db.begin());
  must(db.begin());
  insert(db, 1);
  must(db.commit());  // a savepoint does not check deferred keys
  CHECK(must_fail(db.commit()).code == Code::constraint_foreign_key);
  CHECK(db.depth() == 1);
  CHECK(!db.autocommit());
  must(db.exec("insert into p values (1)"));
  must(db.commit());
  CHECK(db.depth() == 0);
  CHECK(count(db) == 1);
}

TEST_CASE("when SQLite rolls back by itself, depth is 0 and every begin can still be paired") {
  Connection db = open_memory("create table t(a unique on conflict rollback)");
  must(db.begin());
  must(db.begin());
  insert(db, 1);
  CHECK(must_fail(db.exec("insert into t values (1)")).code == Code::constraint_unique);
  CHECK(db.autocommit());
  CHECK(db.depth() == 0);
  const Error error = must_fail(db.commit());
  CHECK(error.code == Code::transaction);
  CHECK(error.message.find("ended already") != std::string::npos);
  must(db.rollback());
  must(db.rollback());
  CHECK(must_fail(db.rollback()).code == Code::transaction);
  CHECK(count(db) == 0);

  must(db.begin());
  CHECK(db.depth() == 1);
  insert(db, 2);
  must(db.commit());
  CHECK(count(db) == 1);
}

TEST_CASE("a begin after SQLite rolled back opens a transaction, not a savepoint") {
  Connection db = open_memory("create table t(a unique on conflict rollback)");
  must(db.begin());
  must(db.begin());
  must_fail(db.exec("insert into t values (1), (1)"));
  must(db.begin());
  CHECK(db.depth() == 1);
  insert(db, 1);
  must(db.commit());
  CHECK(db.autocommit());
  CHECK(count(db) == 1);
}

TEST_CASE("transactions that come as SQL are counted") {
  Connection db = open_memory("create table t(a)");
  must(db.exec("begin"));
  CHECK(db.depth() == 1);
  must(db.begin());
  CHECK(db.depth() == 2);
  insert(db, 1);
  must(db.rollback());
  insert(db, 2);
  must(db.commit());
  CHECK(db.depth() == 0);
  CHECK(count(db) == 1);

  must(db.begin());
  must(db.exec("commit"));
  CHECK(db.depth() == 0);
  CHECK(must_fail(db.commit()).code == Code::transaction);
}

TEST_CASE("a statement being read does not keep a transaction from ending") {
  Connection db = open_memory("create table t(a)");
  must(db.begin());
  insert(db, 1);
  insert(db, 2);
  Statement reading = must(db.prepare("select a from t"));
  REQUIRE(must(reading.step()));
  must(db.begin());
  insert(db, 3);
  must(db.rollback());
  must(db.commit());
  CHECK(db.depth() == 0);
  CHECK(count(db) == 2);
}

TEST_CASE("a commit while a statement is still writing fails and leaves the transaction open") {
  Connection db = open_memory("create table t(a)");
  must(db.begin());
  {
    Statement writing = must(db.prepare("insert into t values (1), (2) returning a"));
    REQUIRE(must(writing.step()));
    CHECK(must_fail(db.commit()).message.find("SQL statements in progress") != std::string::npos);
    CHECK(db.depth() == 1);
  }
  must(db.commit());
  CHECK(count(db) == 2);
}
