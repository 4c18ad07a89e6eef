#include "tests/benchmark/ingestion_bench.h"

#include <fcntl.h>
#include <grpcpp/grpcpp.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "ingest_service/ingest_server.h"
#include "query_service/event_log/sqlite_event_log.h"
#include "query_service/image/image_keeper.h"
#include "query_service/index/index.h"
#include "query_service/log_replay.h"
#include "query_service/log_writer.h"
#include "query_service/query_server.h"
#include "tests/benchmark/event_world.h"
#include "tests/benchmark/news_corpus.h"
#include "tests/benchmark/scratch_directory.h"
#include "treatywire/v1/ingest_service.grpc.pb.h"

namespace treatywire::benchmark {
namespace {

using query::AppendResult;
using query::EventLog;
using query::Index;
using query::SqliteEventLog;

// Remembers the size of each batch that it passes on.
class BatchRecorder final : public EventLog {
 public:
  explicit BatchRecorder(EventLog* log) : log_(log) {}

  absl::StatusOr<std::vector<AppendResult>> Append(absl::Span<const v1::LogRecord> records) override {
    batches_.push_back(records.size());
    return log_->Append(records);
  }
  absl::StatusOr<std::vector<AppendResult>> AppendEncoded(absl::Span<const v1::LogRecord> records,
                                                          absl::Span<const std::string> encoded) override {
    batches_.push_back(records.size());
    return log_->AppendEncoded(records, encoded);
  }
  absl::StatusOr<std::vector<v1::LogRecord>> Read(uint64_t from, size_t limit) const override {
    return log_->Read(from, limit);
  }
  uint64_t head() const override { return log_->head(); }
  uint64_t log_id() const override { return log_->log_id(); }

  const std::vector<size_t>& batches() const { return batches_; }

