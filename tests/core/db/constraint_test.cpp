#include "db/constraint.h"

#include <doctest/doctest.h>

#include "core/db/database_test.h"
#include "db/sqlite_error.h"

using namespace virga;
using namespace virga::db;

namespace {

constexpr const char* ddl = R"(
  create table users (
    id integer primary key,
    email_address text not null constraint users_email_unique unique,
    age integer,
    constraint users_age check ("age" > 0),
    check (age < 200)
  );
  create unique index users_lower on users (age, lower(email_address));
  create table places (country text, city text, primary key (country, city)) without rowid;
  create table posts (
    id integer primary key,
    user_id integer,
    country text,
    city text,
    constraint posts_user foreign key (user_id) references users (id) on delete restrict,
    foreign key (country, city) references places
  );
  insert into users values (1, 'ada@x', 36), (2, 'bob@x', 40);
  insert into places values ('fr', 'Paris');
)";

/// The schema of the tables above; keys differ from names to tell which of them a message uses.
schema::Schema blog() {
  schema::Table users{.key = "User", .name = "users"};
  users.columns = {
      {.key = "id", .name = "id", .type = "integer", .primary_key = true},
      {.key = "email",
       .name = "email_address",
       .type = "text",
       .not_null = true,
       .unique = "users_email_unique"},
      {.key = "age", .name = "age", .type = "integer"},
  };
  users.indexes = {{.name = "users_lower",
                    .unique = true,
                    .columns = {"age", schema::Sql{"lower(\"email_address\")"}},
                    .where = ""}};
  users.checks = {{"users_age", "\"age\" > 0"}, {"", "age < 200"}};

  schema::Table places{.key = "places", .name = "places"};
  places.columns = {{.key = "country", .name = "country", .type = "text"},
                    {.key = "city", .name = "city", .type = "text"}};
  places.primary_key = schema::Key{"", {"country", "city"}};

  schema::Table posts{.key = "posts", .name = "posts"};
  posts.columns = {{.key = "id", .name = "id", .type = "integer", .primary_key = true},
                   {.key = "userId", .name = "user_id", .type = "integer"},
                   {.key = "country", .name = "country", .type = "text"},
                   {.key = "city", .name = "city", .type = "text"}};
  posts.foreign_keys = {
      {"posts_user", {"userId"}, "User", {"id"}, schema::Action::restrict, {}},
      {"", {"country", "city"}, "places", {"country", "city"}, {}, {}},
  };
  return {.tables = {users, places, posts}, .relations = {}};
}

/// Runs a statement that must fail, and explains its error.
Error explained(Connection& db, const std::string& sql) {
  const auto run = [&] { return db.exec(sql); };
  return explain_constraint(must_fail(run()), blog(), db, run);
}

}  // namespace

TEST_CASE("unique violations name table, columns and constraint") {
  Connection db = open_memory(ddl);
  Error error = explained(db, "update users set email_address = 'ada@x' where id = 2");
  CHECK(error.code == Code::constraint_unique);
  CHECK(error.sqlite_code == SQLITE_CONSTRAINT_UNIQUE);
  CHECK(error.constraint == "users_email_unique");
  CHECK(error.message ==
        "UNIQUE constraint failed: users.email_address: another row of \"User\" has the same "
        "\"email\" (\"users_email_unique\").");

  error = explained(db, "update users set email_address = 'ADA@x', age = 36 where id = 2");
  CHECK(error.constraint == "users_lower");
  CHECK(error.message ==
        "UNIQUE constraint failed: index 'users_lower': another row of \"User\" has the same "
        "indexed values (\"users_lower\").");
}

