#pragma once

#include <optional>
#include <string>
#include <utility>

#include "schema/schema.h"

namespace virga::build {

/// What happens to a row when the row it references is deleted or its key is updated.
struct Actions {
  schema::Action on_delete = schema::Action::no_action;
  schema::Action on_update = schema::Action::no_action;
};

/// A column of a table that is being declared.
class Column {
 public:
  explicit Column(schema::Column column) : tree_{std::move(column)} {}

  Column not_null() const;
  /// The whole primary key; a key of several columns is the table's.
  Column primary_key() const;
  Column autoincrement() const;
  /// @param name of the constraint; by default `<table>_<column>_unique`
  Column unique(std::string name = {}) const;
  Column default_value(Value value) const;
  /// @param sql an SQL expression, for example "current_timestamp"
  Column default_sql(std::string sql) const;
  /// Computed from other columns by an SQL expression, when read or, if stored, when written.
  Column generated(std::string sql) const;
  Column generated_stored(std::string sql) const;
  Column references(std::string table, std::string column, Actions actions = {}) const;

  /// What is declared with a column but belongs to the table.
  struct Node {
    schema::Column column;
    bool unique = false;  ///< with a name that the table gives
    std::optional<schema::ForeignKey> foreign_key{};
  };
  const Node& tree() const { return tree_; }
  Node& node() { return tree_; }

 private:
  Node tree_;
};

/// A column of any declared SQL type. Here and below `name` is the word of SQL, by default the key.
inline Column column(std::string key, std::string type, schema::Codec codec,
                     std::string name = {}) {
  if (name.empty()) name = key;
  return Column({std::move(key), std::move(name), std::move(type), codec});
}
inline Column integer(std::string key, std::string name = {}) {
  return column(std::move(key), "integer", schema::Codec::integer, std::move(name));
}
/// An integer that a JavaScript number need not hold.
inline Column bigint(std::string key, std::string name = {}) {
  return column(std::move(key), "integer", schema::Codec::bigint, std::move(name));
}
inline Column boolean(std::string key, std::string name = {}) {
  return column(std::move(key), "integer", schema::Codec::boolean, std::move(name));
}
/// Seconds since 1970-01-01T00:00:00Z.
inline Column timestamp(std::string key, std::string name = {}) {
  return column(std::move(key), "integer", schema::Codec::timestamp, std::move(name));
}
/// Milliseconds since 1970-01-01T00:00:00Z.
inline Column timestamp_ms(std::string key, std::string name = {}) {
  return column(std::move(key), "integer", schema::Codec::timestamp_ms, std::move(name));
}
inline Column real(std::string key, std::string name = {}) {
  return column(std::move(key), "real", schema::Codec::real, std::move(name));
}
inline Column text(std::string key, std::string name = {}) {
  return column(std::move(key), "text", schema::Codec::text, std::move(name));
}
/// Text that holds JSON.
inline Column json(std::string key, std::string name = {}) {
  return column(std::move(key), "text", schema::Codec::json, std::move(name));
}
inline Column blob(std::string key, std::string name = {}) {
  return column(std::move(key), "blob", schema::Codec::blob, std::move(name));
}
/// Decimal numbers, read as text.
inline Column numeric(std::string key, std::string name = {}) {
  return column(std::move(key), "numeric", schema::Codec::numeric, std::move(name));
}

}  // namespace virga::build
