// What the thread sanitizer has to know of libraries that come compiled. Linked into every program of the
// preset tsan.
//
// Debian's Abseil and gRPC are not instrumented: the sanitizer sees neither absl::Mutex nor the queues by
// which gRPC hands calls from thread to thread, and takes whatever goes through them for races, thousands a
// run. To suppress all that has gRPC in its stack would suppress our own races too, for all our handlers run
// below gRPC. So the functions defined here go before the libraries' of the same names, for calls from
// anywhere in the process: they call those and tell the sanitizer the order that they bring about.
//
// It is told a little more order than there is: the locks that gRPC takes count as one. Those that our own
// code takes are each their own, and what it does between two calls of gRPC's is checked in full.
#include <absl/synchronization/mutex.h>
#include <absl/time/time.h>
#include <dlfcn.h>

#include <cstddef>
#include <cstdlib>

struct grpc_call;
struct grpc_op;

extern "C" {
void __tsan_acquire(void* address);
void __tsan_release(void* address);

// Races in what is left, none of which has code of ours below the function that is named.
const char* __tsan_default_suppressions() {
  return
      // Atomics and memory of gRPC's own, in the libraries and in what its headers bring into our objects.
      "race_top:^grpc::\n"
      "race_top:^grpc_core::\n"
      "race_top:libgrpc\n"
      "race_top:libupb\n"
      "race_top:libabsl\n"
      // A call's memory goes with the last reference to it, which gRPC counts with atomics.
      "race:grpc_core::Arena::~Arena\n"
      "race:^grpc_byte_buffer_destroy\n"
      "race:^grpc_slice_\n"
      // A call's status and message, set before the callback that reads them is queued.
      "race:^grpc::Status::operator=\n"
      "race:^grpc::internal::InterceptorBatchMethodsImpl::SetSendMessage\n"
      "race:MatchOrQueue\n"
      "race:grpc_core::internal::Status\n"
      // Abseil's search for deadlocks, in its debug builds, has a lock of its own kind.
      "race:GraphCycles\n";
}

const char* __tsan_default_options() {
  // Without frames of inlined functions: the top frame is then a function of gRPC's, not of std:: inlined
  // there.
  return "symbolize_inline_frames=0";
}
}

namespace {

char all_locks;

// Set by the linker: where the program's own code begins and ends.
extern "C" const char __executable_start;
extern "C" const char etext;

bool IsOurs(const void* code) { return code >= &__executable_start && code < &etext; }

void AfterLocking(void* mutex, const void* caller) {
  __tsan_acquire(mutex);
  if (!IsOurs(caller)) __tsan_acquire(&all_locks);
}
void BeforeUnlocking(void* mutex, const void* caller) {
  __tsan_release(mutex);
  if (!IsOurs(caller)) __tsan_release(&all_locks);
}

// The library's function of that (mangled) name.
template <typename Function>
Function* Next(const char* name) {
  void* const found = dlsym(RTLD_NEXT, name);
  if (found == nullptr) std::abort();
  return reinterpret_cast<Function*>(found);
}

}  // namespace

// What a call is started with is seen by whoever ends it.
extern "C" int grpc_call_start_batch(grpc_call* call, const grpc_op* ops, size_t count, void* tag,
                                     void* reserved) {
  static const auto next =
      Next<int(grpc_call*, const grpc_op*, size_t, void*, void*)>("grpc_call_start_batch");
  BeforeUnlocking(call, nullptr);
  return next(call, ops, count, tag, reserved);
}

extern "C" void grpc_call_unref(grpc_call* call) {
  static const auto next = Next<void(grpc_call*)>("grpc_call_unref");
  BeforeUnlocking(call, nullptr);
  AfterLocking(call, nullptr);
  next(call);
}

// A call's memory is taken by one thread and used by those that the call goes to.
extern "C" void* gpr_malloc_aligned(size_t size, size_t alignment) {
  static const auto next = Next<void*(size_t, size_t)>("gpr_malloc_aligned");
  void* const memory = next(size, alignment);
  __tsan_release(&all_locks);
  return memory;
}

extern "C" void* gpr_malloc(size_t size) {
  static const auto next = Next<void*(size_t)>("gpr_malloc");
  void* const memory = next(size);
  __tsan_release(&all_locks);
  return memory;
}

