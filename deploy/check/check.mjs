// Renders the base, every overlay, and every component alone, and holds them to what an operator relies on (rules.mjs).
// Then breaks them, one rule after the other, to see that each rule notices.
import {execFileSync} from 'node:child_process';
import {createRequire} from 'node:module';
import {mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';

import {ofBase, ofProduction, parts} from './breakages.mjs';
import {deploy, exportedSeries} from './programs.mjs';
import {readmeProblems} from './readme.mjs';
import {portOf, problemsOf, programs} from './rules.mjs';
import {fieldProblems} from './schema.mjs';

const YAML = createRequire(join(process.env.MODULES, 'package.json'))('yaml');
const kubernetes = join(deploy, 'kubernetes');
const parse = (text) => YAML.parseAllDocuments(text).map((document) => document.toJS());
const render = (folder) => execFileSync('kubectl', ['kustomize', folder], {encoding: 'utf8'});

// Components that are of no use without another.
const needs = {auth: ['tls'], mtls: ['tls'], 'cert-manager': ['tls']};

// The base with some components, as an overlay of one's own would have it.
function renderWith(components) {
  const folder = mkdtempSync(join(tmpdir(), 'treatywire-overlay-'));
  try {
    const path = (name) => relative(folder, join(kubernetes, name));
    writeFileSync(join(folder, 'kustomization.yaml'), YAML.stringify({
      apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', namespace: 'treatywire',
      resources: [path('base')], components: components.map((name) => path(`components/${name}`))}));
    return render(folder);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

let failed = 0;
const report = (problem) => { console.error(`check: ${problem}`); failed++; };

const components = readdirSync(join(kubernetes, 'components'));
const rendered = {base: render(join(kubernetes, 'base'))};
for (const name of readdirSync(join(kubernetes, 'overlays'))) rendered[`overlays/${name}`] = render(join(kubernetes, 'overlays', name));
for (const name of components) rendered[`components/${name}`] = renderWith([...(needs[name] ?? []), name]);
// With the base, whose claim it mounts.
rendered.restore = `${rendered.base}\n---\n${render(join(kubernetes, 'restore'))}`;
rendered['all components'] = renderWith(['tls', ...components.filter((name) => name !== 'tls')]);

const cases = [];
const add = (name, text, mustBreak, change = () => {}) => {
  const objects = parse(text);
  change(parts(objects));
  cases.push({name, objects, mustBreak});
};
for (const [name, text] of Object.entries(rendered)) add(name, text, false);
for (const [name, change] of Object.entries(ofBase)) add(name, rendered.base, true, change);
for (const [name, change] of Object.entries(ofProduction)) add(name, rendered['overlays/production'], true, change);

// Most objects are the same in many cases.
const unique = new Map(cases.flatMap(({objects}) => objects).map((object) => [JSON.stringify(object), object]));
const fields = new Map();
fieldProblems([...unique.values()]).forEach((problems, index) => fields.set([...unique.keys()][index], problems));

const series = await exportedSeries();
for (const {name, objects, mustBreak} of cases) {
  const problems = [...objects.flatMap((object) => fields.get(JSON.stringify(object)).map((problem) => `${object.kind} ${problem}`)),
    ...await problemsOf(objects, series)];
  if (mustBreak && problems.length === 0) report(`nobody notices ${name}`);
  if (mustBreak) continue;
  problems.forEach((problem) => report(`${name}: ${problem}`));
  console.log(`check: ${name}: ${objects.length} objects, ${problems.length} problems`);
}
console.log(`check: ${cases.filter(({mustBreak}) => mustBreak).length} ways to break it tried`);

const containerfile = readFileSync(join(deploy, 'image/Containerfile'), 'utf8');
for (const {flags, target} of Object.values(programs)) {
  const stage = containerfile.slice(containerfile.indexOf(`AS ${target}`));
  if (Number(/EXPOSE (\d+)/.exec(stage)[1]) !== portOf(flags.get('listen'))) report(`the image of ${target} exposes another port`);
  if (!/USER 65532:65532/.test(stage)) report(`the image of ${target} runs as root`);
}
const readme = readFileSync(join(deploy, 'README.md'), 'utf8');
readmeProblems(readme).forEach(report);
const wrong = {'an option': ' --no_such_option', 'a variable': ' TREATYWIRE_NOTHING', 'a command': '\ntreatywire dance', 'a file': ' deploy/nothing.yaml'};
for (const [name, text] of Object.entries(wrong)) if (readmeProblems(text).length === 0) report(`nobody notices ${name} that there is not in the README`);
process.exit(failed ? 1 : 0);
