// Where the palette leads.
import {
  IconBell,
  IconCategory,
  IconChartBar,
  IconInbox,
  IconMessage2Bolt,
  IconPlus,
  IconUserCog,
  IconUsers,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ACCOUNT_PATH, NOTIFICATIONS_PATH } from '@/app/paths';
import type { PaletteAction } from '@/features/shortcuts/palette/actions';
import { type View, VIEWS } from '@/features/tickets/staff/address';

const PARTS = [
  { name: 'dashboard', to: '/admin/dashboard', icon: IconChartBar },
  { name: 'people', to: '/admin/users', icon: IconUsers },
  { name: 'categories', to: '/admin/categories', icon: IconCategory },
  { name: 'cannedReplies', to: '/admin/canned-replies', icon: IconMessage2Bolt },
] as const;

const PAGES = [
  { name: 'notifications', to: NOTIFICATIONS_PATH, icon: IconBell },
  { name: 'account', to: ACCOUNT_PATH, icon: IconUserCog },
] as const;

export function useGoTo(): PaletteAction[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const leadTo = (to: string) => () => void navigate(to);
  return [
    { id: 'new', icon: IconPlus, name: t('consoleTools.create.title'), run: leadTo('/admin/tickets/new') },
    ...(Object.keys(VIEWS) as View[]).map((view) => ({
      id: `view-${view}`,
      icon: IconInbox,
      name: t('shortcuts.palette.view', { view: t(`console.views.${view}`) }),
      run: leadTo(`/admin?view=${view}`),
    })),
    ...PARTS.map(({ name, to, icon }) => ({ id: name, icon, name: t(`console.parts.${name}`), run: leadTo(to) })),
    ...PAGES.map(({ name, to, icon }) => ({
      id: name,
      icon,
      name: t(`shortcuts.palette.pages.${name}`),
      run: leadTo(to),
    })),
  ];
}
