#include "exec/key_index.h"

#include <cstring>
#include <optional>

namespace virga::exec {
namespace {

/// -2^63 and 2^63 as doubles: the reals that an int64 can hold lie between.
constexpr double int64_low = -9223372036854775808.0;
constexpr double int64_high = 9223372036854775808.0;

bool integral(double real) {
  return real >= int64_low && real < int64_high &&
         static_cast<double>(static_cast<std::int64_t>(real)) == real;
}

/// The int64 that a cell equals, when it equals one.
std::optional<std::int64_t> as_integer(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  const auto* real = std::get_if<double>(&value);
  if (real && integral(*real)) return static_cast<std::int64_t>(*real);
  return std::nullopt;
}

template <class Number>
void append(std::string& key, char kind, Number number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  key += kind;
  key.append(bytes, sizeof number);
}

void append(std::string& key, char kind, const void* bytes, std::size_t size) {
  append(key, kind, static_cast<std::uint64_t>(size));
  if (size > 0) key.append(static_cast<const char*>(bytes), size);
}

/// Appends one key cell in a form that is equal exactly when the cells are. False for null.
bool append(std::string& key, const Value& value) {
  if (const auto integer = as_integer(value)) {
    append(key, 'i', *integer);
  } else if (const auto* real = std::get_if<double>(&value)) {
    append(key, 'r', *real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    append(key, 't', text->data(), text->size());
  } else if (const auto* blob = std::get_if<Blob>(&value)) {
    append(key, 'b', blob->bytes.data(), blob->bytes.size());
  } else {
    return false;
  }
  return true;
}

}  // namespace

KeyIndex::KeyIndex(const Keys& keys) {
  const std::size_t rows = keys.width == 0 ? 0 : keys.values.size() / keys.width;
  next_.assign(rows, end);
  if (keys.width == 1) integers_.reserve(rows);
  // Backwards, so that each chain starts with its first row.
  for (std::size_t row = rows; row-- > 0;) {
    const Value* cells = &keys.values[row * keys.width];
    const auto integer = keys.width == 1 ? as_integer(*cells) : std::nullopt;
    if (integer) {
      insert(integers_.try_emplace(*integer, end).first->second, static_cast<std::uint32_t>(row));
      continue;
    }
    scratch_.clear();
    bool complete = true;
    for (std::size_t i = 0; i < keys.width && complete; ++i) complete = append(scratch_, cells[i]);
    if (complete)
      insert(others_.try_emplace(scratch_, end).first->second, static_cast<std::uint32_t>(row));
  }
}

void KeyIndex::insert(std::uint32_t& head, std::uint32_t row) {
  next_[row] = head;
  head = row;
}

std::uint32_t KeyIndex::first(const db::Statement& statement,
                              const std::vector<std::size_t>& slots) {
  if (slots.size() == 1) {
    const int column = static_cast<int>(slots.front());
    const bool plain = statement.storage(column) == db::Statement::Storage::integer;
    const auto integer =
        plain ? std::optional(statement.integer(column)) : as_integer(statement.value(column));
    if (integer) {
      const auto found = integers_.find(*integer);
      return found == integers_.end() ? end : found->second;
    }
  }
  scratch_.clear();
  for (const std::size_t slot : slots)
    if (!append(scratch_, statement.value(static_cast<int>(slot)))) return end;
  const auto found = others_.find(scratch_);
  return found == others_.end() ? end : found->second;
}

}  // namespace virga::exec
