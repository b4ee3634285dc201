// Decides where a service comes from.
import { canInstallPackages, installPackage } from '../machine/debian.mjs';
import { findProgram } from '../machine/programs.mjs';
import { dockerWorks, startContainer } from './docker.mjs';

/**
 * Brings a service up and returns its url, where it came from, and `stop`. The first that is there
 * is taken: an address in the environment, an installed program, Docker, a package to install.
 */
export async function bringUp(service, { folder, signal }) {
  const given = process.env[service.variable];
  if (given) return { url: given, origin: `as ${service.variable} says`, stop: async () => {} };

  const installed = findProgram(...service.programs);
  if (installed) return service.start({ program: installed, folder, signal });

  if (await dockerWorks()) return startContainer(service.container(), signal);

  if (canInstallPackages()) {
    await installPackage(service.debianPackage, { signal });
    return service.start({ program: findProgram(...service.programs), folder, signal });
  }

  throw new Error(
    `Found no ${service.name}: no ${service.programs.join(', no ')}, no Docker engine. ` +
      `Install ${service.debianPackage}, start Docker, or set ${service.variable} to the address ` +
      'of a server that tests may fill with data.',
  );
}
