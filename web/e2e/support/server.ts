// Starts the real server for a test run, on a free port and with data of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';

const BINARY = process.env.DESKWIRE_BIN ?? fileURLToPath(new URL('../../../target/debug/deskwire', import.meta.url));

export type Mode = 'embedded' | 'production';

export interface Server {
  url: string;
  /** Runs a command of the binary with the same configuration. */
  run: (args: string[], input?: string) => Promise<void>;
  /** Everything that the server has printed. */
  output: () => string;
  /** Kills it without a word. */
  crash: () => Promise<void>;
  /** Starts it after a crash, on the same port and with the same data. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

export async function startServer(mode: Mode, settings: Record<string, string> = {}): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'deskwire-e2e-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = {
    ...process.env,
    DESKWIRE_DATA_DIR: folder,
    DESKWIRE_LISTEN: `127.0.0.1:${port}`,
    DESKWIRE_PUBLIC_URL: url,
    DESKWIRE_ALLOWED_ORIGINS: url,
    DESKWIRE_LOG: 'warn',
    // The cheapest that is allowed: what a hash costs is not tested here.
    DESKWIRE_PASSWORD_COST: '10',
    // All tests come from one address.
    DESKWIRE_LIMIT_AUTH_PER_MINUTE: '10000',
    // What is repeated is none of most tests' business.
    DESKWIRE_ALERT_AFTER_SECONDS: '0',
    // Browsers and servers share a machine, where anything may have to wait for its turn.
    DESKWIRE_REDIS_TIMEOUT_MS: '3000',
    ...(mode === 'production' ? production() : {}),
    ...settings,
  };

  let output = '';
  const note = (data: Buffer) => {
    output += data.toString();
  };
  const launch = async () => {
    const child = spawn(BINARY, ['serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', note);
    child.stderr.on('data', note);
    await expect
      .poll(() => (child.exitCode === null ? isReady(url) : Promise.reject(new Error(output))), { timeout: 60_000 })
      .toBe(true);
    return child;
  };
  let server: ChildProcess = await launch();

  return {
    url,
    output: () => output,
    run: (args, input) => runToEnd(spawn(BINARY, args, { env, stdio: ['pipe', 'inherit', 'inherit'] }), input),
    crash: () => end(server, 'SIGKILL'),
    restart: async () => {
      server = await launch();
    },
    stop: async () => {
      await end(server, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill(signal);
  await ended;
}

/** Workers share MySQL and Redis, but neither a database nor keys. */
function production() {
  const secret = () => randomBytes(32).toString('hex');
  const worker = Number(process.env.TEST_PARALLEL_INDEX);
  return {
    DATABASE_URL: process.env.E2E_DATABASE_URLS?.split(' ')[worker],
    REDIS_URL: process.env.TEST_REDIS_URL,
    DESKWIRE_REDIS_PREFIX: `e2e-${worker}:`,
    JWT_ACCESS_SECRET: secret(),
    JWT_REFRESH_SECRET: secret(),
    PASSWORD_PEPPER: secret(),
  };
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`).catch(() => null);
  return answer?.ok ?? false;
}

async function runToEnd(child: ChildProcess, input = ''): Promise<void> {
  child.stdin?.end(input);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`deskwire ended with ${code}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}
