#include "build/find.h"

#include "core/build/shop.h"

namespace {

using namespace virga;
using namespace virga::build;

TEST_CASE_FIXTURE(Shop, "a relational query with every clause") {
  const auto query = find(users)
                         .columns({"name"})
                         .extra("upper", sql("upper(", users["name"], ")"))
                         .where(related("posts", {.where = posts["score"] > 4}))
                         .order_by(desc(users["id"]))
                         .limit(5)
                         .offset(0)
                         .with("posts", level()
                                            .columns({"title"})
                                            .order_by(posts["id"])
                                            .limit(1)
                                            .with("author", level().columns({"id"})));
  CHECK(
      document(query) ==
      R"json({"find":{"table":"users","columns":["name"],"extras":[{"as":"upper","expr":{"sql":["upper(",{"col":["users","name"]},")"]}}],"where":{"related":{"relation":"posts","where":{"op":"gt","args":[{"col":["posts","score"]},{"value":4}]}}},"orderBy":[{"by":{"col":["users","id"]},"desc":true}],"limit":{"value":5},"offset":{"value":0},"with":[{"relation":"posts","columns":["title"],"orderBy":[{"by":{"col":["posts","id"]}}],"limit":{"value":1},"with":[{"relation":"author","columns":["id"]}]}]}})json");
  fill();
  CHECK(json(query) ==
        R"({"name":"Ada","upper":"ADA","posts":[{"title":"Engines","author":{"id":1}}]})");
}

TEST_CASE_FIXTURE(Shop, "the first row, of a table by key") {
  CHECK(document(find_first("users").with("posts")) ==
        R"({"find":{"table":"users","first":true,"with":[{"relation":"posts"}]}})");
  CHECK(run(find_first("users")).empty());
  fill();
  CHECK(run(find_first("users").with("posts"))[0].many("posts").size() == 2);
}

}  // namespace
