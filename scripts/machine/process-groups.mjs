// Runs a command as a process group, so that a signal reaches everything that it has started.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const PATIENCE_MS = 10_000;

/** Starts a command and returns `ended`, with its exit code and signal, and `stop`. */
export function startGroup(program, args, options) {
  const child = spawn(program, args, { stdio: 'inherit', ...options, detached: true });
  const ended = once(child, 'exit').finally(() => signalGroup(child, 'SIGKILL'));

  /** Asks the group to end, and makes it when it does not. */
  const stop = (signal) => {
    signalGroup(child, signal);
    setTimeout(() => signalGroup(child, 'SIGKILL'), PATIENCE_MS).unref();
  };
  return { ended, stop };
}

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
