// For threads whose work nobody waits for.
#ifndef TREATYWIRE_QUERY_SERVICE_IMAGE_THREAD_PRIORITY_H_
#define TREATYWIRE_QUERY_SERVICE_IMAGE_THREAD_PRIORITY_H_

#include <sys/resource.h>

namespace treatywire::query {

// From now on the calling thread, and those that it starts, run when others leave time (on Linux, where the
// priority of "process" 0 is the thread's own).
inline void LowerThreadPriority() {
  constexpr int kLowest = 19;
  setpriority(PRIO_PROCESS, 0, kLowest);
}

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_IMAGE_THREAD_PRIORITY_H_
