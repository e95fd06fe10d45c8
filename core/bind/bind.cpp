#include "bind/bind.h"

#include "bind/binder.h"

namespace virga::bind {

Result<Binding> bind(const ast::Query& query, const schema::Schema& schema) {
  Binder binder(schema);
  VIRGA_ASSIGN(auto bound, std::visit([&](const auto& kind) { return binder.query(kind); }, query));
  return Binding{std::move(bound), binder.parameters()};
}

Result<bound::Select> bind_view(const ast::Select& select, const schema::Schema& schema) {
  Binder binder(schema);
  VIRGA_ASSIGN(auto bound, binder.view(select));
  if (binder.parameters() > 0)
    return fail(Code::invalid_query, "The select of a view holds its values, not parameters.");
  return bound;
}

}  // namespace virga::bind
