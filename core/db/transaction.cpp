#include <algorithm>
#include <string>

#include "db/database.h"

namespace virga::db {
namespace {

std::string savepoint(int depth) { return "virga_" + std::to_string(depth); }

}  // namespace

int Connection::depth() const { return autocommit() ? 0 : std::max(depth_, 1); }

Result<void> Connection::run(const std::string& sql) {
  VIRGA_ASSIGN(auto statement, prepare(sql));
  VIRGA_TRY(statement.step());
  return {};
}

Result<void> Connection::begin(Behavior behavior) {
  const int outer = depth();
  if (outer > 0)
    VIRGA_TRY(run("savepoint " + savepoint(outer)));
  else
    VIRGA_TRY(run(behavior == Behavior::immediate   ? "begin immediate"
                  : behavior == Behavior::exclusive ? "begin exclusive"
                                                    : "begin"));
  depth_ = outer + 1;
  return {};
}

Result<void> Connection::commit() {
  const int open = depth();
  if (open == 0)
    return depth_ == 0 ? fail(Code::transaction, "A commit needs an open transaction.")
                       : fail(Code::transaction,
                              "The transaction cannot be committed: it has been ended already, by "
                              "SQLite after an error or by an SQL statement.");
  VIRGA_TRY(run(open == 1 ? "commit" : "release " + savepoint(open - 1)));
  depth_ = open - 1;
  return {};
}

Result<void> Connection::rollback() {
  const int open = depth();
  if (open == 0) {
    if (depth_ == 0) return fail(Code::transaction, "A rollback needs an open transaction.");
    --depth_;
    return {};
  }
  if (open == 1) {
    VIRGA_TRY(run("rollback"));
  } else {
    VIRGA_TRY(run("rollback to " + savepoint(open - 1)));
    VIRGA_TRY(run("release " + savepoint(open - 1)));
  }
  depth_ = open - 1;
  return {};
}

}  // namespace virga::db
