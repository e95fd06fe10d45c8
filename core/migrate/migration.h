#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a migration is made of, as plain data.
namespace virga::migrate {

/// What became different. The words for documents are those of kind_name().
enum class Kind {
  create_table,
  drop_table,
  rename_table,
  table_options,  ///< STRICT, WITHOUT ROWID
  add_column,
  drop_column,
  rename_column,
  column_type,
  column_default,
  column_not_null,
  column_generated,
  primary_key,
  add_unique,
  drop_unique,
  add_foreign_key,
  drop_foreign_key,
  add_check,
  drop_check,
  create_index,
  drop_index,
  create_view,
  drop_view,
};

/// The document's word for a kind, for example "add column".
std::string_view kind_name(Kind kind);

/// One difference between two schemas.
struct Change {
  Kind kind = Kind::create_table;
  std::string table{};
  std::string name{};    ///< of the column, constraint or index; may be empty
  std::string former{};  ///< the name before a rename
  std::string words{};   ///< the change as a sentence
  std::string loss{};    ///< what cannot come back once it is done; empty when nothing is lost
};

/// Names that went and names that came: which are the same? Never guessed.
struct Question {
  std::string table{};                    ///< whose columns it is about; empty for tables
  std::string created{};                  ///< the new name
  std::vector<std::string> candidates{};  ///< the names that went
};

/// The old name of each new one; nothing for what is really new.
using Names = std::map<std::string, std::optional<std::string>, std::less<>>;

/// Answers to questions. Those that nothing asks for are ignored, so that they may stay.
struct Answers {
  Names tables{};
  std::map<std::string, Names, std::less<>> columns{};  ///< by the table's new name
};

/// Rows that a change would hurt.
struct Risk {
  std::string name{};   ///< by which it is allowed: "users" or "users.email"
  std::string words{};  ///< what would become of the rows
  bool lost = false;  ///< values are lost when it is allowed; else no rows can be as it wants them
  std::string sql{};  ///< selects the keys of the rows
};

/// A part of the work.
struct Step {
  std::string words{};
  std::vector<std::string> sql{};
  std::vector<Risk> risks{};  ///< to be looked at before the statements run
};

/// How one schema becomes another.
struct Plan {
  std::vector<Change> changes{};
  std::vector<Step> steps{};

  std::vector<std::string> statements() const;
};

}  // namespace virga::migrate
