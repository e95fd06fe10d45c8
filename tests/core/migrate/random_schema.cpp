#include "core/migrate/random_schema.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace virga::random {
namespace {

using text::quote_identifier;

constexpr std::array types{"integer", "text", "real", "blob", "numeric", "text collate nocase"};
constexpr std::array strict_types{"integer", "text", "real", "blob", "any"};
constexpr std::array names{"a", "b", "order", "two words", "quo\"te", "Ü", "rowid", "z"};

schema::Column column(std::string name, bool strict, Choices& choices) {
  schema::Column made{.key = name, .name = name};
  made.type = strict ? strict_types[choices.below(strict_types.size())]
                     : types[choices.below(types.size())];
  if (choices.one_in(4)) {
    made.default_value = Value(std::int64_t{7});
    made.not_null = choices.one_in(2);
  } else if (choices.one_in(8) && !strict) {
    made.default_value = schema::Sql{"'x' || abs(-3)"};
  }
  return made;
}

std::string new_name(const schema::Table& table, Choices& choices) {
  std::string name = names[choices.below(names.size())];
  while (table.find_column(name)) name += "x";
  return name;
}

schema::Table& add_column(schema::Table& table, Choices& choices) {
  table.columns.push_back(column(new_name(table, choices), table.strict, choices));
  if (choices.one_in(8)) {
    schema::Column& last = table.columns.back();
    last.default_value.reset();
    last.not_null = false;
    last.generated = schema::Generated{quote_identifier(table.columns.front().name) + " || '!'",
                                       choices.one_in(2)};
    last.type = "text";
  }
  return table;
}

void add_index(schema::Table& table, const std::string& name, Choices& choices) {
  const schema::Column& column = table.columns[choices.below(table.columns.size())];
  schema::Index index{.name = name, .unique = choices.one_in(4)};
  if (choices.one_in(3))
    index.columns.emplace_back(schema::Sql{"lower(" + quote_identifier(column.name) + ")"});
  else
    index.columns.emplace_back(column.name);
  if (choices.one_in(4)) index.where = quote_identifier(column.name) + " is not null";
  table.indexes.push_back(std::move(index));
}

/// To the first column of the parent, which is its key.
void add_foreign_key(schema::Schema& schema, schema::Table& table, Choices& choices) {
  const schema::Table& parent = schema.tables[choices.below(schema.tables.size())];
  if (parent.view) return;
  using schema::Action;
  constexpr std::array actions{Action::no_action, Action::cascade, Action::set_null,
                               Action::restrict};
  const std::string name = new_name(table, choices);
  table.columns.push_back({.key = name, .name = name, .type = "integer"});
  table.foreign_keys.push_back({.columns = {name},
                                .table = parent.name,
                                .references = {parent.columns.front().name},
                                .on_delete = actions[choices.below(actions.size())]});
}

schema::Table table(std::string name, Choices& choices) {
  schema::Table made{.key = name, .name = name};
  made.strict = choices.one_in(6);
  made.without_rowid = choices.one_in(6);
  schema::Column id{.key = "id", .name = "id", .type = "integer", .primary_key = true};
  id.autoincrement = !made.without_rowid && choices.one_in(3);
  id.not_null = made.without_rowid;
  made.columns.push_back(std::move(id));
  for (std::size_t n = choices.below(4); n > 0; --n) add_column(made, choices);
  if (choices.one_in(4)) made.checks.push_back({"", "\"id\" < 100000"});
  if (choices.one_in(4) && made.columns.size() > 1 && !made.columns[1].generated)
    made.uniques.push_back({"", {made.columns[1].name}});
  return made;
}

void edit_column(schema::Table& table, Choices& choices) {
  if (table.columns.size() < 2) return;
  schema::Column& column = table.columns[1 + choices.below(table.columns.size() - 1)];
  const schema::Column fresh = random::column(column.name, table.strict, choices);
  if (column.generated) return;
  switch (choices.below(3)) {
    case 0: column.default_value = fresh.default_value; break;
    case 1: column.type = fresh.type; break;
    default: column.not_null = !column.not_null;
  }
}

/// Takes a column with all that uses it.
void drop_column(schema::Schema& schema, schema::Table& table, Choices& choices) {
  if (table.columns.size() < 2) return;
  const std::size_t at = 1 + choices.below(table.columns.size() - 1);
  const std::string name = table.columns[at].name;
  const auto uses = [&](const auto& key) {
    return std::find(key.columns.begin(), key.columns.end(), name) != key.columns.end();
  };
  std::erase_if(table.uniques, uses);
  std::erase_if(table.foreign_keys, uses);
  std::erase_if(table.indexes, [&](const schema::Index& index) {
    const auto* column = std::get_if<std::string>(&index.columns.front());
    return column ? *column == name
                  : std::get<schema::Sql>(index.columns.front()).text ==
                        "lower(" + quote_identifier(name) + ")";
  });
  table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(at));
  std::erase_if(schema.tables, [](const schema::Table& each) { return each.view.has_value(); });
}

