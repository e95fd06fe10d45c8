// The native door: what only it adds to the rooms below.

#include <doctest/doctest.h>

#include "core/must.h"
#include "virga.h"

using namespace virga;

TEST_CASE("a commit that a deferred foreign key forbids names the row in the way") {
  auto database = must(Database::open());
  must(
      database.exec("create table parents (id integer primary key);"
                    "create table children (parent_id integer references parents "
                    "deferrable initially deferred)"));
  must(database.begin());
  must(database.exec("insert into children values (7)"));
  const auto refused = database.commit();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::constraint_foreign_key);
  CHECK(refused.error().message.find(
            R"(a row of "children" has "parent_id" = 7, but no row of "parents" has "id" = 7.)") !=
        std::string::npos);
  must(database.exec("insert into parents values (7)"));
  must(database.commit());
}

TEST_CASE("selects nested as deep as documents may be run") {
  schema::Table table{.key = "t", .columns = {{.key = "a", .type = "integer"}}};
  const auto schema = must(share(schema::Schema{.tables = {table}}));
  ast::Source from("t");
  for (int depth = 0; depth < 190; ++depth) {
    ast::Source outer;
    outer.from = std::make_shared<const ast::Select>(ast::Select{.from = from});
    outer.as = "s";
    from = outer;
  }
  const auto query = must(Query::prepare(ast::Select{.from = from}, schema));
  auto database = must(Database::open());
  must(database.push(*schema));
  must(database.exec("insert into t values (1)"));
  CHECK(must(database.run(query)).size() == 1);
}
