// A ticket that staff opens for a customer, after a call for example.
import { Box, Group, NativeSelect, SimpleGrid, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Priority } from '@/api/types';
import { useUser } from '@/api/useUser';
import { ApiForm } from '@/components/form/ApiForm';
import { FormTextArea } from '@/components/form/FormTextArea';
import { FormTextField } from '@/components/form/FormTextField';
import { checkBody, checkLine, limitsOf } from '@/components/form/rules';
import { SubmitButton } from '@/components/form/SubmitButton';
import { useApiForm } from '@/components/form/useApiForm';
import { LinkButton } from '@/components/LinkButton';
import { useFocusOnArrival } from '@/components/useFocusOnArrival';
import { BackLink } from '@/features/tickets/BackLink';
import { PRIORITIES } from '@/features/tickets/staff/address';
import { useCreateTicketMutation, useListCategoriesQuery } from '@/features/tickets/ticketsApi';
import { CustomerField } from './CustomerField';
import { onBehalfDraft, type OnBehalfValues } from './onBehalfDraft';

const rules = {
  requester_id: (text: string) => (text === '' ? { code: 'empty' as const } : null),
  title: (text: string) => checkLine(text, limitsOf('CreateTicketRequest', 'title')),
  description: (text: string) => checkBody(text, limitsOf('CreateTicketRequest', 'description')),
};

interface Props {
  /** Chosen to begin with. */
  requesterId: number | null;
  listPath: string;
  ticketPath: (id: number) => string;
}

export function NewTicketForCustomer({ requesterId, listPath, ticketPath }: Props) {
  const { t } = useTranslation();
  const user = useUser();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const [draft] = useState(() => onBehalfDraft(user.id));
  const [createTicket] = useCreateTicketMutation();
  const { data: categories } = useListCategoriesQuery();
  useFocusOnArrival(heading, { fromLink: true });

  const submit = async (values: OnBehalfValues) => {
    const ticket = await createTicket({
      client_id: draft.clientId(),
      requester_id: Number(values.requester_id),
      title: values.title.trim(),
      description: values.description,
      category_id: values.category_id ? Number(values.category_id) : null,
      priority: values.priority as Priority,
    }).unwrap();
    draft.forget();
    notifications.show({
      color: 'pine',
      title: t('consoleTools.create.opened', { id: ticket.id }),
      message: t('consoleTools.create.openedText', { name: ticket.requester.name }),
    });
    await navigate(ticketPath(ticket.id), { replace: true });
  };
  const chosen = requesterId === null ? {} : { requester_id: String(requesterId) };
  const api = useApiForm({ initialValues: { ...draft.initial, ...chosen }, rules, submit });
  const { values, getFieldProps } = api.form;
  useEffect(() => draft.write(values), [draft, values]);

  return (
    <Box p="md" maw="40rem" w="100%">
      <BackLink to={listPath} onlyNarrow>
        {t('console.back')}
      </BackLink>
      <Title order={1} mb="md" tabIndex={-1} ref={heading}>
        {t('consoleTools.create.title')}
      </Title>
      <ApiForm api={api}>
        <CustomerField name="requester_id" />
        <FormTextField name="title" label={t('consoleTools.create.subject')} required />
        <FormTextArea
          name="description"
          label={t('consoleTools.create.description')}
          description={t('consoleTools.create.descriptionHint')}
          autosize
          minRows={6}
          maxRows={16}
          required
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <NativeSelect
            {...getFieldProps('category_id')}
            label={t('consoleTools.create.category')}
            data={[
              { value: '', label: t('consoleTools.details.noCategory') },
              ...(categories?.items ?? [])
                .filter(({ retired }) => !retired)
                .map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
          <NativeSelect
            {...getFieldProps('priority')}
            label={t('consoleTools.create.priority')}
            data={PRIORITIES.map((value) => ({ value, label: t(`tickets.priority.${value}`) }))}
          />
        </SimpleGrid>
        <Group justify="flex-end" mt="xs">
          <LinkButton to={listPath} variant="default">
            {t('consoleTools.create.cancel')}
          </LinkButton>
          <SubmitButton api={api}>{t('consoleTools.create.submit')}</SubmitButton>
        </Group>
      </ApiForm>
    </Box>
  );
}
