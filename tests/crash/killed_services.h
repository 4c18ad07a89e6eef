// Both services as processes that are killed and started again where they were.
#ifndef TREATYWIRE_TESTS_CRASH_KILLED_SERVICES_H_
#define TREATYWIRE_TESTS_CRASH_KILLED_SERVICES_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/integration/child_process.h"
#include "tests/query_service/event_log/temporary_directory.h"

namespace treatywire {

// One thread, but for the addresses and channels.
class KilledServices {
 public:
  // Both run when it returns, at addresses that they keep.
  KilledServices();

  // kill -9, and a new start. `while_starting`: the new process is killed as well, at once, and one more
  // started.
  void KillQuery(bool while_starting);
  void KillIngest(bool while_starting);
  // SIGTERM to both, ingest first; whether both exited with 0.
  bool Stop();

  // New ones, which find a service that is back within a tenth of a second.
  std::shared_ptr<grpc::Channel> QueryChannel() const { return ChannelTo(query_address_); }
  std::shared_ptr<grpc::Channel> IngestChannel() const { return ChannelTo(ingest_address_); }

 private:
  static std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address);
  // Starts a process; `address` is where it listens, or is empty and set to that.
  static void Start(const std::string& program, std::vector<std::string> arguments, bool killed_at_once,
                    std::optional<ChildProcess>* process, std::string* address);
  void StartQuery(bool killed_at_once);
  void StartIngest(bool killed_at_once);

  const query::TemporaryDirectory directory_;
  std::optional<ChildProcess> query_;
  std::optional<ChildProcess> ingest_;
  std::string query_address_;
  std::string ingest_address_;
};

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_CRASH_KILLED_SERVICES_H_
