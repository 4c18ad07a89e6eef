// Lists read page by page while a writer adds, corrects and retracts: the pages together are the list at the
// revision of the first one, whole, in order and nothing twice.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/wire_response.h"
#include "query_service/index/index.h"
#include "query_service/published_snapshots.h"
#include "query_service/services/agreement_service.h"
#include "query_service/services/article_service.h"
#include "query_service/services/party_service.h"
#include "query_service/services/timeline_service.h"
#include "tests/query_service/index/world.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

constexpr PageOf kAll = {.offset = 0, .size = 1'000'000};

// Publishes revision after revision from a thread of its own, a few further than readers have asked for: they
// read while it writes, and it never runs away from them.
class Writer {
 public:
  explicit Writer(std::vector<v1::LogRecord> log)
      // Time stands still: what is kept for later pages does not expire.
      : log_(std::move(log)), snapshots_(index_.snapshot(), {.now = [] { return absl::UnixEpoch(); }}) {
    Write(log_.size() / 2);
    thread_ = std::thread([this] { Run(); });
  }

  // Ends the thread.
  void Stop() {
    {
      absl::MutexLock lock(&mutex_);
      stopping_ = true;
    }
    thread_.join();
  }

  // Returns when something newer than what is the newest now has been published.
  void AwaitNews() {
    absl::MutexLock lock(&mutex_);
    const uint64_t newer = published_ + 1;
    wanted_ = std::max(wanted_, newer);
    const auto is_there = [this, newer]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return published_ >= newer; };
    mutex_.Await(absl::Condition(&is_there));
  }

  PublishedSnapshots* snapshots() { return &snapshots_; }
  // What was published as `revision`. After Stop.
  const Snapshot& At(uint64_t revision) const { return *all_.at(revision); }

 private:
  void Run() {
    const auto has_work = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      constexpr uint64_t kAhead = 3;
      return stopping_ || published_ < wanted_ + kAhead;
    };
    while (true) {
      {
        absl::MutexLock lock(&mutex_);
        mutex_.Await(absl::Condition(&has_work));
        if (stopping_) return;
      }
      Write(1);
    }
  }

  // The log again and again: what was corrected and retracted at the end of it is then published anew.
  void Write(size_t records) {
    std::vector<v1::LogRecord> batch;
    for (size_t i = 0; i < records; ++i) {
      batch.push_back(log_[written_++ % log_.size()]);
      batch.back().set_revision(written_);
    }
    EXPECT_THAT(index_.Apply(batch), IsOk());
    all_[written_] = index_.snapshot();
    snapshots_.Publish(index_.snapshot());
    absl::MutexLock lock(&mutex_);
    published_ = written_;
  }

  const std::vector<v1::LogRecord> log_;
  Index index_;
  PublishedSnapshots snapshots_;
  uint64_t written_ = 0;
  std::map<uint64_t, std::shared_ptr<const Snapshot>> all_;
  absl::Mutex mutex_;
  uint64_t published_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t wanted_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

std::vector<std::string> Texts(const auto& items) {
  std::vector<std::string> texts;
  for (const auto& item : items) texts.push_back(item.ShortDebugString());
  return texts;
}

// A list as its pages told it, and how to ask a snapshot for all of it at once.
struct ListRead {
  std::string what;
  uint64_t revision = 0;
  std::vector<size_t> total_sizes;  // as each page gave it
  std::vector<std::string> items;
  std::function<std::vector<std::string>(const Snapshot&)> whole;
};

template <typename Response>
Response Message(const WireResponse<Response>& response) {
  Response message;
  EXPECT_TRUE(message.ParseFromString(response.Joined()));
  return message;
}
template <typename Response>
Response Message(Response response) {
  return response;
}

// Reads lists of all sorts, chosen at random.
class Reader {
 public:
  Reader(Writer* writer, unsigned seed) : writer_(writer), random_(seed) {}

  void ReadLists(int count) {
    for (int i = 0; i < count; ++i) ReadOne();
  }

  const std::vector<ListRead>& lists() const { return lists_; }

