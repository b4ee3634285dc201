// The icon of the browser's tab: another one while something is unread.
import { useEffect } from 'react';

const ICON = '/favicon.svg';
const ICON_UNREAD = '/favicon-unread.svg';

function show(icon: string): void {
  document.querySelector('link[rel="icon"]')?.setAttribute('href', icon);
}

export function useUnreadInFavicon(isUnread: boolean): void {
  useEffect(() => {
    if (!isUnread) return;
    show(ICON_UNREAD);
    return () => show(ICON);
  }, [isUnread]);
}
