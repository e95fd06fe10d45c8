#pragma once

#include <utility>

#include "ast/ast.h"

/// Short constructors for writing queries by hand:
/// `Find{.table = "users", .level = {.where = eq(col("users", "id"), param(0))}}`.
namespace virga::ast {

inline Expr col(std::string table, std::string column) {
  return Expr{ColumnRef{std::move(table), std::move(column)}};
}
inline Expr param(std::size_t index) { return Expr{Param{index}}; }
inline Expr call(Operator op, std::vector<Expr> args) { return Expr{Call{op, std::move(args)}}; }
inline Expr eq(Expr a, Expr b) { return call(Operator::eq, {std::move(a), std::move(b)}); }
inline Expr ne(Expr a, Expr b) { return call(Operator::ne, {std::move(a), std::move(b)}); }
inline Expr gt(Expr a, Expr b) { return call(Operator::gt, {std::move(a), std::move(b)}); }
inline Expr gte(Expr a, Expr b) { return call(Operator::gte, {std::move(a), std::move(b)}); }
inline Expr lt(Expr a, Expr b) { return call(Operator::lt, {std::move(a), std::move(b)}); }
inline Expr lte(Expr a, Expr b) { return call(Operator::lte, {std::move(a), std::move(b)}); }
inline Expr like(Expr a, Expr b) { return call(Operator::like, {std::move(a), std::move(b)}); }
inline Expr is_null(Expr a) { return call(Operator::is_null, {std::move(a)}); }
inline Expr all_of(std::vector<Expr> terms) {
  return call(Operator::logical_and, std::move(terms));
}
inline Expr any_of(std::vector<Expr> terms) { return call(Operator::logical_or, std::move(terms)); }
inline Expr negate(Expr a) { return call(Operator::logical_not, {std::move(a)}); }
inline Order asc(Expr by) { return Order{std::move(by), false}; }
inline Order desc(Expr by) { return Order{std::move(by), true}; }

}  // namespace virga::ast
