// What an account is, and whether it may sign in.
import { IconCircleCheck, IconHeadset, IconLock, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Account } from '@/api/types';
import { IconBadge } from '@/components/IconBadge';

export function RoleBadge({ account: { role } }: { account: Account }) {
  const { t } = useTranslation();
  return (
    <IconBadge icon={role === 'admin' ? IconHeadset : IconUser} tone={role === 'admin' ? 'marked' : 'plain'}>
      {t(`users.role.${role}`)}
    </IconBadge>
  );
}

export function StateBadge({ account: { disabled_at } }: { account: Account }) {
  const { t } = useTranslation();
  return disabled_at === null ? (
    <IconBadge icon={IconCircleCheck} tone="good">
      {t('users.state.active')}
    </IconBadge>
  ) : (
    <IconBadge icon={IconLock} tone="warning">
      {t('users.state.disabled')}
    </IconBadge>
  );
}
