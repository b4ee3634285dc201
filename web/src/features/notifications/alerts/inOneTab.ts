// Of several tabs that hear the same news, one acts.

/** Longer than it takes until the last tab has heard of it. */
const HELD_MS = 4_000;

type Locks = Pick<LockManager, 'request'>;

const ownLocks = () => (globalThis.navigator as Navigator | undefined)?.locks;

/** Does it in the tab that comes first; another one under the same name within some seconds is passed over. */
export async function inOneTab(name: string, act: () => void, locks: Locks | undefined = ownLocks()): Promise<void> {
  // Without locks, on an insecure origin, tabs know nothing of each other.
  if (!locks) return act();
  await locks.request(`deskwire.alert.${name}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    act();
    await new Promise((resolve) => setTimeout(resolve, HELD_MS));
  });
}
