// Installs the web app's packages when its lockfile has changed since the last time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const WEB = fileURLToPath(new URL('../web/', import.meta.url));
/** Holds the hash of the lockfile that is installed; `npm ci` removes it with everything else. */
const STAMP = `${WEB}node_modules/.installed-lockfile`;

const wanted = createHash('sha256')
  .update(readFileSync(`${WEB}package-lock.json`))
  .digest('hex');
const present = existsSync(STAMP) && readFileSync(STAMP, 'utf8');

if (present !== wanted) {
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: WEB,
    stdio: 'inherit',
  });
  if (status === 0) writeFileSync(STAMP, wanted);
  process.exitCode = status ?? 1;
}