extern "C" void* grpc_call_arena_alloc(grpc_call* call, size_t size) {
  static const auto next = Next<void*(grpc_call*, size_t)>("grpc_call_arena_alloc");
  AfterLocking(call, nullptr);
  return next(call, size);
}

// Debian's inline namespace.
#define TREATYWIRE_ABSL "_ZN4absl7debian3"

namespace absl {
ABSL_NAMESPACE_BEGIN

void Mutex::Lock() {
  static const auto next = Next<void(Mutex*)>(TREATYWIRE_ABSL "5Mutex4LockEv");
  next(this);
  AfterLocking(this, __builtin_return_address(0));
}

void Mutex::Unlock() {
  static const auto next = Next<void(Mutex*)>(TREATYWIRE_ABSL "5Mutex6UnlockEv");
  BeforeUnlocking(this, __builtin_return_address(0));
  next(this);
}

bool Mutex::TryLock() {
  static const auto next = Next<bool(Mutex*)>(TREATYWIRE_ABSL "5Mutex7TryLockEv");
  if (!next(this)) return false;
  AfterLocking(this, __builtin_return_address(0));
  return true;
}

void Mutex::ReaderLock() {
  static const auto next = Next<void(Mutex*)>(TREATYWIRE_ABSL "5Mutex10ReaderLockEv");
  next(this);
  AfterLocking(this, __builtin_return_address(0));
}

void Mutex::ReaderUnlock() {
  static const auto next = Next<void(Mutex*)>(TREATYWIRE_ABSL "5Mutex12ReaderUnlockEv");
  BeforeUnlocking(this, __builtin_return_address(0));
  next(this);
}

void Mutex::Await(const Condition& condition) {
  static const auto next =
      Next<void(Mutex*, const Condition&)>(TREATYWIRE_ABSL "5Mutex5AwaitERKNS0_9ConditionE");
  BeforeUnlocking(this, __builtin_return_address(0));
  next(this, condition);
  AfterLocking(this, __builtin_return_address(0));
}

bool Mutex::AwaitWithTimeout(const Condition& condition, Duration timeout) {
  static const auto next = Next<bool(Mutex*, const Condition&, Duration)>(
      TREATYWIRE_ABSL "5Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE");
  BeforeUnlocking(this, __builtin_return_address(0));
  const bool reached = next(this, condition, timeout);
  AfterLocking(this, __builtin_return_address(0));
  return reached;
}

bool Mutex::AwaitWithDeadline(const Condition& condition, Time deadline) {
  static const auto next = Next<bool(Mutex*, const Condition&, Time)>(
      TREATYWIRE_ABSL "5Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE");
  BeforeUnlocking(this, __builtin_return_address(0));
  const bool reached = next(this, condition, deadline);
  AfterLocking(this, __builtin_return_address(0));
  return reached;
}

void CondVar::Wait(Mutex* mutex) {
  static const auto next = Next<void(CondVar*, Mutex*)>(TREATYWIRE_ABSL "7CondVar4WaitEPNS0_5MutexE");
  BeforeUnlocking(mutex, __builtin_return_address(0));
  next(this, mutex);
  AfterLocking(mutex, __builtin_return_address(0));
}

bool CondVar::WaitWithTimeout(Mutex* mutex, Duration timeout) {
  static const auto next = Next<bool(CondVar*, Mutex*, Duration)>(
      TREATYWIRE_ABSL "7CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE");
  BeforeUnlocking(mutex, __builtin_return_address(0));
  const bool timed_out = next(this, mutex, timeout);
  AfterLocking(mutex, __builtin_return_address(0));
  return timed_out;
}

bool CondVar::WaitWithDeadline(Mutex* mutex, Time deadline) {
  static const auto next =
      Next<bool(CondVar*, Mutex*, Time)>(TREATYWIRE_ABSL "7CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE");
  BeforeUnlocking(mutex, __builtin_return_address(0));
  const bool timed_out = next(this, mutex, deadline);
  AfterLocking(mutex, __builtin_return_address(0));
  return timed_out;
}

ABSL_NAMESPACE_END
}  // namespace absl
