#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/error.h"
#include "base/value.h"
#include "compile/compile.h"
#include "db/database.h"
#include "schema/schema.h"

namespace virga::exec {

/// Runs a compiled query and gives its result as one frame (FRAME.md).
///
/// Several statements see one state of the database: they run inside one read transaction. A write
/// that fails, at whatever point, leaves the database as it was.
/// @param parameters the values of the query's parameters, in order; more than needed is fine
/// @param trace when there, gets the parameters, runs and rows of each statement
/// Errors: missing_parameter, result_too_large, constraint_*, sqlite.
Result<std::vector<std::byte>> run(db::Connection& connection, const compile::Compiled& query,
                                   const schema::Schema& schema, std::span<const Value> parameters,
                                   compile::Trace* trace = nullptr);

}  // namespace virga::exec
