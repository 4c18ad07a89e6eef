#include "query_service/image/program_identity.h"

#include <elf.h>
#include <link.h>
#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace treatywire::query {
namespace {

// Of a segment of notes: the build id; empty where it has none.
std::string BuildIdIn(absl::string_view notes) {
  constexpr size_t kAlignment = 4;
  const auto padded = [](size_t size) { return (size + kAlignment - 1) / kAlignment * kAlignment; };
  while (notes.size() >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) head;
    std::memcpy(&head, notes.data(), sizeof(head));
    notes.remove_prefix(sizeof(head));
    if (notes.size() < padded(head.n_namesz) + head.n_descsz) break;
    const absl::string_view name = notes.substr(0, head.n_namesz);
    const absl::string_view id = notes.substr(padded(head.n_namesz), head.n_descsz);
    if (head.n_type == NT_GNU_BUILD_ID && name == absl::string_view("GNU\0", 4)) return std::string(id);
    notes.remove_prefix(std::min(notes.size(), padded(head.n_namesz) + padded(head.n_descsz)));
  }
  return "";
}

// The first object that is visited is the program; what it is linked with at start comes after.
int ReadProgram(dl_phdr_info* object, size_t, void* build_id) {
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = object->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE) continue;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): where the loader put it
    const auto* notes = reinterpret_cast<const char*>(object->dlpi_addr + segment.p_vaddr);
    const std::string found = BuildIdIn(absl::string_view(notes, segment.p_memsz));
    if (!found.empty()) *static_cast<std::string*>(build_id) = found;
  }
  return 1;
}

}  // namespace

std::string ProgramIdentity() {
  std::string build_id;
  dl_iterate_phdr(&ReadProgram, &build_id);
  if (build_id.empty()) return "";
  UVersionInfo icu;
  u_getVersion(icu);
  char icu_text[U_MAX_VERSION_STRING_LENGTH];
  u_versionToString(icu, icu_text);
  return absl::StrCat(absl::BytesToHexString(build_id), " icu ", icu_text);
}

}  // namespace treatywire::query
