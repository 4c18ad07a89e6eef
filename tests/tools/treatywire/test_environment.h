// The program's world for tests: streams in memory, a server without network, time that passes at once.
#ifndef TREATYWIRE_TESTS_TOOLS_TREATYWIRE_TEST_ENVIRONMENT_H_
#define TREATYWIRE_TESTS_TOOLS_TREATYWIRE_TEST_ENVIRONMENT_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tools/treatywire/command_line.h"
#include "tools/treatywire/session.h"

namespace treatywire::tools {

// A server with the given services, and what the program says and does. `Run` may be called again.
class TestEnvironment {
 public:
  explicit TestEnvironment(const std::vector<grpc::Service*>& services) {
    grpc::ServerBuilder builder;
    for (grpc::Service* service : services) builder.RegisterService(service);
    server_ = builder.BuildAndStart();
    environment_.in = &in_;
    environment_.out = &out_;
    environment_.err = &err_;
    environment_.connect = [this](const std::string& target, const Transport& transport) {
      transport_ = transport;
      targets_.push_back(target);
      return server_->InProcessChannel({});
    };
    environment_.wait = [this](absl::Duration duration) {
      waits_.push_back(duration);
      if (on_wait_) on_wait_();
      return waits_.size() < 100;  // a test that waits for ever is interrupted
    };
    environment_.on_interrupt = [this](std::function<void()> cancel) {
      const std::lock_guard lock(mutex_);
      cancel_ = std::move(cancel);
    };
  }
  ~TestEnvironment() { server_->Shutdown(std::chrono::system_clock::now()); }

  ExitCode Run(const std::vector<std::string>& arguments) {
    out_.str("");
    err_.str("");
    return RunCommandLine(arguments, environment_);
  }

  // What Ctrl-C does. From any thread.
  void Interrupt() {
    const std::lock_guard lock(mutex_);
    if (cancel_) cancel_();
  }

  // What happens while the program waits.
  void OnWait(std::function<void()> act) { on_wait_ = std::move(act); }

  const Environment& environment() const { return environment_; }
  std::shared_ptr<grpc::Channel> channel() { return server_->InProcessChannel({}); }
  std::istringstream& in() { return in_; }
  std::string out() const { return out_.str(); }
  std::string err() const { return err_.str(); }
  const std::vector<std::string>& targets() const { return targets_; }
  // Whether the last connection was to be encrypted.
  bool encrypted() const { return transport_.credentials != nullptr; }
  // What its certificate was to be for, where that is not the target.
  const std::string& tls_name() const { return transport_.tls_name; }
  const std::vector<absl::Duration>& waits() const { return waits_; }

 private:
  std::unique_ptr<grpc::Server> server_;
  Environment environment_;
  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
  std::vector<std::string> targets_;
  Transport transport_;
  std::vector<absl::Duration> waits_;
  std::function<void()> on_wait_;
  std::mutex mutex_;
  std::function<void()> cancel_;  // guarded by mutex_
};

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TESTS_TOOLS_TREATYWIRE_TEST_ENVIRONMENT_H_
