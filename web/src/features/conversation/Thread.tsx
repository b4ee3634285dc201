// The entries of a conversation, oldest first. Of thousands only those near the screen are drawn.
import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer } from 'virtua';
import type { Entry } from '@/api/types';
import { isSaid, isVisible } from '@/components/entries/kinds';
import { ExpandedContext, toggled } from './body/expanded';
import { EarlierBar } from './EarlierBar';
import type { OutgoingMessage } from './outbox';
import classes from './Thread.module.css';
import { type RowContext, ThreadRowView } from './ThreadRowView';
import { outgoingRows, threadRows } from './threadRows';
import { useEarlier } from './useEarlier';
import { useShift } from './useShift';
import { useThreadScroll } from './useThreadScroll';

/** What stands above the rows keeps its height, so that they do not move when there is nothing earlier any more. */
const TOP = { withEarlier: 48, alone: 8 };
/** Drawn beyond the screen, in pixels. */
const BUFFER = 400;

interface Props {
  ticketId: number;
  entries: Entry[];
  outgoing: OutgoingMessage[];
  reader: { userId: number; readSeq: number };
  /** The other side has seen up to here. */
  seenSeq: number;
  onEnd: (atEnd: boolean) => void;
  onTakeBack: RowContext['onTakeBack'];
}

export function Thread({ ticketId, entries, outgoing, reader, seenSeq, onEnd, onTakeBack }: Props) {
  const { t } = useTranslation();
  const { userId, readSeq } = reader;
  const firstSeq = entries[0]?.seq ?? 1;
  const lastSeq = entries.at(-1)?.seq ?? 0;
  const earlier = useEarlier(ticketId, firstSeq);
  const [top] = useState(earlier.exists ? TOP.withEarlier : TOP.alone);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());

  const rows = useMemo(
    () => {
      const before = threadRows(entries, { userId, readSeq });
      return [...before, ...outgoingRows(outgoing, before, userId)];
    },
    [entries, outgoing, userId, readSeq],
  );
  const said = useMemo(() => entries.filter(isVisible).filter(isSaid), [entries]);
  const shift = useShift(rows, firstSeq);
  const newAt = rows.findIndex(({ type }) => type === 'new');
  const { pane, list, onScroll, isSettled, atEnd, shownSeq, toEnd, stayHere } = useThreadScroll({
    opensAt: newAt === -1 ? null : newAt,
    firstSeq,
    lastSeq,
    outgoing: outgoing.length,
    onEnd,
    onTop: earlier.loadOnce,
  });
  const below = said.filter(({ seq, actor }) => seq > shownSeq && actor.id !== userId).length;
  const lastOwn = said.findLast(({ actor }) => actor.id === userId)?.seq ?? null;
  const context = { userId, lastSeq, lastOwn, seenSeq, onTakeBack };

  const toggle = (id: string) => {
    stayHere();
    setExpanded(toggled(expanded, id));
  };

  return (
    <ExpandedContext value={{ ids: expanded, toggle }}>
      <div className={classes.frame}>
        <div
          ref={pane}
          onScroll={onScroll}
          className={classes.pane}
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
          tabIndex={0}
          role="log"
          aria-label={t('conversation.log')}
          // Rows that come into view while one scrolls are not news.
          aria-live={atEnd && isSettled ? 'polite' : 'off'}
        >
          <EarlierBar earlier={earlier} height={top} />
          <Virtualizer ref={list} data={rows} shift={shift} startMargin={top} bufferSize={BUFFER}>
            {(row) => <ThreadRowView key={row.key} row={row} context={context} />}
          </Virtualizer>
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
    </ExpandedContext>
  );
}
