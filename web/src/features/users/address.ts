// What the address of the people's page says: whom it lists.
import type { Role } from '@/api/types';

export const ROLES: readonly Role[] = ['user', 'admin'];
export const STATES = ['active', 'disabled'] as const;

/** Which accounts. What is absent leaves nobody out. */
export interface PeopleQuery {
  q?: string;
  role?: Role;
  disabled?: boolean;
}

/** What the address says that is none is passed over. */
export function peopleIn(address: URLSearchParams): PeopleQuery {
  const people: PeopleQuery = {};
  const q = address.get('q')?.trim();
  if (q) people.q = q;
  const role = ROLES.find((one) => one === address.get('role'));
  if (role) people.role = role;
  const state = STATES.find((one) => one === address.get('state'));
  if (state) people.disabled = state === 'disabled';
  return people;
}
