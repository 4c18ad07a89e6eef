#include "tests/crash/crash_run.h"

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/crash/killed_services.h"
#include "treatywire/v1/article_service.grpc.pb.h"
#include "treatywire/v1/backup_service.grpc.pb.h"
#include "treatywire/v1/ingest_service.grpc.pb.h"
#include "treatywire/v1/timeline_service.grpc.pb.h"

namespace treatywire {
namespace {

namespace v1 = treatywire::v1;
using Kind = Operation::Kind;

// Of one attempt: longer than a service needs to come back, so that most attempts outlive a kill.
constexpr absl::Duration kAttempt = absl::Seconds(5);
// Before the next attempt, where the last was refused at once.
constexpr absl::Duration kPause = absl::Milliseconds(10);
// Longer than anything takes: what does not end by then is a violation.
constexpr absl::Duration kPatience = absl::Seconds(120);

void SetDeadline(grpc::ClientContext* context, absl::Duration limit = kAttempt) {
  context->set_deadline(absl::ToChronoTime(absl::Now() + limit));
  context->set_wait_for_ready(true);
}

// What the clients of a run share. Every method may be called from any thread.
class SharedState {
 public:
  HistoryRecorder& recorder() { return recorder_; }

  // A version was acknowledged, of an article that nobody retracts if `readable`.
  void Acknowledged(const std::string& article, uint64_t revision, bool readable) {
    {
      const std::lock_guard lock(mutex_);
      ++answers_;
      if (readable) last_ = {article, revision};
    }
    changed_.notify_all();
  }
  // Article and revision of the last; an empty one before the first.
  std::pair<std::string, uint64_t> last() const {
    const std::lock_guard lock(mutex_);
    return last_;
  }
  // Waits for so many acknowledgements more, or until `limit` has passed; false where none more may come.
  bool WaitForAnswers(size_t more, absl::Duration limit) {
    std::unique_lock lock(mutex_);
    const size_t enough = answers_ + more;
    changed_.wait_for(lock, absl::ToChronoMicroseconds(limit),
                      [&] { return answers_ >= enough || writers_stop_; });
    return !writers_stop_;
  }

  bool writers_stop() const { return writers_stop_; }
  bool readers_stop() const { return readers_stop_; }
  void StopWriters() {
    writers_stop_ = true;
    changed_.notify_all();
  }
  void StopReaders() { readers_stop_ = true; }

 private:
  HistoryRecorder recorder_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  size_t answers_ = 0;                     // guarded by mutex_
  std::pair<std::string, uint64_t> last_;  // guarded by mutex_
  std::atomic<bool> writers_stop_{false};
  std::atomic<bool> readers_stop_{false};
};

// Sends articles of its own, one after the other, each until it is acknowledged.
class Writer {
 public:
  Writer(SharedState* state, const KilledServices& services, int client, unsigned seed)
      : state_(state),
        client_(client),
        random_(seed),
        ingestion_(services.IngestChannel()),
        articles_(services.QueryChannel()) {}

  void Run() {
    while (!state_->writers_stop()) {
      const unsigned choice = random_() % 10;
      if (choice == 0 && !retractable_.empty() && absl::Now() >= open_until_[retractable_.back()]) {
        Retract();
      } else if (const std::string known =
                     absl::StrCat("c", client_, "-", random_() % (versions_.size() + 1));
                 choice <= 2 && versions_.count(known) != 0 && absl::Now() >= open_until_[known]) {
        Ingest(known, /*readable=*/true);
      } else if (choice == 3) {
        retractable_.push_back(absl::StrCat("r", client_, "-", ++retracted_));
        Ingest(retractable_.back(), /*readable=*/false);
      } else {
        Ingest(absl::StrCat("c", client_, "-", versions_.size()), /*readable=*/true);
      }
    }
  }

  // Whether everything was acknowledged in time.
  bool patient() const { return patient_; }

