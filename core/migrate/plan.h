#pragma once

#include "base/error.h"
#include "migrate/migration.h"
#include "schema/read_sql.h"

namespace virga::migrate {

struct PlanOptions {
  /// The statements run inside a transaction whose foreign keys may be enforced, where the pragma
  /// that turns them off has no effect: then all tables that refer to a rebuilt one, directly or by
  /// way of others, are rebuilt with it, since dropping a table deletes the rows that refer to it.
  bool in_transaction = false;
};

/// A declared schema as it would be read from the database that it creates.
Result<schema::Schema> as_read(const schema::Schema& declared);

/// The declared schema with what the database says beyond it: that a table is STRICT or WITHOUT
/// ROWID, that a foreign key is deferred. A declaration adds these, and never takes them away.
schema::Schema carried(const schema::Schema& from, schema::Schema to);

/// The tables that a migration need not look at: they are the same, and nothing that changes, no
/// view and no trigger has to do with them.
std::vector<std::string> untouched(const schema::Stock& from, const schema::Schema& to);

/// Orders the work that makes `to` of what the database has. Renames are done already. What ALTER
/// TABLE cannot do is done by the procedure of https://sqlite.org/lang_altertable.html#otheralter.
/// Triggers, the indexes of constraints, row ids and the counters of autoincrement are carried.
/// @param to in the form of schema::read_sql
/// Errors: invalid_schema when a table would have to be rebuilt whose declaration says what a
/// schema has no words for.
Result<Plan> plan(const schema::Stock& from, const schema::Schema& to, PlanOptions options = {});

}  // namespace virga::migrate
