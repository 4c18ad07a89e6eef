#include "tests/simulation/simulation.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

namespace treatywire {

using Kind = Operation::Kind;

namespace {

constexpr int kWriters = 3;
constexpr int kWritesOfEach = 10;
// Of an attempt.
constexpr absl::Duration kAttempt = absl::Seconds(5);
constexpr absl::Duration kPause = absl::Milliseconds(20);
// Faults end then, whatever has been done.
constexpr absl::Duration kFaultyTime = absl::Seconds(60);
// And everything that is under way must then end in this time.
constexpr absl::Duration kPatience = absl::Minutes(5);

// What the clients share.
struct World {
  explicit World(unsigned seed, ReadArticles* read_articles)
      : time(seed), faults(Faults::Drawn(&time)), articles(read_articles) {}

  SimulatedTime time;
  SimulatedClock query_clock{&time};
  SimulatedClock ingest_clock{&time};
  Faults faults;
  ReadArticles* const articles;
  SimulatedDisk disk;
  std::shared_ptr<SimulatedQuery> query;    // null: down
  std::shared_ptr<SimulatedIngest> ingest;  // null: down
  HistoryRecorder recorder;
  size_t crashes = 0;
  // Of an article that nobody retracts.
  std::string last_article;
  uint64_t last_revision = 0;
};

// A client's calls: in the order made, some lost, some twice.
class Calls {
 public:
  explicit Calls(World* world) : world_(world) {}

  // Has `serve` called where the request arrives, with what sends the answer; `answer` gets that where it
  // arrives.
  template <typename Response>
  void Call(const std::function<void(std::function<void(absl::StatusOr<Response>)>)>& serve,
            const std::function<void(absl::StatusOr<Response>)>& answer) {
    const auto send_answer = [world = world_, answer](absl::StatusOr<Response> response) {
      if (world->time.Chance(world->faults.lose_answer)) return;
      world->time.After(Delay(world), [answer, response = std::move(response)] { answer(response); });
    };
    const int copies = world_->time.Chance(world_->faults.lose_request)     ? 0
                       : world_->time.Chance(world_->faults.repeat_request) ? 2
                                                                            : 1;
    repeated_ = copies > 1;
    for (int i = 0; i < copies; ++i) {
      arrives_ = std::max(arrives_, world_->time.now() + Delay(world_));
      world_->time.After(arrives_ - world_->time.now(), [serve, send_answer] { serve(send_answer); });
    }
  }

  // Whether the last request comes twice.
  bool repeated() const { return repeated_; }

 private:
  static absl::Duration Delay(World* world) {
    return world->time.Between(absl::ZeroDuration(), world->faults.slowest_message);
  }

  World* const world_;
  absl::Time arrives_ = absl::InfinitePast();  // the last request
  bool repeated_ = false;
};

// Sends its versions and retractions, each until it is acknowledged.
class SimulatedWriter {
 public:
  SimulatedWriter(World* world, int client) : world_(world), client_(client), calls_(world) { Next(); }

  bool done() const { return writes_ == kWritesOfEach && !attempt_.has_value(); }

 private:
  void Next() {
    if (writes_ == kWritesOfEach) return;
    ++writes_;
    const size_t choice = world_->time.Below(10);
    // An attempt that went unanswered, or was repeated on its way, may be under way as long as its deadline:
    // a correction or retraction waits for that (docs/guarantees.md).
    retracts_ =
        choice == 0 && !retractable_.empty() && world_->time.now() >= open_until_[retractable_.back()];
    if (retracts_) {
      article_ = retractable_.back();
      retractable_.pop_back();
      version_.clear();
    } else if (choice <= 2) {
      retractable_.push_back(absl::StrCat("r", client_, "-", ++retractables_));
      article_ = retractable_.back();
      version_ = "version 1";
    } else {
      article_ = absl::StrCat("c", client_, "-", world_->time.Below(3));
      if (world_->time.now() < open_until_[article_]) article_ = absl::StrCat("c", client_, "-", 3 + writes_);
      version_ = absl::StrCat("version ", ++versions_[article_]);
    }
    Attempt();
  }

