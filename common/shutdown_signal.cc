#include "common/shutdown_signal.h"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>

namespace treatywire {

ShutdownSignal::ShutdownSignal() : signals_(), previous_mask_(), previous_pipe_action_() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals_, &previous_mask_);
  struct sigaction ignore = {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, &previous_pipe_action_);
  signal_fd_ = signalfd(-1, &signals_, SFD_CLOEXEC | SFD_NONBLOCK);
  request_fd_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  // At the start of main only a process without file descriptors can fail here, and it could serve nobody.
  if (signal_fd_ < 0 || request_fd_ < 0) std::abort();
}

ShutdownSignal::~ShutdownSignal() {
  close(request_fd_);
  close(signal_fd_);
  sigaction(SIGPIPE, &previous_pipe_action_, nullptr);
  pthread_sigmask(SIG_SETMASK, &previous_mask_, nullptr);
}

int ShutdownSignal::Wait() {
  int signal_number = 0;
  std::array<pollfd, 2> events = {{{signal_fd_, POLLIN, 0}, {request_fd_, POLLIN, 0}}};
  while (true) {
    poll(events.data(), events.size(), -1);
    signalfd_siginfo info = {};
    if (read(signal_fd_, &info, sizeof(info)) == static_cast<ssize_t>(sizeof(info))) {
      signal_number = static_cast<int>(info.ssi_signo);
      break;
    }
    if (events[1].revents != 0) break;
  }
  // The next signal goes to any thread that does not block it: this one.
  pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
  return signal_number;
}

void ShutdownSignal::Request() {
  const uint64_t one = 1;
  // It fails only where the counter is full, and then Wait returns anyway.
  [[maybe_unused]] const ssize_t written = write(request_fd_, &one, sizeof(one));
}

}  // namespace treatywire
