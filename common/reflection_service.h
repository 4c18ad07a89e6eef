// grpc.reflection.v1: describes the server's services to grpcurl, buf curl and their like.
//
// gRPC 1.51 has v1alpha alone; newer clients ask for v1 first. It answers from the descriptors that are
// linked into the program. A file is sent with everything that it imports.
#ifndef TREATYWIRE_COMMON_REFLECTION_SERVICE_H_
#define TREATYWIRE_COMMON_REFLECTION_SERVICE_H_

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/access_policy.h"
#include "grpc/reflection/v1/reflection.grpc.pb.h"

namespace treatywire {

// All methods may be called from any thread. Destroy it after the grpc::Server that it is registered with.
class ReflectionService final : public grpc::reflection::v1::ServerReflection::CallbackService {
 public:
  using Request = grpc::reflection::v1::ServerReflectionRequest;
  using Response = grpc::reflection::v1::ServerReflectionResponse;

  // Streams open at a time; RESOURCE_EXHAUSTED past that.
  static constexpr size_t kMaxStreams = 64;

  // `services`: full names, as list_services shall give them. Of `access` null: all may ask.
  explicit ReflectionService(std::vector<std::string> services,
                             std::shared_ptr<const AccessPolicy> access = nullptr)
      : services_(std::move(services)), access_(std::move(access)) {}
  ~ReflectionService() override;
  ReflectionService(const ReflectionService&) = delete;
  ReflectionService& operator=(const ReflectionService&) = delete;

  // The answer to one request of a stream; what cannot be answered is an ErrorResponse, and the stream goes
  // on.
  Response Answer(const Request& request) const;

  // Ends every open stream with UNAVAILABLE, and every later one at once.
  void EndStreams();

  grpc::ServerBidiReactor<Request, Response>* ServerReflectionInfo(
      grpc::CallbackServerContext* context) override;

 private:
  class Stream;
  void Remove(Stream* stream);

  // Whether one more stream of `context`, counted already, may go on. Requires mutex_.
  absl::Status Admit(const grpc::CallbackServerContext& context) const;

  const std::vector<std::string> services_;
  const std::shared_ptr<const AccessPolicy> access_;
  // Taken before a Stream's own.
  std::mutex mutex_;
  // Guarded by mutex_.
  std::set<Stream*> streams_;
  bool ended_ = false;
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_REFLECTION_SERVICE_H_
