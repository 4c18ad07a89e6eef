#include "tools/treatywire/ingestion.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/support/async_stream.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/grpc_deadline.h"
#include "common/grpc_status.h"
#include "common/monotonic_clock.h"
#include "common/status.h"
#include "ingest_service/delivery/backoff.h"
#include "tools/treatywire/call.h"
#include "tools/treatywire/error_text.h"
#include "treatywire/v1/ingest_service.grpc.pb.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;

// What a second try may do better.
bool IsTransient(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsAborted(status) || absl::IsResourceExhausted(status) ||
         absl::IsDeadlineExceeded(status);
}

}  // namespace

// One stream, on a completion queue, so that one thread reads, writes and keeps the time.
class Ingestion::Stream {
 public:
  explicit Stream(Ingestion& ingestion)
      : ingestion_(ingestion), stub_(v1::IngestService::NewStub(ingestion.channel_)) {}

  // Sends and reads until all is answered, nothing more can be sent, or the stream ends. Returns how it
  // ended.
  absl::Status Run() {
    for (auto& [sequence, pending] : ingestion_.unanswered_) pending.on_stream = false;
    rpc_ = stub_->PrepareAsyncIngestArticles(&context_, &queue_);
    ingestion_.environment_.on_interrupt([this] {
      interrupted_ = true;
      context_.TryCancel();
    });
    rpc_->StartCall(Tag(kStarted));
    RunQueue();
    ingestion_.environment_.on_interrupt({});
    if (interrupted_) return absl::CancelledError("interrupted");
    if (!protocol_error_.ok()) return protocol_error_;
    if (stalled_) return absl::DeadlineExceededError("the ingest service does not answer");
    return FromUncancelledCall(status_);
  }

 private:
  enum Event : intptr_t { kStarted = 1, kRead, kWritten, kWritesDone, kFinished };
  // NOLINTNEXTLINE(performance-no-int-to-ptr): gRPC hands a tag back and never looks behind it
  static void* Tag(Event event) { return reinterpret_cast<void*>(event); }

  void RunQueue() {
    void* tag = nullptr;
    bool ok = false;
    bool finished = false;
    while (!finished) {
      // What is cancelled ends soon, by itself.
      const absl::Time deadline = stalled_ ? absl::InfiniteFuture() : ingestion_.AnswerDeadline();
      if (queue_.AsyncNext(&tag, &ok, GrpcDeadlineIn(deadline - MonotonicNow())) ==
          grpc::CompletionQueue::TIMEOUT) {
        stalled_ = true;
        context_.TryCancel();
        continue;
      }
      finished = Handle(static_cast<Event>(reinterpret_cast<intptr_t>(tag)), ok);
    }
    queue_.Shutdown();
    while (queue_.Next(&tag, &ok)) {
    }
  }

  // Returns whether the stream is over.
  bool Handle(Event event, bool ok) {
    switch (event) {
      case kStarted:
      case kWritten:
        if (event == kStarted) rpc_->Read(&response_, Tag(kRead));
        writing_ = false;
        broken_ = broken_ || !ok;
        break;
      case kRead:
        if (!ok) {
          rpc_->Finish(&status_, Tag(kFinished));
          broken_ = true;
          break;
        }
        if (absl::Status status = ingestion_.Answer(response_); !status.ok()) {
          protocol_error_ = std::move(status);
          context_.TryCancel();
        }
        rpc_->Read(&response_, Tag(kRead));
        break;
      case kWritesDone:
        break;
      case kFinished:
        return true;
    }
    if (!broken_ && !writing_ && !done_) SendNext();
    return false;
  }

  void SendNext() {
    if (Pending* next = ingestion_.NextToSend(); next != nullptr) {
      next->on_stream = true;
      writing_ = true;
      rpc_->Write(next->request, Tag(kWritten));
      return;
    }
    const bool awaits_answers =
        std::any_of(ingestion_.unanswered_.begin(), ingestion_.unanswered_.end(),
                    [](const auto& item) { return item.second.on_stream && item.second.last_error.ok(); });
    if (awaits_answers) return;
    done_ = true;
    rpc_->WritesDone(Tag(kWritesDone));
  }

  Ingestion& ingestion_;
  const std::unique_ptr<v1::IngestService::Stub> stub_;
  grpc::CompletionQueue queue_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<v1::IngestArticlesRequest, v1::IngestArticlesResponse>> rpc_;
  v1::IngestArticlesResponse response_;
  grpc::Status status_;
  absl::Status protocol_error_;
  bool writing_ = true;  // until it is started
  bool done_ = false;
  bool broken_ = false;
  bool stalled_ = false;
  std::atomic<bool> interrupted_{false};
};

Ingestion::Ingestion(ArticleSource& source, std::shared_ptr<grpc::Channel> channel,
                     const Environment& environment, const Options& options,
                     std::function<void(const IngestOutcome&)> report)
    : source_(source),
      channel_(std::move(channel)),
      environment_(environment),
      options_(options),
      report_(std::move(report)) {}

