#include "exec/rows.h"

#include <algorithm>

#include "base/text.h"
#include "exec/frame.h"

namespace virga::exec {

struct Rows::Data {
  Buffer<std::byte> bytes;
  plan::Shape shape;
  Frame frame;
};

namespace {

/// A statement as written names its columns in a step of their own.
void name_columns(plan::ShapeNode& root, const Frame& frame) {
  for (std::uint32_t column = 0; column < frame.columns(1); ++column) {
    plan::ShapeField field;
    field.name = std::get<std::string>(frame.value(1, 0, column));
    field.slot = column;
    root.fields.push_back(std::move(field));
  }
}

}  // namespace

Result<Rows> Rows::make(Buffer<std::byte> bytes, const plan::Shape& shape) {
  auto data = std::make_shared<Data>();
  data->bytes = std::move(bytes);
  data->shape = shape;
  VIRGA_ASSIGN(data->frame, Frame::parse(data->bytes.span()));
  if (shape.kind == plan::ShapeKind::raw) name_columns(data->shape.root, data->frame);
  return Rows(std::move(data));
}

std::size_t Rows::size() const {
  return data_->shape.kind == plan::ShapeKind::run ? 0 : data_->frame.rows(0);
}

Row Rows::operator[](std::size_t index) const {
  const plan::ShapeNode& root = data_->shape.root;
  return Row(data_, root, root.fields, static_cast<std::uint32_t>(index));
}

std::int64_t Rows::changes() const { return data_->frame.changes(); }
std::int64_t Rows::last_insert_rowid() const { return data_->frame.last_insert_rowid(); }

const plan::ShapeField* Row::field(std::string_view name) const {
  const auto found = std::find_if(fields_->begin(), fields_->end(),
                                  [&](const auto& field) { return field.name == name; });
  return found == fields_->end() ? nullptr : &*found;
}

Value Row::cell(std::size_t slot) const {
  return data_->frame.value(node_->step, index_, static_cast<std::uint32_t>(slot));
}

Result<Cell> Row::named(std::string_view name) const {
  const plan::ShapeField* found = field(name);
  if (found && found->fields.empty()) return Cell{found->name, cell(found->slot), found->codec};
  const std::string quoted = "\"" + std::string(name) + "\"";
  if (found || child(name))
    return fail(Code::invalid_value, quoted + " is no value but an object or a list of them.",
                std::string(name), "Row::one() gives an object, Row::many() a list.");
  std::vector<std::string> names;
  for (const plan::ShapeField& candidate : *fields_) names.push_back(candidate.name);
  return fail(Code::unknown_column, "The row has no field " + quoted + ".", std::string(name),
              text::candidates_hint(name, names));
}

Value Row::operator[](std::string_view name) const {
  const plan::ShapeField* found = field(name);
  return found && found->fields.empty() ? cell(found->slot) : Value();
}

std::optional<Row> Row::nested(const plan::ShapeField& field) const {
  const auto missing = [&](std::size_t slot) {
    return std::holds_alternative<std::monostate>(cell(slot));
  };
  if (!field.present.empty() && std::all_of(field.present.begin(), field.present.end(), missing))
    return std::nullopt;
  return Row(data_, *node_, field.fields, index_);
}

const plan::ShapeNode* Row::child(std::string_view relation) const {
  if (fields_ != &node_->fields) return nullptr;
  const auto& nodes = node_->children;
  const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const plan::ShapeNode& node) {
    return node.name == relation;
  });
  return found == nodes.end() ? nullptr : &*found;
}

std::vector<Row> Row::children(const plan::ShapeNode& node) const {
  std::vector<Row> rows;
  for (const std::uint32_t index : data_->frame.children(node.step, index_))
    rows.push_back(Row(data_, node, node.fields, index));
  return rows;
}

std::optional<Row> Row::one(std::string_view relation) const {
  if (const plan::ShapeField* found = field(relation); found && !found->fields.empty())
    return nested(*found);
  const plan::ShapeNode* node = child(relation);
  if (!node) return std::nullopt;
  std::vector<Row> rows = children(*node);
  if (rows.empty()) return std::nullopt;
  return rows.front();
}

std::vector<Row> Row::many(std::string_view relation) const {
  const plan::ShapeNode* node = child(relation);
  return node ? children(*node) : std::vector<Row>();
}

}  // namespace virga::exec
