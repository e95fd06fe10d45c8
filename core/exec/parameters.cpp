#include <string>

#include "base/bytes.h"
#include "exec/frame.h"

namespace virga::exec {
namespace {

/// The tags of FRAME.md, "Parameters": those of cells, without the split of integers.
enum class ParameterTag : std::uint8_t { null = 0, int64 = 1, real = 3, text = 4, blob = 5 };

/// Reads one value into `value`, which is null; false for a tag that does not exist.
bool read_value(ByteReader& reader, Value& value) {
  const auto tag = static_cast<ParameterTag>(reader.u8());
  switch (tag) {
    case ParameterTag::null: return true;
    case ParameterTag::int64: value.emplace<std::int64_t>(reader.i64()); return true;
    case ParameterTag::real: value.emplace<double>(reader.f64()); return true;
    case ParameterTag::text: {
      const auto bytes = reader.raw(reader.u32());
      value.emplace<std::string>(reinterpret_cast<const char*>(bytes.data()), bytes.size());
      return true;
    }
    case ParameterTag::blob: {
      const auto bytes = reader.raw(reader.u32());
      value.emplace<Blob>().bytes.assign(bytes.begin(), bytes.end());
      return true;
    }
  }
  return false;
}

void write_value(ByteWriter& writer, const Value& value) {
  const auto tag = [&](ParameterTag of) { writer.u8(static_cast<std::uint8_t>(of)); };
  const auto length = [&](std::size_t bytes) { writer.u32(static_cast<std::uint32_t>(bytes)); };
  std::visit(overloaded{[&](std::monostate) { tag(ParameterTag::null); },
                        [&](std::int64_t integer) {
                          tag(ParameterTag::int64);
                          writer.i64(integer);
                        },
                        [&](double real) {
                          tag(ParameterTag::real);
                          writer.f64(real);
                        },
                        [&](const std::string& text) {
                          tag(ParameterTag::text);
                          length(text.size());
                          writer.text(text);
                        },
                        [&](const Blob& blob) {
                          tag(ParameterTag::blob);
                          length(blob.bytes.size());
                          writer.raw(blob.bytes);
                        }},
             value);
}

}  // namespace

Result<std::vector<Value>> read_parameters(std::span<const std::byte> bytes) {
  ByteReader reader(bytes);
  const std::uint32_t count = reader.u32();
  // Every value has a tag at least; without this check a wrong count would reserve gigabytes.
  if (!reader.ok() || count > reader.remaining())
    return fail(Code::malformed_parameters, "A parameter block holds as many values as it counts.");
  std::vector<Value> values(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const bool known = read_value(reader, values[i]);
    if (known && reader.ok()) continue;
    return fail(Code::malformed_parameters,
                reader.ok() ? "A parameter's tag is 0, 1, 3, 4 or 5."
                            : "A parameter's bytes lie inside the block.",
                "parameters[" + std::to_string(i) + "]");
  }
  if (reader.remaining() != 0)
    return fail(Code::malformed_parameters, "A parameter block ends after its last value.");
  return values;
}

std::vector<std::byte> write_parameters(std::span<const Value> values) {
  ByteWriter writer;
  writer.u32(static_cast<std::uint32_t>(values.size()));
  for (const Value& value : values) write_value(writer, value);
  return writer.take();
}

}  // namespace virga::exec
