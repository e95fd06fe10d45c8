#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ast/ast.h"
#include "base/error.h"
#include "compile/trace.h"
#include "plan/shape.h"
#include "plan/stitch.h"
#include "schema/affinity.h"
#include "schema/schema.h"

namespace virga::compile {

/// One statement of a compiled query.
struct Statement {
  std::string sql;
  std::size_t step = 0;  ///< the step that it is the statement of
  bool ranges = false;   ///< it takes the place of the one before it for keys from one to another
};

/// An insert that gives its row back, without RETURNING: see plan::RowBack.
struct RowBack {
  std::string insert;
  std::string select;
  std::string table;
  std::string rowid;  ///< the column that is the rowid
};

/// A query ready to run: flat statements, how their rows are stitched, the shape of the result.
struct Compiled {
  std::vector<Statement> statements;
  std::vector<plan::Stitch> steps;
  plan::Shape shape;
  std::size_t parameters = 0;  ///< key parameters are numbered after these
  bool writes = false;
  std::optional<RowBack> row_back;  ///< a faster way, where the database allows it
};

/// The pipeline: ast -> bound -> plan -> SQL. With a trace, each stage leaves its print and its
/// time. Errors: those of bind::bind.
/// @param access what the plan is made for
Result<Compiled> compile(const ast::Query& query, const schema::Schema& schema,
                         const schema::AccessIn& access = {}, Trace* trace = nullptr);

/// The same query, to be read in chunks: another plan where the one for all rows has a statement
/// for the children of all parents. The shape is the same.
Result<Compiled> compile_chunks(const ast::Query& query, const schema::Schema& schema,
                                const schema::AccessIn& access, const Compiled& whole);

}  // namespace virga::compile
