// The rows of staff's list; of thousands only those near the screen are drawn.
import { Button, Center, Loader } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer } from 'virtua';
import { FailureNotice } from '@/components/FailureNotice';
import { lazily } from '@/components/lazily';
import { MoreButton } from '@/components/MoreButton';
import { useFocusKept } from '@/components/useFocusKept';
import { withTexts } from '@/config/i18n';
import type { ListQuery } from '@/features/tickets/listQuery';
import { useSteadyList } from '@/features/tickets/steadyList';
import rowClasses from '@/features/tickets/ticketRow.module.css';
import { useTicketList } from '@/features/tickets/useTicketList';
import { NoneListed } from './NoneListed';
import { QueueRow } from './QueueRow';
import { useSelection } from './selection';
import classes from './TicketQueue.module.css';
import { useFocusOnReturn } from './useFocusOnReturn';

const BulkBar = lazily(withTexts(['consoleTools'], () => import('./bulk/BulkBar')));

/** Drawn beyond the screen, in pixels. */
const BUFFER = 400;
/** From here to the end the next page is asked for, in pixels. */
const NEAR_END = 600;

interface Props {
  list: ListQuery;
  search: string;
}

export function QueueRows({ list, search }: Props) {
  const { t } = useTranslation();
  const { tickets, loaded, failure, hasMore, next, retry } = useTicketList(list);
  const [pointed, setPointed] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const pane = useRef<HTMLDivElement>(null);
  const { rows, waiting, show } = useSteadyList(tickets ?? [], loaded, pointed || scrolled);
  const selection = useSelection();
  const focusKept = useFocusKept(pane);
  useFocusOnReturn(pane);

  if (failure) return <FailureNotice title={t('tickets.listFailed')} failure={failure} onRetry={retry} />;
  if (!tickets) {
    return (
      <Center p="xl">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    );
  }

  const showWaiting = () => {
    show();
    pane.current?.scrollTo({ top: 0 });
  };

  const onScroll = ({ scrollTop, scrollHeight, clientHeight }: HTMLDivElement) => {
    setScrolled(scrollTop > 0);
    // What has failed is asked for again at its button only.
    const isWanted = hasMore && !next.isLoadingMore && next.moreFailure === null;
    if (isWanted && scrollHeight - clientHeight - scrollTop < NEAR_END) next.loadMore();
  };

  return (
    <>
      <div role="status" className={classes.pill}>
        {waiting > 0 && (
          <Button size="xs" radius="xl" onClick={showWaiting} leftSection={<IconArrowUp size={14} aria-hidden />}>
            {t('console.arrived', { count: waiting })}
          </Button>
        )}
      </div>
      {rows.length === 0 && !hasMore ? (
        <NoneListed />
      ) : (
        <div
          ref={pane}
          className={classes.rows}
          data-shortcut="list"
          tabIndex={-1}
          onPointerEnter={() => setPointed(true)}
          onPointerLeave={() => setPointed(false)}
          onScroll={({ currentTarget }) => onScroll(currentTarget)}
        >
          {/* Virtualizer gives its container no class: the list style stands on the frame. */}
          <div className={rowClasses.virtual}>
            <Virtualizer as="ul" item="li" data={rows} bufferSize={BUFFER} scrollRef={pane}>
              {(ticket) => (
                <QueueRow
                  key={ticket.id}
                  ticket={ticket}
                  search={search}
                  isChosen={selection.chosen.has(ticket.id)}
                  onToggle={selection.toggle}
                />
              )}
            </Virtualizer>
          </div>
          {hasMore && (
            <Center p="md">
              <MoreButton next={next} label={t('console.more')} />
            </Center>
          )}
        </div>
      )}
      {selection.chosen.size > 0 && (
        <Suspense fallback={null}>
          <BulkBar
            ref={focusKept}
            tickets={loaded.filter(({ id }) => selection.chosen.has(id))}
            shown={rows}
            selection={selection}
          />
        </Suspense>
      )}
    </>
  );
}
