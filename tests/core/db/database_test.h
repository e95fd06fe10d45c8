#pragma once

#include <string>
#include <vector>

#include "core/must.h"
#include "db/database.h"

namespace virga::db {

inline Connection open_memory(std::string_view sql = {}) {
  Connection connection = must(Connection::open(":memory:"));
  must(connection.exec(sql));
  return connection;
}

/// All rows of a query without parameters.
inline std::vector<std::vector<Value>> rows(Connection& connection, std::string_view sql) {
  Statement statement = must(connection.prepare(sql));
  std::vector<std::vector<Value>> rows;
  while (must(statement.step())) {
    auto& row = rows.emplace_back();
    for (int column = 0; column < statement.column_count(); ++column)
      row.push_back(statement.value(static_cast<std::size_t>(column)));
  }
  return rows;
}

/// The one integer a query gives.
inline std::int64_t number(Connection& connection, std::string_view sql) {
  return std::get<std::int64_t>(rows(connection, sql).at(0).at(0));
}

}  // namespace virga::db
