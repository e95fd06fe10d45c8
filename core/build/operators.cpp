#include "build/operators.h"

namespace virga::build {
namespace {

Expression list_call(Operator op, const Expression& a, std::vector<Expression> list) {
  list.insert(list.begin(), a);
  return Expression::call(op, list);
}

}  // namespace

Expression all_of(const std::vector<Expression>& conditions) {
  return conditions.empty() ? true : Expression::call(Operator::logical_and, conditions);
}

Expression any_of(const std::vector<Expression>& conditions) {
  return conditions.empty() ? false : Expression::call(Operator::logical_or, conditions);
}

Expression in(const Expression& a, std::vector<Expression> list) {
  return list_call(Operator::in, a, std::move(list));
}

Expression not_in(const Expression& a, std::vector<Expression> list) {
  return list_call(Operator::not_in, a, std::move(list));
}

Expression call(Function function, const Expression& a, Distinct distinct) {
  return ast::Expr{ast::FunctionCall{function, {a.tree()}, distinct == Distinct::yes}};
}

Expression count() { return ast::Expr{ast::FunctionCall{Function::count, {}, false}}; }

}  // namespace virga::build
