#include "base/error.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace virga;

TEST_CASE("every code has a name of its own") {
  std::set<std::string> names;
  const int last = static_cast<int>(Code::internal);
  for (int code = 0; code <= last; ++code)
    names.insert(std::string(code_name(static_cast<Code>(code))));
  CHECK(names.size() == static_cast<std::size_t>(last) + 1);
  CHECK(names.count("unknown_column") == 1);
  CHECK(names.count("internal") == 1);
}

namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return fail(Code::invalid_query, "An even number is needed.", "number");
  return number / 2;
}

Result<int> quarter(int number) {
  VIRGA_ASSIGN(const int once, half(number));
  VIRGA_TRY(half(once));
  return half(once);
}

}  // namespace

TEST_CASE("errors pass through VIRGA_TRY and VIRGA_ASSIGN unchanged") {
  CHECK(quarter(12).value() == 3);
  for (const int number : {3, 6}) {
    const auto failed = quarter(number);
    REQUIRE(!failed);
    CHECK(failed.error().code == Code::invalid_query);
    CHECK(failed.error().message == "An even number is needed.");
    CHECK(failed.error().path == "number");
  }
}