 private:
  size_t Below(size_t limit) { return random_() % limit; }

  // `call` answers a page of `request`, `items` takes them out of it.
  template <typename Request, typename Call, typename Items>
  void ReadPages(Request request, const Call& call, const Items& items,
                 std::function<std::vector<std::string>(const Snapshot&)> whole) {
    ListRead list;
    list.what = absl::StrCat(request.GetTypeName(), " ", request.ShortDebugString());
    list.whole = std::move(whole);
    do {
      request.set_page_size(1 + static_cast<int>(Below(10)));
      const auto answer = call(request);
      ASSERT_THAT(answer, IsOk()) << list.what;
      const auto page = Message(*answer);
      if (list.total_sizes.empty()) list.revision = page.revision();
      EXPECT_EQ(page.revision(), list.revision) << list.what;
      EXPECT_LE(items(page).size(), request.page_size()) << list.what;
      list.total_sizes.push_back(static_cast<size_t>(page.total_size()));
      for (std::string& item : Texts(items(page))) list.items.push_back(std::move(item));
      request.set_page_token(page.next_page_token());
      writer_->AwaitNews();
    } while (!request.page_token().empty());
    lists_.push_back(std::move(list));
  }

  v1::AsOf OneAsOf() {
    v1::AsOf as_of;
    if (Below(4) == 0) as_of.set_known_at("2022-06-30");
    if (Below(4) == 0) as_of.set_valid_at("2021-06-30");
    return as_of;
  }

  void ReadOne() {
    switch (Below(8)) {
      case 0:
        return ReadAgreements();
      case 1:
        return ReadSearch();
      case 2:
        return ReadConflicts();
      case 3:
        return ReadParties();
      case 4:
        return ReadTimeline();
      case 5:
        return ReadEvents();
      case 6:
        return ReadArticles();
      default:
        return ReadSources();
    }
  }

  void ReadAgreements() {
    v1::ListAgreementsRequest request;
    *request.mutable_as_of() = OneAsOf();
    request.set_order(static_cast<v1::AgreementOrder>(Below(4)));
    request.set_view(Below(2) == 0 ? v1::VIEW_BASIC : v1::VIEW_FULL);
    if (Below(2) == 0) request.mutable_filter()->add_parties("FR");
    ReadPages(
        request, [&](const auto& r) { return agreements_.List(r); },
        [](const auto& page) { return page.agreements(); },
        [request](const Snapshot& snapshot) {
          return Texts(
              snapshot
                  .ListAgreements(request.filter(), request.order(), request.view(), request.as_of(), kAll)
                  .items);
        });
  }

  void ReadSearch() {
    v1::SearchAgreementsRequest request;
    *request.mutable_as_of() = OneAsOf();
    request.set_query(Below(2) == 0 ? "agreement" : "cooperation");
    ReadPages(
        request, [&](const auto& r) { return agreements_.Search(r); },
        [](const auto& page) { return page.hits(); },
        [request](const Snapshot& snapshot) {
          return Texts(
              snapshot.SearchAgreements(request.query(), request.filter(), request.as_of(), kAll).items);
        });
  }

  void ReadConflicts() {
    v1::ListConflictsRequest request;
    *request.mutable_as_of() = OneAsOf();
    ReadPages(
        request, [&](const auto& r) { return agreements_.ListConflicts(r); },
        [](const auto& page) { return page.conflicts(); },
        [request](const Snapshot& snapshot) {
          return Texts(snapshot.ListConflicts("", request.filter(), {}, request.as_of(), kAll)->items);
        });
  }

  void ReadParties() {
    v1::ListPartiesRequest request;
    *request.mutable_as_of() = OneAsOf();
    ReadPages(
        request, [&](const auto& r) { return parties_.List(r); },
        [](const auto& page) { return page.parties(); },
        [request](const Snapshot& snapshot) {
          return Texts(snapshot.ListParties({}, "", request.as_of(), kAll).items);
        });
  }

