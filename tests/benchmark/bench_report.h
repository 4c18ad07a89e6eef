// The table that treatywire-bench prints: each figure beside what it is measured against, and how far it
// shall reach.
#ifndef TREATYWIRE_TESTS_BENCHMARK_BENCH_REPORT_H_
#define TREATYWIRE_TESTS_BENCHMARK_BENCH_REPORT_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace treatywire::benchmark {

struct BenchRow {
  std::string name;  // "extraction, agreement-dense"
  std::string unit;  // of the two figures: "MB/s"
  double figure = 0;
  double reference = 0;  // 0 where there is none
  double result = 0;     // figure / reference, or, where an absolute figure is asked for, the figure
  double reach = 0;
  bool at_least = true;  // false: at most
  bool met() const { return at_least ? result >= reach : result <= reach; }
};

struct BenchOptions {
  int rounds = 7;         // of each figure and its reference, alternating; the medians count
  bool smoke = false;     // small sizes, to see that everything runs
  std::string directory;  // for files; empty: a fresh one below TMPDIR, or /tmp
};

class BenchReport {
 public:
  // Prints the row (as it comes, so that a person sees progress) unless the report is for programs.
  void Add(const BenchRow& row);
  void set_json(bool json) { json_ = json; }
  bool json() const { return json_; }
  // All rows as a JSON array.
  std::string ToJson() const;

 private:
  std::vector<BenchRow> rows_;
  bool json_ = false;
};

// Runs `figure` and `reference` in turn, `rounds` times, and returns the median of each. What other processes
// take from the machine falls on both.
struct Medians {
  double figure = 0;
  double reference = 0;
};
Medians Alternate(int rounds, const std::function<double()>& figure,
                  const std::function<double()>& reference);

// The value below which `share` (0 to 1) of `values` lie; 0 where there are none.
double Percentile(std::vector<double> values, double share);

// Ends the process, with a message, where an answer is not what it should be: a benchmark of wrong answers
// measures nothing.
void Require(bool right, absl::string_view what);
void RequireOk(const absl::Status& status);

// Processor seconds of this thread that `work` takes.
double CpuSeconds(const std::function<void()>& work);
double WallSeconds(const std::function<void()>& work);
// Memory of this process that is in RAM now.
double ResidentMegabytes();
// Of that, what it has asked for and written to: without pages of files, such as of the program itself.
double AnonymousMegabytes();

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_BENCH_REPORT_H_
