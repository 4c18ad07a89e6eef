// What the programs and the protos say of themselves: flags, methods, metrics.
import {execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

export const deploy = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(deploy, '..');
const program = (name) => join(process.env.BIN, name);

// The flags of --help with their defaults.
export function flagsOf(name) {
  const help = execFileSync(program(name), ['--help'], {encoding: 'utf8'});
  const flags = new Map();
  for (const [, flag, value] of help.matchAll(/^ {2}--(\w+) {2}\(default: "(.*)"\)$/gm)) flags.set(flag, value);
  return flags;
}

// All that `treatywire` and its commands say of themselves.
export function treatywireHelp() {
  const help = (...args) => execFileSync(program('treatywire'), [...args, '--help'], {encoding: 'utf8'});
  const whole = help();
  const commands = whole.slice(whole.indexOf('Subcommands:')).matchAll(/^ {2}(\w+) /gm);
  return [whole, ...[...commands].map(([, command]) => help(command))].join('\n');
}

// The names of the protos' services.
export function servicesOf() {
  const folder = join(root, 'proto/treatywire/v1');
  const texts = readdirSync(folder).filter((name) => name.endsWith('.proto')).map((name) => readFileSync(join(folder, name), 'utf8'));
  return new Set(texts.flatMap((text) => [...text.matchAll(/^service (\w+) \{/gm)].map(([, name]) => `treatywire.v1.${name}`)));
}

// Starts a service with its metrics on; gives the process and both addresses.
async function start(name, args) {
  const child = spawn(program(name), ['--listen=127.0.0.1:0', '--metrics_listen=127.0.0.1:0', ...args], {stdio: ['ignore', 'pipe', 'pipe']});
  const log = [];
  const ended = new Promise((_, reject) => child.on('exit', () => reject(new Error(`${name} ended: ${log.join('\n')}`))));
  ended.catch(() => {});
  const address = new Promise((resolve) => createInterface({input: child.stdout}).on('line', (line) => {
    const match = /^listening on (.*)$/.exec(line);
    if (match) resolve(match[1]);
  }));
  const metrics = new Promise((resolve) => createInterface({input: child.stderr}).on('line', (line) => {
    log.push(line);
    const match = /"message":"metrics","address":"([^"]+)"/.exec(line);
    if (match) resolve(match[1]);
  }));
  return {child, address: await Promise.race([address, ended]), metrics: await Promise.race([metrics, ended])};
}

// The series of a text in Prometheus' format, by name, with the values that each label has.
function seriesOf(text, series) {
  for (const [, name, labels] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    if (!series.has(name)) series.set(name, new Map());
    for (const [, label, value] of (labels ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
      const values = series.get(name);
      if (!values.has(label)) values.set(label, new Set());
      values.get(label).add(value);
    }
  }
  return series;
}

// What both services export once they have read an article and answered a question: name -> label -> values.
export async function exportedSeries() {
  const folder = mkdtempSync(join(tmpdir(), 'treatywire-check-'));
  const children = [];
  try {
    const query = await start('query_service', [`--data_dir=${folder}`]);
    children.push(query.child);
    const ingest = await start('ingest_service', [`--query_service=${query.address}`]);
    children.push(ingest.child);
    const ask = (...args) => execFileSync(program('treatywire'), ['--query_service', query.address, '--ingest_service', ingest.address, ...args]);
    ask('health', '--wait', '60s');
    ask('ingest', '--quiet', join(root, 'examples/articles'));
    ask('agreements');
    const series = new Map();
    for (const {metrics} of [query, ingest]) seriesOf(await (await fetch(`http://${metrics}/metrics`)).text(), series);
    return series;
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, {recursive: true});
  }
}
