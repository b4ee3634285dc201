// Refuses a lockfile of the web app from which something could be installed that the registry did
// not publish, or that runs code while it is installed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const LOCKFILE = new URL('../web/package-lock.json', import.meta.url);
const REGISTRY = 'https://registry.npmjs.org/';
/** SHA-512 in base64. */
const INTEGRITY = /^sha512-[A-Za-z0-9+/]{86}==$/;
/** A range of versions, or one under another name of the same registry; no URL, path or repository. */
const RANGE = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?[^:/]*$/;
const DEPENDENCIES = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
];

/** Packages that may run a script when they are installed, and why. */
const INSTALL_SCRIPTS = {
  fsevents: 'watches files for the development server, on macOS only',
};

/** What is wrong with a lockfile, one line for each fault. */
function faultsOf({ lockfileVersion, packages = {} }) {
  const faults = Object.entries(packages).flatMap(([path, entry]) => {
    const own = path === '' ? [] : faultsOfEntry(path, entry);
    return [...own, ...faultsOfRanges(entry)].map((fault) => `${path || 'package.json'}: ${fault}`);
  });
  if (lockfileVersion !== 3) faults.unshift(`lockfileVersion is ${lockfileVersion}, not 3`);
  return faults;
}

function faultsOfEntry(path, entry) {
  const { name, integrity = '', resolved = REGISTRY, link, hasInstallScript } = entry;
  const place = path.split('node_modules/').at(-1);
  const known = Object.hasOwn(INSTALL_SCRIPTS, place);
  return [
    !path.startsWith('node_modules/') && 'is not in node_modules',
    link && 'is a link',
    name !== undefined && name !== place && `is the package ${name} under another name`,
    !INTEGRITY.test(integrity) && 'has no sha512 integrity',
    !resolved.startsWith(REGISTRY) && `comes from ${resolved}`,
    hasInstallScript && !known && 'runs a script when it is installed',
  ].filter(Boolean);
}

function faultsOfRanges(entry) {
  const ranges = DEPENDENCIES.flatMap((kind) => Object.entries(entry[kind] ?? {}));
  const foreign = ranges.filter(([, range]) => !RANGE.test(range));
  return foreign.map(([name, range]) => `wants ${name} from ${range}`);
}

/** Shows that each fault is found, and that a good lockfile has none. */
function checkTheCheck() {
  const integrity = `sha512-${'A'.repeat(86)}==`;
  const lock = (entry, path = 'node_modules/@a/b') => ({
    lockfileVersion: 3,
    packages: { '': { dependencies: { '@a/b': '^1.0.0 || 2.x' } }, [path]: { integrity, ...entry } },
  });
  const good = [
    {},
    { resolved: `${REGISTRY}@a/b/-/b-1.0.0.tgz` },
    { name: '@a/b' },
    { peerDependencies: { c: 'npm:@d/c@>=1', e: '*' } },
  ];
  for (const entry of good) assert.deepEqual(faultsOf(lock(entry)), []);
  const known = lock({ hasInstallScript: true }, 'node_modules/a/node_modules/fsevents');
  assert.deepEqual(faultsOf(known), []);

  const bad = [
    [{ integrity: undefined }, /no sha512/],
    [{ integrity: `sha1-${'A'.repeat(27)}=` }, /no sha512/],
    [{ integrity: `sha1-x ${integrity}` }, /no sha512/],
    [{ resolved: 'http://registry.npmjs.org/a.tgz' }, /comes from http:/],
    [{ resolved: 'https://registry.npmjs.org.evil.example/a.tgz' }, /comes from https:.*evil/],
    [{ resolved: 'git+ssh://git@github.com/a/b.git#1' }, /comes from git/],
    [{ resolved: 'file:../b' }, /comes from file:/],
    [{ link: true }, /is a link/],
    [{ name: 'c' }, /under another name/],
    [{ hasInstallScript: true }, /runs a script/],
    [{ dependencies: { c: 'git+https://github.com/a/c' } }, /wants c from git/],
    [{ dependencies: { c: 'https://evil.example/c.tgz' } }, /wants c from https/],
    [{ optionalDependencies: { c: 'file:../c' } }, /wants c from file/],
    [{ peerDependencies: { c: 'someone/c' } }, /wants c from someone/],
    [{ devDependencies: { c: 'npm:@d/c@file:../c' } }, /wants c from npm:/],
  ];
  for (const [entry, fault] of bad) assert.match(faultsOf(lock(entry)).join('\n'), fault);
  assert.match(faultsOf(lock({}, '../elsewhere')).join('\n'), /not in node_modules/);
  assert.match(faultsOf({ ...lock({}), lockfileVersion: 1 }).join('\n'), /lockfileVersion/);
}

checkTheCheck();
const lockfile = JSON.parse(readFileSync(LOCKFILE, 'utf8'));
const faults = faultsOf(lockfile);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`${Object.keys(lockfile.packages).length - 1} packages, each of the registry and hashed`);
