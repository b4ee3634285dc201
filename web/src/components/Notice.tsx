// What a screen says when it has nothing to show: what it means and what to do.
import { Box, Stack, Text, Title } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  icon: TablerIcon;
  title: string;
  text?: string;
  /** Announced at once, for failures. */
  urgent?: boolean;
  order?: 1 | 2;
  children?: ReactNode;
}

export function Notice({ icon: Icon, title, text, urgent = false, order = 2, children }: Props) {
  return (
    <Stack align="center" justify="center" gap="xs" ta="center" p="xl" mih={220} role={urgent ? 'alert' : undefined}>
      <Box c="dimmed">
        <Icon size={44} stroke={1.3} aria-hidden />
      </Box>
      <Title order={order} size="h2">
        {title}
      </Title>
      {text && (
        <Text c="dimmed" maw={380}>
          {text}
        </Text>
      )}
      {children}
    </Stack>
  );
}
