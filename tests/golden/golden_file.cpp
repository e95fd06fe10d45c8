#include "golden/golden_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <stdexcept>

namespace golden {
namespace {

const std::set<std::string> known{"schema", "before",   "query",  "params",
                                  "after",  "database", "options"};
const std::string separator = "\n---\n";

/// Splits the input into sections; the argument of a section's line is its first line of text.
std::map<std::string, std::string> split(const std::string& input) {
  std::map<std::string, std::string> sections;
  std::istringstream lines(input);
  std::string line, name;
  std::getline(lines, line);
  if (!line.starts_with("# ")) throw std::runtime_error("the first line says what the file shows");
  while (std::getline(lines, line) && line != "---") {
    if (!line.starts_with("@")) {
      if (name.empty()) throw std::runtime_error("text before the first section: " + line);
      sections[name] += line + "\n";
      continue;
    }
    const std::size_t space = line.find(' ');
    name = line.substr(1, space - 1);
    if (!known.contains(name)) throw std::runtime_error("unknown section @" + name);
    if (!sections.emplace(name, "").second) throw std::runtime_error("@" + name + " stands twice");
    if (space != std::string::npos) sections[name] = line.substr(space + 1);
  }
  return sections;
}

}  // namespace

std::optional<std::string> File::section(const std::string& name) const {
  const auto found = sections.find(name);
  if (found == sections.end()) return std::nullopt;
  return found->second;
}

std::vector<std::filesystem::path> list(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".golden") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string read_text(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(stream), {}};
}

File read(const std::filesystem::path& path, const std::filesystem::path& schemas) {
  const std::string text = read_text(path);
  const std::size_t end = text.find(separator);
  if (end == std::string::npos) throw std::runtime_error("no line --- ends the input");
  const std::size_t split_at = end + separator.size();
  File file{path, text.substr(0, split_at), text.substr(split_at), {}};
  file.sections = split(file.input);
  const std::string schema = file.section("schema").value_or("");
  if (schema.empty()) throw std::runtime_error("no @schema");
  if (schema.find('\n') == std::string::npos) {
    file.sections["schema"] = read_text(schemas / (schema + ".json"));
    const auto seed = schemas / (schema + ".sql");
    if (std::filesystem::exists(seed)) file.sections["seed"] = read_text(seed);
  }
  return file;
}

void rewrite(const File& file, const std::string& output) {
  std::ofstream(file.path, std::ios::binary) << file.input << output;
}

}  // namespace golden
