#!/usr/bin/env python3
"""Checks parties.txt, groups.txt and persons.txt against Debian's iso-codes and against themselves.

Run after an edit of any of them; prints what is wrong as FILE:LINE and exits with 1, or prints a summary.

  ./check_parties.py [--iso_codes=/usr/share/iso-codes/json]

It checks that
- every member of the United Nations and every code below has its record, once,
- every id of a state is an ISO 3166-1 code, of a former state an ISO 3166-3 code, of others a slug,
- every name that iso-codes gives a state is among the names of its record, or is listed below as left out,
- no word stands under two parties unless listed below, nor twice in one field,
- no name of a person stands twice, nor a surname that a person of another party listed has,
- every id used in `successors`, groups.txt and persons.txt exists, and every label and day is well formed.
"""

import argparse
import json
import pathlib
import re
import sys
import unicodedata

DATA = pathlib.Path(__file__).resolve().parent

UN_MEMBERS = """
AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL
CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW
GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU
LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK
PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO
TR TT TV TZ UA UG US UY UZ VC VE VN VU WS YE ZA ZM ZW
""".split()
OTHERS = "VA PS XK TW HK MO GL FO CK NU EH SUHH YUCS CSXX CSHH DDDE VDVN YDYE ZRCD".split()

# Not ISO 3166-1, but the code in use.
USER_ASSIGNED = {"XK"}

# Names of iso-codes that news does not use, or that this file gives to another record.
LEFT_OUT = {
    "EH": {"Western Sahara"},  # the territory; the record is the republic that claims it
}

# Words that name more than one party.
SHARED = {
    "Congo", "Congolese", "Korea", "Korean", "Koreans", "Brussels", "Bruxelles", "Aden", "Nationalrat",
}

# Surnames that name the one of note although others listed have them.
SHARED_SURNAMES = {
    "badawi", "barroso", "blair", "callaghan", "castro", "deng", "figueres", "maduro", "maliki", "marcos", "merz", "mladenov",
    "mubarak", "orban", "ortega", "osmani", "raab", "renzi", "stoltenberg", "tito", "xi",
}

KINDS = {"state", "former", "organisation", "movement"}
LABELS = {"GOVERNMENT", "LEGISLATURE", "COURT", "MINISTRY", "HEAD"}
FIELDS = ["party", "kind", "name", "official", "names", "demonyms", "prefixes", "capitals", "bodies",
          "successors", "from", "until"]
SINGLE = ["party", "kind", "name", "official", "from", "until"]
WORD_FIELDS = ["name", "official", "names", "demonyms", "prefixes", "capitals", "bodies"]


def fold(words):
  """Without accents, which the lexicon does not tell apart. Case stays."""
  decomposed = unicodedata.normalize("NFD", words)
  return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'")


def loose(words):
  return re.sub(r"[^a-z]+", " ", fold(words).lower().replace("&", " and ")).strip()


class Checker:
  def __init__(self):
    self.errors = []

  def error(self, path, line, what):
    self.errors.append(f"{path.name}:{line}: {what}")


def content_lines(path):
  for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
    line = re.sub(r"(^|\s)#.*$", "", line).rstrip()
    yield number, line


def split_list(value):
  return [item.strip() for item in value.split(";") if item.strip()]


def read_parties(checker, path):
  """Returns the records in order: {"party": id, "line": number, field: text or list of words, ...}."""
  records = []
  record = None
  for number, line in content_lines(path):
    if not line:
      continue
    key, colon, value = line.partition(":")
    value = value.strip()
    if not colon or key not in FIELDS:
      checker.error(path, number, f"no such field: {line!r}")
      continue
    if record is None and key != "party":
      checker.error(path, number, "a record begins with 'party:'")
      continue
    if key == "party":
      record = {"line": number}
      records.append(record)
    if not value:
      checker.error(path, number, f"{key} is empty")
    if key not in SINGLE:
      record.setdefault(key, []).extend(split_list(value))
      continue
    if key in record:
      checker.error(path, number, f"{key} given twice")
    record[key] = value
  for record in records:
    bodies = {}
    for body in record.get("bodies", []):
      words, equals, label = (part.strip() for part in body.partition("="))
      if not equals or label not in LABELS:
        checker.error(path, record["line"], f"body without a label: {body!r}")
      bodies[words] = label
    if "bodies" in record:
      record["bodies"] = list(bodies)
  return records


