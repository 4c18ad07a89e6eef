// A program of the build, run as a process of its own.
#ifndef TREATYWIRE_TESTS_INTEGRATION_CHILD_PROCESS_H_
#define TREATYWIRE_TESTS_INTEGRATION_CHILD_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace treatywire {

// Killed when it goes out of scope. One thread only.
class ChildProcess {
 public:
  // Starts `program` (a path) with `arguments`; its standard output and standard error are kept apart.
  ChildProcess(const std::string& program, const std::vector<std::string>& arguments);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // The next line of its standard output, without the line's end; waits for it. Empty at the end.
  std::string ReadLine();
  // The address of its first line, "listening on HOST:PORT".
  std::string ReadAddress();
  // All of its standard error; waits for its end.
  std::string ReadErrors();

  void Signal(int signal_number) const;
  // Waits for its end; its exit code, or minus the signal that ended it.
  int Wait();

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  int errors_ = -1;
  bool ended_ = false;
  int exit_code_ = 0;
};

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_INTEGRATION_CHILD_PROCESS_H_
