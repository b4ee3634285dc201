import { beforeEach, expect, it, vi } from 'vitest';
import { fakeStorage } from '@/testing/fakeStorage';
import { keepClosing, keepNewTicket, keptClosings, keptNewTicket } from './storage';

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage());
  vi.stubGlobal('sessionStorage', fakeStorage());
});

const WISH = { id: 5, clientId: 'a', seenSeq: 3, dueAt: 1_000 };
const VALUES = { title: 'Printer', description: '', category_id: '', priority: 'low' };

it.each(['null', '{}', '[]', '7', '"text"', 'not JSON', '{"values":null,"clientId":"a"}', '{"values":{"title":7},"clientId":"a"}'])(
  'takes %s for no new ticket and for no closing',
  (text) => {
    localStorage.setItem('deskwire.newTicket.7.none', text);
    sessionStorage.setItem('deskwire.closing.7.5', text);
    expect(keptNewTicket(7, null)).toBeNull();
    expect(keptClosings(7)).toEqual([]);
  },
);

it('reads what it has kept, and passes by what is broken', () => {
  keepNewTicket(7, null, { values: VALUES, clientId: 'a' });
  keepClosing(7, 5, WISH);
  sessionStorage.setItem('deskwire.closing.7.6', '{"id":"6"}');
  expect(keptNewTicket(7, null)).toEqual({ values: VALUES, clientId: 'a' });
  expect(keptClosings(7)).toEqual([WISH]);
});
