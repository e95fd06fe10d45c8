#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace virga::text {

/// Length of valid UTF-8 `text` in UTF-16 code units, as JavaScript counts it; nothing when the
/// bytes are not valid UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF).
/// Returns npos for invalid text.
std::size_t utf16_length(std::string_view text);
inline constexpr std::size_t npos = static_cast<std::size_t>(-1);

/// Replaces each maximal invalid sequence by U+FFFD, as the WHATWG decoder does
/// (https://encoding.spec.whatwg.org/#utf-8-decoder), so that byte offsets agree on both sides.
std::string replace_invalid(std::string_view text);

/// The candidate nearest to `name` by Damerau-Levenshtein distance, ignoring ASCII case; empty when
/// none is near enough to be a plausible slip (more than a third of the longer length, at least 1).
std::string nearest(std::string_view name, std::span<const std::string> candidates);

/// A hint sentence for an unknown name: the nearest candidate if there is one, then the (at most
/// ten) candidates. For example: `Nearest: "name". Candidates: "id", "name", "email".`
std::string candidates_hint(std::string_view name, std::span<const std::string> candidates);

/// `name` as an SQL identifier in double quotes, inner quotes doubled.
std::string quote_identifier(std::string_view name);

/// `text` as an SQL string literal in single quotes, inner quotes doubled.
std::string quote_literal(std::string_view text);

/// `parts` with `separator` between them.
std::string join(std::span<const std::string> parts, std::string_view separator);

}  // namespace virga::text
