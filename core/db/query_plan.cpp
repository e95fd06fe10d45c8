#include <array>
#include <map>

#include "db/database.h"

namespace virga::db {

Result<std::vector<std::string>> Connection::query_plan(std::string_view sql) {
  VIRGA_ASSIGN(auto statement, prepare("explain query plan " + std::string(sql)));
  std::vector<std::string> lines;
  std::map<std::int64_t, std::size_t> depths;  // of each node; parents come before their children
  while (true) {
    VIRGA_ASSIGN(const bool row, statement.step());
    if (!row) return lines;
    std::array<ValueView, 4> cells;  // id, parent, not used, detail
    statement.read(cells);
    const auto parent = depths.find(cells[1].integer);
    const std::size_t depth = parent == depths.end() ? 0 : parent->second + 1;
    depths[cells[0].integer] = depth;
    lines.push_back(std::string(2 * depth, ' ') + std::string(cells[3].bytes()));
  }
}

}  // namespace virga::db
