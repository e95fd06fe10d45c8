#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <random>

#include "core/exec/frame_samples.h"
#include "core/must.h"

using namespace virga;
using namespace virga::exec;

namespace {

using Bytes = std::vector<std::byte>;

/// A frame with everything in it: all tags, all links, pairs of surrogates, a step without columns.
Bytes rich_frame() {
  FrameBuilder builder(4);
  builder.declare(0, 3, LinkKind::none, 0);
  builder.declare(1, 2, LinkKind::many, 0);
  builder.declare(2, 1, LinkKind::one, 1);
  builder.declare(3, 0, LinkKind::many, 2);
  append_rows(builder, 0,
              {{std::int64_t{1}, "\U0001F600 hi", Value()},
               {std::numeric_limits<std::int64_t>::min(), "Zo\u00EB", 2.5}});
  append_rows(builder, 1, {{blob_of({1, 2, 3}), "x"}, {Blob{}, ""}, {Value(), "\u20AC"}});
  append_rows(builder, 2, {{"last \U0001F680"}, {std::int64_t{-9}}});
  append_rows(builder, 3, {{}});
  for (const auto& [parent, child] : {std::pair{1u, 0u}, {0u, 2u}, {1u, 1u}, {0u, 0u}})
    builder.link(1, parent, child);
  builder.link(2, 2, 1);
  builder.link(3, 0, 0);
  return must(builder.finish(5, 6));
}

/// Reads everything that can be read, for the sanitizers to watch. A corrupt count may promise four
/// billion rows without columns; they take no bytes and are not worth walking.
void walk(const Frame& frame) {
  std::vector<std::uint32_t> rows;
  for (std::size_t step = 0; step < frame.steps(); ++step) {
    const std::uint32_t walked = std::min(frame.rows(step), 10000u);
    rows.push_back(walked);
    for (std::uint32_t row = 0; row < walked; ++row)
      for (std::uint32_t column = 0; column < frame.columns(step); ++column)
        static_cast<void>(frame.value(step, row, column));
  }
  for (std::size_t step = 1; step < frame.steps(); ++step)
    for (std::uint32_t child : frame.children(step, 0)) CHECK(child < frame.rows(step));
}

/// Whether the bytes, in a buffer of exactly their size, are refused; otherwise they are read.
bool refused(const Bytes& bytes) {
  const Bytes exact(bytes.begin(), bytes.end());
  const auto frame = Frame::parse(exact);
  if (frame) {
    // children() of a parent step without rows would be a mistake of the caller.
    bool parents = frame->steps() > 0;
    for (std::size_t step = 0; step < frame->steps(); ++step) parents &= frame->rows(step) > 0;
    if (parents) walk(*frame);
    return false;
  }
  CHECK(frame.error().code == Code::malformed_frame);
  CHECK(!frame.error().message.empty());
  CHECK(!frame.error().path.empty());
  return true;
}

Bytes patched(Bytes bytes, std::size_t offset, std::uint32_t value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
  return bytes;
}

std::string refusal(const Bytes& bytes) { return must_fail(Frame::parse(bytes)).path; }

}  // namespace

TEST_CASE("every truncation of a frame is refused") {
  const Bytes whole = rich_frame();
  REQUIRE(!refused(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK(refused(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))));
  }
}

TEST_CASE("every single corrupt byte is refused or read safely" *
          doctest::test_suite("exhaustive")) {
  const Bytes whole = rich_frame();
  std::size_t refusals = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      CAPTURE(at);
      CAPTURE(value);
      Bytes bytes = whole;
      bytes[at] = static_cast<std::byte>(value);
      refusals += refused(bytes);
    }
  }
  CHECK(refusals > whole.size() * 64);
}

TEST_CASE("random damage is refused or read safely" * doctest::test_suite("exhaustive")) {
  const std::uint32_t seed = 20240229;
  CAPTURE(seed);
  std::mt19937 random(seed);
  const Bytes whole = rich_frame();
  // Numbers that overflow sums and products, and small ones that fit by chance.
  const std::array<std::uint32_t, 8> numbers{0,          1,          8,          0x7FFFFFFF,
                                             0x80000000, 0xFFFFFFF8, 0xFFFFFFFF, 0x20000000};
  for (int round = 0; round < 20000; ++round) {
    CAPTURE(round);
    Bytes bytes = whole;
    for (auto changes = random() % 4 + 1; changes > 0; --changes)
      bytes = patched(std::move(bytes), random() % (whole.size() / 4) * 4,
                      numbers[random() % numbers.size()]);
    refused(bytes);
  }
}

TEST_CASE("an error says where the frame is malformed") {
  const Bytes whole = must(documented_frame());
  CHECK(refusal(patched(whole, 0, 0)) == "header");
  CHECK(refusal(patched(whole, 4, 0xFFFFFFFF)) == "header");
  CHECK(refusal(patched(whole, 8, 0xFFFFFFFF)) == "header");
  CHECK(refusal(patched(whole, 16, 0xFFFFFFFF)) == "header");
  CHECK(refusal(patched(whole, 28, 3)) == "header");
  CHECK(refusal(patched(whole, 48, 0xFFFFFFFF)) == "steps[0].tags");
  CHECK(refusal(patched(whole, 56, 116)) == "steps[0].cells");
  CHECK(refusal(patched(whole, 96, 3)) == "steps[1].link");
  CHECK(refusal(patched(whole, 100, 1)) == "steps[1].link");
  CHECK(refusal(patched(whole, 160, 1)) == "steps[1].link");
  CHECK(refusal(patched(whole, 172, 1)) == "steps[1].link");
  CHECK(refusal(patched(whole, 124, 100)) == "steps[0].cells[1]");
  CHECK(refusal(patched(whole, 140, 100)) == "steps[0].cells[3]");
  CHECK(refusal(patched(whole, 116, 0x7FF00000)) == "steps[0].cells[0]");  // infinite INTEGER
  CHECK(refusal(patched(whole, 112, 1)) == "steps[0].cells[0]");           // INTEGER with fraction
}

TEST_CASE("a text may not start inside a surrogate pair") {
  FrameBuilder builder(1);
  builder.declare(0, 1, LinkKind::none, 0);
  append_rows(builder, 0, {{"\U0001F600\U0001F600"}});
  const Bytes whole = must(builder.finish(0, 0));
  CHECK(!refused(patched(whole, 84, 2)));
  CHECK(refusal(patched(whole, 84, 3)) == "steps[0].cells[0]");
  CHECK(refusal(patched(patched(whole, 80, 1), 84, 2)) == "steps[0].cells[0]");
}

TEST_CASE("a pool with texts that do not belong into it is refused") {
  for (const std::size_t at : {std::size_t{182}, std::size_t{187}}) {
    Bytes bytes = must(documented_frame());
    bytes[at] = std::byte{0xFF};
    CHECK(refusal(bytes) == "header");
  }
}
