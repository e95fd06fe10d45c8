#include "base/bytes.h"

#include <cstring>

namespace virga {

// Values are copied as they lie in memory; every platform Virga runs on is little-endian.
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

namespace {

template <class T>
void append(std::vector<std::byte>& bytes, T value) {
  const std::size_t at = bytes.size();
  bytes.resize(at + sizeof value);
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

}  // namespace

void ByteWriter::u8(std::uint8_t value) { bytes_.push_back(std::byte{value}); }
void ByteWriter::u32(std::uint32_t value) { append(bytes_, value); }
void ByteWriter::i64(std::int64_t value) { append(bytes_, value); }
void ByteWriter::f64(double value) { append(bytes_, value); }

void ByteWriter::raw(std::span<const std::byte> bytes) {
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

void ByteWriter::text(std::string_view bytes) {
  raw(std::as_bytes(std::span(bytes.data(), bytes.size())));
}

void ByteWriter::align(std::size_t alignment) {
  const std::size_t beyond = bytes_.size() % alignment;
  if (beyond != 0) bytes_.resize(bytes_.size() + alignment - beyond);
}

void ByteWriter::patch_u32(std::size_t offset, std::uint32_t value) {
  std::memcpy(bytes_.data() + offset, &value, sizeof value);
}

std::span<const std::byte> ByteReader::raw(std::size_t count) {
  if (!ok_ || count > remaining()) {
    ok_ = false;
    return {};
  }
  const auto part = bytes_.subspan(position_, count);
  position_ += count;
  return part;
}

template <class T>
T ByteReader::read() {
  T value{};
  const auto part = raw(sizeof value);
  if (ok_) std::memcpy(&value, part.data(), sizeof value);
  return value;
}

std::uint8_t ByteReader::u8() { return read<std::uint8_t>(); }
std::uint32_t ByteReader::u32() { return read<std::uint32_t>(); }
std::int64_t ByteReader::i64() { return read<std::int64_t>(); }
double ByteReader::f64() { return read<double>(); }

}  // namespace virga
