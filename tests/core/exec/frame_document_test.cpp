#include <doctest/doctest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/exec/frame_samples.h"
#include "core/must.h"

using namespace virga;
using namespace virga::exec;

namespace {

/// The bytes of the code block of FRAME.md that starts with ```name. A line is an offset, then
/// hexadecimal bytes, then words; the offsets are checked on the way.
std::vector<std::byte> documented_bytes(const std::string& name) {
  const auto tests = std::filesystem::path(__FILE__).parent_path().parent_path().parent_path();
  std::ifstream file(tests.parent_path() / "core" / "exec" / "FRAME.md");
  REQUIRE(file);
  std::vector<std::byte> bytes;
  std::string line;
  while (std::getline(file, line) && line != "```" + name) continue;
  while (std::getline(file, line) && line != "```") {
    std::istringstream words(line.substr(0, line.size() < 43 ? line.size() : 43));
    std::size_t offset = 0;
    if (!(words >> offset)) continue;  // an empty line
    CHECK(offset == bytes.size());
    for (std::string word; words >> word;)
      bytes.push_back(static_cast<std::byte>(std::stoi(word, nullptr, 16)));
  }
  return bytes;
}

}  // namespace

TEST_CASE("the worked example of FRAME.md is what the builder writes and the reader reads") {
  const auto documented = documented_bytes("frame");
  REQUIRE(documented.size() == 191);
  CHECK(must(documented_frame()) == documented);

  const Frame frame = must(Frame::parse(documented));
  CHECK(frame.last_insert_rowid() == -1);
  CHECK(rows_of(frame, 0) ==
        std::vector<Row>{{std::int64_t{1}, "Ada"}, {std::int64_t{2}, "Zo\u00EB"}});
  CHECK(rows_of(frame, 1) == std::vector<Row>{{0.5, blob_of({0xCA, 0xFE})}});
  CHECK(frame.children(1, 0).empty());
  CHECK(frame.children(1, 1) == std::vector<std::uint32_t>{0});
}

TEST_CASE("the parameter block of FRAME.md is what is written and read") {
  const std::vector<Value> values{std::int64_t{2}, "h\u00E9", Value()};
  const auto documented = documented_bytes("parameters");
  CHECK(write_parameters(values) == documented);
  CHECK(must(parameters_of(documented)) == values);
}
