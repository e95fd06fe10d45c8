#include "db/statement_cache.h"

#include <iterator>

namespace virga::db {

StatementCache::~StatementCache() {
  for (const Idle& idle : idle_) sqlite3_finalize(idle.statement);
}

sqlite3_stmt* StatementCache::take(std::string_view sql) {
  for (auto idle = idle_.rbegin(); idle != idle_.rend(); ++idle) {
    if (idle->sql != sql) continue;
    sqlite3_stmt* statement = idle->statement;
    idle_.erase(std::next(idle).base());
    ++counters.reused;
    return statement;
  }
  ++counters.prepared;
  return nullptr;
}

void StatementCache::put(sqlite3_stmt* statement) {
  const int again = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_REPREPARE, 1);
  counters.prepared_again += static_cast<std::uint64_t>(again);
  if (idle_.size() == capacity) {
    sqlite3_finalize(idle_.front().statement);
    idle_.erase(idle_.begin());
  }
  idle_.push_back({sqlite3_sql(statement), statement});
}

}  // namespace virga::db
