#include "db/introspection.h"

namespace virga::db {

Result<bool> has_table(Connection& connection, const std::string& name) {
  const Value bound = name;
  VIRGA_ASSIGN(auto statement,
               connection.prepare("select 1 from sqlite_schema where "
                                  "type in ('table', 'view') and name = ?1 collate nocase"));
  VIRGA_TRY(statement.bind(1, bound));
  return statement.step();
}

}  // namespace virga::db
