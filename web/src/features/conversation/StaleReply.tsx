// Below a reply that came too late to be about everything: what its author missed, and what can be done with it.
import { Button, Group, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import { MissedEntries } from '@/components/entries/MissedEntries';
import type { TakenBack } from './drafts';
import { messageDeleted, messageSentAnyway, type OutgoingMessage } from './outbox';
import classes from './StaleReply.module.css';

interface Props {
  message: OutgoingMessage;
  lastSeq: number;
  /** Null: it cannot be written on. */
  onTakeBack: ((taken: TakenBack) => void) | null;
}

export function StaleReply({ message: { clientId, kind, body, missed }, lastSeq, onTakeBack }: Props) {
  const { t } = useTranslation();
  const dispatch = useDispatch();

  const sendAnyway = () => {
    // What is new after this refuses it again.
    const seenSeq = Math.max(lastSeq, ...missed.map(({ seq }) => seq));
    dispatch(messageSentAnyway({ clientId, seenSeq }));
  };
  const takeBack = (to: NonNullable<Props['onTakeBack']>) => {
    to({ kind, body });
    dispatch(messageDeleted(clientId));
  };

  return (
    <div className={classes.panel} role="group" aria-label={t('conversation.stale.title')} aria-live="off">
      <Text size="sm" fw={600} className={classes.title}>
        <IconAlertCircle size={16} aria-hidden />
        {t('conversation.stale.title')}
      </Text>
      <Text size="sm">{t('conversation.stale.meanwhile')}</Text>
      <MissedEntries entries={missed} />
      <Group gap={6} mt={4}>
        <Button size="compact-sm" onClick={sendAnyway}>
          {t('conversation.stale.sendAnyway')}
        </Button>
        {onTakeBack && (
          <Button size="compact-sm" variant="default" onClick={() => takeBack(onTakeBack)}>
            {t('conversation.stale.edit')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={() => dispatch(messageDeleted(clientId))}>
          {t('conversation.delivery.delete')}
        </Button>
      </Group>
    </div>
  );
}
