// The reference of search: SQLite's FTS5 over the same sentences, in memory, without their contents.
#ifndef TREATYWIRE_TESTS_BENCHMARK_FULL_TEXT_H_
#define TREATYWIRE_TESTS_BENCHMARK_FULL_TEXT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

struct sqlite3;
struct sqlite3_stmt;

namespace treatywire::benchmark {

// Ends the process where SQLite refuses something.
class FullText {
 public:
  FullText();
  ~FullText();
  FullText(const FullText&) = delete;
  FullText& operator=(const FullText&) = delete;

  void Add(absl::string_view sentence);
  // After the last Add.
  void Finish();
  // The sentences that hold all words of `query`, best by BM25 first.
  std::vector<int64_t> Search(const std::string& query, int limit);

 private:
  void Execute(const char* sql);
  sqlite3_stmt* Prepare(const char* sql);

  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* search_ = nullptr;
};

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_FULL_TEXT_H_
