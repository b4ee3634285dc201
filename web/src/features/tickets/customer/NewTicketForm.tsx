// A new ticket, in three fields.
import { Group, NativeSelect, Paper, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { newClientId } from '@/api/clientId';
import type { CreateTicketRequest } from '@/api/types';
import { ApiForm } from '@/components/form/ApiForm';
import { FormTextArea } from '@/components/form/FormTextArea';
import { FormTextField } from '@/components/form/FormTextField';
import { checkBody, checkLine, limitsOf } from '@/components/form/rules';
import { SubmitButton } from '@/components/form/SubmitButton';
import { useApiForm } from '@/components/form/useApiForm';
import { LinkButton } from '@/components/LinkButton';
import {
  useCreateTicketMutation,
  useGetTicketQuery,
  useListCategoriesQuery,
} from '@/features/tickets/ticketsApi';

const rules = {
  title: (text: string) => checkLine(text, limitsOf('CreateTicketRequest', 'title')),
  description: (text: string) => checkBody(text, limitsOf('CreateTicketRequest', 'description')),
};

/** `follows`: the closed ticket that the new one follows up. */
export function NewTicketForm({ follows }: { follows: number | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [createTicket] = useCreateTicketMutation();
  const { data: categories } = useListCategoriesQuery();
  const clientIdOf = useClientIdOfContent();
  const followed = useGetTicketQuery(follows ?? 0, { skip: follows === null }).data?.ticket;

  const api = useApiForm({
    initialValues: { title: '', description: '', category_id: '' },
    rules,
    submit: async ({ title, description, category_id }) => {
      const content = {
        title: title.trim(),
        description,
        category_id: category_id ? Number(category_id) : null,
        follows_id: follows,
      };
      const ticket = await createTicket({ ...content, client_id: clientIdOf(content) }).unwrap();
      notifications.show({
        color: 'pine',
        title: t('tickets.create.opened', { id: ticket.id }),
        message: t('tickets.create.openedText'),
      });
      await navigate(`/tickets/${ticket.id}`, { replace: true });
    },
  });

  const suggestion = followed && t('tickets.create.followUpTitle', { title: followed.title });
  const { setFieldValue } = api.form;
  useEffect(() => {
    if (suggestion) void setFieldValue('title', suggestion, false);
  }, [suggestion, setFieldValue]);

  return (
    <Paper withBorder radius="lg" p={{ base: 'md', xs: 'xl' }} style={{ borderColor: 'var(--app-line)' }}>
      <Title order={1} mb="md">
        {t('tickets.create.title')}
      </Title>
      {follows !== null && (
        <Text c="dimmed" mb="md">
          {t('tickets.create.follows', { id: follows })}
        </Text>
      )}
      <ApiForm api={api}>
        <FormTextField name="title" label={t('tickets.create.subject')} required data-autofocus />
        <NativeSelect
          {...api.form.getFieldProps('category_id')}
          label={t('tickets.create.category')}
          data={[
            { value: '', label: t('tickets.create.categoryPlaceholder') },
            ...(categories?.items ?? [])
              .filter(({ retired }) => !retired)
              .map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
        <FormTextArea
          name="description"
          label={t('tickets.create.description')}
          description={t('tickets.create.descriptionHint')}
          autosize
          minRows={6}
          maxRows={16}
          required
        />
        <Group justify="flex-end" mt="xs">
          <LinkButton to="/" variant="default">
            {t('tickets.create.cancel')}
          </LinkButton>
          <SubmitButton api={api}>{t('tickets.create.submit')}</SubmitButton>
        </Group>
      </ApiForm>
    </Paper>
  );
}

/** The same content keeps its id, so that a second try after a lost answer opens no second ticket. */
function useClientIdOfContent(): (content: Omit<CreateTicketRequest, 'client_id'>) => string {
  const last = useRef({ content: '', clientId: '' });
  return (content) => {
    const text = JSON.stringify(content);
    if (last.current.content !== text) last.current = { content: text, clientId: newClientId() };
    return last.current.clientId;
  };
}
