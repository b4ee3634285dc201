// The outline of a ticket, until it is there: its head and the beginning of the conversation.
import { Box, Group, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Bubbles on either side, as in most conversations. */
const BUBBLES = [
  { width: '55%', height: 64, side: 'flex-end' },
  { width: '45%', height: 44, side: 'flex-start' },
  { width: '60%', height: 84, side: 'flex-start' },
] as const;

export function TicketSkeleton() {
  const { t } = useTranslation();
  return (
    <Stack gap={0} flex={1} role="status" aria-busy aria-label={t('shell.loading')}>
      <Box px="md" py="sm" style={{ borderBottom: '1px solid var(--app-line)' }}>
        <Skeleton height={12} width={90} />
        <Skeleton height={24} width="60%" mt="sm" />
        <Group gap="xs" mt="sm">
          <Skeleton height={20} width={80} radius="xl" />
          <Skeleton height={12} width={140} />
        </Group>
      </Box>
      <Stack p="md" gap="md">
        {BUBBLES.map(({ width, height, side }) => (
          <Skeleton key={height} width={width} height={height} radius="lg" style={{ alignSelf: side }} />
        ))}
      </Stack>
    </Stack>
  );
}
