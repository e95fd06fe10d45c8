#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>

#include "core/db/database_test.h"

using namespace virga;
using namespace virga::db;

namespace {

/// Whether `text like pattern`; with an escape character, which SQLite's own function sees to.
std::int64_t matches(Statement& statement, std::string_view text, std::string_view pattern) {
  must(statement.bind(1, text));
  must(statement.bind(2, pattern));
  REQUIRE(must(statement.step()));
  const std::int64_t found = std::get<std::int64_t>(statement.value(0));
  statement.reset();
  return found;
}

std::string drawn(std::mt19937& random, std::size_t longest) {
  static constexpr std::string_view parts[] = {"a", "A", "b", "B",    "@",        "`",
                                               "%", "é", "_", "\xC3", {"\0x", 2}, "k\xE2\x84\xAA"};
  std::string text;
  for (std::size_t left = random() % (longest + 1); left > 0; --left)
    text += parts[random() % std::size(parts)];
  return text;
}

}  // namespace

TEST_CASE("LIKE finds words as SQLite's own does") {
  const std::uint32_t seed = 20261127;
  CAPTURE(seed);
  std::mt19937 random(seed);
  Connection connection = open_memory();
  Statement ours = must(connection.prepare("select ?1 like ?2"));
  Statement own = must(connection.prepare("select ?1 like ?2 escape '!'"));
  int found = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = drawn(random, 12);
    std::string pattern = drawn(random, 3);
    if (round % 4 != 0) pattern = '%' + pattern + '%';
    CAPTURE(text);
    CAPTURE(pattern);
    const std::int64_t expected = matches(own, text, pattern);
    CHECK(matches(ours, text, pattern) == expected);
    found += expected == 1;
  }
  CHECK(found > 2'000);
}

TEST_CASE("LIKE of what is no text, and by an index") {
  Connection connection = open_memory(
      "create table t(a text collate nocase); create index i on t(a); "
      "insert into t values ('Rain'), ('grain'), (null)");
  CHECK(number(connection, "select 123 like '%2%'") == 1);
  CHECK(number(connection, "select x'414243' like '%b%'") == 1);
  CHECK(number(connection, "select null like '%b%' is null") == 1);
  CHECK(number(connection, "select 'ab' like null is null") == 1);
  CHECK(number(connection, "select count(*) from t where a like '%AI%'") == 2);
  CHECK(must(connection.query_plan("select * from t where a like 'ra%'")).front() ==
        "SEARCH t USING COVERING INDEX i (a>? AND a<?)");
}

namespace {

/// How many texts are like the pattern; the statement goes back to the cache meanwhile.
std::int64_t like(Connection& connection, std::string_view pattern) {
  Statement statement = must(connection.prepare("select count(*) from t where a like ?1"));
  must(statement.bind(1, pattern));
  REQUIRE(must(statement.step()));
  return std::get<std::int64_t>(statement.value(0));
}

}  // namespace

TEST_CASE("a pattern that says nothing of the beginning keeps the plan") {
  Connection connection = open_memory(
      "create table t(a text collate nocase); create index i on t(a); "
      "insert into t values ('Rain'), ('grain'), ('%in')");
  const auto prepared_again = [&] { return connection.counters().prepared_again; };
  CHECK(like(connection, "%ain%") == 2);
  CHECK(like(connection, "%r%") == 2);
  CHECK(like(connection, "_ain") == 1);
  CHECK(prepared_again() == 0);
  CHECK(like(connection, "ra%") == 1);
  CHECK(prepared_again() == 1);
  CHECK(like(connection, "%ra%") == 2);
  CHECK(prepared_again() == 2);
  CHECK(like(connection, "%in") == 3);
  CHECK(like(connection, "g%") == 1);
  CHECK(prepared_again() == 3);
}

TEST_CASE("a pattern may be what a partial index is for") {
  Connection connection = open_memory(
      "create table t(a text); create index i on t(a) where a = '%in'; "
      "insert into t values ('%in'), ('%a')");
  for (const std::string_view value : {"%in", "%a", "%in"}) {
    Statement statement = must(connection.prepare("select count(*) from t where a = ?1"));
    must(statement.bind(1, value));
    REQUIRE(must(statement.step()));
    CHECK(statement.value(0) == Value(std::int64_t{1}));
  }
}
