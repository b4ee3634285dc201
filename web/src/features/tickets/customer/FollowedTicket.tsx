// Says which closed ticket a new one follows up.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LinkText } from '@/components/LinkButton';

/** `title`: once it is loaded. */
export function FollowedTicket({ id, title }: { id: number; title: string | undefined }) {
  const { t } = useTranslation();
  return (
    <Text mb="md" style={{ overflowWrap: 'anywhere' }}>
      <LinkText to={`/tickets/${id}`}>{t('tickets.followsUp', { id })}</LinkText>
      {title && `: ${title}`}
    </Text>
  );
}
