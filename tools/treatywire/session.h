// What a command runs with: where to write, how, and the services to ask.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_SESSION_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_SESSION_H_

#include <cstdint>
#include <functional>
#include <istream>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

namespace grpc {
class Channel;
class ChannelCredentials;
}  // namespace grpc

namespace treatywire::tools {

// How the services are spoken to.
struct Transport {
  std::shared_ptr<grpc::ChannelCredentials> credentials;  // null: plaintext
  std::string tls_name;  // what the certificate must be for, instead of the host that is called; empty: that
};

// The world outside the program. Tests make their own.
struct Environment {
  std::istream* in = nullptr;
  std::ostream* out = nullptr;
  std::ostream* err = nullptr;
  // Columns of the terminal that `out` is; 0 where it is none.
  int terminal_width = 0;
  // Whether `err` is a terminal, where a line of progress can be written over.
  bool shows_progress = false;
  // A channel to "HOST:PORT" or another gRPC target.
  std::function<std::shared_ptr<grpc::Channel>(const std::string& target, const Transport& transport)>
      connect;
  // Waits; returns false, at once, where the user interrupted the program.
  std::function<bool(absl::Duration)> wait;
  // Calls `cancel`, on another thread, when the user interrupts the program; a second call replaces the
  // first, and an empty one ends it.
  std::function<void(std::function<void()> cancel)> on_interrupt;
};

// What was said on the command line for all commands.
struct Settings {
  bool json = false;
  int width = 0;  // 0: no limit
  std::string ingest_service;
  std::string query_service;
  absl::Duration timeout = absl::Seconds(30);
  Transport transport;
};

// One run of one command; one thread.
class Session {
 public:
  Session(const Environment& environment, Settings settings)
      : environment_(environment), settings_(std::move(settings)) {}

  const Environment& environment() const { return environment_; }
  const Settings& settings() const { return settings_; }
  bool json() const { return settings_.json; }
  int width() const { return settings_.width; }
  std::ostream& out() const { return *environment_.out; }
  std::ostream& err() const { return *environment_.err; }

  // Connected when first asked for.
  std::shared_ptr<grpc::Channel> query_channel();
  std::shared_ptr<grpc::Channel> ingest_channel();

  // Writes `message` as proto3 JSON on a line.
  absl::Status WriteJson(const google::protobuf::Message& message) const;

 private:
  const Environment& environment_;
  const Settings settings_;
  std::shared_ptr<grpc::Channel> query_channel_;
  std::shared_ptr<grpc::Channel> ingest_channel_;
};

// What a command line asks for, ready to run.
using Command = std::function<absl::Status(Session&)>;

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_SESSION_H_
