#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bind/bound.h"

namespace virga::plan {

/// A to-one relation as a part of its parent's statement.
struct Joined {
  bound::Join join;
  std::vector<bound::Field> fields;  ///< what the child selects
  std::string alias;                 ///< the name of the child's table in the statement
};

/// Joins the child's table to a statement, if the statement stays the same one: SQL text, in either
/// of them, could hold names that the other table makes ambiguous. The caller knows that a parent
/// has at most one child.
/// @param carrier the statement that gives the parent's rows
/// @param parent what the statement calls the parent's table; empty for its own name
std::optional<Joined> join(const bound::Child& child, const bound::Select& carrier,
                           const std::string& parent, const schema::Schema& schema);

}  // namespace virga::plan
