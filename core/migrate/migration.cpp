#include "migrate/migration.h"

#include <array>

namespace virga::migrate {

std::string_view kind_name(Kind kind) {
  static constexpr std::array<std::string_view, 22> names{
      "create table",     "drop table",    "rename table", "table options",  "add column",
      "drop column",      "rename column", "column type",  "column default", "column not null",
      "column generated", "primary key",   "add unique",   "drop unique",    "add foreign key",
      "drop foreign key", "add check",     "drop check",   "create index",   "drop index",
      "create view",      "drop view"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<std::string> Plan::statements() const {
  std::vector<std::string> all;
  for (const Step& step : steps) all.insert(all.end(), step.sql.begin(), step.sql.end());
  return all;
}

}  // namespace virga::migrate
