// The entries of a conversation, oldest first, with the end kept in view while one is there.
import { Button, Center, Text } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '@/api/types';
import { failureText } from '@/components/form/fieldErrors';
import { ChangeLine } from './ChangeLine';
import { MessageBubble } from './MessageBubble';
import { OutgoingBubble } from './OutgoingBubble';
import type { OutgoingMessage } from './outbox';
import classes from './Thread.module.css';
import { isSaid, threadRows } from './threadRows';
import { isVisible } from './timeline';
import { useExtendTimelineMutation } from './timelineApi';
import { useThreadScroll } from './useThreadScroll';

interface Props {
  ticketId: number;
  entries: Entry[];
  outgoing: OutgoingMessage[];
  reader: { userId: number; readSeq: number };
  /** The other side has seen up to here. */
  seenSeq: number;
  onEnd: (atEnd: boolean) => void;
}

export function Thread({ ticketId, entries, outgoing, reader, seenSeq, onEnd }: Props) {
  const { t } = useTranslation();
  const [extend, earlier] = useExtendTimelineMutation();
  const label = t('conversation.log');
  const { userId, readSeq } = reader;
  const rows = useMemo(() => threadRows(entries, { userId, readSeq }), [entries, userId, readSeq]);
  const firstSeq = entries[0]?.seq ?? 1;
  const lastSeq = entries.at(-1)?.seq ?? 0;
  const { pane, onScroll, atEnd, shownSeq, toEnd } = useThreadScroll({ firstSeq, lastSeq, outgoing: outgoing.length, onEnd });
  const lastOwn = entries.filter(isVisible).findLast((entry) => entry.actor.id === userId && isSaid(entry))?.seq;
  const below = entries.filter(
    (entry) => isVisible(entry) && isSaid(entry) && entry.seq > shownSeq && entry.actor.id !== userId,
  ).length;

  return (
    <div className={classes.frame}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a pane that scrolls must be reachable by keyboard */}
      <div ref={pane} onScroll={onScroll} className={classes.pane} tabIndex={0} role="log" aria-label={label}>
        {firstSeq > 1 && (
          <Center mb="md">
            <Button
              variant="default"
              size="xs"
              loading={earlier.isLoading}
              onClick={() => void extend({ ticketId, before: firstSeq })}
            >
              {t('conversation.earlier')}
            </Button>
          </Center>
        )}
        {earlier.error && (
          <Text role="alert" size="sm" c="red" ta="center" mb="md">
            {t('conversation.earlierFailed')} {failureText(t, earlier.error)}
          </Text>
        )}
        {rows.map((row) => {
          switch (row.type) {
            case 'day':
              return (
                <div key={row.key} className={classes.day}>
                  {row.day}
                </div>
              );
            case 'new':
              return (
                <div key={row.key} className={classes.new} data-new-divider>
                  {t('conversation.newDivider')}
                </div>
              );
            case 'change':
              return <ChangeLine key={row.key} entry={row.entry} />;
            case 'message':
              return (
                <MessageBubble
                  key={row.key}
                  entry={row.entry}
                  continues={row.continues}
                  isOwn={row.entry.actor.id === userId}
                  delivery={row.entry.seq === lastOwn ? (row.entry.seq <= seenSeq ? 'seen' : 'sent') : null}
                />
              );
          }
        })}
        {outgoing.map((message) => (
          <OutgoingBubble key={message.clientId} message={message} />
        ))}
      </div>
      {!atEnd && (
        <Button
          size="xs"
          radius="xl"
          className={classes.toEnd}
          variant={below > 0 ? 'filled' : 'default'}
          leftSection={<IconArrowDown size={14} aria-hidden />}
          onClick={toEnd}
        >
          {below > 0 ? t('conversation.toLatest', { count: below }) : t('conversation.latest')}
        </Button>
      )}
    </div>
  );
}
