#include "tests/benchmark/wire_load.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <deque>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tests/benchmark/bench_report.h"
#include "tests/http2_frames.h"

namespace treatywire::benchmark {
namespace {

using http2::AppendFrame;
using http2::AppendNumber;
using http2::kAcknowledged;
using http2::kEndHeaders;
using http2::kEndStream;
using enum http2::FrameType;

constexpr size_t kFrameHeadBytes = 9;
constexpr size_t kMaxFrameBytes = 16384;

enum Setting : uint16_t {
  kHeaderTableSize = 1,
  kEnablePush = 2,
  kMaxConcurrentStreams = 3,
  kInitialWindowSize = 4,
  kTrueBinaryMetadata = 0xfe03  // gRPC's: values of "-bin" headers may come as they are
};
constexpr uint32_t kCancel = 8;

// What the server may send before it hears that we took it.
constexpr int64_t kStreamWindow = 8 << 20;
constexpr int64_t kConnectionWindow = 16 << 20;
// Of a connection on a line of limited speed, so that what comes faster waits at the server.
constexpr int kLineReceiveBytes = 128 << 10;
// HTTP/2's own.
constexpr int64_t kFirstWindow = 65535;
// A connection that has not taken so much takes no further calls for now.
constexpr size_t kMaxUnsentBytes = 256 << 10;
// Calls of an open loop that are due at nearly the same time begin together: to wake up costs more than they
// do.
constexpr int64_t kLeastSleepNanos = 200'000;

int64_t NowNanos() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

void AppendSetting(Setting setting, uint32_t value, std::string* out) {
  AppendNumber(setting, 2, out);
  AppendNumber(value, 4, out);
}

uint32_t Number(absl::string_view bytes) {
  uint32_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<uint8_t>(byte);
  return value;
}

// A header that the server puts into its table; `name` below 64 is a header of HTTP/2's own table.
void AppendRemembered(uint8_t name, absl::string_view value, std::string* out) {
  out->push_back(static_cast<char>(0x40 | name));
  out->push_back(static_cast<char>(value.size()));
  absl::StrAppend(out, value);
}
void AppendRemembered(absl::string_view name, absl::string_view value, std::string* out) {
  out->push_back(0x40);
  out->push_back(static_cast<char>(name.size()));
  absl::StrAppend(out, name);
  out->push_back(static_cast<char>(value.size()));
  absl::StrAppend(out, value);
}

// POST, http.
constexpr absl::string_view kOwnHeaders = "\x83\x86";
constexpr uint8_t kAuthority = 1;
constexpr uint8_t kPath = 4;
constexpr uint8_t kContentType = 31;
constexpr size_t kRemembered = 6;
constexpr uint8_t kFirstRemembered = 62;  // where the server's table begins, the latest first

// Of the first call of a connection; those after it are kOwnHeaders, numbers, and their own timeouts.
std::string FirstHeaders(const WireLoadOptions& options) {
  std::string headers(kOwnHeaders);
  AppendRemembered(kAuthority, options.server, &headers);
  AppendRemembered(kPath, options.method, &headers);
  AppendRemembered("te", "trailers", &headers);
  AppendRemembered(kContentType, "application/grpc", &headers);
  AppendRemembered("user-agent", "treatywire-overload", &headers);
  AppendRemembered("grpc-timeout", absl::StrCat(absl::ToInt64Milliseconds(options.deadline), "m"), &headers);
  return headers;
}
std::string LaterHeaders() {
  std::string headers(kOwnHeaders);
  for (size_t i = 1; i < kRemembered; ++i)
    headers.push_back(static_cast<char>(0x80 | (kFirstRemembered + i)));
  return headers;
}
// How much time a call has left, as gRPC tells it: when the call is sent, in milliseconds rounded up.
void AppendTimeout(int64_t nanos, std::string* headers) {
  headers->push_back(0x0f);  // its name is the latest that the server remembers; its value it need not
  headers->push_back(static_cast<char>(kFirstRemembered - 15));
  const std::string value = absl::StrCat((nanos + 999'999) / 1'000'000, "m");
  headers->push_back(static_cast<char>(value.size()));
  absl::StrAppend(headers, value);
}

// Reads a header list of a server that was told to remember none.
class HeaderReader {
 public:
  explicit HeaderReader(absl::string_view block) : rest_(block) {}

  // False at the end. `name` is empty for one of HTTP/2's own table, of which we need none.
  bool Next(absl::string_view* name, absl::string_view* value) {
    *name = *value = "";
    if (rest_.empty()) return false;
    const auto first = static_cast<uint8_t>(rest_[0]);
    if ((first & 0x80) != 0) {
      Integer(7);
    } else if ((first & 0xe0) == 0x20) {
      Integer(5);  // the size of its table
    } else {
      const uint32_t index = Integer((first & 0x40) != 0 ? 6 : 4);
      if (index == 0) *name = Text();
      *value = Text();
    }
    return true;
  }

 private:
  uint32_t Integer(int prefix_bits) {
    const uint32_t most = (1u << prefix_bits) - 1;
    uint32_t value = Byte() & most;
    if (value < most) return value;
    for (int shift = 0;; shift += 7) {
      Require(shift < 28, "a header has too large a number");
      const uint8_t byte = Byte();
      value += static_cast<uint32_t>(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) return value;
    }
  }
  absl::string_view Text() {
    Require(!rest_.empty() && (rest_[0] & 0x80) == 0, "a header is packed");  // gRPC packs none
    const uint32_t size = Integer(7);
    Require(size <= rest_.size(), "a header is cut off");
    const absl::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }
  uint8_t Byte() {
    Require(!rest_.empty(), "a header is cut off");
    const auto byte = static_cast<uint8_t>(rest_[0]);
    rest_.remove_prefix(1);
    return byte;
  }

  absl::string_view rest_;
};

// What a call's trailers say.
struct Trailers {
  int status = -1;
  bool tells_when = false;
};

Trailers ReadTrailers(absl::string_view block) {
  Trailers trailers;
  absl::string_view name;
  absl::string_view value;
  for (HeaderReader headers(block); headers.Next(&name, &value);) {
    if (name == "grpc-status") {
      Require(absl::SimpleAtoi(value, &trailers.status), "grpc-status is no number");
    } else if (name == "grpc-status-details-bin") {
      trailers.tells_when = absl::StrContains(value, "type.googleapis.com/google.rpc.RetryInfo");
    }
  }
  return trailers;
}

// `receive_bytes` is what the system keeps of what was not received yet, 0: as it likes.
int Connect(const std::string& server, int receive_bytes) {
  const size_t colon = server.rfind(':');
  sockaddr_in address{};
  address.sin_family = AF_INET;
  int port = 0;
  Require(colon != std::string::npos && absl::SimpleAtoi(server.substr(colon + 1), &port) &&
              inet_pton(AF_INET, server.substr(0, colon).c_str(), &address.sin_addr) == 1,
          absl::StrCat(server, " is no IPv4:PORT"));
  address.sin_port = htons(static_cast<uint16_t>(port));
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (receive_bytes > 0) setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
  Require(socket >= 0 && connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
          absl::StrCat("no connection to ", server));
  const int on = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return socket;
}

}  // namespace

// The result of one run, and how it goes on.
struct WireLoad::Progress {
  WireLoadResult result;
  size_t under_way = 0;

  void End(const Trailers& trailers, int64_t took_nanos) {
    --under_way;
    const double ms = static_cast<double>(took_nanos) / 1e6;
    if (trailers.status == 0) {
      result.good_ms.push_back(ms);
    } else if (trailers.status == 8) {
      result.refused_ms.push_back(ms);
      result.refused_without_delay += trailers.tells_when ? 0 : 1;
    } else if (trailers.status == 4) {
      ++result.expired;  // the server was first to see it
    } else {
      Fail(absl::StrCat("grpc-status ", trailers.status));
    }
  }
  void Fail(std::string why) {
    ++result.failed;
    result.last_failure = std::move(why);
  }
  void Expire() {
    --under_way;
    ++result.expired;
  }
};

// How many bytes may be received by now, as a line of some speed brings them. A network card and the system
// keep what comes while we are not running: up to kKeptNanos of it.
class WireLoad::Line {
 public:
  explicit Line(double bytes_per_second) : bytes_per_nano_(bytes_per_second / 1e9) {}

  bool is_limited() const { return bytes_per_nano_ > 0; }
  size_t room(int64_t now) {
    if (!is_limited()) return SIZE_MAX;
    const double most = bytes_per_nano_ * kKeptNanos;
    room_ = std::min(most, room_ + static_cast<double>(now - last_) * bytes_per_nano_);
    last_ = now;
    return static_cast<size_t>(std::max(room_, 0.0));
  }
  void Take(size_t bytes) { room_ -= static_cast<double>(bytes); }

 private:
  static constexpr double kKeptNanos = 5e6;
  const double bytes_per_nano_;
  double room_ = 0;
  int64_t last_ = 0;
};

class WireLoad::Connection {
 public:
  explicit Connection(const WireLoadOptions& options)
      : deadline_nanos_(absl::ToInt64Nanoseconds(options.deadline)),
        socket_(Connect(options.server, options.bytes_per_second > 0 ? kLineReceiveBytes : 0)),
        headers_(FirstHeaders(options)) {
    std::string settings;
    AppendSetting(kHeaderTableSize, 0, &settings);
    AppendSetting(kEnablePush, 0, &settings);
    AppendSetting(kInitialWindowSize, static_cast<uint32_t>(kStreamWindow), &settings);
    AppendSetting(kTrueBinaryMetadata, 1, &settings);
    absl::StrAppend(&unsent_, http2::kPreface);
    AppendFrame(kSettings, 0, 0, settings, &unsent_);
    AppendWindow(kConnectionWindow - kFirstWindow);
  }
  ~Connection() { close(socket_); }

  int socket() const { return socket_; }

  void Begin(const std::string& request, int64_t now) { waiting_.push_back({&request, now}); }

  // Sends what can be; ends what is over.
  void Proceed(Progress& progress, int64_t now) {
    while (!waiting_.empty() && waiting_.front().begin + deadline_nanos_ <= now) {
      waiting_.pop_front();
      progress.Expire();
    }
    while (!in_order_.empty()) {
      const auto found = open_.find(in_order_.front());
      if (found != open_.end()) {
        if (found->second + deadline_nanos_ > now) break;
        Cancel(found->first);
        open_.erase(found);
        progress.Expire();
      }
      in_order_.pop_front();
    }
    while (!waiting_.empty() && CanSend(*waiting_.front().request)) {
      Send(waiting_.front(), now);
      waiting_.pop_front();
    }
    Flush();
  }

  // Takes what has come, or some of it.
  void Receive(Line& line, Progress& progress) {
    static char bytes[256 << 10];
    const size_t room = std::min(sizeof bytes, line.room(NowNanos()));
    if (room == 0) return;
    const ssize_t size = recv(socket_, bytes, room, MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
    is_closed_ = size <= 0;
    if (is_closed_) return;
    line.Take(static_cast<size_t>(size));
    Take(absl::string_view(bytes, static_cast<size_t>(size)), progress);
  }

  // Whether the server has closed it: all its calls that are left have ended with it.
  bool is_closed() const { return is_closed_; }
  size_t calls() const { return waiting_.size() + open_.size(); }

  // Whether there is anything that could not be sent.
  bool blocked() const { return !unsent_.empty(); }

  // When the next call expires.
  int64_t NextExpiry() const {
    int64_t begin = INT64_MAX - deadline_nanos_;
    if (!waiting_.empty()) begin = std::min(begin, waiting_.front().begin);
    if (!in_order_.empty()) {
      const auto found = open_.find(in_order_.front());
      begin = std::min(begin, found == open_.end() ? 0 : found->second);
    }
    return begin + deadline_nanos_;
  }

 private:
  struct Waiting {
    const std::string* request;
    int64_t begin;
  };

  bool CanSend(const std::string& request) const {
    return unsent_.size() < kMaxUnsentBytes && open_.size() < max_streams_ &&
           send_window_ >= static_cast<int64_t>(request.size() + 5);
  }

  void Send(const Waiting& call, int64_t now) {
    std::string headers = std::exchange(headers_, later_headers_);
    if (next_stream_ > 1) AppendTimeout(call.begin + deadline_nanos_ - now, &headers);
    AppendFrame(kHeaders, kEndHeaders, next_stream_, headers, &unsent_);
    std::string message(1, '\0');  // not compressed
    AppendNumber(static_cast<uint32_t>(call.request->size()), 4, &message);
    message += *call.request;
    send_window_ -= static_cast<int64_t>(message.size());
    for (absl::string_view rest = message; !rest.empty();) {
      const absl::string_view part = rest.substr(0, kMaxFrameBytes);
      rest.remove_prefix(part.size());
      AppendFrame(kData, rest.empty() ? kEndStream : 0, next_stream_, part, &unsent_);
    }
    open_.emplace(next_stream_, call.begin);
    in_order_.push_back(next_stream_);
    next_stream_ += 2;
  }

  void Cancel(uint32_t stream) {
    std::string code;
    AppendNumber(kCancel, 4, &code);
    AppendFrame(kResetStream, 0, stream, code, &unsent_);
  }

  void AppendWindow(int64_t bytes) {
    std::string payload;
    AppendNumber(static_cast<uint32_t>(bytes), 4, &payload);
    AppendFrame(kWindowUpdate, 0, 0, payload, &unsent_);
  }

  void Flush() {
    if (unsent_.empty()) return;
    const ssize_t size = send(socket_, unsent_.data(), unsent_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
    is_closed_ = size <= 0;
    if (is_closed_) return;
    unsent_.erase(0, static_cast<size_t>(size));
  }

  // Frames, of which the last may be cut off; what is in answers' messages is passed over.
  void Take(absl::string_view bytes, Progress& progress) {
    while (!bytes.empty()) {
      if (skip_ > 0) {
        const size_t part = std::min(skip_, bytes.size());
        skip_ -= part;
        bytes.remove_prefix(part);
        continue;
      }
      if (frame_.size() < kFrameHeadBytes) {
        Fill(kFrameHeadBytes, bytes);
        if (frame_.size() < kFrameHeadBytes) return;
        const size_t size = Number(absl::string_view(frame_).substr(0, 3));
        if (frame_[3] == kData) {
          TakeData(size, (frame_[4] & kEndStream) != 0);
          continue;
        }
        frame_bytes_ = kFrameHeadBytes + size;
      }
      Fill(frame_bytes_, bytes);
      if (frame_.size() < frame_bytes_) return;
      TakeFrame(progress);
      frame_.clear();
    }
  }

  void Fill(size_t size, absl::string_view& bytes) {
    const size_t part = std::min(size - frame_.size(), bytes.size());
    absl::StrAppend(&frame_, bytes.substr(0, part));
    bytes.remove_prefix(part);
  }

  void TakeData(size_t size, bool ends) {
    Require(!ends, "an answer ends without trailers");
    skip_ = size;
    frame_.clear();
    taken_ += static_cast<int64_t>(size);
    if (taken_ < kConnectionWindow / 4) return;
    AppendWindow(std::exchange(taken_, 0));
  }

  void TakeFrame(Progress& progress) {
    const absl::string_view payload = absl::string_view(frame_).substr(kFrameHeadBytes);
    const auto flags = static_cast<uint8_t>(frame_[4]);
    const uint32_t stream = Number(absl::string_view(frame_).substr(5, 4));
    switch (frame_[3]) {
      case kHeaders:
        Require((flags & kEndHeaders) != 0, "a header list has several frames");
        if ((flags & kEndStream) != 0) End(stream, ReadTrailers(payload), progress);
        break;
      case kResetStream:
        if (open_.erase(stream) > 0) {
          --progress.under_way;
          progress.Fail(absl::StrCat("reset with ", Number(payload)));
        }
        break;
      case kSettings:
        if ((flags & kAcknowledged) == 0) TakeSettings(payload);
        break;
      case kPing:
        if ((flags & kAcknowledged) == 0) AppendFrame(kPing, kAcknowledged, 0, payload, &unsent_);
        break;
      case kWindowUpdate:
        if (stream == 0) send_window_ += Number(payload);
        break;
      case kGoAway:
        Require(false, "the server sends a connection away");
        break;
      default:
        break;
    }
  }

  void TakeSettings(absl::string_view settings) {
    for (; settings.size() >= 6; settings.remove_prefix(6)) {
      if (Number(settings.substr(0, 2)) == kMaxConcurrentStreams)
        max_streams_ = Number(settings.substr(2, 4));
    }
    AppendFrame(kSettings, kAcknowledged, 0, "", &unsent_);
  }

  void End(uint32_t stream, const Trailers& trailers, Progress& progress) {
    const auto found = open_.find(stream);
    if (found == open_.end()) return;  // it had expired
    progress.End(trailers, NowNanos() - found->second);
    open_.erase(found);
  }

  const int64_t deadline_nanos_;
  const int socket_;
  const std::string later_headers_ = LaterHeaders();
  std::string headers_;  // of the next call
  std::string unsent_;
  std::deque<Waiting> waiting_;
  uint32_t next_stream_ = 1;
  absl::flat_hash_map<uint32_t, int64_t> open_;  // when each began
  std::deque<uint32_t> in_order_;                // of open_, and of some that have ended
  size_t max_streams_ = 100;                     // until the server tells
  int64_t send_window_ = kFirstWindow;
  int64_t taken_ = 0;       // of the window that the server has
  std::string frame_;       // as far as it has come
  size_t frame_bytes_ = 0;  // of the whole
  size_t skip_ = 0;         // of a message
  bool is_closed_ = false;
};

WireLoad::WireLoad(WireLoadOptions options)
    : options_(std::move(options)),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      line_(std::make_unique<Line>(options_.bytes_per_second)) {
  Require(epoll_ >= 0, "no epoll");
  for (const std::string& request : options_.requests)
    Require(request.size() < 65000, "a request is too large");
  for (size_t i = 0; i < options_.connections; ++i) connections_.push_back(Open());
}

std::unique_ptr<WireLoad::Connection> WireLoad::Open() const {
  auto connection = std::make_unique<Connection>(options_);
  epoll_event event{.events = EPOLLIN, .data = {.ptr = connection.get()}};
  Require(epoll_ctl(epoll_, EPOLL_CTL_ADD, connection->socket(), &event) == 0, "no epoll");
  return connection;
}

// As a gRPC client does: the calls of the closed one have ended, those that come next find another.
void WireLoad::ReopenClosed(Progress& progress) {
  for (auto& connection : connections_) {
    if (!connection->is_closed()) continue;
    progress.under_way -= connection->calls();
    progress.result.cut_off += connection->calls();
    connection = Open();
  }
}

WireLoad::~WireLoad() {
  connections_.clear();
  close(epoll_);
}

// Begins what is due; returns when the next is, as far as time decides it.
int64_t WireLoad::BeginDue(const WireLoadRun& run, int64_t begin, int64_t now, Progress& progress) {
  const double nanos_between = run.rate > 0 ? 1e9 / run.rate : 0;
  const size_t due = run.rate > 0 ? static_cast<size_t>(static_cast<double>(now - begin) / nanos_between) + 1
                                  : progress.result.begun + run.under_way - progress.under_way;
  for (; progress.result.begun < due; ++progress.result.begun, ++progress.under_way, ++next_) {
    connections_[next_ % connections_.size()]->Begin(options_.requests[next_ % options_.requests.size()],
                                                     now);
  }
  if (run.rate <= 0) return INT64_MAX;
  const auto next = begin + static_cast<int64_t>(static_cast<double>(due) * nanos_between);
  return std::max(next, now + kLeastSleepNanos);
}

// Receives what comes until `until`, as soon as something does and the line has brought it.
void WireLoad::Receive(int64_t until, Progress& progress) {
  constexpr size_t kLeastRoom = 64 << 10;  // less is not worth waking up for
  int64_t now = NowNanos();
  if (line_->room(now) < kLeastRoom) {
    const timespec pause{.tv_sec = 0, .tv_nsec = std::clamp<int64_t>(until - now, 0, kLeastSleepNanos)};
    nanosleep(&pause, nullptr);
    now = NowNanos();
    if (line_->room(now) < kLeastRoom) return;
  }
  const int64_t sleep = std::max<int64_t>(until - now, 0);
  const timespec timeout{.tv_sec = sleep / 1'000'000'000, .tv_nsec = sleep % 1'000'000'000};
  epoll_event events[16];
  const int ready = epoll_pwait2(epoll_, events, 16, &timeout, nullptr);
  for (int i = 0; i < ready; ++i) static_cast<Connection*>(events[i].data.ptr)->Receive(*line_, progress);
}

WireLoadResult WireLoad::Run(const WireLoadRun& run) {
  Progress progress;
  const int64_t begin = NowNanos();
  const int64_t end = begin + absl::ToInt64Nanoseconds(run.duration);
  int64_t now = begin;
  while (now < end || progress.under_way > 0) {
    int64_t next = INT64_MAX;
    if (now < end) next = std::min(end, BeginDue(run, begin, now, progress));
    for (const auto& connection : connections_) {
      connection->Proceed(progress, now);
      next = std::min(next, std::max(connection->NextExpiry(), now));
      if (connection->blocked()) next = std::min(next, now + kLeastSleepNanos);
    }
    Receive(next, progress);
    ReopenClosed(progress);
    now = NowNanos();
  }
  progress.result.seconds = static_cast<double>(end - begin) / 1e9;
  return std::move(progress.result);
}

}  // namespace treatywire::benchmark
