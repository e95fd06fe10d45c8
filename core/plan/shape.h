#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/schema.h"

namespace virga::plan {

/// Where one member of a result object comes from: a cell, or cells that make an object of its own.
struct ShapeField {
  std::string name;
  std::size_t slot = 0;  ///< column of the step's rows in the frame
  schema::Codec codec = schema::Codec::any;
  std::string table;  ///< keys of the schema column behind the field; empty for an expression
  std::string column;
  std::vector<ShapeField> fields;    ///< of a nested object; then only the name and `present` count
  std::vector<std::size_t> present;  ///< a nested object is null when all of these slots are
};

/// The objects of one step: fields first, then one member for each relation below.
struct ShapeNode {
  std::string name;  ///< the member of the parent object; empty at the root
  schema::Cardinality kind = schema::Cardinality::many;
  std::size_t step = 0;
  std::vector<ShapeField> fields;
  std::vector<ShapeNode> children;
};

enum class ShapeKind {
  rows,  ///< objects
  run,   ///< the statement returns no rows, only a count of changes
  raw,   ///< a statement as written: rows of step 0, whose columns are named by the row of step 1
};

/// How a frame becomes result objects. It is data: the host guesses nothing.
struct Shape {
  ShapeKind kind = ShapeKind::rows;
  bool first = false;  ///< the result is one object, or none
  ShapeNode root;
};

/// The shape as JSON (core/README.md, "Documents").
std::string to_json(const Shape& shape);

}  // namespace virga::plan
