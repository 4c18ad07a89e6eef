// A fresh directory, removed with all in it when the object goes.
#ifndef TREATYWIRE_TESTS_QUERY_SERVICE_EVENT_LOG_TEMPORARY_DIRECTORY_H_
#define TREATYWIRE_TESTS_QUERY_SERVICE_EVENT_LOG_TEMPORARY_DIRECTORY_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

namespace treatywire::query {

class TemporaryDirectory {
 public:
  TemporaryDirectory() : path_(testing::TempDir() + "treatywire-XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << "no temporary directory " << path_;
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_TESTS_QUERY_SERVICE_EVENT_LOG_TEMPORARY_DIRECTORY_H_
