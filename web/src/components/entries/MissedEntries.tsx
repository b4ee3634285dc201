// What happened in a ticket while somebody was about to write to it, in short.
import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Entry, VisibleEntry } from '@/api/types';
import { useUser } from '@/api/useUser';
import { changeText } from './changeText';
import { isSaid, isVisible } from './kinds';

export function MissedEntries({ entries }: { entries: Entry[] }) {
  const { t } = useTranslation();
  return (
    <List size="sm" spacing={4} aria-label={t('conversation.missed.list')}>
      {entries.filter(isVisible).map((entry) => (
        <List.Item key={entry.seq}>
          <Missed entry={entry} />
        </List.Item>
      ))}
    </List>
  );
}

function Missed({ entry }: { entry: VisibleEntry }) {
  const { t } = useTranslation();
  const user = useUser();
  if (!isSaid(entry)) return changeText(t, entry, user.id);
  const name = entry.actor.id === user.id ? t('conversation.you') : entry.actor.name;
  return (
    <Text component="span" size="sm" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
      <b>{entry.kind === 'note' ? t('conversation.missed.noteOf', { name }) : name}:</b> {entry.body}
    </Text>
  );
}
