#include "common/call_limit.h"

#include <mutex>
#include <string>
#include <utility>

#include "absl/container/node_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status.h"

namespace treatywire {
namespace {

// By then many of its calls are answered.
constexpr absl::Duration kRetryDelay = absl::Milliseconds(200);

// "ipv4:192.0.2.1:41234" without the port; other peers as they are.
absl::string_view HostOf(absl::string_view peer) {
  const bool has_port = absl::StartsWith(peer, "ipv4:") || absl::StartsWith(peer, "ipv6:");
  return has_port ? peer.substr(0, peer.rfind(':')) : peer;
}

absl::Status Refusal(absl::string_view message) {
  return WithRetryDelay(
      WithErrorInfo(absl::ResourceExhaustedError(message), treatywire::v1::ERROR_REASON_TOO_MANY_CALLS),
      kRetryDelay);
}

}  // namespace

struct CallLimit::Client {
  absl::string_view host;  // its key
  size_t calls = 0;
  size_t unsent_bytes = 0;
};

struct CallLimit::Shared {
  explicit Shared(ClientLimits client_limits)
      : limits(client_limits),
        too_many_calls(Refusal(absl::StrCat("the client has ", limits.calls, " calls under way already"))),
        too_much_unsent(Refusal(absl::StrCat("the client has not taken ", limits.unsent_bytes,
                                             " bytes of answers or more yet"))) {}

  const ClientLimits limits;
  // Made once: under overload there are as many as calls.
  const absl::Status too_many_calls;
  const absl::Status too_much_unsent;
  std::mutex mutex;
  // Guarded by mutex; those with calls. Its entries stay where they are.
  absl::node_hash_map<std::string, Client> clients;
};

CallLimit::Place::~Place() {
  const std::lock_guard lock(shared_->mutex);
  client_->unsent_bytes -= unsent_bytes_;
  if (--client_->calls == 0) shared_->clients.erase(shared_->clients.find(client_->host));
}

void CallLimit::Place::HoldUnsent(size_t bytes) {
  const std::lock_guard lock(shared_->mutex);
  unsent_bytes_ += bytes;
  client_->unsent_bytes += bytes;
}

absl::Status CallLimit::Place::CheckUnsent() const {
  const std::lock_guard lock(shared_->mutex);
  return client_->unsent_bytes < shared_->limits.unsent_bytes ? absl::OkStatus() : shared_->too_much_unsent;
}

CallLimit::CallLimit(ClientLimits limits) : shared_(std::make_shared<Shared>(limits)) {}

absl::StatusOr<std::shared_ptr<CallLimit::Place>> CallLimit::Admit(absl::string_view peer) {
  Client* client = nullptr;
  {
    const std::lock_guard lock(shared_->mutex);
    const auto [entry, is_new] = shared_->clients.try_emplace(HostOf(peer));
    client = &entry->second;
    if (is_new) client->host = entry->first;
    // One without calls has nothing unsent, and is admitted.
    if (client->calls >= shared_->limits.calls) return shared_->too_many_calls;
    if (client->unsent_bytes >= shared_->limits.unsent_bytes) return shared_->too_much_unsent;
    ++client->calls;
  }
  return std::make_shared<Place>(shared_, client);
}

size_t CallLimit::clients() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->clients.size();
}

}  // namespace treatywire
