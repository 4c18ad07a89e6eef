#include "query_service/adapters/event_log_adapter.h"

#include <functional>
#include <utility>

#include "query_service/adapters/read_call.h"

namespace treatywire::query {

RawStream* EventLogServiceAdapter::PublishExtractions(grpc::CallbackServerContext* context) {
  const absl::Status access = admission_->CheckCaller<treatywire::v1::PublishExtractionsRequest>(*context);
  if (!access.ok()) return RefuseStream(access);
  if (!*ready_) return RefuseStream(RebuildingError());
  return streams_.Open(
      [&](std::function<void()> gone) { return PublishStream::Start(writer_, std::move(gone)); });
}

}  // namespace treatywire::query
