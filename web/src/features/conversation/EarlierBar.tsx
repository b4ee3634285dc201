// Above the first entry that is loaded: the way to those before it.
import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { failureText } from '@/components/form/fieldErrors';
import classes from './Thread.module.css';
import type { useEarlier } from './useEarlier';

export function EarlierBar({ earlier, height }: { earlier: ReturnType<typeof useEarlier>; height: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.earlier} style={{ height }}>
      {earlier.exists && (
        <Button variant="default" size="compact-sm" loading={earlier.isLoading} onClick={earlier.load}>
          {t('conversation.earlier')}
        </Button>
      )}
      {earlier.error && (
        <Text role="alert" size="sm" c="var(--mantine-color-error)" truncate>
          {t('conversation.earlierFailed')} {failureText(t, earlier.error)}
        </Text>
      )}
    </div>
  );
}
