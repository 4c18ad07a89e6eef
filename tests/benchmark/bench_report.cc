#include "tests/benchmark/bench_report.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>

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

}  // namespace

void BenchReport::Add(const BenchRow& row) {
  rows_.push_back(row);
  if (json_) return;
  if (rows_.size() == 1) {
    absl::PrintF("%-52s %12s %12s %-12s %8s %10s\n", "what", "figure", "reference", "unit", "result",
                 "reach");
  }
  absl::PrintF("%-52s %12.2f %12.2f %-12s %8.3f %s %7.2f %s\n", row.name, row.figure, row.reference, row.unit,
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
  return {Percentile(figures, 0.5), Percentile(references, 0.5)};
}

double Percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto index =
      std::min(values.size() - 1, static_cast<size_t>(share * static_cast<double>(values.size())));
  const auto at = values.begin() + static_cast<ptrdiff_t>(index);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

void Require(bool right, absl::string_view what) {
  if (right) return;
  std::cerr << "treatywire-bench: " << what << "\n";
  std::abort();
}

void RequireOk(const absl::Status& status) { Require(status.ok(), status.ToString()); }

double CpuSeconds(const std::function<void()>& work) { return SecondsTaken(CLOCK_THREAD_CPUTIME_ID, work); }
double WallSeconds(const std::function<void()>& work) { return SecondsTaken(CLOCK_MONOTONIC, work); }

double AnonymousMegabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    double kilobytes = 0;
    if (std::sscanf(line.c_str(), "RssAnon: %lf", &kilobytes) == 1) return kilobytes * 1024 / 1e6;
  }
  Require(false, "the system does not tell of anonymous memory");
  return 0;
}

double ResidentMegabytes() {
  std::ifstream statm("/proc/self/statm");
  double pages = 0;
  double resident = 0;
  statm >> pages >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

}  // namespace treatywire::benchmark
