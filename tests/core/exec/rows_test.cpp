#include "exec/rows.h"

#include "core/build/shop.h"

namespace {

using namespace virga;
using namespace virga::build;
using namespace std::chrono_literals;

/// The one row that a select of a field with this value gives.
template <class T>
Result<T> read_as(const Expression& value, schema::Codec codec = schema::Codec::any) {
  const auto schema = must(share({.tables = {table("t", {integer("id")})}}));
  auto database = must(Database::open());
  must(database.push(*schema));
  const auto rows =
      must(Session(database, schema)
               .run(select({{"x", sql(value).codec(codec)}}).from(sql("(select 1)"))));
  return rows[0].get<T>("x");
}

TEST_CASE("values as C++ types") {
  CHECK(read_as<std::int64_t>(std::int64_t{1} << 60) == std::int64_t{1} << 60);
  CHECK(read_as<int>(-5) == -5);
  CHECK(read_as<double>(0.5) == 0.5);
  CHECK(read_as<double>(2) == 2.0);
  CHECK(read_as<bool>(true) == true);
  CHECK(read_as<std::string>("text") == "text");
  CHECK(read_as<Blob>(Blob{{std::byte{1}}}) == Blob{{std::byte{1}}});
  CHECK(read_as<Value>("text") == Value("text"));
  CHECK_FALSE(must(read_as<std::optional<int>>(nullptr)));
  CHECK(must(read_as<std::optional<int>>(5)).value() == 5);
  CHECK(read_as<Time>(1500, schema::Codec::timestamp_ms) == Time(1500ms));
  CHECK(read_as<Time>(15, schema::Codec::timestamp) == Time(15s));
}

TEST_CASE("values that do not fit the type are refused") {
  const auto refused = [](const auto& result) {
    return !result && result.error().code == Code::invalid_value;
  };
  CHECK(refused(read_as<int>(std::int64_t{1} << 31)));
  CHECK(refused(read_as<double>((std::int64_t{1} << 53) + 1)));
  CHECK(refused(read_as<std::int64_t>(1.0)));
  CHECK(refused(read_as<bool>(2)));
  CHECK(refused(read_as<Blob>("text")));
  CHECK(refused(read_as<Time>(1500)));
  CHECK(refused(read_as<Time>(std::int64_t{1} << 60, schema::Codec::timestamp)));
  CHECK(refused(read_as<std::optional<int>>("5")));
  CHECK(must_fail(read_as<int>("5")).message == "Field \"x\" is TEXT \"5\", which is no int.");
  const Error null = must_fail(read_as<std::string>(nullptr));
  CHECK(null.message == "Field \"x\" is NULL, which is no text.");
  CHECK(null.hint == "A field that can be NULL is read as std::optional.");
}

TEST_CASE_FIXTURE(Shop, "fields that are not there, or are objects") {
  fill();
  const Rows rows = run(find(users).with("posts"));
  const Error unknown = must_fail(rows[0].get<int>("agee"));
  CHECK(unknown.code == Code::unknown_column);
  CHECK(unknown.message == "The row has no field \"agee\".");
  CHECK(unknown.hint.find("Nearest: \"age\"") == 0);
  CHECK(must_fail(rows[0].get<int>("posts")).code == Code::invalid_value);
  CHECK(rows[0].get<Time>("createdAt") == Time(1500ms));
}

TEST_CASE_FIXTURE(Shop, "rows one after the other, and the rows below them") {
  fill();
  std::string text;
  for (const Row& row : run(find(users).with("posts"))) {
    text += *row.get<std::string>("name") + ":";
    for (const Row& post : row.many("posts"))
      text += *post.get<std::string>("title") + (post["score"] == Value() ? "?" : "") + ",";
  }
  CHECK(text == "Ada:Engines,Notes?,Bob:");
}

}  // namespace
