#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <memory>
#include <string>

#include "common/grpc_status.h"
#include "common/status_macros.h"
#include "query_service/backup/backup_check.h"
#include "query_service/backup/backup_file.h"
#include "query_service/backup/restore.h"
#include "tools/treatywire/commands.h"
#include "tools/treatywire/display_text.h"
#include "tools/treatywire/options.h"
#include "tools/treatywire/session.h"
#include "treatywire/v1/backup_service.grpc.pb.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;
using query::BackupCheck;
using query::BackupFileWriter;
using query::BackupSummary;

// Says what a backup has: in JSON the two parts that tell it.
absl::Status Tell(Session& session, const BackupSummary& summary, const std::string& done) {
  if (session.json()) {
    v1::BackupResponse header;
    v1::BackupResponse trailer;
    header.mutable_header()->set_log_id(summary.log_id);
    header.mutable_header()->set_revision(summary.revision);
    trailer.mutable_trailer()->set_revision(summary.revision);
    trailer.mutable_trailer()->set_sha256(summary.sha256);
    TW_RETURN_IF_ERROR(session.WriteJson(header));
    return session.WriteJson(trailer);
  }
  session.out() << done << ": " << summary.revision << " revisions of log " << PrintableText(summary.log_id)
                << ", SHA-256 " << summary.sha256 << "\n";
  return absl::OkStatus();
}

// Takes the stream into the file. Cancels the call where the file cannot be written, or the parts make no
// backup.
absl::Status Receive(Session& session, BackupFileWriter* file, BackupCheck* check) {
  v1::BackupService::Stub stub(session.query_channel());
  grpc::ClientContext context;
  session.environment().on_interrupt([&context] { context.TryCancel(); });
  const auto stream = stub.Backup(&context, v1::BackupRequest());
  absl::Status taken;
  v1::BackupResponse part;
  while (taken.ok() && stream->Read(&part)) {
    taken = check->Take(part);
    if (taken.ok()) taken = file->Write(part);
  }
  if (!taken.ok()) context.TryCancel();
  const absl::Status ended = FromGrpcStatus(stream->Finish());
  session.environment().on_interrupt({});
  TW_RETURN_IF_ERROR(taken);
  TW_RETURN_IF_ERROR(ended);
  return check->Finish();
}

absl::Status RunBackup(Session& session, const std::string& path) {
  TW_ASSIGN_OR_RETURN(const std::unique_ptr<BackupFileWriter> file, BackupFileWriter::Create(path));
  BackupCheck check;
  TW_RETURN_IF_ERROR(Receive(session, file.get(), &check));
  TW_RETURN_IF_ERROR(file->Commit());
  return Tell(session, check.summary(), "backed up into " + PrintableText(path));
}

void AddBackup(CLI::App& app, Command* chosen) {
  CLI::App* command =
      app.add_subcommand("backup", "Copies the event log into a file while the query service serves it");
  const auto path = std::make_shared<std::string>();
  AddText(
      *command, "file", [path](const std::string& text) { *path = text; },
      "the file to make; one that is there is not overwritten")
      ->required()
      ->type_name("");
  command->callback(
      [path, chosen] { *chosen = [path](Session& session) { return RunBackup(session, *path); }; });
}

struct RestoreOptions {
  std::string file;
  std::string data_dir;
  bool check = false;
};

absl::Status RunRestore(Session& session, const RestoreOptions& options) {
  if (options.check) {
    TW_ASSIGN_OR_RETURN(const BackupSummary summary,
                        query::ReadBackupFile(options.file, [](const auto&) { return absl::OkStatus(); }));
    return Tell(session, summary, PrintableText(options.file) + " is whole");
  }
  TW_ASSIGN_OR_RETURN(const BackupSummary summary, query::RestoreBackup(options.file, options.data_dir));
  TW_RETURN_IF_ERROR(Tell(session, summary, "restored into " + PrintableText(options.data_dir)));
  session.err()
      << "treatywire: query_service --data_dir=" << PrintableText(options.data_dir)
      << " serves it, as a log of its own: page tokens and watches of the other are refused there\n";
  return absl::OkStatus();
}

void AddRestore(CLI::App& app, Command* chosen) {
  CLI::App* command = app.add_subcommand(
      "restore", "Makes an event log of a backup, in a folder of this machine; asks no service");
  const auto options = std::make_shared<RestoreOptions>();
  AddText(
      *command, "file", [options](const std::string& text) { options->file = text; }, "what backup made")
      ->required()
      ->type_name("");
  CLI::Option* data_dir = AddText(
      *command, "--data_dir", [options](const std::string& text) { options->data_dir = text; },
      "the folder to restore into, as for query_service; made where it is missing, refused where it is not "
      "empty");
  data_dir->type_name("DIR");
  CLI::Option* check =
      command->add_flag("--check", options->check, "read and check the backup, and write nothing");
  data_dir->excludes(check);
  command->callback([options, chosen] {
    if (options->data_dir.empty() && !options->check) throw CLI::RequiredError("--data_dir or --check");
    *chosen = [options](Session& session) { return RunRestore(session, *options); };
  });
}

}  // namespace

void AddBackupCommands(CLI::App& app, Command* chosen) {
  AddBackup(app, chosen);
  AddRestore(app, chosen);
}

}  // namespace treatywire::tools
