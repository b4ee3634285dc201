// A one-time link for who has forgotten the password. It is shown once, to be handed on.
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertCircle, IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account, ResetLink } from '@/api/types';
import { BusyButton } from '@/components/BusyButton';
import { failureText } from '@/components/form/fieldErrors';
import { Section } from '@/components/Section';
import { clockTime } from '@/components/time';
import { useMakeResetLinkMutation } from '@/features/users/usersApi';

export function ResetLinkMaker({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [makeLink, { data: link, error, isLoading }] = useMakeResetLinkMutation();
  return (
    <Section title={t('users.reset.title')} text={t('users.reset.text')}>
      <Stack gap="md">
        {error && (
          <Alert color="red" variant="light" icon={<IconAlertCircle aria-hidden />} role="alert">
            {failureText(t, error)}
          </Alert>
        )}
        {link && <MadeLink key={link.url} link={link} />}
        {account.disabled_at === null ? (
          <BusyButton
            variant="default"
            isBusy={isLoading}
            onClick={() => void makeLink(account.id)}
            style={{ alignSelf: 'flex-start' }}
          >
            {link ? t('users.reset.another') : t('users.reset.make')}
          </BusyButton>
        ) : (
          <Text size="sm" c="dimmed">
            {t('users.reset.disabled')}
          </Text>
        )}
      </Stack>
    </Section>
  );
}

function MadeLink({ link }: { link: ResetLink }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => field.current?.focus(), []);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link.url);
      setCopied(true);
    } catch {
      // No clipboard on plain http, or it was refused: it is marked, to be copied by hand.
      field.current?.focus();
      field.current?.select();
    }
  };

  return (
    <Stack gap={6}>
      <Group gap="xs" align="flex-end">
        <TextInput
          ref={field}
          label={t('users.reset.link')}
          description={t('users.reset.once', { time: clockTime(link.expires_at) })}
          value={link.url}
          readOnly
          onFocus={({ currentTarget }) => currentTarget.select()}
          flex="1 1 16rem"
        />
        <Button
          onClick={() => void copy()}
          leftSection={isCopied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        >
          {t('users.reset.copy')}
        </Button>
      </Group>
      <Text size="sm" c="var(--app-done)" role="status">
        {isCopied && t('users.reset.copied')}
      </Text>
    </Stack>
  );
}
