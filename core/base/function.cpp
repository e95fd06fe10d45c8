#include "base/function.h"

#include <algorithm>
#include <array>

namespace virga {
namespace {

// In the order of the enumeration, so that a function is its own index.
constexpr std::array<std::string_view, 5> names{"count", "sum", "avg", "min", "max"};

}  // namespace

std::string_view function_name(Function function) {
  return names[static_cast<std::size_t>(function)];
}

std::optional<Function> function_from_name(std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Function>(found - names.begin());
}

std::vector<std::string> function_names() { return {names.begin(), names.end()}; }

}  // namespace virga
