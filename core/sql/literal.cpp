#include <cmath>

#include "base/text.h"
#include "sql/sql.h"

namespace virga::sql {
namespace {

std::string real_literal(double value) {
  // SQLite has no literal for the infinities; a number beyond the range of a double reads as one.
  if (std::isinf(value)) return value > 0 ? "9e999" : "-9e999";
  return to_json(Value(value));
}

}  // namespace

std::string literal(const Value& value) {
  return std::visit(overloaded{[](std::monostate) { return std::string("null"); },
                               [](std::int64_t integer) { return std::to_string(integer); },
                               [](double real) { return real_literal(real); },
                               [](const std::string& text) { return text::quote_literal(text); },
                               [](const Blob& blob) { return "x'" + to_hex(blob) + "'"; }},
                    value);
}

}  // namespace virga::sql
