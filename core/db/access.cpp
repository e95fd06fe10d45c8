#include <sqlite3.h>

#include "db/database.h"
#include "db/row.h"

namespace virga::db {

std::optional<schema::Access> Connection::access(const schema::Table& table,
                                                 const std::vector<std::size_t>& columns) const {
  std::vector<const char*> names;
  for (const std::size_t column : columns) names.push_back(table.columns[column].name.c_str());
  switch (virga_access(handle_, table.name.c_str(), names.data(), static_cast<int>(names.size()))) {
    case virga_scan: return schema::Access::scan;
    case virga_index: return schema::Access::index;
    case virga_unique: return schema::Access::unique;
    default: return std::nullopt;
  }
}

bool Connection::keeps_rows(const std::string& table, const std::string& rowid) const {
  return alone() && virga_keeps_rows(handle_, table.c_str(), rowid.c_str());
}

SchemaVersion Connection::schema_version() const {
  return {number_, virga_schema_generation(handle_), virga_schema_cookie(handle_)};
}

}  // namespace virga::db
