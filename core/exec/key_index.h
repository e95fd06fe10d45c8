#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/value.h"
#include "db/database.h"

namespace virga::exec {

/// The key cells of a step's rows, by which child rows find their parents. One value per key column
/// and row, row-major.
struct Keys {
  std::size_t width = 0;
  std::vector<Value> values;
};

/// Finds the rows that have a given key. Rows with the same key form a chain, in row order. Keys
/// compare as SQLite compares equal columns: an integral REAL equals the INTEGER, null equals
/// nothing.
class KeyIndex {
 public:
  static constexpr std::uint32_t end = 0xFFFFFFFFu;

  explicit KeyIndex(const Keys& keys);

  /// The first row whose key is in `slots` of the current row of `statement`; end when there is
  /// none.
  std::uint32_t first(const db::Statement& statement, const std::vector<std::size_t>& slots);
  /// The next row with the same key.
  std::uint32_t next(std::uint32_t row) const { return next_[row]; }

 private:
  void insert(std::uint32_t& head, std::uint32_t row);
  // Single integer keys, by far the most frequent, skip the encoding into bytes.
  std::unordered_map<std::int64_t, std::uint32_t> integers_;
  std::unordered_map<std::string, std::uint32_t> others_;
  std::vector<std::uint32_t> next_;
  std::string scratch_;
};

}  // namespace virga::exec
