#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/schema.h"

namespace virga::schema {

/// One row of sqlite_schema (https://sqlite.org/schematab.html).
struct Stored {
  std::string type{};  ///< "table", "index", "view" or "trigger"
  std::string name{};
  std::string table{};  ///< what an index or a trigger belongs to
  std::string sql{};    ///< empty for the index of a constraint
};

/// The tables and views of a schema by their names in SQL, whatever the case of the letters. The
/// schema has to stay as it is.
class TableNames {
 public:
  explicit TableNames(const Schema& schema);
  /// Null when there is none.
  const Table* find(std::string_view name) const;

 private:
  std::unordered_map<std::string, const Table*> tables_{};
};

/// What a database holds, in the form in which two of them can be compared: keys are names, types
/// end with their collation, a primary key of one column stands at the column, a unique constraint
/// on the table. Columns have no codecs, and there are no relations.
struct Stock {
  Schema schema{};
  std::vector<Stored> triggers{};
  std::vector<std::string> virtual_tables{};  ///< with the tables that they are made of
  /// Tables with a conflict clause or a descending primary key, for which a schema has no words.
  std::vector<std::string> unspoken{};
};

/// Reads declarations as SQLite keeps them. Its own tables, those of virtual tables, and the
/// tables named in `without` are left out.
/// Errors: invalid_schema for text that no SQLite keeps.
Result<Stock> read_sql(std::span<const Stored> rows, std::span<const std::string> without = {});

/// Completes foreign keys whose parent is not in `schema` but in `others`: as read_sql does for
/// those whose parent is there.
void complete_foreign_keys(Schema& schema, const TableNames& others);

/// {"schema":…,"triggers":[{"name","table","sql"}],"virtualTables":[names]}
std::string to_json(const Stock& stock);

/// A declared schema in the same form: what read_sql would find where create_schema's statements
/// ran.
Result<Schema> read_sql(std::span<const std::string> statements);

}  // namespace virga::schema