TEST_CASE("primary key violations") {
  Connection db = open_memory(ddl);
  Error error = explained(db, "insert into users values (1, 'x', 1)");
  CHECK(error.code == Code::constraint_primary_key);
  CHECK(error.constraint == "users.id");
  CHECK(error.message ==
        "UNIQUE constraint failed: users.id: another row of \"User\" has the same \"id\".");

  error = explained(db, "insert into places values ('fr', 'Paris')");
  CHECK(error.code == Code::constraint_primary_key);
  CHECK(error.constraint == "places.country, places.city");
  CHECK(error.message.find("the same \"country\", \"city\".") != std::string::npos);
}

TEST_CASE("not null and check violations") {
  Connection db = open_memory(ddl);
  Error error = explained(db, "insert into users values (3, null, 1)");
  CHECK(error.code == Code::constraint_not_null);
  CHECK(error.constraint == "users.email_address");
  CHECK(error.message ==
        "NOT NULL constraint failed: users.email_address: \"email\" of \"User\" "
        "must have a value.");

  error = explained(db, "insert into users values (3, 'x', -1)");
  CHECK(error.code == Code::constraint_check);
  CHECK(error.constraint == "users_age");
  CHECK(error.message ==
        "CHECK constraint failed: users_age: a row of \"User\" must satisfy \"age\" > 0.");

  error = explained(db, "insert into users values (3, 'x', 300)");
  CHECK(error.message ==
        "CHECK constraint failed: age < 200: a row of \"User\" must satisfy age < 200.");
}

TEST_CASE("constraints the schema does not know stay in SQLite's words") {
  Connection db =
      open_memory("create table t(a text unique, b text not null, c integer check (c > 1)) strict");
  must(db.exec("insert into t values ('x', 'x', 2)"));
  CHECK(explained(db, "insert into t values ('x', 'x', 2)").message ==
        "UNIQUE constraint failed: t.a");
  CHECK(explained(db, "insert into t values ('y', null, 2)").constraint == "t.b");
  CHECK(explained(db, "insert into t values ('y', 'x', 1)").message ==
        "CHECK constraint failed: c > 1");
  const Error error = explained(db, "insert into t values ('y', 'x', 'z')");
  CHECK(error.code == Code::constraint);
  CHECK(error.message == "cannot store TEXT value in INTEGER column t.c");
}

TEST_CASE("other errors pass unchanged") {
  Connection db = open_memory();
  const Error error = explained(db, "select * from missing");
  CHECK(error.code == Code::sqlite);
  CHECK(error.message == "no such table: missing");
}

TEST_CASE("a missing parent is named with its key and values") {
  Connection db = open_memory(ddl);
  must(db.exec("insert into posts values (1, 1, null, null)"));
  for (const char* sql : {"insert into posts values (2, 1, 'fr', 'Paris'), (3, 99, null, null)",
                          "update posts set user_id = 99"}) {
    const Error error = explained(db, sql);
    CHECK(error.code == Code::constraint_foreign_key);
    CHECK(error.sqlite_code == SQLITE_CONSTRAINT_FOREIGNKEY);
    CHECK(error.constraint == "posts_user");
    CHECK(error.message ==
          "FOREIGN KEY constraint failed: a row of \"posts\" has \"userId\" = 99, "
          "but no row of \"User\" has \"id\" = 99.");
  }
  CHECK(number(db, "select count(*) from posts") == 1);
  CHECK(db.autocommit());
}

TEST_CASE("a composite key to an implicit primary key, of a table without rowid") {
  Connection db = open_memory(ddl);
  Error error = explained(db, "insert into posts values (1, null, 'fr', 'Rome')");
  CHECK(error.constraint == "posts.country, posts.city");
  CHECK(error.message ==
        "FOREIGN KEY constraint failed: a row of \"posts\" has \"country\" = "
        "\"fr\", \"city\" = \"Rome\", but no row of \"places\" has \"country\" = "
        "\"fr\", \"city\" = \"Rome\".");
  must(db.exec("insert into posts values (1, null, 'fr', 'Paris')"));
  error = explained(db, "delete from places");
  CHECK(error.message.find("1 row of \"posts\" with \"country\" = \"fr\", \"city\" = \"Paris\" "
                           "refers to the row of \"places\"") != std::string::npos);
}

