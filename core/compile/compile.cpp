#include "compile/compile.h"

#include <algorithm>

#include "bind/bind.h"
#include "plan/plan.h"
#include "plan/row_back.h"
#include "sql/sql.h"

namespace virga::compile {
namespace {

std::vector<Statement> render(const plan::Plan& plan, const schema::Schema& schema) {
  std::vector<Statement> statements;
  statements.reserve(plan.steps.size());
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const plan::Step& step = plan.steps[i];
    if (step.stitch.carrier != i) continue;
    statements.push_back({sql::render(step.statement, plan.parameters, schema), i, false});
    if (step.ranges)
      statements.push_back({sql::render(*step.ranges, plan.parameters, schema), i, true});
  }
  return statements;
}

std::optional<RowBack> row_back(const plan::Plan& plan, const schema::Schema& schema) {
  const auto apart = plan::row_back(plan.steps.front().statement, schema);
  if (!apart) return std::nullopt;
  const schema::Table& table = schema.tables[apart->insert.table];
  return RowBack{sql::render(apart->insert, plan.parameters, schema),
                 sql::render(apart->select, plan.parameters, schema), table.name,
                 schema::rowid_alias(table)->name};
}

void note(Trace& trace, const ast::Query& query, const bind::Binding& binding,
          const plan::Plan& plan, const Compiled& compiled, const schema::Schema& schema) {
  trace.ast = ast::to_json(query);
  trace.bound = bound::print(binding.query, schema);
  trace.plan = plan::print(plan, schema);
  for (const Statement& statement : compiled.statements) {
    auto& traced = trace.statements.emplace_back();
    traced.sql = statement.sql;
    if (!statement.ranges)
      traced.candidates = index_candidates(plan.steps[statement.step].statement, schema);
  }
}

Compiled compiled(const plan::Plan& plan, std::vector<Statement> statements) {
  Compiled compiled{std::move(statements), {}, plan.shape, plan.parameters, plan.writes, {}};
  for (const plan::Step& step : plan.steps) compiled.steps.push_back(step.stitch);
  return compiled;
}

}  // namespace

Result<Compiled> compile(const ast::Query& query, const schema::Schema& schema,
                         const schema::AccessIn& access, Trace* trace) {
  VIRGA_ASSIGN(const auto binding,
               Trace::timed(trace, "bind", [&] { return bind::bind(query, schema); }));
  const auto plan = Trace::timed(trace, "plan", [&] {
    return plan::plan(binding.query, binding.parameters, schema, {access});
  });
  Compiled result =
      compiled(plan, Trace::timed(trace, "render", [&] { return render(plan, schema); }));
  result.row_back = row_back(plan, schema);
  if (trace) note(*trace, query, binding, plan, result, schema);
  return result;
}

Result<Compiled> compile_chunks(const ast::Query& query, const schema::Schema& schema,
                                const schema::AccessIn& access, const Compiled& whole) {
  const auto batch = [](const plan::Stitch& step) {
    return step.strategy == plan::Strategy::batch;
  };
  if (std::none_of(whole.steps.begin(), whole.steps.end(), batch)) return whole;
  VIRGA_ASSIGN(const auto binding, bind::bind(query, schema));
  const auto plan =
      plan::plan(binding.query, binding.parameters, schema, {access, plan::Reading::chunks});
  return compiled(plan, render(plan, schema));
}

}  // namespace virga::compile
