#pragma once

#include <vector>

#include "base/error.h"
#include "migrate/migration.h"
#include "schema/schema.h"

namespace virga::migrate {

/// What is called otherwise in the new schema, and what only its author can tell.
struct Renames {
  Plan plan{};  ///< the renames that were answered
  std::vector<Question> questions{};
};

/// Finds the tables and columns that went while others came. Both schemas are in the form of
/// schema::read_sql.
/// Errors: unknown_table, unknown_column for an answer that names what is not there.
Result<Renames> find_renames(const schema::Schema& from, const schema::Schema& to,
                             const Answers& answers);

}  // namespace virga::migrate
