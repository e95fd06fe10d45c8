#include "base/bytes.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

using namespace virga;

TEST_CASE("values are written little-endian, and read back") {
  ByteWriter writer;
  writer.u8(0xAB);
  writer.u32(0x01020304);
  writer.i64(-2);
  writer.f64(-0.0);
  writer.text(std::string_view("a\0b", 3));
  const auto bytes = writer.take();

  CHECK(bytes[1] == std::byte{4});
  CHECK(bytes[4] == std::byte{1});
  CHECK(bytes[5] == std::byte{0xFE});

  ByteReader reader(bytes);
  CHECK(reader.u8() == 0xAB);
  CHECK(reader.u32() == 0x01020304);
  CHECK(reader.i64() == -2);
  CHECK(std::signbit(reader.f64()));
  CHECK(reader.raw(3)[1] == std::byte{0});
  CHECK(reader.ok());
  CHECK(reader.remaining() == 0);
}

TEST_CASE("align pads with zeros and patch_u32 overwrites") {
  ByteWriter writer;
  writer.align(8);
  CHECK(writer.size() == 0);
  writer.u32(0);
  writer.u8(7);
  writer.align(8);
  CHECK(writer.size() == 8);
  writer.patch_u32(0, 0xFFFFFFFF);
  const auto bytes = writer.take();
  CHECK(bytes[3] == std::byte{0xFF});
  CHECK(bytes[4] == std::byte{7});
  CHECK(bytes[7] == std::byte{0});
}

TEST_CASE("after a read past the end everything reads as zero") {
  const std::vector<std::byte> bytes(5, std::byte{0xFF});
  ByteReader reader(bytes);
  CHECK(reader.u32() == 0xFFFFFFFF);
  CHECK(reader.u32() == 0);
  CHECK(!reader.ok());
  CHECK(reader.u8() ==
        0);  // there is one byte left, but a caller must not take it for the next value
  CHECK(reader.raw(0).empty());
  CHECK(!reader.ok());
}

TEST_CASE("a read of more bytes than can exist is refused") {
  const std::vector<std::byte> bytes(5);
  ByteReader reader(bytes);
  reader.u8();
  CHECK(reader.raw(std::numeric_limits<std::size_t>::max()).empty());
  CHECK(!reader.ok());
}
