#include "build/table.h"

#include "core/build/shop.h"

namespace {

using namespace virga;
using namespace virga::build;
using schema::Action;

/// The document of the schema after it was completed.
std::string completed(schema::Schema written) {
  return schema::to_json(*must(share(std::move(written))));
}

TEST_CASE("columns of every kind") {
  const auto all =
      table("t",
            {integer("id").primary_key().autoincrement(), bigint("big"), boolean("flag").not_null(),
             timestamp("at"), timestamp_ms("atMs", "at_ms").default_sql("unixepoch() * 1000"),
             real("r").default_value(0.5), text("name").unique(), text("mail").unique("one_mail"),
             json("j"), blob("b"), numeric("n"), column("v", "varchar(9)", schema::Codec::text),
             text("g").generated("upper(name)"), text("h").generated_stored("lower(name)")},
            "things");
  CHECK(
      completed({.tables = {all}}) ==
      R"json({"tables":[{"key":"t","name":"things","columns":[{"key":"id","name":"id","type":"integer","codec":"integer","notNull":true,"primaryKey":true,"autoincrement":true},{"key":"big","name":"big","type":"integer","codec":"bigint"},{"key":"flag","name":"flag","type":"integer","codec":"boolean","notNull":true},{"key":"at","name":"at","type":"integer","codec":"timestamp"},{"key":"atMs","name":"at_ms","type":"integer","codec":"timestamp_ms","default":{"sql":"unixepoch() * 1000"}},{"key":"r","name":"r","type":"real","codec":"real","default":{"value":0.5}},{"key":"name","name":"name","type":"text","codec":"text","unique":"things_name_unique"},{"key":"mail","name":"mail","type":"text","codec":"text","unique":"one_mail"},{"key":"j","name":"j","type":"text","codec":"json"},{"key":"b","name":"b","type":"blob","codec":"blob"},{"key":"n","name":"n","type":"numeric","codec":"numeric"},{"key":"v","name":"v","type":"varchar(9)","codec":"text"},{"key":"g","name":"g","type":"text","codec":"text","generated":{"sql":"upper(name)","mode":"virtual"}},{"key":"h","name":"h","type":"text","codec":"text","generated":{"sql":"lower(name)","mode":"stored"}}]}],"relations":[]})json");
}

TEST_CASE("keys, indexes and checks of a table") {
  const auto parent = table("p", {integer("a"), integer("b")}).primary_key({"a", "b"}, "p_key");
  const auto child =
      table("c", {integer("id").primary_key(), integer("a"), integer("b"),
                  integer("up").references("c", "id", {.on_update = Action::set_null})})
          .foreign_key({.columns = {"a", "b"}, .table = "p", .references = {"a", "b"}})
          .unique({"a", "b"}, "pair")
          .index("c_a", {"a", schema::Sql{"abs(b)"}}, "a > 0")
          .unique_index("c_b", {"b"})
          .check("positive", "a > 0")
          .without_rowid()
          .strict();
  CHECK(
      completed({.tables = {parent, child}}) ==
      R"json({"tables":[{"key":"p","name":"p","columns":[{"key":"a","name":"a","type":"integer","codec":"integer"},{"key":"b","name":"b","type":"integer","codec":"integer"}],"primaryKey":{"name":"p_key","columns":["a","b"]}},{"key":"c","name":"c","columns":[{"key":"id","name":"id","type":"integer","codec":"integer","notNull":true,"primaryKey":true},{"key":"a","name":"a","type":"integer","codec":"integer"},{"key":"b","name":"b","type":"integer","codec":"integer"},{"key":"up","name":"up","type":"integer","codec":"integer"}],"uniques":[{"name":"pair","columns":["a","b"]}],"foreignKeys":[{"name":"","columns":["up"],"table":"c","references":["id"],"onDelete":"no action","onUpdate":"set null"},{"name":"","columns":["a","b"],"table":"p","references":["a","b"],"onDelete":"no action","onUpdate":"no action"}],"indexes":[{"name":"c_a","unique":false,"columns":["a",{"sql":"abs(b)"}],"where":"a > 0"},{"name":"c_b","unique":true,"columns":["b"]}],"checks":[{"name":"positive","sql":"a > 0"}],"withoutRowid":true,"strict":true}],"relations":[]})json");
  auto database = must(Database::open());
  must(database.push(*must(share({.tables = {parent, child}}))));
}

TEST_CASE("relations, their reverse sides and junction tables") {
  const auto users = table("users", {integer("id").primary_key()});
  const auto groups = table("groups", {integer("id").primary_key(), integer("ownerId")});
  const auto members = table("members", {integer("user"), integer("group")});
  const auto schema = must(share(
      {.tables = {users, groups, members},
       .relations = {
           many("users", "owned", "groups").named("owner"),
           one("groups", "owner", "users").on({"ownerId"}, {"id"}).named("owner"),
           many("users", "groups"),
           many("groups", "users").on({"id"}, {"id"}).through("members", {"group"}, {"user"})}}));
  CHECK(schema->find_relation("users", "owned")->references == std::vector<std::string>{"ownerId"});
  const auto& through = schema->find_relation("users", "groups")->through;
  REQUIRE(through);
  CHECK(through->fields == std::vector<std::string>{"user"});
  auto database = must(Database::open());
  must(database.push(*schema));
  Session session(database, schema);
  must(session.run(insert_into(users).rows({{{"id", 1}}, {{"id", 2}}})));
  must(session.run(insert_into(groups).values({{"id", 5}, {"ownerId", 2}})));
  must(session.run(insert_into(members).values({{"user", 1}, {"group", 5}})));
  const auto rows = must(session.run(find(users).with("groups").with("owned")));
  CHECK(rows[0].to_json() == R"({"id":1,"groups":[{"id":5,"ownerId":2}],"owned":[]})");
  CHECK(rows[1].to_json() == R"({"id":2,"groups":[],"owned":[{"id":5,"ownerId":2}]})");
}

TEST_CASE("views of a select, of SQL text, and those that are there") {
  const auto users = table("users", {integer("id").primary_key(), text("name"), integer("age")});
  const auto adults = view("adults", {integer("id"), text("name")},
                           select({users["id"], users["name"]})
                               .from(users)
                               .where(users["age"] >= 18 && users["name"] != "'"));
  const auto names = view("names", {text("name")}, "select name from users", "all_names");
  auto database = must(Database::open());
  must(database.exec("create view old as select 1 as one"));
  const auto old = existing_view("old", {integer("one")});
  const auto schema = must(share({.tables = {users, adults, names, old}}));
  must(database.push(*schema));
  Session session(database, schema);
  must(session.run(
      insert_into(users).rows({{{"name", "Ada"}, {"age", 36}}, {{"name", "Cleo"}, {"age", 7}}})));
  CHECK(must(session.run(select().from(adults)))[0].to_json() == R"({"id":1,"name":"Ada"})");
  CHECK(must(session.run(find(names))).size() == 2);
  CHECK(must(session.run(select().from(old)))[0].to_json() == R"({"one":1})");
}

TEST_CASE("a table that is there") {
  auto database = must(Database::open());
  must(database.exec("create table logs (line text); insert into logs values ('x')"));
  const auto logs = table("logs", {text("line")}).existing();
  const auto schema = must(share({.tables = {logs}}));
  CHECK(must(database.push(*schema)).empty());
  CHECK(must(Session(database, schema).run(find(logs))).size() == 1);
}

TEST_CASE("a mistake in a schema is said where it is shared") {
  const auto posts = table("posts", {integer("id"), integer("author").references("users", "id")});
  CHECK(must_fail(share({.tables = {posts}})).code == Code::unknown_table);
}

}  // namespace
