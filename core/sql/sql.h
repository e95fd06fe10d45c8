#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bind/bound.h"
#include "schema/schema.h"
#include "sql/dialect.h"

namespace virga::sql {

/// The SQL text of one statement. Parameters are numbered as in the query: parameter i is `?i+1`,
/// key value k is `?parameters+k+1`; so all statements of a query share one parameter list.
/// @param parameters how many parameters the whole query has
std::string render(const bound::Statement& statement, std::size_t parameters,
                   const schema::Schema& schema, const Dialect& dialect = sqlite);

/// The statements that create one table: create table, then its indexes; or that create a view.
std::vector<std::string> create_table(const schema::Table& table, const schema::Schema& schema);

/// The statement that creates one index of the table.
std::string create_index(const schema::Table& table, const schema::Index& index);

/// The statement that adds a column to a table that is there.
/// @param key a foreign key of this column alone, or null
std::string add_column(const schema::Table& table, const schema::Column& column,
                       const schema::ForeignKey* key, const schema::Schema& schema);

/// The tables of the schema that are to be created, in its order, then the views: they may read any
/// of them.
std::vector<const schema::Table*> creation_order(const schema::Schema& schema);

/// The statements that create every table of the schema, in the schema's order, then every view.
std::vector<std::string> create_schema(const schema::Schema& schema);

/// A value as an SQL literal, for defaults in DDL.
std::string literal(const Value& value);

}  // namespace virga::sql
