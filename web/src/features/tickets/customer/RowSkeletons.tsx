// What stands in the place of the list until it is there.
import { Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function RowSkeletons() {
  const { t } = useTranslation();
  return (
    <Stack p="md" gap="lg" aria-busy aria-label={t('shell.loading')} role="status">
      {[70, 55, 62].map((width) => (
        <Stack key={width} gap={8}>
          <Skeleton height={14} width={`${width}%`} />
          <Skeleton height={10} width="85%" />
        </Stack>
      ))}
    </Stack>
  );
}
