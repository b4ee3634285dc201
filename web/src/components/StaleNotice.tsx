// A change that was refused because something had happened meanwhile: what that was, and the way to make it knowingly.
import { Alert, Box, Button, Group } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '@/api/types';
import { BusyButton } from './BusyButton';
import { MissedEntries } from './entries/MissedEntries';
import classes from './StaleNotice.module.css';

interface Props {
  missed: Entry[];
  /** What the button says that makes the change all the same. */
  insistLabel: string;
  isInsisting?: boolean;
  onInsist: () => void;
  onLeave: () => void;
  ref?: Ref<HTMLDivElement>;
}

export function StaleNotice({ missed, insistLabel, isInsisting = false, onInsist, onLeave, ref }: Props) {
  const { t } = useTranslation();
  return (
    <Alert
      ref={ref}
      radius={0}
      title={t('tickets.stale.title')}
      icon={<IconHistory aria-hidden />}
      classNames={{ root: classes.notice, title: classes.word, icon: classes.word }}
      role="alert"
    >
      {/* What scrolls must be reachable by keyboard. */}
      <Box className={classes.missed} tabIndex={0} role="group" aria-label={t('conversation.missed.list')}>
        <MissedEntries entries={missed} />
      </Box>
      <Group gap="xs" mt="sm">
        <BusyButton size="sm" isBusy={isInsisting} onClick={onInsist}>
          {insistLabel}
        </BusyButton>
        <Button size="sm" variant="default" onClick={onLeave}>
          {t('tickets.stale.leave')}
        </Button>
      </Group>
    </Alert>
  );
}
