#include <array>
#include <nlohmann/json.hpp>

#include "base/document.h"
#include "base/text.h"
#include "schema/read_sql.h"
#include "schema/schema.h"

namespace virga::schema {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array actions{Action::no_action, Action::restrict, Action::cascade, Action::set_null,
                             Action::set_default};

Codec read_codec(const Node& node) {
  if (!node.present()) return Codec::any;
  const std::string name = node.text();
  if (const auto codec = codec_from_name(name)) return *codec;
  node.misfit("unknown codec \"" + name + "\".", text::candidates_hint(name, codec_names()));
  return Codec::any;
}

Action read_action(const Node& node) {
  if (!node.present()) return Action::no_action;
  const std::string name = node.text();
  for (const Action action : actions)
    if (action_name(action) == name) return action;
  node.misfit("unknown foreign key action \"" + name + "\".",
              "Actions: \"no action\", \"restrict\", \"cascade\", \"set null\", \"set default\".");
  return Action::no_action;
}

std::optional<Default> read_default(const Node& node) {
  if (!node.present()) return std::nullopt;
  node.only({"value", "sql"});
  if (const Node sql = node.get("sql"); sql.present()) return Default(Sql{sql.text()});
  return Default(node.need("value").value());
}

std::optional<Generated> read_generated(const Node& node) {
  if (!node.present()) return std::nullopt;
  node.only({"sql", "mode"});
  const Node mode = node.get("mode");
  const std::string word = mode.present() ? mode.text() : "virtual";
  if (word != "virtual" && word != "stored") mode.misfit("expected \"virtual\" or \"stored\".");
  return Generated{node.need("sql").text(), word == "stored"};
}

Column read_column(const Node& node) {
  node.only({"key", "name", "type", "codec", "notNull", "primaryKey", "autoincrement", "unique",
             "default", "generated"});
  return Column{node.need("key").text(),
                node.get("name").text(),
                node.need("type").text(),
                read_codec(node.get("codec")),
                node.get("notNull").is_true(),
                node.get("primaryKey").is_true(),
                node.get("autoincrement").is_true(),
                node.get("unique").text(),
                read_default(node.get("default")),
                read_generated(node.get("generated"))};
}

Key read_key(const Node& node) {
  node.only({"name", "columns"});
  return Key{node.get("name").text(), node.need("columns").texts()};
}

ForeignKey read_foreign_key(const Node& node) {
  node.only({"name", "columns", "table", "references", "onDelete", "onUpdate"});
  return ForeignKey{node.get("name").text(),           node.need("columns").texts(),
                    node.need("table").text(),         node.need("references").texts(),
                    read_action(node.get("onDelete")), read_action(node.get("onUpdate"))};
}

Index read_index(const Node& node) {
  node.only({"name", "unique", "columns", "where"});
  Index index{node.need("name").text(), node.get("unique").is_true(), {}, node.get("where").text()};
  for (const Node& column : node.need("columns").items()) {
    if (column.is_string())
      index.columns.emplace_back(column.text());
    else
      index.columns.emplace_back(Sql{column.need("sql").text()});
  }
  return index;
}

Check read_check(const Node& node) {
  node.only({"name", "sql"});
  return Check{node.get("name").text(), node.need("sql").text()};
}

template <class Item>
std::vector<Item> read_each(const Node& array, Item (*read)(const Node&)) {
  std::vector<Item> items;
  for (const Node& node : array.items()) items.push_back(read(node));
  return items;
}

std::optional<View> read_view(const Node& node) {
  if (!node.present()) return std::nullopt;
  node.only({"sql", "query", "existing", "namesColumns"});
  if (const Node query = node.get("query"); query.present()) return View{{}, query.json()};
  if (node.get("existing").is_true()) return View{};
  return View{node.need("sql").text(), {}, node.get("namesColumns").is_true()};
}

Table read_table(const Node& node) {
  node.only({"key", "name", "columns", "primaryKey", "uniques", "foreignKeys", "indexes", "checks",
             "withoutRowid", "strict", "view", "existing"});
  Table table;
  table.key = node.need("key").text();
  table.name = node.get("name").text();
  table.columns = read_each(node.need("columns"), read_column);
  if (const Node key = node.get("primaryKey"); key.present()) table.primary_key = read_key(key);
  table.uniques = read_each(node.get("uniques"), read_key);
  table.foreign_keys = read_each(node.get("foreignKeys"), read_foreign_key);
  table.indexes = read_each(node.get("indexes"), read_index);
  table.checks = read_each(node.get("checks"), read_check);
  table.without_rowid = node.get("withoutRowid").is_true();
  table.strict = node.get("strict").is_true();
  table.view = read_view(node.get("view"));
  table.existing = node.get("existing").is_true();
  return table;
}

std::optional<Through> read_through(const Node& node) {
  if (!node.present()) return std::nullopt;
  node.only({"table", "fields", "references"});
  return Through{node.need("table").text(), node.need("fields").texts(),
                 node.need("references").texts()};
}

Relation read_relation(const Node& node) {
  node.only({"table", "name", "kind", "target", "fields", "references", "relationName", "through"});
  const Node kind = node.need("kind");
  const std::string word = kind.text();
  if (word != "one" && word != "many") kind.misfit("expected \"one\" or \"many\".");
  return Relation{node.need("table").text(),
                  node.need("name").text(),
                  word == "many" ? Cardinality::many : Cardinality::one,
                  node.need("target").text(),
                  node.get("fields").texts(),
                  node.get("references").texts(),
                  node.get("relationName").text(),
                  read_through(node.get("through"))};
}

Json default_json(const Default& value) {
  if (const Sql* sql = std::get_if<Sql>(&value)) return Json{{"sql", sql->text}};
  return Json{{"value", Json::parse(to_json(std::get<Value>(value)))}};
}

Json column_json(const Column& column) {
  Json json{{"key", column.key}, {"name", column.name}, {"type", column.type}};
  json["codec"] = codec_name(column.codec);
  if (column.not_null) json["notNull"] = true;
  if (column.primary_key) json["primaryKey"] = true;
  if (column.autoincrement) json["autoincrement"] = true;
  if (!column.unique.empty()) json["unique"] = column.unique;
  if (column.default_value) json["default"] = default_json(*column.default_value);
  if (column.generated)
    json["generated"] = {{"sql", column.generated->sql},
                         {"mode", column.generated->stored ? "stored" : "virtual"}};
  return json;
}

Json index_json(const Index& index) {
  Json json{{"name", index.name}, {"unique", index.unique}, {"columns", Json::array()}};
  for (const auto& column : index.columns) {
    if (const Sql* sql = std::get_if<Sql>(&column))
      json["columns"].push_back({{"sql", sql->text}});
    else
      json["columns"].push_back(std::get<std::string>(column));
  }
  if (!index.where.empty()) json["where"] = index.where;
  return json;
}

Json view_json(const View& view) {
  if (!view.query.empty()) return Json{{"query", Json::parse(view.query)}};
  if (!view.sql.empty() && view.names_columns)
    return Json{{"sql", view.sql}, {"namesColumns", true}};
  if (!view.sql.empty()) return Json{{"sql", view.sql}};
  return Json{{"existing", true}};
}

Json table_json(const Table& table) {
  Json json{{"key", table.key}, {"name", table.name}, {"columns", Json::array()}};
  for (const Column& column : table.columns) json["columns"].push_back(column_json(column));
  if (table.primary_key)
    json["primaryKey"] = {{"name", table.primary_key->name},
                          {"columns", table.primary_key->columns}};
  for (const Key& key : table.uniques)
    json["uniques"].push_back({{"name", key.name}, {"columns", key.columns}});
  for (const ForeignKey& key : table.foreign_keys)
    json["foreignKeys"].push_back({{"name", key.name},
                                   {"columns", key.columns},
                                   {"table", key.table},
                                   {"references", key.references},
                                   {"onDelete", action_name(key.on_delete)},
                                   {"onUpdate", action_name(key.on_update)}});
  for (const Index& index : table.indexes) json["indexes"].push_back(index_json(index));
  for (const Check& check : table.checks)
    json["checks"].push_back({{"name", check.name}, {"sql", check.sql}});
  if (table.without_rowid) json["withoutRowid"] = true;
  if (table.strict) json["strict"] = true;
  if (table.view) json["view"] = view_json(*table.view);
  if (table.existing) json["existing"] = true;
  return json;
}

}  // namespace

