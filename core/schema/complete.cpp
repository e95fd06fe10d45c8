#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "schema/schema.h"

namespace virga::schema {
namespace {

using Keys = std::vector<std::string>;

std::string in_quotes(std::string_view name) { return "\"" + std::string(name) + "\""; }

std::string at(std::string_view list, std::size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

Result<void> distinct(const Keys& names, std::string_view what, const std::string& path) {
  std::set<std::string> seen;
  for (const std::string& name : names) {
    if (name.empty())
      return fail(Code::invalid_schema, "A " + std::string(what) + " has no name.", path);
    if (!seen.insert(name).second)
      return fail(Code::invalid_schema,
                  "Two " + std::string(what) + "s are named " + in_quotes(name) + ".", path);
  }
  return {};
}

/// SQL names are the same whatever the case of their ASCII letters.
Keys folded(Keys names) {
  for (std::string& name : names)
    for (char& letter : name)
      if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return names;
}

Result<void> columns_exist(const Table& table, const Keys& columns, const std::string& path) {
  if (columns.empty()) return fail(Code::invalid_schema, "A key needs at least one column.", path);
  for (const std::string& key : columns) {
    if (table.find_column(key)) continue;
    return fail(Code::unknown_column,
                "Table " + in_quotes(table.key) + " has no column " + in_quotes(key) + ".", path,
                text::candidates_hint(key, table.column_keys()));
  }
  return {};
}

Result<const Table*> table_named(const Schema& schema, const std::string& key,
                                 const std::string& path) {
  if (const auto index = schema.find_table(key)) return &schema.tables[*index];
  return fail(Code::unknown_table, "The schema has no table " + in_quotes(key) + ".", path,
              text::candidates_hint(key, schema.table_keys()));
}

void fill_names(Schema& schema) {
  for (Table& table : schema.tables) {
    if (table.name.empty()) table.name = table.key;
    for (Column& column : table.columns)
      if (column.name.empty()) column.name = column.key;
  }
}

Result<void> check_primary_key(const Table& table, const std::string& path) {
  const auto marked = std::count_if(table.columns.begin(), table.columns.end(),
                                    [](const Column& column) { return column.primary_key; });
  if (marked + (table.primary_key ? 1 : 0) > 1)
    return fail(Code::invalid_schema,
                "Table " + in_quotes(table.key) + " has more than one primary key.", path,
                "A primary key of several columns is declared once, on the table.");
  if (table.without_rowid && marked == 0 && !table.primary_key)
    return fail(Code::invalid_schema,
                "Table " + in_quotes(table.key) + " is WITHOUT ROWID and needs a primary key.",
                path);
  if (table.primary_key)
    return columns_exist(table, table.primary_key->columns, path + ".primaryKey");
  return {};
}

Result<void> check_columns(const Table& table, const std::string& path) {
  Keys names;
  for (const Column& column : table.columns) names.push_back(column.name);
  VIRGA_TRY(distinct(table.column_keys(), "column key", path + ".columns"));
  VIRGA_TRY(distinct(folded(std::move(names)), "column", path + ".columns"));
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    if (column.autoincrement && (!column.primary_key || table.without_rowid))
      return fail(Code::invalid_schema,
                  "Column " + in_quotes(column.key) +
                      " is autoincrement but not the integer primary key of a rowid table.",
                  path + "." + at("columns", i));
    if (column.generated && column.default_value)
      return fail(Code::invalid_schema,
                  "Column " + in_quotes(column.key) + " is generated and cannot have a default.",
                  path + "." + at("columns", i));
  }
  return {};
}

Result<void> check_foreign_key(const Schema& schema, const Table& table, const ForeignKey& key,
                               const std::string& path) {
  VIRGA_TRY(columns_exist(table, key.columns, path + ".columns"));
  VIRGA_ASSIGN(const Table* parent, table_named(schema, key.table, path + ".table"));
  VIRGA_TRY(columns_exist(*parent, key.references, path + ".references"));
  if (key.columns.size() != key.references.size())
    return fail(Code::invalid_schema, "A foreign key has as many columns as it references.", path);
  return {};
}

Result<void> check_table(const Schema& schema, const Table& table, const std::string& path) {
  if (table.columns.empty())
    return fail(Code::invalid_schema, "Table " + in_quotes(table.key) + " has no columns.", path);
  VIRGA_TRY(check_columns(table, path));
  VIRGA_TRY(check_primary_key(table, path));
  for (std::size_t i = 0; i < table.uniques.size(); ++i)
    VIRGA_TRY(columns_exist(table, table.uniques[i].columns, path + "." + at("uniques", i)));
  for (std::size_t i = 0; i < table.foreign_keys.size(); ++i)
    VIRGA_TRY(
        check_foreign_key(schema, table, table.foreign_keys[i], path + "." + at("foreignKeys", i)));
  for (std::size_t i = 0; i < table.indexes.size(); ++i) {
    const Index& index = table.indexes[i];
    Keys columns;
    for (const auto& column : index.columns)
      if (const auto* key = std::get_if<std::string>(&column)) columns.push_back(*key);
    const std::string place = path + "." + at("indexes", i);
    if (index.columns.empty())
      return fail(Code::invalid_schema, "An index needs at least one column.", place);
    if (!columns.empty()) VIRGA_TRY(columns_exist(table, columns, place));
  }
  return {};
}

/// Drizzle's rule for a relation without fields: the reverse side, a `one` with fields that points
/// back and has the same relation name, says which columns are meant.
Result<Relation> complete_from_reverse(const Schema& schema, const Relation& relation,
                                       const std::string& path) {
  std::vector<const Relation*> reverse;
  for (const Relation& other : schema.relations) {
    const bool points_back = other.table == relation.target && other.target == relation.table;
    if (&other != &relation && points_back && !other.fields.empty() &&
        other.relation_name == relation.relation_name)
      reverse.push_back(&other);
  }
  const std::string whole = in_quotes(relation.table + "." + relation.name);
  if (reverse.empty())
    return fail(Code::invalid_schema,
                "There is not enough information to infer relation " + whole + ".", path,
                "Give it fields and references, or declare one(" + relation.table +
                    ", { fields, references }) on " + in_quotes(relation.target) + ".");
  if (reverse.size() > 1)
    return fail(Code::invalid_schema,
                "There are multiple relations between " + in_quotes(relation.target) + " and " +
                    in_quotes(relation.table) + ", so relation " + whole + " is ambiguous.",
                path, "Give both sides the same relationName.");
  Relation completed = relation;
  completed.fields = reverse.front()->references;
  completed.references = reverse.front()->fields;
  if (const auto& through = reverse.front()->through)
    completed.through = Through{through->table, through->references, through->fields};
  return completed;
}

Result<void> check_through(const Schema& schema, const Relation& relation, const Through& through,
                           const std::string& path) {
  VIRGA_ASSIGN(const Table* junction, table_named(schema, through.table, path + ".table"));
  VIRGA_TRY(columns_exist(*junction, through.fields, path + ".fields"));
  VIRGA_TRY(columns_exist(*junction, through.references, path + ".references"));
  if (through.fields.size() != relation.fields.size() ||
      through.references.size() != relation.references.size())
    return fail(Code::invalid_schema,
                "A junction table has a column for each column of the relation on either side.",
                path);
  return {};
}

Result<void> check_relation(const Schema& schema, const Relation& relation,
                            const std::string& path) {
  VIRGA_ASSIGN(const Table* table, table_named(schema, relation.table, path + ".table"));
  VIRGA_ASSIGN(const Table* target, table_named(schema, relation.target, path + ".target"));
  if (!relation.through && relation.fields.size() != relation.references.size())
    return fail(Code::invalid_schema, "A relation has as many fields as references.", path);
  if (table->find_column(relation.name))
    return fail(Code::invalid_schema,
                "Relation " + in_quotes(relation.name) + " has the name of a column of table " +
                    in_quotes(table->key) + ".",
                path);
  if (relation.fields.empty()) return {};
  if (relation.through)
    VIRGA_TRY(check_through(schema, relation, *relation.through, path + ".through"));
  VIRGA_TRY(columns_exist(*table, relation.fields, path + ".fields"));
  return columns_exist(*target, relation.references, path + ".references");
}

Result<void> complete_relations(Schema& schema) {
  for (std::size_t i = 0; i < schema.relations.size(); ++i) {
    const Relation& relation = schema.relations[i];
    VIRGA_TRY(check_relation(schema, relation, at("relations", i)));
    if (schema.find_relation(relation.table, relation.name) != &relation)
      return fail(Code::invalid_schema,
                  "Table " + in_quotes(relation.table) + " has two relations named " +
                      in_quotes(relation.name) + ".",
                  at("relations", i));
  }
  // Completed relations must not complete others, so the result is collected beside the input.
  std::vector<Relation> completed = schema.relations;
  for (std::size_t i = 0; i < completed.size(); ++i) {
    if (!completed[i].fields.empty()) continue;
    VIRGA_ASSIGN(completed[i],
                 complete_from_reverse(schema, schema.relations[i], at("relations", i)));
  }
  schema.relations = std::move(completed);
  return {};
}

}  // namespace

Result<Schema> complete(Schema schema) {
  fill_names(schema);
  Keys names;
  for (const Table& table : schema.tables)
    if (!table.exists()) names.push_back(table.name);
  VIRGA_TRY(distinct(schema.table_keys(), "table key", "tables"));
  VIRGA_TRY(distinct(folded(std::move(names)), "table", "tables"));
  for (std::size_t i = 0; i < schema.tables.size(); ++i)
    VIRGA_TRY(check_table(schema, schema.tables[i], at("tables", i)));
  VIRGA_TRY(complete_relations(schema));
  return schema;
}

}  // namespace virga::schema
