#include "db/introspection.h"

#include <unordered_set>
#include <vector>

namespace virga::db {
namespace {

/// Tables before what belongs to them and what reads them.
constexpr const char* stored_rows =
    "select type, name, tbl_name, coalesce(sql, '') from sqlite_schema "
    "order by instr('table index view trigger', type), rowid";

Result<std::vector<schema::Stored>> stored(Connection& connection) {
  std::vector<schema::Stored> rows;
  VIRGA_ASSIGN(auto statement, connection.prepare(stored_rows));
  while (true) {
    VIRGA_ASSIGN(const bool row, statement.step());
    if (!row) return rows;
    const auto text = [&](std::size_t column) {
      return std::get<std::string>(statement.value(column));
    };
    rows.push_back({text(0), text(1), text(2), text(3)});
  }
}

/// The columns that SQLite finds in a view; none for one that reads what is not there.
void read_columns(Connection& connection, schema::Table& view) {
  auto statement = connection.prepare("select name, type from pragma_table_xinfo(?1)");
  const Value name = view.name;
  if (!statement || !statement->bind(1, name)) return;
  for (auto row = statement->step(); row && *row; row = statement->step()) {
    const auto key = std::get<std::string>(statement->value(0));
    view.columns.push_back(
        {.key = key, .name = key, .type = std::get<std::string>(statement->value(1))});
  }
}

Result<std::int64_t> number(Connection& connection, std::string_view sql) {
  VIRGA_ASSIGN(auto statement, connection.prepare(sql));
  VIRGA_TRY(statement.step());
  return std::get<std::int64_t>(statement.value(0));
}

}  // namespace

Result<bool> has_table(Connection& connection, const std::string& name) {
  const Value bound = name;
  VIRGA_ASSIGN(auto statement,
               connection.prepare("select 1 from sqlite_schema where "
                                  "type in ('table', 'view') and name = ?1 collate nocase"));
  VIRGA_TRY(statement.bind(1, bound));
  return statement.step();
}

Result<schema::Stock> introspect(Connection& connection, std::span<const std::string> without) {
  VIRGA_ASSIGN(const auto rows, stored(connection));
  VIRGA_ASSIGN(auto stock, schema::read_sql(rows, without));
  for (schema::Table& table : stock.schema.tables)
    if (table.view && table.columns.empty()) read_columns(connection, table);
  return stock;
}

Result<Connection> empty_copy(Connection& connection, std::span<const std::string> without) {
  VIRGA_ASSIGN(auto copy, Connection::open(":memory:"));
  VIRGA_ASSIGN(const auto rows, stored(connection));
  const std::unordered_set<std::string> left_out(without.begin(), without.end());
  for (const schema::Stored& row : rows) {
    if (row.sql.empty() || row.name.starts_with("sqlite_") || left_out.count(row.table) > 0)
      continue;
    if (const auto created = copy.exec(row.sql); !created) continue;
  }
  return copy;
}

Result<std::int64_t> dangling_rows(Connection& connection) {
  return number(connection, "select count(*) from pragma_foreign_key_check");
}

Result<bool> foreign_keys(Connection& connection) {
  VIRGA_ASSIGN(const std::int64_t enforced, number(connection, "pragma foreign_keys"));
  return enforced != 0;
}

Result<void> set_foreign_keys(Connection& connection, bool enforced) {
  return connection.exec(enforced ? "pragma foreign_keys = on" : "pragma foreign_keys = off");
}

}  // namespace virga::db
