#include <iostream>

#include "virga.h"

using namespace virga;
using namespace virga::build;

Result<void> example() {
  const auto users = table("users", {integer("id").primary_key(), text("name").not_null()});
  const auto posts =
      table("posts", {integer("id").primary_key(),
                      integer("userId", "user_id").references("users", "id"), text("title")});
  const auto posts_of_user = many("users", "posts");
  const auto user_of_post = one("posts", "user", "users").on({"userId"}, {"id"});
  VIRGA_ASSIGN(const auto schema,
               share({.tables = {users, posts}, .relations = {posts_of_user, user_of_post}}));

  VIRGA_ASSIGN(auto database, Database::open());
  VIRGA_TRY(database.push(*schema));  // creates the tables that are missing
  Session db(database, schema);

  VIRGA_TRY(db.transaction([&](Session& tx) -> Result<Rows> {
    VIRGA_ASSIGN(const Rows ada, tx.run(insert_into(users).values({{"name", "Ada"}}).returning()));
    VIRGA_ASSIGN(const int id, ada[0].get<int>("id"));
    return tx.run(insert_into(posts).values({{"userId", id}, {"title", "On rain"}}));
  }));

  VIRGA_ASSIGN(const Rows found, db.run(find(users).where(users["id"] == 1).with("posts")));
  for (const Row& user : found) std::cout << user.to_json() << '\n';
  // {"id":1,"name":"Ada","posts":[{"id":1,"userId":1,"title":"On rain"}]}

  VIRGA_ASSIGN(const Rows counts, db.run(select({users["name"], count(posts["id"]).as("n")})
                                             .from(users)
                                             .left_join(posts, posts["userId"] == users["id"])
                                             .group_by(users["id"])
                                             .order_by(desc(alias_ref("n")))));
  for (const Row& row : counts) {
    VIRGA_ASSIGN(const int n, row.get<int>("n"));
    std::cout << n << '\n';  // 1
  }
  return {};
}

int main() {
  const auto done = example();
  if (!done) std::cerr << done.error().message << ' ' << done.error().hint << '\n';
  return done ? 0 : 1;
}
