// Clients that speak no gRPC, or HTTP/2 that is wrong on purpose, against the programs' ports: whatever they
// send, the programs go on serving everybody else, and hold no more memory for it than their limits say.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/server.h"
#include "tests/http2_frames.h"
#include "tests/integration/child_process.h"
#include "tests/query_service/event_log/temporary_directory.h"
#include "treatywire/v1/agreement_service.grpc.pb.h"
#include "treatywire/v1/ingest_service.grpc.pb.h"
#include "treatywire/v1/timeline_service.grpc.pb.h"

namespace treatywire {
namespace {

using Random = std::mt19937_64;

using http2::kEndHeaders;
using http2::kEndStream;
using http2::kPreface;
using enum http2::FrameType;

std::string BigEndian(uint32_t value, int bytes) {
  std::string text;
  http2::AppendNumber(value, bytes, &text);
  return text;
}

std::string Frame(uint8_t type, uint8_t flags, uint32_t stream, const std::string& payload) {
  std::string frame;
  http2::AppendFrame(type, flags, stream, payload, &frame);
  return frame;
}

std::string Greeting() { return absl::StrCat(kPreface, Frame(kSettings, 0, 0, "")); }

// A header field in HPACK's plainest form: literal, not indexed, lengths below 127.
std::string Field(const std::string& name, const std::string& value) {
  return absl::StrCat(std::string(1, '\0'), std::string(1, static_cast<char>(name.size())), name,
                      std::string(1, static_cast<char>(value.size())), value);
}

std::string HeadersOf(const std::string& path) {
  return absl::StrCat(Field(":method", "POST"), Field(":scheme", "http"), Field(":path", path),
                      Field(":authority", "x"), Field("content-type", "application/grpc"),
                      Field("te", "trailers"));
}

std::string RandomBytes(Random& random, size_t max) {
  std::string bytes(random() % (max + 1), '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

// A connection to "127.0.0.1:PORT", from that address or another one of this machine's.
class Connection {
 public:
  explicit Connection(const std::string& address, const char* from = "127.0.0.1")
      : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in source = {};
    source.sin_family = AF_INET;
    inet_pton(AF_INET, from, &source.sin_addr);
    EXPECT_EQ(bind(socket_, reinterpret_cast<const sockaddr*>(&source), sizeof(source)), 0);
    sockaddr_in peer = {};
    peer.sin_family = AF_INET;
    peer.sin_port = htons(static_cast<uint16_t>(ParseListenAddress(address)->port));
    inet_pton(AF_INET, "127.0.0.1", &peer.sin_addr);
    EXPECT_EQ(connect(socket_, reinterpret_cast<const sockaddr*>(&peer), sizeof(peer)), 0);
  }
  ~Connection() { close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Until the other side will have no more of it.
  void Send(const std::string& bytes) const {
    for (size_t sent = 0; sent < bytes.size();) {
      const ssize_t now = send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (now <= 0) return;
      sent += static_cast<size_t>(now);
    }
  }
  // Whether the server sends anything before it closes.
  bool IsAnswered() const {
    char byte = 0;
    return recv(socket_, &byte, 1, 0) == 1;
  }
  // Says that nothing more comes and reads until the server closes.
  void ReadToTheEnd() const {
    shutdown(socket_, SHUT_WR);
    std::array<char, 65536> buffer = {};
    while (recv(socket_, buffer.data(), buffer.size(), 0) > 0) {
    }
  }
  // False where the server closes before.
  bool ReadUntil(const std::string& text) const {
    std::array<char, 65536> buffer = {};
    std::string read;
    while (read.find(text) == std::string::npos) {
      const ssize_t now = recv(socket_, buffer.data(), buffer.size(), 0);
      if (now <= 0) return false;
      read.append(buffer.data(), static_cast<size_t>(now));
    }
    return true;
  }

 private:
  const int socket_;
};

struct Attack {
  const char* name;
  std::function<std::string(Random&)> bytes;
};

const std::vector<Attack>& Attacks() {
  static const std::vector<Attack> attacks = {
      {"garbage", [](Random& random) { return RandomBytes(random, 4096); }},
      {"HTTP/1", [](Random&) { return std::string("GET / HTTP/1.1\r\nHost: x\r\n\r\n"); }},
      {"preface cut off",
       [](Random& random) { return std::string(kPreface).substr(0, random() % (kPreface.size() + 1)); }},
      {"garbage after the greeting",
       [](Random& random) { return absl::StrCat(Greeting(), RandomBytes(random, 65536)); }},
      {"random frames",
       [](Random& random) {
         std::string bytes = Greeting();
         for (int i = 0; i < 50; ++i) {
           absl::StrAppend(&bytes, Frame(random() % 12, static_cast<uint8_t>(random()), random() % 8,
                                         RandomBytes(random, 256)));
         }
         return bytes;
       }},
      {"frame cut off",
       [](Random& random) {
         const std::string whole = absl::StrCat(
             Greeting(), Frame(kHeaders, kEndHeaders, 1, HeadersOf("/treatywire.v1.PartyService/GetParty")),
             Frame(kData, kEndStream, 1, std::string("\0\0\0\0\5hello", 10)));
         return whole.substr(0, random() % whole.size());
       }},
      {"frame of 16 MiB",
       [](Random& random) { return absl::StrCat(Greeting(), "\xff\xff\xff", RandomBytes(random, 65536)); }},
      {"message longer than it says",
       [](Random& random) {
         return absl::StrCat(
             Greeting(),
             Frame(kHeaders, kEndHeaders, 1, HeadersOf("/treatywire.v1.IngestService/ParseArticle")),
             Frame(kData, 0, 1, std::string("\0\xff\xff\xff\xff", 5) + RandomBytes(random, 8192)));
       }},
      {"compressed message that is none",
       [](Random& random) {
         return absl::StrCat(
             Greeting(),
             Frame(kHeaders, kEndHeaders, 1, HeadersOf("/treatywire.v1.IngestService/ParseArticle")),
             Frame(kData, kEndStream, 1, std::string("\1\0\0\0\4", 5) + RandomBytes(random, 4)));
       }},
      {"a megabyte of headers",
       [](Random&) {
         std::string bytes = absl::StrCat(Greeting(), Frame(kHeaders, 0, 1, HeadersOf("/x")));
         std::string fields;
         while (fields.size() < 16000) fields += Field("name", std::string(120, 'v'));
         for (int i = 0; i < 64; ++i) bytes += Frame(kContinuation, 0, 1, fields);
         return bytes;
       }},
      {"empty continuations without end",
       [](Random&) {
         std::string bytes = absl::StrCat(Greeting(), Frame(kHeaders, 0, 1, HeadersOf("/x")));
         for (int i = 0; i < 20000; ++i) bytes += Frame(kContinuation, 0, 1, "");
         return bytes;
       }},
      {"streams opened and reset",
       [](Random&) {
         std::string bytes = Greeting();
         for (uint32_t stream = 1; stream < 8000; stream += 2) {
           bytes +=
               Frame(kHeaders, kEndHeaders, stream, HeadersOf("/treatywire.v1.PartyService/ListParties"));
           bytes += Frame(kResetStream, 0, stream, BigEndian(8, 4));
         }
         return bytes;
       }},
      {"pings",
       [](Random&) {
         std::string bytes = Greeting();
         for (int i = 0; i < 20000; ++i) bytes += Frame(kPing, 0, 0, "12345678");
         return bytes;
       }},
      {"settings",
       [](Random&) {
         std::string bytes = Greeting();
         for (int i = 0; i < 5000; ++i)
           bytes += Frame(kSettings, 0, 0, BigEndian(4, 2) + BigEndian(65535, 4));
         return bytes;
       }},
      {"window that overflows",
       [](Random&) {
         std::string bytes = Greeting();
         for (int i = 0; i < 4; ++i) bytes += Frame(kWindowUpdate, 0, 0, BigEndian(0x7fffffff, 4));
         return bytes;
       }},
  };
  return attacks;
}

class HostileBytesTest : public testing::Test {
 protected:
  HostileBytesTest() { StartServices(); }

  void StartServices(const std::string& query_flag = "--log_severity=error") {
    query_ = std::make_unique<ChildProcess>(
        QUERY_SERVICE_PROGRAM,
        std::vector<std::string>{"--listen=127.0.0.1:0", "--data_dir=" + directory_.path(),
                                 "--log_severity=error", query_flag});
    query_address_ = query_->ReadAddress();
    ingest_ = std::make_unique<ChildProcess>(
        INGEST_SERVICE_PROGRAM,
        std::vector<std::string>{"--listen=127.0.0.1:0", "--query_service=" + query_address_,
                                 "--log_severity=error"});
    ingest_address_ = ingest_->ReadAddress();
  }

  // Ingests an article and reads the record: both programs and all between them.
  void ExpectBothServe(int number) {
    const auto ingestion = treatywire::v1::IngestService::NewStub(
        grpc::CreateChannel(ingest_address_, grpc::InsecureChannelCredentials()));
    treatywire::v1::IngestArticleRequest request;
    request.mutable_article()->set_article_id(absl::StrCat("a", number));
    request.mutable_article()->set_body("Chile and Peru signed a trade agreement in Lima on 3 March 2004.");
    treatywire::v1::IngestArticleResponse response;
    grpc::ClientContext ingest_context;
    ingest_context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
    ingest_context.set_wait_for_ready(true);
    const grpc::Status ingested = ingestion->IngestArticle(&ingest_context, request, &response);
    EXPECT_TRUE(ingested.ok()) << ingested.error_message();

    const auto agreements = treatywire::v1::AgreementService::NewStub(
        grpc::CreateChannel(query_address_, grpc::InsecureChannelCredentials()));
    treatywire::v1::ListAgreementsRequest list;
    list.set_min_revision(response.revision());
    treatywire::v1::ListAgreementsResponse listed;
    grpc::ClientContext query_context;
    query_context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
    query_context.set_wait_for_ready(true);
    const grpc::Status read = agreements->ListAgreements(&query_context, list, &listed);
    EXPECT_TRUE(read.ok()) << read.error_message();
    EXPECT_EQ(listed.agreements_size(), 1);
  }

  // Far longer than anything here takes.
  static constexpr absl::Duration kPatience = absl::Seconds(60);

  const query::TemporaryDirectory directory_;
  std::unique_ptr<ChildProcess> query_;
  std::unique_ptr<ChildProcess> ingest_;
  std::string query_address_;
  std::string ingest_address_;
};

// TREATYWIRE_SEED and TREATYWIRE_ROUNDS repeat and prolong it.
TEST_F(HostileBytesTest, WhateverIsSentOthersAreServed) {
  const char* given_seed = std::getenv("TREATYWIRE_SEED");
  const char* given_rounds = std::getenv("TREATYWIRE_ROUNDS");
  uint64_t seed = std::random_device()();
  int rounds = 5;
  ASSERT_TRUE(given_seed == nullptr || absl::SimpleAtoi(given_seed, &seed));
  ASSERT_TRUE(given_rounds == nullptr || absl::SimpleAtoi(given_rounds, &rounds));
  SCOPED_TRACE(absl::StrCat("TREATYWIRE_SEED=", seed));
  Random random(seed);
  for (int round = 0; round < rounds; ++round) {
    for (const Attack& attack : Attacks()) {
      SCOPED_TRACE(attack.name);
      for (const std::string& address : {query_address_, ingest_address_}) {
        const Connection connection(address);
        connection.Send(attack.bytes(random));
        connection.ReadToTheEnd();
      }
    }
    ExpectBothServe(round);
  }
  for (ChildProcess* process : {ingest_.get(), query_.get()}) {
    process->Signal(SIGTERM);
    EXPECT_EQ(process->Wait(), 0);
  }
}

TEST_F(HostileBytesTest, ConnectionsThatSayNothingHoldNobodyUp) {
  std::vector<std::unique_ptr<Connection>> silent;
  for (int i = 0; i < 200; ++i) {
    for (const std::string& address : {query_address_, ingest_address_}) {
      silent.push_back(std::make_unique<Connection>(address));
      // Nothing at all, part of the preface, a call that never gets its message.
      if (i % 3 == 1) silent.back()->Send("PRI * HT");
      if (i % 3 == 2) {
        silent.back()->Send(absl::StrCat(
            Greeting(), Frame(kHeaders, kEndHeaders, 1, HeadersOf("/treatywire.v1.PartyService/ListParties")),
            Frame(kData, 0, 1, std::string("\0\0\0\0\5h", 6))));
      }
    }
  }
  ExpectBothServe(0);
}

TEST_F(HostileBytesTest, ConnectionWhoseCallsHaveNoTimeLeftIsClosed) {
  const auto send_calls = [](const Connection& connection, const std::string& path, const char* timeout) {
    std::string bytes = Greeting();
    for (uint32_t stream = 1; stream < 200; stream += 2) {  // fewer than may be open
      absl::StrAppend(&bytes,
                      Frame(kHeaders, kEndHeaders, stream, HeadersOf(path) + Field("grpc-timeout", timeout)),
                      Frame(kData, kEndStream, stream, std::string(5, '\0')));
    }
    connection.Send(bytes);
  };
  const auto is_open = [](const Connection& connection) {
    constexpr uint8_t kAcknowledged = 1;
    connection.Send(Frame(kPing, 0, 0, "12345678"));
    return connection.ReadUntil(Frame(kPing, kAcknowledged, 0, "12345678"));
  };
  for (const auto& [address, path] :
       {std::pair(query_address_, "/treatywire.v1.AgreementService/GetAgreement"),
        std::pair(ingest_address_, "/treatywire.v1.IngestService/ParseArticle")}) {
    const Connection late(address);
    send_calls(late, path, "1n");
    EXPECT_FALSE(late.ReadUntil("words that are in no answer")) << path;
    const Connection in_time(address);
    send_calls(in_time, path, "1H");
    EXPECT_TRUE(is_open(in_time)) << path;
  }
  ExpectBothServe(0);
}

TEST_F(HostileBytesTest, WhoTakesNoAnswersIsRefusedUntilItsConnectionsAreGone) {
  query_.reset();
  ingest_.reset();
  StartServices("--max_unsent_bytes_per_client=1");
  ExpectBothServe(0);
  {
    const Connection connection(query_address_);
    // A window of nothing for each answer; then calls without a message's fields.
    std::string bytes = absl::StrCat(kPreface, Frame(kSettings, 0, 0, BigEndian(4, 2) + BigEndian(0, 4)));
    for (uint32_t stream = 1; stream < 40; stream += 2) {
      absl::StrAppend(
          &bytes,
          Frame(kHeaders, kEndHeaders, stream, HeadersOf("/treatywire.v1.AgreementService/ListAgreements")),
          Frame(kData, kEndStream, stream, std::string(5, '\0')));
    }
    connection.Send(bytes);
    EXPECT_TRUE(connection.ReadUntil("the client has not taken 1 bytes of answers or more yet"));
  }
  const auto agreements = treatywire::v1::AgreementService::NewStub(
      grpc::CreateChannel(query_address_, grpc::InsecureChannelCredentials()));
  grpc::Status read;
  do {  // until the server knows that the connection is gone
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
    treatywire::v1::ListAgreementsResponse listed;
    read = agreements->ListAgreements(&context, {}, &listed);
  } while (read.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(read.ok()) << read.error_message();
}

// The limit of open files that programs started meanwhile get.
class FileLimit {
 public:
  explicit FileLimit(rlim_t files) {
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit limit = {std::min(files, before_.rlim_max), before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  ~FileLimit() { setrlimit(RLIMIT_NOFILE, &before_); }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;

 private:
  rlimit before_ = {};
};

// The watch opens a file of the log, which the connections have left no descriptor for but the reserved ones.
TEST_F(HostileBytesTest, MoreConnectionsThanFilesMayBeOpenLockNobodyOutForGood) {
  query_.reset();
  ingest_.reset();
  {
    const FileLimit limit(128);
    StartServices();
  }
  ExpectBothServe(0);
  const auto known = grpc::CreateChannel(query_address_, grpc::InsecureChannelCredentials());
  ASSERT_TRUE(known->WaitForConnected(absl::ToChronoTime(absl::Now() + kPatience)));
  std::vector<std::unique_ptr<Connection>> flood;
  for (int i = 0; i < 400; ++i) {
    for (const std::string& address : {query_address_, ingest_address_}) {
      flood.push_back(std::make_unique<Connection>(address));
    }
  }
  flood.back()->ReadToTheEnd();  // refused: so the connections before it have all been looked at

  const auto timelines = treatywire::v1::TimelineService::NewStub(known);
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  treatywire::v1::WatchEventsRequest request;
  request.set_from_revision(1);
  const auto watch = timelines->WatchEvents(&context, request);
  treatywire::v1::WatchEventsResponse response;
  EXPECT_TRUE(watch->Read(&response)) << "who was there before is not served";
  context.TryCancel();
  watch->Finish();

  flood.clear();
  ExpectBothServe(1);
}

// gRPC greets whoever it takes.
TEST_F(HostileBytesTest, HostThatOpensAllConnectionsItCanLeavesOthersTheirs) {
  query_.reset();
  ingest_.reset();
  {
    const FileLimit limit(256);
    StartServices();
  }
  std::vector<std::unique_ptr<Connection>> flood;
  for (int i = 0; i < 400; ++i) {
    for (const std::string& address : {query_address_, ingest_address_}) {
      flood.push_back(std::make_unique<Connection>(address));
    }
  }
  flood.back()->ReadToTheEnd();
  for (const std::string& address : {query_address_, ingest_address_}) {
    const Connection other(address, "127.0.0.2");
    other.Send(Greeting());
    EXPECT_TRUE(other.IsAnswered()) << address;
    const Connection same(address);
    same.Send(Greeting());
    EXPECT_FALSE(same.IsAnswered()) << address;
  }
  flood.clear();
  ExpectBothServe(1);
}

}  // namespace
}  // namespace treatywire
