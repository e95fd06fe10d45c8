#include "base/text.h"
#include "plan/plan.h"

namespace virga::plan {
namespace {

std::string slot_list(std::size_t step, const std::vector<std::size_t>& slots) {
  std::vector<std::string> names;
  for (const std::size_t slot : slots)
    names.push_back("step" + std::to_string(step) + "." + std::to_string(slot));
  return names.size() == 1 ? names.front() : "(" + text::join(names, ", ") + ")";
}

std::string_view statement_word(const bound::Statement& statement) {
  return std::visit(
      overloaded{[](const bound::Insert&) { return "insert"; },
                 [](const bound::Update&) { return "update"; },
                 [](const bound::Delete&) { return "delete"; },
                 [](const bound::Raw&) { return "raw"; }, [](const auto&) { return "select"; }},
      statement);
}

std::string_view how(const Step& step) {
  switch (step.stitch.strategy) {
    case Strategy::root: return statement_word(step.statement);
    case Strategy::batch: return "batch";
    case Strategy::loop: return "loop";
  }
  return {};
}

std::string key_text(const Step& step, std::size_t index) {
  if (step.stitch.strategy == Strategy::root) return {};
  const std::string parent = " " + slot_list(step.stitch.parent, step.stitch.parent_slots) + " = ";
  const std::string child =
      step.stitch.strategy == Strategy::batch ? slot_list(index, step.stitch.child_slots) : "key";
  return parent + child + (step.stitch.kind == schema::Cardinality::one ? " one" : " many");
}

std::string fields_text(const bound::Statement& statement, std::size_t visible,
                        const schema::Schema& schema) {
  const auto* select = std::get_if<bound::Select>(&statement);
  if (!select) return {};
  std::vector<std::string> names;
  const auto& fields = select->output.fields;
  for (std::size_t slot = 0; slot < fields.size(); ++slot)
    names.push_back((slot < visible ? "" : "key ") + bound::print(fields[slot].expr, schema));
  return " -> " + text::join(names, ", ");
}

}  // namespace

std::string print(const Plan& plan, const schema::Schema& schema) {
  std::string lines;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Step& step = plan.steps[i];
    lines += "step" + std::to_string(i) + " " + step.path + ": ";
    lines += how(step);
    lines += key_text(step, i) + fields_text(step.statement, step.stitch.visible, schema) + "\n";
  }
  return lines;
}

}  // namespace virga::plan
