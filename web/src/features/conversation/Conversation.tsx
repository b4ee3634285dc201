// A ticket's conversation: what was said and what happened, who is there, and a place to write.
import { Box, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSelector } from 'react-redux';
import type { Participant, Ticket } from '@/api/types';
import { useUser } from '@/api/useUser';
import { isVisible } from '@/components/entries/kinds';
import { FailureNotice } from '@/components/FailureNotice';
import { Composer, type ComposerHandle, type ComposerProps } from './Composer';
import classes from './Conversation.module.css';
import { ConversationSkeleton } from './ConversationSkeleton';
import { FailedAlert } from './FailedAlert';
import { type OutgoingMessage, selectOutbox } from './outbox';
import { selectRoom } from './room';
import { Thread } from './Thread';
import { lastOfOthers, lastSeq } from './timeline';
import { TypingLine } from './TypingLine';
import { useReadCursor } from './useReadCursor';
import { useTimeline } from './useTimeline';

interface Props {
  ticket: Ticket;
  participants: Participant[];
  /** The reader has seen up to here. */
  readSeq: number;
  /** What stands in the place of the composer when the ticket is closed. */
  closedAction?: ReactNode;
  /** Stands beside the button that sends. */
  aid?: ComposerProps['aid'];
}

export function Conversation({ ticket, participants, readSeq, closedAction, aid }: Props) {
  const { t } = useTranslation();
  const user = useUser();
  const { timeline, failure, retry } = useTimeline(ticket.id);
  const outgoing = useOutgoing(ticket.id, timeline?.entries);
  const room = useSelector((state: Parameters<typeof selectRoom>[0]) => selectRoom(state, ticket.id));
  const [atEnd, setAtEnd] = useState(false);
  const [openedAt] = useState(readSeq);
  const composer = useRef<ComposerHandle>(null);
  const isStaff = user.role === 'admin';
  const isClosed = ticket.status === 'closed';

  const shownSeq = atEnd && timeline ? lastOfOthers(timeline, user.id) : null;
  useReadCursor({ ticketId: ticket.id, shownSeq, readSeq });

  if (failure) return <FailureNotice title={t('conversation.loadFailed')} failure={failure} onRetry={retry} />;
  if (!timeline) return <ConversationSkeleton />;

  return (
    <div className={classes.conversation}>
      <Thread
        ticketId={ticket.id}
        entries={timeline.entries}
        outgoing={outgoing}
        reader={{ userId: user.id, readSeq: openedAt }}
        seenSeq={seenByOthers(participants, room.seen, ticket, user.id)}
        onEnd={setAtEnd}
        onTakeBack={isClosed ? null : (taken) => composer.current?.takeBack(taken)}
      />
      <FailedAlert outgoing={outgoing} />
      <TypingLine typing={room.typing} people={room.people} reader={user} />
      {isClosed && (
        <Box className={classes.closed}>
          <Text size="sm" c="dimmed" className={classes.closedText}>
            <IconLock size={16} aria-hidden />
            {t('conversation.closed')}
          </Text>
          {closedAction}
        </Box>
      )}
      {(!isClosed || isStaff) && (
        <Composer
          ref={composer}
          ticketId={ticket.id}
          // Customers answer for themselves only: what they wrote without a connection goes out by itself.
          seenSeq={isStaff ? lastSeq(timeline) : null}
          canNote={isStaff}
          onlyNotes={isClosed}
          aid={aid}
        />
      )}
    </div>
  );
}

/** The messages on their way into this ticket. One whose entry is here already is no longer on its way. */
function useOutgoing(ticketId: number, entries: Parameters<typeof Thread>[0]['entries'] | undefined): OutgoingMessage[] {
  const messages = useSelector(selectOutbox);
  return useMemo(() => {
    const arrived = new Set((entries ?? []).filter(isVisible).map(({ client_id }) => client_id));
    return messages.filter((message) => message.ticketId === ticketId && !arrived.has(message.clientId));
  }, [messages, entries, ticketId]);
}

/** Up to where the other side has seen: for staff the customer, for the customer anybody of staff. */
function seenByOthers(
  participants: Participant[],
  seen: Record<number, number>,
  { requester }: Ticket,
  userId: number,
): number {
  const isOther = (id: number) => (userId === requester.id ? id !== userId : id === requester.id);
  const known = participants.filter(({ id }) => isOther(id)).map(({ read_seq }) => read_seq);
  const live = Object.entries(seen).flatMap(([id, seq]) => (isOther(Number(id)) ? [seq] : []));
  return Math.max(0, ...known, ...live);
}
