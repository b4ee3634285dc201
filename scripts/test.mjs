// Runs the checks and tests step by step, stops at the first failure and ends with a summary.
//
//   node scripts/test.mjs           every step
//   node scripts/test.mjs rust web  the steps of these groups: check, rust, chaos, web, e2e
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const WEB = `${ROOT}web/`;

/** Where the programs are, once they are built. */
let programs = '';

const npm = (script) => () => run('npm', ['run', '--silent', script], { cwd: WEB });
const cargo =
  (...args) =>
  () =>
    run('cargo', args);
const script = (name) => () => run('node', [`scripts/${name}`]);

/** In this order: the cheap ones first, and the web app before the server that embeds it. */
const STEPS = [
  { name: 'rust format', groups: ['check', 'rust'], run: cargo('fmt', '--all', '--check') },
  { name: 'web lockfile', groups: ['check', 'web'], run: script('lockfile.mjs') },
  {
    name: 'web packages',
    groups: ['check', 'rust', 'chaos', 'web', 'e2e'],
    run: script('web-packages.mjs'),
  },
  { name: 'chromium', groups: ['e2e'], run: chooseChromium },
  { name: 'web types', groups: ['check', 'web'], run: npm('typecheck') },
  { name: 'web lint', groups: ['check', 'web'], run: npm('lint') },
  { name: 'web tests', groups: ['web'], run: npm('test') },
  { name: 'web build', groups: ['rust', 'chaos', 'web', 'e2e'], run: npm('build') },
  {
    name: 'rust lint',
    groups: ['check', 'rust'],
    run: cargo('clippy', '--workspace', '--all-targets', '--', '--deny', 'warnings'),
  },
  { name: 'rust tests', groups: ['rust'], run: runRustTests },
  { name: 'programs', groups: ['chaos', 'e2e'], run: buildPrograms },
  { name: 'chaos', groups: ['chaos'], run: runChaos },
  { name: 'browser tests', groups: ['e2e'], run: runBrowserTests },
];

function chooseChromium() {
  process.env.CHROMIUM_PATH = output('node', ['scripts/chromium.mjs']);
}

/** With the features of the whole workspace, as the tests have them: nothing is built twice. */
function buildPrograms() {
  run('cargo', ['build', '--workspace', '--bins', '--examples']);
  const metadata = output('cargo', ['metadata', '--format-version', '1', '--no-deps']);
  programs = `${JSON.parse(metadata).target_directory}/debug`;
}

function runChaos() {
  run(`${programs}/chaos`, ['--once', '--deskwire', `${programs}/deskwire`, '--failpoints']);
}

/** Most tests wait for servers and sockets, so more of them than cores run at once. */
function runRustTests() {
  process.env.RUST_TEST_THREADS ??= '10';
  run('cargo', ['test', '--workspace']);
}

/** With databases of their own on the server that the Rust tests use, one for each worker. They wait more than they work. */
function runBrowserTests() {
  const env = { ...process.env, DESKWIRE_BIN: `${programs}/deskwire` };
  run(`${programs}/examples/with_database`, ['3', 'npm', 'run', '--silent', 'e2e'], { cwd: WEB, env });
}

/** Runs a program with its output shown; throws when it fails. */
function run(program, args, options) {
  const { error, status, signal } = spawnSync(program, args, {
    cwd: ROOT,
    stdio: 'inherit',
    ...options,
  });
  if (error) throw error;
  if (status !== 0)
    throw new Error(`\`${[program, ...args].join(' ')}\` ended with ${signal ?? status}`);
}

/** Runs a program and returns what it printed. */
function output(program, args) {
  const stdio = ['ignore', 'pipe', 'inherit'];
  return execFileSync(program, args, {
    cwd: ROOT,
    stdio,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  }).trim();
}

function stepsOf(groups) {
  const unknown = groups.filter((group) => !STEPS.some((step) => step.groups.includes(group)));
  if (unknown.length > 0) {
    const known = 'check, rust, chaos, web and e2e';
    console.error(`Unknown: ${unknown.join(', ')}. The groups are ${known}.`);
    process.exit(2);
  }
  return STEPS.filter(
    (step) => groups.length === 0 || step.groups.some((group) => groups.includes(group)),
  );
}

/** Runs one step and returns whether it passed and how long it took. */
function runStep({ name, run }) {
  console.log(`\n==> ${name}`);
  const started = performance.now();
  let result = 'passed';
  try {
    run();
  } catch (error) {
    console.error(error.message);
    result = 'failed';
  }
  const time = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  console.log(`==> ${name} ${result} in ${time}`);
  return { name, result, time };
}

function runUntilFailure(steps) {
  const rows = [];
  for (const step of steps) {
    const failed = rows.some(({ result }) => result === 'failed');
    rows.push(failed ? { name: step.name, result: 'skipped', time: '' } : runStep(step));
  }
  return rows;
}

function printSummary(rows) {
  const count = (wanted) => rows.filter(({ result }) => result === wanted).length;
  console.log();
  for (const { name, result, time } of rows) {
    console.log(`${name.padEnd(16)}${result.padEnd(8)}${time.padStart(10)}`);
  }
  const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
  console.log(`\nsteps: ${count('passed')} passed, ${count('failed')} failed${skipped}`);
}

const rows = runUntilFailure(stepsOf(process.argv.slice(2)));
printSummary(rows);
process.exitCode = rows.some(({ result }) => result === 'failed') ? 1 : 0;
