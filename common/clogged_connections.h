// Closes connections whose calls only come when it is too late.
//
//   const auto clogged = std::make_shared<CloggedConnections>();
//   observers.push_back(clogged);     // is told of every call
//   clogged->Took(connection, peer);  // of each connection, before it is served
//
// A client that asks for more than is answered lets its calls wait, and sends each as soon as there is room
// on the connection. Once they wait for as long as they have time, each is sent when its time is nearly over,
// is read and answered like any other, and is too late. It stays so, for what comes in vain takes all the
// time that there is; and to refuse it instead takes as long as to answer it (docs/operations.md).
//
// So a connection on which nearly all of many calls in a row are too late is closed. What waits on it, at the
// client and on its way, ends at once with UNAVAILABLE, and the client opens another, on which calls come in
// time again: a client of gRPC does so by itself.
#ifndef TREATYWIRE_COMMON_CLOGGED_CONNECTIONS_H_
#define TREATYWIRE_COMMON_CLOGGED_CONNECTIONS_H_

#include <sys/socket.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "common/request_observer.h"

namespace treatywire {

// Methods may be called from any thread.
class CloggedConnections final : public RequestObserver {
 public:
  // From a unary call on that had no time left when the server came to it, so many calls of its connection
  // are counted, and it is closed where no more of them than kInTime had any. There are enough to be no
  // accident, and few enough to take some milliseconds only.
  static constexpr size_t kCalls = 32;
  static constexpr size_t kInTime = 3;

  // Tells of the descriptor `connection`, which `peer` has opened.
  void Took(int connection, const sockaddr_storage& peer);

  void OnEnd(const FinishedRequest& request) override;

  // Connections that were closed, since the beginning.
  uint64_t closed() const { return closed_; }

 private:
  struct Connection {
    int descriptor = -1;
    size_t calls = 0;  // counted so far
    size_t in_time = 0;
  };

  // Forgets what is counted of a connection. Under mutex_.
  void BeginAnew(Connection& connection);
  // Counts the call of a connection; whether that is to be closed now.
  bool Count(const FinishedRequest& request, int* descriptor);
  void Close(int descriptor, const std::string& peer);

  std::mutex mutex_;
  // Guarded by mutex_. An entry stays until its descriptor is another's.
  absl::flat_hash_map<std::string, Connection> connections_;  // by gRPC's name of the peer
  absl::flat_hash_map<int, std::string> peers_;               // by descriptor
  absl::Time logged_ = absl::InfinitePast();
  std::atomic<size_t> counted_connections_{0};  // whose calls are counted now; changed under mutex_
  std::atomic<uint64_t> closed_{0};
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_CLOGGED_CONNECTIONS_H_
