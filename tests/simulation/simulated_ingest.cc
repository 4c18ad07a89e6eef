#include "tests/simulation/simulated_ingest.h"

#include <algorithm>
#include <utility>

#include "ingest_service/article_identity.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire {

using ingest::DeliveryDriver;
using ingest::DeliveryQueue;
using Request = DeliveryQueue::Request;
using Response = DeliveryQueue::Response;

namespace {

// What a stream keeps in flight each way: messages arrive in the order sent.
class Direction {
 public:
  Direction(SimulatedTime* time, absl::Duration slowest) : time_(time), slowest_(slowest) {}

  void Send(std::function<void()> arrive) {
    last_ = std::max(last_, time_->now() + time_->Between(absl::ZeroDuration(), slowest_));
    time_->After(last_ - time_->now(), std::move(arrive));
  }

 private:
  SimulatedTime* const time_;
  const absl::Duration slowest_;
  absl::Time last_ = absl::InfinitePast();
};

// The query service's end of a stream. It outlives the sender's end, as a server's does: what was under way
// when the stream broke may still be taken.
struct ServerEnd {
  std::weak_ptr<SimulatedQuery> query;
  std::shared_ptr<query::PublishSession> session;
};

}  // namespace

ReadArticles::ReadArticles()
    : extractor_(ingest::Extractor::Create(ingest::Lexicon::BuiltIn().value()).value()) {}

const treatywire::v1::ExtractedArticle& ReadArticles::Read(const treatywire::v1::Article& article) {
  const auto [entry, is_new] = read_.try_emplace(article.SerializeAsString());
  if (is_new) {
    treatywire::v1::Article prepared = article;
    ingest::PrepareArticle(&prepared).IgnoreError();  // the simulation sends none that is at fault
    entry->second = extractor_->Extract(prepared).value();
  }
  return entry->second;
}

// The sender's end. Its reactions reach the driver later, never from within a call of the driver's.
class SimulatedIngest::Stream final : public std::enable_shared_from_this<SimulatedIngest::Stream> {
 public:
  // As the driver owns it.
  class Handle final : public ingest::DeliveryStream {
   public:
    explicit Handle(std::shared_ptr<Stream> stream) : stream_(std::move(stream)) {}
    void Send(std::shared_ptr<const Request> request) override { stream_->Send(std::move(request)); }
    void Cancel() override { stream_->End(absl::CancelledError("broken off")); }

   private:
    const std::shared_ptr<Stream> stream_;
  };

  explicit Stream(SimulatedIngest* ingest)
      : ingest_(ingest),
        up_(ingest->time_, ingest->faults_->slowest_message),
        down_(std::make_shared<Direction>(ingest->time_, ingest->faults_->slowest_message)),
        server_(std::make_shared<ServerEnd>()),
        arrives_late_(ingest->time_->Chance(ingest->faults_->deliver_after_end)) {}

  ~Stream() { *ended_at_ = std::min(*ended_at_, ingest_->time_->now()); }

  // Connects; where the query service is down or not ready, ends.
  void Start() {
    const std::shared_ptr<SimulatedQuery> query = ingest_->query_();
    if (query == nullptr || !query->ready())
      return End(absl::UnavailableError("the query service is not there"));
    server_->query = query;
    server_->session =
        query->OpenPublish([weak = weak_from_this(), server = std::weak_ptr(server_), down = down_] {
          if (const auto alive = server.lock()) Answer(*alive, weak, *down);
        });
    WatchServer();
  }

  void Send(std::shared_ptr<const Request> request) {
    // As on a connection: after its end what is under way is taken at once, before its successor's, or never.
    up_.Send([server = server_, down = down_, weak = weak_from_this(), request, late = arrives_late_,
              ended_at = ended_at_, time = ingest_->time_] {
      if (time->now() > *ended_at + (late ? absl::Milliseconds(5) : absl::ZeroDuration())) return;
      const auto query = server->query.lock();
      if (query == nullptr || !server->session->CanTake()) return;
      treatywire::v1::PublishExtractionsRequest arrived;
      arrived.ParseFromString(request->bytes);
      query->Take(*server->session, std::move(arrived));
      Answer(*server, weak, *down);  // it may have been refused at once
    });
    ingest_->After(absl::ZeroDuration(), [weak = weak_from_this()] {
      if (const auto stream = weak.lock()) stream->Written();
    });
  }

  // The driver gives the stream up, soon, and opens another when it wants to.
  void End(const absl::Status& status) {
    if (std::exchange(ended_, true)) return;
    *ended_at_ = ingest_->time_->now();
    ingest_->After(absl::Milliseconds(1), [ingest = ingest_, status] {
      ingest->driver_.OnEnding();
      ingest->driver_.TakeStream();
      ingest->driver_.OnEnded(status, ingest->clock_->now());
      ingest->ScheduleTick();
    });
  }

