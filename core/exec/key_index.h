#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/buffer.h"
#include "base/value.h"

namespace virga::exec {

/// The key cells of a step's rows, by which child rows find their parents: one cell per key column
/// and row, row-major. Owns the bytes of texts and blobs.
class Keys {
 public:
  /// Forgets all keys; those that follow have `width` cells.
  void reset(std::size_t width);
  /// Adds the key that is in `slots` of a row.
  void add(std::span<const ValueView> row, const std::vector<std::size_t>& slots);
  /// Gives much memory back.
  void shrink();

  std::size_t width() const { return width_; }
  std::size_t rows() const { return width_ == 0 ? 0 : cells_.size() / width_; }
  /// Whether they are single integers, each larger than the one before.
  bool rising() const { return rising_; }
  /// How many keys from this row on are a range: single integers, each larger by one than the one
  /// before, or each smaller by one. At least 1.
  std::uint32_t range(std::uint32_t row) const;
  /// How far from this row, where such a range of this length begins, a key is; `length` when it is
  /// not in the range.
  std::uint32_t position(std::uint32_t row, std::uint32_t length, const ValueView& key) const;
  /// Valid until the next add().
  ValueView cell(std::size_t row, std::size_t column) const;

 private:
  std::size_t width_ = 0;
  bool rising_ = true;
  Buffer<ValueView> cells_;  ///< a text or blob has the offset of its bytes as `integer`
  Buffer<char> bytes_;
};

/// Finds the rows that have a given key. Rows with the same key form a chain, in row order. Keys
/// compare as SQLite compares equal columns: an integral REAL equals the INTEGER, null equals
/// nothing.
///
/// Where keys rise and are asked for in that order, it is a merge of two ordered lists; the table
/// of hashes is made when one is asked for out of turn.
class KeyIndex {
 public:
  static constexpr std::uint32_t end = 0xFFFFFFFFu;

  /// Indexes keys that stay as they are while the index is used.
  void build(const Keys& keys);
  /// Gives much memory back.
  void shrink();

  /// The first row whose key is in `slots` of `row`; end when there is none.
  std::uint32_t first(std::span<const ValueView> row, const std::vector<std::size_t>& slots);
  /// The next row with the same key.
  std::uint32_t next(std::uint32_t row) const { return keys_->rising() ? end : next_[row]; }

 private:
  void hash_all();
  std::uint32_t near(const ValueView& key) const;
  template <class Cell>
  std::uint32_t place(const Cell& cell) const;
  const Keys* keys_ = nullptr;
  std::uint32_t rows_ = 0;
  std::uint32_t last_ = 0;       ///< the row that was found last
  Buffer<std::uint32_t> heads_;  ///< open addressing; the size is a power of two, or 0
  Buffer<std::uint32_t> next_;
};

}  // namespace virga::exec