  void Attempt() {
    const size_t call = world_->recorder.Invoke({.kind = retracts_ ? Kind::kRetract : Kind::kIngest,
                                                 .client = client_,
                                                 .article = article_,
                                                 .version = version_});
    attempt_ = call;
    retracts_ ? CallRetract(call) : CallIngest(call);
    world_->time.After(kAttempt,
                       [this, call] { Answered(call, absl::DeadlineExceededError("no answer"), 0); });
  }

  void CallIngest(size_t call) {
    v1::Article article;
    article.set_article_id(article_);
    article.set_title(version_);
    const int number = versions_[article_];
    article.set_body(absl::StrCat("Chile and Peru signed a trade agreement in Lima on ", 1 + number % 28,
                                  " March 2004. ", client_ == 1 ? "Peru denounced it in 2010." : ""));
    calls_.Call<ingest::Delivery>(
        [world = world_, article](const auto& answer) {
          if (world->ingest == nullptr) return answer(absl::UnavailableError("down"));
          world->ingest->Ingest(article, world->time.now() + kAttempt * 0.9, answer);
        },
        [this, call](const absl::StatusOr<ingest::Delivery>& delivery) {
          Answered(call, delivery.status(), delivery.ok() ? delivery->revision : 0);
        });
  }

  void CallRetract(size_t call) {
    v1::RetractArticleRequest request;
    request.set_name("articles/" + article_);
    calls_.Call<v1::RetractArticleResponse>(
        [world = world_, request](const auto& answer) {
          if (world->query == nullptr) return answer(absl::UnavailableError("down"));
          world->query->Retract(request, answer);
        },
        [this, call](const absl::StatusOr<v1::RetractArticleResponse>& response) {
          Answered(call, response.status(), response.ok() ? response->revision() : 0);
        });
  }

  // The first answer of the attempt under way counts.
  void Answered(size_t call, const absl::Status& status, uint64_t revision) {
    if (attempt_ != call) return;
    attempt_.reset();
    world_->recorder.Return(call, [&](Operation& op) {
      op.acknowledged = status.ok();
      op.revision = revision;
    });
    if (status.ok() && article_[0] == 'c') {
      world_->last_article = article_;
      world_->last_revision = revision;
    }
    if (!status.ok() || calls_.repeated()) open_until_[article_] = world_->time.now() + kAttempt;
    // NOT_FOUND after an attempt whose answer was lost means that it is done.
    const bool over = status.ok() || (retracts_ && absl::IsNotFound(status));
    attempt_ = kNoCall;
    world_->time.After(over ? absl::ZeroDuration() : kPause, [this, over] {
      attempt_.reset();
      over ? Next() : Attempt();
    });
  }

  static constexpr size_t kNoCall = SIZE_MAX;  // between two attempts

  World* const world_;
  const int client_;
  Calls calls_;
  int writes_ = 0;
  int retractables_ = 0;
  std::map<std::string, int> versions_;
  std::map<std::string, absl::Time> open_until_;  // until when an attempt may be under way
  std::vector<std::string> retractable_;
  bool retracts_ = false;
  std::string article_;
  std::string version_;
  std::optional<size_t> attempt_;
};

// Reads what was acknowledged last, at its revision.
class SimulatedReader {
 public:
  SimulatedReader(World* world, int client) : world_(world), client_(client), calls_(world) { Attempt(); }

 private:
  void Attempt() {
    if (world_->last_article.empty()) return world_->time.After(kPause, [this] { Attempt(); });
    v1::GetArticleRequest request;
    request.set_name("articles/" + world_->last_article);
    request.set_min_revision(world_->last_revision);
    const size_t call = world_->recorder.Invoke({.kind = Kind::kRead,
                                                 .client = client_,
                                                 .article = world_->last_article,
                                                 .min_revision = world_->last_revision});
    attempt_ = call;
    calls_.Call<v1::GetArticleResponse>(
        [world = world_, request](const auto& answer) {
          if (world->query == nullptr) return answer(absl::UnavailableError("down"));
          world->query->Read(request, world->time.now() + kAttempt, answer);
        },
        [this, call, at = request.min_revision()](const absl::StatusOr<v1::GetArticleResponse>& response) {
          Answered(call, response, at);
        });
    world_->time.After(kAttempt,
                       [this, call] { Answered(call, absl::DeadlineExceededError("no answer"), 0); });
  }

