// A file descriptor that is closed with its owner.
#ifndef TREATYWIRE_COMMON_DESCRIPTOR_H_
#define TREATYWIRE_COMMON_DESCRIPTOR_H_

#include <unistd.h>

#include <utility>

namespace treatywire {

// For one thread at a time.
class Descriptor {
 public:
  // Negative: none.
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(Descriptor&& other) noexcept : number_(other.Release()) {}
  Descriptor& operator=(Descriptor&&) = delete;

  int number() const { return number_; }
  // Leaves it open, to whoever takes it.
  int Release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_DESCRIPTOR_H_
