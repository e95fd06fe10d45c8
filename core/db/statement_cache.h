#pragma once

#include <sqlite3.h>

#include <string_view>
#include <vector>

#include "db/database.h"

namespace virga::db {

/// Prepared statements that nobody is using, by their SQL text; the least recently used leave
/// first. A statement in use is not in the cache, so preparing its text again gives a second
/// statement.
class StatementCache {
 public:
  static constexpr std::size_t capacity = 128;

  StatementCache() = default;
  StatementCache(const StatementCache&) = delete;
  StatementCache& operator=(const StatementCache&) = delete;
  ~StatementCache();

  /// The idle statement with this text, which is the caller's until put(); null if there is none.
  sqlite3_stmt* take(std::string_view sql);
  /// Gives a reset statement back.
  void put(sqlite3_stmt* statement);

  std::size_t size() const { return idle_.size(); }

  Counters counters{};

 private:
  struct Idle {
    std::string_view sql;  ///< owned by the statement
    sqlite3_stmt* statement;
  };
  // A vector: scanning 128 lengths takes less time than hashing one statement's text.
  std::vector<Idle> idle_;
};

}  // namespace virga::db
