// Tells a screen reader that a message was not sent, once, wherever in the conversation the reader is.
import { VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failedNews, NO_NEWS } from './failedNews';
import type { OutgoingMessage } from './outbox';

export function FailedAlert({ outgoing }: { outgoing: OutgoingMessage[] }) {
  const { t } = useTranslation();
  const [before, setNews] = useState(NO_NEWS);
  const news = failedNews(before, outgoing);
  if (news !== before) setNews(news);
  const failed = outgoing.find(({ clientId }) => clientId === news.told);
  return (
    <VisuallyHidden role="alert">
      {failed && (
        <span key={failed.clientId}>
          {t('conversation.delivery.notSent', { reason: t(`failure.${failed.reason ?? 'internal'}`) })}
        </span>
      )}
    </VisuallyHidden>
  );
}
