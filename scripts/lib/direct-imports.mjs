import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';

const FROM_INDEX = /^export \{([^}]*)\} from '(\.\/[^']+)';$/gm;
const OF_PACKAGE = /^import \{([^}]*)\} from '@statewright\/([a-z]+)';$/gm;

/** By package, the module that each name of its index comes from. */
const modules = new Map();

function modulesOf(name) {
  if (!modules.has(name)) {
    const folder = path.join(ROOT, 'packages', name, 'dist');
    const found = new Map();
    const index = readFileSync(path.join(folder, 'index.js'), 'utf8');
    for (const [, names, file] of index.matchAll(FROM_INDEX)) {
      for (const each of namesOf(names)) found.set(each, path.join(folder, file));
    }
    modules.set(name, found);
  }
  return modules.get(name);
}

function namesOf(text) {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/**
 * A compiled module in which what comes from a package's index comes from where the index has it from. Through the index, the
 * bundler would put all of a package that any command needs into what every command loads that needs anything of it.
 */
export function withDirectImports(text) {
  return text.replace(OF_PACKAGE, (statement, names, name) => {
    const known = modulesOf(name);
    const lines = namesOf(names).map((each) => {
      const file = known.get(each.split(' as ')[0]);
      if (file === undefined) throw new Error(`the index of ${name} does not export ${each}: ${statement}`);
      return `import { ${each} } from ${JSON.stringify(file)};`;
    });
    // On one line, so that places in the rest of the module stay.
    return lines.join(' ');
  });
}
