#include "base/value.h"

namespace virga {

ValueView::ValueView(const Value& value) : ValueView() {
  std::visit(overloaded{[](std::monostate) {}, [&](std::int64_t of) { *this = of; },
                        [&](double of) { *this = of; },
                        [&](const std::string& of) { *this = std::string_view(of); },
                        [&](const Blob& of) {
                          const auto* first = reinterpret_cast<const char*>(of.bytes.data());
                          *this = ValueView(Kind::blob, {first, of.bytes.size()});
                        }},
             value);
}

Value ValueView::owned() const {
  switch (kind) {
    case Kind::null: return {};
    case Kind::integer: return integer;
    case Kind::real: return real;
    case Kind::text: return std::string(bytes());
    case Kind::blob: {
      const auto raw = std::as_bytes(std::span(data, size));
      return Blob{{raw.begin(), raw.end()}};
    }
  }
  return {};
}

}  // namespace virga
