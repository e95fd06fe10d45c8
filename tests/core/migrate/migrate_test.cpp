// The whole way of a migration on real databases: what is there before, and after.

#include "core/migrate/rows.h"

using namespace virga;

namespace {

Database opened(std::string_view sql) {
  Database database = must(Database::open());
  must(database.exec(sql));
  return database;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("migrate: a rebuilt parent keeps its rows, and those of its children") {
  Database database = opened(R"(
    create table users (id integer primary key autoincrement, name text, email text);
    create table posts (id integer primary key,
      user_id integer references users (id) on delete cascade);
    create index users_name on users (name);
    create view names as select name from users;
    create trigger counted after insert on users begin update users set name = name where 0; end;
    insert into users (name, email) values ('Ada', 'a'), ('Brian', 'b'), ('Cleo', 'c');
    delete from users where id = 3;
    insert into posts values (1, 1), (2, 2), (3, 1))");
  const auto target = declared({
      "create table users (id integer primary key autoincrement, name text not null default '?', "
      "email text)",
      "create table posts (id integer primary key, user_id integer references users (id) on delete "
      "cascade)",
      "create index users_name on users (name)",
      "create view names as select name from users",
  });
  for (const bool in_transaction : {false, true}) {
    CAPTURE(in_transaction);
    const auto plan = must(database.plan(*target, {.in_transaction = in_transaction}));
    std::string all;
    for (const auto& sql : plan.up.statements()) all += sql + ";\n";
    CAPTURE(all);
    CHECK(plan.questions.empty());
    CHECK((all.find("__new_posts") != std::string::npos) == in_transaction);
  }
  must(database.migrate(*target));
  CHECK(rows(database, "select count(*) as n from posts") == Texts{R"({"n":3})"});
  CHECK(rows(database, "select seq from sqlite_sequence") == Texts{R"({"seq":3})"});
  CHECK(rows(database,
             "select group_concat(name, ' ') as n from (select name from sqlite_schema where "
             "type <> 'table' order by 1)") == Texts{R"({"n":"counted names users_name"})"});
  CHECK(must(database.plan(*target)).up.steps.empty());
}

TEST_CASE("migrate: a table that is rebuilt after a rename takes its children along") {
  Database database = opened(R"(
    create table users (id integer primary key, name text not null);
    create table posts (id integer primary key, user_id integer references users (id) on delete cascade);
    insert into users values (1, 'Ada');
    insert into posts values (1, 1))");
  const auto target = declared({
      "create table users (id integer primary key, full_name text not null default 'nobody')",
      "create table posts (id integer primary key, user_id integer references users (id) on delete "
      "cascade)",
  });
  MigrateOptions options{.in_transaction = true};
  options.answers.columns["users"]["full_name"] = "name";
  const auto plan = must(database.plan(*target, options));
  must(database.exec("begin"));
  for (const auto& sql : plan.up.statements()) must(database.exec(sql));
  must(database.exec("commit"));
  CHECK(rows(database, "select count(*) as n from posts") == Texts{R"({"n":1})"});
}
