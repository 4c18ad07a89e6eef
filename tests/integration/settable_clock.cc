// Loaded before a program's libraries (LD_PRELOAD), it gives the program a wall clock that a test sets while
// it runs: all that asks for CLOCK_REALTIME is told the machine's time plus the seconds that stand in the
// file of TREATYWIRE_TEST_CLOCK, and waits until a time of that clock end when that clock says so. A wait is
// cut into short ones, so that it notices, as the system's own do, that the clock was set meanwhile.
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kSlice = kSecond / 50;

int64_t no_offset = 0;
volatile int64_t* offset_seconds = &no_offset;

__attribute__((constructor)) void MapClock() {
  const char* path = std::getenv("TREATYWIRE_TEST_CLOCK");
  const int file = path == nullptr ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  void* mapped = mmap(nullptr, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
  if (mapped != MAP_FAILED) offset_seconds = static_cast<volatile int64_t*>(mapped);
  close(file);
}

// The system's own: the libraries' functions for it are the ones below, and allocators ask before any of
// ours is set up.
long SystemCall(long number, long a, long b, long c = 0, long d = 0, long e = 0, long f = 0) {
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  long result = number;
  __asm__ volatile("syscall"
                   : "+a"(result)
                   : "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  if (result >= 0 || result < -4095) return result;
  errno = static_cast<int>(-result);
  return -1;
}

int64_t Nanoseconds(const timespec& time) { return time.tv_sec * kSecond + time.tv_nsec; }

int64_t SystemTime() {
  timespec now = {};
  SystemCall(SYS_clock_gettime, CLOCK_REALTIME, reinterpret_cast<long>(&now));
  return Nanoseconds(now);
}

bool IsPast(const timespec& time) { return SystemTime() + *offset_seconds * kSecond >= Nanoseconds(time); }

// `time` by the system's clock, but soon.
timespec NextSlice(const timespec& time) {
  const int64_t now = SystemTime();
  int64_t until = Nanoseconds(time) - *offset_seconds * kSecond;
  if (until > now + kSlice) until = now + kSlice;
  if (until < 0) until = 0;
  return {until / kSecond, until % kSecond};
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const int result = static_cast<int>(SystemCall(SYS_clock_gettime, clock, reinterpret_cast<long>(time)));
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    time->tv_sec += *offset_seconds;
  }
  return result;
}

int gettimeofday(timeval* time, void* /*zone*/) noexcept {
  timespec now = {};
  clock_gettime(CLOCK_REALTIME, &now);
  *time = {now.tv_sec, now.tv_nsec / 1000};
  return 0;
}

time_t time(time_t* seconds) noexcept {
  timespec now = {};
  clock_gettime(CLOCK_REALTIME, &now);
  if (seconds != nullptr) *seconds = now.tv_sec;
  return now.tv_sec;
}

// Abseil's mutexes and conditions, and gRPC's with them, wait by this.
long syscall(long number, ...) noexcept {
  va_list arguments;
  va_start(arguments, number);
  long a[6];
  for (long& argument : a) argument = va_arg(arguments, long);
  va_end(arguments);
  if (number != SYS_futex || (a[1] & FUTEX_CLOCK_REALTIME) == 0 || a[3] == 0) {
    return SystemCall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  }
  const timespec until = *reinterpret_cast<const timespec*>(a[3]);
  while (true) {
    timespec slice = NextSlice(until);
    const long result = SystemCall(number, a[0], a[1], a[2], reinterpret_cast<long>(&slice), a[4], a[5]);
    if (result >= 0 || errno != ETIMEDOUT || IsPast(until)) return result;
  }
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* until) {
  using Wait = int (*)(pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*);
  static const Wait wait = reinterpret_cast<Wait>(dlsym(RTLD_NEXT, "pthread_cond_clockwait"));
  while (true) {
    const timespec slice = NextSlice(*until);
    const int result = wait(condition, mutex, CLOCK_REALTIME, &slice);
    if (result != ETIMEDOUT || IsPast(*until)) return result;
  }
}

}  // extern "C"
