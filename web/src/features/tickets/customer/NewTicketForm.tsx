// A new ticket: two fields to fill in, and two that help to sort it.
import { Group, NativeSelect, Paper, SimpleGrid, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
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
import { useCreateTicketMutation, useGetTicketQuery, useListCategoriesQuery } from '@/features/tickets/ticketsApi';
import { FollowedTicket } from './FollowedTicket';
import { newTicketDraft, type NewTicketValues } from './newTicketDraft';

const PRIORITIES: Priority[] = ['low', 'normal', 'high', 'urgent'];
const TITLE_LIMITS = limitsOf('CreateTicketRequest', 'title');

const rules = {
  title: (text: string) => checkLine(text, TITLE_LIMITS),
  description: (text: string) => checkBody(text, limitsOf('CreateTicketRequest', 'description')),
};

/** `follows`: the closed ticket that the new one follows up. */
export function NewTicketForm({ follows }: { follows: number | null }) {
  const { t } = useTranslation();
  const user = useUser();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const [draft] = useState(() => newTicketDraft(user.id, follows));
  const [createTicket] = useCreateTicketMutation();
  const { data: categories } = useListCategoriesQuery();
  const followed = useGetTicketQuery(follows ?? 0, { skip: follows === null }).data?.ticket;
  useFocusOnArrival(heading);

  const submit = async (values: NewTicketValues) => {
    const ticket = await createTicket({
      client_id: draft.clientId(),
      title: values.title.trim(),
      description: values.description,
      category_id: values.category_id ? Number(values.category_id) : null,
      priority: values.priority as Priority,
      follows_id: follows,
    }).unwrap();
    draft.forget();
    notifications.show({
      color: 'pine',
      // Not over the place where one writes on.
      position: 'top-center',
      title: t('tickets.create.opened', { id: ticket.id }),
      message: t('tickets.create.openedText'),
    });
    await navigate(`/tickets/${ticket.id}`, { replace: true });
  };
  const api = useApiForm({ initialValues: { ...draft.initial }, rules, submit });
  const { values, isSubmitting, setFieldValue, submitForm, getFieldProps } = api.form;
  useEffect(() => draft.write(values), [draft, values]);

  const followedTitle = followed?.title;
  const isSuggested = useRef(false);
  const suggest = useEffectEvent((title: string) => {
    // Once, and never over what somebody has written meanwhile.
    if (isSuggested.current) return;
    isSuggested.current = true;
    if (values.title !== '') return;
    const suggestion = [...t('tickets.create.followUpTitle', { title })].slice(0, TITLE_LIMITS.max).join('');
    void setFieldValue('title', suggestion, false);
  });
  useEffect(() => {
    if (followedTitle !== undefined) suggest(followedTitle);
  }, [followedTitle]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (!isSubmitting) void submitForm();
  };

  return (
    <Paper withBorder radius="lg" p={{ base: 'md', xs: 'xl' }} style={{ borderColor: 'var(--app-line)' }}>
      <Title order={1} mb="md" tabIndex={-1} ref={heading}>
        {follows === null ? t('tickets.create.title') : t('tickets.create.followUp')}
      </Title>
      {follows !== null && <FollowedTicket id={follows} title={followed?.title} />}
      <ApiForm api={api}>
        <FormTextField name="title" label={t('tickets.create.subject')} required />
        <FormTextArea
          name="description"
          label={t('tickets.create.description')}
          description={t('tickets.create.descriptionHint')}
          autosize
          minRows={6}
          maxRows={16}
          required
          onKeyDown={onKeyDown}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <NativeSelect
            {...getFieldProps('category_id')}
            label={t('tickets.create.category')}
            data={[
              { value: '', label: t('tickets.create.categoryPlaceholder') },
              ...(categories?.items ?? [])
                .filter(({ retired }) => !retired)
                .map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
          <NativeSelect
            {...getFieldProps('priority')}
            label={t('tickets.create.priority')}
            data={PRIORITIES.map((value) => ({ value, label: t(`tickets.create.priorities.${value}`) }))}
          />
        </SimpleGrid>
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
