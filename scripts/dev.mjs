// Runs the server and the web app's development server together; when one ends, so does the other.
import { fileURLToPath } from 'node:url';
import { startGroup } from './machine/process-groups.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

// The browser talks to Vite, which passes API and socket on: the server must accept Vite's origin.
const env = {
  DESKWIRE_ALLOWED_ORIGINS: 'http://localhost:8080,http://localhost:5173',
  ...process.env,
};
const server = ['run', '--package', 'app', '--bin', 'deskwire'];
const groups = [
  startGroup('cargo', server, { cwd: ROOT, env }),
  startGroup('npm', ['run', 'dev'], { cwd: `${ROOT}web`, env }),
];
const ends = groups.map((group) => group.ended);
const stopAll = (signal) => groups.forEach((group) => group.stop(signal));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stopAll);

try {
  const [code] = await Promise.race(ends);
  process.exitCode = code ?? 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  stopAll('SIGTERM');
  await Promise.allSettled(ends);
}
