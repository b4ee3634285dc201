// The tickets that the palette finds.
import { useDebouncedValue } from '@mantine/hooks';
import { IconTicket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useTicketPath } from '@/app/useTicketPath';
import { type PaletteAction, ticketNumberIn } from '@/features/shortcuts/palette/actions';
import { FoundTitle } from '@/features/tickets/staff/search/Pieces';
import { FOUND_FOR_S, useSearchTicketsQuery } from '@/features/tickets/staff/staffApi';

const WAIT_MS = 200;
const MOST = 8;
/** With fewer letters nearly everything would be found. */
const FEWEST_LETTERS = 2;
const EVERYWHERE = {};

interface Found {
  actions: PaletteAction[];
  isSearching: boolean;
  hasFailed: boolean;
}

export function useFoundTickets(text: string): Found {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const ticketPath = useTicketPath();
  const wanted = text.trim();
  const [q] = useDebouncedValue(wanted, WAIT_MS);
  const isWorthIt = wanted.length >= FEWEST_LETTERS;
  const { currentData, error } = useSearchTicketsQuery(
    { q, list: EVERYWHERE, limit: MOST },
    { skip: q.length < FEWEST_LETTERS, refetchOnMountOrArgChange: FOUND_FOR_S },
  );
  // What another text has found is none of this one's: the Enter key would open it.
  const results = isWorthIt && q === wanted ? currentData : undefined;
  const number = ticketNumberIn(text);
  const open = (id: number) => void navigate(ticketPath(id));

  return {
    actions: [
      ...(number === null
        ? []
        : [
            {
              id: 'number',
              icon: IconTicket,
              name: t('shortcuts.palette.openNumber', { id: number }),
              run: () => open(number),
            },
          ]),
      ...(results?.items ?? [])
        .filter(({ ticket }) => ticket.id !== number)
        .map((item) => ({
          id: `ticket-${item.ticket.id}`,
          icon: IconTicket,
          name: item.ticket.title,
          shown: <FoundTitle item={item} />,
          hint: [
            t('tickets.number', { id: item.ticket.id }),
            item.ticket.requester.name,
            t(`tickets.status.${item.ticket.status}`),
          ].join(' · '),
          run: () => open(item.ticket.id),
        })),
    ],
    isSearching: isWorthIt && !results && !(q === wanted && error),
    hasFailed: isWorthIt && q === wanted && error !== undefined,
  };
}
