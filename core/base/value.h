#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
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

/// A value whose bytes somebody else owns: a cell of a statement's row, a parameter of a block.
/// Plain data, so that a row of them is filled and read without a call for each.
struct ValueView {
  enum class Kind : std::uint8_t { null, integer, real, text, blob };

  ValueView() : integer(0) {}
  ValueView(std::int64_t value) : kind(Kind::integer), integer(value) {}
  ValueView(double value) : kind(Kind::real), real(value) {}
  ValueView(std::string_view text) : ValueView(Kind::text, text) {}
  ValueView(Kind text_or_blob, std::string_view of)
      : kind(text_or_blob), size(of.size()), data(of.data()) {}
  /// Valid as long as `value` is not changed.
  ValueView(const Value& value);

  /// The bytes of a text or blob.
  std::string_view bytes() const { return {data, size}; }
  Value owned() const;

  Kind kind = Kind::null;
  std::size_t size = 0;  ///< bytes of a text or blob
  union {
    std::int64_t integer;
    double real;
    const char* data;
  };
};

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
