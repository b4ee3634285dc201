import type { account } from './strings/account';
import type { console } from './strings/console';
import type { conversation } from './strings/conversation';
import type { failure } from './strings/failure';
import type { newPassword } from './strings/newPassword';
import type { notifications } from './strings/notifications';
import type { settings } from './strings/settings';
import type { shell } from './strings/shell';
import type { tickets } from './strings/tickets';

interface Strings {
  account: typeof account;
  console: typeof console;
  conversation: typeof conversation;
  failure: typeof failure;
  newPassword: typeof newPassword;
  notifications: typeof notifications;
  settings: typeof settings;
  shell: typeof shell;
  tickets: typeof tickets;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Strings };
  }
}
