#pragma once

#include <cstddef>
#include <vector>

#include "schema/schema.h"

namespace virga::plan {

/// How the rows of a step are found.
enum class Strategy {
  root,   ///< one statement
  batch,  ///< one statement for all parents; rows are matched to parents by key
  loop,   ///< one statement, run once for each parent row with the parent's key bound
};

/// How the rows of a step hang on the rows of an earlier step. A slot is a column of a step's rows.
struct Stitch {
  Strategy strategy = Strategy::root;
  std::size_t parent = 0;  ///< index of the parent step; 0 for the root itself
  schema::Cardinality kind = schema::Cardinality::many;
  std::vector<std::size_t> parent_slots;  ///< slots of the parent's row that form the key
  std::vector<std::size_t> child_slots;   ///< batch: slots of this step's row that form the key
  std::size_t visible = 0;                ///< slots that reach the frame; key slots may follow them
};

}  // namespace virga::plan
