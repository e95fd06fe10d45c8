#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "schema/schema.h"

namespace virga::schema {

enum class Affinity { text, numeric, integer, real, blob };

/// The affinity of a declared type, by the rules of
/// https://sqlite.org/datatype3.html#determination_of_column_affinity
Affinity affinity(std::string_view declared_type);

/// The column that is another name of the rowid (https://sqlite.org/lang_createtable.html#rowid):
/// the only column of the primary key, declared as exactly "integer"; null when there is none.
const Column* rowid_alias(const Table& table);

/// Whether some index of the table starts with exactly these columns, in any order among
/// themselves, so that looking rows up by them does not read the whole table.
bool indexed(const Table& table, const std::vector<std::size_t>& columns);

/// Whether no two rows have the same values in these columns, nulls apart: they hold all columns of
/// the primary key, a unique constraint or a full unique index.
bool is_unique(const Table& table, const std::vector<std::size_t>& columns);

/// Whether these columns are the table's whole primary key.
bool is_primary_key(const Table& table, const std::vector<std::size_t>& columns);

}  // namespace virga::schema