Result<Schema> from_json(std::string_view text) {
  Document document(text, "schema document");
  const Node root = document.root();
  Schema schema;
  root.only({"tables", "relations"});
  schema.tables = read_each(root.need("tables"), read_table);
  schema.relations = read_each(root.get("relations"), read_relation);
  if (document.error()) return Failure(*document.error());
  return complete(std::move(schema));
}

namespace {

/// Text that is not UTF-8, as a database may hold, is mended.
std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, nlohmann::detail::error_handler_t::replace);
}

Json schema_json(const Schema& schema) {
  Json json{{"tables", Json::array()}, {"relations", Json::array()}};
  for (const Table& table : schema.tables) json["tables"].push_back(table_json(table));
  for (const Relation& relation : schema.relations) {
    Json item{{"table", relation.table},
              {"name", relation.name},
              {"kind", relation.kind == Cardinality::many ? "many" : "one"},
              {"target", relation.target},
              {"fields", relation.fields},
              {"references", relation.references}};
    if (!relation.relation_name.empty()) item["relationName"] = relation.relation_name;
    if (relation.through)
      item["through"] = {{"table", relation.through->table},
                         {"fields", relation.through->fields},
                         {"references", relation.through->references}};
    json["relations"].push_back(std::move(item));
  }
  return json;
}

}  // namespace

std::string to_json(const Schema& schema) { return dump(schema_json(schema)); }

std::string to_json(const Stock& stock) {
  Json json{{"schema", schema_json(stock.schema)},
            {"triggers", Json::array()},
            {"virtualTables", stock.virtual_tables}};
  for (const Stored& trigger : stock.triggers)
    json["triggers"].push_back(
        {{"name", trigger.name}, {"table", trigger.table}, {"sql", trigger.sql}});
  return dump(json);
}

}  // namespace virga::schema
