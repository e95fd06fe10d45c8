#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace virga {

/// Raw bytes, so that a BLOB is never mistaken for TEXT.
struct Blob {
  std::vector<std::byte> bytes;
  bool operator==(const Blob&) const = default;
};

/// One value of SQLite's five storage classes: NULL, INTEGER, REAL, TEXT (UTF-8), BLOB.
/// See https://sqlite.org/datatype3.html#storage_classes_and_datatypes
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;

/// The bytes as lower-case hexadecimal digits.
std::string to_hex(const Blob& blob);

/// The JSON form of a value, as documents, traces and golden files write it: null, a number, a
/// string; {"int":"…"} beyond 2^53, {"real":"inf"} for infinities, {"blob":"hex"}. A REAL always
/// shows a point or an exponent. Invalid UTF-8 becomes U+FFFD.
std::string to_json(const Value& value);

/// std::visit over several lambdas.
template <class... Functions>
struct overloaded : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
overloaded(Functions...) -> overloaded<Functions...>;

}  // namespace virga
