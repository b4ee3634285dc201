// Says politely what was done. The region is there before the words, so that screen readers hear them.
import { Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';

export function DoneNotice({ text }: { text: string | null }) {
  return (
    <div role="status">
      {text && (
        <Group gap={6} wrap="nowrap" align="flex-start" c="var(--app-done)">
          <IconCircleCheck size={18} style={{ flex: 'none', marginTop: 2 }} aria-hidden />
          <Text size="sm">{text}</Text>
        </Group>
      )}
    </div>
  );
}
