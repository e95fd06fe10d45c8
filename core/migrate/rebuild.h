#pragma once

#include <string>
#include <vector>

#include "migrate/diff.h"
#include "migrate/migration.h"

namespace virga::migrate {

/// The steps that replace tables by new ones with the same rows: all are created, filled, and only
/// then the old ones are dropped, so that no action of a foreign key reaches a new row.
/// @param tables what to rebuild, parents or children first
/// @param to the schema that they become part of
std::vector<Step> rebuild(const std::vector<const TableDifference*>& tables,
                          const schema::Schema& to);

}  // namespace virga::migrate
