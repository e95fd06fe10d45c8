#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "compile/candidates.h"

namespace virga::compile {

/// An index that is not there, and the query plan that the statement would have with it.
struct IndexAdvice {
  std::string sql;  ///< create index …
  std::vector<std::string> query_plan;
};

/// What one statement of a query was and did.
struct StatementTrace {
  std::string sql;
  std::vector<IndexCandidate> candidates;  ///< what the advice is chosen from
  std::vector<Value> parameters;        ///< of the query; for a loop also the key of its first run
  std::vector<std::string> query_plan;  ///< EXPLAIN QUERY PLAN, indented by two spaces per depth
  std::vector<IndexAdvice> advice;      ///< the indexes that would make that plan a better one
  std::uint64_t runs = 0;
  std::uint64_t rows = 0;
};

/// How long a stage took.
struct Timing {
  std::string_view stage;
  double microseconds = 0;
};

/// What every stage made of one query. The golden tests, the page and explain() all read this.
struct Trace {
  std::string ast;    ///< the canonical query document
  std::string bound;  ///< bound::print
  std::string plan;   ///< plan::print
  std::vector<StatementTrace> statements;
  std::vector<Timing> timings;
  bool ran = false;  ///< statements[i].runs and rows count; explain() does not run writes

  /// Calls `stage_work` and, when `trace` is there, notes how long it took.
  template <class Work>
  static auto timed(Trace* trace, std::string_view stage, Work work) {
    const auto start = std::chrono::steady_clock::now();
    auto result = work();
    const std::chrono::duration<double, std::micro> spent =
        std::chrono::steady_clock::now() - start;
    if (trace) trace->timings.push_back({stage, spent.count()});
    return result;
  }
};

/// The trace as JSON (core/README.md, "Documents").
std::string to_json(const Trace& trace);

}  // namespace virga::compile
