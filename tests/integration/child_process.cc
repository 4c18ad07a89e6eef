#include "tests/integration/child_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

extern char** environ;

namespace treatywire {
namespace {

// Unlinked at once: a file, not a pipe, so that a child that logs a lot never waits for its reader.
int ErrorFile() {
  std::string path = testing::TempDir() + "treatywire-errors-XXXXXX";
  const int file = mkostemp(path.data(), O_CLOEXEC);
  unlink(path.c_str());
  return file;
}

}  // namespace

ChildProcess::ChildProcess(const std::string& program, const std::vector<std::string>& arguments) {
  std::array<int, 2> pipe_ends = {};
  errors_ = ErrorFile();
  if (errors_ < 0 || pipe2(pipe_ends.data(), O_CLOEXEC) != 0) {
    ADD_FAILURE() << "no file or pipe for " << program;
    return;
  }
  output_ = pipe_ends[0];
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors_, STDERR_FILENO);
  std::vector<std::string> words = {program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  if (posix_spawn(&pid_, program.c_str(), &actions, nullptr, argv.data(), environ) != 0) {
    ADD_FAILURE() << "cannot start " << program;
    pid_ = -1;
  }
  posix_spawn_file_actions_destroy(&actions);
  close(pipe_ends[1]);
}

ChildProcess::~ChildProcess() {
  if (!ended_) {
    Signal(SIGKILL);
    Wait();
  }
  close(output_);
  close(errors_);
}

std::string ChildProcess::ReadLine() {
  std::string line;
  char character = 0;
  while (read(output_, &character, 1) == 1 && character != '\n') line.push_back(character);
  return line;
}

std::string ChildProcess::ReadAddress() {
  const std::string line = ReadLine();
  const std::string prefix = "listening on ";
  if (line.compare(0, prefix.size(), prefix) != 0) {
    ADD_FAILURE() << "the first line is \"" << line << "\"; standard error: " << ReadErrors();
    return "";
  }
  return line.substr(prefix.size());
}

std::string ChildProcess::ReadErrors() {
  Wait();
  std::string text;
  std::array<char, 4096> buffer = {};
  lseek(errors_, 0, SEEK_SET);
  for (ssize_t size = 0; (size = read(errors_, buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<size_t>(size));
  }
  return text;
}

void ChildProcess::Signal(int signal_number) const {
  if (pid_ > 0 && !ended_) kill(pid_, signal_number);
}

int ChildProcess::Wait() {
  if (ended_ || pid_ <= 0) return exit_code_;
  int status = 0;
  waitpid(pid_, &status, 0);
  ended_ = true;
  exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return exit_code_;
}

}  // namespace treatywire
