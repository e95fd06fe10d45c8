#include "schema/schema.h"

#include <doctest/doctest.h>

#include "schema/affinity.h"

namespace {

using namespace virga;
using namespace virga::schema;

const std::string blog = R"({"tables":[
  {"key":"users","columns":[{"key":"id","type":"integer","codec":"integer","primaryKey":true}]},
  {"key":"posts","columns":[{"key":"id","type":"integer","codec":"integer","primaryKey":true},
    {"key":"authorId","name":"author_id","type":"integer","codec":"integer"},
    {"key":"editorId","name":"editor_id","type":"integer","codec":"integer"}]}],
 "relations":[%]})";

std::string with_relations(const std::string& relations) {
  std::string text = blog;
  return text.replace(text.find('%'), 1, relations);
}

Error refused(const std::string& relations) {
  const auto schema = from_json(with_relations(relations));
  REQUIRE_FALSE(schema);
  return schema.error();
}

TEST_CASE("a schema document survives reading and writing") {
  const std::string document = R"json({"tables":[{"key":"t","name":"T","columns":[
    {"key":"a","name":"A","type":"integer","codec":"timestamp","notNull":true,"primaryKey":true,"autoincrement":true},
    {"key":"b","type":"text","codec":"json","unique":"u","default":{"value":"x"}},
    {"key":"c","type":"blob","codec":"blob","default":{"value":{"blob":"00ff"}}},
    {"key":"d","type":"real","codec":"real","default":{"value":{"real":"inf"}}},
    {"key":"e","type":"integer","codec":"bigint","default":{"value":{"int":"9223372036854775807"}}},
    {"key":"f","type":"text","codec":"text","generated":{"sql":"b || 'x'","mode":"stored"}},
    {"key":"g","type":"integer","codec":"integer","default":{"sql":"(unixepoch())"}}],
    "uniques":[{"name":"bc","columns":["b","c"]}],
    "foreignKeys":[{"name":"fk","columns":["e"],"table":"t","references":["a"],"onDelete":"set null"}],
    "indexes":[{"name":"i","unique":true,"columns":["b",{"sql":"lower(b)"}],"where":"a > 1"}],
    "checks":[{"name":"ck","sql":"a > 0"}],"strict":true}],"relations":[]})json";
  const auto schema = from_json(document);
  REQUIRE(schema);
  const std::string once = to_json(*schema);
  CHECK(once.find(R"({"int":"9223372036854775807"})") != std::string::npos);
  CHECK(once.find(R"({"real":"inf"})") != std::string::npos);
  const auto again = from_json(once);
  REQUIRE(again);
  CHECK(to_json(*again) == once);
}

TEST_CASE("a relation without fields takes them from its reverse side") {
  const auto schema = from_json(with_relations(
      R"({"table":"users","name":"posts","kind":"many","target":"posts"},
         {"table":"posts","name":"author","kind":"one","target":"users","fields":["authorId"],"references":["id"]})"));
  REQUIRE(schema);
  const Relation* posts = schema->find_relation("users", "posts");
  CHECK(posts->fields == std::vector<std::string>{"id"});
  CHECK(posts->references == std::vector<std::string>{"authorId"});
}

TEST_CASE("relationName tells two relations between the same tables apart") {
  const std::string sides =
      R"({"table":"posts","name":"author","kind":"one","target":"users","fields":["authorId"],"references":["id"],"relationName":"a"},
         {"table":"posts","name":"editor","kind":"one","target":"users","fields":["editorId"],"references":["id"],"relationName":"e"},)";
  const auto schema = from_json(with_relations(
      sides +
      R"({"table":"users","name":"edited","kind":"many","target":"posts","relationName":"e"})"));
  REQUIRE(schema);
  CHECK(schema->find_relation("users", "edited")->references ==
        std::vector<std::string>{"editorId"});
  const Error none =
      refused(sides + R"({"table":"users","name":"posts","kind":"many","target":"posts"})");
  CHECK(none.code == Code::invalid_schema);
  CHECK(none.message.find("not enough information") != std::string::npos);
}

TEST_CASE("two reverse sides without names are ambiguous") {
  const Error error = refused(
      R"({"table":"posts","name":"author","kind":"one","target":"users","fields":["authorId"],"references":["id"]},
         {"table":"posts","name":"editor","kind":"one","target":"users","fields":["editorId"],"references":["id"]},
         {"table":"users","name":"posts","kind":"many","target":"posts"})");
  CHECK(error.message.find("multiple relations") != std::string::npos);
  CHECK(error.path == "relations[2]");
}

TEST_CASE("a relation that misses its table or columns names the nearest") {
  CHECK(
      refused(R"({"table":"user","name":"x","kind":"many","target":"posts"})").hint.find("users") !=
      std::string::npos);
  const Error column = refused(
      R"({"table":"posts","name":"x","kind":"one","target":"users","fields":["autorId"],"references":["id"]})");
  CHECK(column.code == Code::unknown_column);
  CHECK(column.path == "relations[0].fields");
  CHECK(column.hint.find("authorId") != std::string::npos);
}

TEST_CASE("affinity follows SQLite's rules, in their order") {
  CHECK(affinity("INTEGER") == Affinity::integer);
  CHECK(affinity("charint") == Affinity::integer);
  CHECK(affinity("varchar(20)") == Affinity::text);
  CHECK(affinity("") == Affinity::blob);
  CHECK(affinity("double precision") == Affinity::real);
  CHECK(affinity("numeric(10,2)") == Affinity::numeric);
}

}  // namespace
