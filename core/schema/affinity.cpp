#include "schema/affinity.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace virga::schema {
namespace {

/// True when the first columns of `key` are those of `columns`.
bool starts_with(const Table& table, const std::vector<std::string>& key,
                 const std::vector<std::size_t>& columns) {
  if (key.size() < columns.size()) return false;
  const auto end = key.begin() + static_cast<std::ptrdiff_t>(columns.size());
  return std::all_of(columns.begin(), columns.end(), [&](std::size_t column) {
    return std::find(key.begin(), end, table.columns[column].key) != end;
  });
}

/// The column keys of a full index; none for one over expressions or a part of the rows.
std::vector<std::string> plain_columns(const Index& index) {
  std::vector<std::string> keys;
  if (!index.where.empty()) return keys;
  for (const auto& column : index.columns) {
    const auto* key = std::get_if<std::string>(&column);
    if (!key) break;
    keys.push_back(*key);
  }
  return keys;
}

}  // namespace

Affinity affinity(std::string_view declared_type) {
  const std::string type = text::lower(declared_type);
  const auto has = [&](std::string_view part) { return type.find(part) != std::string::npos; };
  if (has("int")) return Affinity::integer;
  if (has("char") || has("clob") || has("text")) return Affinity::text;
  if (type.empty() || has("blob")) return Affinity::blob;
  if (has("real") || has("floa") || has("doub")) return Affinity::real;
  return Affinity::numeric;
}

const Column* rowid_alias(const Table& table) {
  if (table.without_rowid || table.view) return nullptr;
  for (const Column& column : table.columns)
    if (column.primary_key) return text::lower(column.type) == "integer" ? &column : nullptr;
  return nullptr;
}

bool indexed(const Table& table, const std::vector<std::size_t>& columns) {
  if (columns.size() == 1) {
    const Column& column = table.columns[columns.front()];
    if (column.primary_key || !column.unique.empty()) return true;
  }
  if (table.primary_key && starts_with(table, table.primary_key->columns, columns)) return true;
  const auto by_key = [&](const Key& key) { return starts_with(table, key.columns, columns); };
  if (std::any_of(table.uniques.begin(), table.uniques.end(), by_key)) return true;
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    return starts_with(table, plain_columns(index), columns);
  });
}

bool is_unique(const Table& table, const std::vector<std::size_t>& columns) {
  const auto holds = [&](const std::string& key) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](std::size_t column) { return table.columns[column].key == key; });
  };
  const auto holds_all = [&](const Key& key) {
    return std::all_of(key.columns.begin(), key.columns.end(), holds);
  };
  const auto holds_index = [&](const Index& index) {
    const auto keys = plain_columns(index);
    return index.unique && keys.size() == index.columns.size() && !keys.empty() &&
           std::all_of(keys.begin(), keys.end(), holds);
  };
  return std::any_of(columns.begin(), columns.end(),
                     [&](std::size_t column) {
                       const Column& of = table.columns[column];
                       return of.primary_key || !of.unique.empty();
                     }) ||
         (table.primary_key && holds_all(*table.primary_key)) ||
         std::any_of(table.uniques.begin(), table.uniques.end(), holds_all) ||
         std::any_of(table.indexes.begin(), table.indexes.end(), holds_index);
}

bool is_primary_key(const Table& table, const std::vector<std::size_t>& columns) {
  if (columns.size() == 1 && table.columns[columns.front()].primary_key) return true;
  return table.primary_key && table.primary_key->columns.size() == columns.size() &&
         starts_with(table, table.primary_key->columns, columns);
}

}  // namespace virga::schema