absl::Status Ingestion::Run() {
  ingest::Backoff backoff(absl::Milliseconds(200), absl::Seconds(5));
  last_progress_ = MonotonicNow();
  absl::Time said;
  while (true) {
    const absl::Time before = last_progress_;
    asked_delay_ = absl::ZeroDuration();
    absl::Status status = Stream(*this).Run();
    if (status.ok() && unanswered_.empty() && source_ended_) return status;
    if (absl::IsCancelled(status)) return status;
    if (!status.ok() && !IsTransient(status)) return GiveUp(status);
    if (last_progress_ > before) backoff.Reset();
    const absl::Status reason =
        status.ok() && !unanswered_.empty() ? unanswered_.begin()->second.last_error : status;
    if (MonotonicNow() - last_progress_ >= options_.give_up_after) return GiveUp(reason);
    if (!reason.ok() && said != last_progress_) {
      *environment_.err << "treatywire: " << ErrorText(reason) << "; trying again for "
                        << absl::FormatDuration(options_.give_up_after) << std::endl;
      said = last_progress_;
    }
    const double chance = std::uniform_real_distribution<double>(0, 1)(random_);
    if (!environment_.wait(std::max(asked_delay_, backoff.Next(chance))))
      return absl::CancelledError("interrupted");
  }
}

Ingestion::Pending* Ingestion::NextToSend() {
  while (true) {
    for (auto& [sequence, pending] : unanswered_) {
      if (!pending.on_stream) {
        pending.last_error = absl::OkStatus();
        return &pending;
      }
    }
    if (!WindowHasRoom() || !TakeFromSource()) return nullptr;
  }
}

bool Ingestion::WindowHasRoom() const {
  return !source_ended_ && unanswered_.size() < options_.max_unanswered &&
         unanswered_bytes_ < options_.max_unanswered_bytes;
}

absl::Time Ingestion::AnswerDeadline() const {
  // A user who does not want to wait for a service that is away waits for one that is there.
  const bool waits = options_.give_up_after > absl::ZeroDuration();
  return last_progress_ + (waits ? options_.give_up_after : absl::Seconds(1));
}

// False at the source's end. What cannot be read is reported at once.
bool Ingestion::TakeFromSource() {
  std::optional<ArticleSource::Item> item = source_.Next();
  last_progress_ = MonotonicNow();  // a source that keeps one waiting is no fault of the service
  if (!item.has_value()) {
    source_ended_ = true;
    return false;
  }
  const uint64_t sequence = ++sequence_;
  if (item->article.ok() && item->article->ByteSizeLong() > kMaxArticleBytes) {
    item->article = absl::InvalidArgumentError(absl::StrCat("is larger than ", kMaxArticleBytes, " bytes"));
  }
  if (!item->article.ok()) {
    report_({sequence, std::move(item->origin), item->article.status()});
    return true;
  }
  Pending& pending = unanswered_[sequence];
  pending.origin = std::move(item->origin);
  pending.request.set_sequence(sequence);
  *pending.request.mutable_article() = *std::move(item->article);
  pending.bytes = pending.request.ByteSizeLong();
  unanswered_bytes_ += pending.bytes;
  return true;
}

absl::Status Ingestion::Answer(const v1::IngestArticlesResponse& response) {
  const auto pending = unanswered_.find(response.sequence());
  if (pending == unanswered_.end() || !pending->second.on_stream) {
    return absl::InternalError(
        absl::StrCat("the service answered article ", response.sequence(), ", which it was not sent"));
  }
  if (response.has_error()) {
    absl::Status error = FromRpcStatus(response.error());
    if (error.ok()) return absl::InternalError("the service answered with an error that is none");
    if (IsTransient(error)) {
      asked_delay_ = std::max(
          asked_delay_, std::min(GetRetryDelay(error).value_or(absl::ZeroDuration()), absl::Minutes(1)));
      pending->second.last_error = std::move(error);  // stays: the next stream sends it again
      return absl::OkStatus();
    }
    last_progress_ = MonotonicNow();
    ReportAndForget(pending, std::move(error));
    return absl::OkStatus();
  }
  if (!response.has_ingested())
    return absl::InternalError("the service answered with neither result nor error");
  last_progress_ = MonotonicNow();
  ReportAndForget(pending, response.ingested());
  return absl::OkStatus();
}

void Ingestion::ReportAndForget(std::map<uint64_t, Pending>::iterator pending,
                                absl::StatusOr<v1::IngestArticleResponse> answer) {
  const IngestOutcome outcome{pending->first, std::move(pending->second.origin), std::move(answer)};
  unanswered_bytes_ -= pending->second.bytes;
  unanswered_.erase(pending);
  report_(outcome);
}

absl::Status Ingestion::GiveUp(const absl::Status& status) {
  while (!unanswered_.empty()) {
    const absl::Status own = unanswered_.begin()->second.last_error;
    ReportAndForget(unanswered_.begin(), own.ok() ? status : own);
  }
  return status;
}

}  // namespace treatywire::tools
