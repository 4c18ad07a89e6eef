// SIGTERM and SIGINT as an event that a thread waits for.
#ifndef TREATYWIRE_COMMON_SHUTDOWN_SIGNAL_H_
#define TREATYWIRE_COMMON_SHUTDOWN_SIGNAL_H_

#include <csignal>

namespace treatywire {

// Make one in main before any thread is started: it blocks both signals for the calling thread and all that
// it starts, so that they stay pending until Wait takes one. It ignores SIGPIPE too: a closed pipe or
// connection is an error code here, not the end. The destructor brings back what was before. One at a time.
class ShutdownSignal {
 public:
  ShutdownSignal();
  ~ShutdownSignal();
  ShutdownSignal(const ShutdownSignal&) = delete;
  ShutdownSignal& operator=(const ShutdownSignal&) = delete;

  // Waits for SIGTERM or SIGINT (or one that came before) and returns its number. From then on another one
  // ends the process at once, for operators who cannot wait for the drain. One thread only: the one that made
  // it.
  int Wait();

 private:
  sigset_t signals_;
  sigset_t previous_mask_;
  struct sigaction previous_pipe_action_;
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_SHUTDOWN_SIGNAL_H_
