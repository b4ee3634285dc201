import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { closeBrowserNotifications, showBrowserNotification } from './browserNotification';

class FakeNotification {
  static permission = 'granted';
  static made: FakeNotification[] = [];
  onclick: (() => void) | null = null;
  onclose: (() => void) | null = null;
  close = vi.fn(() => this.onclose?.());

  constructor(
    readonly title: string,
    readonly options: Record<string, unknown>,
  ) {
    FakeNotification.made.push(this);
  }
}

beforeEach(() => {
  FakeNotification.made = [];
  vi.stubGlobal('Notification', FakeNotification);
  vi.stubGlobal('window', { isSecureContext: true, Notification: FakeNotification, focus: vi.fn() });
});

afterEach(() => {
  closeBrowserNotifications();
  vi.unstubAllGlobals();
});

const show = (tag: string, onClick?: () => void) =>
  showBrowserNotification({ title: 'Ada wrote in #5', text: 'Ticket 5', tag, onClick });

it('calls again for what takes the place of another', () => {
  expect(show('ticket-5')).toBe(true);
  expect(FakeNotification.made[0]?.options).toMatchObject({ tag: 'ticket-5', renotify: true });
});

it('leads to the ticket and goes', () => {
  const onClick = vi.fn();
  show('ticket-5', onClick);
  FakeNotification.made[0]?.onclick?.();
  expect(onClick).toHaveBeenCalledOnce();
  expect(FakeNotification.made[0]?.close).toHaveBeenCalledOnce();
});

it('closes all that are still shown, and none of them twice', () => {
  ['ticket-5', 'ticket-6', 'ticket-7'].forEach((tag) => show(tag));
  FakeNotification.made[0]?.close();
  closeBrowserNotifications();
  closeBrowserNotifications();
  expect(FakeNotification.made.map(({ close }) => close.mock.calls.length)).toEqual([1, 1, 1]);
});
