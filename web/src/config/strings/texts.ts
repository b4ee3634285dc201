// The groups of texts, and what a translation of one has to have: the same keys as the English ones.
import type { account } from './en/account';
import type { console } from './en/console';
import type { conversation } from './en/conversation';
import type { failure } from './en/failure';
import type { newPassword } from './en/newPassword';
import type { notifications } from './en/notifications';
import type { settings } from './en/settings';
import type { shell } from './en/shell';
import type { tickets } from './en/tickets';

export interface Texts {
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

export type TextGroup = keyof Texts;

type Translated<T> = { [Key in keyof T]: T[Key] extends string ? string : Translated<T[Key]> };

export type Translation<Group extends TextGroup> = Translated<Texts[Group]>;