TEST_CASE("rows that still refer to a parent are counted") {
  Connection db = open_memory(ddl);
  must(db.exec("insert into posts values (1, 2, null, null), (2, 2, null, null)"));
  for (const char* sql : {"delete from users where id = 2", "update users set id = 5 where id = 2",
                          "replace into users values (2, 'new@x', 1), (2, 'new@x', 2), (7, 'ada@x',"
                          " 3); delete from users"}) {
    const Error error = explained(db, sql);
    CHECK(error.code == Code::constraint_foreign_key);
    CHECK(error.constraint == "posts_user");
    CHECK(error.message ==
          "FOREIGN KEY constraint failed: 2 rows of \"posts\" with \"userId\" = 2 "
          "refer to the row of \"User\" with \"id\" = 2.");
    CHECK(error.hint == "onDelete is \"restrict\", onUpdate is \"no action\".");
  }
}

TEST_CASE("the diagnosis leaves an open transaction as it was") {
  Connection db = open_memory(ddl);
  must(db.begin());
  must(db.exec("insert into users values (3, 'eve@x', 20)"));
  CHECK(explained(db, "insert into posts values (1, 99, null, null)").constraint == "posts_user");
  CHECK(db.depth() == 1);
  CHECK(number(db, "select defer_foreign_keys from pragma_defer_foreign_keys") == 0);
  CHECK(explained(db, "insert into posts values (1, 98, null, null)").constraint == "posts_user");
  must(db.commit());
  CHECK(number(db, "select count(*) from users") == 3);
  CHECK(number(db, "select count(*) from posts") == 0);
}

TEST_CASE("violations that were there before are not blamed") {
  Connection db = open_memory(ddl);
  must(
      db.exec("pragma foreign_keys = off; insert into posts values (1, 77, null, null),"
              " (2, 99, null, null); pragma foreign_keys = on"));
  CHECK(explained(db, "insert into posts values (3, 98, null, null)").message.find("= 98") !=
        std::string::npos);
  CHECK(explained(db, "insert into posts values (3, 99, null, null)").message.find("= 99") !=
        std::string::npos);
}

TEST_CASE("a failed commit is explained from the open transaction") {
  Connection db = open_memory(ddl);
  must(db.begin());
  must(db.exec("pragma defer_foreign_keys = on; insert into posts values (1, 99, null, null)"));
  const Error error = explain_constraint(must_fail(db.commit()), blog(), db, {});
  CHECK(error.constraint == "posts_user");
  CHECK(error.message.find("no row of \"User\" has \"id\" = 99.") != std::string::npos);
  CHECK(db.depth() == 1);
  must(db.rollback());
}

TEST_CASE("deferred enforcement that was on stays on") {
  Connection db = open_memory(ddl);
  must(db.exec("create table notes(user_id references users(id))"));
  must(db.begin());
  must(db.exec("pragma defer_foreign_keys = on; insert into notes values (50)"));
  Error error = must_fail(db.exec("insert into users values (1, 'again', 1)"));
  error.code = Code::constraint_foreign_key;  // the flag alone matters here
  explain_constraint(error, blog(), db, [&] { return db.exec("insert into notes values (51)"); });
  CHECK(number(db, "select defer_foreign_keys from pragma_defer_foreign_keys") == 1);
  CHECK(number(db, "select count(*) from notes") == 1);
  must(db.exec("insert into users values (50, 'fifty', 50)"));
  must(db.commit());
}

TEST_CASE("long values are measured, not printed") {
  Connection db = open_memory(
      "create table users(name text primary key); create table posts(name references users);");
  const std::string sql = "insert into posts values ('" + std::string(5000, 'x') + "')";
  const Error error = explained(db, sql);
  CHECK(error.constraint == "posts.name");
  CHECK(error.message.find("\"name\" = a text of 5000 bytes, but") != std::string::npos);
}
