#pragma once

#include <optional>

#include "bind/bound.h"
#include "schema/schema.h"

namespace virga::plan {

/// An insert that gives its row back, as two statements.
struct RowBack {
  bound::Insert insert;
  bound::Select select;  ///< of the row, by its rowid as the first key parameter
};

/// For an insert with RETURNING, SQLite makes a table, a program and a journal; the same row is
/// read by its rowid in a fraction of that. Nothing unless the insert is of one row of values,
/// gives columns back and has no conflict clause, into a table with a column that is the rowid. The
/// two are one only where no trigger or other connection changes the row between them.
std::optional<RowBack> row_back(const bound::Statement& statement, const schema::Schema& schema);

}  // namespace virga::plan
