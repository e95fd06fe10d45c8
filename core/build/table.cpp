#include "build/table.h"

#include "build/changed.h"

namespace virga::build {
namespace {

std::string unique_name(const schema::Table& table, const std::vector<std::string>& names) {
  std::string name = table.name;
  for (const std::string& column : names) name += "_" + column;
  return name + "_unique";
}

Table view_of(std::string key, const std::vector<Column>& columns, schema::View view,
              std::string name) {
  return changed(table(std::move(key), columns, std::move(name)),
                 [&](schema::Table& node) { node.view = std::move(view); });
}

Table with_index(const Table& table, schema::Index index) {
  return changed(table, [&](schema::Table& node) { node.indexes.push_back(std::move(index)); });
}

}  // namespace

Table table(std::string key, const std::vector<Column>& columns, std::string name) {
  schema::Table table{.key = std::move(key), .name = std::move(name)};
  if (table.name.empty()) table.name = table.key;
  for (const Column& builder : columns) {
    const Column::Node& node = builder.tree();
    schema::Column& column = table.columns.emplace_back(node.column);
    if (node.unique && column.unique.empty()) column.unique = unique_name(table, {column.name});
    if (node.foreign_key) table.foreign_keys.push_back(*node.foreign_key);
  }
  return Table(std::move(table));
}

Table view(std::string key, const std::vector<Column>& columns, const Select& query,
           std::string name) {
  return view_of(std::move(key), columns, {{}, ast::select_json(query.tree())}, std::move(name));
}

Table view(std::string key, const std::vector<Column>& columns, std::string sql, std::string name) {
  return view_of(std::move(key), columns, {std::move(sql), {}}, std::move(name));
}

Table existing_view(std::string key, const std::vector<Column>& columns, std::string name) {
  return view_of(std::move(key), columns, {}, std::move(name));
}

std::vector<Field> Table::fields() const {
  std::vector<Field> fields;
  for (const schema::Column& column : tree_.columns) fields.emplace_back((*this)[column.key]);
  return fields;
}

Table Table::primary_key(std::vector<std::string> columns, std::string name) const {
  return changed(*this, [&](schema::Table& node) {
    node.primary_key = schema::Key{std::move(name), std::move(columns)};
  });
}

Table Table::unique(std::vector<std::string> columns, std::string name) const {
  return changed(*this, [&](schema::Table& node) {
    node.uniques.push_back({std::move(name), std::move(columns)});
  });
}

Table Table::foreign_key(schema::ForeignKey key) const {
  return changed(*this, [&](schema::Table& node) { node.foreign_keys.push_back(std::move(key)); });
}

Table Table::index(std::string name, IndexColumns columns, std::string where) const {
  return with_index(*this, {std::move(name), false, std::move(columns), std::move(where)});
}

Table Table::unique_index(std::string name, IndexColumns columns, std::string where) const {
  return with_index(*this, {std::move(name), true, std::move(columns), std::move(where)});
}

Table Table::check(std::string name, std::string sql) const {
  return changed(*this, [&](schema::Table& node) {
    node.checks.push_back({std::move(name), std::move(sql)});
  });
}

Table Table::without_rowid() const {
  return changed(*this, [](schema::Table& node) { node.without_rowid = true; });
}

Table Table::strict() const {
  return changed(*this, [](schema::Table& node) { node.strict = true; });
}

Table Table::existing() const {
  return changed(*this, [](schema::Table& node) { node.existing = true; });
}

Relation Relation::on(std::vector<std::string> fields, std::vector<std::string> references) const {
  return changed(*this, [&](schema::Relation& node) {
    node.fields = std::move(fields);
    node.references = std::move(references);
  });
}

Relation Relation::through(std::string table, std::vector<std::string> fields,
                           std::vector<std::string> references) const {
  return changed(*this, [&](schema::Relation& node) {
    node.through = schema::Through{std::move(table), std::move(fields), std::move(references)};
  });
}

Relation Relation::named(std::string relation_name) const {
  return changed(*this,
                 [&](schema::Relation& node) { node.relation_name = std::move(relation_name); });
}

Relation one(std::string table, std::string name, std::string target) {
  return Relation({.table = std::move(table),
                   .name = std::move(name),
                   .kind = schema::Cardinality::one,
                   .target = std::move(target)});
}

Relation many(std::string table, std::string name, std::string target) {
  if (target.empty()) target = name;
  return Relation({.table = std::move(table),
                   .name = std::move(name),
                   .kind = schema::Cardinality::many,
                   .target = std::move(target)});
}

}  // namespace virga::build
