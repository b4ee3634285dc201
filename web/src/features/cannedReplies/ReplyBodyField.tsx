// The text of a canned reply, and buttons that put placeholders where the cursor is.
import { Button, Group, Text } from '@mantine/core';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FormTextArea } from '@/components/form/FormTextArea';
import { useInsertion } from '@/components/useInsertion';
import { type Placeholder, PLACEHOLDERS, written } from './fillIn';

const WORDS = {
  'customer.name': 'customerName',
  'customer.first_name': 'customerFirstName',
  'ticket.number': 'ticketNumber',
  'ticket.title': 'ticketTitle',
  'admin.name': 'adminName',
} as const satisfies Record<Placeholder, string>;

interface Props {
  text: string;
  onText: (text: string) => void;
}

export function ReplyBodyField({ text, onText }: Props) {
  const { t } = useTranslation();
  const labelId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = useInsertion(field, text, onText);

  return (
    <div>
      <Text size="sm" fw={500} id={labelId}>
        {t('catalogue.replies.insert')}
      </Text>
      <Group gap={6} mt={4} mb="sm" role="group" aria-labelledby={labelId}>
        {PLACEHOLDERS.map((placeholder) => (
          <Button
            key={placeholder}
            variant="default"
            size="compact-sm"
            mih={36}
            title={written(placeholder)}
            onClick={() => insert(written(placeholder))}
          >
            {t(`catalogue.replies.placeholders.${WORDS[placeholder]}`)}
          </Button>
        ))}
      </Group>
      <FormTextArea
        ref={field}
        name="body"
        label={t('catalogue.replies.body')}
        autosize
        minRows={5}
        maxRows={12}
        required
      />
    </div>
  );
}