  // Nobody retracts it: NOT_FOUND is an answer, and a wrong one.
  void Answered(size_t call, const absl::StatusOr<v1::GetArticleResponse>& response, uint64_t at) {
    if (attempt_ != call) return;
    attempt_.reset();
    const bool missing = absl::IsNotFound(response.status());
    world_->recorder.Return(call, [&](Operation& op) {
      op.acknowledged = response.ok() || missing;
      op.revision = response.ok() ? response->revision() : at;
      if (response.ok()) op.version = response->article().article().title();
    });
    world_->time.After(world_->time.Between(kPause, absl::Milliseconds(500)), [this] { Attempt(); });
  }

  World* const world_;
  const int client_;
  Calls calls_;
  std::optional<size_t> attempt_;
};

// Watches from the beginning, over as many streams as it takes.
class SimulatedWatcher {
 public:
  SimulatedWatcher(World* world, int client) : world_(world), client_(client) { Open(); }

  uint64_t next() const { return next_; }
  // The query service is about to go.
  void Lose() {
    if (watch_ != nullptr) Reopen();
  }

 private:
  void Open() {
    v1::WatchEventsRequest request;
    request.set_from_revision(next_);
    request.set_log_id(log_id_);
    if (world_->query == nullptr) return Reopen();
    world_->recorder.Note({.kind = Kind::kWatchOpened, .client = client_, .from = next_});
    auto watch = world_->query->Watch(request, [this] { ReadSoon(); });
    if (!watch.ok()) return Reopen();
    watch_ = *std::move(watch);
    ReadSoon();
  }

  void Reopen() {
    watch_.reset();
    world_->time.After(world_->time.Between(kPause, absl::Milliseconds(500)), [this] { Open(); });
  }

  void ReadSoon() {
    world_->time.After(world_->time.Between(absl::ZeroDuration(), world_->faults.slowest_message),
                       [this, watch = std::weak_ptr(watch_)] {
                         if (!watch.expired()) Read();
                       });
  }

  void Read() {
    if (world_->time.Chance(world_->faults.break_stream)) return Reopen();
    const auto response = watch_->Next();
    if (!response.ok()) return Reopen();
    if (!response->has_value()) return;
    Operation op = {.kind = Kind::kWatchResponse, .client = client_, .revision = (*response)->revision()};
    for (const v1::EventChange& change : (*response)->changes()) {
      op.changes.push_back(
          absl::StrCat(change.kind() == v1::CHANGE_KIND_ADDED ? "+" : "-",
                       change.event().claim().article().substr(std::string("articles/").size()), "/",
                       change.event().claim().event().event_id()));
    }
    world_->recorder.Note(std::move(op));
    next_ = (*response)->revision() + 1;
    log_id_ = (*response)->log_id();
    ReadSoon();
  }

  World* const world_;
  const int client_;
  uint64_t next_ = 1;
  std::string log_id_;
  std::shared_ptr<query::EventWatch> watch_;
};

}  // namespace

class Simulation::Impl {
 public:
  Impl(unsigned seed, ReadArticles* articles) : seed_(seed), world_(seed, articles) {
    StartQuery();
    StartIngest();
    for (int i = 1; i <= kWriters; ++i) writers_.push_back(std::make_unique<SimulatedWriter>(&world_, i));
    for (int i = 0; i < 2; ++i) readers_.push_back(std::make_unique<SimulatedReader>(&world_, 101 + i));
    watcher_ = std::make_unique<SimulatedWatcher>(&world_, 201);
    Sometimes(&Faults::crash_query, [this] { KillQuery(); });
    Sometimes(&Faults::crash_ingest, [this] { KillIngest(); });
    Sometimes(&Faults::jump_clock, [this] {
      SimulatedClock& clock = world_.time.Chance(0.5) ? world_.query_clock : world_.ingest_clock;
      clock.JumpAhead(world_.time.Between(absl::Milliseconds(1), absl::Minutes(1)));
    });
  }
  ~Impl() { watcher_->Lose(); }