void rename_column(schema::Schema& schema, schema::Table& table, migrate::Answers& answers,
                   Choices& choices) {
  if (table.columns.size() < 2) return;
  const std::size_t at = 1 + choices.below(table.columns.size() - 1);
  schema::Column& column = table.columns[at];
  if (!table.indexes.empty() || answers.columns[table.name].count(column.name) > 0) return;
  const std::string old = column.name;
  const std::string now = new_name(table, choices) + "_new";
  if (table.find_column(now)) return;
  column.key = column.name = now;
  for (schema::Key& key : table.uniques)
    std::replace(key.columns.begin(), key.columns.end(), old, now);
  for (schema::ForeignKey& key : table.foreign_keys)
    std::replace(key.columns.begin(), key.columns.end(), old, now);
  answers.columns[table.name][now] = old;
  std::erase_if(schema.tables, [](const schema::Table& each) { return each.view.has_value(); });
}

void rename_table(schema::Schema& schema, schema::Table& table, migrate::Answers& answers) {
  const std::string old = table.name;
  const std::string now = old + "_new";
  if (schema.find_table(now) || answers.tables.count(old) > 0) return;
  table.key = table.name = now;
  for (schema::Table& each : schema.tables)
    for (schema::ForeignKey& key : each.foreign_keys)
      if (key.table == old) key.table = now;
  answers.tables[now] = old;
  if (const auto columns = answers.columns.extract(old); !columns.empty())
    answers.columns[now] = columns.mapped();
  std::erase_if(schema.tables, [](const schema::Table& each) { return each.view.has_value(); });
}

void drop_table(schema::Schema& schema, std::size_t at) {
  const std::string name = schema.tables[at].name;
  schema.tables.erase(schema.tables.begin() + static_cast<std::ptrdiff_t>(at));
  for (schema::Table& table : schema.tables)
    std::erase_if(table.foreign_keys,
                  [&](const schema::ForeignKey& key) { return key.table == name; });
  std::erase_if(schema.tables, [](const schema::Table& each) { return each.view.has_value(); });
}

void add_view(schema::Schema& schema, Choices& choices) {
  const schema::Table& table = schema.tables[choices.below(schema.tables.size())];
  const std::string name = "v_" + table.name;
  if (table.view || schema.find_table(name)) return;
  schema::Table view{.key = name, .name = name};
  view.view = schema::View{"select * from " + quote_identifier(table.name)};
  schema.tables.push_back(std::move(view));
}

