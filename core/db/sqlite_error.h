#pragma once

#include <sqlite3.h>

#include <string_view>

#include "base/error.h"

namespace virga::db {

/// The failure `result_code` that the last call on `handle` reported, in SQLite's own words.
/// `handle` may be null when there was not even memory for a connection.
Error sqlite_error(sqlite3* handle, int result_code, std::string_view sql);

}  // namespace virga::db
