#include "common/call_limit.h"

#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

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
  std::unordered_map<std::string, size_t> calls_of;  // guarded by mutex; those above 0
};

class CallLimit::Place {
 public:
  Place(std::shared_ptr<Counts> counts, std::string host)
      : counts_(std::move(counts)), host_(std::move(host)) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    const std::lock_guard lock(counts_->mutex);
    const auto calls = counts_->calls_of.find(host_);
    if (--calls->second == 0) counts_->calls_of.erase(calls);
  }

 private:
  const std::shared_ptr<Counts> counts_;
  const std::string host_;
};

CallLimit::CallLimit(size_t max_calls_per_client)
    : max_calls_per_client_(max_calls_per_client), counts_(std::make_shared<Counts>()) {}

absl::StatusOr<std::shared_ptr<const CallLimit::Place>> CallLimit::Admit(absl::string_view peer) {
  std::string host(HostOf(peer));
  {
    const std::lock_guard lock(counts_->mutex);
    size_t& calls = counts_->calls_of[host];
    if (calls >= max_calls_per_client_) {
      return WithRetryDelay(
          WithErrorInfo(absl::ResourceExhaustedError(absl::StrCat("the client has ", max_calls_per_client_,
                                                                  " calls under way already")),
                        treatywire::v1::ERROR_REASON_TOO_MANY_CALLS),
          kRetryDelay);
    }
    ++calls;
  }
  return std::make_shared<const Place>(counts_, std::move(host));
}

size_t CallLimit::clients() const {
  const std::lock_guard lock(counts_->mutex);
  return counts_->calls_of.size();
}

}  // namespace treatywire
