#include "ast/ast.h"

#include <doctest/doctest.h>

#include "ast/build.h"

namespace {

using namespace virga;

TEST_CASE("a query document survives reading and writing unchanged") {
  for (
      const std::string document : {
          R"({"find":{"table":"users","first":true,"columns":["id"],"where":{"op":"and","args":[{"op":"eq","args":[{"col":["users","id"]},{"param":0}]},{"op":"isNull","args":[{"col":["users","name"]}]}]},"orderBy":[{"by":{"col":["users","id"]},"desc":true}],"offset":{"param":1},"with":[{"relation":"posts","limit":{"param":2},"with":[{"relation":"comments"}]}]}})",
          R"json({"select":{"from":"users","fields":[{"as":"n","expr":{"sql":["lower(",{"col":["users","name"]},")"],"codec":"text"}}],"distinct":true}})json",
          R"({"insert":{"table":"users","columns":["id","name"],"rows":[[{"default":true},{"param":0}]],"returning":true}})",
          R"({"update":{"table":"users","set":[{"column":"name","value":{"param":0}}],"returning":[{"as":"id","expr":{"col":["users","id"]}}]}})",
          R"({"delete":{"table":"users","where":{"op":"in","args":[{"col":["users","id"]},{"param":0},{"param":1}]}}})",
      }) {
    const auto query = ast::from_json(document);
    REQUIRE(query);
    CHECK(ast::to_json(*query) == document);
  }
}

TEST_CASE("whatever is not a query document is refused with its place") {
  const struct {
    std::string document, path;
  } cases[] = {
      {"", ""},
      {"[]", ""},
      {"{}", ""},
      {R"({"find":{}})", "find"},
      {R"({"find":{"table":1}})", "find.table"},
      {R"({"find":{"table":"t","wher":1}})", "find"},
      {R"({"find":{"table":"t","first":1}})", "find.first"},
      {R"({"find":{"table":"t","where":{"op":"equals","args":[]}}})", "find.where.op"},
      {R"({"find":{"table":"t","where":{"op":"eq","args":[{"param":0}]}}})", "find.where.args"},
      {R"({"find":{"table":"t","where":{"param":-1}}})", "find.where.param"},
      {R"({"find":{"table":"t","where":{"param":1e3}}})", "find.where.param"},
      {R"({"find":{"table":"t","where":{"col":["a"]}}})", "find.where.col"},
      {R"({"find":{"table":"t","with":[{"relation":"r","first":true}]}})", "find.with[0]"},
      {R"({"insert":{"table":"t","columns":["a"],"rows":[[]]}})", "insert.rows[0]"},
      {R"({"drop":{"table":"t"}})", ""},
  };
  for (const auto& [document, path] : cases) {
    CAPTURE(document);
    const auto query = ast::from_json(document);
    REQUIRE_FALSE(query);
    CHECK(query.error().code == Code::malformed_document);
    CHECK(query.error().path == path);
  }
}

TEST_CASE("nesting is bounded, so that no document can exhaust the stack") {
  std::string where = R"({"param":0})";
  std::string with;
  for (int i = 0; i < 500; ++i) {
    where = R"({"op":"not","args":[)" + where + "]}";
    with = R"([{"relation":"r","with":)" + (with.empty() ? "[]" : with) + "}]";
  }
  const auto deep_where = ast::from_json(R"({"delete":{"table":"t","where":)" + where + "}}");
  REQUIRE_FALSE(deep_where);
  CHECK(deep_where.error().message.find("nested deeper") != std::string::npos);
  const auto deep_with = ast::from_json(R"({"find":{"table":"t","with":)" + with + "}}");
  REQUIRE_FALSE(deep_with);
  CHECK(deep_with.error().message.find("nested deeper") != std::string::npos);
}

}  // namespace
