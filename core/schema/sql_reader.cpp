#include "schema/sql_reader.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace virga::schema {

bool SqlReader::is_one_of(std::initializer_list<std::string_view> words) const {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return is(word); });
}

bool SqlReader::take(std::string_view first, std::string_view second) {
  if (!is(first) || at_ + 1 >= tokens_.size() || !tokens_[at_ + 1].is(second)) return false;
  at_ += 2;
  return true;
}

std::string SqlReader::name() { return done() ? "" : tokens_[at_++].name(); }

std::string SqlReader::qualified_name() {
  std::string first = name();
  return take(".") ? name() : first;
}

void SqlReader::skip_item() { at_ = is("(") ? after_bracket(tokens_, at_) : at_ + 1; }

std::vector<std::string> SqlReader::names() {
  std::vector<std::string> list;
  while (take("(") || take(",")) {
    list.push_back(name());
    while (!done() && !is(",") && !is(")")) skip();
  }
  take(")");
  return list;
}

std::string SqlReader::text_since(std::size_t begin) const {
  if (begin >= at_ || begin >= tokens_.size()) return "";
  const std::string_view last = tokens_[std::min(at_, tokens_.size()) - 1].text;
  const char* const start = tokens_[begin].text.data();
  return std::string(start, static_cast<std::size_t>(last.data() + last.size() - start));
}

std::string SqlReader::rest() const {
  if (done()) return "";
  return std::string(tokens_[at_].text.data(), static_cast<std::size_t>(sql_.data() + sql_.size() -
                                                                        tokens_[at_].text.data()));
}

std::string SqlReader::bracketed() {
  const std::size_t begin = at_ + 1;
  skip_item();
  --at_;
  std::string inside = text_since(begin);
  ++at_;
  return inside;
}

namespace {

/// Reads the columns and constraints of one table.
class TableReader {
 public:
  TableReader(SqlReader& reader, Table& table, bool& unspoken)
      : reader_(reader), table_(table), unspoken_(unspoken) {}

  void read();

