// The tutorial's "Real-World Complete Example" through the native door: users and accounts one to
// one, created in a transaction, read with their account, deleted by cascade.

#include <doctest/doctest.h>

#include "virga.h"

namespace {

using namespace virga;
using schema::Codec;

schema::Column id_column() {
  return {.key = "id",
          .type = "integer",
          .codec = Codec::integer,
          .not_null = true,
          .primary_key = true,
          .autoincrement = true};
}

schema::Column text_column(std::string key, std::string name, bool not_null = true) {
  return {.key = std::move(key),
          .name = std::move(name),
          .type = "text",
          .codec = Codec::text,
          .not_null = not_null};
}

schema::Column created_at_column() {
  return {.key = "createdAt",
          .name = "created_at",
          .type = "integer",
          .codec = Codec::timestamp_ms,
          .not_null = true,
          .default_value = schema::Sql{"cast(round(unixepoch('subsec') * 1000) as integer)"}};
}

schema::Schema tutorial() {
  schema::Column email = text_column("email", "email");
  email.unique = "users_email_unique";
  schema::Column user_id{.key = "userId",
                         .name = "user_id",
                         .type = "integer",
                         .codec = Codec::integer,
                         .not_null = true,
                         .unique = "accounts_user_id_unique"};
  return {.tables =
              {{.key = "users",
                .columns = {id_column(), text_column("name", "name"), email, created_at_column()}},
               {.key = "accounts",
                .columns = {id_column(), user_id, text_column("provider", "provider"),
                            text_column("providerAccountId", "provider_account_id"),
                            text_column("accessToken", "access_token", false), created_at_column()},
                .foreign_keys = {{.columns = {"userId"},
                                  .table = "users",
                                  .references = {"id"},
                                  .on_delete = schema::Action::cascade}}}},
          .relations = {{.table = "users",
                         .name = "account",
                         .target = "accounts",
                         .fields = {"id"},
                         .references = {"userId"}},
                        {.table = "accounts",
                         .name = "user",
                         .target = "users",
                         .fields = {"userId"},
                         .references = {"id"}}}};
}

/// The queries of the example's services/auth.ts, prepared once.
struct Service {
  explicit Service(const SharedSchema& schema)
      : find_by_email(prepare(schema, "email")),
        profile(prepare(schema, "id")),
        insert_user(*Query::prepare(ast::Insert{.table = "users",
                                                .columns = {"name", "email"},
                                                .rows = {{ast::param(0), ast::param(1)}},
                                                .returning = ast::Returning{.all = true}},
                                    schema)),
        insert_account(*Query::prepare(
            ast::Insert{.table = "accounts",
                        .columns = {"userId", "provider", "providerAccountId", "accessToken"},
                        .rows = {{ast::param(0), ast::param(1), ast::param(2), ast::param(3)}},
                        .returning = ast::Returning{.all = true}},
            schema)) {}

  static Query prepare(const SharedSchema& schema, const std::string& column) {
    ast::Find find{.table = "users", .first = true};
    find.level.where = ast::eq(ast::col("users", column), ast::param(0));
    find.level.with.push_back({"account", {}});
    return *Query::prepare(find, schema);
  }

  Result<std::int64_t> create_user(Database& database, const std::string& name,
                                   const std::string& email) const {
    return database.transaction([&](Database& tx) -> Result<std::int64_t> {
      VIRGA_ASSIGN(const auto existing, tx.run(find_by_email, {email}));
      if (!existing.empty()) return std::get<std::int64_t>(existing[0]["id"]);
      VIRGA_ASSIGN(const auto user, tx.run(insert_user, {name, email}));
      const Value id = user[0]["id"];
      VIRGA_TRY(tx.run(insert_account, {id, "google", "google-1", "token"}));
      return std::get<std::int64_t>(id);
    });
  }

  Query find_by_email, profile, insert_user, insert_account;
};

TEST_CASE("the tutorial's complete example, natively") {
  const auto schema = share(tutorial());
  REQUIRE(schema);
  auto database = Database::open();
  REQUIRE(database);
  REQUIRE(database->push(**schema));
  const Service service(*schema);

  const auto id = service.create_user(*database, "Alice", "alice@example.com");
  REQUIRE(id);
  CHECK(*id == 1);
  CHECK(*service.create_user(*database, "Alice", "alice@example.com") == 1);

  const auto profile = database->run(service.profile, {*id});
  REQUIRE(profile);
  REQUIRE(profile->size() == 1);
  const auto user = (*profile)[0];
  CHECK(user["email"] == Value("alice@example.com"));
  CHECK(std::get<std::int64_t>(user["createdAt"]) > 1700000000000);
  const auto account = user.one("account");
  REQUIRE(account);
  CHECK((*account)["provider"] == Value("google"));
  CHECK((*account)["userId"] == Value(std::int64_t{1}));

  SUBCASE("a second account for the user is refused, and named") {
    const auto second = database->run(service.insert_account, {*id, "github", "g", "t"});
    REQUIRE_FALSE(second);
    CHECK(second.error().code == Code::constraint_unique);
    CHECK(second.error().sqlite_code == 2067);
    CHECK(second.error().constraint == "accounts_user_id_unique");
  }

  SUBCASE("an account without its user is refused, and the whole transaction with it") {
    const auto failed = database->transaction([&](Database& tx) -> Result<exec::Rows> {
      VIRGA_TRY(tx.run(service.insert_user, {"Bob", "bob@example.com"}));
      return tx.run(service.insert_account, {std::int64_t{999}, "google", "g", "t"});
    });
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == Code::constraint_foreign_key);
    CHECK(database->run(service.find_by_email, {"bob@example.com"})->empty());
  }

  SUBCASE("deleting the user deletes the account") {
    ast::Delete remove{.table = "users", .where = ast::eq(ast::col("users", "id"), ast::param(0))};
    const auto removed = database->run(*Query::prepare(remove, *schema), {*id});
    REQUIRE(removed);
    CHECK(removed->changes() == 1);
    const auto accounts = Query::prepare(ast::Find{.table = "accounts"}, *schema);
    CHECK(database->run(*accounts)->empty());
  }

  SUBCASE("every stage can be looked at") {
    const std::vector<Value> parameters{*id};
    const auto trace = database->explain(service.profile, parameters);
    REQUIRE(trace);
    CHECK(trace->statements.size() == 2);
    CHECK(trace->plan.find("step1 users.account: loop step0.0 = key one") != std::string::npos);
    CHECK(trace->statements[1].runs == 1);
    CHECK_FALSE(trace->statements[0].query_plan.empty());
  }
}

}  // namespace
