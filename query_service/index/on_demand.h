// An object that is made when it is first asked for: of most that may be, nobody asks.
//
//   OnDemand<LazyRendering> rendering;  // a pointer wide
//   rendering->Entries(...);            // makes it
//
// Any thread may ask; all get the same. A copy has none yet.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_ON_DEMAND_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_ON_DEMAND_H_

#include <atomic>
#include <memory>

namespace treatywire::query {

template <typename T>
class OnDemand {
 public:
  OnDemand() = default;
  OnDemand(const OnDemand&) {}
  OnDemand& operator=(const OnDemand&) = delete;
  ~OnDemand() { delete made_.load(std::memory_order_acquire); }

  // Lives as long as this.
  const T* operator->() const { return &Get(); }

 private:
  const T& Get() const {
    if (const T* present = made_.load(std::memory_order_acquire)) return *present;
    auto made = std::make_unique<const T>();
    const T* present = nullptr;
    if (made_.compare_exchange_strong(present, made.get(), std::memory_order_acq_rel)) return *made.release();
    return *present;  // another thread was faster
  }

  mutable std::atomic<const T*> made_ = nullptr;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_ON_DEMAND_H_
