#include "build/expression.h"

namespace virga::build {

Field Expression::as(std::string name) const { return ast::Field{name, tree_, name, {}}; }

Expression Expression::call(Operator op, const std::vector<Expression>& operands) {
  return ast::Expr{ast::Call{op, trees<ast::Expr>(operands)}};
}

Field object(std::string as, const std::vector<Field>& fields) {
  return ast::Field{std::move(as), {}, {}, trees<ast::Field>(fields)};
}

Expression related(std::string relation, const RelatedOptions& options) {
  ast::Related related{std::move(relation), options.of, {}, {}};
  if (options.where) related.where.push_back(options.where->tree());
  if (options.value) related.value.push_back(options.value->tree());
  return ast::Expr{std::move(related)};
}

}  // namespace virga::build
