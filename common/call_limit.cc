#include "common/call_limit.h"

#include <mutex>
#include <string>
#include <utility>

#include "absl/container/node_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/peer_host.h"
#include "common/status.h"

namespace treatywire {
namespace {

// By then many of its calls are answered.
constexpr absl::Duration kRetryDelay = absl::Milliseconds(200);

absl::Status Refusal(absl::string_view message, treatywire::v1::ErrorReason reason) {
  return WithRetryDelay(WithErrorInfo(absl::ResourceExhaustedError(message), reason), kRetryDelay);
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
        too_many_calls(Refusal(absl::StrCat("the client has ", limits.calls, " calls under way already"),
                               treatywire::v1::ERROR_REASON_TOO_MANY_CALLS)),
        too_much_unsent(Refusal(
            absl::StrCat("the client has not taken ", limits.unsent_bytes, " bytes of answers or more yet"),
            treatywire::v1::ERROR_REASON_TOO_MANY_CALLS)),
        all_too_much_unsent(
            Refusal(absl::StrCat("clients have not taken their answers yet, and too little of ",
                                 limits.all_unsent_bytes, " bytes is left"),
                    treatywire::v1::ERROR_REASON_OVERLOADED)) {}

  // Under mutex.
  absl::Status CheckUnsent(const Client& client) const {
    if (client.unsent_bytes >= limits.unsent_bytes) return too_much_unsent;
    const bool is_left = unsent_bytes < limits.all_unsent_bytes &&
                         client.unsent_bytes < limits.all_unsent_bytes - unsent_bytes;
    return is_left ? absl::OkStatus() : all_too_much_unsent;
  }

  const ClientLimits limits;
  // Made once: under overload there are as many as calls.
  const absl::Status too_many_calls;
  const absl::Status too_much_unsent;
  const absl::Status all_too_much_unsent;
  std::mutex mutex;
  // Guarded by mutex; those with calls. Its entries stay where they are.
  absl::node_hash_map<std::string, Client> clients;
  size_t unsent_bytes = 0;  // guarded by mutex; of all
};

CallLimit::Place::~Place() {
  const std::lock_guard lock(shared_->mutex);
  shared_->unsent_bytes -= unsent_bytes_;
  client_->unsent_bytes -= unsent_bytes_;
  if (--client_->calls == 0) shared_->clients.erase(shared_->clients.find(client_->host));
}

void CallLimit::Place::HoldUnsent(size_t bytes) {
  const std::lock_guard lock(shared_->mutex);
  unsent_bytes_ += bytes;
  client_->unsent_bytes += bytes;
  shared_->unsent_bytes += bytes;
}

absl::Status CallLimit::Place::CheckUnsent() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->CheckUnsent(*client_);
}

CallLimit::CallLimit(ClientLimits limits) : shared_(std::make_shared<Shared>(limits)) {}

absl::StatusOr<std::shared_ptr<CallLimit::Place>> CallLimit::Admit(absl::string_view peer) {
  Client* client = nullptr;
  {
    const std::lock_guard lock(shared_->mutex);
    const auto entry = shared_->clients.try_emplace(HostOf(peer)).first;
    client = &entry->second;
    absl::Status refusal =
        client->calls >= shared_->limits.calls ? shared_->too_many_calls : shared_->CheckUnsent(*client);
    if (!refusal.ok()) {
      if (client->calls == 0) shared_->clients.erase(entry);
      return refusal;
    }
    client->host = entry->first;
    ++client->calls;
  }
  return std::make_shared<Place>(shared_, client);
}

size_t CallLimit::clients() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->clients.size();
}

size_t CallLimit::unsent_bytes() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->unsent_bytes;
}

}  // namespace treatywire
