#include <cmath>
#include <string>

#include "base/bytes.h"
#include "exec/frame.h"

namespace virga::exec {
namespace {

/// Reads one value; false for a tag that does not exist.
bool read_value(ByteReader& reader, ValueView& value) {
  const auto tag = static_cast<Tag>(reader.u8());
  switch (tag) {
    case Tag::null: value = {}; return true;
    case Tag::integer: {
      const double integer = reader.f64();
      // Also false for NaN.
      const bool exact = std::abs(integer) <= static_cast<double>(max_safe_integer) &&
                         std::trunc(integer) == integer;
      value = exact ? static_cast<std::int64_t>(integer) : 0;
      return exact;
    }
    case Tag::int64: value = reader.i64(); return true;
    case Tag::real: value = reader.f64(); return true;
    case Tag::text:
    case Tag::blob: {
      const auto bytes = reader.raw(reader.u32());
      value = {tag == Tag::text ? ValueView::Kind::text : ValueView::Kind::blob,
               {reinterpret_cast<const char*>(bytes.data()), bytes.size()}};
      return true;
    }
    case Tag::wide: break;
  }
  return false;
}

void write_value(ByteWriter& writer, const ValueView& value) {
  const auto tag = [&](Tag of) { writer.u8(static_cast<std::uint8_t>(of)); };
  const auto bytes = [&](Tag of) {
    tag(of);
    writer.u32(static_cast<std::uint32_t>(value.size));
    writer.text(value.bytes());
  };
  switch (value.kind) {
    case ValueView::Kind::null: return tag(Tag::null);
    case ValueView::Kind::integer: tag(Tag::int64); return writer.i64(value.integer);
    case ValueView::Kind::real: tag(Tag::real); return writer.f64(value.real);
    case ValueView::Kind::text: return bytes(Tag::text);
    case ValueView::Kind::blob: return bytes(Tag::blob);
  }
}

}  // namespace

Result<void> read_parameters(std::span<const std::byte> bytes, std::vector<ValueView>& values) {
  ByteReader reader(bytes);
  const std::uint32_t count = reader.u32();
  // Every value has a tag at least; without this check a wrong count would reserve gigabytes.
  if (!reader.ok() || count > reader.remaining())
    return fail(Code::malformed_parameters, "A parameter block holds as many values as it counts.");
  values.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const bool known = read_value(reader, values[i]);
    if (known && reader.ok()) continue;
    return fail(Code::malformed_parameters,
                reader.ok() ? "A parameter's tag is 0 to 5, and an INTEGER of tag 1 is whole."
                            : "A parameter's bytes lie inside the block.",
                "parameters[" + std::to_string(i) + "]");
  }
  if (reader.remaining() != 0)
    return fail(Code::malformed_parameters, "A parameter block ends after its last value.");
  return {};
}

std::vector<std::byte> write_parameters(std::span<const Value> values) {
  ByteWriter writer;
  writer.u32(static_cast<std::uint32_t>(values.size()));
  for (const Value& value : values) write_value(writer, value);
  return writer.take();
}

}  // namespace virga::exec
