// Whether objects are what the API's schemas say, in the oldest and the newest version at hand: values by the schema, and
// names of fields by the types made of it, for the schema lets any other field pass.
import {createRequire} from 'node:module';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const require = createRequire(join(process.env.MODULES, 'package.json'));
const ts = require('typescript');

// The packages that know `object`'s kind.
function packagesOf({apiVersion}) {
  if (apiVersion.startsWith('monitoring.coreos.com/')) return ['@kubernetes-models/prometheus-operator'];
  if (apiVersion.startsWith('cert-manager.io/')) return ['@kubernetes-models/cert-manager'];
  return ['kubernetes-models-oldest', 'kubernetes-models'];
}
const moduleOf = (name, {apiVersion, kind}) => `${name}/${apiVersion}/${kind}`;

// What is wrong with the values of `object`.
export async function valueProblems(object) {
  const problems = [];
  for (const name of packagesOf(object)) {
    const module = await import(join(process.env.MODULES, 'node_modules', `${moduleOf(name, object)}.js`));
    const Model = module[object.kind] ?? module.default[object.kind];  // some packages are CommonJS
    try {
      new Model(object).validate();
    } catch (error) {
      problems.push(`is not valid (${name}): ${error.message}`);
    }
  }
  return problems;
}

// For each of `objects`, the fields that its kind does not have. All at once, for the compiler reads the types but once.
export function fieldProblems(objects) {
  const folder = mkdtempSync(join(process.env.MODULES, 'types-'));
  const file = join(folder, 'objects.ts');
  const owners = [];  // of each line
  const lines = [];
  objects.forEach((object, index) => packagesOf(object).forEach((name, version) => {
    const text = `import type {I${object.kind} as T${index}_${version}} from '${moduleOf(name, object)}';
export const o${index}_${version}: T${index}_${version} = ${JSON.stringify(object, null, 1)};`;
    for (const line of text.split('\n')) {
      lines.push(line);
      owners.push({index, name});
    }
  }));
  writeFileSync(file, lines.join('\n'));
  const problems = objects.map(() => []);
  try {
    const program = ts.createProgram([file], {noEmit: true, strict: true, module: ts.ModuleKind.NodeNext, skipLibCheck: true,
      moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022, types: []});
    for (const {file: source, start, messageText} of ts.getPreEmitDiagnostics(program)) {
      const text = ts.flattenDiagnosticMessageText(messageText, ' ');
      if (!source?.fileName.endsWith('objects.ts')) throw new Error(text);
      const {index, name} = owners[source.getLineAndCharacterOfPosition(start).line];
      problems[index].push(`is not typed well (${name}): ${text}`);
    }
  } finally {
    rmSync(folder, {recursive: true});
  }
  return problems;
}
