#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <random>

#include "common/grpc_status.h"
#include "ingest_service/delivery/backoff.h"
#include "tools/treatywire/call.h"
#include "tools/treatywire/commands.h"
#include "tools/treatywire/error_text.h"
#include "tools/treatywire/options.h"
#include "tools/treatywire/record_text.h"
#include "treatywire/v1/timeline_service.grpc.pb.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;
using Stub = v1::TimelineService::Stub;

struct WatchOptions {
  v1::WatchEventsRequest request;
  uint64_t count = 0;  // 0: no end
};

// One watch over as many streams as it takes.
class Watch {
 public:
  Watch(Session& session, const WatchOptions& options)
      : session_(session),
        request_(options.request),
        changes_left_(options.count > 0 ? options.count : std::numeric_limits<uint64_t>::max()),
        stub_(session.query_channel()) {}

  absl::Status Run() {
    if (request_.from_revision() == 0) TW_RETURN_IF_ERROR(BeginNow());
    ingest::Backoff backoff(absl::Milliseconds(200), absl::Seconds(10));
    while (true) {
      const uint64_t before = request_.from_revision();
      absl::Status status = ReadStream();
      if (interrupted_ || changes_left_ == 0) break;
      // A server that drains, or a reader too slow, is no error; but one that was never there is.
      const bool resumes = absl::IsUnavailable(status) && connected_;
      if (!resumes || !session_.out().good()) return status;
      if (request_.from_revision() != before) backoff.Reset();
      session_.err() << "treatywire: " << ErrorText(status) << "; resuming from revision "
                     << request_.from_revision() << std::endl;
      if (!session_.environment().wait(backoff.Next(std::uniform_real_distribution<double>(0, 1)(random_))))
        break;
    }
    session_.err() << "treatywire: --from_revision " << request_.from_revision()
                   << (request_.log_id().empty() ? "" : " --log_id ") << request_.log_id()
                   << " goes on from here" << std::endl;
    return absl::OkStatus();
  }

 private:
  // "From now on" must stay the same now when the stream has to be opened again.
  absl::Status BeginNow() {
    v1::ListEventsRequest request;
    request.set_page_size(1);
    TW_ASSIGN_OR_RETURN(const v1::ListEventsResponse response,
                        Call(session_, stub_, &Stub::ListEvents, request));
    request_.set_from_revision(response.revision() + 1);
    return absl::OkStatus();
  }

  // Reads one stream to its end and keeps where to go on.
  absl::Status ReadStream() {
    grpc::ClientContext context;
    session_.environment().on_interrupt([this, &context] {
      interrupted_ = true;
      context.TryCancel();
    });
    const auto stream = stub_.WatchEvents(&context, request_);
    absl::Status written;
    v1::WatchEventsResponse response;
    while (written.ok() && changes_left_ > 0 && stream->Read(&response)) {
      connected_ = true;
      request_.set_log_id(response.log_id());
      written = Write(response);
      if (changes_left_ > 0) request_.set_from_revision(response.revision() + 1);
    }
    if (!written.ok() || changes_left_ == 0) context.TryCancel();
    const absl::Status status = FromUncancelledCall(stream->Finish());
    session_.environment().on_interrupt({});
    return written.ok() ? status : written;
  }

  absl::Status Write(const v1::WatchEventsResponse& response) {
    for (const v1::EventChange& change : response.changes()) {
      if (changes_left_ == 0) break;
      --changes_left_;
      if (session_.json()) {
        TW_RETURN_IF_ERROR(session_.WriteJson(change));
      } else {
        session_.out() << EventChangeText(change, session_.width()) << std::flush;
      }
    }
    return session_.out().good() ? absl::OkStatus() : absl::AbortedError("standard output was closed");
  }

  Session& session_;
  v1::WatchEventsRequest request_;
  uint64_t changes_left_;
  Stub stub_;
  std::minstd_rand random_{std::random_device{}()};
  bool connected_ = false;
  std::atomic<bool> interrupted_{false};
};

}  // namespace

void AddWatchCommand(CLI::App& app, Command* chosen) {
  CLI::App* command = app.add_subcommand("watch", "Prints events as they arrive, until it is interrupted");
  const auto options = std::make_shared<WatchOptions>();
  command
      ->add_option_function<uint64_t>(
          "--from_revision", [options](uint64_t revision) { options->request.set_from_revision(revision); },
          "begin here; 1 is the beginning. Without it: what comes from now on")
      ->type_name("N");
  AddText(
      *command, "--log_id", [options](const std::string& log_id) { options->request.set_log_id(log_id); },
      "the event log that --from_revision is of, as an earlier watch said at its end; where the log has been "
      "replaced since, as by a restore, the watch is refused")
      ->type_name("ID");
  command->add_option("--count", options->count, "end after so many changes")->type_name("N");
  AddEventFilter(*command, [options] { return options->request.mutable_filter(); });
  command->callback([options, chosen] {
    *chosen = [options](Session& session) { return Watch(session, *options).Run(); };
  });
}

}  // namespace treatywire::tools
