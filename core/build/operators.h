#pragma once

#include <string>
#include <vector>

#include "build/expression.h"

/// The operators and aggregate functions of expressions as words.
namespace virga::build {

/// The operators == != > >= < <= as functions.
inline Expression eq(const Expression& a, const Expression& b) { return a == b; }
inline Expression ne(const Expression& a, const Expression& b) { return a != b; }
inline Expression gt(const Expression& a, const Expression& b) { return a > b; }
inline Expression gte(const Expression& a, const Expression& b) { return a >= b; }
inline Expression lt(const Expression& a, const Expression& b) { return a < b; }
inline Expression lte(const Expression& a, const Expression& b) { return a <= b; }

/// True when every condition is; without any, true.
Expression all_of(const std::vector<Expression>& conditions);
/// True when some condition is; without any, false.
Expression any_of(const std::vector<Expression>& conditions);

/// Whether there is no value, or one.
inline Expression is_null(const Expression& a) { return Expression::call(Operator::is_null, {a}); }
inline Expression is_not_null(const Expression& a) {
  return Expression::call(Operator::is_not_null, {a});
}

/// `like` and `ilike` are one in SQLite: ASCII letters are equal in either case.
inline Expression like(const Expression& a, const Expression& pattern) {
  return Expression::call(Operator::like, {a, pattern});
}
inline Expression not_like(const Expression& a, const Expression& pattern) {
  return Expression::call(Operator::not_like, {a, pattern});
}
inline Expression ilike(const Expression& a, const Expression& pattern) {
  return Expression::call(Operator::ilike, {a, pattern});
}
inline Expression not_ilike(const Expression& a, const Expression& pattern) {
  return Expression::call(Operator::not_ilike, {a, pattern});
}
inline Expression between(const Expression& a, const Expression& least, const Expression& most) {
  return Expression::call(Operator::between, {a, least, most});
}
inline Expression not_between(const Expression& a, const Expression& least,
                              const Expression& most) {
  return Expression::call(Operator::not_between, {a, least, most});
}

/// Whether the value is one of a list, or none of it.
Expression in(const Expression& a, std::vector<Expression> list);
Expression not_in(const Expression& a, std::vector<Expression> list);
/// A list that is not written in braces, of any values.
template <class T>
Expression in(const Expression& a, const std::vector<T>& list) {
  return in(a, std::vector<Expression>(list.begin(), list.end()));
}
template <class T>
Expression not_in(const Expression& a, const std::vector<T>& list) {
  return not_in(a, std::vector<Expression>(list.begin(), list.end()));
}

/// `rows` is a select, or SQL text that is one.
inline Expression exists(const Expression& rows) {
  return Expression::call(Operator::exists, {rows});
}
inline Expression not_exists(const Expression& rows) {
  return Expression::call(Operator::not_exists, {rows});
}

/// Whether an aggregate takes equal values once; an aggregate by its function.
enum class Distinct { no, yes };
Expression call(Function function, const Expression& a, Distinct distinct = Distinct::no);

/// The number of rows.
Expression count();
/// The number of rows where `a` is not null.
inline Expression count(const Expression& a) { return call(Function::count, a); }
inline Expression sum(const Expression& a) { return call(Function::sum, a); }
inline Expression avg(const Expression& a) { return call(Function::avg, a); }
inline Expression min(const Expression& a) { return call(Function::min, a); }
inline Expression max(const Expression& a) { return call(Function::max, a); }
/// The same of each different value once.
inline Expression count_distinct(const Expression& a) {
  return call(Function::count, a, Distinct::yes);
}
inline Expression sum_distinct(const Expression& a) {
  return call(Function::sum, a, Distinct::yes);
}
inline Expression avg_distinct(const Expression& a) {
  return call(Function::avg, a, Distinct::yes);
}

}  // namespace virga::build
