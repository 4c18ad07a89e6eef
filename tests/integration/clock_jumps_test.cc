// The machine's clock is set, ahead and back, while both programs run: nothing that they wait for, and no
// deadline of a client's, follows it.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/grpc_status.h"
#include "common/status.h"
#include "tests/integration/child_process.h"
#include "tests/query_service/event_log/temporary_directory.h"
#include "treatywire/v1/agreement_service.grpc.pb.h"
#include "treatywire/v1/ingest_service.grpc.pb.h"
#include "treatywire/v1/timeline_service.grpc.pb.h"

namespace treatywire {
namespace {

using treatywire::v1::AgreementService;
using treatywire::v1::IngestService;
using treatywire::v1::TimelineService;

// The wall clock of programs that are started as long as it is there (settable_clock.cc).
class SettableClock {
 public:
  explicit SettableClock(const std::string& path) {
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    EXPECT_EQ(ftruncate(file, sizeof(int64_t)), 0);
    void* mapped = mmap(nullptr, sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    EXPECT_NE(mapped, MAP_FAILED);
    seconds_ = static_cast<volatile int64_t*>(mapped);
    setenv("TREATYWIRE_TEST_CLOCK", path.c_str(), 1);
    setenv("LD_PRELOAD", SETTABLE_CLOCK_LIBRARY, 1);
  }
  ~SettableClock() {
    unsetenv("LD_PRELOAD");
    unsetenv("TREATYWIRE_TEST_CLOCK");
    munmap(const_cast<int64_t*>(seconds_), sizeof(int64_t));
  }
  SettableClock(const SettableClock&) = delete;
  SettableClock& operator=(const SettableClock&) = delete;

  // To the machine's own time plus `ahead`.
  void Set(absl::Duration ahead) { *seconds_ = absl::ToInt64Seconds(ahead); }

 private:
  volatile int64_t* seconds_ = nullptr;
};

class ClockJumpsTest : public testing::Test {
 protected:
  ClockJumpsTest() {
    StartQuery("127.0.0.1:0");
    ingest_ = std::make_unique<ChildProcess>(
        INGEST_SERVICE_PROGRAM,
        std::vector<std::string>{"--listen=127.0.0.1:0", "--query_service=" + query_address_,
                                 "--log_severity=error"});
    ingest_address_ = ingest_->ReadAddress();
    ingestion_ = IngestService::NewStub(Connect(ingest_address_));
    agreements_ = AgreementService::NewStub(Connect(query_address_));
  }

  void StartQuery(const std::string& listen) {
    query_ = std::make_unique<ChildProcess>(
        QUERY_SERVICE_PROGRAM,
        std::vector<std::string>{"--listen=" + listen, "--data_dir=" + directory_.path() + "/data",
                                 "--default_read_wait=1s", "--log_severity=error"});
    query_address_ = query_->ReadAddress();
  }

  static std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
    return grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
  }

  static void SetPatience(grpc::ClientContext& context) {
    context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
    context.set_wait_for_ready(true);
  }

  absl::Status Ingest() {
    treatywire::v1::IngestArticleRequest request;
    request.mutable_article()->set_article_id(absl::StrCat("a", ++articles_));
    request.mutable_article()->set_body("Chile and Peru signed a trade agreement in Lima on 3 March 2004.");
    treatywire::v1::IngestArticleResponse response;
    grpc::ClientContext context;
    SetPatience(context);
    const absl::Status status = FromGrpcStatus(ingestion_->IngestArticle(&context, request, &response));
    if (status.ok()) revision_ = response.revision();
    return status;
  }

  // With the client's deadline where `patience` is set, with the service's own else.
  absl::Status ReadAt(uint64_t min_revision, bool patience) {
    treatywire::v1::ListAgreementsRequest request;
    request.set_min_revision(min_revision);
    treatywire::v1::ListAgreementsResponse response;
    grpc::ClientContext context;
    if (patience) SetPatience(context);
    return FromGrpcStatus(agreements_->ListAgreements(&context, request, &response));
  }

