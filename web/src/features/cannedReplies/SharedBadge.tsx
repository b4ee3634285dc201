// Who has a canned reply.
import { IconUser, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconBadge } from '@/components/IconBadge';

export function SharedBadge({ isShared }: { isShared: boolean }) {
  const { t } = useTranslation();
  return isShared ? (
    <IconBadge icon={IconUsers} tone="marked">
      {t('catalogue.replies.shared')}
    </IconBadge>
  ) : (
    <IconBadge icon={IconUser} tone="plain">
      {t('catalogue.replies.own')}
    </IconBadge>
  );
}
