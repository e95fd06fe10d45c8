#include "build/select.h"

#include "core/build/shop.h"

namespace {

using namespace virga;
using namespace virga::build;

TEST_CASE_FIXTURE(Shop, "a select with every clause") {
  const auto query = select({posts["authorId"], {"n", count()}, max(posts["score"]).as("best")})
                         .distinct()
                         .from(users)
                         .left_join(posts, posts["authorId"] == users["id"])
                         .where(users["age"] > 30)
                         .where(users["age"] < 40)
                         .group_by(posts["authorId"])
                         .having(count() > 1)
                         .order_by(desc(alias_ref("best")), posts["authorId"])
                         .limit(10)
                         .offset(0);
  CHECK(
      document(query) ==
      R"({"select":{"from":"users","joins":[{"kind":"left","source":"posts","on":{"op":"eq","args":[{"col":["posts","authorId"]},{"col":["users","id"]}]}}],"fields":[{"as":"authorId","expr":{"col":["posts","authorId"]}},{"as":"n","expr":{"fn":"count","args":[]}},{"as":"best","expr":{"fn":"max","args":[{"col":["posts","score"]}]},"name":"best"}],"distinct":true,"where":{"op":"and","args":[{"op":"gt","args":[{"col":["users","age"]},{"value":30}]},{"op":"lt","args":[{"col":["users","age"]},{"value":40}]}]},"groupBy":[{"col":["posts","authorId"]}],"having":{"op":"gt","args":[{"fn":"count","args":[]},{"value":1}]},"orderBy":[{"by":{"alias":"best"},"desc":true},{"by":{"col":["posts","authorId"]}}],"limit":{"value":10},"offset":{"value":0}}})");
  fill();
  CHECK(json(query) == R"({"authorId":1,"n":2,"best":4.5})");
}

TEST_CASE_FIXTURE(Shop, "a builder is never changed by a call on it") {
  const auto all = select().from(users);
  const std::string before = document(all);
  document(all.where(users["id"] == 1).limit(1));
  CHECK(document(all) == before);
  CHECK(before == R"({"select":{"from":"users"}})");
}

TEST_CASE_FIXTURE(Shop, "joins of every kind, nested objects, a table under two names") {
  const auto on = posts["authorId"] == users["id"];
  const std::string on_json =
      R"("on":{"op":"eq","args":[{"col":["posts","authorId"]},{"col":["users","id"]}]})";
  const auto joins = [](const Select& query) { return document(query).substr(26); };
  const std::string end = "}]}}";
  const auto from = select().from(users);
  const auto with_on = [&](const std::string& kind) {
    return R"("joins":[{"kind":")" + kind + R"(","source":"posts",)" + on_json + end;
  };
  CHECK(joins(from.inner_join(posts, on)) == with_on("inner"));
  CHECK(joins(from.right_join(posts, on)) == with_on("right"));
  CHECK(joins(from.full_join(posts, on)) == with_on("full"));
  CHECK(joins(from.cross_join(posts)) == R"("joins":[{"kind":"cross","source":"posts")" + end);
  fill();
  const auto other = users.as("other");
  CHECK(json(select({object("user", {users["name"]}), object("other", {other["name"]})})
                 .from(users)
                 .left_join(other, other["id"] < users["id"])
                 .order_by(users["id"])) ==
        R"({"user":{"name":"Ada"},"other":null}{"user":{"name":"Bob"},"other":{"name":"Ada"}})");
  CHECK(run(select({object("user", users.fields())}).from(users).limit(1))[0].one("user")->get<int>(
            "age") == 36);
}

TEST_CASE_FIXTURE(Shop, "subqueries and common table expressions are sources") {
  fill();
  const auto counts =
      select({posts["authorId"], count().as("n")}).from(posts).group_by(posts["authorId"]);
  const auto sub = counts.as("counts");
  CHECK(json(select({users["name"], sub["n"]})
                 .from(users)
                 .inner_join(sub, sub["authorId"] == users["id"])) == R"({"name":"Ada","n":2})");
  const Cte cte("counts", counts);
  const auto named = select({cte["n"]}).with(cte).from(cte).where(cte["n"] > 1);
  CHECK(
      document(named) ==
      R"({"select":{"with":[{"name":"counts","select":{"from":"posts","fields":[{"as":"authorId","expr":{"col":["posts","authorId"]}},{"as":"n","expr":{"fn":"count","args":[]},"name":"n"}],"groupBy":[{"col":["posts","authorId"]}]}}],"from":{"cte":"counts"},"fields":[{"as":"n","expr":{"col":["counts","n"]}}],"where":{"op":"gt","args":[{"col":["counts","n"]},{"value":1}]}}})");
  CHECK(json(named) == R"({"n":2})");
  CHECK(json(select({cte.as("c")["n"]}).with(cte).from(cte.as("c"))) == R"({"n":2})");
  const Cte digits("digits", sql("select 1 as i union all select i + 1 from digits where i < ", 3),
                   {{.key = "i"}});
  CHECK(json(select().with(digits).from(digits)) == R"({"i":1}{"i":2}{"i":3})");
  CHECK(json(select({{"n", sql("value")}}).from(sql("json_each(", std::string("[4]"), ")"))) ==
        R"({"n":4})");
}

TEST_CASE_FIXTURE(Shop, "selects are combined from left to right") {
  fill();
  const auto names = select({users["name"]}).from(users);
  const auto titles = select({{"name", posts["title"]}}).from(posts);
  const auto all = names.union_all(titles).union_with(names).intersect(names).except(
      names.where(users["name"] == "Bob"));
  const std::string operands = document(all);
  for (const char* op : {"unionAll", "union", "intersect", "except"})
    CHECK(operands.find("{\"op\":\"" + std::string(op) + "\"") != std::string::npos);
  CHECK(json(all) == R"({"name":"Ada"})");
  CHECK(json(names.union_all(titles).order_by(asc(users["name"])).limit(2)) ==
        R"({"name":"Ada"}{"name":"Bob"})");
  // The limit before is the operand's own.
  CHECK(json(names.order_by(desc(users["id"])).limit(1).union_all(titles.limit(1))) ==
        R"({"name":"Bob"}{"name":"Engines"})");
}

}  // namespace
