// Asks again for what has grown old: not with every change, and not while nobody looks.

/** At most this often, however many tickets change. */
export const EVERY_MS = 30_000;
/** So often as long as there are none, and the first is waited for. */
export const FIRST_WITHIN_MS = 1_000;

export interface Refreshing {
  /** What was asked for is old. */
  changed: () => void;
  /** The page may be seen again, or it is known by now whether there is any ticket. */
  look: () => void;
  stop: () => void;
}

/** To be started when it was just asked for. */
export function refreshing(ask: () => void, isShown: () => boolean, isEmpty: () => boolean): Refreshing {
  let asked = Date.now();
  let isOld = false;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const askInTime = () => {
    if (!isOld || !isShown()) return;
    if (timer) clearTimeout(timer);
    timer = setTimeout(
      () => {
        timer = null;
        // Hidden meanwhile: once it is shown again.
        if (!isShown()) return;
        isOld = false;
        asked = Date.now();
        ask();
      },
      Math.max(0, asked + (isEmpty() ? FIRST_WITHIN_MS : EVERY_MS) - Date.now()),
    );
  };
  return {
    changed: () => {
      isOld = true;
      askInTime();
    },
    look: askInTime,
    stop: () => {
      if (timer) clearTimeout(timer);
    },
  };
}
