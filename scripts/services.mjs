// Brings up MySQL and Redis, runs a command with their addresses, and takes everything down again.
//
//   node scripts/services.mjs -- cargo test    runs the command and ends with its exit code
//   node scripts/services.mjs                  prints the addresses and stays up until Ctrl-C
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGroup } from './machine/process-groups.mjs';
import { bringUp } from './services/bring-up.mjs';
import { mysql } from './services/mysql.mjs';
import { redis } from './services/redis.mjs';

async function main() {
  const [first, ...rest] = process.argv.slice(2);
  const command = first === '--' ? rest : [];
  if (first && command.length === 0) {
    console.error('Usage: node scripts/services.mjs [-- COMMAND...]');
    return 2;
  }

  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => interrupted.abort(signal));
  }

  try {
    return await withServices(interrupted.signal, (addresses) =>
      command.length > 0
        ? runCommand(command, addresses, interrupted.signal)
        : stayUp(addresses, interrupted.signal),
    );
  } catch (error) {
    if (interrupted.signal.aborted) return exitCodeOf(interrupted.signal.reason);
    console.error(error.message);
    return 1;
  }
}

/** Calls `use` with the addresses by variable; whatever happens, nothing is left behind. */
async function withServices(signal, use) {
  const folder = await mkdtemp(join(tmpdir(), 'deskwire-'));
  const running = [];
  try {
    const addresses = {};
    for (const service of [mysql, redis]) {
      const started = performance.now();
      const { url, origin, stop } = await bringUp(service, { folder, signal });
      running.push(stop);
      addresses[service.variable] = url;
      console.error(`${service.name}: ${origin}, ready in ${seconds(performance.now() - started)}`);
    }
    return await use(addresses);
  } finally {
    await Promise.allSettled(running.map((stop) => stop()));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs the command to its end and returns its exit code. An interruption is passed on to it. */
async function runCommand([program, ...args], addresses, interrupted) {
  interrupted.throwIfAborted();
  const group = startGroup(program, args, { env: { ...process.env, ...addresses } });
  interrupted.addEventListener('abort', () => group.stop(interrupted.reason));
  const [code, signal] = await group.ended;
  return code ?? exitCodeOf(signal);
}

async function stayUp(addresses, interrupted) {
  interrupted.throwIfAborted();
  for (const [variable, url] of Object.entries(addresses)) console.log(`${variable}=${url}`);
  console.log(`DATABASE_URL=${addresses[mysql.variable]}/deskwire`);
  console.log(`REDIS_URL=${addresses[redis.variable]}`);
  console.error('Running until Ctrl-C');
  // A container is no child of this process, so something must keep it waiting.
  const keepAlive = setInterval(() => {}, 2 ** 30);
  await once(interrupted, 'abort');
  clearInterval(keepAlive);
  return 0;
}

/** The shell's convention for a process that a signal ended. */
function exitCodeOf(signal) {
  return 128 + constants.signals[signal];
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

process.exitCode = await main();
