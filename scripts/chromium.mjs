// Finds a Chromium for the browser tests, installs one where there is none, and prints its path.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { canInstallPackages, installPackage } from './machine/debian.mjs';
import { findProgram, runProgram } from './machine/programs.mjs';

/** The one without a window first: it needs a sixth less processor time for the same pages. */
const PROGRAMS = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const WEB = fileURLToPath(new URL('../web/', import.meta.url));

/** Returns the path of a Chromium that starts. The web app's packages must be installed. */
async function provideChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return given;

  const installed = await startableChromium();
  if (installed) return installed;

  if (canInstallPackages()) {
    // Ubuntu has no such package: there Playwright's own is next.
    await installPackage(PROGRAMS[0]).catch((error) => console.error(error.message));
    const fresh = await startableChromium();
    if (fresh) return fresh;
  }
  return installWithPlaywright();
}

async function startableChromium() {
  for (const name of PROGRAMS) {
    const path = findProgram(name);
    if (path && (await starts(path))) return path;
  }
  return null;
}

async function installWithPlaywright() {
  const advice = 'Install Chromium, or set CHROMIUM_PATH to a Chromium or Chrome.';
  try {
    console.error('Installing Chromium with Playwright');
    await runProgram('npx', ['--no-install', 'playwright', 'install', 'chromium'], { cwd: WEB });
  } catch (error) {
    throw new Error(`Found no Chromium and could not download one. ${advice}\n${error.message}`);
  }
  const { chromium } = createRequire(WEB)('@playwright/test');
  const path = chromium.executablePath();
  if (await starts(path)) return path;
  throw new Error(
    `The downloaded ${path} does not start: system libraries are missing. ${advice} ` +
      '`npx playwright install-deps chromium` in web/ installs the libraries, as root.',
  );
}

function starts(path) {
  return runProgram(path, ['--version'], { timeout: 20_000 }).then(
    () => true,
    () => false,
  );
}

try {
  console.log(await provideChromium());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
