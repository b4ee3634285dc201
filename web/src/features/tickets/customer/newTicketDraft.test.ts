import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetKept } from '@/features/tickets/storage';
import { fakeStorage } from '@/testing/fakeStorage';
import { newTicketDraft } from './newTicketDraft';

const USER = 7;
const written = { title: 'Printer', description: 'Smoke', category_id: '', priority: 'high' };

describe('with storage', () => {
  beforeEach(() => {
    vi.stubGlobal('localStorage', fakeStorage());
    vi.stubGlobal('sessionStorage', fakeStorage());
  });

  it('goes on after a reload, with the same id for the same content', () => {
    const draft = newTicketDraft(USER, null);
    draft.write(written);
    const later = newTicketDraft(USER, null);
    expect(later.initial).toEqual(written);
    expect(later.clientId()).toBe(draft.clientId());
    later.write({ ...written, title: 'Printers' });
    expect(later.clientId()).not.toBe(draft.clientId());
  });

  it('is another one for another user and for a follow-up', () => {
    newTicketDraft(USER, null).write(written);
    expect(newTicketDraft(8, null).initial.title).toBe('');
    expect(newTicketDraft(USER, 12).initial.title).toBe('');
  });

  it('leaves nothing once the ticket is opened, emptied, or its writer has signed out', () => {
    const draft = newTicketDraft(USER, null);
    draft.write(written);
    draft.forget();
    expect(Object.keys(localStorage)).toEqual([]);
    draft.write({ ...written, title: 'Again' });
    draft.write({ title: '', description: '', category_id: '', priority: 'normal' });
    expect(Object.keys(localStorage)).toEqual([]);
    newTicketDraft(USER, 12).write(written);
    forgetKept(USER);
    expect(Object.keys(localStorage)).toEqual([]);
  });
});

it('works where storage is forbidden', () => {
  vi.stubGlobal('localStorage', undefined);
  const draft = newTicketDraft(USER, null);
  draft.write(written);
  expect(draft.clientId()).toMatch(/^[\da-f-]{36}$/);
  expect(newTicketDraft(USER, null).initial.title).toBe('');
});
