// deploy/README.md, held to what there is: options, variables, files.
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

import {deploy, flagsOf, treatywireHelp} from './programs.mjs';

const ofOthers = ['--multi-image-archive', '--output', '--from-file', '--from-literal', '--cascade', '--previous', '--replicas', '--for', '--timeout', '--wait'];
const scripts = ['deploy/image/build', 'deploy/check/run', 'tests/deploy/rolling_update'];

// What `text` tells of that there is not.
export function readmeProblems(text) {
  const root = join(deploy, '..');
  const help = treatywireHelp();
  const known = [help, ...scripts.map((path) => readFileSync(join(root, path), 'utf8')), ...ofOthers,
    ...['query_service', 'ingest_service'].flatMap((name) => [...flagsOf(name).keys()].map((flag) => `--${flag}`))].join('\n');
  const problems = [];
  const check = (holds, problem) => { if (!holds) problems.push(`README ${problem}`); };
  for (const [option] of text.matchAll(/(?<![\w-])--[a-z][a-z_-]+/g)) check(new RegExp(`${option}(?![\\w-])`).test(known), `tells of ${option}, which nothing has`);
  for (const [name] of text.matchAll(/TREATYWIRE_\w+/g)) check(help.includes(`Env:${name})`), `sets ${name}, which nobody reads`);
  for (const [, command] of text.matchAll(/^treatywire (\w+)/gm)) check(new RegExp(`^  ${command} `, 'm').test(help), `runs treatywire ${command}`);
  for (const [path] of text.matchAll(/(?<![\w/.])(?:deploy|examples|tests)\/[\w/.-]+\w/g)) {
    check(existsSync(join(root, path)) || path.endsWith('/mine'), `names ${path}, which is not there`);
  }
  for (const [, path] of text.matchAll(/`((?:components|overlays|client|image|kubernetes)\/[\w/.-]*)`/g)) {
    check(['', 'kubernetes'].some((folder) => existsSync(join(deploy, folder, path))), `names ${path}, which is not there`);
  }
  for (const [, path] of text.matchAll(/\]\((\.\.\/[\w/.-]+)\)/g)) check(existsSync(join(deploy, path)), `leads to ${path}`);
  return problems;
}
