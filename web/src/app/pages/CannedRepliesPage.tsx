// Texts kept for answers, for admins.
import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '@/components/documentTitle';
import { CannedReplies } from '@/features/cannedReplies/CannedReplies';

export default function CannedRepliesPage() {
  const { t } = useTranslation();
  useDocumentTitle(t('catalogue.replies.title'));
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>{t('catalogue.replies.title')}</Title>
        <Text size="sm" c="dimmed">
          {t('catalogue.replies.text')}
        </Text>
      </div>
      <CannedReplies />
    </Stack>
  );
}
