// Starts a server process on a free port and waits until it answers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { lastLines } from '../machine/programs.mjs';

const START_LIMIT_MS = 60_000;
const ATTEMPTS = 3;

/**
 * Starts a server and resolves once it is ready, with its port and `stop`.
 *
 * - `argumentsFor(port)`: the arguments of `program`
 * - `answers(port)`: resolves to whether the server on this port is ready
 * - `log`: the file that takes what the server prints
 * - `signal`: gives up when aborted
 */
export async function startServer(server) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(server, await freePort());
    } catch (error) {
      // Another process may take the port between the choice and the start.
      if (attempt === ATTEMPTS || !/address already in use/i.test(error.message)) throw error;
    }
  }
}

/** Resolves once `answers(port)`; throws with what `failure()` says, or when time runs out. */
export async function waitUntilReady({ port, answers, failure = () => null, signal }) {
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await answers(port))) {
    const reason = failure();
    if (reason) throw new Error(reason);
    if (Date.now() > deadline) throw new Error(`gave no answer within ${START_LIMIT_MS / 1000} s`);
    await delay(50, undefined, { signal });
  }
}

async function startOnce({ program, argumentsFor, answers, log, signal }, port) {
  signal.throwIfAborted();
  const output = openSync(log, 'w');
  // A group of its own: Ctrl-C must reach the command that uses the server, not the server.
  const child = spawn(program, argumentsFor(port), {
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const ended = once(child, 'exit').catch(() => {});

  // The data is thrown away, so there is nothing that an orderly shutdown would save.
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  const failure = () => ((child.exitCode ?? child.signalCode) === null ? null : 'ended at once');

  try {
    await waitUntilReady({ port, answers, failure, signal });
    return { port, stop };
  } catch (error) {
    await stop();
    if (signal.aborted) throw error;
    throw new Error(`${program} ${error.message}:\n${lastLines(readFileSync(log, 'utf8'))}`);
  }
}

async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  listener.close();
  await once(listener, 'close');
  return port;
}
