#include "tests/benchmark/bench_report.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace treatywire::benchmark {
namespace {

double SecondsOf(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double SecondsTaken(clockid_t clock, const std::function<void()>& work) {
  const double begin = SecondsOf(clock);
  work();
  return SecondsOf(clock) - begin;
}

double Median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

void BenchReport::Add(const BenchRow& row) {
  rows_.push_back(row);
  if (json_) return;
  if (rows_.size() == 1) {
    absl::PrintF("%-52s %12s %12s %-12s %8s %10s\n", "what", "figure", "reference", "unit", "result",
                 "reach");
  }
  absl::PrintF("%-52s %12.1f %12.1f %-12s %8.3f %s %7.2f %s\n", row.name, row.figure, row.reference, row.unit,
               row.result, row.at_least ? ">=" : "<=", row.reach, row.met() ? "" : "  not reached");
  std::fflush(stdout);
}

std::string BenchReport::ToJson() const {
  const auto print = [](std::string* out, const BenchRow& row) {
    absl::StrAppendFormat(out,
                          R"({"name": "%s", "unit": "%s", "figure": %g, "reference": %g, "result": %g, )"
                          R"("reach": %g, "at_least": %s, "met": %s})",
                          row.name, row.unit, row.figure, row.reference, row.result, row.reach,
                          row.at_least ? "true" : "false", row.met() ? "true" : "false");
  };
  return absl::StrCat("[", absl::StrJoin(rows_, ",\n ", print), "]");
}

Medians Alternate(int rounds, const std::function<double()>& figure,
                  const std::function<double()>& reference) {
  std::vector<double> figures;
  std::vector<double> references;
  for (int i = 0; i < rounds; ++i) {
    figures.push_back(figure());
    references.push_back(reference());
  }
  return {Median(figures), Median(references)};
}

double CpuSeconds(const std::function<void()>& work) { return SecondsTaken(CLOCK_THREAD_CPUTIME_ID, work); }
double WallSeconds(const std::function<void()>& work) { return SecondsTaken(CLOCK_MONOTONIC, work); }

double ResidentMegabytes() {
  std::ifstream statm("/proc/self/statm");
  double pages = 0;
  double resident = 0;
  statm >> pages >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

}  // namespace treatywire::benchmark