  // Far longer than anything here takes, far shorter than the clock is set by.
  static constexpr absl::Duration kPatience = absl::Seconds(60);

  const query::TemporaryDirectory directory_;
  SettableClock clock_{directory_.path() + "/clock"};
  std::unique_ptr<ChildProcess> query_;
  std::unique_ptr<ChildProcess> ingest_;
  std::string query_address_;
  std::string ingest_address_;
  std::unique_ptr<IngestService::Stub> ingestion_;
  std::unique_ptr<AgreementService::Stub> agreements_;
  int articles_ = 0;
  uint64_t revision_ = 0;
};

// From one to the next it goes ahead and back by hours and by years.
constexpr absl::Duration kJumps[] = {absl::Hours(1), absl::Hours(-1), absl::Hours(24 * 1000),
                                     absl::ZeroDuration(), absl::Hours(-24 * 365)};

TEST_F(ClockJumpsTest, DeadlinesAreKeptAtOnceAfterEach) {
  ASSERT_TRUE(Ingest().ok());
  for (const absl::Duration ahead : kJumps) {
    SCOPED_TRACE(absl::FormatDuration(ahead));
    clock_.Set(ahead);
    const absl::Status ingested = Ingest();
    EXPECT_TRUE(ingested.ok()) << ingested;
    const absl::Status read = ReadAt(revision_, /*patience=*/true);
    EXPECT_TRUE(read.ok()) << read;
  }
}

TEST_F(ClockJumpsTest, AWaitUnderWayEndsWhenItWouldHave) {
  for (const absl::Duration ahead : kJumps) {
    SCOPED_TRACE(absl::FormatDuration(ahead));
    absl::Status waited;
    std::thread wait([&] { waited = ReadAt(1'000'000, /*patience=*/false); });
    clock_.Set(ahead);
    wait.join();
    EXPECT_EQ(waited.code(), absl::StatusCode::kDeadlineExceeded) << waited;
  }
}

TEST_F(ClockJumpsTest, WatchGoesOnInOrder) {
  const auto timelines = TimelineService::NewStub(Connect(query_address_));
  grpc::ClientContext context;
  treatywire::v1::WatchEventsRequest request;
  request.set_from_revision(1);
  const auto watch = timelines->WatchEvents(&context, request);
  uint64_t seen = 0;
  for (const absl::Duration ahead : kJumps) {
    clock_.Set(ahead);
    ASSERT_TRUE(Ingest().ok());
    treatywire::v1::WatchEventsResponse response;
    while (seen < revision_ && watch->Read(&response)) {
      EXPECT_EQ(response.revision(), seen + (response.changes().empty() ? 0 : 1));
      seen = response.revision();
    }
    EXPECT_EQ(seen, revision_);
  }
  context.TryCancel();
  watch->Finish();
}

// gRPC waits between its attempts to connect by the wall clock: set back an hour, it would for an hour.
TEST_F(ClockJumpsTest, TheIngestServiceFindsTheQueryServiceAgain) {
  ASSERT_TRUE(Ingest().ok());
  for (const absl::Duration ahead : kJumps) {
    SCOPED_TRACE(absl::FormatDuration(ahead));
    query_->Signal(SIGKILL);
    query_->Wait();
    std::thread set([&] { clock_.Set(ahead); });
    StartQuery(query_address_);
    set.join();
    const absl::Status ingested = Ingest();
    EXPECT_TRUE(ingested.ok()) << ingested;
  }
}

TEST_F(ClockJumpsTest, BothDrainAndEnd) {
  ASSERT_TRUE(Ingest().ok());
  clock_.Set(absl::Hours(-1));
  for (ChildProcess* process : {ingest_.get(), query_.get()}) {
    process->Signal(SIGTERM);
    EXPECT_EQ(process->Wait(), 0);
  }
}

}  // namespace
}  // namespace treatywire