  void ReadTimeline() {
    v1::GetTimelineRequest request;
    *request.mutable_as_of() = OneAsOf();
    request.add_parties("FR");
    request.set_view(Below(2) == 0 ? v1::VIEW_BASIC : v1::VIEW_FULL);
    ReadPages(
        request, [&](const auto& r) { return timelines_.GetTimeline(r); },
        [](const auto& page) { return page.entries(); },
        [request](const Snapshot& snapshot) { return Texts(snapshot.GetTimeline(request, kAll)->items); });
  }

  void ReadEvents() {
    v1::ListEventsRequest request;
    *request.mutable_as_of() = OneAsOf();
    if (Below(2) == 0) request.mutable_filter()->add_types(v1::EVENT_TYPE_SIGNED);
    ReadPages(
        request, [&](const auto& r) { return timelines_.ListEvents(r); },
        [](const auto& page) { return page.events(); },
        [request](const Snapshot& snapshot) {
          return Texts(snapshot.ListEvents(request.filter(), request.as_of(), kAll).items);
        });
  }

  void ReadArticles() {
    v1::ListArticlesRequest request;
    if (Below(2) == 0) request.mutable_published()->set_from("2022-01-01");
    ReadPages(
        request, [&](const auto& r) { return articles_.List(r); },
        [](const auto& page) { return page.articles(); },
        [request](const Snapshot& snapshot) { return Texts(snapshot.ListArticles(request, kAll).items); });
  }

  void ReadSources() {
    v1::ListSourcesRequest request;
    *request.mutable_as_of() = OneAsOf();
    ReadPages(
        request, [&](const auto& r) { return articles_.ListSources(r); },
        [](const auto& page) { return page.sources(); },
        [request](const Snapshot& snapshot) {
          return Texts(snapshot.ListSources(request.as_of(), kAll).items);
        });
  }

  Writer* const writer_;
  std::mt19937 random_;
  AgreementService agreements_{writer_->snapshots()};
  PartyService parties_{writer_->snapshots()};
  TimelineService timelines_{writer_->snapshots(), /*watches=*/nullptr};
  ArticleService articles_{writer_->snapshots(), /*writer=*/nullptr};
  std::vector<ListRead> lists_;
};

class PagingTest : public testing::TestWithParam<unsigned> {};

TEST_P(PagingTest, PagesAreTheListAtTheirRevisionWhateverIsWrittenMeanwhile) {
  SCOPED_TRACE(absl::StrCat("seed ", GetParam()));
  constexpr unsigned kReaders = 3;
  constexpr int kLists = 16;
  Writer writer(MakeWorld({.seed = GetParam(),
                           .agreements = 40,
                           .parties = 12,
                           .articles = 200,
                           .publishers = 30,
                           .wrong_date = 0.2,
                           .corrected = 0.2,
                           .retracted = 0.1})
                    .log);
  std::vector<std::unique_ptr<Reader>> readers;
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < kReaders; ++i) {
    readers.push_back(std::make_unique<Reader>(&writer, GetParam() * kReaders + i));
    threads.emplace_back([reader = readers.back().get()] { reader->ReadLists(kLists); });
  }
  for (std::thread& thread : threads) thread.join();
  writer.Stop();
  size_t pages = 0;
  for (const auto& reader : readers) {
    ASSERT_EQ(reader->lists().size(), size_t{kLists});
    for (const ListRead& list : reader->lists()) {
      EXPECT_EQ(list.items, list.whole(writer.At(list.revision))) << list.what;
      for (const size_t total : list.total_sizes) EXPECT_EQ(total, list.items.size()) << list.what;
      pages += list.total_sizes.size();
    }
  }
  EXPECT_GT(pages, 2 * kReaders * kLists) << "most lists shall have several pages";
}

// More for a long run: TREATYWIRE_PROPERTY_SEEDS=100.
unsigned SeedCount() {
  const char* count = std::getenv("TREATYWIRE_PROPERTY_SEEDS");
  return count == nullptr ? 3 : static_cast<unsigned>(std::max(1, std::atoi(count)));
}

INSTANTIATE_TEST_SUITE_P(Seeds, PagingTest, testing::Range(1u, 1 + SeedCount()));

}  // namespace
}  // namespace treatywire::query