void edit(schema::Schema& schema, migrate::Answers& answers, std::size_t n, Choices& choices) {
  if (schema.tables.empty()) return;
  const std::size_t at = choices.below(schema.tables.size());
  schema::Table& table = schema.tables[at];
  if (table.view) return;
  switch (choices.below(13)) {
    case 0: edit_column(table, choices); break;
    case 1: add_column(table, choices); break;
    case 2: drop_column(schema, table, choices); break;
    case 3: rename_column(schema, table, answers, choices); break;
    case 4: add_index(table, "i_new" + std::to_string(n), choices); break;
    case 5: table.indexes.clear(); break;
    case 6: add_foreign_key(schema, table, choices); break;
    case 7: table.foreign_keys.clear(); break;
    case 8: table.checks.push_back({"", "\"id\" <> " + std::to_string(3 + n)}); break;
    case 9:
      if (table.columns.size() > 1) table.uniques.push_back({"", {table.columns[1].name}});
      break;
    case 10:
      if (!table.without_rowid) table.columns[0].autoincrement = !table.columns[0].autoincrement;
      break;
    case 11: rename_table(schema, table, answers); break;
    default:
      if (schema.tables.size() > 1) drop_table(schema, at);
  }
}

std::string cell(const schema::Column& column, std::size_t row, Choices& choices) {
  if (!column.not_null && choices.one_in(5)) return "null";
  constexpr std::array texts{"'x'", "'007'", "'A'", "'a'", "'1e3'"};
  switch (choices.below(4)) {
    case 0: return std::to_string(row);
    case 1: return texts[choices.below(texts.size())];
    case 2: return std::to_string(row) + ".5";
    default: return "x'00ff'";
  }
}

}  // namespace

schema::Schema schema(Choices& choices) {
  schema::Schema made;
  const std::size_t count = 1 + choices.below(4);
  for (std::size_t i = 0; i < count; ++i) {
    made.tables.push_back(table("t" + std::to_string(i), choices));
    if (choices.one_in(2)) add_foreign_key(made, made.tables.back(), choices);
    if (choices.one_in(3)) add_index(made.tables.back(), "i" + std::to_string(i), choices);
  }
  if (choices.one_in(3)) add_view(made, choices);
  return made;
}

std::pair<schema::Schema, migrate::Answers> edited(const schema::Schema& schema, Choices& choices) {
  schema::Schema made = schema;
  migrate::Answers answers;
  for (std::size_t n = choices.below(5); n > 0; --n) edit(made, answers, n, choices);
  if (choices.one_in(4)) {
    made.tables.push_back(table("fresh", choices));
    answers.tables["fresh"] = std::nullopt;
  }
  for (const schema::Table& table : made.tables) answers.tables.emplace(table.name, std::nullopt);
  for (const schema::Table& table : made.tables)
    for (const schema::Column& column : table.columns)
      answers.columns[table.name].emplace(column.name, std::nullopt);
  return {std::move(made), std::move(answers)};
}

std::vector<std::string> content(const schema::Schema& schema, Choices& choices) {
  std::vector<std::string> statements;
  for (const schema::Table& table : schema.tables) {
    if (table.view) continue;
    const std::string into = "insert or ignore into " + quote_identifier(table.name);
    for (std::size_t row = 1 + choices.below(4); row > 0; --row) {
      std::vector<std::string> columns, values;
      for (const schema::Column& column : table.columns) {
        if (column.generated) continue;
        const bool refers = std::any_of(
            table.foreign_keys.begin(), table.foreign_keys.end(),
            [&](const schema::ForeignKey& key) { return key.columns.front() == column.name; });
        columns.push_back(quote_identifier(column.name));
        if (column.primary_key || refers)
          values.push_back(std::to_string(refers ? 1 + choices.below(3) : row));
        else
          values.push_back(cell(column, row, choices));
      }
      statements.push_back(into + " (" + text::join(columns, ", ") + ") values (" +
                           text::join(values, ", ") + ")");
    }
    if (choices.one_in(3))
      statements.push_back("create trigger " + quote_identifier("on " + table.name) +
                           " after insert on " + quote_identifier(table.name) +
                           " begin select new.id; end");
  }
  return statements;
}

}  // namespace virga::random
