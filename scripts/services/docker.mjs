// Runs a service in a Docker container.
import { randomUUID } from 'node:crypto';
import { findProgram, runProgram } from '../machine/programs.mjs';
import { waitUntilReady } from './server.mjs';

/** Whether a Docker engine answers. */
export async function dockerWorks() {
  if (!findProgram('docker')) return false;
  return runProgram('docker', ['info'], { timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}

/** Starts a container and resolves once the service in it is ready. */
export async function startContainer({ image, port, environment, command, answers, url }, signal) {
  const name = `deskwire-${randomUUID()}`;
  const stop = () => runProgram('docker', ['rm', '--force', '--volumes', name]);
  // Named here, but valued in the environment: secrets do not belong in a command line.
  const variables = Object.keys(environment).map((variable) => `--env=${variable}`);
  const options = ['--detach', `--name=${name}`, `--publish=127.0.0.1::${port}`, ...variables];

  console.error(`Starting a container of ${image}`);
  try {
    const env = { ...process.env, ...environment };
    await runProgram('docker', ['run', ...options, image, ...command], { signal, env });
    const published = await runProgram('docker', ['port', name, `${port}/tcp`], { signal });
    const hostPort = Number(published.match(/:(\d+)$/m)[1]);
    await waitUntilReady({ port: hostPort, answers, signal });
    return { url: url(hostPort), origin: `container of ${image}`, stop };
  } catch (error) {
    const log = await runProgram('docker', ['logs', '--tail=20', name]).catch(() => '');
    await stop().catch(() => {});
    throw new Error(`The container of ${image} failed: ${error.message}\n${log}`, { cause: error });
  }
}
