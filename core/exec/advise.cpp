#include "exec/advise.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "db/introspection.h"

namespace virga::exec {
namespace {

using Plan = std::vector<std::string>;

/// How many lines of EXPLAIN QUERY PLAN an index could improve: see
/// https://sqlite.org/eqp.html, "Table and index scans" and "Temporary sorting B-trees".
std::ptrdiff_t effort(const Plan& plan) {
  return std::count_if(plan.begin(), plan.end(), [](const std::string& line) {
    const auto has = [&](std::string_view part) { return line.find(part) != std::string::npos; };
    return (has("SCAN ") && !has("CONSTANT ROW")) || has("USE TEMP B-TREE") || has("AUTOMATIC ");
  });
}

std::string create_index(const compile::IndexCandidate& candidate) {
  std::vector<std::string> columns;
  for (const std::string& column : candidate.columns)
    columns.push_back(text::quote_identifier(column));
  const std::string name = candidate.table + "_" + text::join(candidate.columns, "_") + "_idx";
  return "create index " + text::quote_identifier(name) + " on " +
         text::quote_identifier(candidate.table) + " (" + text::join(columns, ", ") + ")";
}

Result<void> try_each(db::Connection& copy, compile::StatementTrace& statement) {
  for (const compile::IndexCandidate& candidate : statement.candidates) {
    const std::string sql = create_index(candidate);
    VIRGA_TRY(copy.begin());
    if (copy.exec(sql)) {
      auto plan = copy.query_plan(statement.sql);
      if (plan && effort(*plan) < effort(statement.query_plan))
        statement.advice.push_back({sql, std::move(*plan)});
    }
    VIRGA_TRY(copy.rollback());
  }
  return {};
}

}  // namespace

Result<void> advise(db::Connection& connection, compile::Trace& trace) {
  const bool any =
      std::any_of(trace.statements.begin(), trace.statements.end(), [](const auto& statement) {
        return !statement.candidates.empty() && effort(statement.query_plan) > 0;
      });
  if (!any) return {};
  VIRGA_ASSIGN(auto copy, db::empty_copy(connection));
  for (compile::StatementTrace& statement : trace.statements) VIRGA_TRY(try_each(copy, statement));
  return {};
}

}  // namespace virga::exec
