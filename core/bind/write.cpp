#include <algorithm>

#include "bind/binder.h"

namespace virga::bind {
namespace {

/// The row an upsert could not insert, by SQLite's name for it.
constexpr const char* excluded = "excluded";

}  // namespace

Result<bound::Output> Binder::returning(const std::optional<ast::Returning>& returning,
                                        const Scope& scope, const std::string& path) {
  if (!returning) return bound::Output();
  if (!returning->all) return fields(returning->fields, scope, path);
  bound::Output output;
  const std::size_t table = *scope.sources().front().table;
  for (std::size_t i = 0; i < schema_.tables[table].columns.size(); ++i)
    output.fields.push_back(
        {schema_.tables[table].columns[i].key, table_column(schema_, table, i)});
  return output;
}

Result<std::size_t> Binder::writable(const std::string& key, std::size_t table,
                                     const std::string& path) {
  VIRGA_ASSIGN(const std::size_t column, find_column(schema_, table, key, path));
  if (schema_.tables[table].columns[column].generated)
    return fail(Code::invalid_query, "Column \"" + key + "\" is generated and cannot be written.",
                path);
  return column;
}

/// The table of a write, in reach.
Result<std::size_t> Binder::target(const std::string& key, Scope& scope, const std::string& path) {
  VIRGA_ASSIGN(const std::size_t table, find_table(schema_, key, path));
  if (schema_.tables[table].view)
    return fail(Code::invalid_query, "\"" + key + "\" is a view and cannot be written.", path);
  VIRGA_TRY(scope.add({key, {}, table}, path));
  return table;
}

Result<std::vector<bound::Expr>> Binder::row(const std::vector<ast::Expr>& cells,
                                             const std::vector<std::size_t>& columns,
                                             std::size_t table, const Scope& scope,
                                             const std::string& path) {
  if (cells.size() != columns.size())
    return fail(Code::invalid_query, "A row has one value for each column.", path);
  std::vector<bound::Expr> row;
  row.reserve(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (std::holds_alternative<ast::DefaultValue>(cells[i].node)) {
      row.push_back({bound::DefaultValue{{table, columns[i]}}});
      continue;
    }
    VIRGA_ASSIGN(auto cell, expr(cells[i], scope, at(path, i)));
    row.push_back(std::move(cell));
  }
  return row;
}

Result<std::vector<bound::Assignment>> Binder::assignments(const std::vector<ast::Assignment>& set,
                                                           std::size_t table, const Scope& scope,
                                                           const std::string& path) {
  std::vector<bound::Assignment> result;
  for (std::size_t i = 0; i < set.size(); ++i) {
    VIRGA_ASSIGN(const std::size_t column, writable(set[i].column, table, at(path, i) + ".column"));
    VIRGA_ASSIGN(auto value, expr(set[i].value, scope, at(path, i) + ".value"));
    result.push_back({column, std::move(value)});
  }
  return result;
}

Result<bound::Conflict> Binder::conflict(const ast::Conflict& source, std::size_t table,
                                         const Scope& scope, const std::string& path) {
  Scope update(schema_, &scope);
  VIRGA_TRY(update.add({excluded, excluded, table}, path));
  bound::Conflict result;
  VIRGA_ASSIGN(result.target, exprs(source.target, scope, path + ".target"));
  VIRGA_ASSIGN(result.target_where, optional(source.target_where, scope, path + ".where"));
  VIRGA_ASSIGN(result.set, assignments(source.set, table, update, path + ".set"));
  VIRGA_ASSIGN(result.set_where, optional(source.set_where, update, path + ".setWhere"));
  return result;
}

/// What is inserted: rows, a select, or SQL text.
Result<void> Binder::inserted(const ast::Insert& insert, bound::Insert& result,
                              const Scope& scope) {
  if (const auto* nested = std::get_if<std::shared_ptr<const ast::Select>>(&insert.select)) {
    VIRGA_ASSIGN(auto bound, select(**nested, &scope, Role::nested, "insert.select"));
    if (bound.output.fields.size() != result.columns.size())
      return fail(Code::invalid_query,
                  "The select of an insert gives one field for each column, not " +
                      std::to_string(bound.output.fields.size()) + " for " +
                      std::to_string(result.columns.size()) + ".",
                  "insert.select");
    result.select = std::make_shared<const bound::Select>(std::move(bound));
    return {};
  }
  if (const auto* sql = std::get_if<ast::Sql>(&insert.select)) {
    VIRGA_ASSIGN(result.select, sql_text(*sql, scope, "insert"));
    return {};
  }
  if (insert.rows.empty())
    return fail(Code::invalid_query, "An insert needs at least one row.", "insert.rows");
  if (insert.columns.empty() && insert.rows.size() > 1)
    return fail(Code::invalid_query, "Only a single row can be inserted without any column.",
                "insert.rows");
  for (std::size_t i = 0; i < insert.rows.size(); ++i) {
    VIRGA_ASSIGN(auto cells,
                 row(insert.rows[i], result.columns, result.table, scope, at("insert.rows", i)));
    result.rows.push_back(std::move(cells));
  }
  return {};
}

Result<bound::Query> Binder::query(const ast::Insert& insert) {
  Scope named(schema_);
  bound::Insert result;
  VIRGA_ASSIGN(result.ctes, ctes(insert.with, named, "insert.with"));
  Scope scope(schema_, &named);
  VIRGA_ASSIGN(result.table, target(insert.table, scope, "insert.table"));
  for (std::size_t i = 0; i < insert.columns.size(); ++i) {
    VIRGA_ASSIGN(const std::size_t column,
                 writable(insert.columns[i], result.table, at("insert.columns", i)));
    if (std::find(result.columns.begin(), result.columns.end(), column) != result.columns.end())
      return fail(Code::invalid_query, "Column \"" + insert.columns[i] + "\" is listed twice.",
                  at("insert.columns", i));
    result.columns.push_back(column);
  }
  VIRGA_TRY(inserted(insert, result, named));
  for (std::size_t i = 0; i < insert.conflicts.size(); ++i) {
    VIRGA_ASSIGN(auto bound,
                 conflict(insert.conflicts[i], result.table, scope, at("insert.conflicts", i)));
    result.conflicts.push_back(std::move(bound));
  }
  VIRGA_ASSIGN(result.returning, returning(insert.returning, scope, "insert.returning"));
  return bound::Query(std::move(result));
}

Result<bound::Query> Binder::query(const ast::Update& update) {
  if (update.set.empty()) return fail(Code::invalid_query, "No values to set.", "update.set");
  Scope named(schema_);
  bound::Update result;
  VIRGA_ASSIGN(result.ctes, ctes(update.with, named, "update.with"));
  Scope own(schema_, &named);
  VIRGA_ASSIGN(result.table, target(update.table, own, "update.table"));
  Scope scope = own;
  if (update.from) {
    VIRGA_ASSIGN(result.from, source(*update.from, scope, "update.from"));
  }
  if (!update.from && !update.joins.empty())
    return fail(Code::invalid_query, "An update joins to what it reads from.", "update.joins");
  VIRGA_ASSIGN(result.joins, joins(update.joins, scope, "update.joins"));
  VIRGA_ASSIGN(result.set, assignments(update.set, result.table, scope, "update.set"));
  VIRGA_ASSIGN(result.where, optional(update.where, scope, "update.where"));
  VIRGA_ASSIGN(result.order_by, orders(update.order_by, scope, "update.orderBy"));
  VIRGA_ASSIGN(result.limit, optional(update.limit, scope, "update.limit"));
  VIRGA_ASSIGN(result.offset, optional(update.offset, scope, "update.offset"));
  VIRGA_ASSIGN(result.returning, returning(update.returning, own, "update.returning"));
  return bound::Query(std::move(result));
}

Result<bound::Query> Binder::query(const ast::Delete& del) {
  Scope named(schema_);
  bound::Delete result;
  VIRGA_ASSIGN(result.ctes, ctes(del.with, named, "delete.with"));
  Scope scope(schema_, &named);
  VIRGA_ASSIGN(result.table, target(del.table, scope, "delete.table"));
  VIRGA_ASSIGN(result.where, optional(del.where, scope, "delete.where"));
  VIRGA_ASSIGN(result.order_by, orders(del.order_by, scope, "delete.orderBy"));
  VIRGA_ASSIGN(result.limit, optional(del.limit, scope, "delete.limit"));
  VIRGA_ASSIGN(result.offset, optional(del.offset, scope, "delete.offset"));
  VIRGA_ASSIGN(result.returning, returning(del.returning, scope, "delete.returning"));
  return bound::Query(std::move(result));
}

Result<bound::Query> Binder::query(const ast::Raw& raw) {
  VIRGA_ASSIGN(auto text, sql_text(raw.sql, Scope(schema_), "raw"));
  return bound::Query(bound::Raw{std::move(text)});
}

}  // namespace virga::bind
