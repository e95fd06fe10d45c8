#include "plan/plan.h"

#include <doctest/doctest.h>

#include "bind/bind.h"
#include "schema/affinity.h"

namespace {

using namespace virga;

/// users 1-1 badges, 1-1 desks, whose key is never null; users 1-n posts (user_id not indexed) 1-n
/// comments (post_id indexed); notes hang on users by a text column.
const std::string document = R"({"tables":[
  {"key":"users","columns":[{"key":"id","type":"integer","codec":"integer","primaryKey":true}]},
  {"key":"posts","columns":[{"key":"id","type":"integer","codec":"integer","primaryKey":true},
    {"key":"userId","type":"integer","codec":"integer"}]},
  {"key":"comments","columns":[{"key":"id","type":"integer","codec":"integer","primaryKey":true},
    {"key":"postId","type":"integer","codec":"integer"},
    {"key":"stars","type":"integer","codec":"integer"}],
    "indexes":[{"name":"comments_post","columns":["postId"]}]},
  {"key":"desks","columns":[{"key":"userId","type":"integer","codec":"integer","notNull":true,"unique":"desks_user"}]},
  {"key":"badges","columns":[{"key":"userId","type":"integer","codec":"integer","unique":"badges_user"}]},
  {"key":"notes","columns":[{"key":"user","type":"text","codec":"text"}]}],
 "relations":[
  {"table":"users","name":"posts","kind":"many","target":"posts","fields":["id"],"references":["userId"]},
  {"table":"posts","name":"user","kind":"one","target":"users","fields":["userId"],"references":["id"]},
  {"table":"posts","name":"comments","kind":"many","target":"comments","fields":["id"],"references":["postId"]},
  {"table":"users","name":"desk","kind":"one","target":"desks","fields":["id"],"references":["userId"]},
  {"table":"users","name":"badge","kind":"one","target":"badges","fields":["id"],"references":["userId"]},
  {"table":"badges","name":"user","kind":"one","target":"users","fields":["userId"],"references":["id"]},
  {"table":"users","name":"notes","kind":"many","target":"notes","fields":["id"],"references":["user"]}]})";

plan::Plan plan_of(const std::string& find) {
  const auto schema = schema::from_json(document);
  REQUIRE(schema);
  const auto query = ast::from_json(R"({"find":)" + find + "}");
  REQUIRE(query);
  const auto binding = bind::bind(*query, *schema);
  REQUIRE(binding);
  return plan::plan(binding->query, binding->parameters, *schema);
}

std::vector<plan::Strategy> strategies(const std::string& find) {
  std::vector<plan::Strategy> result;
  for (const plan::Step& step : plan_of(find).steps) result.push_back(step.stitch.strategy);
  return result;
}

using plan::Strategy;
using Strategies = std::vector<Strategy>;

bool restricted(const plan::Step& step) {
  return std::get<bound::Select>(step.statement).where.has_value();
}

TEST_CASE("all parents: one statement a level, unrestricted") {
  const auto plan = plan_of(
      R"({"table":"users","with":[{"relation":"posts","with":[{"relation":"comments"}]}]})");
  REQUIRE(plan.steps.size() == 3);
  for (std::size_t i = 1; i < 3; ++i) {
    CHECK(plan.steps[i].stitch.strategy == Strategy::batch);
    CHECK_FALSE(restricted(plan.steps[i]));
  }
}

TEST_CASE("filtered parents: the batch repeats the filter") {
  const auto plan = plan_of(
      R"({"table":"users","where":{"op":"gt","args":[{"col":["users","id"]},{"param":0}]},"with":[{"relation":"posts","with":[{"relation":"comments"}]}]})");
  CHECK(restricted(plan.steps[1]));
  CHECK(restricted(plan.steps[2]));
}

TEST_CASE("looking a parent up by its primary key never reads the whole table") {
  const auto plan = plan_of(R"({"table":"posts","with":[{"relation":"user"}]})");
  CHECK(plan.steps[1].stitch.strategy == Strategy::batch);
  CHECK(restricted(plan.steps[1]));
}

TEST_CASE("limited parents: a loop where the key is indexed, else one unrestricted read") {
  const std::string limited =
      R"({"table":"users","limit":{"param":0},"with":[{"relation":"posts","with":[{"relation":"comments"},{"relation":"user"}]}]})";
  CHECK(strategies(limited) ==
        Strategies{Strategy::root, Strategy::batch, Strategy::loop, Strategy::loop});
  CHECK_FALSE(restricted(plan_of(limited).steps[1]));
}

