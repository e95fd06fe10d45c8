#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/schema.h"
#include "schema/sql_text.h"

namespace virga::schema {

/// A place in the tokens of one statement.
class SqlReader {
 public:
  explicit SqlReader(std::string_view sql) : sql_(sql), tokens_(tokens(sql)) {}

  bool done() const { return at_ >= tokens_.size(); }
  bool is(std::string_view word) const { return !done() && tokens_[at_].is(word); }
  /// Whether one of the words stands here.
  bool is_one_of(std::initializer_list<std::string_view> words) const;
  /// Steps over the words, when all of them stand here.
  bool take(std::string_view word) {
    if (!is(word)) return false;
    ++at_;
    return true;
  }
  bool take(std::string_view first, std::string_view second);
  void skip() { ++at_; }

  /// The name that stands here.
  std::string name();
  /// The name after an optional schema: main.users.
  std::string qualified_name();
  /// The names in brackets, without their orders and collations.
  std::vector<std::string> names();
  /// The text in brackets, without them.
  std::string bracketed();
  /// The text of the tokens from `begin` to here.
  std::string text_since(std::size_t begin) const;
  /// The text from here to the end of the statement.
  std::string rest() const;
  std::size_t position() const { return at_; }
  /// Steps over one token, or a bracket with all that is in it.
  void skip_item();

 private:
  std::string_view sql_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

/// Position of the column with this name in SQL, whatever the case of its letters.
std::optional<std::size_t> column_named(const Table& table, std::string_view name);

/// Reads what stands after the name of a created table: its columns, constraints and options.
/// @param unspoken becomes true for what a schema has no words for
void read_table(SqlReader& reader, Table& table, bool& unspoken);

/// Reads what stands after the table's name in a created index.
Index read_index(SqlReader& reader, std::string name, bool unique, const Table& table);

}  // namespace virga::schema
