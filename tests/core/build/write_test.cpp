#include "build/write.h"

#include "core/build/shop.h"

namespace {

using namespace virga;
using namespace virga::build;

TEST_CASE_FIXTURE(Shop, "rows of an insert have the columns that any of them has") {
  const auto query = insert_into(users)
                         .values({{"name", "Ada"}})
                         .values({{"age", 7}, {"name", "Cleo"}})
                         .returning({users["id"], users["age"]});
  CHECK(
      document(query) ==
      R"({"insert":{"table":"users","columns":["name","age"],"rows":[[{"value":"Ada"},{"default":true}],[{"value":"Cleo"},{"value":7}]],"returning":[{"as":"id","expr":{"col":["users","id"]}},{"as":"age","expr":{"col":["users","age"]}}]}})");
  CHECK(json(query) == R"({"id":1,"age":null}{"id":2,"age":7})");
  CHECK(document(insert_into("t").values({{"x", default_value()}})) ==
        R"({"insert":{"table":"t","columns":["x"],"rows":[[{"default":true}]]}})");
  CHECK(document(insert_into("t").values({})) ==
        R"({"insert":{"table":"t","columns":[],"rows":[[]]}})");
}

TEST_CASE_FIXTURE(Shop, "an insert of a select") {
  fill();
  const auto query =
      insert_into(posts)
          .select({"authorId", "title"}, select({users["id"], users["name"]}).from(users))
          .returning({posts["title"]});
  CHECK(
      document(query) ==
      R"({"insert":{"table":"posts","columns":["authorId","title"],"select":{"from":"users","fields":[{"as":"id","expr":{"col":["users","id"]}},{"as":"name","expr":{"col":["users","name"]}}]},"returning":[{"as":"title","expr":{"col":["posts","title"]}}]}})");
  CHECK(json(query) == R"({"title":"Ada"}{"title":"Bob"})");
  CHECK(run(insert_into(posts).select({"title"}, sql("select ", "'x'"))).changes() == 1);
}

TEST_CASE_FIXTURE(Shop, "what an insert does with rows that are there already") {
  fill();
  const auto ada = insert_into(users).values({{"name", "Ada"}, {"age", 40}});
  CHECK(document(ada.on_conflict_do_nothing({users["name"]}))
            .find(R"("conflicts":[{"target":[{"col":["users","name"]}]}])") != std::string::npos);
  CHECK(run(ada.on_conflict_do_nothing()).changes() == 0);
  const auto upsert = ada.on_conflict_do_update({.target = {users["name"]},
                                                 .set = {{"age", excluded("age")}},
                                                 .set_where = users["age"] < excluded("age")})
                          .returning();
  CHECK(
      document(upsert) ==
      R"({"insert":{"table":"users","columns":["name","age"],"rows":[[{"value":"Ada"},{"value":40}]],"conflicts":[{"target":[{"col":["users","name"]}],"set":[{"column":"age","value":{"col":["excluded","age"]}}],"setWhere":{"op":"lt","args":[{"col":["users","age"]},{"col":["excluded","age"]}]}}],"returning":true}})");
  CHECK(json(upsert) == R"({"id":1,"name":"Ada","age":40,"createdAt":1500})");
}

TEST_CASE_FIXTURE(Shop, "updates") {
  fill();
  const auto query = update(users)
                         .set({{"name", "Ada L."}, {"age", sql(users["age"], " + 1")}})
                         .where(users["id"] == 1)
                         .returning();
  CHECK(
      document(query) ==
      R"({"update":{"table":"users","set":[{"column":"name","value":{"value":"Ada L."}},{"column":"age","value":{"sql":[{"col":["users","age"]}," + 1"]}}],"where":{"op":"eq","args":[{"col":["users","id"]},{"value":1}]},"returning":true}})");
  CHECK(json(query) == R"({"id":1,"name":"Ada L.","age":37,"createdAt":1500})");
  const auto joined = update(posts)
                          .set({{"title", users["name"]}})
                          .from(users)
                          .where(posts["authorId"] == users["id"] && posts["id"] == 2);
  CHECK(run(joined).changes() == 1);
  CHECK(json(select({posts["title"]}).from(posts).where(posts["id"] == 2)) ==
        R"({"title":"Ada L."})");
}

TEST_CASE_FIXTURE(Shop, "deletes") {
  fill();
  const Cte old("old", select({users["id"]}).from(users).where(users["age"] > 30));
  const auto query =
      delete_from(posts).with(old).where(in(posts["authorId"], select({old["id"]}).from(old)));
  CHECK(
      document(query) ==
      R"({"delete":{"with":[{"name":"old","select":{"from":"users","fields":[{"as":"id","expr":{"col":["users","id"]}}],"where":{"op":"gt","args":[{"col":["users","age"]},{"value":30}]}}}],"table":"posts","where":{"op":"in","args":[{"col":["posts","authorId"]},{"select":{"from":{"cte":"old"},"fields":[{"as":"id","expr":{"col":["old","id"]}}]}}]}}})");
  CHECK(run(query).changes() == 2);
  CHECK(json(delete_from(users).order_by(desc(users["id"])).limit(1).returning({users["name"]})) ==
        R"({"name":"Bob"})");
}

}  // namespace
