#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "bind/bound.h"
#include "schema/schema.h"
#include "sql/dialect.h"
#include "sql/sql.h"

namespace virga::sql {

/// Writes one statement. Selects are in render.cpp, writes in render_write.cpp.
class Renderer {
 public:
  Renderer(const schema::Schema& schema, std::size_t parameters, const Dialect& dialect)
      : schema_(schema), parameters_(parameters), dialect_(dialect) {}

  void statement(const bound::Select& select);
  void statement(const bound::Insert& insert);
  void statement(const bound::Update& update);
  void statement(const bound::Delete& del);
  void statement(const bound::Raw& raw) { node(raw.sql); }
  std::string take() { return std::move(out_); }

 private:
  void name(std::string_view name) { out_ += text::quote_identifier(name); }
  void table(std::size_t index) { name(schema_.tables[index].name); }
  void parameter(std::size_t index);
  void expr(const bound::Expr& expr) {
    std::visit([&](const auto& kind) { node(kind); }, expr.node);
  }
  void term(const bound::Expr& expression);
  void operand(const bound::Expr& expression);
  void node(const bound::ColumnRef& ref);
  void node(const bound::OutputRef& ref);
  void node(const bound::Rowid& row);
  void node(const bound::Param& param) { parameter(param.index); }
  void node(const bound::KeyParam& key) { parameter(parameters_ + key.index); }
  void node(const bound::Literal& value) { out_ += literal(value.value); }
  void node(const bound::Call& call);
  void node(const bound::FunctionCall& call);
  void node(const bound::Sql& sql);
  void node(const bound::SourceRef& ref) { source(*ref.source); }
  void node(const bound::Subquery& subquery);
  void node(const bound::InSelect& in);
  void node(const bound::DefaultValue& value);
  void infix(std::string_view word, const std::vector<bound::Expr>& args);
  void in_list(const bound::Call& call);
  void field(const bound::Field& field, const bound::Source* only);
  void source(const bound::Source& source);
  void joins(const std::vector<bound::Join>& joins);
  void ctes(const std::vector<bound::Cte>& ctes);
  void clause(std::string_view word, const std::optional<bound::Expr>& expression);
  void order(const std::vector<bound::Order>& orders);
  void limit(const std::optional<bound::Expr>& limit, const std::optional<bound::Expr>& offset);
  void core(const bound::Select& select);
  void returning(const bound::Output& output, std::size_t table);
  void assignments(const std::vector<bound::Assignment>& set, const schema::Table& table);
  void inserted(const bound::Insert& insert);
  void conflict(const bound::Conflict& conflict, const schema::Table& table);

  /// Writes each item with `separator` between.
  template <class Items, class Write>
  void list(const Items& items, std::string_view separator, Write write) {
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += separator;
      first = false;
      write(item);
    }
  }

  const schema::Schema& schema_;
  std::size_t parameters_;
  const Dialect& dialect_;
  std::string out_;
};

}  // namespace virga::sql
