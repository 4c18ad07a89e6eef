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
  End(ToGrpcStatus(status));
}

void UnaryCall::Finish(const google::protobuf::Message& message) {
  const std::lock_guard lock(mutex_);
  if (over_) return;
  End(ToGrpcStatus(SerializeResponse(message, response_)));
}

void UnaryCall::FinishWire(std::vector<SharedBytes> shared, std::string serialized) {
  const std::lock_guard lock(mutex_);
  if (over_) return;
  TakeResponse(std::move(shared), std::move(serialized), response_);
  End(grpc::Status::OK);
}

void UnaryCall::End(const grpc::Status& status) {
  over_ = true;
  if (status.ok() && place_ != nullptr) place_->HoldUnsent(response_->Length());
  if (observed_.has_value()) {
    observed_->set_code(status.error_code());
    if (status.ok()) observed_->CountSent();
  }
  ServerUnaryReactor::Finish(status);
}

void UnaryCall::Observe(const RequestObservers* observers, const MethodName& name,
                        const grpc::ServerContextBase& context, std::string peer) {
  observed_.emplace(observers, name);
  observed_->SetCaller(context, std::move(peer));
  observed_->CountReceived();
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

void UnaryCall::OnDone() {
  {
    const std::lock_guard lock(mutex_);
    observed_.reset();
  }
  self_.reset();
}

absl::Time DeadlineOf(const grpc::CallbackServerContext& context) {
  return MonotonicNow() + TimeUntil(context.raw_deadline());
}

}  // namespace treatywire
