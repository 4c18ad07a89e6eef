#include "common/unary_call.h"

#include <utility>

#include "common/grpc_deadline.h"
#include "common/grpc_status.h"
#include "common/monotonic_clock.h"
#include "common/raw_message.h"

namespace treatywire {

std::shared_ptr<UnaryCall> UnaryCall::Start(grpc::ByteBuffer* response) {
  auto call = std::make_shared<UnaryCall>(response);
  call->self_ = call;
  return call;
}

// gRPC never calls a reaction from within Finish, so that the lock may be held.
void UnaryCall::Fail(const absl::Status& status) {
  const std::lock_guard lock(mutex_);
  if (over_) return;
  over_ = true;
  ServerUnaryReactor::Finish(ToGrpcStatus(status));
}

void UnaryCall::Finish(const google::protobuf::Message& message) {
  const std::lock_guard lock(mutex_);
  if (over_) return;
  over_ = true;
  ServerUnaryReactor::Finish(ToGrpcStatus(SerializeResponse(message, response_)));
}

void UnaryCall::FinishWire(std::string serialized) {
  const std::lock_guard lock(mutex_);
  if (over_) return;
  over_ = true;
  TakeResponse(std::move(serialized), response_);
  ServerUnaryReactor::Finish(grpc::Status::OK);
}

void UnaryCall::WhenCancelled(std::function<void()> react) {
  {
    const std::lock_guard lock(mutex_);
    if (!cancelled_) {
      react_ = std::move(react);
      return;
    }
  }
  react();
}

void UnaryCall::OnCancel() {
  Fail(absl::CancelledError("the caller went away"));
  std::function<void()> react;
  {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    react = std::exchange(react_, nullptr);
  }
  if (react) react();
}

void UnaryCall::OnDone() { self_.reset(); }

absl::Time DeadlineOf(const grpc::CallbackServerContext& context) {
  return MonotonicNow() + TimeUntil(context.raw_deadline());
}

}  // namespace treatywire
