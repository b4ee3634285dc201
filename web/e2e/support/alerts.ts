// Stands in for the browser's sound and notifications, and records what would be heard and seen.
import type { BrowserContext } from '@playwright/test';

export interface Alerts {
  sounds: number;
  shown: { title: string; body?: string; tag?: string }[];
  /** The tags of those that were taken away again. */
  closed: (string | undefined)[];
  clickLatest: () => void;
}

/** What the browser makes of notifications: allows them, blocks them, or allows them and yet cannot show any. */
type Ability = 'granted' | 'denied' | 'impossible';

export async function recordAlerts(context: BrowserContext, ability: Ability = 'granted'): Promise<void> {
  await context.addInitScript((notifications) => {
    const shown: { onclick: (() => void) | null }[] = [];
    const alerts: Alerts = { sounds: 0, shown: [], closed: [], clickLatest: () => shown.at(-1)?.onclick?.() };

    class RecordedNotification {
      static permission = notifications === 'denied' ? 'denied' : 'granted';
      static requestPermission = () => Promise.resolve(RecordedNotification.permission);
      onclick: (() => void) | null = null;
      constructor(title: string, { body, tag }: NotificationOptions = {}) {
        if (notifications === 'impossible') throw new TypeError('Illegal constructor');
        alerts.shown.push({ title, body, tag });
        shown.push(this);
        this.#tag = tag;
      }
      close = () => void alerts.closed.push(this.#tag);
      readonly #tag: string | undefined;
    }

    // A sound is two tones, the second soon after the first; another sound begins later than that.
    const apart = 0.3;
    class RecordedAudioContext extends AudioContext {
      override createOscillator() {
        const tone = super.createOscillator();
        const start = tone.start.bind(tone);
        tone.start = (when = this.currentTime) => {
          if (when - this.#heardAt > apart) alerts.sounds += 1;
          this.#heardAt = when;
          start(when);
        };
        return tone;
      }
      #heardAt = -Infinity;
    }

    Object.assign(window, { alerts, Notification: RecordedNotification, AudioContext: RecordedAudioContext });
  }, ability);
}
