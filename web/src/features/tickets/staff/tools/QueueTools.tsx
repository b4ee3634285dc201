// What can be done beside the list: a ticket for a customer, and the list as a file.
import { ActionIcon, Group, Menu } from '@mantine/core';
import { IconDots, IconFileTypeCsv, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useExport } from './useExport';

export default function QueueTools({ search }: { search: string }) {
  const { t } = useTranslation();
  const [address] = useSearchParams();
  const { isExporting, start } = useExport();
  return (
    <Group gap={2} wrap="nowrap" ml="auto">
      <ActionIcon
        component={Link}
        to={{ pathname: '/admin/tickets/new', search }}
        variant="subtle"
        color="gray"
        aria-label={t('consoleTools.tools.newTicket')}
        title={t('consoleTools.tools.newTicket')}
      >
        <IconPlus size={20} aria-hidden />
      </ActionIcon>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('consoleTools.tools.more')}>
            <IconDots size={20} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconFileTypeCsv size={18} aria-hidden />}
            disabled={isExporting}
            onClick={() => start(address)}
          >
            {isExporting ? t('consoleTools.tools.exporting') : t('consoleTools.tools.export')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
