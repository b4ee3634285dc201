// What must be done while one is still signed in: signing out waits for it, but not for ever.

type Errand = () => Promise<unknown>;

/** A server that does not answer keeps nobody here. */
const WITHIN_MS = 4_000;

const errands = new Set<Errand>();

/** Does this before each sign-out by the user's own wish. Returns what ends that. */
export function beforeLeaving(errand: Errand): () => void {
  errands.add(errand);
  return () => errands.delete(errand);
}

/** Resolves when all is done, has failed, or took too long. */
export async function doErrands(): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, WITHIN_MS);
  });
  await Promise.race([Promise.allSettled([...errands].map((errand) => errand())), tooLong]);
  clearTimeout(timer);
}
