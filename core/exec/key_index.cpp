#include "exec/key_index.h"

#include <bit>
#include <cstring>

#include "base/bit_cast.h"

namespace virga::exec {
namespace {

using Kind = ValueView::Kind;

/// -2^63 and 2^63 as doubles: the reals that an int64 can hold lie between.
constexpr double int64_low = -9223372036854775808.0;
constexpr double int64_high = 9223372036854775808.0;

/// Cells that are equal have the same form: an integral real is an integer.
ValueView normal(const ValueView& cell) {
  if (cell.kind != Kind::real || !(cell.real >= int64_low && cell.real < int64_high)) return cell;
  const auto integer = static_cast<std::int64_t>(cell.real);
  return static_cast<double>(integer) == cell.real ? ValueView(integer) : cell;
}

bool has_bytes(const ValueView& cell) { return cell.kind == Kind::text || cell.kind == Kind::blob; }

bool equal(const ValueView& a, const ValueView& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Kind::null: return false;
    case Kind::integer: return a.integer == b.integer;
    case Kind::real: return a.real == b.real;
    case Kind::text:
    case Kind::blob:
      return a.size == b.size && (a.size == 0 || std::memcmp(a.data, b.data, a.size) == 0);
  }
  return false;
}

/// Multiplies by an odd constant (2^64 divided by the golden ratio) and mixes the high bits down,
/// where the table looks.
std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  const std::uint64_t product = (hash ^ word) * 0x9E3779B97F4A7C15u;
  return product ^ (product >> 32);
}

std::uint64_t hash(std::uint64_t seed, const ValueView& cell) {
  if (!has_bytes(cell)) return mix(seed, bit_cast<std::uint64_t>(cell.integer));
  std::uint64_t result = mix(seed, cell.size);
  for (std::size_t at = 0; at < cell.size; at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, cell.data + at, std::min(sizeof word, cell.size - at));
    result = mix(result, word);
  }
  return result;
}

/// Buffers of up to so many elements are kept from one query to the next.
constexpr std::size_t kept_elements = 4096;

}  // namespace

void Keys::reset(std::size_t width) {
  width_ = width;
  rising_ = width == 1;
  cells_.clear();
  bytes_.clear();
}

void Keys::add(std::span<const ValueView> row, const std::vector<std::size_t>& slots) {
  for (const std::size_t slot : slots) {
    ValueView cell = normal(row[slot]);
    rising_ = rising_ && cell.kind == Kind::integer &&
              (cells_.empty() || cells_[cells_.size() - 1].integer < cell.integer);
    if (has_bytes(cell)) {
      const std::string_view bytes = cell.bytes();
      cell.integer = static_cast<std::int64_t>(bytes_.size());
      if (!bytes.empty()) std::memcpy(bytes_.grow(bytes.size()), bytes.data(), bytes.size());
    }
    cells_.push(cell);
  }
}

std::uint32_t Keys::range(std::uint32_t row) const {
  const auto follows = [](const ValueView& a, const ValueView& b) {
    return a.kind == Kind::integer && b.kind == Kind::integer && a.integer < b.integer &&
           a.integer + 1 == b.integer;
  };
  std::uint32_t rising = row + 1, falling = row + 1;
  if (width_ != 1) return 1;
  while (rising < cells_.size() && follows(cells_[rising - 1], cells_[rising])) ++rising;
  while (falling < cells_.size() && follows(cells_[falling], cells_[falling - 1])) ++falling;
  return std::max(rising, falling) - row;
}

std::uint32_t Keys::position(std::uint32_t row, std::uint32_t length, const ValueView& key) const {
  const ValueView cell = normal(key);
  const std::int64_t first = cells_[row].integer, last = cells_[row + length - 1].integer;
  if (cell.kind != Kind::integer || cell.integer < std::min(first, last) ||
      cell.integer > std::max(first, last))
    return length;
  return static_cast<std::uint32_t>(first <= last ? cell.integer - first : first - cell.integer);
}

void Keys::shrink() {
  cells_.shrink(kept_elements);
  bytes_.shrink(kept_elements);
}

ValueView Keys::cell(std::size_t row, std::size_t column) const {
  const ValueView& cell = cells_[row * width_ + column];
  if (!has_bytes(cell)) return cell;
  return {cell.kind, {bytes_.data() + cell.integer, cell.size}};
}

/// Where in the table a key is, or would be; end when one of its cells is null.
template <class Cell>
std::uint32_t KeyIndex::place(const Cell& cell) const {
  std::uint64_t key = 0;
  for (std::size_t column = 0; column < keys_->width(); ++column) {
    const ValueView part = cell(column);
    if (part.kind == Kind::null) return end;
    key = hash(key, part);
  }
  const auto mask = static_cast<std::uint32_t>(heads_.size() - 1);
  for (auto at = static_cast<std::uint32_t>(key) & mask;; at = (at + 1) & mask) {
    const std::uint32_t row = heads_[at];
    if (row == end) return at;
    std::size_t column = 0;
    while (column < keys_->width() && equal(keys_->cell(row, column), cell(column))) ++column;
    if (column == keys_->width()) return at;
  }
}

void KeyIndex::build(const Keys& keys) {
  keys_ = &keys;
  rows_ = static_cast<std::uint32_t>(keys.rows());
  last_ = 0;
  heads_.clear();
  if (!keys.rising()) hash_all();
}

void KeyIndex::hash_all() {
  heads_.resize(std::bit_ceil(std::size_t{rows_} * 2 + 1), end);
  next_.clear();
  next_.resize(rows_, end);
  // Backwards, so that each chain starts with its first row.
  for (std::uint32_t row = rows_; row-- > 0;) {
    const std::uint32_t at = place([&](std::size_t column) { return keys_->cell(row, column); });
    if (at == end) continue;
    next_[row] = heads_[at];
    heads_[at] = row;
  }
}

void KeyIndex::shrink() {
  heads_.shrink(kept_elements);
  next_.shrink(kept_elements);
}

/// Of keys that rise, the row with this key, if it is the last one found or follows soon.
std::uint32_t KeyIndex::near(const ValueView& key) const {
  const std::uint32_t until = std::min(last_ + 4, rows_);
  for (std::uint32_t row = last_; row < until; ++row)
    if (equal(keys_->cell(row, 0), key)) return row;
  return end;
}

std::uint32_t KeyIndex::first(std::span<const ValueView> row,
                              const std::vector<std::size_t>& slots) {
  const auto cell = [&](std::size_t column) { return normal(row[slots[column]]); };
  if (keys_->rising()) {
    const std::uint32_t row_near = near(cell(0));
    if (row_near != end) return last_ = row_near;
    if (heads_.empty()) hash_all();
  }
  const std::uint32_t at = place(cell);
  if (at == end || heads_[at] == end) return end;
  return last_ = heads_[at];
}

}  // namespace virga::exec
