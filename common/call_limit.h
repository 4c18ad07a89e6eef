// How much each client may have under way: one that asks for too much, or does not take its answers, is
// refused at once, and the others go on.
//
//   CallLimit limit({.calls = 1024});
//   auto place = limit.Admit(context->peer());
//   if (!place.ok()) return call->Fail(place.status());
//   call->Keep(*std::move(place));   // given back when the call is over
//
// A client is a host (peer_host.h), whatever its connections.
#ifndef TREATYWIRE_COMMON_CALL_LIMIT_H_
#define TREATYWIRE_COMMON_CALL_LIMIT_H_

#include <cstddef>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace treatywire {

struct ClientLimits {
  size_t calls = 1024;
  // Answers that gRPC has and the client's connections have not taken yet. Another call is admitted while
  // they are fewer, so that they may be one answer more. It is about what a line of 10 Gbit/s takes in 7 ms:
  // what waits for longer than that is better refused at once.
  size_t unsent_bytes = size_t{8} << 20;
  // The same of all clients. Each gets no more than what is left of it to all: so that many that hold all
  // they may leave something to one that comes next.
  size_t all_unsent_bytes = size_t{256} << 20;
};

// Every method may be called from any thread. Places may outlive it.
class CallLimit {
 public:
  class Place;

  explicit CallLimit(ClientLimits limits);

  // A place for a call of `peer`, gRPC's name of it ("ipv4:192.0.2.1:41234"), until the last copy is gone.
  // RESOURCE_EXHAUSTED, with a retry delay, where its host has as much as it may (reason TOO_MANY_CALLS), or
  // all together have (reason OVERLOADED).
  absl::StatusOr<std::shared_ptr<Place>> Admit(absl::string_view peer);

  // How many clients have calls under way.
  size_t clients() const;
  // Answers that clients have not taken yet, of all together.
  size_t unsent_bytes() const;

 private:
  struct Client;
  struct Shared;

  const std::shared_ptr<Shared> shared_;
};

// Methods are for one thread at a time.
class CallLimit::Place {
 public:
  // `client` has this place counted already; it is one of `shared`.
  Place(std::shared_ptr<Shared> shared, Client* client) : shared_(std::move(shared)), client_(client) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place();  // gives back the place and what it holds

  // Counts an answer of so many bytes among what its client has not taken, from now on.
  void HoldUnsent(size_t bytes);
  // Whether the client would be admitted now for all that it has not taken: for answers that take some work.
  // The error of Admit.
  absl::Status CheckUnsent() const;

 private:
  const std::shared_ptr<Shared> shared_;
  Client* const client_;
  size_t unsent_bytes_ = 0;
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_CALL_LIMIT_H_
