// Ctrl-C for a command that has something to say before it ends.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_INTERRUPTS_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_INTERRUPTS_H_

#include <csignal>
#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace treatywire::tools {

// Takes SIGINT and SIGTERM of the process, and ignores SIGPIPE: a reader that went away is an output error.
// Make one in main before any thread is started. Where nothing is to be cancelled, and at a second signal,
// the process ends at once with 130, as shells expect.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  // As Environment has them (session.h). `cancel` may not call the Interrupts.
  bool Wait(absl::Duration duration) ABSL_LOCKS_EXCLUDED(mutex_);
  void OnInterrupt(std::function<void()> cancel) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void WatchSignals() ABSL_LOCKS_EXCLUDED(mutex_);

  sigset_t signals_;
  absl::Mutex mutex_;
  std::function<void()> cancel_ ABSL_GUARDED_BY(mutex_);
  bool waiting_ ABSL_GUARDED_BY(mutex_) = false;
  bool interrupted_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread watcher_;
};

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_INTERRUPTS_H_
