#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "migrate/migration.h"
#include "schema/schema.h"

namespace virga::random {

/// The decisions of one case, so that a failing one can be made smaller: decisions that are taken
/// away count as 0, which always is the simplest choice.
class Choices {
 public:
  explicit Choices(std::vector<std::uint32_t> list) : list_(std::move(list)) {}
  /// A number below `limit`.
  std::size_t below(std::size_t limit) { return at_ < list_.size() ? list_[at_++] % limit : 0; }
  bool one_in(std::size_t chances) { return below(chances) == chances - 1; }

 private:
  std::vector<std::uint32_t> list_;
  std::size_t at_ = 0;
};

/// A schema with tables, keys, indexes, checks, views; in the form of schema::read_sql.
schema::Schema schema(Choices& choices);

/// What `schema` becomes by some edits, and which new names were which old ones.
std::pair<schema::Schema, migrate::Answers> edited(const schema::Schema& schema, Choices& choices);

/// Statements that fill the tables, and give some of them triggers.
std::vector<std::string> content(const schema::Schema& schema, Choices& choices);

}  // namespace virga::random
