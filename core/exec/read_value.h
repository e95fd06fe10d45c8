#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/value.h"
#include "schema/schema.h"

/// The values of a result as C++ types.
namespace virga::exec {

/// One value of a row, and what is known of it.
struct Cell {
  std::string_view name;
  Value value{};
  schema::Codec codec = schema::Codec::any;
};

using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// Reads the cell into `target`. A value becomes a type that holds all of it: an INTEGER an integer
/// type it fits or, up to 2^53, a double, 0 and 1 a bool, a column of timestamps a Time; NULL an
/// empty optional. Errors: invalid_value.
Result<void> read(const Cell& cell, Value& target);
Result<void> read(const Cell& cell, std::int64_t& target);
Result<void> read(const Cell& cell, int& target);
Result<void> read(const Cell& cell, double& target);
Result<void> read(const Cell& cell, bool& target);
Result<void> read(const Cell& cell, std::string& target);
Result<void> read(const Cell& cell, Blob& target);
Result<void> read(const Cell& cell, Time& target);

template <class T>
Result<void> read(const Cell& cell, std::optional<T>& target) {
  if (std::holds_alternative<std::monostate>(cell.value)) return {};
  return read(cell, target.emplace());
}

}  // namespace virga::exec
