#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/value.h"

/// What exists: tables, columns, keys, indexes, checks and relations, as plain data. Documents
/// refer to tables and columns by key, which is what programs say; `name` is what SQL says.
namespace virga::schema {

/// How a stored value becomes a value of the host language. The core stores and returns SQLite
/// values; the codec travels in the shape of a result to the host's row factory.
enum class Codec {
  integer,         ///< INTEGER as a number
  bigint,          ///< INTEGER as a 64-bit integer
  boolean,         ///< INTEGER 0 or 1
  timestamp,       ///< INTEGER, seconds since 1970-01-01T00:00:00Z
  timestamp_ms,    ///< INTEGER, milliseconds since then
  real,            ///< REAL
  text,            ///< TEXT
  json,            ///< TEXT holding JSON
  blob,            ///< BLOB
  blob_json,       ///< BLOB holding JSON as UTF-8
  blob_bigint,     ///< BLOB holding a decimal integer as UTF-8
  numeric,         ///< NUMERIC as text
  numeric_number,  ///< NUMERIC as a number
  numeric_bigint,  ///< NUMERIC as a 64-bit integer
  string,          ///< a number of any kind as its text: sums and averages
  custom,          ///< the host's own codec for this column
  any,             ///< as stored
};

/// The document's word for a codec, for example "timestamp_ms", and back.
std::string_view codec_name(Codec codec);
std::optional<Codec> codec_from_name(std::string_view name);
std::vector<std::string> codec_names();

/// An SQL expression as text, for defaults, generated columns, checks and partial indexes.
struct Sql {
  std::string text{};
};

/// The default of a column: a value, or SQL that SQLite evaluates for each row.
using Default = std::variant<Value, Sql>;

/// How SQLite computes a column: when it is read or, if stored, when it is written.
struct Generated {
  std::string sql{};
  bool stored = false;
};

/// A column of a table or view.
struct Column {
  std::string key{};
  std::string name{};  ///< empty in a hand-written schema means: the key
  std::string type{};  ///< the declared SQL type, for example "integer"
  Codec codec = Codec::any;
  bool not_null = false;
  bool primary_key = false;
  bool autoincrement = false;
  std::string unique{};  ///< name of the column's unique constraint; empty when it has none
  std::optional<Default> default_value{};
  std::optional<Generated> generated{};
};

/// A primary key or unique constraint of the table.
struct Key {
  std::string name{};
  std::vector<std::string> columns{};  ///< column keys
};

/// What happens to a row when the row it references is deleted or gets another key.
enum class Action { no_action, restrict, cascade, set_null, set_default };

/// Columns whose values are a key of another table.
struct ForeignKey {
  std::string name{};                     ///< may be empty
  std::vector<std::string> columns{};     ///< column keys of this table
  std::string table{};                    ///< key of the parent table
  std::vector<std::string> references{};  ///< column keys of the parent table
  Action on_delete = Action::no_action;
  Action on_update = Action::no_action;
  bool deferred = false;  ///< until the commit; only read from databases, documents do not say it
};

/// An index over columns and expressions; with a condition, over some rows only.
struct Index {
  std::string name{};
  bool unique = false;
  std::vector<std::variant<std::string, Sql>> columns{};  ///< column keys or expressions
  std::string where{};                                    ///< empty for a full index
};

/// A condition that every row fulfils.
struct Check {
  std::string name{};
  std::string sql{};
};

/// What makes a table a view: its select as SQL text, or as a query document that compiling turns
/// into text; neither when the view exists already.
struct View {
  std::string sql{};
  std::string query{};
  bool names_columns = false;  ///< its declaration lists the names of its columns
};

/// A table, or a view: that has columns only.
struct Table {
  std::string key{};
  std::string name{};
  std::vector<Column> columns{};
  std::optional<Key> primary_key{};  ///< composite; a single column says it itself
  std::vector<Key> uniques{};
  std::vector<ForeignKey> foreign_keys{};
  std::vector<Index> indexes{};
  std::vector<Check> checks{};
  bool without_rowid = false;
  bool strict = false;
  std::optional<View> view{};
  bool existing = false;  ///< never created; may describe once more what another table describes

  /// Position of the column with this key, or nothing.
  std::optional<std::size_t> find_column(std::string_view column_key) const;
  std::vector<std::string> column_keys() const;
  /// Whether something else creates it.
  bool exists() const { return existing || (view && view->sql.empty() && view->query.empty()); }
};

/// How many rows a relation leads to.
enum class Cardinality { one, many };

/// The junction table of a relation: its columns that equal the relation's `fields` on one side and
/// its `references` on the other.
struct Through {
  std::string table{};
  std::vector<std::string> fields{};
  std::vector<std::string> references{};
};

/// A relation seen from `table`: rows of `target` whose `references` equal this row's `fields`,
/// directly or through a junction table.
struct Relation {
  std::string table{};
  std::string name{};
  Cardinality kind = Cardinality::one;
  std::string target{};
  std::vector<std::string> fields{};      ///< column keys of `table`; empty until resolved
  std::vector<std::string> references{};  ///< column keys of `target`; empty until resolved
  std::string relation_name{};            ///< tells several relations between two tables apart
  std::optional<Through> through{};
};

/// All tables, views and relations.
struct Schema {
  std::vector<Table> tables{};
  std::vector<Relation> relations{};

  /// Position of the table with this key, or nothing.
  std::optional<std::size_t> find_table(std::string_view table_key) const;
  const Relation* find_relation(std::string_view table_key, std::string_view name) const;
  std::vector<std::string> table_keys() const;
  std::vector<std::string> relation_names(std::string_view table_key) const;
};

/// Fills empty names, completes relations from their reverse side, and checks the whole: no
/// duplicate keys or names, every reference hits, keys have equal lengths.
/// @return the completed schema
/// Errors: invalid_schema, unknown_table, unknown_column, with the path in the document.
Result<Schema> complete(Schema schema);

/// Reads a schema document (see core/README.md, "Documents") and completes it.
/// Errors: malformed_document, and those of complete().
Result<Schema> from_json(std::string_view document);

/// The document of a schema; from_json(to_json(s)) equals s.
std::string to_json(const Schema& schema);

/// The stable words of the document for enumerations.
std::string_view action_name(Action action);  ///< "no action", "set null", …

}  // namespace virga::schema
