// One connection to a SQLite database and its prepared statements: sqlite3.h with owners and absl::Status.
//
//   TW_ASSIGN_OR_RETURN(auto connection, SqliteConnection::Open({.path = path}));
//   TW_ASSIGN_OR_RETURN(auto select, connection->Prepare("SELECT payload FROM log WHERE revision = ?1"));
//   select->Bind(1, 7);
//   TW_ASSIGN_OR_RETURN(const bool row, select->Step());
//   if (row) Use(select->Blob(0));
//   select->Reset();
//
// A connection and its statements are used by one thread at a time.
#ifndef TREATYWIRE_QUERY_SERVICE_EVENT_LOG_SQLITE_CONNECTION_H_
#define TREATYWIRE_QUERY_SERVICE_EVENT_LOG_SQLITE_CONNECTION_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

struct sqlite3;
struct sqlite3_stmt;

namespace treatywire::query {

// A prepared statement. Its connection must outlive it.
class SqliteStatement {
 public:
  explicit SqliteStatement(sqlite3_stmt* statement) : statement_(statement) {}
  ~SqliteStatement();
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  // Sets parameter ?`index`, from 1. The bytes are viewed until Reset or the next Bind of that index.
  void Bind(int index, int64_t value);
  void BindText(int index, absl::string_view text);
  void BindBlob(int index, absl::string_view bytes);

  // Runs to the next row: true if there is one, false at the end. Errors as in SqliteConnection.
  absl::StatusOr<bool> Step();
  // Ready to be bound and stepped again. A statement that is not reset keeps its read transaction open.
  void Reset();

  // Column `column`, from 0, of the row. Views live until the next Step or Reset.
  int64_t Integer(int column) const;
  absl::string_view Text(int column) const;
  absl::string_view Blob(int column) const;

 private:
  sqlite3_stmt* statement_;
};

// Resets a statement at the end of the scope.
class ScopedReset {
 public:
  explicit ScopedReset(SqliteStatement* statement) : statement_(statement) {}
  ~ScopedReset() { statement_->Reset(); }
  ScopedReset(const ScopedReset&) = delete;
  ScopedReset& operator=(const ScopedReset&) = delete;

 private:
  SqliteStatement* statement_;
};

// Errors of all methods, with SQLite's text and the file's name: UNAVAILABLE where another connection kept
// the database locked for the busy timeout, RESOURCE_EXHAUSTED where the disk or the database is full, and
// DATA_LOSS for all else (failed I/O, a damaged file).
class SqliteConnection {
 public:
  struct Options {
    std::string path;
    bool read_only = false;
    bool create = false;                             // the file may be missing
    absl::Duration busy_timeout = absl::Seconds(5);  // how long to wait for another connection's lock
    std::string vfs = {};  // SQLite's name of the file system to use; empty: the default
  };

  static absl::StatusOr<std::unique_ptr<SqliteConnection>> Open(const Options& options);
  ~SqliteConnection();
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  // Runs one or more statements whose rows nobody needs.
  absl::Status Execute(const std::string& sql);
  // The first column of the first row. DATA_LOSS where there is none.
  absl::StatusOr<int64_t> QueryInteger(absl::string_view sql);
  absl::StatusOr<std::string> QueryText(absl::string_view sql);
  absl::StatusOr<std::unique_ptr<SqliteStatement>> Prepare(absl::string_view sql);

  // Whether a transaction is open.
  bool in_transaction() const;
  // Moves what the write-ahead log holds into the database file, as far as no reader needs it, and syncs.
  absl::Status Checkpoint();

 private:
  explicit SqliteConnection(sqlite3* database) : database_(database) {}

  sqlite3* database_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_EVENT_LOG_SQLITE_CONNECTION_H_
