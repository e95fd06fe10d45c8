// The tutorial's "Real-World Complete Example" through the native door: users and accounts one to
// one, created in a transaction, read with their account, deleted by cascade.

#include "core/must.h"
#include "virga.h"

namespace {

using namespace virga;
using namespace virga::build;

Column created_at() {
  return timestamp_ms("createdAt", "created_at")
      .not_null()
      .default_sql("cast(round(unixepoch('subsec') * 1000) as integer)");
}

const Table users =
    table("users", {integer("id").primary_key().autoincrement(), text("name").not_null(),
                    text("email").not_null().unique(), created_at()});

const Table accounts =
    table("accounts",
          {integer("id").primary_key().autoincrement(),
           integer("userId", "user_id")
               .not_null()
               .unique()
               .references("users", "id", {.on_delete = schema::Action::cascade}),
           text("provider").not_null(), text("providerAccountId", "provider_account_id").not_null(),
           text("accessToken", "access_token"), created_at()});

SharedSchema tutorial() {
  return must(share({.tables = {users, accounts},
                     .relations = {one("users", "account", "accounts").on({"id"}, {"userId"}),
                                   one("accounts", "user", "users").on({"userId"}, {"id"})}}));
}

Insert account(std::int64_t user, const std::string& provider) {
  return insert_into(accounts).values({{"userId", user},
                                       {"provider", provider},
                                       {"providerAccountId", provider + "-1"},
                                       {"accessToken", "token"}});
}

/// The example's services/auth.ts.
struct Service {
  Session session;

  Result<Rows> find_by_email(const std::string& email) {
    return session.run(find_first(users).where(users["email"] == email));
  }

  Result<Rows> profile(std::int64_t id) {
    return session.run(find_first(users).where(users["id"] == id).with("account"));
  }

  Result<std::int64_t> create_user(const std::string& name, const std::string& email) {
    return session.transaction([&](Session& tx) -> Result<std::int64_t> {
      VIRGA_ASSIGN(const auto existing, find_by_email(email));
      if (!existing.empty()) return existing[0].get<std::int64_t>("id");
      VIRGA_ASSIGN(
          const auto user,
          tx.run(insert_into(users).values({{"name", name}, {"email", email}}).returning()));
      VIRGA_ASSIGN(const auto id, user[0].get<std::int64_t>("id"));
      VIRGA_TRY(tx.run(account(id, "google")));
      return id;
    });
  }
};

TEST_CASE("the tutorial's complete example, natively") {
  const auto schema = tutorial();
  auto database = must(Database::open());
  must(database.push(*schema));
  Service service{Session(database, schema)};
  Session& session = service.session;

  const auto id = must(service.create_user("Alice", "alice@example.com"));
  CHECK(id == 1);
  CHECK(must(service.create_user("Alice", "alice@example.com")) == 1);

  const auto profile = must(service.profile(id));
  REQUIRE(profile.size() == 1);
  CHECK(profile[0].get<std::string>("email") == "alice@example.com");
  CHECK(must(profile[0].get<Time>("createdAt")) > Time(std::chrono::seconds(1700000000)));
  const auto google = profile[0].one("account");
  REQUIRE(google);
  CHECK(google->get<std::string>("provider") == "google");
  CHECK(google->get<int>("userId") == 1);

  SUBCASE("a second account for the user is refused, and named") {
    const Error second = must_fail(session.run(account(id, "github")));
    CHECK(second.code == Code::constraint_unique);
    CHECK(second.sqlite_code == 2067);
    CHECK(second.constraint == "accounts_user_id_unique");
  }

  SUBCASE("an account without its user is refused, and the whole transaction with it") {
    const Error error = must_fail(session.transaction([&](Session& tx) -> Result<Rows> {
      VIRGA_TRY(tx.run(insert_into(users).values({{"name", "Bob"}, {"email", "bob@example.com"}})));
      return tx.run(account(999, "google"));
    }));
    CHECK(error.code == Code::constraint_foreign_key);
    CHECK(must(service.find_by_email("bob@example.com")).empty());
  }

  SUBCASE("deleting the user deletes the account") {
    CHECK(must(session.run(delete_from(users).where(users["id"] == id))).changes() == 1);
    CHECK(must(session.run(find(accounts))).empty());
  }

  SUBCASE("a query that is prepared once runs with any values") {
    const auto query = must(Query::prepare(find(users).where(users["id"] == param(0)), schema));
    CHECK(must(database.run(query, {id})).size() == 1);
    CHECK(must(database.run(query, {id + 1})).empty());
  }

  SUBCASE("every stage can be looked at") {
    const auto trace = must(session.explain(find(users).where(users["id"] == id).with("account")));
    REQUIRE(trace.statements.size() == 1);
    CHECK(trace.plan.find("step1 users.account: join ") != std::string::npos);
    CHECK(trace.statements[0].rows == 1);
    CHECK_FALSE(trace.statements[0].query_plan.empty());
  }
}

}  // namespace
