#include "ast/ast.h"

#include <doctest/doctest.h>

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
          R"({"find":{"table":"users","extras":[{"as":"n","expr":{"related":{"relation":"posts","of":"users","where":{"op":"exists","args":[{"select":{"from":"posts"}}]},"value":{"fn":"max","args":[{"col":["posts","id"]}]}}}}]}})",
          R"json({"select":{"with":[{"name":"a","select":{"from":"users"}},{"name":"b","sql":["select 1"],"columns":[{"key":"n","name":"m","codec":"integer"}]}],"from":{"cte":"a","as":"x"},"joins":[{"kind":"left","source":{"select":{"from":"posts"},"as":"p"},"on":{"param":0}},{"kind":"cross","source":{"sql":["json_each(",{"param":1},")"]}},{"kind":"full","source":{"table":"users","as":"u"}}],"fields":[{"as":"o","fields":[{"as":"id","expr":{"col":["x","id"]},"name":"i"}]},{"as":"c","expr":{"fn":"count","args":[{"col":["x","id"]}],"distinct":true}}],"groupBy":[{"alias":"i"}],"having":{"value":1.5},"compounds":[{"op":"unionAll","select":{"from":"users"}}],"orderBy":[{"by":{"sql":["max(",{"source":"users"},")"]}}]}})json",
          R"({"insert":{"with":[{"name":"a","select":{"from":"users"}}],"table":"users","columns":["id"],"select":{"from":{"cte":"a"}},"conflicts":[{"target":[{"col":["users","id"]}],"where":{"param":0},"set":[{"column":"id","value":{"col":["excluded","id"]}}],"setWhere":{"param":1}},{}]}})",
          R"({"insert":{"table":"users","columns":["id"],"sql":["select 1"]}})",
          R"({"update":{"with":[{"name":"a","select":{"from":"users"}}],"table":"users","set":[{"column":"id","value":{"value":{"int":"9223372036854775807"}}}],"from":{"cte":"a"},"joins":[{"kind":"inner","source":"posts"}],"orderBy":[{"by":{"param":0}}],"limit":{"param":1},"offset":{"param":2}}})",
          R"({"delete":{"with":[{"name":"a","select":{"from":"users"}}],"table":"users","orderBy":[{"by":{"param":0}}],"limit":{"param":1},"offset":{"param":2}}})",
          R"({"raw":{"sql":["select ",{"param":0}]}})",
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
      {R"({"raw":{"sql":"select 1"}})", "raw.sql"},
      {R"({"select":{"from":{"select":{"from":"t"}}}})", "select.from"},
      {R"({"select":{"from":{"table":"t","alias":"a"}}})", "select.from"},
      {R"({"select":{"from":"t","fields":[{"as":"a","fields":[]}]}})", "select.fields[0].fields"},
      {R"({"select":{"from":"t","joins":[{"kind":"left"}]}})", "select.joins[0]"},
      {R"({"select":{"from":"t","compounds":[{"op":"plus","select":{"from":"t"}}]}})",
       "select.compounds[0].op"},
      {R"({"select":{"from":"t","where":{"fn":"max","args":[]}}})", "select.where"},
      {R"({"select":{"with":[{"name":"a","sql":[]}],"from":"t"}})", "select.with[0]"},
      {R"({"insert":{"table":"t","columns":[],"conflicts":[{"update":1}],"rows":[[]]}})",
       "insert.conflicts[0]"},
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
  std::string from = R"("t")";
  for (int i = 0; i < 500; ++i) {
    where = R"({"op":"not","args":[)" + where + "]}";
    from = R"({"as":"s","select":{"from":)" + from + "}}";
    with = R"([{"relation":"r","with":)" + (with.empty() ? "[]" : with) + "}]";
  }
  const auto deep_where = ast::from_json(R"({"delete":{"table":"t","where":)" + where + "}}");
  REQUIRE_FALSE(deep_where);
  CHECK(deep_where.error().message.find("nested deeper") != std::string::npos);
  const auto deep_with = ast::from_json(R"({"find":{"table":"t","with":)" + with + "}}");
  REQUIRE_FALSE(deep_with);
  CHECK(deep_with.error().message.find("nested deeper") != std::string::npos);
  const auto deep_from = ast::from_json(R"({"select":{"from":)" + from + "}}");
  REQUIRE_FALSE(deep_from);
  CHECK(deep_from.error().message.find("nested deeper") != std::string::npos);
}

}  // namespace
