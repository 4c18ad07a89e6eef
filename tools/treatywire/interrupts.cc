#include "tools/treatywire/interrupts.h"

#include <pthread.h>
#include <unistd.h>

#include <utility>

namespace treatywire::tools {
namespace {

constexpr int kInterruptedExitCode = 130;

}  // namespace

Interrupts::Interrupts() : signals_() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  watcher_ = std::thread([this] { WatchSignals(); });
}

Interrupts::~Interrupts() {
  {
    const absl::MutexLock lock(&mutex_);
    ended_ = true;
  }
  // NOLINTNEXTLINE(bugprone-bad-signal-to-kill-thread): blocked, the watcher takes it by sigwait
  pthread_kill(watcher_.native_handle(), SIGTERM);
  watcher_.join();
}

bool Interrupts::Wait(absl::Duration duration) {
  const absl::MutexLock lock(&mutex_);
  waiting_ = true;
  const bool interrupted = mutex_.AwaitWithTimeout(absl::Condition(&interrupted_), duration);
  waiting_ = false;
  return !interrupted;
}

void Interrupts::OnInterrupt(std::function<void()> cancel) {
  const absl::MutexLock lock(&mutex_);
  cancel_ = std::move(cancel);
  if (interrupted_ && cancel_) cancel_();
}

void Interrupts::WatchSignals() {
  while (true) {
    int signal_number = 0;
    if (sigwait(&signals_, &signal_number) != 0) continue;
    const absl::MutexLock lock(&mutex_);
    if (ended_) return;
    if (interrupted_ || !(cancel_ || waiting_)) _exit(kInterruptedExitCode);
    interrupted_ = true;
    if (cancel_) cancel_();
  }
}

}  // namespace treatywire::tools
