#pragma once

#include <string>
#include <string_view>
#include <vector>

/// SQL text that SQLite has accepted, taken apart into tokens: enough to read declarations and to
/// compare expressions, by the rules of https://sqlite.org/lang_keywords.html and
/// https://sqlite.org/lang_expr.html.
namespace virga::schema {

/// A part of SQL text; spaces and comments are between tokens.
struct Token {
  enum class Kind {
    word,    ///< a keyword, a name without quotes or a number
    name,    ///< a name in quotes of any kind
    text,    ///< a string or blob literal
    symbol,  ///< an operator or a mark of punctuation
  };
  Kind kind = Kind::symbol;
  std::string_view text{};  ///< as it is written

  /// Whether it is this keyword, which is given in lower case, or this symbol.
  bool is(std::string_view word) const;
  /// The name that it writes, without its quotes.
  std::string name() const;
};

std::vector<Token> tokens(std::string_view sql);

/// Position of the token after the bracket that closes the one at `open`; the end when none does.
std::size_t after_bracket(const std::vector<Token>& tokens, std::size_t open);

/// The text in a form in which equal expressions are equal: one space between tokens, words in
/// lower case, names without quotes where they need none, no brackets around the whole.
std::string canonical(std::string_view sql);

/// Whether the text names something, in any case of its letters.
bool mentions(std::string_view sql, std::string_view name);

}  // namespace virga::schema
