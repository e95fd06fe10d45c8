#pragma once

#include <string>
#include <vector>

#include "migrate/diff.h"
#include "migrate/migration.h"

namespace virga::migrate {

/// The rows that a change of the table may hurt, to be looked for before anything is done.
std::vector<Risk> risks(const TableDifference& table);

/// The values that are others in the new table. It is filled, and has the row ids or the primary
/// key of the old one.
std::vector<Risk> conversions(const TableDifference& table, const std::string& filled);

/// The name under which both tables have a row id; empty when one has none.
std::string row_id(const TableDifference& table);

}  // namespace virga::migrate
