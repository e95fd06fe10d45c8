#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace virga {

/// Appends little-endian values to a growing buffer.
class ByteWriter {
 public:
  void u8(std::uint8_t value);
  void u32(std::uint32_t value);
  void i64(std::int64_t value);
  void f64(double value);
  void raw(std::span<const std::byte> bytes);
  void text(std::string_view bytes);
  /// Pads with zero bytes to a multiple of `alignment`.
  void align(std::size_t alignment);
  /// Overwrites the u32 at `offset`, which must have been written before.
  void patch_u32(std::size_t offset, std::uint32_t value);

  std::size_t size() const { return bytes_.size(); }
  void reserve(std::size_t bytes) { bytes_.reserve(bytes); }
  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

/// Reads little-endian values with bounds checks: after the first read past the end every further
/// read gives zero and ok() is false, so callers check once at the end.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}
  std::uint8_t u8();
  std::uint32_t u32();
  std::int64_t i64();
  double f64();
  std::span<const std::byte> raw(std::size_t count);

  bool ok() const { return ok_; }
  std::size_t remaining() const { return bytes_.size() - position_; }

 private:
  template <class T>
  T read();
  std::span<const std::byte> bytes_;
  std::size_t position_ = 0;
  bool ok_ = true;
};

}  // namespace virga
