#include "db/constraint.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "db/foreign_key.h"

namespace virga::db {
namespace {

using schema::Column;
using schema::Schema;
using schema::Table;

/// A key of the schema whose values are unique.
struct UniqueKey {
  std::string name;
  std::vector<std::string> columns;  ///< column keys
  std::string sqlite_says;           ///< what stands in SQLite's message instead of columns, if so
};

/// As SQLite lists them: "users.first_name, users.last_name".
std::string sqlite_list(const Table& table, const std::vector<std::string>& keys) {
  std::vector<std::string> names;
  for (const std::string& key : keys)
    if (const auto column = table.find_column(key))
      names.push_back(table.name + '.' + table.columns[*column].name);
  return text::join(names, ", ");
}

UniqueKey index_key(const schema::Index& index) {
  UniqueKey key{index.name, {}, {}};
  for (const auto& part : index.columns) {
    if (const auto* column = std::get_if<std::string>(&part))
      key.columns.push_back(*column);
    else
      key.sqlite_says = "index '" + index.name + "'";
  }
  return key;
}

std::vector<UniqueKey> unique_keys(const Table& table) {
  std::vector<UniqueKey> keys;
  for (const Column& column : table.columns)
    if (!column.unique.empty() || column.primary_key)
      keys.push_back({column.unique, {column.key}, {}});
  if (table.primary_key) keys.push_back({table.primary_key->name, table.primary_key->columns, {}});
  for (const schema::Key& key : table.uniques) keys.push_back({key.name, key.columns, {}});
  for (const schema::Index& index : table.indexes)
    if (index.unique) keys.push_back(index_key(index));
  return keys;
}

std::string named(const std::string& constraint) {
  return constraint.empty() ? "" : " (\"" + constraint + "\")";
}

void explain_unique(Error& error, const Schema& schema) {
  const std::string detail = error.constraint;
  for (const Table& table : schema.tables) {
    for (const UniqueKey& key : unique_keys(table)) {
      const bool expressions = !key.sqlite_says.empty();
      if (detail != (expressions ? key.sqlite_says : sqlite_list(table, key.columns))) continue;
      if (!key.name.empty()) error.constraint = key.name;
      error.message += ": another row of \"" + table.key + "\" has the same " +
                       (expressions ? "indexed values" : quoted_list(key.columns)) +
                       named(key.name) + ".";
      return;
    }
  }
}

void explain_not_null(Error& error, const Schema& schema) {
  for (const Table& table : schema.tables) {
    for (const Column& column : table.columns) {
      if (error.constraint != table.name + '.' + column.name) continue;
      error.message += ": \"" + column.key + "\" of \"" + table.key + "\" must have a value.";
      return;
    }
  }
}

/// SQLite names the check, or its expression when it has no name, but not the table: without a
/// single candidate there is nothing to add.
void explain_check(Error& error, const Schema& schema) {
  const Table* found_table = nullptr;
  const schema::Check* found = nullptr;
  for (const Table& table : schema.tables) {
    for (const schema::Check& check : table.checks) {
      if (error.constraint != (check.name.empty() ? check.sql : check.name)) continue;
      if (found) return;
      found_table = &table;
      found = &check;
    }
  }
  if (found)
    error.message += ": a row of \"" + found_table->key + "\" must satisfy " + found->sql + ".";
}

}  // namespace

std::string quoted_list(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back('"' + name + '"');
  return text::join(quoted, ", ");
}

Error explain_constraint(Error error, const Schema& schema, Connection& connection,
                         const std::function<Result<void>()>& again) {
  switch (error.code) {
    case Code::constraint_unique:
    case Code::constraint_primary_key: explain_unique(error, schema); break;
    case Code::constraint_not_null: explain_not_null(error, schema); break;
    case Code::constraint_check: explain_check(error, schema); break;
    case Code::constraint_foreign_key: explain_foreign_key(error, schema, connection, again); break;
    default: break;
  }
  return error;
}

}  // namespace virga::db
