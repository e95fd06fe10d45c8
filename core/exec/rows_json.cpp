#include <nlohmann/json.hpp>

#include "exec/rows.h"

namespace virga::exec {
namespace {

std::string member(const std::string& name) {
  return nlohmann::ordered_json(name).dump(-1, ' ', false,
                                           nlohmann::detail::error_handler_t::replace) +
         ":";
}

}  // namespace

std::string Row::to_json() const {
  std::string json = "{";
  const auto separate = [&] {
    if (json.size() > 1) json += ",";
  };
  for (const plan::ShapeField& field : *fields_) {
    separate();
    json += member(field.name);
    if (field.fields.empty()) {
      json += virga::to_json(cell(field.slot));
    } else {
      const auto object = nested(field);
      json += object ? object->to_json() : "null";
    }
  }
  if (fields_ != &node_->fields) return json + "}";
  for (const plan::ShapeNode& node : node_->children) {
    separate();
    const bool many = node.kind == schema::Cardinality::many;
    json += member(node.name);
    std::string items;
    for (const Row& row : children(node)) items += (items.empty() ? "" : ",") + row.to_json();
    if (many)
      json += "[" + items + "]";
    else
      json += items.empty() ? "null" : items;
  }
  return json + "}";
}

}  // namespace virga::exec
