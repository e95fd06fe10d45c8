// Which rows of the parents a child belongs to, in whatever order the keys come.

#include "exec/key_index.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace virga;
using namespace virga::exec;

const std::vector<std::size_t> first_slot{0};

Keys keys_of(const std::vector<Value>& values) {
  Keys keys;
  keys.reset(1);
  for (const Value& value : values) {
    const ValueView cell(value);
    keys.add({&cell, 1}, first_slot);
  }
  return keys;
}

std::vector<std::uint32_t> found(KeyIndex& index, const Value& key) {
  const ValueView cell(key);
  std::vector<std::uint32_t> rows;
  for (auto row = index.first({&cell, 1}, first_slot); row != KeyIndex::end; row = index.next(row))
    rows.push_back(row);
  return rows;
}

/// As SQLite compares: numbers by value, null with nothing.
std::vector<std::uint32_t> expected(const std::vector<Value>& values, const Value& key) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < values.size(); ++row)
    if (!(key == Value()) && values[row] == key) rows.push_back(row);
  return rows;
}

TEST_CASE("children find the rows of their parents in any order") {
  const std::uint32_t seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const auto below = [&](std::uint32_t limit) {
    return static_cast<std::uint32_t>(random() % limit);
  };
  KeyIndex index;
  for (int round = 0; round < 300; ++round) {
    // Rising with gaps, shuffled, with duplicates and nulls, or texts.
    const std::uint32_t kind = below(4);
    std::vector<Value> values;
    std::int64_t last = 0;
    for (std::uint32_t count = below(60); count > 0; --count) {
      last += 1 + below(4) * below(4);
      if (kind == 3)
        values.emplace_back("key" + std::to_string(below(40)));
      else if (kind == 2)
        values.push_back(below(8) == 0 ? Value() : Value(std::int64_t{below(40)}));
      else
        values.emplace_back(last);
    }
    if (kind == 1) std::shuffle(values.begin(), values.end(), random);
    const Keys keys = keys_of(values);
    index.build(keys);

    // Every key several times, some that no row has, mostly in order.
    std::vector<Value> asked = values;
    asked.insert(asked.end(), values.begin(), values.end());
    for (int more = 0; more < 20; ++more) asked.emplace_back(std::int64_t{below(200)});
    std::sort(asked.begin(), asked.end(), [](const Value& a, const Value& b) {
      const auto* left = std::get_if<std::int64_t>(&a);
      const auto* right = std::get_if<std::int64_t>(&b);
      return left && right ? *left < *right : right != nullptr;
    });
    for (std::uint32_t swaps = below(3) * below(30); swaps > 0 && !asked.empty(); --swaps)
      std::swap(asked[below(static_cast<std::uint32_t>(asked.size()))],
                asked[below(static_cast<std::uint32_t>(asked.size()))]);
    CAPTURE(round);
    for (const Value& key : asked) CHECK(found(index, key) == expected(values, key));
  }
}

TEST_CASE("an integral real finds its integer, whether keys rise or not") {
  for (const auto& values :
       {std::vector<Value>{std::int64_t{1}, std::int64_t{2}, std::int64_t{5}},
        std::vector<Value>{std::int64_t{5}, std::int64_t{2}, std::int64_t{1}}}) {
    const Keys keys = keys_of(values);
    KeyIndex index;
    index.build(keys);
    CHECK(found(index, 2.0) == std::vector<std::uint32_t>{1});
    CHECK(found(index, 2.5).empty());
    CHECK(found(index, Value()).empty());
    CHECK(found(index, "2").empty());
  }
}

TEST_CASE("a range of keys ends where a key does not follow") {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  const Keys keys = keys_of({std::int64_t{1}, std::int64_t{2}, 3.0, std::int64_t{3},
                             std::int64_t{5}, std::string("6"), Value(), most - 1, most, least,
                             std::int64_t{9}, std::int64_t{8}, std::int64_t{7}, std::int64_t{8}});
  const std::vector<std::uint32_t> lengths{3, 2, 1, 1, 1, 1, 1, 2, 1, 1, 3, 2, 2, 1};
  REQUIRE(keys.rows() == lengths.size());
  for (std::uint32_t row = 0; row < keys.rows(); ++row) {
    CAPTURE(row);
    CHECK(keys.range(row) == lengths[row]);
  }
  for (const ValueView inside : {ValueView(std::int64_t{3}), ValueView(3.0)})
    CHECK(keys.position(0, 3, inside) == 2);
  for (const ValueView outside :
       {ValueView(std::int64_t{0}), ValueView(std::int64_t{4}), ValueView(2.5),
        ValueView(std::string_view("2")), ValueView(), ValueView(least), ValueView(most)})
    CHECK(keys.position(0, 3, outside) == 3);
  CHECK(keys.position(7, 2, ValueView(most)) == 1);
  CHECK(keys.position(10, 3, ValueView(std::int64_t{9})) == 0);
  CHECK(keys.position(10, 3, ValueView(std::int64_t{7})) == 2);
  CHECK(keys.position(10, 3, ValueView(std::int64_t{6})) == 3);
  CHECK(keys.position(10, 3, ValueView(std::int64_t{10})) == 3);
}

}  // namespace
