#pragma once

#include <cstddef>
#include <vector>

#include "schema/schema.h"

namespace virga::plan {

/// How the rows of a step are found.
enum class Strategy {
  root,   ///< one statement
  batch,  ///< one statement for all parents; rows are matched to parents by key
  loop,   ///< one statement, run once for each parent row with the parent's key bound, or for a
          ///< range of keys
  join,   ///< a part of the statement of an earlier step, for a parent with at most one child
};

/// How the rows of a step hang on the rows of an earlier step. A slot is a column of the statement
/// that gives the step's rows.
struct Stitch {
  Strategy strategy = Strategy::root;
  std::size_t carrier =
      0;  ///< the step whose statement gives the rows; the step itself but for join
  std::size_t parent = 0;  ///< index of the parent step; 0 for the root itself
  schema::Cardinality kind = schema::Cardinality::many;
  std::vector<std::size_t> parent_slots;  ///< slots of the parent's row that form the key
  std::vector<std::size_t> child_slots;   ///< batch, ranges: slots of this step's row with the key
  std::size_t first = 0;                  ///< the first of the slots that reach the frame
  std::size_t visible = 0;                ///< how many they are
  std::size_t present = 0;                ///< join: null in this slot when there is no row
  std::size_t columns = 0;                ///< of the statement, if it is the step's own
  bool pairs = false;  ///< batch: each parent has at most one child and each child one parent
};

}  // namespace virga::plan
