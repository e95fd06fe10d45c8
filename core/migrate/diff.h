#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "migrate/migration.h"
#include "schema/schema.h"

namespace virga::migrate {

/// How one table differs from what it shall be, by positions in the two tables.
struct TableDifference {
  const schema::Table* from = nullptr;                      ///< null: it is created
  const schema::Table* to = nullptr;                        ///< null: it is dropped
  std::vector<std::pair<std::size_t, std::size_t>> kept{};  ///< columns that both have
  std::vector<std::size_t> added{};
  std::vector<std::size_t> dropped{};
  std::vector<std::size_t> new_uniques{};
  std::vector<std::size_t> new_foreign_keys{};
  std::vector<std::size_t> new_checks{};
  std::vector<std::size_t> new_indexes{};
  std::vector<std::size_t> old_indexes{};
  bool changed_in_place = false;  ///< something that no ALTER TABLE can change
  std::vector<Change> changes{};
};

struct ViewDifference {
  const schema::Table* from = nullptr;
  const schema::Table* to = nullptr;
};

struct Difference {
  std::vector<TableDifference> tables{};  ///< all tables, those without a change too
  std::vector<ViewDifference> views{};    ///< those that differ
};

/// Compares two schemas that have the form of schema::read_sql. Names are the same in any case of
/// their letters. The order of columns, the names of constraints, and whether a unique key is a
/// constraint or an index are no differences.
Difference diff(const schema::Schema& from, const schema::Schema& to);

/// The columns of a primary key, none when there is none.
std::vector<std::string> primary_key(const schema::Table& table);

/// The columns of a unique index over all rows and columns as they are; none for another index.
std::vector<std::string> key_of(const schema::Index& index);

}  // namespace virga::migrate
