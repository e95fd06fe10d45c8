#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "bind/bound.h"
#include "plan/shape.h"
#include "plan/stitch.h"
#include "schema/affinity.h"
#include "schema/schema.h"

namespace virga::plan {

/// One statement of a query.
struct Step {
  std::string path;            ///< table or relation path, for example "users.posts.comments"
  Stitch stitch;               ///< how its rows hang on the rows of an earlier step
  bound::Statement statement;  ///< of no use when another step's gives the rows
  std::optional<bound::Select> ranges{};  ///< loop: the same for keys from one to another
  std::string alias{};                    ///< join: what that statement calls the table
};

struct Plan {
  std::vector<Step> steps;
  Shape shape;
  std::size_t parameters = 0;  ///< parameters of the query; key parameters are numbered after them
  bool writes = false;
};

/// How the rows of a query are going to be read.
enum class Reading {
  whole,   ///< all in one run
  chunks,  ///< some root rows at a time, each time with all below them
};

/// What a plan depends on beside the query and its schema.
struct Setting {
  schema::AccessIn access{};
  Reading reading = Reading::whole;
};

/// Turns a bound query into flat statements and the shape of the result.
///
/// A child step is joined into its parent's statement when a unique key says that there is
/// at most one child, and the parents are few: limited; or when a child has one parent only and not
/// all children are wanted. Else it is a batch when one statement can read the children of all
/// parents, a loop when each parent needs its own run: when the child has a limit of its own, when
/// the parents are limited and the child's key is indexed, when the parents' filter holds SQL text
/// whose second evaluation might differ, or when the two key columns do not compare by plain
/// equality. A loop that gives all children of its parents can read those of keys that follow each
/// other in one run. Of a query that is read in chunks the parents count as limited. The numbers
/// behind these rules are in core/README.md, "Decisions".
Plan plan(const bound::Query& query, std::size_t parameters, const schema::Schema& schema,
          const Setting& setting = {});

/// The plan as text, one line a step: `step1 users.posts: batch step0.0 = step1.3 many`.
std::string print(const Plan& plan, const schema::Schema& schema);

}  // namespace virga::plan
