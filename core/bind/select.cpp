#include <algorithm>
#include <set>

#include "base/text.h"
#include "bind/binder.h"

namespace virga::bind {
namespace {

/// Names every column of a nested select that SQL would name by its expression's text, and gives
/// those that would share a name the dotted path of their key.
void name_columns(std::vector<bound::Field>& fields, const schema::Schema& schema) {
  std::set<std::string> taken;
  for (bound::Field& field : fields) {
    const bool named = !field.name.empty() ||
                       std::holds_alternative<bound::ColumnRef>(field.expr.node) ||
                       std::holds_alternative<bound::OutputRef>(field.expr.node);
    if (!named) field.name = field.as;
    if (!taken.insert(output_name(field, schema)).second) {
      field.name = field.as;
      taken.insert(field.as);
    }
  }
}

/// The source that all of a nested object's columns belong to, when an outer join may leave its row
/// out: then the object is null as a whole.
const Reachable* optional_source(const std::vector<ast::Field>& fields, const Scope& scope) {
  const Reachable* common = nullptr;
  for (const ast::Field& field : fields) {
    const auto* ref = std::get_if<ast::ColumnRef>(&field.expr.node);
    if (!ref || !field.fields.empty()) continue;
    const Reachable* source = scope.find(ref->source);
    if (!source || (common && source != common)) return nullptr;
    common = source;
  }
  return common && common->nullable ? common : nullptr;
}

bool never_null(const bound::Expr& expr, const schema::Schema& schema) {
  const auto* ref = std::get_if<bound::ColumnRef>(&expr.node);
  return ref && !table_column(schema, ref->table, ref->column).nullable;
}

/// A column of the source that is null exactly where its row is missing.
std::optional<bound::Expr> presence(const Reachable& source, const schema::Schema& schema) {
  if (!source.table) return std::nullopt;
  const schema::Table& table = schema.tables[*source.table];
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (auto column = table_column(schema, *source.table, i, source.alias); !column.nullable)
      return column;
  if (table.view || table.without_rowid) return std::nullopt;
  return bound::Expr{bound::Rowid{source.alias.empty() ? table.name : source.alias},
                     schema::Codec::integer};
}

/// Says of each nested object by which slots it is known to be there. Columns added for that come
/// after the fields.
class Presence {
 public:
  Presence(const Scope& scope, const schema::Schema& schema, bool may_add)
      : scope_(scope), schema_(schema), may_add_(may_add) {}

  void mark(const std::vector<ast::Field>& fields, std::vector<bound::Member>& members,
            bound::Output& output) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].fields.empty()) continue;
      mark(fields[i].fields, members[i].members, output);
      if (const Reachable* source = optional_source(fields[i].fields, scope_))
        members[i].present = slots(*source, fields[i].fields, members[i].members, output);
    }
  }

 private:
  std::vector<std::size_t> slots(const Reachable& source, const std::vector<ast::Field>& fields,
                                 const std::vector<bound::Member>& members, bound::Output& output) {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (!std::holds_alternative<ast::ColumnRef>(fields[i].expr.node)) continue;
      if (never_null(output.fields[members[i].slot].expr, schema_)) return {members[i].slot};
      all.push_back(members[i].slot);
    }
    if (!may_add_) return all;
    auto column = presence(source, schema_);
    if (!column) return all;
    output.fields.push_back({source.name + "?", std::move(*column)});
    return {output.fields.size() - 1};
  }

  const Scope& scope_;
  const schema::Schema& schema_;
  bool may_add_;
};

}  // namespace

Result<std::vector<bound::Member>> Binder::members(const std::vector<ast::Field>& list,
                                                   const Scope& scope, const std::string& prefix,
                                                   bound::Output& output, const std::string& path) {
  if (list.empty()) return fail(Code::invalid_query, "A list of fields needs at least one.", path);
  std::vector<bound::Member> result;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const ast::Field& field = list[i];
    for (const bound::Member& other : result)
      if (other.as == field.as)
        return fail(Code::invalid_query, "Field \"" + field.as + "\" is asked for twice.",
                    at(path, i));
    bound::Member member{field.as, output.fields.size()};
    if (field.fields.empty()) {
      VIRGA_ASSIGN(auto bound, expr(field.expr, scope, at(path, i) + ".expr"));
      output.fields.push_back({prefix + field.as, std::move(bound), field.name});
    } else {
      VIRGA_ASSIGN(member.members, members(field.fields, scope, prefix + field.as + ".", output,
                                           at(path, i) + ".fields"));
    }
    result.push_back(std::move(member));
  }
  return result;
}

Result<bound::Output> Binder::fields(const std::vector<ast::Field>& list, const Scope& scope,
                                     const std::string& path) {
  bound::Output output;
  VIRGA_ASSIGN(output.members, members(list, scope, {}, output, path));
  return output;
}

/// The fields that are meant by leaving them out: those of the one source, or an object for each.
static std::vector<ast::Field> every_field(const Scope& scope) {
  std::vector<ast::Field> fields;
  for (const Reachable& source : scope.sources()) {
    std::vector<ast::Field> own;
    for (std::string& key : scope.column_keys(source))
      own.push_back({key, ast::Expr{ast::ColumnRef{source.name, key}}, {}, {}});
    if (scope.sources().size() == 1) return own;
    fields.push_back({source.name, {}, {}, std::move(own)});
  }
  return fields;
}

