// The palette of staff: what can be done with the open ticket, where to go, canned replies, tickets to find, and how it all looks.
import { useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconKeyboard, IconMoon, IconSun } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { matching, type PaletteGroup } from '@/features/shortcuts/palette/actions';
import { Palette } from '@/features/shortcuts/palette/Palette';
import type { PaletteControls } from '@/features/shortcuts/Shortcuts';
import { useFoundTickets } from './useFoundTickets';
import { useGoTo } from './useGoTo';
import { useReplyActions } from './useReplyActions';
import { useTicketActions } from './useTicketActions';

/** More words find the others. */
const MOST_REPLIES = 8;

const SCHEMES = [
  { scheme: 'light', icon: IconSun },
  { scheme: 'dark', icon: IconMoon },
  { scheme: 'auto', icon: IconDeviceDesktop },
] as const;

export default function StaffPalette({ close, openHelp }: PaletteControls) {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const [text, setText] = useState('');
  const ticketActions = useTicketActions();
  const goTo = useGoTo();
  const replies = useReplyActions();
  const found = useFoundTickets(text);

  const others: PaletteGroup[] = [
    { title: t('shortcuts.palette.ticket'), actions: ticketActions },
    { title: t('shortcuts.palette.goTo'), actions: goTo },
    {
      title: t('shell.theme.label'),
      actions: SCHEMES.map(({ scheme, icon }) => ({
        id: `scheme-${scheme}`,
        icon,
        name: t(`shell.theme.${scheme}`),
        run: () => setColorScheme(scheme),
      })),
    },
    {
      title: t('shortcuts.palette.help'),
      actions: [{ id: 'help', icon: IconKeyboard, name: t('shortcuts.title'), run: openHelp }],
    },
  ];
  const groups = matching(others, text);
  // There can be hundreds: they come when they are sought.
  if (text.trim() !== '') groups.push(...matching([{ title: t('shortcuts.palette.replies'), actions: replies }], text).map(most));
  // Below what is there at once: nothing moves away from under the Enter key.
  if (found.actions.length > 0) groups.push({ title: t('shortcuts.palette.tickets'), actions: found.actions });

  const status = () => {
    if (found.hasFailed) return t('shortcuts.palette.searchFailed');
    if (found.isSearching) return t('shortcuts.palette.searching');
    if (groups.length === 0) return t('shortcuts.palette.nothing');
    return text.trim() === '' ? null : t('shortcuts.palette.found', { count: groups.flatMap(({ actions }) => actions).length });
  };

  return <Palette text={text} onType={setText} groups={groups} status={status()} onClose={close} />;
}

function most({ title, actions }: PaletteGroup): PaletteGroup {
  return { title, actions: actions.slice(0, MOST_REPLIES) };
}
