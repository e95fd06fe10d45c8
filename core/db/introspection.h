#pragma once

#include <string>

#include "base/error.h"
#include "db/database.h"

namespace virga::db {

/// Whether the main database has a table or view with this name; ASCII case does not matter.
Result<bool> has_table(Connection& connection, const std::string& name);

}  // namespace virga::db
