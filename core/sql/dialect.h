#pragma once

#include <string_view>

namespace virga::sql {

/// What differs between SQL dialects, as data. Rendering itself is written once.
struct Dialect {
  std::string_view parameter_prefix;  ///< before the number of a numbered parameter
  std::string_view unlimited;  ///< the limit that an offset without limit needs; may be empty
};

inline constexpr Dialect sqlite{"?", "-1"};

}  // namespace virga::sql
