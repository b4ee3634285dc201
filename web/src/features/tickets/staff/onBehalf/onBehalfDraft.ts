// Staff's new ticket for a customer, while it is being written.
import { type Draft, draftOf } from '@/features/tickets/draft';
import { keepOnBehalf, keptOnBehalf, type OnBehalfValues } from '@/features/tickets/storage';

export type { OnBehalfValues };

const EMPTY: OnBehalfValues = { requester_id: '', title: '', description: '', category_id: '', priority: 'normal' };

export function onBehalfDraft(userId: number): Draft<OnBehalfValues> {
  return draftOf({ empty: EMPTY, before: keptOnBehalf(userId), keep: (draft) => keepOnBehalf(userId, draft) });
}
