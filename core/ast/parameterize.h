#pragma once

#include <cstddef>
#include <vector>

#include "ast/ast.h"

namespace virga::ast {

/// A query whose literals have become parameters, and their values.
struct Parameterized {
  Query query;
  std::vector<Value> values;   ///< the given values, then those of the literals
  std::size_t parameters = 0;  ///< how many values the query's own parameters need
};

/// Makes every literal a parameter, so that queries that differ in values only are one query.
/// @param values what the query's own parameters stand for, when it has some
Parameterized parameterize(Query query, std::vector<Value> values = {});

}  // namespace virga::ast