 private:
  EventLog* const log_;
  std::vector<size_t> batches_;
};

// As many records as four publishing streams may have unacknowledged.
constexpr size_t kWindow = 1024;

// Extractions as a stream hands them on: with the bytes that they came in.
struct Published {
  explicit Published(std::vector<v1::LogRecord> all) : records(std::move(all)) {
    for (const v1::LogRecord& record : records) encoded.push_back(record.extraction().SerializeAsString());
  }
  std::vector<v1::LogRecord> records;
  std::vector<std::string> encoded;
};

// Submits all, each as soon as the window has room, and waits until the last is durable and applied.
void SubmitAll(const Published& published, query::LogWriter& writer) {
  absl::Mutex mutex;
  size_t open = 0;
  const auto has_room = [&] { return open < kWindow; };
  const auto is_done = [&] { return open == 0; };
  const auto done = [&](const absl::StatusOr<AppendResult>& result) {
    RequireOk(result.status());
    absl::MutexLock lock(&mutex);
    --open;
  };
  for (size_t i = 0; i < published.records.size(); ++i) {
    {
      absl::MutexLock lock(&mutex);
      mutex.Await(absl::Condition(&has_room));
      ++open;
    }
    RequireOk(writer.Submit(published.records[i], done, published.encoded[i]));
  }
  absl::MutexLock lock(&mutex);
  mutex.Await(absl::Condition(&is_done));
}

struct Ingested {
  double seconds = 0;
  std::vector<size_t> batches;
};

Ingested IngestDurably(const Published& published, const std::string& parent) {
  const ScratchDirectory directory(parent);
  auto log = SqliteEventLog::Open({.data_dir = directory.path()});
  RequireOk(log.status());
  BatchRecorder recorder(log->get());
  Index index;
  Ingested ingested;
  {
    query::LogWriter writer(&recorder, [&](auto batch) { return index.Take(batch); }, {});
    ingested.seconds = WallSeconds([&] { SubmitAll(published, writer); });
  }
  Require(index.snapshot()->revision() == published.records.size(), "not all records were applied");
  ingested.batches = recorder.batches();
  return ingested;
}

// Seconds to append the records' bytes, ready made, to a file in batches of these sizes, each with a sync.
double AppendBarely(const std::vector<std::string>& bytes, const std::vector<size_t>& batches,
                    const std::string& parent) {
  const ScratchDirectory directory(parent);
  std::vector<std::string> writes;
  size_t next = 0;
  for (const size_t batch : batches) {
    std::string& write = writes.emplace_back();
    for (size_t i = 0; i < batch; ++i) write += bytes[next++];
  }
  const int file = open((directory.path() + "/log").c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  Require(file >= 0, "cannot make a file");
  const double seconds = WallSeconds([&] {
    for (const std::string& each : writes) {
      Require(write(file, each.data(), each.size()) == static_cast<ssize_t>(each.size()), "a write failed");
      Require(fdatasync(file) == 0, "a sync failed");
    }
  });
  close(file);
  return seconds;
}

void BenchDurable(const BenchOptions& options, BenchReport* report) {
  const size_t events = options.smoke ? 3000 : 50000;
  EventWorld world({.agreements = events / 20});
  const Published published(world.Next(events));
  std::vector<std::string> bytes;
  for (const v1::LogRecord& record : published.records) bytes.push_back(record.SerializeAsString());
  std::vector<size_t> batches;
  const double count = static_cast<double>(world.events());
  const Medians rate = Alternate(
      options.rounds,
      [&] {
        const Ingested ingested = IngestDurably(published, options.directory);
        batches = ingested.batches;
        return count / ingested.seconds;
      },
      [&] { return count / AppendBarely(bytes, batches, options.directory); });
  report->Add(
      {absl::StrCat("durable ingestion, ", published.records.size() / batches.size(), " articles a batch"),
       "events/s", rate.figure, rate.reference, rate.figure / rate.reference, 0.5});
}

// Sends all on one stream and reads the acknowledgements beside.
double ArticlesPerSecond(v1::IngestService::Stub& stub, const std::vector<v1::Article>& articles) {
  grpc::ClientContext context;
  const auto stream = stub.IngestArticles(&context);
  const double seconds = WallSeconds([&] {
    std::thread sender([&] {
      uint64_t sequence = 0;
      for (const v1::Article& article : articles) {
        v1::IngestArticlesRequest request;
        request.set_sequence(++sequence);
        *request.mutable_article() = article;
        if (!stream->Write(request)) break;
      }
      stream->WritesDone();
    });
    v1::IngestArticlesResponse response;
    size_t acknowledged = 0;
    while (stream->Read(&response)) {
      Require(!response.has_error(), response.error().message());
      ++acknowledged;
    }
    sender.join();
    Require(acknowledged == articles.size(), "articles were not acknowledged");
  });
  const grpc::Status status = stream->Finish();
  Require(status.ok(), status.error_message());
  return static_cast<double>(articles.size()) / seconds;
}

double EndToEnd(const std::vector<v1::Article>& articles, const std::string& parent) {
  const ScratchDirectory directory(parent);
  auto query_server = query::QueryServer::Start({.data_dir = directory.path()});
  RequireOk(query_server.status());
  RequireOk((*query_server)->WaitUntilReady());
  ingest::IngestServer::Options options;
  options.query_service = (*query_server)->lifecycle().address();
  options.ingestion.threads = 2;
  auto ingest_server = ingest::IngestServer::Start(std::move(options));
  RequireOk(ingest_server.status());
  const auto stub = v1::IngestService::NewStub(
      grpc::CreateChannel((*ingest_server)->lifecycle().address(), grpc::InsecureChannelCredentials()));
  const double rate = ArticlesPerSecond(*stub, articles);
  (*ingest_server)->Shutdown();
  (*query_server)->Shutdown();
  return rate;
}

// On two threads.
double ExtractionAlone(const std::vector<v1::Article>& articles) {
  const double seconds = WallSeconds([&] {
    const auto middle = articles.begin() + static_cast<ptrdiff_t>(articles.size() / 2);
    std::thread other([&] { ExtractAll({articles.begin(), middle}); });
    ExtractAll({middle, articles.end()});
    other.join();
  });
  return static_cast<double>(articles.size()) / seconds;
}

void BenchEndToEnd(const BenchOptions& options, BenchReport* report) {
  const NewsCorpus corpus(NewsKind::kAgreements, options.smoke ? 200000 : 5000000);
  std::vector<v1::Article> sent = corpus.articles;
  std::vector<v1::LogRecord> records;
  for (size_t i = 0; i < sent.size(); ++i) {
    // Digest and id are the service's to make.
    sent[i].clear_content_digest();
    sent[i].set_article_id(absl::StrCat("bench-", i));
    auto extraction = BuiltInExtractor().Extract(corpus.articles[i]);
    RequireOk(extraction.status());
    *records.emplace_back().mutable_extraction() = *std::move(extraction);
    records.back().mutable_extraction()->mutable_article()->set_article_id(sent[i].article_id());
  }
  const Published published(std::move(records));
  const auto count = static_cast<double>(sent.size());
  const Medians rate = Alternate(
      options.rounds, [&] { return EndToEnd(sent, options.directory); },
      [&] {
        return std::min(ExtractionAlone(corpus.articles),
                        count / IngestDurably(published, options.directory).seconds);
      });
  report->Add({"end to end, of 5 KB each", "articles/s", rate.figure, rate.reference,
               rate.figure / rate.reference, 0.6});
}

void FillLog(size_t events, const std::string& data_dir) {
  auto log = SqliteEventLog::Open({.data_dir = data_dir});
  RequireOk(log.status());
  EventWorld world({.agreements = events / 20});
  while (world.events() < events) RequireOk((*log)->Append(world.Next(2000)).status());
}

query::ImageKeeper::Options ImageIn(const std::string& data_dir) {
  return {.path = absl::StrCat(data_dir, "/", query::ImageKeeper::kFileName)};
}

// The totals, and the whole of some agreements and timelines from all over the record.
std::vector<std::string> SomeAnswersOf(const query::Snapshot& snapshot) {
  const query::Page<v1::Agreement> first =
      snapshot.ListAgreements({}, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, {}, {.size = 1});
  std::vector<std::string> answers = {
      absl::StrCat(first.total_size, " agreements"),
      absl::StrCat(snapshot.ListEvents({}, {}, {.size = 1}).total_size, " events"),
      absl::StrCat(snapshot.ListParties({}, "", {}, {.size = 1}).total_size, " parties")};
  constexpr size_t kAnswers = 50;
  for (size_t i = 0; i < kAnswers; ++i) {
    const auto offset = static_cast<size_t>(first.total_size) * i / kAnswers;
    const query::Page<v1::Agreement> page = snapshot.ListAgreements(
        {}, v1::AGREEMENT_ORDER_NAME, v1::VIEW_FULL, {}, {.offset = offset, .size = 1});
    Require(page.items.size() == 1, "a page lacks its agreement");
    v1::GetTimelineRequest request;
    request.set_agreement(page.items.front().name());
    request.set_view(v1::VIEW_FULL);
    const auto timeline = snapshot.GetTimeline(request, {.size = 1000});
    RequireOk(timeline.status());
    answers.push_back(page.items.front().SerializeAsString());
    for (const v1::TimelineEntry& entry : timeline->items) answers.push_back(entry.SerializeAsString());
  }
  return answers;
}

struct Started {
  double seconds = 0;
  std::vector<std::string> answers;
};

// Opens the log and has the index ready; what goes again afterwards is not measured.
Started StartWith(const std::string& data_dir,
                  const std::function<uint64_t(const EventLog& log, Index& index)>& restore) {
  std::unique_ptr<SqliteEventLog> log;
  Index index;
  Started started;
  started.seconds = WallSeconds([&] {
    auto opened = SqliteEventLog::Open({.data_dir = data_dir});
    RequireOk(opened.status());
    log = *std::move(opened);
    const uint64_t restored = restore(*log, index);
    RequireOk(
        query::ReplayLog(*log, [&](auto records) { return index.Load(records); }, {.from = restored + 1}));
    index.Publish();
  });
  Require(index.snapshot()->revision() == log->head(), "the index lacks records");
  started.answers = SomeAnswersOf(*index.snapshot());
  return started;
}

Started StartFromLog(const std::string& data_dir) {
  return StartWith(data_dir, [](const EventLog&, Index&) { return uint64_t{0}; });
}

Started StartFromImage(const std::string& data_dir) {
  return StartWith(data_dir, [&](const EventLog& log, Index& index) {
    query::ImageKeeper keeper(&log, ImageIn(data_dir));
    const uint64_t restored = keeper.Restore(index);
    Require(restored == log.head(), "the image was not used");
    return restored;
  });
}

void KeepImage(const std::string& data_dir) {
  StartWith(data_dir, [&](const EventLog& log, Index& index) {
    RequireOk(query::ReplayLog(log, [&](auto records) { return index.Load(records); }));
    index.Publish();
    query::ImageKeeper(&log, ImageIn(data_dir)).Finish(index);
    return log.head();
  });
}

double SecondsToReadLog(const std::string& data_dir) {
  uint64_t read = 0;
  uint64_t head = 0;
  const double seconds = WallSeconds([&] {
    auto log = SqliteEventLog::Open({.data_dir = data_dir});
    RequireOk(log.status());
    head = (*log)->head();
    RequireOk(query::ReplayLog(**log, [&](auto records) {
      read = records.back().revision();
      return absl::OkStatus();
    }));
  });
  Require(read == head, "the log lacks records");
  return seconds;
}

}  // namespace

void BenchIngestion(const BenchOptions& options, BenchReport* report) {
  BenchDurable(options, report);
  BenchEndToEnd(options, report);
}

void BenchStart(const BenchOptions& options, BenchReport* report) {
  const size_t events = options.smoke ? 4000 : 1000000;
  const ScratchDirectory directory(options.directory);
  FillLog(events, directory.path());
  const Started expected = StartFromLog(directory.path());
  KeepImage(directory.path());
  const Medians from_log = Alternate(
      options.rounds,
      [&] {
        const Started started = StartFromLog(directory.path());
        Require(started.answers == expected.answers, "a start answers otherwise than the one before");
        return started.seconds;
      },
      [&] { return SecondsToReadLog(directory.path()); });
  const Medians from_image = Alternate(
      options.rounds,
      [&] {
        const Started started = StartFromImage(directory.path());
        Require(started.answers == expected.answers,
                "a start from an image answers otherwise than one from the log");
        return started.seconds;
      },
      [&] { return SecondsToReadLog(directory.path()); });
  report->Add({absl::StrCat("start with ", events, " events"), "s", from_log.figure, from_log.reference,
               from_log.figure / from_log.reference, 3, false});
  report->Add({"start from the index's image", "s", from_image.figure, from_image.reference,
               from_image.figure / from_image.reference, 1.2, false});
}

}  // namespace treatywire::benchmark
