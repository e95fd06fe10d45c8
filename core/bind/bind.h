#pragma once

#include "ast/ast.h"
#include "base/error.h"
#include "bind/bound.h"
#include "schema/schema.h"

namespace virga::bind {

/// A bound query and how many parameters it needs.
struct Binding {
  bound::Query query;
  std::size_t parameters = 0;
};

/// Finds every name of `query` in `schema`. All errors about names are made here: unknown_table,
/// unknown_column, unknown_relation with the nearest name as hint, invalid_query for what cannot be
/// asked; each with the path in the query document.
Result<Binding> bind(const ast::Query& query, const schema::Schema& schema);

/// Binds the select of a view, whose columns all have names. Errors: as above, and invalid_query
/// for a parameter, which a view has no value for.
Result<bound::Select> bind_view(const ast::Select& select, const schema::Schema& schema);

}  // namespace virga::bind