 private:
  void item();
  void column();
  bool column_constraint(Column& column);
  bool table_constraint();
  void primary_key(Column& column);
  Key key();
  void references(std::vector<std::string> columns);
  void action(ForeignKey& key);
  void generated(Column& column);
  void conflict();
  std::string type();
  std::optional<Default> default_value();
  SqlReader& reader_;
  Table& table_;
  bool& unspoken_;
  std::string constraint_{};  ///< the name before the constraint that is read
};

void TableReader::conflict() {
  if (!reader_.take("on", "conflict")) return;
  reader_.skip();
  unspoken_ = true;
}

Action read_action(SqlReader& reader) {
  if (reader.take("cascade")) return Action::cascade;
  if (reader.take("restrict")) return Action::restrict;
  if (reader.take("set", "null")) return Action::set_null;
  if (reader.take("set", "default")) return Action::set_default;
  reader.take("no", "action");
  return Action::no_action;
}

void TableReader::references(std::vector<std::string> columns) {
  ForeignKey key{.name = constraint_, .columns = std::move(columns), .table = reader_.name()};
  key.references = reader_.names();
  while (true) {
    if (reader_.take("on", "delete"))
      key.on_delete = read_action(reader_);
    else if (reader_.take("on", "update"))
      key.on_update = read_action(reader_);
    else if (reader_.take("match"))
      reader_.skip();
    else if (reader_.take("not", "deferrable") || reader_.take("deferrable"))
      continue;
    else if (reader_.take("initially", "deferred"))
      key.deferred = true;
    else if (!reader_.take("initially", "immediate"))
      break;
  }
  table_.foreign_keys.push_back(std::move(key));
}

std::string TableReader::type() {
  std::string text;
  while (!reader_.done() &&
         !reader_.is_one_of({"constraint", "primary", "not", "null", "unique", "check", "default",
                             "collate", "references", "generated", "as", ",", ")"})) {
    const std::size_t begin = reader_.position();
    reader_.skip_item();
    const std::string part = reader_.text_since(begin);
    if (!text.empty() && part[0] != '(') text += ' ';
    text += part;
  }
  return text;
}

/// A value as a number, when the text is one.
std::optional<Value> number(std::string_view text) {
  const char* const end = text.data() + text.size();
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t integer = 0;
  if (const auto read = std::from_chars(text.data(), end, integer);
      read.ec == std::errc() && read.ptr == end)
    return Value(integer);
  char* stop = nullptr;
  const std::string copy(text);
  const double real = std::strtod(copy.c_str(), &stop);
  const bool whole =
      !copy.empty() && *stop == '\0' && copy.find_first_of("xXnN") == std::string::npos;
  return whole ? std::optional<Value>(real) : std::nullopt;
}

std::optional<Default> read_default(const std::string& text) {
  const std::string plain = canonical(text);
  if (plain == "null") return std::nullopt;
  if (plain == "true" || plain == "false") return Default(Value(std::int64_t{plain == "true"}));
  std::string digits = plain;
  std::erase(digits, ' ');
  if (auto value = number(digits)) return Default(std::move(*value));
  const std::vector<Token> list = tokens(plain);
  if (list.size() == 1 && list[0].kind == Token::Kind::text && list[0].text[0] == '\'')
    return Default(Value(list[0].name()));
  return Default(Sql{text});
}

std::optional<Default> TableReader::default_value() {
  if (reader_.is("(")) return read_default(reader_.bracketed());
  const std::size_t begin = reader_.position();
  if (!reader_.take("+")) reader_.take("-");
  reader_.skip();
  return read_default(reader_.text_since(begin));
}

void TableReader::generated(Column& column) {
  column.generated = Generated{reader_.bracketed(), false};
  if (reader_.take("stored")) column.generated->stored = true;
  reader_.take("virtual");
}

void TableReader::primary_key(Column& column) {
  column.primary_key = true;
  if (reader_.take("desc")) unspoken_ = true;
  reader_.take("asc");
  conflict();
  column.autoincrement = reader_.take("autoincrement");
}

bool TableReader::column_constraint(Column& column) {
  constraint_ = reader_.take("constraint") ? reader_.name() : "";
  if (reader_.take("primary", "key")) {
    primary_key(column);
  } else if (reader_.take("not", "null")) {
    column.not_null = true;
    conflict();
  } else if (reader_.take("null")) {
    conflict();
  } else if (reader_.take("unique")) {
    table_.uniques.push_back({constraint_, {column.name}});
    conflict();
  } else if (reader_.take("check")) {
    table_.checks.push_back({constraint_, reader_.bracketed()});
    conflict();
  } else if (reader_.take("default")) {
    column.default_value = default_value();
  } else if (reader_.take("collate")) {
    column.type += (column.type.empty() ? "collate " : " collate ") + reader_.name();
  } else if (reader_.take("references")) {
    references({column.name});
  } else if (reader_.take("generated", "always") || reader_.is("as")) {
    reader_.take("as");
    generated(column);
  } else {
    return !constraint_.empty();
  }
  return true;
}

void TableReader::column() {
  Column& column = table_.columns.emplace_back();
  column.key = column.name = reader_.name();
  column.type = type();
  while (column_constraint(column)) {
  }
}

Key TableReader::key() {
  const std::size_t begin = reader_.position();
  Key key{constraint_, reader_.names()};
  for (const std::string_view word : {"desc", "collate", "autoincrement"})
    unspoken_ = unspoken_ || mentions(reader_.text_since(begin), word);
  return key;
}

bool TableReader::table_constraint() {
  constraint_ = reader_.take("constraint") ? reader_.name() : "";
  if (reader_.take("primary", "key")) {
    table_.primary_key = key();
  } else if (reader_.take("unique")) {
    table_.uniques.push_back(key());
  } else if (reader_.take("check")) {
    table_.checks.push_back({constraint_, reader_.bracketed()});
  } else if (reader_.take("foreign", "key")) {
    std::vector<std::string> columns = reader_.names();
    reader_.take("references");
    references(std::move(columns));
  } else {
    return !constraint_.empty();
  }
  conflict();
  return true;
}

void TableReader::item() {
  if (!reader_.is_one_of({"constraint", "primary", "unique", "check", "foreign"})) return column();
  while (table_constraint()) {
  }
}

void TableReader::read() {
  while (reader_.take("(") || reader_.take(",")) item();
  reader_.take(")");
  for (; !reader_.done(); reader_.skip()) {
    if (reader_.is("without")) table_.without_rowid = true;
    if (reader_.is("strict")) table_.strict = true;
  }
}

}  // namespace

std::optional<std::size_t> column_named(const Table& table, std::string_view name) {
  const std::string folded = text::lower(name);
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (text::lower(table.columns[i].name) == folded) return i;
  return std::nullopt;
}

void read_table(SqlReader& reader, Table& table, bool& unspoken) {
  TableReader(reader, table, unspoken).read();
}

Index read_index(SqlReader& reader, std::string name, bool unique, const Table& table) {
  Index index{.name = std::move(name), .unique = unique};
  while (reader.take("(") || reader.take(",")) {
    const std::size_t begin = reader.position();
    while (!reader.done() && !reader.is(",") && !reader.is(")")) reader.skip_item();
    const std::string text = reader.text_since(begin);
    std::vector<Token> parts = tokens(text);
    if (parts.size() == 2 && parts[1].is("asc")) parts.pop_back();
    const auto column = parts.size() == 1 ? column_named(table, parts[0].name()) : std::nullopt;
    if (column)
      index.columns.emplace_back(table.columns[*column].name);
    else
      index.columns.emplace_back(Sql{text});
  }
  reader.take(")");
  if (reader.take("where")) index.where = reader.rest();
  return index;
}

}  // namespace virga::schema
