#include "tests/crash/killed_services.h"

#include <gtest/gtest.h>

#include <csignal>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace treatywire {

KilledServices::KilledServices() {
  StartQuery(false);
  StartIngest(false);
}

void KilledServices::KillQuery(bool while_starting) {
  query_->Signal(SIGKILL);
  query_->Wait();
  if (while_starting) StartQuery(true);
  StartQuery(false);
}

void KilledServices::KillIngest(bool while_starting) {
  ingest_->Signal(SIGKILL);
  ingest_->Wait();
  if (while_starting) StartIngest(true);
  StartIngest(false);
}

bool KilledServices::Stop() {
  ingest_->Signal(SIGTERM);
  const bool ingest_ended = ingest_->Wait() == 0;
  query_->Signal(SIGTERM);
  return query_->Wait() == 0 && ingest_ended;
}

std::shared_ptr<grpc::Channel> KilledServices::ChannelTo(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 20);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

void KilledServices::Start(const std::string& program, std::vector<std::string> arguments,
                           bool killed_at_once, std::optional<ChildProcess>* process, std::string* address) {
  arguments.push_back(absl::StrCat("--listen=", address->empty() ? "127.0.0.1:0" : *address));
  // Another process may have been given the port meanwhile, for a connection of its own; it goes away.
  constexpr int kTries = 50;
  std::string said;
  for (int i = 0; i < kTries; ++i) {
    process->emplace(program, arguments);
    if (killed_at_once) return process->reset();
    said = (*process)->ReadLine();
    if (absl::StartsWith(said, "listening on ")) break;
  }
  if (!absl::StartsWith(said, "listening on ")) {
    ADD_FAILURE() << program << " does not start: " << (*process)->ReadErrors();
    return;
  }
  *address = std::string(absl::StripPrefix(said, "listening on "));
}

void KilledServices::StartQuery(bool killed_at_once) {
  // An image every few records, so that most starts begin with one, and some kills find one half written.
  Start(QUERY_SERVICE_PROGRAM,
        {"--data_dir=" + directory_.path(), "--log_severity=error", "--index_image_records=5"},
        killed_at_once, &query_, &query_address_);
}

void KilledServices::StartIngest(bool killed_at_once) {
  Start(INGEST_SERVICE_PROGRAM, {"--query_service=" + query_address_, "--log_severity=error"}, killed_at_once,
        &ingest_, &ingest_address_);
}

}  // namespace treatywire
