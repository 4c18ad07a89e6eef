// A client that costs little: unary gRPC calls of one method as bytes, over plaintext HTTP/2, on one thread.
//
//   WireLoad load({.server = "127.0.0.1:50052", .method = "/treatywire.v1.…/ListAgreements", .requests = …});
//   const WireLoadResult most = load.Run({.under_way = 64, .duration = absl::Seconds(5)});
//   const WireLoadResult more = load.Run({.rate = 3 * most.good() / most.seconds, …});
//
// gRPC's own client takes some 40 µs of a processor for a call, as much as many answers take the service:
// with it, asking for three times what the service can do is more than the client can, and what is measured
// is how the client falls behind. This one takes 2 µs, and what it takes to receive the answer's bytes.
//
// It does what a gRPC client does: the time that is left is sent with each call, a call that is not over by
// then is reset and counts as expired, a connection that the server closes ends its calls and is opened anew,
// and calls that the server's stream limit, its flow control or the connection holds back wait at the client
// in the order of their beginning, their deadlines running.
#ifndef TREATYWIRE_TESTS_BENCHMARK_WIRE_LOAD_H_
#define TREATYWIRE_TESTS_BENCHMARK_WIRE_LOAD_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace treatywire::benchmark {

struct WireLoadOptions {
  std::string server;                 // "IPv4:PORT"
  std::string method;                 // "/package.Service/Method"
  std::vector<std::string> requests;  // serialised, of less than 64 KB each; asked in turn
  size_t connections = 8;             // calls go to them in turn
  absl::Duration deadline = absl::Seconds(1);
  // How fast the line is on which answers come: what comes faster waits at the server. 0: as fast as
  // loopback.
  double bytes_per_second = 0;
};

// How often and how long: one of the two is set.
struct WireLoadRun {
  size_t under_way = 0;  // closed loop: so many calls at any time
  double rate = 0;       // open loop: so many calls a second, whatever becomes of those before
  absl::Duration duration = absl::Seconds(1);
};

struct WireLoadResult {
  double seconds = 0;  // in which calls began
  size_t begun = 0;
  std::vector<double> good_ms;       // of those answered with OK
  std::vector<double> refused_ms;    // of those answered with RESOURCE_EXHAUSTED
  size_t refused_without_delay = 0;  // of these, those without google.rpc.RetryInfo
  size_t expired = 0;                // had no answer by their deadline, sent or not
  size_t cut_off = 0;                // ended with a connection that the server closed
  size_t failed = 0;                 // answered with anything else
  std::string last_failure;          // "grpc-status 14"
};

// For one thread. A peer that is not there, or does not speak HTTP/2, ends the program.
class WireLoad {
 public:
  explicit WireLoad(WireLoadOptions options);  // connects
  ~WireLoad();

  // Returns when no call is left.
  WireLoadResult Run(const WireLoadRun& run);

 private:
  class Connection;
  class Line;
  struct Progress;

  std::unique_ptr<Connection> Open() const;
  void ReopenClosed(Progress& progress);
  int64_t BeginDue(const WireLoadRun& run, int64_t begin, int64_t now, Progress& progress);
  void Receive(int64_t until, Progress& progress);

  const WireLoadOptions options_;
  int epoll_ = -1;
  std::unique_ptr<Line> line_;
  std::vector<std::unique_ptr<Connection>> connections_;
  size_t next_ = 0;  // call, over all runs
};

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_WIRE_LOAD_H_
