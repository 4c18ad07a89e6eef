#include "tests/benchmark/full_text.h"

#include <sqlite3.h>

#include "tests/benchmark/bench_report.h"

namespace treatywire::benchmark {

FullText::FullText() {
  Require(sqlite3_open(":memory:", &database_) == SQLITE_OK, "no database in memory");
  Execute("CREATE VIRTUAL TABLE sentences USING fts5(text, content='', tokenize='ascii')");
  Execute("BEGIN");
  insert_ = Prepare("INSERT INTO sentences(text) VALUES(?1)");
  search_ = Prepare("SELECT rowid FROM sentences WHERE sentences MATCH ?1 ORDER BY rank LIMIT ?2");
}

FullText::~FullText() {
  sqlite3_finalize(insert_);
  sqlite3_finalize(search_);
  sqlite3_close(database_);
}

void FullText::Add(absl::string_view sentence) {
  sqlite3_bind_text(insert_, 1, sentence.data(), static_cast<int>(sentence.size()), SQLITE_STATIC);
  Require(sqlite3_step(insert_) == SQLITE_DONE, sqlite3_errmsg(database_));
  sqlite3_reset(insert_);
}

void FullText::Finish() { Execute("COMMIT"); }

std::vector<int64_t> FullText::Search(const std::string& query, int limit) {
  sqlite3_bind_text(search_, 1, query.data(), static_cast<int>(query.size()), SQLITE_STATIC);
  sqlite3_bind_int(search_, 2, limit);
  std::vector<int64_t> found;
  while (sqlite3_step(search_) == SQLITE_ROW) found.push_back(sqlite3_column_int64(search_, 0));
  sqlite3_reset(search_);
  return found;
}

void FullText::Execute(const char* sql) {
  Require(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sqlite3_errmsg(database_));
}

sqlite3_stmt* FullText::Prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  Require(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr) == SQLITE_OK,
          sqlite3_errmsg(database_));
  return statement;
}

}  // namespace treatywire::benchmark
