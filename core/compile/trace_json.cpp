#include <nlohmann/json.hpp>

#include "compile/trace.h"

namespace virga::compile {
namespace {

using Json = nlohmann::ordered_json;

Json statement_json(const StatementTrace& statement, bool ran) {
  Json parameters = Json::array();
  for (const Value& value : statement.parameters)
    parameters.push_back(Json::parse(virga::to_json(value)));
  Json json{{"sql", statement.sql},
            {"parameters", std::move(parameters)},
            {"queryPlan", statement.query_plan},
            {"advice", Json::array()}};
  for (const IndexAdvice& advice : statement.advice)
    json["advice"].push_back({{"sql", advice.sql}, {"queryPlan", advice.query_plan}});
  if (ran) {
    json["runs"] = statement.runs;
    json["rows"] = statement.rows;
  }
  return json;
}

}  // namespace

std::string to_json(const Trace& trace) {
  Json json{{"ast", Json::parse(trace.ast)},
            {"bound", trace.bound},
            {"plan", trace.plan},
            {"statements", Json::array()},
            {"timings", Json::array()}};
  for (const StatementTrace& statement : trace.statements)
    json["statements"].push_back(statement_json(statement, trace.ran));
  for (const Timing& timing : trace.timings)
    json["timings"].push_back({{"stage", timing.stage}, {"microseconds", timing.microseconds}});
  return json.dump(-1, ' ', false, nlohmann::detail::error_handler_t::replace);
}

}  // namespace virga::compile
