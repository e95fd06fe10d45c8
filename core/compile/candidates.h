#pragma once

#include <string>
#include <vector>

#include "bind/bound.h"
#include "schema/schema.h"

namespace virga::compile {

/// An index that SQLite might find rows by; names are those of SQL.
struct IndexCandidate {
  std::string table;
  std::vector<std::string> columns;
};

/// The indexes that a statement could use, at most one for each table that it reads: first the
/// columns that its conditions compare for equality, then one that they compare otherwise, or those
/// that it orders by (https://sqlite.org/queryplanner.html, "Searching and sorting").
std::vector<IndexCandidate> index_candidates(const bound::Statement& statement,
                                             const schema::Schema& schema);

}  // namespace virga::compile
