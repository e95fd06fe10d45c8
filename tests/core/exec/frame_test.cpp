#include "exec/frame.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "core/exec/frame_samples.h"
#include "core/must.h"

using namespace virga;
using namespace virga::exec;

namespace {

/// What reading gives after writing `rows` as a frame of one step.
std::vector<Row> round_trip(const std::vector<Row>& rows) {
  FrameBuilder builder(1);
  builder.declare(0, static_cast<std::uint32_t>(rows.at(0).size()), LinkKind::none, 0);
  append_rows(builder, 0, rows);
  const auto bytes = must(builder.finish(0, 0));
  return rows_of(must(Frame::parse(bytes)), 0);
}

Value round_trip(const Value& value) { return round_trip(std::vector<Row>{{value}})[0][0]; }

}  // namespace

TEST_CASE("values come back as they were") {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const std::vector<Row> rows{
      {Value(), std::int64_t{0}, 0.0},
      {std::int64_t{-1}, least, most},
      {max_safe_integer, max_safe_integer + 1, -max_safe_integer},
      {-max_safe_integer - 1, infinity, -infinity},
      {5e-324, 1.7976931348623157e308, 0.1},
      {"", std::string("a\0b", 3), std::string(1, '\0')},
      {"\U0001F600", "\uFEFFmark", "Zo\u00EB \u20AC"},
      {"2", Blob{}, blob_of({0})},
      {blob_of({0xFF, 0xC0, 0x80}), "12", "a longer text, of more than sixteen bytes"},
  };
  CHECK(round_trip(rows) == rows);
}

TEST_CASE("the sign of zero and NaN survive") {
  CHECK(std::signbit(std::get<double>(round_trip(-0.0))));
  CHECK(!std::signbit(std::get<double>(round_trip(0.0))));
  CHECK(std::isnan(std::get<double>(round_trip(std::nan("")))));
}

TEST_CASE("invalid UTF-8 is replaced, and the texts after it stay right") {
  const std::vector<Row> rows{{"a\xFFz", "\xF0\x9F\x98", "after"}};
  const std::vector<Row> valid{{"a\uFFFDz", "\uFFFD", "after"}};
  CHECK(round_trip(rows) == valid);
}

TEST_CASE("a frame without steps, rows or columns") {
  CHECK(must(Frame::parse(must(FrameBuilder(0).finish(3, 4)))).changes() == 3);

  FrameBuilder builder(2);
  builder.declare(0, 2, LinkKind::none, 0);
  builder.declare(1, 1, LinkKind::many, 0);
  const auto no_rows = must(builder.finish(0, 0));
  const Frame empty = must(Frame::parse(no_rows));
  CHECK(empty.rows(0) == 0);
  CHECK(empty.rows(1) == 0);

  FrameBuilder without_columns(2);
  without_columns.declare(0, 0, LinkKind::none, 0);
  without_columns.declare(1, 1, LinkKind::one, 0);
  append_rows(without_columns, 0, {{}, {}, {}});
  append_rows(without_columns, 1, {{std::int64_t{7}}});
  without_columns.link(1, 2, 0);
  const auto bytes = must(without_columns.finish(0, 0));
  const Frame frame = must(Frame::parse(bytes));
  CHECK(frame.rows(0) == 3);
  CHECK(frame.columns(0) == 0);
  CHECK(frame.children(1, 0).empty());
  CHECK(frame.children(1, 2) == std::vector<std::uint32_t>{0});
}

TEST_CASE("a builder that is used again starts anew") {
  FrameBuilder builder(2);
  builder.declare(0, 1, LinkKind::none, 0);
  builder.declare(1, 1, LinkKind::one, 0);
  append_rows(builder, 0, {{"a text"}, {blob_of({1})}});
  append_rows(builder, 1, {{std::int64_t{1}}});
  builder.link(1, 0, 0);
  must(builder.finish(1, 1));
  for (const bool shrunk : {false, true}) {
    if (shrunk) builder.shrink();
    builder.reset(1);
    builder.declare(0, 2, LinkKind::none, 0);
    append_rows(builder, 0, {{"b", std::int64_t{2}}});
    const auto bytes = must(builder.finish(0, 0));
    const Frame frame = must(Frame::parse(bytes));
    CHECK(frame.steps() == 1);
    CHECK(rows_of(frame, 0) == std::vector<Row>{{"b", std::int64_t{2}}});
  }
}

TEST_CASE("links keep call order, share children, and to one keeps the first") {
  FrameBuilder builder(3);
  builder.declare(0, 1, LinkKind::none, 0);
  builder.declare(1, 1, LinkKind::many, 0);
  builder.declare(2, 1, LinkKind::one, 1);
  append_rows(builder, 0, {{"a"}, {"b"}, {"c"}});
  append_rows(builder, 1, {{"x"}, {"y"}, {"z"}});
  append_rows(builder, 2, {{"one"}, {"two"}});
  builder.link(1, 2, 1);
  builder.link(1, 0, 2);
  builder.link(1, 2, 0);
  builder.link(1, 0, 1);
  builder.link(2, 1, 1);
  builder.link(2, 1, 0);
  builder.link(2, 2, 1);
  const auto bytes = must(builder.finish(0, 0));
  const Frame frame = must(Frame::parse(bytes));

  using Rows = std::vector<std::uint32_t>;
  CHECK(frame.children(1, 0) == Rows{2, 1});
  CHECK(frame.children(1, 1).empty());
  CHECK(frame.children(1, 2) == Rows{1, 0});
  CHECK(frame.children(2, 0).empty());
  CHECK(frame.children(2, 1) == Rows{1});
  CHECK(frame.children(2, 2) == Rows{1});
  CHECK(frame.children(0, 0).empty());
}

TEST_CASE("misuse of the builder is an error of ours, not a broken frame") {
  const auto finish = [](auto fill) {
    FrameBuilder builder(2);
    builder.declare(0, 2, LinkKind::none, 0);
    builder.declare(1, 1, LinkKind::many, 0);
    fill(builder);
    return must_fail(builder.finish(0, 0)).code;
  };
  CHECK(finish([](FrameBuilder& b) { append_rows(b, 0, {{std::int64_t{1}}}); }) == Code::internal);
  CHECK(finish([](FrameBuilder& b) { b.link(1, 0, 0); }) == Code::internal);
  CHECK(finish([](FrameBuilder& b) { b.link(0, 0, 0); }) == Code::internal);
  CHECK(finish([](FrameBuilder& b) { b.declare(1, 1, LinkKind::one, 1); }) == Code::internal);
  CHECK(finish([](FrameBuilder& b) {
          b.declare(0, 0, LinkKind::none, 0), append_rows(b, 0, {{Value()}});
        }) == Code::internal);
}

TEST_CASE("a frame beyond the limit is refused") {
  const auto finish = [](std::uint64_t limit, std::size_t text, std::size_t blob) {
    FrameBuilder builder(1, limit);
    builder.declare(0, 2, LinkKind::none, 0);
    append_rows(builder, 0, {{std::string(text, 'x'), Blob{std::vector<std::byte>(blob)}}});
    return builder.finish(0, 0);
  };
  constexpr std::size_t rest = 48 + 32 + 2 * 9;
  CHECK(must(finish(rest + 12, 7, 5)).size() == rest + 12);
  for (const auto& [text, blob] : {std::pair{8, 5}, {7, 6}, {1000, 0}, {0, 1000}}) {
    const auto size = [](int bytes) { return static_cast<std::size_t>(bytes); };
    CHECK(must_fail(finish(rest + 12, size(text), size(blob))).code == Code::result_too_large);
  }
}
