#include "query_service/event_log/sqlite_connection.h"

#include <sqlite3.h>

#include <cstring>

#include "absl/strings/str_cat.h"
#include "common/status_macros.h"

namespace treatywire::query {
namespace {

absl::StatusCode CodeOf(int result) {
  switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return absl::StatusCode::kUnavailable;
    case SQLITE_FULL:
      return absl::StatusCode::kResourceExhausted;
    default:
      // There was no room for the index of the write-ahead log, which nothing durable rests on.
      return result == SQLITE_IOERR_SHMSIZE ? absl::StatusCode::kResourceExhausted
                                            : absl::StatusCode::kDataLoss;
  }
}

// ": No space left on device" where the system told more than SQLite does.
std::string ReasonOfSystem(sqlite3* database) {
  const int error = sqlite3_system_errno(database);
  return error == 0 ? "" : absl::StrCat(": ", std::strerror(error));
}

absl::Status ErrorOf(sqlite3* database, int result) {
  const char* file = sqlite3_db_filename(database, "main");
  return absl::Status(CodeOf(result),
                      absl::StrCat(file == nullptr ? "database" : file, ": ", sqlite3_errmsg(database),
                                   ReasonOfSystem(database), " (SQLite ", result, ")"));
}

}  // namespace

SqliteStatement::~SqliteStatement() { sqlite3_finalize(statement_); }

void SqliteStatement::Bind(int index, int64_t value) { sqlite3_bind_int64(statement_, index, value); }

void SqliteStatement::BindText(int index, absl::string_view text) {
  sqlite3_bind_text64(statement_, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void SqliteStatement::BindBlob(int index, absl::string_view bytes) {
  sqlite3_bind_blob64(statement_, index, bytes.data(), bytes.size(), SQLITE_STATIC);
}

absl::StatusOr<bool> SqliteStatement::Step() {
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  sqlite3* database = sqlite3_db_handle(statement_);
  return ErrorOf(database, sqlite3_extended_errcode(database));
}

void SqliteStatement::Reset() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

int64_t SqliteStatement::Integer(int column) const { return sqlite3_column_int64(statement_, column); }

absl::string_view SqliteStatement::Text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return text == nullptr ? absl::string_view()
                         : absl::string_view(text, sqlite3_column_bytes(statement_, column));
}

absl::string_view SqliteStatement::Blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return bytes == nullptr ? absl::string_view()
                          : absl::string_view(bytes, sqlite3_column_bytes(statement_, column));
}

absl::StatusOr<std::unique_ptr<SqliteConnection>> SqliteConnection::Open(const Options& options) {
  // NOMUTEX: the owner already sees to it that one thread at a time uses the connection.
  int flags = SQLITE_OPEN_NOMUTEX | (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
  if (options.create) flags |= SQLITE_OPEN_CREATE;
  sqlite3* database = nullptr;
  const int result = sqlite3_open_v2(options.path.c_str(), &database, flags,
                                     options.vfs.empty() ? nullptr : options.vfs.c_str());
  if (database == nullptr) return absl::ResourceExhaustedError("no memory for a SQLite connection");
  auto connection = std::unique_ptr<SqliteConnection>(new SqliteConnection(database));
  if (result != SQLITE_OK) {
    return absl::Status(CodeOf(result),
                        absl::StrCat(options.path, ": ", sqlite3_errmsg(database), ReasonOfSystem(database)));
  }
  sqlite3_extended_result_codes(database, 1);
  sqlite3_busy_timeout(database, static_cast<int>(absl::ToInt64Milliseconds(options.busy_timeout)));
  // A database file may come from anywhere: let no trigger or view in it call functions with side effects.
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  return connection;
}

SqliteConnection::~SqliteConnection() { sqlite3_close_v2(database_); }

absl::Status SqliteConnection::Execute(const std::string& sql) {
  const int result = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr);
  return result == SQLITE_OK ? absl::OkStatus() : ErrorOf(database_, sqlite3_extended_errcode(database_));
}

absl::StatusOr<int64_t> SqliteConnection::QueryInteger(absl::string_view sql) {
  TW_ASSIGN_OR_RETURN(const auto statement, Prepare(sql));
  TW_ASSIGN_OR_RETURN(const bool row, statement->Step());
  if (!row) return absl::DataLossError(absl::StrCat(sql, ": no row"));
  return statement->Integer(0);
}

absl::StatusOr<std::string> SqliteConnection::QueryText(absl::string_view sql) {
  TW_ASSIGN_OR_RETURN(const auto statement, Prepare(sql));
  TW_ASSIGN_OR_RETURN(const bool row, statement->Step());
  if (!row) return absl::DataLossError(absl::StrCat(sql, ": no row"));
  return std::string(statement->Text(0));
}

absl::StatusOr<std::unique_ptr<SqliteStatement>> SqliteConnection::Prepare(absl::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (result != SQLITE_OK) return ErrorOf(database_, sqlite3_extended_errcode(database_));
  return std::make_unique<SqliteStatement>(statement);
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(database_) == 0; }

absl::Status SqliteConnection::Checkpoint() {
  const int result =
      sqlite3_wal_checkpoint_v2(database_, "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  return result == SQLITE_OK ? absl::OkStatus() : ErrorOf(database_, sqlite3_extended_errcode(database_));
}

}  // namespace treatywire::query
