#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "tools/treatywire/call.h"
#include "tools/treatywire/commands.h"
#include "tools/treatywire/event_codes.h"
#include "tools/treatywire/event_rows.h"
#include "tools/treatywire/options.h"
#include "treatywire/v1/timeline_service.grpc.pb.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;
using Stub = v1::TimelineService::Stub;

enum class Format { kCsv, kJsonLines };

struct ExportOptions {
  v1::ListEventsRequest request;
  Format format = Format::kCsv;
  bool codes = false;
  int limit = 0;
};

absl::Status Write(const Session& session, absl::string_view text) {
  session.out() << text;
  return session.out().good() ? absl::OkStatus()
                              : absl::AbortedError("standard output was closed, or its disk is full");
}

// The table of codes, for those who want to check or join it.
absl::Status WriteCodes(const Session& session) {
  TW_RETURN_IF_ERROR(Write(session,
                           "event_type,modality,condition,cameo_code,cameo_name,quad_class,plover_event,"
                           "plover_mode,plover_context\r\n"));
  for (const CodeRule& rule : CodeRules()) {
    const EventRow row{{absl::StrCat(v1::EventType_Name(rule.type).substr(sizeof("EVENT_TYPE_") - 1)),
                        absl::StrCat(v1::Modality_Name(rule.modality).substr(sizeof("MODALITY_") - 1)),
                        rule.condition, rule.code.cameo, rule.code.cameo_name,
                        absl::StrCat(QuadClass(rule.code)), rule.code.plover, rule.code.mode,
                        rule.code.context}};
    TW_RETURN_IF_ERROR(Write(session, CsvLine(row)));
  }
  return absl::OkStatus();
}

// Writes each page as it comes: an export may be larger than memory.
absl::Status RunExport(Session& session, const ExportOptions& options) {
  if (options.codes) return WriteCodes(session);
  const bool csv = options.format == Format::kCsv && !session.json();
  if (csv) TW_RETURN_IF_ERROR(Write(session, CsvHeader()));
  size_t events = 0;
  size_t rows = 0;
  uint64_t revision = 0;
  Stub stub(session.query_channel());
  const auto write_page = [&](const v1::ListEventsResponse& page) -> absl::Status {
    revision = page.revision();
    for (const v1::EventRecord& event : page.events()) {
      if (options.limit > 0 && events == static_cast<size_t>(options.limit)) break;
      ++events;
      for (const EventRow& row : RowsOf(event)) {
        ++rows;
        TW_RETURN_IF_ERROR(Write(session, csv ? CsvLine(row) : JsonLine(row)));
      }
    }
    return absl::OkStatus();
  };
  TW_RETURN_IF_ERROR(
      CallForPages(session, stub, &Stub::ListEvents, options.request, options.limit, write_page));
  session.err() << rows << " rows of " << events << " events at revision " << revision << "\n";
  return absl::OkStatus();
}

void SetFormat(const std::string& word, Format* format) {
  if (word == "csv") {
    *format = Format::kCsv;
  } else if (word == "jsonl") {
    *format = Format::kJsonLines;
  } else {
    throw CLI::ValidationError("--format", absl::StrCat("\"", word, "\" is none of csv, jsonl"));
  }
}

}  // namespace

void AddExportCommand(CLI::App& app, Command* chosen) {
  CLI::App* command = app.add_subcommand("export",
                                         "Writes events with their CAMEO and PLOVER codes as CSV or JSON "
                                         "Lines, a row for each source and target");
  const auto options = std::make_shared<ExportOptions>();
  AddText(
      *command, "--format", [options](const std::string& word) { SetFormat(word, &options->format); },
      "csv (when not given), or jsonl")
      ->type_name("WORD");
  command->add_flag("--codes", options->codes, "write the table of codes instead, as CSV; asks no service");
  AddEventFilter(*command, [options] { return options->request.mutable_filter(); });
  AddKnownAt(*command, [options] { return options->request.mutable_as_of(); });
  AddLimit(*command, &options->limit, 0);
  command->callback(
      [options, chosen] { *chosen = [options](Session& session) { return RunExport(session, *options); }; });
}

}  // namespace treatywire::tools
