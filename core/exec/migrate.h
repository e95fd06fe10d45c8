#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "db/database.h"
#include "migrate/migration.h"
#include "schema/schema.h"

namespace virga::exec {

struct MigrateOptions {
  migrate::Answers answers{};
  /// Values of these tables ("users") and columns ("users.email") may be lost.
  std::vector<std::string> allow{};
  /// Tables that are not the schema's and stay as they are.
  std::vector<std::string> without{};
  /// See migrate::PlanOptions. For statements that others run; migrate() does not need it.
  bool in_transaction = false;
};

/// The way to a schema and back, rehearsed on an empty copy of the database.
struct Migration {
  std::vector<migrate::Question> questions{};  ///< when there are some, nothing else is here
  migrate::Plan up{};
  std::vector<std::string> down{};          ///< loses nothing inside a transaction either
  std::vector<std::string> irreversible{};  ///< what `down` does not bring back, and why
};

/// Rows that are in the way of a change, or lose by it.
struct RowsAtRisk {
  migrate::Risk risk{};
  std::int64_t rows = 0;
  std::vector<std::string> sample{};  ///< the keys of the first of them
  bool allowed = false;
};

/// What a migration did, or would do.
struct Migrated {
  Migration migration{};
  std::vector<RowsAtRisk> at_risk{};
};

/// Plans how the database becomes what the schema says, and rehearses it: the statements run on an
/// empty copy, and what they make of it is compared with the schema.
/// Errors: invalid_schema, unknown_table, unknown_column; sqlite when a statement fails there, for
/// example since a trigger reads a column that goes.
Result<Migration> plan_migration(db::Connection& connection, const schema::Schema& to,
                                 const MigrateOptions& options);

/// Makes the database what the schema says: all of it or nothing. Foreign keys are not enforced
/// meanwhile, and checked before the commit.
/// Errors: those of plan_migration; ambiguous_rename, data_at_risk, constraint_foreign_key;
/// transaction when one is open.
Result<Migrated> migrate_to(db::Connection& connection, const schema::Schema& to,
                            const MigrateOptions& options);

/// What migrate_to would do, and all rows at risk. The database stays as it is.
Result<Migrated> preview(db::Connection& connection, const schema::Schema& to,
                         const MigrateOptions& options);

/// Errors: malformed_document.
Result<MigrateOptions> migrate_options(std::string_view document);

/// The documents of core/README.md.
std::string to_json(const Migration& migration);
std::string to_json(const Migrated& migrated);

}  // namespace virga::exec
