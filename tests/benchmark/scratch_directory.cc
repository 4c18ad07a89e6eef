#include "tests/benchmark/scratch_directory.h"

#include <stdlib.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "tests/benchmark/bench_report.h"

namespace treatywire::benchmark {

ScratchDirectory::ScratchDirectory(const std::string& parent) {
  std::error_code error;
  const std::string where = parent.empty() ? std::filesystem::temp_directory_path(error).string() : parent;
  path_ = absl::StrCat(where, "/treatywire-bench-XXXXXX");
  Require(mkdtemp(path_.data()) != nullptr,
          absl::StrCat("cannot make a directory in ", where, " (--directory)"));
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace treatywire::benchmark
