import { beforeEach, expect, it, vi } from 'vitest';
import { newTicketDraft } from '@/features/tickets/customer/newTicketDraft';
import { forgetKept } from '@/features/tickets/storage';
import { fakeStorage } from '@/testing/fakeStorage';
import { onBehalfDraft } from './onBehalfDraft';

const USER = 7;
const written = { requester_id: '12', title: 'Printer', description: 'Smoke', category_id: '', priority: 'high' };

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage());
  vi.stubGlobal('sessionStorage', fakeStorage());
});

it('goes on after a reload, with the same id for the same content', () => {
  const draft = onBehalfDraft(USER);
  draft.write(written);
  const later = onBehalfDraft(USER);
  expect(later.initial).toEqual(written);
  expect(later.clientId()).toBe(draft.clientId());
});

it('has another id for another customer', () => {
  const draft = onBehalfDraft(USER);
  draft.write(written);
  const before = draft.clientId();
  draft.write({ ...written, requester_id: '13' });
  expect(draft.clientId()).not.toBe(before);
});

it('is none of another user, and no ticket of their own', () => {
  onBehalfDraft(USER).write(written);
  expect(onBehalfDraft(8).initial.title).toBe('');
  expect(newTicketDraft(USER, null).initial.title).toBe('');
});

it('passes over what is no draft', () => {
  localStorage.setItem(`deskwire.newTicket.${USER}.onBehalf`, JSON.stringify({ values: { ...written, requester_id: 7 }, clientId: 'x' }));
  expect(onBehalfDraft(USER).initial.title).toBe('');
});

it('leaves nothing once the ticket is opened or its writer has signed out', () => {
  const draft = onBehalfDraft(USER);
  draft.write(written);
  draft.forget();
  expect(Object.keys(localStorage)).toEqual([]);
  draft.write({ ...written, title: 'Again' });
  forgetKept(USER);
  expect(Object.keys(localStorage)).toEqual([]);
});