std::vector<SourceColumn> Binder::columns_of(const bound::Select& select) const {
  std::vector<SourceColumn> columns;
  for (const bound::Field& field : select.output.fields)
    columns.push_back({field.as, output_name(field, schema_), field.expr.codec,
                       field.expr.nullable || !select.compounds.empty(), field.expr.origin});
  return columns;
}

/// `select … from (select) as "alias"`, with the same fields.
static bound::Select wrapped(bound::Select select, const std::vector<SourceColumn>& columns,
                             const std::string& alias) {
  bound::Select outer;
  for (const SourceColumn& column : columns)
    outer.output.fields.push_back(
        {column.key,
         {bound::OutputRef{alias, column.name}, column.codec, column.nullable, column.origin}});
  outer.output.members = select.output.members;
  outer.from = {std::make_shared<const bound::Select>(std::move(select)), alias};
  return outer;
}

/// An operand with clauses of its own becomes a subquery: SQLite takes plain selects only.
static bound::Select as_operand(bound::Select select, const std::vector<SourceColumn>& columns) {
  const bool plain = select.ctes.empty() && select.order_by.empty() && !select.limit &&
                     !select.offset && select.compounds.empty();
  return plain ? select : wrapped(std::move(select), columns, "operand");
}

/// SQLite orders a compound select by its columns only; expressions of them are left to a select
/// around it.
static bound::Select ordered_outside(bound::Select select,
                                     const std::vector<SourceColumn>& columns) {
  const auto plain = [](const bound::Order& order) {
    return std::holds_alternative<bound::OutputRef>(order.by.node);
  };
  if (select.compounds.empty() ||
      std::all_of(select.order_by.begin(), select.order_by.end(), plain))
    return select;
  auto order_by = std::exchange(select.order_by, {});
  auto limit = std::exchange(select.limit, {});
  auto offset = std::exchange(select.offset, {});
  bound::Select outer = wrapped(std::move(select), columns, "compound");
  outer.order_by = std::move(order_by);
  outer.limit = std::move(limit);
  outer.offset = std::move(offset);
  return outer;
}

Result<void> Binder::compounds(const ast::Select& source, bound::Select& result, const Scope& outer,
                               const std::string& path) {
  for (std::size_t i = 0; i < source.compounds.size(); ++i) {
    const std::string place = at(path + ".compounds", i);
    VIRGA_ASSIGN(auto operand,
                 select(source.compounds[i].select, &outer, Role::nested, place + ".select"));
    const std::size_t first = result.output.fields.size();
    const std::size_t second = operand.output.fields.size();
    if (first != second)
      return fail(Code::invalid_query,
                  "The selects of a compound give equally many fields, not " +
                      std::to_string(first) + " and " + std::to_string(second) + ".",
                  place);
    const auto columns = columns_of(operand);
    result.compounds.push_back({source.compounds[i].op, as_operand(std::move(operand), columns)});
  }
  return {};
}

Result<bound::Select> Binder::select(const ast::Select& source, const Scope* outer, Role role,
                                     const std::string& path) {
  Scope named(schema_, outer);
  bound::Select result;
  VIRGA_ASSIGN(result.ctes, ctes(source.with, named, path + ".with"));
  Scope scope(schema_, &named);
  VIRGA_ASSIGN(result.from, this->source(source.from, scope, path + ".from"));
  VIRGA_ASSIGN(result.joins, joins(source.joins, scope, path + ".joins"));
  const auto asked = source.fields ? *source.fields : every_field(scope);
  VIRGA_ASSIGN(result.output, fields(asked, scope, path + ".fields"));
  result.distinct = source.distinct;
  const bool compound = !source.compounds.empty();
  if (role == Role::nested || compound) name_columns(result.output.fields, schema_);
  scope.outputs(result.output.fields);
  VIRGA_ASSIGN(result.where, optional(source.where, scope, path + ".where"));
  VIRGA_ASSIGN(result.group_by, exprs(source.group_by, scope, path + ".groupBy"));
  VIRGA_ASSIGN(result.having, optional(source.having, scope, path + ".having"));
  VIRGA_TRY(compounds(source, result, named, path));
  const Scope ordered = compound ? scope.of_compound(result.output.fields) : scope;
  VIRGA_ASSIGN(result.order_by, orders(source.order_by, ordered, path + ".orderBy"));
  VIRGA_ASSIGN(result.limit, optional(source.limit, scope, path + ".limit"));
  VIRGA_ASSIGN(result.offset, optional(source.offset, scope, path + ".offset"));
  if (role == Role::result) {
    const bool may_add = !source.distinct && source.group_by.empty() && !compound;
    Presence(scope, schema_, may_add).mark(asked, result.output.members, result.output);
  }
  const auto columns = columns_of(result);
  return ordered_outside(std::move(result), columns);
}

Result<bound::Query> Binder::query(const ast::Select& source) {
  VIRGA_ASSIGN(auto bound, select(source, nullptr, Role::result, "select"));
  return bound::Query(std::move(bound));
}

}  // namespace virga::bind
