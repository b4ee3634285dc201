// The groups of texts, and what a translation of one has to have: the same keys as the English ones.
import type { account } from './en/account';
import type { catalogue } from './en/catalogue';
import type { console } from './en/console';
import type { consoleTools } from './en/consoleTools';
import type { conversation } from './en/conversation';
import type { dashboard } from './en/dashboard';
import type { failure } from './en/failure';
import type { newPassword } from './en/newPassword';
import type { notifications } from './en/notifications';
import type { settings } from './en/settings';
import type { shell } from './en/shell';
import type { shortcuts } from './en/shortcuts';
import type { ticketAlerts } from './en/ticketAlerts';
import type { tickets } from './en/tickets';
import type { users } from './en/users';

export interface Texts {
  account: typeof account;
  catalogue: typeof catalogue;
  console: typeof console;
  consoleTools: typeof consoleTools;
  conversation: typeof conversation;
  dashboard: typeof dashboard;
  failure: typeof failure;
  newPassword: typeof newPassword;
  notifications: typeof notifications;
  settings: typeof settings;
  shell: typeof shell;
  shortcuts: typeof shortcuts;
  ticketAlerts: typeof ticketAlerts;
  tickets: typeof tickets;
  users: typeof users;
}

export type TextGroup = keyof Texts;

type Translated<T> = { [Key in keyof T]: T[Key] extends string ? string : Translated<T[Key]> };

export type Translation<Group extends TextGroup> = Translated<Texts[Group]>;