TEST_CASE("a loop that gives all children of its parents reads ranges of keys") {
  const auto comments = [](const std::string& more) {
    return plan_of(R"({"table":"posts","limit":{"param":0},"with":[{"relation":"comments")" + more +
                   "}]}")
        .steps[1];
  };
  REQUIRE(comments("").stitch.strategy == Strategy::loop);
  REQUIRE(comments("").ranges);
  CHECK(comments("").ranges->order_by.empty());
  CHECK(comments(R"(,"orderBy":[{"by":{"col":["comments","id"]}}])").ranges->order_by.size() == 2);
  CHECK_FALSE(comments(R"(,"limit":{"param":1})").ranges);
  const auto where = [&](const std::string& column) {
    return comments(R"(,"where":{"op":"gt","args":[{"col":["comments",")" + column +
                    R"("]},{"param":1}]})")
        .ranges;
  };
  CHECK(where("stars"));
  CHECK_FALSE(where("id"));
  CHECK_FALSE(where("postId"));
  CHECK_FALSE(comments(R"(,"where":{"sql":["stars > 1"]})").ranges);
  const auto notes = plan_of(
      R"({"table":"users","limit":{"param":0},"with":[{"relation":"notes"},{"relation":"posts"}]})");
  CHECK(notes.steps[1].stitch.strategy == Strategy::loop);
  CHECK_FALSE(notes.steps[1].ranges);
  CHECK_FALSE(notes.steps[2].ranges);
}

TEST_CASE("all rows of two tables that are paired are read apart, in the order of each table") {
  const Strategies joined{Strategy::root, Strategy::join};
  const auto desks = [](const std::string& more) {
    return plan_of(R"({"table":"users",)" + more + R"("with":[{"relation":"desk"}]})");
  };
  const auto all = desks("");
  REQUIRE(all.steps[1].stitch.strategy == Strategy::batch);
  CHECK(all.steps[1].stitch.pairs);
  CHECK_FALSE(restricted(all.steps[1]));
  CHECK(desks(R"("where":{"op":"gt","args":[{"col":["users","id"]},{"param":0}]},)")
            .steps[1]
            .stitch.strategy == Strategy::join);
  CHECK(desks(R"("limit":{"param":0},)").steps[1].stitch.strategy == Strategy::join);
}

TEST_CASE("a to-one relation is joined to limited parents, or where each child has one parent") {
  CHECK(strategies(R"({"table":"posts","limit":{"param":0},"with":[{"relation":"user"}]})") ==
        Strategies{Strategy::root, Strategy::join});
  CHECK(strategies(R"({"table":"posts","with":[{"relation":"user"}]})") ==
        Strategies{Strategy::root, Strategy::batch});
  CHECK(strategies(R"({"table":"users","with":[{"relation":"badge"}]})") ==
        Strategies{Strategy::root, Strategy::join});
}

TEST_CASE("a relation below a joined one finds its key in the parent's statement") {
  const auto plan = plan_of(
      R"({"table":"badges","columns":[],"limit":{"param":0},"with":[{"relation":"user","with":[{"relation":"badge"},{"relation":"posts"}]}]})");
  REQUIRE(plan.steps.size() == 4);
  CHECK(plan.steps[2].stitch.strategy == Strategy::join);
  CHECK(plan.steps[2].stitch.carrier == 0);
  CHECK(plan.steps[3].stitch.parent_slots.front() == plan.steps[1].stitch.present);
}

TEST_CASE("SQL text is never put beside a table that it does not know") {
  const auto with_text = [](const std::string& member) {
    return strategies(R"({"table":"posts","limit":{"param":0},"with":[{"relation":"user"}],)" +
                      member + "}");
  };
  const Strategies separate{Strategy::root, Strategy::loop};
  CHECK(with_text(R"("where":{"sql":["id > 1"]})") == separate);
  CHECK(with_text(R"("orderBy":[{"by":{"sql":["id"]}}])") == separate);
  CHECK(with_text(R"("extras":[{"as":"next","expr":{"sql":["id + 1"]}}])") == separate);
  CHECK(strategies(R"({"table":"posts","limit":{"param":0},)"
                   R"("with":[{"relation":"user","where":{"sql":["id > 1"]}}]})") == separate);
}

TEST_CASE("a child with its own limit is run for each parent") {
  CHECK(strategies(R"({"table":"users","with":[{"relation":"posts","limit":{"param":0}}]})") ==
        Strategies{Strategy::root, Strategy::loop});
}

TEST_CASE("SQL text in a filter is evaluated once only") {
  const std::string find =
      R"({"table":"posts","where":{"sql":["random() > 0"]},"with":[{"relation":"comments"}]})";
  CHECK(strategies(find) == Strategies{Strategy::root, Strategy::loop});
}

TEST_CASE("keys of different affinity are compared by SQLite, not by us") {
  CHECK(strategies(R"({"table":"users","with":[{"relation":"notes"}]})") ==
        Strategies{Strategy::root, Strategy::loop});
}

TEST_CASE("key slots that no field shows stand behind the visible ones") {
  const auto plan =
      plan_of(R"({"table":"users","columns":[],"with":[{"relation":"posts","columns":["id"]}]})");
  CHECK(plan.steps[0].stitch.visible == 0);
  CHECK(plan.steps[1].stitch.visible == 1);
  CHECK(plan.steps[1].stitch.parent_slots == std::vector<std::size_t>{0});
  CHECK(plan.steps[1].stitch.child_slots == std::vector<std::size_t>{1});
}

}  // namespace
