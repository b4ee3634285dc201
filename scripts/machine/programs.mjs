// Finds and runs programs that are installed on this machine.
import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** Servers live here on Debian, outside the PATH of a normal user. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** Returns the path of the first of `names` that is installed, or null. */
export function findProgram(...names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find(isExecutable) ?? null;
}

/**
 * Runs a program to its end and returns what it printed. `options` are those of `execFile`.
 * Throws with the last lines of its output when it fails.
 */
export async function runProgram(program, args, options = {}) {
  try {
    const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 2 ** 26, ...options });
    return stdout.trim();
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    const output = lastLines(`${error.stdout ?? ''}${error.stderr ?? ''}`);
    throw new Error(`\`${[program, ...args].join(' ')}\` failed:\n${output || error.message}`, {
      cause: error,
    });
  }
}

/** Returns the end of a log, short enough to stand in an error message. */
export function lastLines(text, count = 40) {
  return text.trim().split('\n').slice(-count).join('\n');
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
