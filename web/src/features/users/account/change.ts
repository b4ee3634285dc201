// What an admin can change about an account, and what is asked before.
import type { TFunction } from 'i18next';
import type { Account, UpdateUserRequest } from '@/api/types';
import type { Question } from '@/components/ConfirmDialog';

export const CHANGES = ['promote', 'demote', 'disable', 'enable'] as const;
export type Change = (typeof CHANGES)[number];

export const REQUESTS: Record<Change, UpdateUserRequest> = {
  promote: { role: 'admin' },
  demote: { role: 'user' },
  disable: { disabled: true },
  enable: { disabled: false },
};

/** What can be changed about it: its role, and whether it may sign in. */
export function changesOf({ role, disabled_at }: Account): [role: Change, state: Change] {
  return [role === 'admin' ? 'demote' : 'promote', disabled_at === null ? 'disable' : 'enable'];
}

export function questionOf(t: TFunction, change: Change, { name }: Account, isOwn: boolean): Question {
  const isLoss = change === 'demote' || change === 'disable';
  return {
    title: t(`users.change.${change}.title`, { name }),
    text: t(`users.change.${change}.text`),
    warning: isOwn && isLoss ? t('users.change.own') : null,
    confirm: t(`users.change.${change}.confirm`),
    cancel: t('users.cancel'),
    isGrave: isLoss,
  };
}
