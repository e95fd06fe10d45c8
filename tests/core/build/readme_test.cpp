#include <doctest/doctest.h>

#include <fstream>
#include <iostream>
#include <sstream>

/// The `main` of readme_example.cpp.
int example_main();

namespace {

std::string read(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST_CASE("the C++ example of README.md is the one that is compiled here") {
  const std::string root = VIRGA_ROOT_FOLDER;
  const std::string example = read(root + "/tests/core/build/readme_example.cpp");
  REQUIRE_FALSE(example.empty());
  CHECK(read(root + "/README.md").find("```cpp\n" + example + "```\n") != std::string::npos);
}

TEST_CASE("the C++ example of README.md prints what it says") {
  std::ostringstream printed;
  std::streambuf* const before = std::cout.rdbuf(printed.rdbuf());
  const int status = example_main();
  std::cout.rdbuf(before);
  CHECK(status == 0);
  CHECK(printed.str() == R"({"id":1,"name":"Ada","posts":[{"id":1,"userId":1,"title":"On rain"}]})"
                         "\n1\n");
}

}  // namespace
