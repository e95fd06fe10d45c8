#include "base/text.h"
#include "schema/affinity.h"
#include "sql/sql.h"

namespace virga::sql {
namespace {

using text::quote_identifier;
using Texts = std::vector<std::string>;

std::string column_list(const schema::Table& table, const Texts& keys) {
  Texts names;
  for (const std::string& key : keys)
    names.push_back(quote_identifier(table.columns[*table.find_column(key)].name));
  return "(" + text::join(names, ", ") + ")";
}

std::string constraint(const std::string& name) {
  return name.empty() ? "" : "constraint " + quote_identifier(name) + " ";
}

std::string default_text(const schema::Default& value) {
  if (const auto* sql = std::get_if<schema::Sql>(&value)) return "(" + sql->text + ")";
  return literal(std::get<Value>(value));
}

std::string column_line(const schema::Column& column) {
  std::string line = quote_identifier(column.name);
  if (!column.type.empty()) line += " " + column.type;
  if (column.primary_key) line += " primary key";
  if (column.autoincrement) line += " autoincrement";
  if (column.not_null) line += " not null";
  if (!column.unique.empty()) line += " " + constraint(column.unique) + "unique";
  if (column.default_value) line += " default " + default_text(*column.default_value);
  if (column.generated)
    line += " generated always as (" + column.generated->sql + ")" +
            (column.generated->stored ? " stored" : " virtual");
  return line;
}

/// The parent's columns. SQLite lets a key refer to a table that is not there: then, and so only in
/// schemas that were read from a database, keys are names.
std::string parent_text(const schema::ForeignKey& key, const schema::Schema& schema) {
  if (const auto parent = schema.find_table(key.table)) {
    const schema::Table& table = schema.tables[*parent];
    return quote_identifier(table.name) + " " + column_list(table, key.references);
  }
  Texts names;
  for (const std::string& name : key.references) names.push_back(quote_identifier(name));
  const std::string list = names.empty() ? "" : " (" + text::join(names, ", ") + ")";
  return quote_identifier(key.table) + list;
}

std::string references(const schema::ForeignKey& key, const schema::Schema& schema) {
  std::string line = "references " + parent_text(key, schema);
  if (key.on_update != schema::Action::no_action)
    line += " on update " + std::string(action_name(key.on_update));
  if (key.on_delete != schema::Action::no_action)
    line += " on delete " + std::string(action_name(key.on_delete));
  if (key.deferred) line += " deferrable initially deferred";
  return line;
}

std::string foreign_key_line(const schema::Table& table, const schema::ForeignKey& key,
                             const schema::Schema& schema) {
  return constraint(key.name) + "foreign key " + column_list(table, key.columns) + " " +
         references(key, schema);
}

std::string table_options(const schema::Table& table) {
  if (table.without_rowid && table.strict) return " without rowid, strict";
  if (table.without_rowid) return " without rowid";
  return table.strict ? " strict" : "";
}

Texts create_view(const schema::Table& view) {
  Texts names;
  if (view.view->names_columns)
    for (const schema::Column& column : view.columns)
      names.push_back(quote_identifier(column.name));
  const std::string list = names.empty() ? "" : " (" + text::join(names, ", ") + ")";
  return {"create view " + quote_identifier(view.name) + list + " as " + view.view->sql};
}

}  // namespace

std::string create_index(const schema::Table& table, const schema::Index& index) {
  Texts parts;
  for (const auto& column : index.columns) {
    if (const auto* sql = std::get_if<schema::Sql>(&column))
      parts.push_back(sql->text);
    else
      parts.push_back(
          quote_identifier(table.columns[*table.find_column(std::get<std::string>(column))].name));
  }
  std::string statement = std::string("create ") + (index.unique ? "unique " : "") + "index " +
                          quote_identifier(index.name) + " on " + quote_identifier(table.name) +
                          " (" + text::join(parts, ", ") + ")";
  if (!index.where.empty()) statement += " where " + index.where;
  return statement;
}

std::string add_column(const schema::Table& table, const schema::Column& column,
                       const schema::ForeignKey* key, const schema::Schema& schema) {
  const std::string reference = key ? " " + constraint(key->name) + references(*key, schema) : "";
  return "alter table " + quote_identifier(table.name) + " add column " + column_line(column) +
         reference;
}

Texts create_table(const schema::Table& table, const schema::Schema& schema) {
  if (table.view) return create_view(table);
  Texts lines;
  for (const schema::Column& column : table.columns) lines.push_back(column_line(column));
  if (table.primary_key)
    lines.push_back(constraint(table.primary_key->name) + "primary key " +
                    column_list(table, table.primary_key->columns));
  for (const schema::Key& key : table.uniques)
    lines.push_back(constraint(key.name) + "unique " + column_list(table, key.columns));
  for (const schema::ForeignKey& key : table.foreign_keys)
    lines.push_back(foreign_key_line(table, key, schema));
  for (const schema::Check& check : table.checks)
    lines.push_back(constraint(check.name) + "check (" + check.sql + ")");
  Texts statements{"create table " + quote_identifier(table.name) + " (\n  " +
                   text::join(lines, ",\n  ") + "\n)" + table_options(table)};
  for (const schema::Index& index : table.indexes) statements.push_back(create_index(table, index));
  return statements;
}

std::vector<const schema::Table*> creation_order(const schema::Schema& schema) {
  std::vector<const schema::Table*> order;
  for (const bool views : {false, true})
    for (const schema::Table& table : schema.tables)
      if (table.view.has_value() == views && !table.exists()) order.push_back(&table);
  return order;
}

Texts create_schema(const schema::Schema& schema) {
  Texts statements;
  for (const schema::Table* table : creation_order(schema))
    for (std::string& statement : create_table(*table, schema))
      statements.push_back(std::move(statement));
  return statements;
}

}  // namespace virga::sql
