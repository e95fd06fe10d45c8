#include "schema/sql_text.h"

#include <algorithm>

#include "base/text.h"

namespace virga::schema {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Where the comment or the spaces at the start of `rest` end; 0 when there are none.
std::size_t gap(std::string_view rest) {
  if (rest.starts_with("--")) return std::min(rest.find('\n'), rest.size());
  if (rest.starts_with("/*")) {
    const std::size_t end = rest.find("*/", 2);
    return end == std::string_view::npos ? rest.size() : end + 2;
  }
  return static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), is_space) -
                                  rest.begin());
}

/// Length of the text in quotes at the start; a doubled quote stands for one.
std::size_t quoted(std::string_view rest, char quote) {
  for (std::size_t at = 1; at < rest.size(); ++at) {
    if (rest[at] != quote) continue;
    if (quote == ']' || at + 1 == rest.size() || rest[at + 1] != quote) return at + 1;
    ++at;
  }
  return rest.size();
}

/// Length of a word; a number may hold a point and, after e, a sign.
std::size_t word(std::string_view rest) {
  const bool number = is_digit(rest[0]) || rest[0] == '.';
  std::size_t at = 1;
  for (; at < rest.size(); ++at) {
    if (is_word(rest[at]) || (number && rest[at] == '.')) continue;
    const bool exponent = number && (rest[at] == '+' || rest[at] == '-') &&
                          (rest[at - 1] == 'e' || rest[at - 1] == 'E') && !rest.starts_with("0x") &&
                          !rest.starts_with("0X");
    if (!exponent) break;
  }
  return at;
}

std::size_t symbol(std::string_view rest) {
  for (const std::string_view longer :
       {"->>", "->", "||", "<=", ">=", "<>", "!=", "==", "<<", ">>"})
    if (rest.starts_with(longer)) return longer.size();
  return 1;
}

Token token_at(std::string_view rest) {
  const char c = rest[0];
  using Kind = Token::Kind;
  if (c == '\'') return {Kind::text, rest.substr(0, quoted(rest, '\''))};
  if ((c == 'x' || c == 'X') && rest.size() > 1 && rest[1] == '\'')
    return {Kind::text, rest.substr(0, 1 + quoted(rest.substr(1), '\''))};
  if (c == '"' || c == '`') return {Kind::name, rest.substr(0, quoted(rest, c))};
  if (c == '[') return {Kind::name, rest.substr(0, quoted(rest, ']'))};
  if (is_word(c) || (c == '.' && rest.size() > 1 && is_digit(rest[1])))
    return {Kind::word, rest.substr(0, word(rest))};
  return {Kind::symbol, rest.substr(0, symbol(rest))};
}

/// Words that mean something else without quotes where an expression stands.
bool is_value_word(std::string_view lower) {
  return lower == "null" || lower == "true" || lower == "false" || lower.starts_with("current_");
}

std::string canonical_token(const Token& token) {
  if (token.kind == Token::Kind::word) return text::lower(token.text);
  if (token.is("==")) return "=";
  if (token.is("!=")) return "<>";
  if (token.kind != Token::Kind::name) return std::string(token.text);
  const std::string name = text::lower(token.name());
  const bool plain = !name.empty() && !is_digit(name[0]) && !is_value_word(name) &&
                     std::all_of(name.begin(), name.end(), is_word);
  return plain ? name : text::quote_identifier(name);
}

}  // namespace

bool Token::is(std::string_view word) const {
  if (kind == Kind::name || kind == Kind::text) return false;
  return std::equal(text.begin(), text.end(), word.begin(), word.end(), [](char mine, char lower) {
    return mine == lower || (mine >= 'A' && mine <= 'Z' && mine - 'A' + 'a' == lower);
  });
}

std::string Token::name() const {
  if (kind != Kind::name && kind != Kind::text) return std::string(text);
  const char quote = text.back();
  std::string name;
  for (std::size_t at = 1; at + 1 < text.size(); ++at) {
    name += text[at];
    if (text[at] == quote) ++at;
  }
  return name;
}

std::vector<Token> tokens(std::string_view sql) {
  std::vector<Token> list;
  while (!sql.empty()) {
    if (const std::size_t skipped = gap(sql)) {
      sql.remove_prefix(skipped);
      continue;
    }
    list.push_back(token_at(sql));
    sql.remove_prefix(list.back().text.size());
  }
  return list;
}

std::size_t after_bracket(const std::vector<Token>& tokens, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t at = open; at < tokens.size(); ++at) {
    if (tokens[at].is("(")) ++depth;
    if (tokens[at].is(")") && --depth == 0) return at + 1;
  }
  return tokens.size();
}

std::string canonical(std::string_view sql) {
  const std::vector<Token> list = tokens(sql);
  std::size_t begin = 0;
  std::size_t end = list.size();
  while (begin < end && list[begin].is("(") && after_bracket(list, begin) == end) {
    ++begin;
    --end;
  }
  std::vector<std::string> words;
  for (; begin < end; ++begin) words.push_back(canonical_token(list[begin]));
  return text::join(words, " ");
}

bool mentions(std::string_view sql, std::string_view name) {
  const std::string wanted = text::lower(name);
  const std::vector<Token> list = tokens(sql);
  return std::any_of(list.begin(), list.end(), [&](const Token& token) {
    return (token.kind == Token::Kind::word || token.kind == Token::Kind::name) &&
           text::lower(token.name()) == wanted;
  });
}

}  // namespace virga::schema