 private:
  // The next version of that article.
  void Ingest(const std::string& article, bool readable) {
    const int number = readable ? ++versions_[article] : 1;
    v1::IngestArticleRequest request;
    request.mutable_article()->set_article_id(article);
    request.mutable_article()->set_title(absl::StrCat("version ", number));
    request.mutable_article()->set_body(
        absl::StrCat("Chile and Peru signed trade agreement number ", random_() % 50, " in Lima on ",
                     1 + number % 28, " March 2004. ",
                     number % 2 == 0 ? "Chile ratified it on 5 May 2005." : "Peru denounced it in 2010."));
    const absl::Time end = absl::Now() + kPatience;
    while (absl::Now() < end) {
      const size_t call = state_->recorder().Invoke({.kind = Kind::kIngest,
                                                     .client = client_,
                                                     .article = article,
                                                     .version = request.article().title()});
      grpc::ClientContext context;
      SetDeadline(&context);
      v1::IngestArticleResponse response;
      const grpc::Status status = ingestion_.IngestArticle(&context, request, &response);
      if (Answered(call, status, response.revision()))
        return state_->Acknowledged(article, response.revision(), readable);
      // It may be under way as long as its deadline: a correction or retraction waits for that
      // (docs/guarantees.md).
      open_until_[article] = absl::Now() + kAttempt;
      absl::SleepFor(kPause);
    }
    patient_ = false;
  }

  // NOT_FOUND after an attempt whose answer was lost means that it is done.
  void Retract() {
    v1::RetractArticleRequest request;
    const std::string article = retractable_.back();
    retractable_.pop_back();
    request.set_name("articles/" + article);
    const absl::Time end = absl::Now() + kPatience;
    while (absl::Now() < end) {
      const size_t call =
          state_->recorder().Invoke({.kind = Kind::kRetract, .client = client_, .article = article});
      grpc::ClientContext context;
      SetDeadline(&context);
      v1::RetractArticleResponse response;
      const grpc::Status status = articles_.RetractArticle(&context, request, &response);
      if (Answered(call, status, response.revision()) || status.error_code() == grpc::StatusCode::NOT_FOUND)
        return;
      absl::SleepFor(kPause);
    }
    patient_ = false;
  }

  bool Answered(size_t call, const grpc::Status& status, uint64_t revision) {
    state_->recorder().Return(call, [&](Operation& op) {
      op.acknowledged = status.ok();
      op.revision = revision;
    });
    return status.ok();
  }

