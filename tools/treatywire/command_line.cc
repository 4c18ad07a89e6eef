#include "tools/treatywire/command_line.h"

#include <grpcpp/security/credentials.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/flags.h"
#include "common/status_macros.h"
#include "common/tls.h"
#include "tools/treatywire/commands.h"
#include "tools/treatywire/display_text.h"
#include "tools/treatywire/options.h"

namespace treatywire::tools {
namespace {

constexpr char kPurpose[] =
    "Asks and feeds Treatywire: one sourced record of agreements between states.\n"
    "Exits 0 when done, 1 when something was refused or not found, 2 for a wrong command line, 3 when a "
    "service "
    "cannot be reached.";

void AddSettings(CLI::App& app, Settings* settings) {
  app.add_flag("--json", settings->json, "proto3 JSON, a line a resource, instead of tables");
  app.add_option("--query_service", settings->query_service, "where the query service listens")
      ->envname("TREATYWIRE_QUERY_SERVICE")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  app.add_option("--ingest_service", settings->ingest_service, "where the ingest service listens")
      ->envname("TREATYWIRE_INGEST_SERVICE")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  AddDuration(app, "--timeout", &settings->timeout, "for each call but watches, ingestion and backups (30s)");
  app.add_option("--width", settings->width, "columns of tables and pages; 0: no limit. Else the terminal's")
      ->check(CLI::Range(0, 10000))
      ->type_name("N");
}

// The files of a TLS connection, as the command line names them.
struct TlsOptions {
  TlsFiles files;
  std::string token_file;
  std::string name;
};

void AddTlsOptions(CLI::App& app, TlsOptions* tls) {
  app.add_option(
         "--tls_authorities", tls->files.authorities,
         "PEM file of authorities that the services' certificates are believed by; without it plaintext")
      ->envname("TREATYWIRE_TLS_AUTHORITIES")
      ->type_name("FILE");
  app.add_option("--tls_certificate", tls->files.certificate, "PEM file with the certificate to show")
      ->envname("TREATYWIRE_TLS_CERTIFICATE")
      ->type_name("FILE");
  app.add_option("--tls_key", tls->files.key, "PEM file with its private key")
      ->envname("TREATYWIRE_TLS_KEY")
      ->type_name("FILE");
  app.add_option(
         "--tls_name", tls->name,
         "name that the services' certificates must be for, where they are called by another, as localhost")
      ->envname("TREATYWIRE_TLS_NAME")
      ->type_name("NAME");
  app.add_option("--token_file", tls->token_file, "file with the token to show")
      ->envname("TREATYWIRE_TOKEN_FILE")
      ->type_name("FILE");
}

// Null for plaintext. INVALID_ARGUMENT and NOT_FOUND for files that are of no use.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> Credentials(const TlsOptions& tls) {
  if (tls.files.authorities.empty()) {
    if (!tls.files.certificate.empty() || !tls.files.key.empty() || !tls.token_file.empty() ||
        !tls.name.empty()) {
      return absl::InvalidArgumentError(
          "--tls_certificate, --tls_key, --tls_name and --token_file need --tls_authorities");
    }
    return nullptr;
  }
  TW_ASSIGN_OR_RETURN(std::shared_ptr<grpc::ChannelCredentials> credentials,
                      TlsChannelCredentials(tls.files));
  if (tls.token_file.empty()) return credentials;
  return WithToken(credentials, tls.token_file);
}

void AddCommands(CLI::App& app, Command* chosen) {
  AddIngestCommand(app, chosen);
  AddParseCommand(app, chosen);
  AddAgreementCommands(app, chosen);
  AddTimelineCommands(app, chosen);
  AddWatchCommand(app, chosen);
  AddPartyCommands(app, chosen);
  AddArticleCommands(app, chosen);
  AddBackupCommands(app, chosen);
  AddExportCommand(app, chosen);
  AddHealthCommand(app, chosen);
  app.require_subcommand(1);
  // Settings may stand after the command, too.
  for (CLI::App* command : app.get_subcommands({})) command->fallthrough();
}

// Says what is wrong with the services, and where they were looked for.
void Explain(const absl::Status& status, const Settings& settings, std::ostream& err) {
  err << "treatywire: " << ErrorText(status) << "\n";
  if (ExitCodeOf(status) == ExitCode::kUnreachable) {
    err << "  asked: query service at " << PrintableText(settings.query_service)
        << " (--query_service), ingest service at " << PrintableText(settings.ingest_service)
        << " (--ingest_service); ./run starts both\n";
  }
}

}  // namespace

ExitCode RunCommandLine(const std::vector<std::string>& arguments, const Environment& environment) {
  CLI::App app(kPurpose, "treatywire");
  app.set_version_flag("--version", absl::StrCat("treatywire ", ProjectVersion()));
  Settings settings;
  settings.width = environment.terminal_width;
  settings.query_service = "127.0.0.1:50052";
  settings.ingest_service = "127.0.0.1:50051";
  Command command;
  AddSettings(app, &settings);
  TlsOptions tls;
  AddTlsOptions(app, &tls);
  AddCommands(app, &command);
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // as CLI11 wants them
    app.parse(std::move(reversed));
  } catch (const CLI::Error& error) {
    const int code = app.exit(error, *environment.out, *environment.err);
    return code == 0 ? ExitCode::kDone : ExitCode::kBadCommandLine;
  }
  auto credentials = Credentials(tls);
  if (!credentials.ok()) {
    *environment.err << "treatywire: " << ErrorText(credentials.status()) << "\n";
    return ExitCode::kBadCommandLine;
  }
  settings.transport = {*std::move(credentials), tls.name};
  Session session(environment, settings);
  const absl::Status status = command(session);
  environment.out->flush();
  if (!status.ok()) Explain(status, settings, *environment.err);
  if (status.ok() && !environment.out->good()) return ExitCode::kRefused;
  return ExitCodeOf(status);
}

}  // namespace treatywire::tools
