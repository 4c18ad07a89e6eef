#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status.h"
#include "common/status_macros.h"
#include "tools/treatywire/article_file.h"
#include "tools/treatywire/article_source.h"
#include "tools/treatywire/call.h"
#include "tools/treatywire/commands.h"
#include "tools/treatywire/display_text.h"
#include "tools/treatywire/error_text.h"
#include "tools/treatywire/ingestion.h"
#include "tools/treatywire/options.h"
#include "tools/treatywire/record_text.h"
#include "treatywire/v1/ingest_service.grpc.pb.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;

struct IngestOptions {
  std::vector<std::string> paths;
  ArticleSource::Options source;
  Ingestion::Options ingestion;
  bool quiet = false;
};

// Tells the user what became of each article and, at the end, of all.
class Report {
 public:
  Report(const Session& session, const ArticleSource& source, bool quiet)
      : session_(session), source_(source), quiet_(quiet) {}

  void Add(const IngestOutcome& outcome) {
    ++(outcome.answer.ok() ? ingested_ : refused_);
    if (outcome.answer.ok()) {
      known_ += outcome.answer->already_present();
      events_ += outcome.answer->event_count();
      revision_ = std::max(revision_, outcome.answer->revision());
    }
    ClearProgress();
    if (session_.json()) {
      WriteJson(outcome);
    } else {
      WriteText(outcome);
    }
    ShowProgress();
  }

  absl::Status Finish(const absl::Status& status) {
    ClearProgress();
    TW_RETURN_IF_ERROR(json_status_);
    if (!session_.json()) session_.out() << Summary() << std::endl;
    if (!status.ok()) return status;
    if (refused_ > 0) return absl::FailedPreconditionError(absl::StrCat(refused_, " not ingested"));
    return absl::OkStatus();
  }

 private:
  void WriteJson(const IngestOutcome& outcome) {
    v1::IngestArticlesResponse response;
    response.set_sequence(outcome.sequence);
    if (outcome.answer.ok()) {
      *response.mutable_ingested() = *outcome.answer;
    } else {
      *response.mutable_error() = ToRpcStatus(outcome.answer.status());
      response.mutable_error()->clear_details();  // of types that JSON readers may not know
      session_.err() << PrintableText(outcome.origin) << ": " << ErrorText(outcome.answer.status())
                     << std::endl;
    }
    if (json_status_.ok()) json_status_ = session_.WriteJson(response);
  }

  void WriteText(const IngestOutcome& outcome) const {
    const std::string origin = PrintableText(outcome.origin);
    if (!outcome.answer.ok()) {
      session_.err() << origin << ": " << ErrorText(outcome.answer.status()) << std::endl;
    } else if (!quiet_) {
      const v1::IngestArticleResponse& answer = *outcome.answer;
      session_.out() << origin << ": " << PrintableText(answer.article()) << ", " << answer.event_count()
                     << (answer.event_count() == 1 ? " event" : " events") << ", revision "
                     << answer.revision() << (answer.already_present() ? " (known already)" : "")
                     << std::endl;
    }
  }

  std::string Summary() const {
    std::string summary = absl::StrCat(ingested_, ingested_ == 1 ? " article" : " articles", " ingested");
    if (known_ > 0) absl::StrAppend(&summary, " (", known_, " known already)");
    absl::StrAppend(&summary, ", ", events_, events_ == 1 ? " event" : " events");
    if (refused_ > 0) absl::StrAppend(&summary, ", ", refused_, " not ingested");
    if (revision_ > 0) absl::StrAppend(&summary, "; the record is at revision ", revision_, " or later");
    return summary;
  }

  void ShowProgress() {
    if (!session_.environment().shows_progress) return;
    session_.err() << "\r\x1b[K" << Summary() << "; " << source_.paths_left() << " files left" << std::flush;
    progress_shown_ = true;
  }

  void ClearProgress() {
    if (progress_shown_) session_.err() << "\r\x1b[K" << std::flush;
    progress_shown_ = false;
  }

