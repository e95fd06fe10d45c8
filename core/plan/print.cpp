#include <algorithm>

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
    case Strategy::join: return "join";
  }
  return {};
}

std::string key_text(const Plan& plan, std::size_t index) {
  const Stitch& stitch = plan.steps[index].stitch;
  const bool one = stitch.kind == schema::Cardinality::one;
  switch (stitch.strategy) {
    case Strategy::root: return {};
    case Strategy::join:
      return " step" + std::to_string(stitch.parent) + " if " +
             slot_list(stitch.carrier, {stitch.present}) + " one";
    default: break;
  }
  const std::string parent =
      " " + slot_list(plan.steps[stitch.parent].stitch.carrier, stitch.parent_slots) + " = ";
  const std::string slots = slot_list(index, stitch.child_slots);
  const std::string child = stitch.strategy == Strategy::batch ? slots
                            : stitch.child_slots.empty()       ? "key"
                                                               : "key or range of " + slots;
  return parent + child + (one ? " one" : " many");
}

/// Whether some step's objects show the slot of a statement.
bool is_visible(const Plan& plan, std::size_t carrier, std::size_t slot) {
  return std::any_of(plan.steps.begin(), plan.steps.end(), [&](const Step& step) {
    return step.stitch.carrier == carrier && slot >= step.stitch.first &&
           slot - step.stitch.first < step.stitch.visible;
  });
}

/// The fields of the step's own statement, or the slots it has in another's.
std::string fields_text(const Plan& plan, std::size_t index, const schema::Schema& schema) {
  const Stitch& stitch = plan.steps[index].stitch;
  std::vector<std::string> names;
  if (stitch.carrier != index) {
    for (std::size_t slot = 0; slot < stitch.visible; ++slot)
      names.push_back(slot_list(stitch.carrier, {stitch.first + slot}));
    return " -> " + text::join(names, ", ");
  }
  const auto* select = std::get_if<bound::Select>(&plan.steps[index].statement);
  if (!select) return {};
  const auto& fields = select->output.fields;
  for (std::size_t slot = 0; slot < fields.size(); ++slot)
    names.push_back((is_visible(plan, index, slot) ? "" : "key ") +
                    bound::print(fields[slot].expr, schema));
  return " -> " + text::join(names, ", ");
}

}  // namespace

std::string print(const Plan& plan, const schema::Schema& schema) {
  std::string lines;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Step& step = plan.steps[i];
    lines += "step" + std::to_string(i) + " " + step.path + ": ";
    lines += how(step);
    lines += key_text(plan, i) + fields_text(plan, i, schema) + "\n";
  }
  return lines;
}

}  // namespace virga::plan
