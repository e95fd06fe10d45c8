#include "exec/read_value.h"

#include <array>
#include <limits>

namespace virga::exec {
namespace {

std::string_view storage_name(const Value& value) {
  constexpr std::array<std::string_view, 5> names{"NULL", "INTEGER", "REAL", "TEXT", "BLOB"};
  return names[value.index()];
}

Failure misfit(const Cell& cell, std::string_view type) {
  const bool null = std::holds_alternative<std::monostate>(cell.value);
  return fail(
      Code::invalid_value,
      "Field \"" + std::string(cell.name) + "\" is " + std::string(storage_name(cell.value)) +
          (null ? "" : " " + to_json(cell.value)) + ", which is no " + std::string(type) + ".",
      std::string(cell.name), null ? "A field that can be NULL is read as std::optional." : "");
}

template <class T>
Result<void> take(const Cell& cell, T& target, std::string_view type) {
  const T* value = std::get_if<T>(&cell.value);
  if (!value) return misfit(cell, type);
  target = *value;
  return {};
}

}  // namespace

Result<void> read(const Cell& cell, Value& target) {
  target = cell.value;
  return {};
}

Result<void> read(const Cell& cell, std::int64_t& target) { return take(cell, target, "integer"); }

Result<void> read(const Cell& cell, int& target) {
  const auto* integer = std::get_if<std::int64_t>(&cell.value);
  if (!integer || *integer < std::numeric_limits<int>::min() ||
      *integer > std::numeric_limits<int>::max())
    return misfit(cell, "int");
  target = static_cast<int>(*integer);
  return {};
}

Result<void> read(const Cell& cell, double& target) {
  constexpr std::int64_t exact = std::int64_t{1} << std::numeric_limits<double>::digits;
  const auto* integer = std::get_if<std::int64_t>(&cell.value);
  if (!integer || *integer < -exact || *integer > exact) return take(cell, target, "double");
  target = static_cast<double>(*integer);
  return {};
}

Result<void> read(const Cell& cell, bool& target) {
  const auto* integer = std::get_if<std::int64_t>(&cell.value);
  if (!integer || (*integer != 0 && *integer != 1)) return misfit(cell, "bool");
  target = *integer == 1;
  return {};
}

Result<void> read(const Cell& cell, std::string& target) { return take(cell, target, "text"); }

Result<void> read(const Cell& cell, Blob& target) { return take(cell, target, "blob"); }

Result<void> read(const Cell& cell, Time& target) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 1000;
  const auto* integer = std::get_if<std::int64_t>(&cell.value);
  if (integer && cell.codec == schema::Codec::timestamp_ms) {
    target = Time(std::chrono::milliseconds(*integer));
  } else if (integer && cell.codec == schema::Codec::timestamp && *integer >= -most &&
             *integer <= most) {
    target = Time(std::chrono::seconds(*integer));
  } else {
    return misfit(cell, "timestamp");
  }
  return {};
}

}  // namespace virga::exec