  const Session& session_;
  const ArticleSource& source_;
  const bool quiet_;
  bool progress_shown_ = false;
  uint64_t ingested_ = 0;
  uint64_t known_ = 0;
  uint64_t refused_ = 0;
  uint64_t events_ = 0;
  uint64_t revision_ = 0;
  absl::Status json_status_;
};

absl::Status RunIngest(Session& session, const IngestOptions& options) {
  ArticleSource::Options source_options = options.source;
  source_options.standard_input = session.environment().in;
  ArticleSource source(options.paths, source_options);
  Report report(session, source, options.quiet);
  Ingestion ingestion(source, session.ingest_channel(), session.environment(), options.ingestion,
                      [&report](const IngestOutcome& outcome) { report.Add(outcome); });
  return report.Finish(ingestion.Run());
}

// What the service makes of each article; goes on where it refuses one.
absl::Status RunParse(Session& session, const IngestOptions& options) {
  ArticleSource::Options source_options = options.source;
  source_options.standard_input = session.environment().in;
  ArticleSource source(options.paths, source_options);
  v1::IngestService::Stub stub(session.ingest_channel());
  uint64_t refused = 0;
  while (auto item = source.Next()) {
    absl::Status status = item->article.status();
    if (status.ok()) {
      v1::ParseArticleRequest request;
      *request.mutable_article() = *std::move(item->article);
      const auto parsed = Call(session, stub, &v1::IngestService::Stub::ParseArticle, request);
      status = parsed.status();
      if (ExitCodeOf(status) == ExitCode::kUnreachable) return status;
      if (status.ok() && session.json()) {
        TW_RETURN_IF_ERROR(session.WriteJson(*parsed));
      } else if (status.ok()) {
        session.out() << PrintableText(item->origin) << "\n" << ExtractionText(*parsed, session.width());
      }
    }
    if (!status.ok()) {
      session.err() << PrintableText(item->origin) << ": " << ErrorText(status) << std::endl;
      ++refused;
    }
  }
  if (refused > 0) return absl::FailedPreconditionError(absl::StrCat(refused, " not read"));
  return absl::OkStatus();
}

void AddSource(CLI::App& command, const std::shared_ptr<IngestOptions>& options) {
  command
      .add_option(
          "files", options->paths,
          "files, folders, or - for standard input (JSON lines). Text and Markdown may begin with a front "
          "matter; .jsonl files hold an Article as JSON a line")
      ->required()
      ->type_name("");
  v1::Article& defaults = options->source.defaults;
  AddText(
      command, "--publisher", [&defaults](const std::string& name) { defaults.set_publisher(name); },
      "of articles that do not say it themselves");
  AddText(
      command, "--published",
      [&defaults](const std::string& text) {
        auto time = ParsePublishTime(text);
        if (!time.ok()) throw CLI::ValidationError("--published", std::string(time.status().message()));
        *defaults.mutable_publish_time() = *std::move(time);
      },
      "of articles that do not say it themselves; without it \"on Friday\" has no date")
      ->type_name("TIME");
  AddText(
      command, "--mime_type", [options](const std::string& type) { options->source.mime_type = type; },
      "of all files but JSON ones, instead of what their names say")
      ->type_name("TYPE");
}

}  // namespace

void AddIngestCommand(CLI::App& app, Command* chosen) {
  CLI::App* command = app.add_subcommand("ingest", "Sends articles to the ingest service");
  const auto options = std::make_shared<IngestOptions>();
  AddSource(*command, options);
  command->add_flag("--quiet", options->quiet, "no line for each article");
  AddDuration(*command, "--give_up_after", &options->ingestion.give_up_after,
              "how long to try again while the service answers nothing (60s)");
  command->callback(
      [options, chosen] { *chosen = [options](Session& session) { return RunIngest(session, *options); }; });
}

void AddParseCommand(CLI::App& app, Command* chosen) {
  CLI::App* command =
      app.add_subcommand("parse", "Shows what articles say, without taking them into the record");
  const auto options = std::make_shared<IngestOptions>();
  AddSource(*command, options);
  command->callback(
      [options, chosen] { *chosen = [options](Session& session) { return RunParse(session, *options); }; });
}

}  // namespace treatywire::tools
