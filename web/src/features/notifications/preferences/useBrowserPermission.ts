// What the browser allows, as it changes.
import { useSyncExternalStore } from 'react';
import {
  type BrowserPermission,
  browserPermission,
  onPermissionChange,
} from '@/features/notifications/alerts/browserNotification';

export function useBrowserPermission(): BrowserPermission {
  return useSyncExternalStore(onPermissionChange, browserPermission);
}