  SharedState* const state_;
  const int client_;
  std::minstd_rand random_;
  v1::IngestService::Stub ingestion_;
  v1::ArticleService::Stub articles_;
  std::map<std::string, int> versions_;           // that were sent of each article that stays
  std::map<std::string, absl::Time> open_until_;  // until when an attempt may be under way
  std::vector<std::string> retractable_;
  int retracted_ = 0;
  bool patient_ = true;
};

// Reads the article acknowledged last at its revision.
void RunReader(SharedState* state, const KilledServices& services, int client) {
  v1::ArticleService::Stub articles(services.QueryChannel());
  while (!state->readers_stop()) {
    const auto [article, revision] = state->last();
    if (article.empty()) {
      state->WaitForAnswers(1, kPause);
      continue;
    }
    v1::GetArticleRequest request;
    request.set_name("articles/" + article);
    request.set_min_revision(revision);
    const size_t call = state->recorder().Invoke(
        {.kind = Kind::kRead, .client = client, .article = article, .min_revision = revision});
    grpc::ClientContext context;
    SetDeadline(&context);
    v1::GetArticleResponse response;
    const grpc::Status status = articles.GetArticle(&context, request, &response);
    // Nobody retracts it: NOT_FOUND is an answer, and a wrong one.
    const bool missing = status.error_code() == grpc::StatusCode::NOT_FOUND;
    state->recorder().Return(call, [&, revision = revision](Operation& op) {
      op.acknowledged = status.ok() || missing;
      op.revision = missing ? revision : response.revision();
      op.version = response.article().article().title();
    });
    state->WaitForAnswers(1, kPause);
  }
}

// Watches from the beginning, over as many streams as it takes, until it has come to `*end` (0: not known
// yet).
void RunWatch(SharedState* state, const KilledServices& services, int client,
              const std::atomic<uint64_t>* end) {
  v1::TimelineService::Stub timelines(services.QueryChannel());
  v1::WatchEventsRequest request;
  request.set_from_revision(1);
  const auto at_end = [&] { return *end != 0 && request.from_revision() > *end; };
  const absl::Time give_up = absl::Now() + absl::Hours(1);
  while (!at_end() && absl::Now() < give_up) {
    grpc::ClientContext context;
    SetDeadline(&context, kPatience);
    state->recorder().Note({.kind = Kind::kWatchOpened, .client = client, .from = request.from_revision()});
    const auto stream = timelines.WatchEvents(&context, request);
    v1::WatchEventsResponse response;
    while (!at_end() && stream->Read(&response)) {
      Operation op = {.kind = Kind::kWatchResponse, .client = client, .revision = response.revision()};
      for (const v1::EventChange& change : response.changes()) {
        op.changes.push_back(
            absl::StrCat(change.kind() == v1::CHANGE_KIND_ADDED ? "+" : "-",
                         change.event().claim().article().substr(std::string("articles/").size()), "/",
                         change.event().claim().event().event_id()));
      }
      state->recorder().Note(std::move(op));
      request.set_from_revision(response.revision() + 1);
      request.set_log_id(response.log_id());
    }
    context.TryCancel();
    stream->Finish();
    absl::SleepFor(kPause);
  }
}

// Asks for all events and for a backup, and reads nothing of either while some articles are acknowledged.
void RunHolder(SharedState* state, const KilledServices& services, int client) {
  const auto channel = services.QueryChannel();
  v1::TimelineService::Stub timelines(channel);
  v1::BackupService::Stub backups(channel);
  v1::WatchEventsRequest request;
  request.set_from_revision(1);
  while (!state->readers_stop()) {
    grpc::ClientContext watch;
    grpc::ClientContext backup;
    SetDeadline(&watch, kPatience);
    SetDeadline(&backup, kPatience);
    const auto events = timelines.WatchEvents(&watch, request);
    const auto parts = backups.Backup(&backup, v1::BackupRequest());
    const size_t hold = state->recorder().Invoke({.kind = Kind::kHold, .client = client});
    if (state->WaitForAnswers(10, kPatience)) state->recorder().Return(hold, [](Operation&) {});
    watch.TryCancel();
    backup.TryCancel();
    v1::WatchEventsResponse event;
    v1::BackupResponse part;
    while (events->Read(&event)) {
    }
    while (parts->Read(&part)) {
    }
    events->Finish();
    parts->Finish();
    absl::SleepFor(kPause);
  }
}

// The whole log, as a backup has it.
absl::StatusOr<LogRecords> ReadLog(const KilledServices& services) {
  v1::BackupService::Stub backups(services.QueryChannel());
  const absl::Time end = absl::Now() + kPatience;
  while (absl::Now() < end) {
    LogRecords log;
    grpc::ClientContext context;
    SetDeadline(&context, kPatience);
    const auto stream = backups.Backup(&context, v1::BackupRequest());
    bool whole = false;
    for (v1::BackupResponse part; stream->Read(&part);) {
      for (const std::string& bytes : part.records().records()) {
        if (!log.emplace_back().ParseFromString(bytes)) return absl::DataLossError("a record does not parse");
      }
      whole = part.has_trailer();
    }
    if (stream->Finish().ok() && whole) return log;
    absl::SleepFor(kPause);
  }
  return absl::DeadlineExceededError("no backup in time");
}

// What the service lists is what the log has in force, each article once.
Violations CheckListing(const KilledServices& services, const LogRecords& log) {
  std::map<std::string, std::string> expected;
  for (const auto& record : log) {
    if (record.has_retraction()) {
      expected.erase(record.retraction().article_id());
    } else {
      expected[record.extraction().article().article_id()] = record.extraction().article().title();
    }
  }
  v1::ArticleService::Stub articles(services.QueryChannel());
  v1::ListArticlesRequest request;
  request.set_page_size(500);
  Violations violations;
  do {
    grpc::ClientContext context;
    SetDeadline(&context, kPatience);
    v1::ListArticlesResponse response;
    const grpc::Status status = articles.ListArticles(&context, request, &response);
    if (!status.ok()) return {absl::StrCat("the articles cannot be listed: ", status.error_message())};
    for (const v1::ArticleRecord& article : response.articles()) {
      const auto found = expected.find(article.article().article_id());
      if (found == expected.end() || found->second != article.article().title()) {
        violations.push_back(
            absl::StrCat("listed more than once, or not in the log: ", article.ShortDebugString()));
      } else {
        expected.erase(found);
      }
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  for (const auto& [article, version] : expected) violations.push_back("not listed: " + article);
  return violations;
}

}  // namespace

class CrashRun::Impl {
 public:
  explicit Impl(const CrashOptions& options) : options_(options), random_(options.seed) {
    for (int i = 1; i <= options.writers; ++i) {
      writers_.push_back(std::make_unique<Writer>(&state_, services_, i, options.seed * 1000 + i));
    }
  }

  CrashOutcome Run() {
    std::vector<std::thread> writing;
    for (const auto& writer : writers_) writing.emplace_back([&] { writer->Run(); });
    std::atomic<uint64_t> end{0};
    std::thread reader([this] { RunReader(&state_, services_, 101); });
    std::thread watch([&] { RunWatch(&state_, services_, 102, &end); });
    std::thread holder([this] { RunHolder(&state_, services_, 103); });
    for (int i = 0; i < options_.kills; ++i) Kill();
    state_.WaitForAnswers(20, kPatience);  // both are well again
    state_.StopWriters();
    for (std::thread& thread : writing) thread.join();
    state_.StopReaders();
    reader.join();
    holder.join();
    const absl::StatusOr<LogRecords> log = ReadLog(services_);
    end = log.ok() ? log->size() : 1;
    watch.join();
    if (!log.ok()) {
      outcome_.violations.push_back(log.status().ToString());
    } else {
      Check(*log);
    }
    if (!services_.Stop()) outcome_.violations.push_back("a service did not end well after SIGTERM");
    return outcome_;
  }

 private:
  void Kill() {
    // At some point among the next answers; soon, where none comes because the last kill still has its
    // effect.
    state_.WaitForAnswers(random_() % 20, absl::Milliseconds(500));
    const bool query = random_() % 2 == 0;
    const bool while_starting = random_() % 8 == 0;
    state_.recorder().Note({.kind = Kind::kCrash, .client = query ? 2 : 1});
    query ? services_.KillQuery(while_starting) : services_.KillIngest(while_starting);
    state_.recorder().Note({.kind = Kind::kCrash, .client = query ? 2 : 1});
    ++(query ? outcome_.kills_of_query : outcome_.kills_of_ingest);
    if (while_starting) ++outcome_.kills_while_starting;
  }

  void Check(const LogRecords& log) {
    const History history = state_.recorder().Take();
    for (const Operation& op : history) {
      const bool write = op.kind == Kind::kIngest || op.kind == Kind::kRetract;
      outcome_.attempts += write ? 1 : 0;
      outcome_.acknowledged += write && op.acknowledged ? 1 : 0;
      outcome_.reads += op.kind == Kind::kRead && op.acknowledged ? 1 : 0;
      outcome_.watch_streams += op.kind == Kind::kWatchOpened ? 1 : 0;
    }
    outcome_.revisions = log.size();
    for (const auto& writer : writers_) {
      if (!writer->patient()) outcome_.violations.push_back("a write was never acknowledged");
    }
    for (const Violations& found : {CheckAll(history, log, options_.seed), CheckListing(services_, log)}) {
      outcome_.violations.insert(outcome_.violations.end(), found.begin(), found.end());
    }
  }

  const CrashOptions options_;
  std::minstd_rand random_;
  KilledServices services_;
  SharedState state_;
  std::vector<std::unique_ptr<Writer>> writers_;
  CrashOutcome outcome_;
};

CrashRun::CrashRun(const CrashOptions& options) : impl_(std::make_unique<Impl>(options)) {}
CrashRun::~CrashRun() = default;
CrashOutcome CrashRun::Run() { return impl_->Run(); }

}  // namespace treatywire
