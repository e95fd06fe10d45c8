#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "db/database.h"
#include "schema/schema.h"

namespace virga::db {

/// Adds to a foreign key error what explain_constraint promises; leaves it alone when nothing is
/// found.
void explain_foreign_key(Error& error, const schema::Schema& schema, Connection& connection,
                         const std::function<Result<void>()>& again);

/// `"a", "b"`
std::string quoted_list(const std::vector<std::string>& names);

}  // namespace virga::db
