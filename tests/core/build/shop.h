#pragma once

#include <doctest/doctest.h>

#include <string>

#include "core/must.h"
#include "virga.h"

namespace virga::build {

/// The document that a builder makes, by way of reading it, which checks its form.
inline std::string document(const ast::Query& query) {
  return ast::to_json(must(ast::from_json(ast::to_json(query))));
}

/// The document of an expression, as the condition of a delete.
inline std::string document_of(const Expression& expr) {
  const std::string before = R"({"delete":{"table":"t","where":)";
  const std::string whole = document(delete_from("t").where(expr));
  return whole.substr(before.size(), whole.size() - before.size() - 2);
}

/// Users who write posts, in a database of their own.
class Shop {
 public:
  const Table users =
      table("users", {integer("id").primary_key().autoincrement(), text("name").not_null().unique(),
                      integer("age"), timestamp_ms("createdAt", "created_at").default_value(1500)});
  const Table posts =
      table("posts", {integer("id").primary_key(),
                      integer("authorId", "author_id")
                          .references("users", "id", {.on_delete = schema::Action::cascade}),
                      text("title").not_null(), real("score")});

  Session& session() { return session_; }
  Rows run(const ast::Query& query) { return must(session_.run(query)); }

  /// The rows as JSON, one after the other.
  std::string json(const ast::Query& query) {
    std::string text;
    for (const Row& row : run(query)) text += row.to_json();
    return text;
  }

  /// Ada (36) wrote "Engines" and "Notes", Bob (no age) wrote nothing.
  void fill() {
    run(insert_into(users).rows(
        {{{"id", 1}, {"name", "Ada"}, {"age", 36}}, {{"id", 2}, {"name", "Bob"}}}));
    run(insert_into(posts)
            .values({{"id", 1}, {"authorId", 1}, {"title", "Engines"}, {"score", 4.5}})
            .values({{"id", 2}, {"authorId", 1}, {"title", "Notes"}}));
  }

 private:
  SharedSchema schema_ =
      must(share({.tables = {users, posts},
                  .relations = {many("users", "posts"),
                                one("posts", "author", "users").on({"authorId"}, {"id"})}}));
  Database database_ = must(Database::open());
  Session session_ = [&] {
    must(database_.push(*schema_));
    return Session(database_, schema_);
  }();
};

}  // namespace virga::build
