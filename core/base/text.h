#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace virga::text {

/// Whether every byte is ASCII.
inline bool is_ascii(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080u;
  std::uint64_t seen = 0;
  const auto look = [&](const char* at) {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    seen |= word;
  };
  if (text.size() < sizeof seen) {
    for (const char c : text) seen |= static_cast<unsigned char>(c);
    return (seen & high_bits) == 0;
  }
  // The last word overlaps the one before it where the size is no multiple of 8.
  const char* const last = text.data() + text.size() - sizeof seen;
  for (const char* at = text.data(); at < last; at += sizeof seen) look(at);
  look(last);
  return (seen & high_bits) == 0;
}

/// Copies a text; tells whether every byte is ASCII, which needs no second look at it.
inline bool copy(char* to, std::string_view from) {
  std::uint64_t seen = 0;
  const auto move = [&]<class Word>(std::size_t at, Word word) {
    std::memcpy(&word, from.data() + at, sizeof word);
    std::memcpy(to + at, &word, sizeof word);
    seen |= word;
  };
  const std::size_t size = from.size();
  // The last word overlaps the one before it where the size is no multiple of a word's.
  if (size >= 8) {
    for (std::size_t at = 0; at < size - 8; at += 8) move(at, std::uint64_t{});
    move(size - 8, std::uint64_t{});
  } else if (size >= 4) {
    move(0, std::uint32_t{});
    move(size - 4, std::uint32_t{});
  } else {
    for (std::size_t at = 0; at < size; ++at) move(at, std::uint8_t{});
  }
  return (seen & 0x8080808080808080u) == 0;
}

/// With the letters of ASCII in lower case, as SQLite compares names.
std::string lower(std::string_view text);

/// Length of valid UTF-8 `text` in UTF-16 code units, as JavaScript counts it; npos when the bytes
/// are not valid UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF).
std::size_t utf16_length(std::string_view text);
inline constexpr std::size_t npos = static_cast<std::size_t>(-1);

/// Bytes of the UTF-8 sequence at `at`, which must be inside `text`. Of an invalid sequence: its
/// longest part that could have begun a valid one, at least one byte.
struct Sequence {
  std::size_t bytes;
  bool valid;
  /// UTF-16 code units of a valid sequence.
  std::size_t utf16_units() const { return bytes == 4 ? 2 : 1; }
};
Sequence sequence_at(std::string_view text, std::size_t at);

/// Replaces each maximal invalid sequence by U+FFFD, as the WHATWG decoder does
/// (https://encoding.spec.whatwg.org/#utf-8-decoder), so that byte offsets agree on both sides.
std::string replace_invalid(std::string_view text);

/// The candidate nearest to `name`, ignoring ASCII case, counting inserted, missing, wrong and
/// swapped neighbouring characters; the first of equals. Empty when none is near enough to be a
/// plausible slip: at most a third of the longer length is wrong (always one, never everything).
std::string nearest(std::string_view name, std::span<const std::string> candidates);

/// A hint for an unknown name: the nearest candidate if there is one, then the candidates, of more
/// than ten the first ten. For example: `Nearest: "name". Candidates: "id", "name", "email".`
/// Empty when there are no candidates.
std::string candidates_hint(std::string_view name, std::span<const std::string> candidates);

/// `name` as an SQL identifier in double quotes, inner quotes doubled.
std::string quote_identifier(std::string_view name);

/// `text` as an SQL string literal in single quotes, inner quotes doubled.
std::string quote_literal(std::string_view text);

/// `parts` with `separator` between them.
std::string join(std::span<const std::string> parts, std::string_view separator);

}  // namespace virga::text