 private:
  // Sends what is acknowledged, and the session's end.
  static void Answer(ServerEnd& server, const std::weak_ptr<Stream>& client, Direction& down) {
    while (auto acknowledgement = server.session->NextAcknowledgement()) {
      down.Send([client, response = *acknowledgement] {
        if (const auto stream = client.lock()) stream->Acknowledged(response);
      });
    }
    const absl::Status status = server.session->status();
    if (status.ok() || server.session->unwritten() > 0) return;
    down.Send([client, status] {
      if (const auto stream = client.lock()) stream->End(status);
    });
  }

  void Written() {
    if (ended_) return;
    if (ingest_->time_->Chance(ingest_->faults_->break_stream))
      return End(absl::UnavailableError("disconnected"));
    ingest_->driver_.OnWritten(ingest_->clock_->now());
    ingest_->ScheduleTick();
  }

  void Acknowledged(const Response& response) {
    if (ended_) return;
    auto completions = ingest_->driver_.OnAcknowledgement(response, ingest_->clock_->now());
    if (!completions.ok()) return End(absl::CancelledError("out of turn"));
    ingest_->Run(*std::move(completions));
  }

  // A stream whose server has gone ends, some time after.
  void WatchServer() {
    if (ended_) return;
    if (server_->query.expired()) return End(absl::UnavailableError("connection reset"));
    ingest_->After(absl::Milliseconds(50), [weak = weak_from_this()] {
      if (const auto stream = weak.lock()) stream->WatchServer();
    });
  }

  SimulatedIngest* const ingest_;
  Direction up_;
  const std::shared_ptr<Direction> down_;
  const std::shared_ptr<ServerEnd> server_;
  const bool arrives_late_;  // what is under way when the stream ends: all of it or nothing
  const std::shared_ptr<absl::Time> ended_at_ = std::make_shared<absl::Time>(absl::InfiniteFuture());
  bool ended_ = false;
};

SimulatedIngest::SimulatedIngest(ReadArticles* articles,
                                 std::function<std::shared_ptr<SimulatedQuery>()> query, SimulatedTime* time,
                                 const SimulatedClock* clock, const Faults* faults)
    : articles_(articles),
      query_(std::move(query)),
      time_(time),
      clock_(clock),
      faults_(faults),
      driver_(
          {},
          [this] {
            const auto stream = std::make_shared<Stream>(this);
            stream->Start();
            return std::make_unique<Stream::Handle>(stream);
          },
          static_cast<unsigned>(time->Below(1 << 30))) {
  Tick();
}

SimulatedIngest::~SimulatedIngest() { *alive_ = false; }

void SimulatedIngest::After(absl::Duration delay, std::function<void()> action) {
  time_->After(delay, [alive = alive_, action = std::move(action)] {
    if (*alive) action();
  });
}

void SimulatedIngest::Ingest(const treatywire::v1::Article& article, absl::Time deadline, const Done& done) {
  // So long it takes to be read, one article after the other.
  read_at_ = std::max(read_at_, time_->now()) + time_->Between(absl::Milliseconds(1), absl::Milliseconds(10));
  After(read_at_ - time_->now(), [this, article, deadline = clock_->At(deadline), done] {
    if (clock_->now() >= deadline) return done(absl::DeadlineExceededError("not read in time"));
    ingest::ExtractionSink::Done answer = [done](absl::StatusOr<ingest::Delivery> delivery) {
      done(std::move(delivery));
    };
    absl::StatusOr<std::string> encoded = DeliveryQueue::Encode(articles_->Read(article));
    if (!encoded.ok()) return done(encoded.status());
    const absl::Status taken = driver_.Deliver(*std::move(encoded), deadline, &answer, clock_->now());
    if (!taken.ok()) return done(taken);
    ScheduleTick();
  });
}

void SimulatedIngest::Run(std::vector<DeliveryDriver::Completion> completions) {
  for (DeliveryDriver::Completion& completion : completions) completion.Run();
  ScheduleTick();
}

void SimulatedIngest::Tick() {
  tick_at_ = absl::InfiniteFuture();
  Run(driver_.Tick(clock_->now()));
}

void SimulatedIngest::ScheduleTick() {
  const absl::Time next = std::max(driver_.next_tick(), clock_->now());
  if (next >= tick_at_) return;
  tick_at_ = next;
  After(next - clock_->now(), [this, next] {
    if (next == tick_at_) Tick();
  });
}

}  // namespace treatywire
