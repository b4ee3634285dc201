// The status of a ticket, to be set. What is chosen shows at once; a refusal puts it back.
import { Button, Group, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Status } from '@/api/types';
import { STATUS_ICONS, StatusBadge } from '@/components/StatusBadge';

const STATUSES = Object.keys(STATUS_ICONS) as Status[];

interface Props {
  status: Status;
  /** The chosen one, until the server has answered. */
  wished: Status | null;
  onChoose: (status: Status) => void;
}

export function StatusSelect({ status, wished, onChoose }: Props) {
  const { t } = useTranslation();
  const shown = wished ?? status;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          pl={8}
          aria-label={`${t('console.status')}: ${t(`tickets.status.${shown}`)}`}
          aria-busy={wished !== null}
          rightSection={<IconChevronDown size={16} aria-hidden />}
        >
          <StatusBadge status={shown} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={status} onChange={(value) => value !== status && onChoose(value as Status)}>
          {STATUSES.map((value) => {
            const Icon = STATUS_ICONS[value];
            return (
              <Menu.RadioItem key={value} value={value} closeMenuOnClick>
                <Group gap="xs" wrap="nowrap">
                  <Icon size={16} aria-hidden />
                  {t(`tickets.status.${value}`)}
                </Group>
              </Menu.RadioItem>
            );
          })}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
