#include "schema/affinity.h"

#include <algorithm>
#include <string>

namespace virga::schema {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

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
  const std::string type = lower(declared_type);
  const auto has = [&](std::string_view part) { return type.find(part) != std::string::npos; };
  if (has("int")) return Affinity::integer;
  if (has("char") || has("clob") || has("text")) return Affinity::text;
  if (type.empty() || has("blob")) return Affinity::blob;
  if (has("real") || has("floa") || has("doub")) return Affinity::real;
  return Affinity::numeric;
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

bool is_primary_key(const Table& table, const std::vector<std::size_t>& columns) {
  if (columns.size() == 1 && table.columns[columns.front()].primary_key) return true;
  return table.primary_key && table.primary_key->columns.size() == columns.size() &&
         starts_with(table, table.primary_key->columns, columns);
}

}  // namespace virga::schema
