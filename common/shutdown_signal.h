// SIGTERM and SIGINT, or the program's own wish to end, as an event that a thread waits for.
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

  // Waits for SIGTERM or SIGINT (or one that came before) and returns its number, or 0 where Request was
  // called. From then on another signal ends the process at once, for operators who cannot wait for the
  // drain. One thread only: the one that made it.
  int Wait();

  // Has Wait return, now or later. From any thread.
  void Request();

 private:
  sigset_t signals_;
  sigset_t previous_mask_;
  struct sigaction previous_pipe_action_;
  int signal_fd_;   // readable when a signal is pending
  int request_fd_;  // readable once Request was called
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_SHUTDOWN_SIGNAL_H_
