#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace virga {

/// The aggregate functions that the core knows by type; all others are SQL text.
enum class Function { count, sum, avg, min, max };

/// The word of a function, in the query document as in SQL.
std::string_view function_name(Function function);

/// The function with this name, or nothing.
std::optional<Function> function_from_name(std::string_view name);

/// The names of all functions.
std::vector<std::string> function_names();

}  // namespace virga
