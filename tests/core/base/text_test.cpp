#include "base/text.h"

#include <doctest/doctest.h>

#include <string>

using namespace virga;
using Names = std::vector<std::string>;

TEST_CASE("utf16_length counts as JavaScript does") {
  CHECK(text::utf16_length("") == 0);
  CHECK(text::utf16_length("plain ASCII, longer than one word") == 33);
  CHECK(text::utf16_length(std::string_view("a\0b", 3)) == 3);
  CHECK(text::utf16_length("Zo\u00EB") == 3);
  CHECK(text::utf16_length("\u20AC") == 1);
  CHECK(text::utf16_length("\U0001F600") == 2);
  CHECK(text::utf16_length("1234567\u00EB12345678\U0001F60012345678x") == 7 + 1 + 8 + 2 + 9);
  CHECK(text::utf16_length("\xEF\xBB\xBFx") == 2);  // a byte order mark is a character like others
  CHECK(text::utf16_length("\uFFFF") == 1);
  CHECK(text::utf16_length("\U0010FFFF") == 2);
}

TEST_CASE("utf16_length refuses what RFC 3629 excludes") {
  for (const char* invalid : {
           "\x80",
           "\xC3",
           "a\xC3z",
           "\xE2\x82",
           "\xF0\x9F\x98",  // lone and cut off
           "\xC0\x80",
           "\xC1\xBF",
           "\xE0\x9F\xBF",
           "\xF0\x8F\xBF\xBF",  // overlong
           "\xED\xA0\x80",
           "\xED\xBF\xBF",  // surrogates
           "\xF4\x90\x80\x80",
           "\xF5\x80\x80\x80",
           "\xFE",
           "\xFF",  // above U+10FFFF
           "12345678\xFF"
           "12345678",
       }) {
    CAPTURE(invalid);
    CHECK(text::utf16_length(invalid) == text::npos);
    CHECK(text::utf16_length(text::replace_invalid(invalid)) != text::npos);
  }
}

TEST_CASE("replace_invalid does as the WHATWG decoder") {
  const std::string mark = "\xEF\xBF\xBD";
  CHECK(text::replace_invalid("Zo\u00EB \U0001F600") == "Zo\u00EB \U0001F600");
  CHECK(text::replace_invalid("a\xFFz") == "a" + mark + "z");
  // A cut sequence is one mark, and the byte that cut it stands for itself.
  CHECK(text::replace_invalid("\xE2\x82z") == mark + "z");
  CHECK(text::replace_invalid("\xF0\x9F\x98") == mark);
  CHECK(text::replace_invalid("\xF0\x9F\xC3\xAB") == mark + "\u00EB");
  // No sequence begins so: every byte is a mark.
  CHECK(text::replace_invalid("\xED\xA0\x80") == mark + mark + mark);
  CHECK(text::replace_invalid("\xC0\x80") == mark + mark);
  CHECK(text::replace_invalid("\xF4\x90\x80\x80") == mark + mark + mark + mark);
}

TEST_CASE("a copy has every byte, and tells whether all are ASCII") {
  for (std::size_t size = 0; size < 40; ++size) {
    std::string text(size, 'a');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i % 26);
    for (std::size_t place = 0; place <= size; ++place) {
      if (place < size) text[place] = '\x80';
      std::string copied(size + 1, '!');
      CHECK(text::copy(copied.data(), text) == (place == size));
      CHECK(copied == text + "!");
      if (place < size) text[place] = 'z';
    }
  }
}

TEST_CASE("is_ascii looks at every byte") {
  for (std::size_t size = 0; size < 40; ++size) {
    std::string text(size, 'x');
    CHECK(text::is_ascii(text));
    for (std::size_t at = 0; at < size; ++at) {
      text[at] = '\x80';
      CHECK_FALSE(text::is_ascii(text));
      text[at] = 'x';
    }
  }
}

TEST_CASE("nearest finds slips") {
  const Names columns{"id", "name", "email", "createdAt", "updatedAt"};
  CHECK(text::nearest("nmae", columns) == "name");
  CHECK(text::nearest("Email", columns) == "email");
  CHECK(text::nearest("emial", columns) == "email");
  CHECK(text::nearest("created_at", columns) == "createdAt");
  CHECK(text::nearest("createdat", columns) == "createdAt");
  CHECK(text::nearest("ids", columns) == "id");
  CHECK(text::nearest("password", columns) == "");
  CHECK(text::nearest("", columns) == "");
  CHECK(text::nearest("x", Names{"y"}) == "");  // everything would be wrong
  CHECK(text::nearest("ab", Names{"ac", "ad"}) == "ac");
  CHECK(text::nearest("name", Names{}) == "");
}

TEST_CASE("candidates_hint lists at most ten") {
  CHECK(text::candidates_hint("nam", Names{"id", "name"}) ==
        "Nearest: \"name\". Candidates: \"id\", \"name\".");
  CHECK(text::candidates_hint("zzz", Names{"id", "name"}) == "Candidates: \"id\", \"name\".");
  CHECK(text::candidates_hint("x", Names{}) == "");
  Names many;
  for (char c = 'a'; c <= 'l'; ++c) many.push_back(std::string(3, c));
  const std::string hint = text::candidates_hint("lll", many);
  CHECK(hint.find("Nearest: \"lll\"") == 0);
  CHECK(hint.find("\"jjj\" and 2 more.") != std::string::npos);
  CHECK(hint.find("\"kkk\"") == std::string::npos);
}

TEST_CASE("quoting doubles the quotes inside") {
  CHECK(text::quote_identifier("a\"b") == "\"a\"\"b\"");
  CHECK(text::quote_identifier("") == "\"\"");
  CHECK(text::quote_literal("it's") == "'it''s'");
  CHECK(text::join(Names{"a", "b", "c"}, ", ") == "a, b, c");
  CHECK(text::join(Names{}, ", ") == "");
}
