#include "schema/read_sql.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "schema/affinity.h"
#include "schema/sql_reader.h"

namespace virga::schema {
namespace {

/// What stands after `create`, read up to the name of what is created.
struct Created {
  SqlReader reader;
  std::string type{};
  std::string name{};
  bool unique = false;
  bool is_virtual = false;

  explicit Created(std::string_view sql) : reader(sql) {
    reader.take("create");
    if (!reader.take("temp")) reader.take("temporary");
    unique = reader.take("unique");
    is_virtual = reader.take("virtual");
    type = reader.name();
    if (reader.take("if", "not")) reader.take("exists");
    name = reader.qualified_name();
  }
};

/// Names as the table itself writes them.
void as_written(const Table& table, std::vector<std::string>& names) {
  for (std::string& name : names)
    if (const auto column = column_named(table, name)) name = table.columns[*column].name;
}

std::vector<std::string> primary_key_of(const Table& table) {
  if (table.primary_key) return table.primary_key->columns;
  for (const Column& column : table.columns)
    if (column.primary_key) return {column.name};
  return {};
}

/// The parent may be declared after the child, or not at all.
void complete_foreign_key(const TableNames& names, const Table& table, ForeignKey& key) {
  as_written(table, key.columns);
  const Table* parent = names.find(key.table);
  if (!parent) return;
  key.table = parent->name;
  if (key.references.empty()) key.references = primary_key_of(*parent);
  as_written(*parent, key.references);
}

/// A key of one column stands at the column; what SQLite implies is said.
void normalize_keys(Table& table) {
  if (table.primary_key && table.primary_key->columns.size() == 1)
    if (const auto column = column_named(table, table.primary_key->columns[0])) {
      table.columns[*column].primary_key = true;
      table.primary_key.reset();
    }
  if (table.primary_key) as_written(table, table.primary_key->columns);
  for (Key& key : table.uniques) as_written(table, key.columns);
  for (const std::string& name : primary_key_of(table)) {
    Column& column = table.columns[*column_named(table, name)];
    if (table.without_rowid)
      column.not_null = true;
    else if (rowid_alias(table) == &column)
      column.not_null = false;
  }
}

/// An expression of a table may name the table; a table of another name could not have it so.
void unqualify(const Table& table, std::string& sql) {
  const std::vector<Token> list = tokens(sql);
  std::string text;
  const char* done = sql.data();
  for (std::size_t i = 0; i + 1 < list.size(); ++i) {
    if (list[i].kind == Token::Kind::text || !list[i + 1].is(".")) continue;
    if (text::lower(list[i].name()) != text::lower(table.name)) continue;
    text.append(done, list[i].text.data());
    done = list[i + 1].text.data() + 1;
  }
  text.append(std::string_view(sql).substr(static_cast<std::size_t>(done - sql.data())));
  sql = std::move(text);
}

void unqualify(Table& table) {
  for (Check& check : table.checks) unqualify(table, check.sql);
  for (Column& column : table.columns)
    if (column.generated) unqualify(table, column.generated->sql);
  for (Index& index : table.indexes) {
    unqualify(table, index.where);
    for (auto& column : index.columns)
      if (Sql* sql = std::get_if<Sql>(&column)) unqualify(table, sql->text);
  }
}

class Reading {
 public:
  explicit Reading(std::span<const std::string> without) {
    for (const std::string& name : without) without_.insert(text::lower(name));
  }
  void virtual_tables(std::span<const Stored> rows);
  Result<void> row(const Stored& row);
  Stock finish();

 private:
  bool left_out(std::string_view name) const;
  Result<void> table(const Stored& row, Created created);
  void view(Created created);
  std::set<std::string> without_{};
  std::unordered_map<std::string, std::size_t> positions_{};  ///< of tables, by folded name
  Stock stock_{};
};

void Reading::virtual_tables(std::span<const Stored> rows) {
  for (const Stored& row : rows)
    if (row.type == "table" && Created(row.sql).is_virtual)
      stock_.virtual_tables.push_back(text::lower(row.name));
}

/// Whether it belongs to SQLite, to a virtual table, or is not to be looked at.
bool Reading::left_out(std::string_view name) const {
  const std::string folded = text::lower(name);
  if (folded.starts_with("sqlite_") || without_.count(folded) > 0) return true;
  return std::any_of(
      stock_.virtual_tables.begin(), stock_.virtual_tables.end(),
      [&](const std::string& owner) { return folded == owner || folded.starts_with(owner + "_"); });
}

Result<void> Reading::table(const Stored& row, Created created) {
  Table table{.key = row.name, .name = row.name};
  bool unspoken = false;
  read_table(created.reader, table, unspoken);
  if (table.columns.empty())
    return fail(Code::invalid_schema, "The text of table \"" + row.name + "\" is not understood.",
                {}, row.sql);
  if (unspoken) stock_.unspoken.push_back(row.name);
  positions_[text::lower(row.name)] = stock_.schema.tables.size();
  stock_.schema.tables.push_back(std::move(table));
  return {};
}

void Reading::view(Created created) {
  Table view{.key = created.name, .name = created.name, .view = View{}};
  if (created.reader.is("(")) {
    view.view->names_columns = true;
    for (std::string& name : created.reader.names())
      view.columns.push_back({.key = name, .name = std::move(name)});
  }
  created.reader.take("as");
  view.view->sql = created.reader.rest();
  stock_.schema.tables.push_back(std::move(view));
}

Result<void> Reading::row(const Stored& row) {
  if (row.sql.empty() || left_out(row.name) || left_out(row.table)) return {};
  Created created(row.sql);
  if (row.type == "table") return table(row, std::move(created));
  if (row.type == "view") {
    view(std::move(created));
  } else if (row.type == "trigger") {
    stock_.triggers.push_back(row);
  } else if (const auto at = positions_.find(text::lower(row.table)); at != positions_.end()) {
    Table& table = stock_.schema.tables[at->second];
    created.reader.take("on");
    created.reader.skip();
    table.indexes.push_back(read_index(created.reader, row.name, created.unique, table));
  }
  return {};
}

Stock Reading::finish() {
  for (Table& table : stock_.schema.tables) {
    normalize_keys(table);
    unqualify(table);
  }
  complete_foreign_keys(stock_.schema, TableNames(stock_.schema));
  return std::move(stock_);
}

}  // namespace

TableNames::TableNames(const Schema& schema) {
  for (const Table& table : schema.tables) tables_.emplace(text::lower(table.name), &table);
}

const Table* TableNames::find(std::string_view name) const {
  const auto found = tables_.find(text::lower(name));
  return found == tables_.end() ? nullptr : found->second;
}

void complete_foreign_keys(Schema& schema, const TableNames& others) {
  for (Table& table : schema.tables)
    for (ForeignKey& key : table.foreign_keys) complete_foreign_key(others, table, key);
}

Result<Stock> read_sql(std::span<const Stored> rows, std::span<const std::string> without) {
  Reading reading(without);
  reading.virtual_tables(rows);
  for (const Stored& row : rows) VIRGA_TRY(reading.row(row));
  return reading.finish();
}

Result<Schema> read_sql(std::span<const std::string> statements) {
  std::vector<Stored> rows;
  for (const std::string& sql : statements) {
    Created created(sql);
    std::string table = created.name;
    if (created.reader.take("on")) table = created.reader.name();
    rows.push_back({text::lower(created.type), std::move(created.name), std::move(table), sql});
  }
  VIRGA_ASSIGN(Stock stock, read_sql(rows));
  return std::move(stock.schema);
}

}  // namespace virga::schema
