#include "tests/benchmark/index_bench.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "query_service/index/index.h"
#include "tests/benchmark/event_world.h"
#include "tests/benchmark/full_text.h"
#include "treatywire/v1/agreement_service.pb.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire::benchmark {
namespace {

using query::Index;
using query::Snapshot;

double Microseconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count();
}

// The median time of `work(i)`, i from 0 up.
double MedianMicroseconds(size_t times, const std::function<void(size_t)>& work) {
  std::vector<double> each;
  for (size_t i = 0; i < times; ++i) each.push_back(Microseconds([&] { work(i); }));
  return Percentile(std::move(each), 0.5);
}

// Batches as a stream makes them: what came while the last one was written.
constexpr size_t kBatch = 500;

// A small index, which stands for what a process has of it whatever the number of events: what packing and
// the lists of parties take, threads, and what malloc holds ready for each size that is asked for. It stays,
// so that the one measured does not live in what it left.
class SmallIndex {
 public:
  explicit SmallIndex(size_t agreements) {
    EventWorld world({.seed = 1, .agreements = agreements});
    while (world.events() < 2000) {
      std::vector<v1::LogRecord> records = world.Next(kBatch);
      RequireOk(index_.Take(absl::MakeSpan(records)));
    }
  }

 private:
  Index index_;
};

// An index of a growing world, and what its answers must be.
class GrowingRecord {
 public:
  explicit GrowingRecord(size_t agreements)
      : agreements_(agreements),
        world_({.agreements = agreements}),
        first_index_(agreements),
        first_megabytes_(AnonymousMegabytes()) {}

  struct Cost {
    double ingestion_us = 0;  // processor time for an event, of the last that came
    double bytes_an_event = 0;
  };
  // Feeds it until it has `events`.
  Cost GrowTo(size_t events) {
    const size_t measured = std::max<size_t>(2000, events / 50);
    while (world_.events() + measured < events) Apply(world_.Next(kBatch));
    Cost cost;
    const size_t before = world_.events();
    double seconds = 0;
    while (world_.events() < events) {
      std::vector<v1::LogRecord> records = world_.Next(kBatch);
      seconds += CpuSeconds([&] { RequireOk(index_.Take(absl::MakeSpan(records))); });
    }
    cost.ingestion_us = 1e6 * seconds / static_cast<double>(world_.events() - before);
    cost.bytes_an_event =
        1e6 * (AnonymousMegabytes() - first_megabytes_) / static_cast<double>(world_.events());
    return cost;
  }

  std::shared_ptr<const Snapshot> snapshot() const { return index_.snapshot(); }
  const EventWorld& world() const { return world_; }
  size_t agreements() const { return agreements_; }

 private:
  void Apply(std::vector<v1::LogRecord> records) { RequireOk(index_.Take(absl::MakeSpan(records))); }

  const size_t agreements_;
  EventWorld world_;
  const SmallIndex first_index_;
  const double first_megabytes_;
  Index index_;
};

std::vector<std::string> ConventionNames(const Snapshot& snapshot) {
  v1::AgreementFilter filter;
  filter.add_parties("FR");
  filter.add_kinds(v1::AGREEMENT_KIND_CONVENTION);
  const auto found = snapshot.ListAgreements(filter, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, {}, {0, 100});
  std::vector<std::string> names;
  for (const v1::Agreement& agreement : found.items) names.push_back(agreement.name());
  Require(names.size() == EventWorld::kConventions, absl::StrCat(names.size(), " conventions"));
  return names;
}

v1::GetTimelineRequest TimelineOf(const std::string& agreement) {
  v1::GetTimelineRequest request;
  request.set_agreement(agreement);
  request.set_view(v1::VIEW_FULL);
  return request;
}

// Of timelines of 50 entries with their claims.
double TimelineMicroseconds(const Snapshot& snapshot, const std::vector<std::string>& names, size_t times) {
  std::vector<v1::GetTimelineRequest> requests;
  for (const std::string& name : names) requests.push_back(TimelineOf(name));
  return MedianMicroseconds(times, [&](size_t i) {
    const auto page =
        snapshot.GetTimelineWire(requests[i % requests.size()], {0, EventWorld::kConventionEntries});
    Require(page.ok() && page->items.size() == EventWorld::kConventionEntries, "a timeline lacks entries");
  });
}