def check_records(checker, path, records, iso1, iso3):
  ids = {}
  for record in records:
    party, line = record["party"], record["line"]
    if party == "-":
      if "-" in ids:
        checker.error(path, line, "there is one 'party: -' only")
      ids["-"] = record
      if set(record) - {"party", "line", "names", "demonyms", "capitals"}:
        checker.error(path, line, "'party: -' has only names, demonyms and capitals")
      continue
    if party in ids:
      checker.error(path, line, f"{party} has a record already")
    ids[party] = record
    kind = record.get("kind")
    if kind not in KINDS:
      checker.error(path, line, f"{party}: kind is none of {sorted(KINDS)}")
    if "name" not in record:
      checker.error(path, line, f"{party}: no name")
    well_formed = {
        "state": party in iso1 or party in USER_ASSIGNED,
        "former": party in iso3,
    }.get(kind, re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", party) is not None)
    if not well_formed:
      checker.error(path, line, f"{party}: not an id of a {kind}")
    if (kind == "former") != ("successors" in record and kind != "organisation"):
      checker.error(path, line, f"{party}: former states, and they only, have successors")
    if kind == "former" and "until" not in record:
      checker.error(path, line, f"{party}: former states have 'until'")
    for field in ("from", "until"):
      if field in record and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", record[field]):
        checker.error(path, line, f"{party}: {field} is no day, month or year")
  for record in records:
    for successor in record.get("successors", []):
      if successor not in ids:
        checker.error(path, record["line"], f"successor {successor} has no record")
  for party in UN_MEMBERS + OTHERS:
    if party not in ids:
      checker.error(path, 1, f"{party} has no record")
  return ids


def check_words(checker, path, records):
  owners = {}  # words to the first party that has them
  kinds = {}  # kind and words to all of them
  for record in records:
    own = {}
    for field in WORD_FIELDS:
      value = record.get(field, [])
      for words in [value] if isinstance(value, str) else value:
        if re.search(r"[(),&<>|/\[\]\"]|\.\.\.|  ", words):
          checker.error(path, record["line"], f"{words!r}: punctuation that a pattern cannot hold")
        kind = {"official": "names", "name": "names"}.get(field, field)
        key = (kind, fold(words))
        if key in own and field != "official":
          checker.error(path, record["line"], f"{record['party']}: {words!r} stands twice")
        own[key] = words
    for (kind, folded), words in own.items():
      kinds.setdefault((kind, folded), set()).add(record["party"])
      if record["party"] == "-":
        continue
      # A prefix counts before a hyphen only, so that it may be another party's word.
      owner = owners.setdefault((kind == "prefixes", folded), record["party"])
      if owner != record["party"] and words not in SHARED:
        checker.error(path, record["line"], f"{words!r} stands under {owner} and {record['party']}")
  for (kind, words), parties in kinds.items():
    if "-" in parties and len(parties) > 1:
      checker.error(path, 1, f"{words!r} is said to be no party, and stands under {sorted(parties - {'-'})}")


def check_iso_names(checker, path, ids, iso1):
  for party, entry in iso1.items():
    record = ids.get(party)
    if record is None:
      continue
    names = {loose(name) for name in [record["name"], record.get("official", "")] + record.get("names", [])}
    for key in ("name", "common_name", "official_name"):
      name = entry.get(key)
      if not name or name in LEFT_OUT.get(party, ()):
        continue
      # "Bolivia, Plurinational State of" is written "Plurinational State of Bolivia".
      head, comma, tail = name.partition(", ")
      candidates = {name, f"{tail} {head}", head}
      candidates |= {re.sub(r"\bthe ", "", c, flags=re.I) for c in candidates}
      candidates |= {re.sub(r" \(.*\)| of China$", "", c) for c in candidates}
      loose_names = names | {re.sub(r"\bthe ", "", n) for n in names}
      if not loose_names & {loose(c) for c in candidates}:
        checker.error(path, record["line"], f"{party}: iso-codes calls it {name!r}")


def check_groups(checker, path, ids):
  seen = set()
  for number, line in content_lines(path):
    if not line:
      continue
    words, bar, members = (part.strip() for part in line.partition("|"))
    if not bar or not words or not members:
      checker.error(path, number, "not 'words | ids'")
      continue
    if words.lower() in seen:
      checker.error(path, number, f"{words!r} stands twice")
    seen.add(words.lower())
    if members == "-":
      continue
    for member in members.split():
      if member not in ids:
        checker.error(path, number, f"{member} has no record in parties.txt")
    if len(members.split()) < 2 or len(set(members.split())) != len(members.split()):
      checker.error(path, number, "a group has two or more different members")
  return len(seen)


def changed_office(before, after):
  """Whether one person may have acted for both, first for a state and later for an organisation."""
  return before.isupper() and after.islower()


def check_persons(checker, path, ids):
  owners = {}  # names to their line and party
  parties = {}  # names to all parties for which they have acted
  surnames = {}  # last words of full names to the parties of those who have them
  persons = 0
  for number, line in content_lines(path):
    if not line:
      continue
    names, bar, party = (part.strip() for part in line.partition("|"))
    if not bar or not names or not party:
      checker.error(path, number, "not 'names | id'")
      continue
    if party != "-" and party not in ids:
      checker.error(path, number, f"{party} has no record in parties.txt")
    persons += party != "-"
    for name in map(loose, split_list(names)):
      if name in owners and not changed_office(owners[name][1], party):
        checker.error(path, number, f"{name!r} stands in line {owners[name][0]} already")
      owners.setdefault(name, (number, party))
      parties.setdefault(name, set()).add(party)
      if " " in name and party != "-":
        surnames.setdefault(name.split()[-1], set()).add(party)
  for name, (number, party) in owners.items():
    others = surnames.get(name, set()) - parties[name]
    if others and name not in SHARED_SURNAMES:
      checker.error(path, number, f"{name!r} is the surname of somebody of {sorted(others)} too")
  return persons


def check_labelled(checker, path, labels):
  seen = set()
  for number, line in content_lines(path):
    if not line:
      continue
    words, _, label = (part.strip() for part in line.partition("|"))
    if label not in labels and label != "-":
      checker.error(path, number, f"the label is none of {sorted(labels)}")
    if words.lower() in seen:
      checker.error(path, number, f"{words!r} stands twice")
    seen.add(words.lower())
  return len(seen)


def main():
  parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
  parser.add_argument("--iso_codes", type=pathlib.Path, default=pathlib.Path("/usr/share/iso-codes/json"))
  iso_codes = parser.parse_args().iso_codes
  iso1 = {e["alpha_2"]: e for e in json.loads((iso_codes / "iso_3166-1.json").read_text("utf-8"))["3166-1"]}
  iso3 = {e["alpha_4"]: e for e in json.loads((iso_codes / "iso_3166-3.json").read_text("utf-8"))["3166-3"]}

  checker = Checker()
  path = DATA / "parties.txt"
  records = read_parties(checker, path)
  ids = check_records(checker, path, records, iso1, iso3)
  check_words(checker, path, records)
  check_iso_names(checker, path, ids, iso1)
  ids.pop("-", None)
  summary = [f"{len(ids)} parties"]
  if (DATA / "groups.txt").exists():
    summary.append(f"{check_groups(checker, DATA / 'groups.txt', ids)} groups")
  if (DATA / "persons.txt").exists():
    summary.append(f"{check_persons(checker, DATA / 'persons.txt', ids)} persons")
  if (DATA / "bodies.txt").exists():
    summary.append(f"{check_labelled(checker, DATA / 'bodies.txt', LABELS)} bodies")
  if (DATA / "offices.txt").exists():
    offices = {"HEAD", "MINISTER", "DIPLOMAT", "OFFICIAL"}
    summary.append(f"{check_labelled(checker, DATA / 'offices.txt', offices)} offices")

  print("\n".join(checker.errors) if checker.errors else ", ".join(summary))
  return 1 if checker.errors else 0


if __name__ == "__main__":
  sys.exit(main())
