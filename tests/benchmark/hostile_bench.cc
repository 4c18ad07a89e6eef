#include "tests/benchmark/hostile_bench.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ingest_service/document/document_reader.h"
#include "tests/benchmark/news_corpus.h"
#include "tests/ingest_service/document/hostile_articles.h"

namespace treatywire::benchmark {
namespace {

using ingest::HostileArticle;
using ingest::kHostileArticles;
using ingest::kMaxBodyBytes;

struct Cost {
  double seconds = 0;    // of the processor
  double megabytes = 0;  // most at a time, that of the program itself included
};

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

// What `work` costs in a process of its own, so that the memory is that of `work` alone. No other thread may
// run.
template <typename Work>
Cost CostOf(const Work& work) {
  const pid_t child = fork();
  Require(child >= 0, "no process can be started");
  if (child == 0) {
    work();
    _exit(0);
  }
  int status = 0;
  rusage usage = {};
  Require(wait4(child, &status, 0, &usage) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0,
          "an article ends the process");
  return {Seconds(usage.ru_utime) + Seconds(usage.ru_stime), static_cast<double>(usage.ru_maxrss) / 1000};
}

struct Shape {
  const HostileArticle* article;
  const char* mime_type;
  std::string name() const { return absl::StrCat(article->name, ", ", mime_type); }
};

// An article that is refused costs its refusal.
Cost CostOf(const Shape& shape, size_t bytes) {
  return CostOf([&] {
    // The title keeps the article from being let go of unread.
    static_cast<void>(
        BuiltInExtractor().Extract(MakeArticle(shape.article->Body(bytes), shape.mime_type, "A treaty")));
  });
}

Cost CostOfOrdinary(size_t bytes) {
  return CostOf([&] {
    static_cast<void>(BuiltInExtractor().Extract(
        MakeArticle(NewsGenerator(1).Article(NewsKind::kAgreements, bytes - 4096))));
  });
}

struct Measured {
  Shape shape;
  Cost cost;       // at a quarter of the size
  double growth;   // of the time from a sixteenth to a quarter
  Cost full = {};  // at the size, where it was measured
};

// All of them, or every so many, at a sixteenth and a quarter of the size.
std::vector<Measured> MeasureAll(size_t bytes, size_t every) {
  std::vector<Measured> all;
  for (size_t i = 0; i < std::size(kHostileArticles); i += every) {
    const HostileArticle& article = kHostileArticles[i];
    for (const char* mime_type : {"text/plain", "text/html", "text/markdown"}) {
      const Shape shape = {&article, mime_type};
      const Cost cost = CostOf(shape, bytes / 4);
      // Of the shortest times the growth says nothing.
      all.push_back({shape, cost, cost.seconds / std::max(CostOf(shape, bytes / 16).seconds, 0.004)});
    }
  }
  return all;
}

// The `count` that come first by `figure`, largest first.
template <typename Figure>
std::vector<Measured> Most(std::vector<Measured> all, size_t count, const Figure& figure) {
  std::sort(all.begin(), all.end(),
            [&](const Measured& a, const Measured& b) { return figure(a) > figure(b); });
  all.resize(std::min(all.size(), count));
  return all;
}

void AddSlowest(const BenchOptions& options, std::vector<Measured> candidates, size_t bytes,
                BenchReport* report) {
  for (Measured& candidate : candidates) candidate.full = CostOf(candidate.shape, bytes);
  const Shape slowest = Most(candidates, 1, [](const Measured& m) { return m.full.seconds; }).front().shape;
  const Medians seconds = Alternate(
      options.rounds, [&] { return CostOf(slowest, bytes).seconds; },
      [&] { return CostOfOrdinary(bytes).seconds; });
  report->Add({absl::StrCat("slowest hostile article (", slowest.name(), ")"), "ms", 1e3 * seconds.figure,
               1e3 * seconds.reference, seconds.figure / seconds.reference, 5, false});
  const auto growth = [](const Measured& m) { return m.full.seconds / m.cost.seconds; };
  const Measured steepest = Most(candidates, 1, growth).front();
  report->Add({absl::StrCat("steepest hostile article (", steepest.shape.name(), "), four times as long"),
               "ms", 1e3 * steepest.full.seconds, 1e3 * steepest.cost.seconds, growth(steepest), 6, false});
}

void AddHungriest(std::vector<Measured> candidates, size_t bytes, BenchReport* report) {
  for (Measured& candidate : candidates) candidate.full = CostOf(candidate.shape, bytes);
  const Measured hungriest = Most(candidates, 1, [](const Measured& m) { return m.full.megabytes; }).front();
  const double idle = CostOf([] { BuiltInExtractor(); }).megabytes;
  const double ordinary = CostOfOrdinary(bytes).megabytes - idle;
  const double most = hungriest.full.megabytes - idle;
  report->Add(
      {absl::StrCat("memory of the hungriest hostile article (", hungriest.shape.name(), "), of its bytes"),
       "MB", most, ordinary, 1e6 * most / static_cast<double>(bytes), 96, false});
}

}  // namespace

void BenchHostile(const BenchOptions& options, BenchReport* report) {
  const size_t bytes = options.smoke ? 1 << 16 : kMaxBodyBytes;
  constexpr size_t kCandidates = 8;
  BuiltInExtractor();  // made once, before there are other processes
  const std::vector<Measured> all = MeasureAll(bytes, options.smoke ? 8 : 1);
  // What takes longest where it goes on to grow as it did.
  const auto expected = [](const Measured& m) { return m.cost.seconds * std::clamp(m.growth, 4.0, 16.0); };
  AddSlowest(options, Most(all, kCandidates, expected), bytes, report);
  AddHungriest(Most(all, kCandidates / 2, [](const Measured& m) { return m.cost.megabytes; }), bytes, report);
}

}  // namespace treatywire::benchmark
