// The query service as a process has it: event log, index, every part wired, listening, rebuilt.
//
//   TW_ASSIGN_OR_RETURN(auto server, QueryServer::Start({.data_dir = "/var/lib/treatywire"}));
//   server->WaitUntilReady();
//
// It listens at once, so that probes and clients get an answer, and says NOT_SERVING in health, and
// UNAVAILABLE (reason REBUILDING) to calls, until the index is rebuilt: from its image in the data folder and
// what the event log has since, or from the event log alone. What the image spares to read of the log is read
// when calls are answered already: a damaged record ends the service then as it would have before.
#ifndef TREATYWIRE_QUERY_SERVICE_QUERY_SERVER_H_
#define TREATYWIRE_QUERY_SERVICE_QUERY_SERVER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/metrics.h"
#include "common/server.h"
#include "query_service/event_log/event_log.h"
#include "query_service/query_service.h"

namespace treatywire::query {

// Every method may be called from any thread.
class QueryServer {
 public:
  struct Options {
    // As ServerOptions; `services`, `serving_at_start` and `begin_drain` are set by Start.
    ServerOptions server = {};
    std::string data_dir = {};   // of the event log (SqliteEventLog); unused where `log` is set
    uint64_t max_log_bytes = 0;  // as SqliteEventLog::Options::max_bytes
    // Whether an image of the index is kept in `data_dir` (ImageKeeper), and after how many records it is
    // written anew.
    bool keep_image = true;
    uint64_t image_records = 10'000;
    EventLog* log = nullptr;  // not owned; must outlive the server
    QueryService::Options service = {};
    absl::Duration tick = absl::Milliseconds(50);  // how often waits and idle watches are looked after
    // Health says NOT_SERVING while the index has been behind the event log for longer: a read may then miss
    // what was acknowledged to others long ago. Ordinarily it is behind for the milliseconds of a batch.
    absl::Duration max_index_lag = absl::Seconds(10);
    Metrics* metrics = nullptr;  // not owned; must outlive the server and lose its endpoints before it
    // Called once, on a thread of the server's, when it cannot go on: the log does not replay, or a write
    // failed. Whoever runs the server must then shut it down, and not on that thread. May be empty.
    std::function<void(const absl::Status&)> on_failure = {};
  };

  // Returns the error of SqliteEventLog::Open or ServerLifecycle::Start.
  static absl::StatusOr<std::unique_ptr<QueryServer>> Start(Options options);

  virtual ~QueryServer() = default;  // Shutdown

  // Its Shutdown drains the server, but not what lies below: see Shutdown here.
  virtual ServerLifecycle& lifecycle() = 0;
  // Returns when the index is rebuilt, with OK, or will never be: with the error of the replay, or CANCELLED
  // where Shutdown came first.
  virtual absl::Status WaitUntilReady() = 0;
  // Drains the server, then writes what was taken, and the index's image, and closes the log. A second call
  // waits for the first.
  virtual void Shutdown() = 0;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_QUERY_SERVER_H_
