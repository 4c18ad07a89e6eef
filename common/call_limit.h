// How many calls each client may have under way: one that asks for too much is refused at once, and the
// others go on.
//
//   CallLimit limit(1024);
//   const auto place = limit.Admit(context->peer());
//   if (!place.ok()) return call->Fail(place.status());
//   call->Keep(*place);   // given back when the call is over
//
// A client is a host, whatever its connections.
#ifndef TREATYWIRE_COMMON_CALL_LIMIT_H_
#define TREATYWIRE_COMMON_CALL_LIMIT_H_

#include <cstddef>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace treatywire {

// Every method may be called from any thread. Places may outlive it.
class CallLimit {
 public:
  class Place;

  explicit CallLimit(size_t max_calls_per_client);

  // A place for a call of `peer`, gRPC's name of it ("ipv4:192.0.2.1:41234"), until the last copy is gone.
  // RESOURCE_EXHAUSTED, reason TOO_MANY_CALLS, with a retry delay, where its host has as many as it may.
  absl::StatusOr<std::shared_ptr<const Place>> Admit(absl::string_view peer);

  // How many clients have calls under way.
  size_t clients() const;

 private:
  struct Counts;

  const size_t max_calls_per_client_;
  const std::shared_ptr<Counts> counts_;
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_CALL_LIMIT_H_
