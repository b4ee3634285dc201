// A ticket's title, which staff can put right where it stands.
import { ActionIcon, Group, TextInput, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconPencil, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '@/api/types';
import { brokenText } from '@/components/form/fieldErrors';
import { checkLine, limitsOf } from '@/components/form/rules';
import { useFocusKept } from '@/components/useFocusKept';
import { TicketHeading } from '@/features/tickets/TicketHeading';
import type { Change } from './changes';

const LIMITS = limitsOf('CreateTicketRequest', 'title');

interface Props {
  ticket: Ticket;
  /** The new title, until the server has answered. */
  change: Change | null;
  onRename: (title: string) => void;
  ref: Ref<HTMLHeadingElement>;
}

export function EditableHeading({ ticket, change, onRename, ref }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const pencil = useRef<HTMLButtonElement>(null);
  const focusKept = useFocusKept(pencil);
  const title = change?.field === 'title' ? change.to : ticket.title;
  const heading = <TicketHeading ticket={{ ...ticket, title }} ref={ref} />;

  if (text === null) {
    return (
      <Group gap={4} wrap="nowrap" align="flex-start">
        {heading}
        <ActionIcon
          ref={pencil}
          variant="subtle"
          color="gray"
          mt={6}
          aria-label={t('console.rename')}
          onClick={() => setText(ticket.title)}
        >
          <IconPencil size={18} aria-hidden />
        </ActionIcon>
      </Group>
    );
  }

  const broken = checkLine(text, LIMITS);
  const rename = () => {
    if (broken) return;
    setText(null);
    if (text.trim() !== ticket.title) onRename(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      setText(null);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      rename();
    }
  };

  return (
    // A part of its own, not the other one with new contents: it must be seen to go.
    <Group key="editing" gap={4} wrap="nowrap" align="flex-start" ref={focusKept}>
      {/* The page keeps its heading for those who go by headings. */}
      <VisuallyHidden>{heading}</VisuallyHidden>
      <TextInput
        flex={1}
        aria-label={t('console.newTitle')}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={onKeyDown}
        error={broken && brokenText(t, broken)}
        data-autofocus
        // eslint-disable-next-line jsx-a11y/no-autofocus -- it stands in the place of the button that was just used
        autoFocus
      />
      <ActionIcon variant="subtle" size="lg" aria-label={t('console.saveTitle')} onClick={rename} disabled={!!broken}>
        <IconCheck size={18} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('console.keepTitle')} onClick={() => setText(null)}>
        <IconX size={18} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
