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

}  // namespace

struct CallLimit::Counts {
  std::mutex mutex;
  // Guarded by mutex; those above 0. Its entries stay where they are.
  absl::node_hash_map<std::string, size_t> calls_of;
};

class CallLimit::Place {
 public:
  // `calls` is the host's entry, which has this one counted already.
  Place(std::shared_ptr<Counts> counts, std::pair<const std::string, size_t>* calls)
      : counts_(std::move(counts)), calls_(calls) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    const std::lock_guard lock(counts_->mutex);
    if (--calls_->second == 0) counts_->calls_of.erase(counts_->calls_of.find(calls_->first));
  }

 private:
  const std::shared_ptr<Counts> counts_;
  std::pair<const std::string, size_t>* const calls_;
};

CallLimit::CallLimit(size_t max_calls_per_client)
    : max_calls_per_client_(max_calls_per_client), counts_(std::make_shared<Counts>()) {}

absl::StatusOr<std::shared_ptr<const CallLimit::Place>> CallLimit::Admit(absl::string_view peer) {
  std::pair<const std::string, size_t>* calls = nullptr;
  {
    const std::lock_guard lock(counts_->mutex);
    calls = &*counts_->calls_of.try_emplace(HostOf(peer), 0).first;
    if (calls->second >= max_calls_per_client_) {
      return WithRetryDelay(
          WithErrorInfo(absl::ResourceExhaustedError(absl::StrCat("the client has ", max_calls_per_client_,
                                                                  " calls under way already")),
                        treatywire::v1::ERROR_REASON_TOO_MANY_CALLS),
          kRetryDelay);
    }
    ++calls->second;
  }
  return std::make_shared<const Place>(counts_, calls);
}

size_t CallLimit::clients() const {
  const std::lock_guard lock(counts_->mutex);
  return counts_->calls_of.size();
}

}  // namespace treatywire
