#include "schema/schema.h"

#include <algorithm>
#include <array>
#include <utility>

namespace virga::schema {
namespace {

constexpr std::array<std::pair<Codec, std::string_view>, 17> codecs{{
    {Codec::integer, "integer"},
    {Codec::bigint, "bigint"},
    {Codec::boolean, "boolean"},
    {Codec::timestamp, "timestamp"},
    {Codec::timestamp_ms, "timestamp_ms"},
    {Codec::real, "real"},
    {Codec::text, "text"},
    {Codec::json, "json"},
    {Codec::blob, "blob"},
    {Codec::blob_json, "blob_json"},
    {Codec::blob_bigint, "blob_bigint"},
    {Codec::numeric, "numeric"},
    {Codec::numeric_number, "numeric_number"},
    {Codec::numeric_bigint, "numeric_bigint"},
    {Codec::string, "string"},
    {Codec::custom, "custom"},
    {Codec::any, "any"},
}};

template <class Items, class Match>
std::optional<std::size_t> position(const Items& items, Match match) {
  const auto found = std::find_if(items.begin(), items.end(), match);
  if (found == items.end()) return std::nullopt;
  return static_cast<std::size_t>(found - items.begin());
}

}  // namespace

std::string_view codec_name(Codec codec) { return codecs[static_cast<std::size_t>(codec)].second; }

std::optional<Codec> codec_from_name(std::string_view name) {
  const auto index = position(codecs, [&](const auto& entry) { return entry.second == name; });
  if (!index) return std::nullopt;
  return codecs[*index].first;
}

std::vector<std::string> codec_names() {
  std::vector<std::string> names;
  for (const auto& entry : codecs) names.emplace_back(entry.second);
  return names;
}

std::string_view action_name(Action action) {
  switch (action) {
    case Action::no_action: return "no action";
    case Action::restrict: return "restrict";
    case Action::cascade: return "cascade";
    case Action::set_null: return "set null";
    case Action::set_default: return "set default";
  }
  return "no action";
}

std::optional<std::size_t> Table::find_column(std::string_view column_key) const {
  return position(columns, [&](const Column& column) { return column.key == column_key; });
}

std::vector<std::string> Table::column_keys() const {
  std::vector<std::string> keys;
  for (const Column& column : columns) keys.push_back(column.key);
  return keys;
}

std::optional<std::size_t> Schema::find_table(std::string_view table_key) const {
  return position(tables, [&](const Table& table) { return table.key == table_key; });
}

const Relation* Schema::find_relation(std::string_view table_key, std::string_view name) const {
  const auto index = position(relations, [&](const Relation& relation) {
    return relation.table == table_key && relation.name == name;
  });
  return index ? &relations[*index] : nullptr;
}

std::vector<std::string> Schema::table_keys() const {
  std::vector<std::string> keys;
  for (const Table& table : tables) keys.push_back(table.key);
  return keys;
}

std::vector<std::string> Schema::relation_names(std::string_view table_key) const {
  std::vector<std::string> names;
  for (const Relation& relation : relations)
    if (relation.table == table_key) names.push_back(relation.name);
  return names;
}

}  // namespace virga::schema
