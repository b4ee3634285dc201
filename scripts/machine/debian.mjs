// Installs packages on Debian and Ubuntu.
import { existsSync } from 'node:fs';
import { findProgram, runProgram } from './programs.mjs';

/** Whether packages can be installed here: on Debian or Ubuntu, as root. */
export function canInstallPackages() {
  const isDebian = existsSync('/etc/debian_version') && findProgram('apt-get') !== null;
  return isDebian && process.getuid() === 0;
}

/** Installs a package and what it needs, and says so on stderr. */
export async function installPackage(name, { signal } = {}) {
  console.error(`Installing the package ${name} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const waitForOthers = ['-o', 'DPkg::Lock::Timeout=300'];
  const apt = (...args) => runProgram('apt-get', [...waitForOthers, ...args], { signal, env });
  await apt('update');
  await apt('install', '-y', '--no-install-recommends', name);
}
