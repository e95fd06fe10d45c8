// A disk, memory or user that stops a migration at any of its steps: the database opens again and
// is as before or as after, never between.

#include <algorithm>
#include <filesystem>

#include "core/db/faults.h"
#include "core/migrate/rows.h"

using namespace virga;

namespace {

constexpr const char* old_database = R"(
  create table users (id integer primary key autoincrement, name text);
  create table posts (id integer primary key, user_id integer not null references users (id)
    on delete cascade, body text);
  create index posts_user on posts (user_id);
  create trigger renamed after update of name on users begin select 1; end;
  insert into users (name) with recursive n (i) as (select 1 union all select i + 1 from n limit 60)
    select 'user ' || i from n;
  insert into posts (user_id, body) select id, zeroblob(300) from users)";

SharedSchema target() {
  return declared(
      {"create table users (id integer primary key autoincrement, name text not null default '?')",
       "create table posts (id integer primary key, user_id integer not null references users (id) "
       "on delete cascade, body text, likes integer not null default 0)",
       "create index posts_user on posts (user_id)", "create table tags (id integer primary key)"});
}

struct File {
  std::filesystem::path path = std::filesystem::temp_directory_path() /
                               ("virga-fault-" + std::to_string(std::rand()) + ".sqlite");
  File() { remove(); }
  ~File() { remove(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  void remove() const {
    std::filesystem::remove(path);
    std::filesystem::remove(path.string() + "-journal");
  }
  Result<Database> open() const { return Database::open(path.string()); }
};

/// Everything that the database holds.
std::vector<std::string> state(Database& database) {
  std::vector<std::string> all = rows(database, "pragma integrity_check");
  const auto add = [&](const char* sql) {
    for (std::string& row : rows(database, sql)) all.push_back(std::move(row));
  };
  add("select type, name, sql from sqlite_schema order by name");
  add("select * from users");
  add("select id, user_id, length(body) as n from posts");
  add("select * from sqlite_sequence");
  return all;
}

struct Outcomes {
  int before = 0;
  int after = 0;
};

/// What the migration left when it was run with a fault; `arm` and `disarm` are called around it.
template <class Arm, class Disarm>
void run(const File& file, Arm arm, Disarm disarm, Outcomes& outcomes) {
  file.remove();
  std::vector<std::string> before;
  {
    Database database = must(file.open());
    must(database.exec(old_database));
    before = state(database);
  }
  const auto schema = target();
  bool succeeded = false;
  if (auto database = file.open()) {
    arm();
    succeeded = database->migrate(*schema).has_value();
    disarm();
  }
  Database database = must(file.open());
  const auto now = state(database);
  const bool changed = now != before;
  if (changed) CHECK(must(database.plan(*schema)).up.changes.empty());
  if (succeeded) CHECK(changed);
  CHECK(now.front() == before.front());
  ++(changed ? outcomes.after : outcomes.before);
}

/// Tries every fault, or evenly spread ones of many.
template <class Try>
void each(std::size_t count, std::size_t tries, Try attempt) {
  REQUIRE(count > 0);
  const std::size_t stride = std::max<std::size_t>(1, count / tries);
  for (std::size_t at = 1; at <= count; at += stride) {
    CAPTURE(at);
    attempt(at);
  }
}

}  // namespace

TEST_CASE("migrate fault: the disk fails, goes, or the user interrupts") {
  using faults::Kind;
  for (const Kind kind : {Kind::io, Kind::disk_gone, Kind::interrupted}) {
    CAPTURE(static_cast<int>(kind));
    faults::FailingDisk disk;
    const File file;
    Outcomes outcomes;
    std::size_t calls = 0;
    run(
        file, [&] { disk.fail_at(0, kind); }, [&] { calls = disk.calls(); }, outcomes);
    CHECK(outcomes.after == 1);
    each(calls, 120, [&](std::size_t at) {
      run(
          file, [&] { disk.fail_at(at, kind); }, [&] { disk.fail_at(0, kind); }, outcomes);
    });
    CHECK(outcomes.before > 0);
  }
}

TEST_CASE("migrate fault: memory runs out") {
  faults::FailingMemory memory;
  const File file;
  Outcomes outcomes;
  std::size_t allocations = 0;
  run(
      file, [&] { memory.fail_at(0); }, [&] { allocations = memory.allocations(); }, outcomes);
  CHECK(outcomes.after == 1);
  each(allocations, 200, [&](std::size_t at) {
    run(
        file, [&] { memory.fail_at(at); }, [&] { memory.fail_at(0); }, outcomes);
  });
  CHECK(outcomes.before > 0);
}
