// Notifications of the browser itself, which are seen when the page is not.

export type BrowserPermission = NotificationPermission | 'insecure' | 'unsupported';

interface Content {
  title: string;
  text: string;
  /** The next one with the same tag takes its place. */
  tag: string;
  onClick?: () => void;
}

export function browserPermission(): BrowserPermission {
  if (!window.isSecureContext) return 'insecure';
  return 'Notification' in window ? Notification.permission : 'unsupported';
}

/** Asks, if it is still open; to be called on a click only: browsers hold other questions against a site. */
export async function askPermission(): Promise<BrowserPermission> {
  if (browserPermission() === 'default') await Notification.requestPermission();
  return browserPermission();
}

/** Not among TypeScript's own yet: what takes the place of another calls for attention like the first. */
interface Options extends NotificationOptions {
  renotify: boolean;
}

/** What may still be on the screen. */
const onScreen = new Set<Notification>();

/** Says whether it was shown: some browsers, on Android, allow them and yet cannot show them for a page. */
export function showBrowserNotification({ title, text, tag, onClick }: Content): boolean {
  if (browserPermission() !== 'granted') return false;
  try {
    const options: Options = { body: text, tag, icon: '/favicon.svg', renotify: true };
    const shown = new Notification(title, options);
    onScreen.add(shown);
    shown.onclose = () => void onScreen.delete(shown);
    shown.onclick = () => {
      shown.close();
      window.focus();
      onClick?.();
    };
    return true;
  } catch {
    return false;
  }
}

/** Who comes next at this device neither sees nor opens what was meant for the reader. */
export function closeBrowserNotifications(): void {
  onScreen.forEach((shown) => shown.close());
  onScreen.clear();
}

/** Calls when the reader may have changed their mind in the browser's settings. */
export function onPermissionChange(listener: () => void): () => void {
  const stop = new AbortController();
  window.addEventListener('focus', listener, { signal: stop.signal });
  const watch = async () => {
    const status = await navigator.permissions.query({ name: 'notifications' });
    status.addEventListener('change', listener, { signal: stop.signal });
  };
  // Not every browser can be asked; then the next look at the page finds out.
  watch().catch(() => undefined);
  return () => stop.abort();
}
