#include "exec/rows.h"

#include <algorithm>

namespace virga::exec {

Result<Rows> Rows::make(std::vector<std::byte> bytes, const plan::Shape& shape) {
  auto data = std::make_shared<Data>();
  data->bytes = std::move(bytes);
  data->shape = shape;
  VIRGA_ASSIGN(data->frame, Frame::parse(data->bytes));
  return Rows(std::move(data));
}

std::size_t Rows::size() const { return data_->shape.rows ? data_->frame.rows(0) : 0; }

Row Rows::operator[](std::size_t index) const {
  return Row(data_, data_->shape.root, static_cast<std::uint32_t>(index));
}

std::int64_t Rows::changes() const { return data_->frame.changes(); }
std::int64_t Rows::last_insert_rowid() const { return data_->frame.last_insert_rowid(); }

Value Row::operator[](std::string_view name) const {
  const auto& fields = node_->fields;
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const plan::ShapeField& field) {
    return field.name == name;
  });
  if (found == fields.end()) return {};
  return data_->frame.value(node_->step, index_, static_cast<std::uint32_t>(found->slot));
}

const plan::ShapeNode* Row::child(std::string_view relation) const {
  const auto& nodes = node_->children;
  const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const plan::ShapeNode& node) {
    return node.name == relation;
  });
  return found == nodes.end() ? nullptr : &*found;
}

std::vector<Row> Row::children(const plan::ShapeNode& node) const {
  std::vector<Row> rows;
  for (const std::uint32_t index : data_->frame.children(node.step, index_))
    rows.push_back(Row(data_, node, index));
  return rows;
}

std::optional<Row> Row::one(std::string_view relation) const {
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
