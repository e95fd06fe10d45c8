#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// The format of tests/golden/**.golden. The input comes first, in sections:
///
///     # one line: what this shows
///     @schema tutorial        (tests/golden/schemas/tutorial.json and .sql, or a document inline)
///     @before                 (SQL that runs after the seed rows)
///     @query                  (a query document; without one the DDL is shown)
///     @params                 (a JSON array of values)
///     @after                  (a query document that runs last and shows the state left behind)
///     @database               (SQL of a database that is to become the schema: a migration is
///     shown)
///     @options                (its options)
///     ---                     (everything below is generated)
///
/// tests/golden/format.mjs reads the same for the wasm runner.
namespace golden {

struct File {
  std::filesystem::path path;
  std::string input;     ///< the text up to and including the line `---`
  std::string expected;  ///< the text below it
  std::map<std::string, std::string> sections;

  /// The body of a section; nothing when it is not there.
  std::optional<std::string> section(const std::string& name) const;
};

/// The golden files below `folder`, sorted by path.
std::vector<std::filesystem::path> list(const std::filesystem::path& folder);

/// Reads a golden file; for `@schema name` the sections "schema" and "seed" hold the named files.
/// Throws std::runtime_error when the file does not have the format.
File read(const std::filesystem::path& path, const std::filesystem::path& schemas);

/// The whole of a file; throws std::runtime_error when it cannot be read.
std::string read_text(const std::filesystem::path& path);

/// Replaces what stands below `---`.
void rewrite(const File& file, const std::string& output);

}  // namespace golden
