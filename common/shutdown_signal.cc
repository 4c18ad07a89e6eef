#include "common/shutdown_signal.h"

#include <pthread.h>

namespace treatywire {

ShutdownSignal::ShutdownSignal() : signals_(), previous_mask_(), previous_pipe_action_() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals_, &previous_mask_);
  struct sigaction ignore = {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, &previous_pipe_action_);
}

ShutdownSignal::~ShutdownSignal() {
  sigaction(SIGPIPE, &previous_pipe_action_, nullptr);
  pthread_sigmask(SIG_SETMASK, &previous_mask_, nullptr);
}

int ShutdownSignal::Wait() {
  int signal_number = 0;
  while (sigwait(&signals_, &signal_number) != 0) {
  }
  // The signal goes to any thread that does not block it: this one.
  pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
  return signal_number;
}

}  // namespace treatywire
