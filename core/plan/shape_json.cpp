#include <nlohmann/json.hpp>

#include "plan/shape.h"

namespace virga::plan {
namespace {

using Json = nlohmann::ordered_json;

Json fields_json(const std::vector<ShapeField>& fields) {
  Json array = Json::array();
  for (const ShapeField& field : fields) {
    Json item{{"name", field.name}};
    if (!field.fields.empty()) {
      item["fields"] = fields_json(field.fields);
      if (!field.present.empty()) item["present"] = field.present;
    } else {
      item["slot"] = field.slot;
      item["codec"] = codec_name(field.codec);
      if (!field.column.empty()) item["column"] = {field.table, field.column};
    }
    array.push_back(std::move(item));
  }
  return array;
}

void put(Json& json, const ShapeNode& node) {
  json["step"] = node.step;
  json["fields"] = fields_json(node.fields);
  json["children"] = Json::array();
  for (const ShapeNode& child : node.children) {
    Json item{{"name", child.name},
              {"kind", child.kind == schema::Cardinality::one ? "one" : "many"}};
    put(item, child);
    json["children"].push_back(std::move(item));
  }
}

}  // namespace

std::string to_json(const Shape& shape) {
  if (shape.kind == ShapeKind::run) return R"({"kind":"run"})";
  if (shape.kind == ShapeKind::raw) return R"({"kind":"raw"})";
  Json json{{"kind", "rows"}, {"first", shape.first}};
  put(json, shape.root);
  return json.dump();
}

}  // namespace virga::plan
