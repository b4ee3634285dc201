// The way to the next page of a list. When it does not come, that is said at the button, which then tries again.
import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NextPage } from '@/api/useNextPage';
import { failureText } from './form/fieldErrors';

interface Props {
  next: NextPage;
  label: string;
}

export function MoreButton({ next: { isLoadingMore, moreFailure, loadMore }, label }: Props) {
  const { t } = useTranslation();
  const hasFailed = moreFailure !== null;
  return (
    <Stack align="center" gap="xs">
      {hasFailed && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {failureText(t, moreFailure)}
        </Text>
      )}
      <Button variant="default" onClick={loadMore} loading={isLoadingMore}>
        {hasFailed ? t('shell.retry') : label}
      </Button>
    </Stack>
  );
}
