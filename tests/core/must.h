#pragma once

#include <doctest/doctest.h>

#include <ostream>
#include <utility>

#include "base/error.h"

namespace virga {

inline std::ostream& operator<<(std::ostream& out, Code code) { return out << code_name(code); }

/// The value of a result that a test expects to be there; fails the test with the error otherwise.
template <class T>
T must(Result<T> result) {
  if (!result) FAIL(to_json(result.error()));
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// The error of a result that a test expects to have failed.
template <class T>
Error must_fail(Result<T> result) {
  if (result) FAIL("an error was expected");
  return std::move(result.error());
}

}  // namespace virga