  SimulationOutcome Run() {
    const absl::Time begin = world_.time.now();
    bool faulty = true;
    SimulationOutcome outcome;
    while (!Done()) {
      world_.time.Step();
      if (faulty && (world_.time.now() - begin > kFaultyTime || WritersDone())) {
        faulty = false;
        world_.faults = Faults();
      }
      if (world_.time.now() - begin > kFaultyTime + kPatience) {
        outcome.violations.push_back(
            "it does not come to an end: faults are over, and not all is acknowledged or watched");
        break;
      }
    }
    Check(&outcome);
    return outcome;
  }

 private:
  bool WritersDone() const {
    return std::all_of(writers_.begin(), writers_.end(), [](const auto& writer) { return writer->done(); });
  }
  bool Done() const { return WritersDone() && watcher_->next() > world_.disk.log.head(); }

  void StartQuery() {
    world_.query = std::make_shared<SimulatedQuery>(&world_.disk, &world_.time, &world_.query_clock,
                                                    &world_.faults, [this] { KillQuery(); });
  }
  void StartIngest() {
    world_.ingest = std::make_shared<SimulatedIngest>(
        world_.articles, [this] { return world_.query; }, &world_.time, &world_.ingest_clock, &world_.faults);
  }

  void KillQuery() {
    if (world_.query == nullptr) return;
    NoteCrash(2);
    if (watcher_ != nullptr) watcher_->Lose();
    world_.query.reset();
    world_.time.After(RestartDelay(), [this] { StartQuery(); });
  }
  void KillIngest() {
    if (world_.ingest == nullptr) return;
    NoteCrash(1);
    world_.ingest.reset();
    world_.time.After(RestartDelay(), [this] { StartIngest(); });
  }
  void NoteCrash(int service) {
    ++world_.crashes;
    world_.recorder.Note({.kind = Kind::kCrash, .client = service});
  }
  absl::Duration RestartDelay() { return world_.time.Between(absl::Milliseconds(10), absl::Seconds(2)); }

  // As long as the faults last.
  void Sometimes(absl::Duration Faults::*about, std::function<void()> happen) {
    const absl::Duration every = world_.faults.*about;
    if (every == absl::InfiniteDuration()) return;
    world_.time.After(world_.time.Between(absl::ZeroDuration(), 2 * every), [this, about, happen] {
      if (world_.faults.*about == absl::InfiniteDuration()) return;
      happen();
      Sometimes(about, happen);
    });
  }

  void Check(SimulationOutcome* outcome) {
    LogRecords log;
    while (log.size() < world_.disk.log.head()) {
      const auto records = world_.disk.log.Read(log.size() + 1, 1000).value();
      log.insert(log.end(), records.begin(), records.end());
    }
    outcome->history = world_.recorder.Take();
    outcome->operations = outcome->history.size();
    for (const Operation& op : outcome->history) {
      const bool write = op.kind == Kind::kIngest || op.kind == Kind::kRetract;
      outcome->acknowledged += write && op.acknowledged ? 1 : 0;
    }
    outcome->crashes = world_.crashes;
    outcome->restores = world_.disk.restores;
    outcome->revisions = log.size();
    const Violations found = CheckAll(outcome->history, log, seed_);
    outcome->violations.insert(outcome->violations.end(), found.begin(), found.end());
  }

  const unsigned seed_;
  World world_;
  std::vector<std::unique_ptr<SimulatedWriter>> writers_;
  std::vector<std::unique_ptr<SimulatedReader>> readers_;
  std::unique_ptr<SimulatedWatcher> watcher_;
};

Simulation::Simulation(unsigned seed, ReadArticles* articles)
    : impl_(std::make_unique<Impl>(seed, articles)) {}
Simulation::~Simulation() = default;
SimulationOutcome Simulation::Run() { return impl_->Run(); }

}  // namespace treatywire
