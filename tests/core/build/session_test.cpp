#include "core/build/shop.h"

namespace {

using namespace virga;
using namespace virga::build;

TEST_CASE_FIXTURE(Shop, "values travel as parameters, wherever they stand") {
  fill();
  const std::string name = "Ada' or 1 = 1 --";
  const auto trace = must(session().explain(
      select({users["id"], {"five", 5}}).from(users).where(users["name"] == name).limit(1)));
  CHECK(trace.statements[0].sql ==
        R"(select "id", ?1 from "users" where "users"."name" = ?2 limit ?3)");
  CHECK(trace.statements[0].parameters ==
        std::vector<Value>{std::int64_t{5}, name, std::int64_t{1}});
  CHECK(run(find(users).where(users["name"] == name)).empty());
}

TEST_CASE_FIXTURE(Shop, "parameters of the query's own come before its literals") {
  fill();
  const auto query =
      select({users["name"]}).from(users).where(users["age"] > 30 && users["name"] == param(0));
  CHECK(must(session().run(query, {"Ada"}))[0].get<std::string>("name") == "Ada");
  CHECK(must(session().run(query, {"Bob"})).empty());
  const Error error = must_fail(session().run(query));
  CHECK(error.code == Code::missing_parameter);
  CHECK(error.message == "The query has 1 parameters, but 0 values were given.");
  CHECK(error.path == "parameters[0]");
}

TEST_CASE_FIXTURE(Shop, "literals deep in a query are its own, shared parts stay as they are") {
  fill();
  const auto engines = select({posts["authorId"]}).from(posts).where(posts["title"] == "Engines");
  const auto twice =
      select({users["name"]}).from(users).where(in(users["id"], engines) && exists(engines));
  CHECK(json(twice) == R"({"name":"Ada"})");
  CHECK(json(twice) == R"({"name":"Ada"})");
}

TEST_CASE_FIXTURE(Shop, "more queries than the cache holds") {
  fill();
  for (std::size_t i = 0; i <= Session::cache_limit; ++i) {
    const std::string name = "n" + std::to_string(i);
    CHECK(run(select({{name, users["id"]}}).from(users).limit(1))[0].get<int>(name) == 1);
  }
}

TEST_CASE_FIXTURE(Shop, "a transaction is done as a whole, or not at all") {
  const auto names = [&] { return json(select({users["name"]}).from(users)); };
  must(session().transaction([&](Session& tx) -> Result<void> {
    VIRGA_TRY(tx.run(insert_into(users).values({{"name", "Ada"}})));
    const auto inner = tx.transaction([&](Session& nested) -> Result<Rows> {
      VIRGA_TRY(nested.run(insert_into(users).values({{"name", "Bob"}})));
      return nested.run(insert_into(users).values({{"name", "Ada"}}));
    });
    CHECK(inner.error().constraint == "users_name_unique");
    return {};
  }));
  CHECK(names() == R"({"name":"Ada"})");
  must_fail(session().transaction([&](Session& tx) -> Result<Rows> {
    VIRGA_TRY(tx.run(delete_from(users)));
    return tx.run(insert_into(posts).values({{"authorId", 9}, {"title", "?"}}));
  }));
  CHECK(names() == R"({"name":"Ada"})");
}

TEST_CASE_FIXTURE(Shop, "unknown names come with the nearest one") {
  const Error error = must_fail(session().run(find(users).where(users["nmae"] == "Ada")));
  CHECK(error.code == Code::unknown_column);
  CHECK(error.hint.find("Nearest: \"name\"") != std::string::npos);
}

TEST_CASE_FIXTURE(Shop, "a statement as written") {
  fill();
  CHECK(json(raw("select count(*) as n from users where id > ", 1)) == R"({"n":1})");
}

}  // namespace
