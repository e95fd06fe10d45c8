#include "build/source.h"

#include <memory>

#include "build/select.h"

namespace virga::build {

Source::Source(const SqlText& text) { tree_.from = text.text(); }

Source Source::as(std::string alias) const {
  Source next = *this;
  next.tree_.as = std::move(alias);
  return next;
}

std::string Source::name() const {
  if (!tree_.as.empty()) return tree_.as;
  if (const auto* table = std::get_if<ast::TableSource>(&tree_.from)) return table->key;
  if (const auto* cte = std::get_if<ast::CteSource>(&tree_.from)) return cte->name;
  return {};
}

Expression Chunk::hole_of(const Source& source) {
  return ast::Expr{ast::SourceRef{std::make_shared<const ast::Source>(source.tree())}};
}

void Chunk::append_to(ast::Sql& sql) const {
  if (hole_) {
    sql.holes.push_back(hole_->tree());
    sql.texts.emplace_back();
  } else {
    sql.texts.back() += text_;
  }
}

Chunk verbatim(std::string text) {
  Chunk chunk;
  chunk.text_ = std::move(text);
  return chunk;
}

SqlText::SqlText(const std::vector<Chunk>& chunks)
    : SqlText([&] {
        ast::Sql sql{{std::string()}, {}, {}};
        for (const Chunk& chunk : chunks) chunk.append_to(sql);
        return sql;
      }()) {}

SqlText SqlText::codec(schema::Codec codec) const {
  ast::Sql sql = text();
  sql.codec = schema::codec_name(codec);
  return SqlText(std::move(sql));
}

Cte::Cte(std::string name, const Select& select)
    : tree_{std::move(name), std::make_shared<const ast::Select>(select.tree()), {}} {}

Cte::Cte(std::string name, const SqlText& text, std::vector<ast::CteColumn> columns)
    : tree_{std::move(name), text.text(), std::move(columns)} {}

Cte::operator Source() const {
  ast::Source source;
  source.from = ast::CteSource{tree_.name};
  return source;
}

}  // namespace virga::build
