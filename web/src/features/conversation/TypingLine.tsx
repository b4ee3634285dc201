// Who is typing, and who else looks at this ticket.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Person } from '@/api/types';
import classes from './TypingLine.module.css';

interface Props {
  typing: Person[];
  people: Person[];
  reader: Pick<Person, 'id' | 'role'>;
}

export function TypingLine({ typing, people, reader }: Props) {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language);
  const namesOf = (group: Person[]) => list.format(group.map(({ name }) => name));
  const others = (group: Person[]) => group.filter(({ id }) => id !== reader.id);
  const writers = others(typing);
  // A customer is told of those who help, staff of everybody.
  const present = others(people).filter(({ role }) => reader.role === 'admin' || role === 'admin');
  const here = reader.role === 'admin' ? 'alsoHere' : 'here';
  return (
    <div className={classes.line}>
      <Text size="xs" c="dimmed" truncate aria-live="polite">
        {writers.length > 0 && t('conversation.typing', { names: namesOf(writers), count: writers.length })}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {present.length > 0 && t(`conversation.presence.${here}`, { names: namesOf(present), count: present.length })}
      </Text>
    </div>
  );
}
