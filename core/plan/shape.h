#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/schema.h"

namespace virga::plan {

/// Where one field of a result object comes from.
struct ShapeField {
  std::string name;
  std::size_t slot = 0;  ///< column of the step's rows in the frame
  schema::Codec codec = schema::Codec::any;
  std::string table;  ///< keys of the schema column behind the field; empty for an expression
  std::string column;
};

/// The objects of one step: fields first, then one member for each relation below.
struct ShapeNode {
  std::string name;  ///< the member of the parent object; empty at the root
  schema::Cardinality kind = schema::Cardinality::many;
  std::size_t step = 0;
  std::vector<ShapeField> fields;
  std::vector<ShapeNode> children;
};

/// How a frame becomes result objects. It is data: the host guesses nothing.
struct Shape {
  bool rows = true;    ///< false: the statement returns no rows, only a count of changes
  bool first = false;  ///< the result is one object, or none
  ShapeNode root;
};

/// The shape as JSON (core/README.md, "Documents").
std::string to_json(const Shape& shape);

}  // namespace virga::plan