v1::EventFilter PairFilter(const EventWorld& world, size_t agreement) {
  const auto [a, b] = world.PartiesOf(agreement);
  v1::EventFilter filter;
  filter.add_parties(a);
  filter.add_parties(b);
  filter.set_party_match(v1::PARTY_MATCH_ALL);
  filter.add_types(v1::EVENT_TYPE_SIGNED);
  filter.add_types(v1::EVENT_TYPE_SUSPENDED);
  filter.mutable_date()->set_from("1990-01-01");
  filter.mutable_date()->set_to("2009-12-31");
  return filter;
}

// Agreements of which some are often in the news and some seldom.
constexpr size_t kPairsAsked = 200;
size_t AgreementAsked(size_t i, size_t agreements) { return (i % kPairsAsked) * agreements / kPairsAsked; }

// `found`: how many events all the filters find.
double FilterMicroseconds(const GrowingRecord& record, size_t times, size_t* found) {
  const std::shared_ptr<const Snapshot> snapshot = record.snapshot();
  std::vector<v1::EventFilter> filters;
  for (size_t i = 0; i < kPairsAsked; ++i) {
    filters.push_back(PairFilter(record.world(), AgreementAsked(i, record.agreements())));
  }
  *found = 0;
  return MedianMicroseconds(times, [&](size_t i) {
    const query::WirePage page = snapshot->ListEventsWire(filters[i % kPairsAsked], {}, {0, 50});
    if (i < kPairsAsked) *found += page.total_size;
  });
}

// What the filters must find, counted in the articles themselves.
size_t CountByHand(size_t agreements, size_t events) {
  EventWorld world({.agreements = agreements});
  std::map<std::pair<std::string, std::string>, size_t> pairs;
  for (size_t i = 0; i < kPairsAsked; ++i) ++pairs[world.PartiesOf(AgreementAsked(i, agreements))];
  size_t found = 0;
  while (world.events() < events) {
    for (const v1::LogRecord& record : world.Next(1)) {
      for (const v1::AgreementEvent& event : record.extraction().events()) {
        if (event.type() != v1::EVENT_TYPE_SIGNED && event.type() != v1::EVENT_TYPE_SUSPENDED) continue;
        if (event.date().latest() < "1990-01-01" || event.date().earliest() > "2009-12-31") continue;
        const auto& parties = event.agreement().parties();
        if (event.agreement().multilateral()) continue;
        const auto it = pairs.find({parties[0].party_id(), parties[1].party_id()});
        if (it != pairs.end()) found += it->second;
      }
    }
  }
  return found;
}

// The answers of all timelines that are asked for, ready in a std::map.
double MapMicroseconds(const Snapshot& snapshot, const std::vector<std::string>& names, size_t times) {
  std::map<std::string, std::vector<v1::TimelineEntry>, std::less<>> answers;
  v1::AgreementFilter all;
  for (size_t offset = 0;; offset += 1000) {
    const auto page =
        snapshot.ListAgreements(all, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, {}, {offset, 1000});
    for (const v1::Agreement& agreement : page.items) answers[agreement.name()] = {};
    if (page.items.size() < 1000) break;
  }
  for (const std::string& name : names) {
    const auto page = snapshot.GetTimeline(TimelineOf(name), {0, EventWorld::kConventionEntries});
    answers[name].assign(page->items.begin(), page->items.end());
  }
  return MedianMicroseconds(times, [&](size_t i) {
    Require(answers.find(names[i % names.size()])->second.size() == EventWorld::kConventionEntries, "map");
  });
}

