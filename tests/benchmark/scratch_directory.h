// A fresh directory for a benchmark's files, removed with all in it when the object goes.
#ifndef TREATYWIRE_TESTS_BENCHMARK_SCRATCH_DIRECTORY_H_
#define TREATYWIRE_TESTS_BENCHMARK_SCRATCH_DIRECTORY_H_

#include <string>

namespace treatywire::benchmark {

class ScratchDirectory {
 public:
  // In `parent`; where that is empty, in TMPDIR or /tmp. Ends the process where it cannot be made.
  explicit ScratchDirectory(const std::string& parent);
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_SCRATCH_DIRECTORY_H_
