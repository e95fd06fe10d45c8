#pragma once

#include "base/error.h"
#include "compile/trace.h"
#include "db/database.h"

namespace virga::exec {

/// Finds the indexes that would spare the statements of a trace, whose query plans are there, the
/// reading of a whole table or a sort. Each is tried on an empty copy of the schema: the database
/// stays as it is. Errors: sqlite.
Result<void> advise(db::Connection& connection, compile::Trace& trace);

}  // namespace virga::exec
