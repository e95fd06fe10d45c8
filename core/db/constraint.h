#pragma once

#include <functional>

#include "base/error.h"
#include "db/database.h"
#include "schema/schema.h"

namespace virga::db {

/// Makes a constraint error say what SQLite knows but does not tell; its message goes on after
/// SQLite's own words. Unique, primary key, not null and check violations get the declared name and
/// the keys of table and columns from `schema`. A foreign key violation is found by running the
/// statement once more with deferred enforcement, in a transaction that is always rolled back, then
/// asking PRAGMA foreign_key_check: the error names the foreign key, its columns, the values, and
/// the missing parent or the rows that still refer to it.
/// @param again runs the failed statement again with the same parameters, to its end; empty when a
///   commit failed: the transaction is still open then, with the violations in it
/// @return the enriched error; `error` unchanged when it is not a constraint error
Error explain_constraint(Error error, const schema::Schema& schema, Connection& connection,
                         const std::function<Result<void>()>& again);

}  // namespace virga::db
