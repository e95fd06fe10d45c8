#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/must.h"
#include "virga.h"

namespace virga {

/// A schema as SQL says it.
inline SharedSchema declared(const std::vector<std::string>& statements) {
  return std::make_shared<const schema::Schema>(must(schema::read_sql(statements)));
}

/// The rows of a query, each as JSON.
inline std::vector<std::string> rows(Database& database, const std::string& sql) {
  static const auto schema = must(share(schema::Schema{}));
  const auto query =
      must(Query::prepare("{\"raw\":{\"sql\":[" + to_json(Value(sql)) + "]}}", schema));
  const auto result = must(database.run(query));
  std::vector<std::string> list;
  for (std::size_t i = 0; i < result.size(); ++i) list.push_back(result[i].to_json());
  return list;
}

}  // namespace virga
