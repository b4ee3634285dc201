// The rows of staff's list; of thousands only those near the screen are drawn.
import { Button, Center, Loader } from '@mantine/core';
import { useFocusWithin } from '@mantine/hooks';
import { IconArrowUp } from '@tabler/icons-react';
import { type RefObject, Suspense, useEffect, useState } from 'react';
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
import type { BulkState } from './bulk/useBulk';
import { NoneListed } from './NoneListed';
import { QueueRow } from './QueueRow';
import { useSelection } from './selection';
import classes from './TicketQueue.module.css';
import { useFocusOnReturn } from './useFocusOnReturn';

const BulkChoice = lazily(withTexts(['consoleTools'], () => import('./bulk/BulkChoice')));

/** Drawn beyond the screen, in pixels. */
const BUFFER = 400;
/** From here to the end the next page is asked for, in pixels. */
const NEAR_END = 600;

interface Props {
  list: ListQuery;
  search: string;
  /** What scrolls. */
  pane: RefObject<HTMLDivElement | null>;
  /** Many are being changed. */
  isBusy: boolean;
  onBulk: (state: BulkState) => void;
  /** Told what to say of the list, once it is there. */
  onListed: (words: string) => void;
}

export function QueueRows({ list, search, pane, isBusy, onBulk, onListed }: Props) {
  const { t } = useTranslation();
  const { tickets, loaded, failure, hasMore, next, retry } = useTicketList(list);
  const [pointed, setPointed] = useState(false);
  const { ref: frame, focused } = useFocusWithin<HTMLDivElement>();
  const [scrolled, setScrolled] = useState(false);
  const selection = useSelection();
  const hasChosen = selection.chosen.size > 0;
  const { rows, waiting, show } = useSteadyList(tickets ?? [], loaded, pointed || focused || scrolled || hasChosen);
  const focusKept = useFocusKept(pane);
  useFocusOnReturn(pane);

  const isThere = tickets !== null;
  useEffect(() => {
    if (isThere) onListed(t('console.listed', { count: tickets.length }));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- as it was found; what comes and goes later is no news
  }, [isThere]);

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
    // The button goes.
    pane.current?.focus();
  };

  const onScroll = ({ scrollTop, scrollHeight, clientHeight }: HTMLDivElement) => {
    setScrolled(scrollTop > 0);
    // What has failed is asked for again at its button only.
    const isWanted = hasMore && !next.isLoadingMore && next.moreFailure === null;
    if (isWanted && scrollHeight - clientHeight - scrollTop < NEAR_END) next.loadMore();
  };

  return (
    <>
      {/* With the button that shows what waits: on the way to it the list is still held. */}
      <div
        ref={frame}
        className={classes.frame}
        onPointerEnter={() => setPointed(true)}
        onPointerLeave={() => setPointed(false)}
      >
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
      </div>
      {hasChosen && !isBusy && (
        <Suspense fallback={null}>
          <BulkChoice
            ref={focusKept}
            tickets={loaded.filter(({ id }) => selection.chosen.has(id))}
            shown={rows}
            selection={selection}
            onBulk={onBulk}
          />
        </Suspense>
      )}
    </>
  );
}
