#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

#include "base/bytes.h"
#include "core/exec/frame_samples.h"
#include "core/must.h"

using namespace virga;
using namespace virga::exec;

namespace {

using Bytes = std::vector<std::byte>;

const std::vector<Value>& values() {
  static const std::vector<Value> values{
      Value(),
      std::int64_t{0},
      std::numeric_limits<std::int64_t>::min(),
      std::numeric_limits<std::int64_t>::max(),
      0.5,
      -std::numeric_limits<double>::infinity(),
      "",
      std::string("a\0b", 3),
      "Zo\u00EB \U0001F600",
      Blob{},
      blob_of({0, 0xFF}),
  };
  return values;
}

/// The error for a block, in a buffer of exactly its size.
Error refusal(const Bytes& bytes) {
  const Bytes exact(bytes.begin(), bytes.end());
  return must_fail(parameters_of(exact));
}

}  // namespace

TEST_CASE("parameters come back as they were") {
  CHECK(must(parameters_of(write_parameters(values()))) == values());
  CHECK(must(parameters_of(write_parameters({}))).empty());
  const std::vector<Value> special{-0.0, std::nan("")};
  const auto read = must(parameters_of(write_parameters(special)));
  CHECK(std::signbit(std::get<double>(read[0])));
  CHECK(std::isnan(std::get<double>(read[1])));
}

TEST_CASE("every truncation of a parameter block is refused") {
  const Bytes whole = write_parameters(values());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(refusal(part).code == Code::malformed_parameters);
  }
}

TEST_CASE("corrupt parameter blocks are refused or read safely") {
  const std::uint32_t seed = 20240229;
  CAPTURE(seed);
  std::mt19937 random(seed);
  const Bytes whole = write_parameters(values());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      Bytes bytes = whole;
      bytes[at] = static_cast<std::byte>(value);
      bytes[random() % bytes.size()] = static_cast<std::byte>(random());
      if (const auto read = parameters_of(bytes); !read)
        CHECK(read.error().code == Code::malformed_parameters);
    }
  }
}

TEST_CASE("a malformed block names the parameter") {
  Bytes bytes = write_parameters(values());
  bytes.push_back(std::byte{0});
  CHECK(refusal(bytes).message.find("ends after its last value") != std::string::npos);

  bytes = write_parameters(std::vector<Value>{Value(), Value()});
  bytes[5] = std::byte{6};
  CHECK(refusal(bytes).path == "parameters[1]");

  bytes = write_parameters({});
  bytes[3] = std::byte{0xFF};  // four billion values in no bytes
  CHECK(refusal(bytes).code == Code::malformed_parameters);
}

TEST_CASE("an INTEGER may come as a double, when it is whole and exact") {
  const auto block = [](double value) {
    ByteWriter writer;
    writer.u32(1);
    writer.u8(1);
    writer.f64(value);
    return writer.take();
  };
  for (const std::int64_t integer : {std::int64_t{0}, std::int64_t{-7}, max_safe_integer})
    CHECK(must(parameters_of(block(static_cast<double>(integer)))) == Row{integer});
  for (const double other : {0.5, 9007199254740992.0, HUGE_VAL, std::nan("")})
    CHECK(refusal(block(other)).path == "parameters[0]");
}
