// Who is typing, and who else looks at this ticket.
import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Person } from '@/api/types';
import classes from './TypingLine.module.css';

interface Props {
  typing: Person[];
  people: Person[];
  userId: number;
}

export function TypingLine({ typing, people, userId }: Props) {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language);
  const namesOf = (group: Person[]) => list.format(group.filter(({ id }) => id !== userId).map(({ name }) => name));
  const typingNames = namesOf(typing);
  const otherNames = namesOf(people);
  return (
    <Group justify="space-between" gap="sm" px="md" className={classes.line}>
      <Text size="xs" c="dimmed" aria-live="polite">
        {typingNames && t('conversation.typing', { names: typingNames, count: typing.length })}
      </Text>
      <Text size="xs" c="dimmed">
        {otherNames && t('conversation.alsoHere', { names: otherNames })}
      </Text>
    </Group>
  );
}
