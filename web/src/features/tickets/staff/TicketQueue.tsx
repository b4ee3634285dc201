// Staff's list of tickets. It grows live and never moves what is under the pointer.
import { Box, Button, Group, Title } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Suspense, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { lazily } from '@/components/lazily';
import { useFocusKept } from '@/components/useFocusKept';
import { withTexts } from '@/config/i18n';
import { listIn, narrowings, searchIn, viewIn } from './address';
import type { BulkState } from './bulk/useBulk';
import { QueueRows } from './QueueRows';
import { SearchField } from './SearchField';
import classes from './TicketQueue.module.css';

const QueueTools = lazily(withTexts(['consoleTools'], () => import('./tools/QueueTools')));
const FoundRows = lazily(withTexts(['consoleTools'], () => import('./search/FoundRows')));
const BulkOutcome = lazily(withTexts(['consoleTools'], () => import('./bulk/BulkOutcome')));

interface Props {
  /** A ticket is open beside it, whose title is the page's. */
  isBeside: boolean;
  nav: { id: string; isOpen: boolean; toggle: () => void };
}

export function TicketQueue({ isBeside, nav }: Props) {
  const { t } = useTranslation();
  const [address] = useSearchParams();
  const query = address.toString();
  const list = useMemo(() => listIn(new URLSearchParams(query)), [query]);
  const search = query === '' ? '' : `?${query}`;
  const q = searchIn(address);
  const filters = narrowings(address);
  // What became of a change of many is kept when the list changes.
  const [bulk, setBulk] = useState<BulkState>({ phase: 'idle' });
  const pane = useRef<HTMLDivElement>(null);
  const focusKept = useFocusKept(pane);
  const [listed, setListed] = useState('');
  const Icon = nav.isOpen ? IconLayoutSidebarLeftCollapse : IconLayoutSidebarLeftExpand;
  return (
    <section className={classes.queue} aria-label={t('console.list')}>
      <header className={classes.head}>
        <Group gap="xs" wrap="nowrap" mih={36}>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            px={6}
            aria-label={t('console.nav')}
            aria-expanded={nav.isOpen}
            aria-controls={nav.id}
            onClick={nav.toggle}
          >
            <Icon size={20} aria-hidden />
          </Button>
          <Title order={isBeside ? 2 : 1} size="h2">
            {t('console.title')}
          </Title>
          <Box c="dimmed" fz="sm">
            {t(`console.views.${viewIn(address)}`)}
            {filters > 0 && `, ${t('console.filtered', { count: filters })}`}
          </Box>
          <Suspense fallback={null}>
            <QueueTools search={search} />
          </Suspense>
        </Group>
        <SearchField />
      </header>
      <div role="status" className={classes.said}>
        {q === '' && listed}
      </div>
      {q === '' ? (
        <QueueRows key={query} list={list} search={search} pane={pane} isBusy={bulk.phase === 'running'} onBulk={setBulk} onListed={setListed} />
      ) : (
        <Suspense fallback={null}>
          <FoundRows q={q} list={list} search={search} />
        </Suspense>
      )}
      {bulk.phase !== 'idle' && (
        <Suspense fallback={null}>
          <BulkOutcome ref={focusKept} bulk={bulk} onBulk={setBulk} search={search} />
        </Suspense>
      )}
    </section>
  );
}
