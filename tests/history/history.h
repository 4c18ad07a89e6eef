// A history: what clients asked of the services and were answered, in one order, with what befell the
// services meanwhile. It is recorded while they run and checked afterwards against the log that they left
// behind (history_checks.h), whatever the run was: processes that are killed, or a simulation.
//
//   HistoryRecorder recorder;
//   const size_t call = recorder.Invoke({.kind = Operation::Kind::kIngest, .client = 1, .article = "a1",
//                                        .version = "first"});
//   ... the call ...
//   recorder.Return(call, [&](Operation& op) { op.acknowledged = true; op.revision = response.revision(); });
//   const History history = recorder.Take();
#ifndef TREATYWIRE_TESTS_HISTORY_HISTORY_H_
#define TREATYWIRE_TESTS_HISTORY_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace treatywire {

// A moment: how many things had been recorded before.
using Moment = uint64_t;
inline constexpr Moment kNever = UINT64_MAX;

// One thing that a client did, or that befell the services.
struct Operation {
  enum class Kind {
    kIngest,         // an attempt to ingest a version of an article
    kRetract,        // an attempt to retract an article
    kRead,           // a read of one article
    kWatchOpened,    // a watch began, or was resumed
    kWatchResponse,  // what it then got
    kHold,           // a reader that reads nothing of what it asked for, from `invoked` to `returned`
    kCrash,          // a service ended without warning
  };

  Kind kind = Kind::kIngest;
  int client = 0;
  Moment invoked = kNever;
  Moment returned = kNever;  // kNever: nobody knows what became of it

  std::string article = {};               // which is ingested, retracted, read
  std::string version = {};               // that was sent, or read; "" in a read: there is no such article
  bool acknowledged = false;              // answered with success
  uint64_t revision = 0;                  // of the answer
  uint64_t min_revision = 0;              // of a read
  uint64_t from = 0;                      // first revision that a watch asked for
  std::vector<std::string> changes = {};  // of a watch's response: "+article/event", "-article/event"

  std::string ToString() const {
    static constexpr const char* kNames[] = {"ingest", "retract", "read", "watch opened",
                                             "watch",  "hold",    "crash"};
    return absl::StrCat(kNames[static_cast<size_t>(kind)], " by client ", client, " at ", invoked, " to ",
                        returned == kNever ? "?" : absl::StrCat(returned), ": ", article, " '", version, "' ",
                        acknowledged ? "acknowledged" : "not acknowledged", " revision ", revision, " min ",
                        min_revision, " from ", from, " [", absl::StrJoin(changes, " "), "]");
  }
};

// In the order of their `invoked`.
using History = std::vector<Operation>;

// Every method may be called from any thread.
class HistoryRecorder {
 public:
  // Enters an operation that begins now; what it is known by.
  size_t Invoke(Operation operation) {
    const std::lock_guard lock(mutex_);
    operation.invoked = now_++;
    operations_.push_back(std::move(operation));
    return operations_.size() - 1;
  }
  // It ends now, with what `fill` writes into it.
  void Return(size_t operation, const std::function<void(Operation&)>& fill) {
    const std::lock_guard lock(mutex_);
    fill(operations_[operation]);
    operations_[operation].returned = now_++;
  }
  // Begins and ends at once.
  void Note(Operation operation) {
    const std::lock_guard lock(mutex_);
    operation.invoked = operation.returned = now_++;
    operations_.push_back(std::move(operation));
  }

  Moment now() const {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  History Take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(operations_, {});
  }

 private:
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  Moment now_ = 0;
  History operations_;
};

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_HISTORY_HISTORY_H_
