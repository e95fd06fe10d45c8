#include "build/expression.h"

#include "core/build/shop.h"

namespace {

using namespace virga;
using namespace virga::build;

const Expression x = col("t", "x");
const std::string x_json = R"({"col":["t","x"]})";

/// The document of an operator between x and others.
std::string op(const std::string& name, const std::string& others) {
  return R"({"op":")" + name + R"(","args":[)" + x_json + others + "]}";
}

TEST_CASE("C++ values stand for expressions") {
  CHECK(document_of(5) == R"({"value":5})");
  CHECK(document_of(5u) == R"({"value":5})");
  CHECK(document_of(true) == R"({"value":1})");
  CHECK(document_of(0.5) == R"({"value":0.5})");
  CHECK(document_of("text") == R"({"value":"text"})");
  CHECK(document_of(std::string("text")) == R"({"value":"text"})");
  CHECK(document_of(std::string_view("text")) == R"({"value":"text"})");
  CHECK(document_of(Blob{{std::byte{255}}}) == R"({"value":{"blob":"ff"}})");
  CHECK(document_of(nullptr) == R"({"value":null})");
  CHECK(document_of(std::nullopt) == R"({"value":null})");
  CHECK(document_of(std::optional<int>()) == R"({"value":null})");
  CHECK(document_of(std::optional<int>(7)) == R"({"value":7})");
  CHECK(document_of(Value(std::int64_t{7})) == R"({"value":7})");
}

template <class A, class B>
concept Comparable = requires(A a, B b) {
  a == b;
  a != b;
};
static_assert(Comparable<Expression, int>);
static_assert(!Comparable<Expression, std::nullptr_t>);
static_assert(!Comparable<Expression, std::nullopt_t>);
static_assert(std::is_constructible_v<Expression, unsigned>);
static_assert(!std::is_constructible_v<Expression, std::uint64_t>);
static_assert(!std::is_convertible_v<const char*, Order>);

TEST_CASE("operators of C++, and their words") {
  const std::string one = R"(,{"value":1})";
  CHECK(document_of(x == 1) == op("eq", one));
  CHECK(document_of(x != 1) == op("ne", one));
  CHECK(document_of(x > 1) == op("gt", one));
  CHECK(document_of(x >= 1) == op("gte", one));
  CHECK(document_of(x < 1) == op("lt", one));
  CHECK(document_of(x <= 1) == op("lte", one));
  CHECK(document_of(!x) == op("not", ""));
  CHECK(document_of(x && x) == op("and", "," + x_json));
  CHECK(document_of(x || x) == op("or", "," + x_json));
  CHECK(document_of(1 == x) == R"({"op":"eq","args":[{"value":1},)" + x_json + "]}");
  CHECK(document_of(eq(x, 1)) == document_of(x == 1));
  CHECK(document_of(ne(x, 1)) == document_of(x != 1));
  CHECK(document_of(gt(x, 1)) == document_of(x > 1));
  CHECK(document_of(gte(x, 1)) == document_of(x >= 1));
  CHECK(document_of(lt(x, 1)) == document_of(x < 1));
  CHECK(document_of(lte(x, 1)) == document_of(x <= 1));
  CHECK(document_of(is_null(x)) == op("isNull", ""));
  CHECK(document_of(is_not_null(x)) == op("isNotNull", ""));
  CHECK(document_of(like(x, "a%")) == op("like", R"(,{"value":"a%"})"));
  CHECK(document_of(not_like(x, "a%")) == op("notLike", R"(,{"value":"a%"})"));
  CHECK(document_of(ilike(x, "a%")) == op("ilike", R"(,{"value":"a%"})"));
  CHECK(document_of(not_ilike(x, "a%")) == op("notIlike", R"(,{"value":"a%"})"));
  CHECK(document_of(between(x, 1, 2)) == op("between", R"(,{"value":1},{"value":2})"));
  CHECK(document_of(not_between(x, 1, 2)) == op("notBetween", R"(,{"value":1},{"value":2})"));
  CHECK(document_of(all_of({x, x, x})) == op("and", "," + x_json + "," + x_json));
  CHECK(document_of(any_of({x, x})) == document_of(x || x));
  CHECK(document_of(all_of({})) == R"({"value":1})");
  CHECK(document_of(any_of({})) == R"({"value":0})");
}

TEST_CASE("lists are braces, vectors or selects") {
  const std::string list = R"(,{"value":1},{"value":2})";
  CHECK(document_of(in(x, {1, 2})) == op("in", list));
  CHECK(document_of(in(x, {1})) == op("in", R"(,{"value":1})"));
  CHECK(document_of(in(x, std::vector<int>{1, 2})) == op("in", list));
  CHECK(document_of(not_in(x, {1, 2})) == op("notIn", list));
  CHECK(document_of(not_in(x, std::vector<std::int64_t>{1, 2})) == op("notIn", list));
  CHECK(document_of(in(x, {"a", "b"})) == op("in", R"(,{"value":"a"},{"value":"b"})"));
  const Select rows = select({{"one", 1}}).from("t");
  const std::string rows_json =
      R"({"select":{"from":"t","fields":[{"as":"one","expr":{"value":1}}]}})";
  CHECK(document_of(in(x, rows)) == op("in", "," + rows_json));
  CHECK(document_of(not_in(x, rows)) == op("notIn", "," + rows_json));
  CHECK(document_of(x == rows) == op("eq", "," + rows_json));
  CHECK(document_of(exists(rows)) == R"({"op":"exists","args":[)" + rows_json + "]}");
  CHECK(document_of(not_exists(sql("select 1"))) ==
        R"({"op":"notExists","args":[{"sql":["select 1"]}]})");
}

TEST_CASE("aggregates, related rows and references") {
  CHECK(document_of(count()) == R"({"fn":"count","args":[]})");
  const auto fn = [](const std::string& name, const std::string& rest) {
    return R"({"fn":")" + name + R"(","args":[)" + x_json + "]" + rest + "}";
  };
  CHECK(document_of(count(x)) == fn("count", ""));
  CHECK(document_of(sum(x)) == fn("sum", ""));
  CHECK(document_of(avg(x)) == fn("avg", ""));
  CHECK(document_of(min(x)) == fn("min", ""));
  CHECK(document_of(max(x)) == fn("max", ""));
  CHECK(document_of(count_distinct(x)) == fn("count", R"(,"distinct":true)"));
  CHECK(document_of(sum_distinct(x)) == fn("sum", R"(,"distinct":true)"));
  CHECK(document_of(avg_distinct(x)) == fn("avg", R"(,"distinct":true)"));
  CHECK(document_of(param(2)) == R"({"param":2})");
  CHECK(document_of(alias_ref("n")) == R"({"alias":"n"})");
  CHECK(document_of(excluded("x")) == R"({"col":["excluded","x"]})");
  CHECK(document_of(related("posts")) == R"({"related":{"relation":"posts"}})");
  CHECK(document_of(related("posts", {.of = "u", .where = x, .value = count()})) ==
        R"({"related":{"relation":"posts","of":"u","where":)" + x_json +
            R"(,"value":{"fn":"count","args":[]}}})");
}

TEST_CASE("SQL text: literals are text, everything else is a hole") {
  const std::string name = "'; drop table t";
  CHECK(document_of(sql("lower(", x, ") = ", name)) ==
        R"json({"sql":["lower(",)json" + x_json +
            R"json(,") = ",{"value":"'; drop table t"}]})json");
  CHECK(document_of(sql("1").codec(schema::Codec::boolean)) ==
        R"({"sql":["1"],"codec":"boolean"})");
  CHECK(document_of(sql(verbatim(name))) == R"({"sql":["'; drop table t"]})");
  CHECK(document_of(sql("exists (select 1 from ", Table("u"), ")")) ==
        R"json({"sql":["exists (select 1 from ",{"source":"u"},")"]})json");
  CHECK(document(raw("pragma user_version = ", 3)) ==
        R"({"raw":{"sql":["pragma user_version = ",{"value":3}]}})");
}

TEST_CASE("expressions that are not there can be asked for as any optional") {
  std::optional<Expression> filter;
  CHECK(!filter);
  filter = x == 1;
  CHECK(filter);
}

}  // namespace
