#pragma once

#include <cstddef>
#include <functional>
#include <optional>
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

/// How rows are found by their values in some columns: one of them at most, some by an index, or by
/// reading the whole table.
enum class Access { scan, index, unique };

/// How a database finds rows by their values in these columns; nothing of a table that it does not
/// have, for which the keys and indexes of the schema count.
using AccessIn = std::function<std::optional<Access>(const Table& table,
                                                     const std::vector<std::size_t>& columns)>;

/// Whether some index of the table starts with exactly these columns, in any order among
/// themselves, so that looking rows up by them does not read the whole table.
bool indexed(const Table& table, const std::vector<std::size_t>& columns);

/// Whether no two rows have the same values in these columns, nulls apart: they hold all columns of
/// the primary key, a unique constraint or a full unique index.
bool is_unique(const Table& table, const std::vector<std::size_t>& columns);

/// Whether these columns are the table's whole primary key.
bool is_primary_key(const Table& table, const std::vector<std::size_t>& columns);

}  // namespace virga::schema
