#include "build/column.h"

#include "build/changed.h"

namespace virga::build {

Column Column::not_null() const {
  return changed(*this, [](Node& node) { node.column.not_null = true; });
}

Column Column::primary_key() const {
  return changed(*this, [](Node& node) { node.column.primary_key = node.column.not_null = true; });
}

Column Column::autoincrement() const {
  return changed(*this, [](Node& node) { node.column.autoincrement = true; });
}

Column Column::unique(std::string name) const {
  return changed(*this, [&](Node& node) {
    node.unique = true;
    node.column.unique = std::move(name);
  });
}

Column Column::default_value(Value value) const {
  return changed(*this, [&](Node& node) { node.column.default_value = std::move(value); });
}

Column Column::default_sql(std::string sql) const {
  return changed(*this,
                 [&](Node& node) { node.column.default_value = schema::Sql{std::move(sql)}; });
}

Column Column::generated(std::string sql) const {
  return changed(*this, [&](Node& node) {
    node.column.generated = schema::Generated{std::move(sql), false};
  });
}

Column Column::generated_stored(std::string sql) const {
  return changed(*this, [&](Node& node) {
    node.column.generated = schema::Generated{std::move(sql), true};
  });
}

Column Column::references(std::string table, std::string column, Actions actions) const {
  return changed(*this, [&](Node& node) {
    node.foreign_key = {.columns = {node.column.key},
                        .table = std::move(table),
                        .references = {std::move(column)},
                        .on_delete = actions.on_delete,
                        .on_update = actions.on_update};
  });
}

}  // namespace virga::build
