// A closed loop of unary calls over loopback: as soon as one is answered the next is sent.
#ifndef TREATYWIRE_TESTS_BENCHMARK_LOAD_CLIENT_H_
#define TREATYWIRE_TESTS_BENCHMARK_LOAD_CLIENT_H_

#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace treatywire::benchmark {

struct LoadResult {
  double calls_per_second = 0;
  double p99_ms = 0;
};

class LoadClient {
 public:
  static constexpr size_t kInFlight = 64;

  // `server`: "HOST:PORT".
  explicit LoadClient(const std::string& server);

  // Makes `calls` of them, `requests` (serialised) in turn, and ends the process where one fails. Each
  // response is parsed into a copy of `prototype`, as a client does. `method`: "/package.Service/Method".
  LoadResult Run(const std::string& method, const std::vector<grpc::ByteBuffer>& requests, size_t calls,
                 const google::protobuf::Message& prototype);

 private:
  std::shared_ptr<grpc::Channel> channel_;
};

grpc::ByteBuffer BytesOf(const google::protobuf::Message& message);

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_LOAD_CLIENT_H_