// Two words, each of about one sentence in 170.
void BenchSearch(const BenchOptions& options, GrowingRecord& record, BenchReport* report) {
  const std::shared_ptr<const Snapshot> snapshot = record.snapshot();
  FullText reference;
  EventWorld world({.agreements = record.agreements()});
  size_t sentences = 0;
  while (world.events() < record.world().events()) {
    for (const v1::LogRecord& log_record : world.Next(1)) {
      for (const v1::AgreementEvent& event : log_record.extraction().events()) {
        reference.Add(event.evidence().text());
        ++sentences;
      }
    }
  }
  reference.Finish();
  const size_t queries = options.smoke ? 10 : 100;
  std::vector<std::string> asked;
  for (size_t i = 0; i < queries; ++i)
    asked.push_back(absl::StrCat(world.OneWord(false), " ", world.OneWord(false)));
  static_cast<void>(snapshot->SearchAgreements(asked[0], {}, {}, {0, 20}));  // takes the texts in
  const Medians times = Alternate(
      options.rounds,
      [&] {
        return MedianMicroseconds(queries, [&](size_t i) {
          static_cast<void>(snapshot->SearchAgreements(asked[i], {}, {}, {0, 20}));
        });
      },
      [&] { return MedianMicroseconds(queries, [&](size_t i) { reference.Search(asked[i], 20); }); });
  // An agreement that one sentence names both words of must be found.
  size_t by_both = 0;
  size_t by_reference = 0;
  for (const std::string& query : asked) {
    const std::vector<int64_t> found = reference.Search(query, 20);
    by_reference += found.empty() ? 0 : 1;
    by_both += snapshot->SearchAgreements(query, {}, {}, {0, 20}).items.empty() || found.empty() ? 0 : 1;
  }
  Require(by_both == by_reference, "search missed what FTS5 finds");
  report->Add({absl::StrCat("search, two words in ", sentences, " sentences"), "us", times.figure,
               times.reference, times.figure / times.reference, 1.0, false});
}

}  // namespace

void BenchIndex(const BenchOptions& options, BenchReport* report) {
  const std::vector<size_t> sizes =
      options.smoke ? std::vector<size_t>{3000, 6000} : std::vector<size_t>{10000, 100000, 1000000};
  const size_t times = options.smoke ? 200 : 2000;
  GrowingRecord record(sizes.back() / 20);
  std::vector<GrowingRecord::Cost> costs;
  std::vector<double> timelines;
  std::vector<double> filters;
  size_t found = 0;
  std::vector<std::string> names;
  for (const size_t size : sizes) {
    costs.push_back(record.GrowTo(size));
    const std::shared_ptr<const Snapshot> snapshot = record.snapshot();
    names = ConventionNames(*snapshot);
    timelines.push_back(TimelineMicroseconds(*snapshot, names, times));
    filters.push_back(FilterMicroseconds(record, times, &found) * kPairsAsked / static_cast<double>(found));
  }
  Require(found == CountByHand(record.agreements(), record.world().events()),
          "the filter finds another number");
  const std::string events = absl::StrCat(sizes.back(), " events");
  const Medians timeline = Alternate(
      options.rounds, [&] { return TimelineMicroseconds(*record.snapshot(), names, times); },
      [&] { return MapMicroseconds(*record.snapshot(), names, times); });
  report->Add({absl::StrCat("timeline of 50 entries, p50, ", events), "us", timeline.figure,
               timeline.reference, timeline.figure, 5, false});
  const Medians filter = Alternate(
      options.rounds, [&] { return FilterMicroseconds(record, times, &found); }, [&] { return 0.0; });
  report->Add({absl::StrCat("two parties, types, dates, p50, ", events), "us", filter.figure, 0,
               filter.figure, 100, false});
  // What grows with the logarithm grows by this much.
  const double logarithmic =
      std::log(static_cast<double>(sizes.back())) / std::log(static_cast<double>(sizes.front()));
  const std::string growth = absl::StrCat(", ", sizes.back(), " over ", sizes.front(), " events");
  report->Add({"growth of a timeline" + growth, "us", timelines.back(), timelines.front(),
               timelines.back() / timelines.front(), logarithmic, false});
  report->Add({"growth of a filter for each event found" + growth, "us", filters.back(), filters.front(),
               filters.back() / filters.front(), logarithmic, false});
  report->Add({"growth of applying an event" + growth, "us", costs.back().ingestion_us,
               costs.front().ingestion_us, costs.back().ingestion_us / costs.front().ingestion_us,
               logarithmic, false});
  for (size_t i = 0; i < sizes.size(); ++i) {
    report->Add({absl::StrCat("memory of the index, ", sizes[i], " events"), "bytes/event",
                 costs[i].bytes_an_event, 0, costs[i].bytes_an_event, 600, false});
  }
  BenchSearch(options, record, report);
}

}  // namespace treatywire::benchmark
