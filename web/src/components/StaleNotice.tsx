// A change that was refused because something had happened meanwhile: what that was, and the way to make it knowingly.
import { Alert, Box, Button, Group } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '@/api/types';
import { MissedEntries } from './entries/MissedEntries';
import classes from './StaleNotice.module.css';

interface Props {
  missed: Entry[];
  /** What the button says that makes the change all the same. */
  insistLabel: string;
  isInsisting?: boolean;
  onInsist: () => void;
  onLeave: () => void;
}

export function StaleNotice({ missed, insistLabel, isInsisting = false, onInsist, onLeave }: Props) {
  const { t } = useTranslation();
  return (
    <Alert
      radius={0}
      title={t('tickets.stale.title')}
      icon={<IconHistory aria-hidden />}
      classNames={{ root: classes.notice, title: classes.word, icon: classes.word }}
      role="alert"
    >
      {/* What scrolls must be reachable by keyboard. */}
      <Box className={classes.missed} tabIndex={0}>
        <MissedEntries entries={missed} />
      </Box>
      <Group gap="xs" mt="sm">
        <Button size="sm" loading={isInsisting} onClick={onInsist}>
          {insistLabel}
        </Button>
        <Button size="sm" variant="default" onClick={onLeave}>
          {t('tickets.stale.leave')}
        </Button>
      </Group>
    </Alert>
  );
}
