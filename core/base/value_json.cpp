#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/value.h"

namespace virga {
namespace {

using Json = nlohmann::ordered_json;

/// The largest integer up to which every integer has an exact double, 2^53 - 1.
constexpr std::int64_t max_safe_integer = 9007199254740991;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, nlohmann::detail::error_handler_t::replace);
}

Json integer_json(std::int64_t integer) {
  if (integer >= -max_safe_integer && integer <= max_safe_integer) return integer;
  return Json{{"int", std::to_string(integer)}};
}

Json real_json(double real) {
  if (std::isinf(real)) return Json{{"real", real > 0 ? "inf" : "-inf"}};
  return real;
}

}  // namespace

std::string to_hex(const Blob& blob) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(blob.bytes.size() * 2);
  for (const std::byte byte : blob.bytes) {
    hex += digits[std::to_integer<std::size_t>(byte >> 4)];
    hex += digits[std::to_integer<std::size_t>(byte & std::byte{15})];
  }
  return hex;
}

std::string to_json(const Value& value) {
  return dump(std::visit(overloaded{[](std::monostate) { return Json(nullptr); },
                                    [](std::int64_t integer) { return integer_json(integer); },
                                    [](double real) { return real_json(real); },
                                    [](const std::string& text) { return Json(text); },
                                    [](const Blob& blob) {
                                      return Json{{"blob", to_hex(blob)}};
                                    }},
                         value));
}

std::string to_json(const Error& error) {
  return dump(Json{{"code", code_name(error.code)},
                   {"message", error.message},
                   {"path", error.path},
                   {"hint", error.hint},
                   {"sqliteCode", error.sqlite_code},
                   {"constraint", error.constraint},
                   {"sql", error.sql}});
}

}  // namespace virga
