// What tickets can be about, for admins.
import { Container, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '@/components/documentTitle';
import { Categories } from '@/features/categories/Categories';

export default function CategoriesPage() {
  const { t } = useTranslation();
  useDocumentTitle(t('catalogue.categories.title'));
  return (
    <Container size="sm" p={0}>
      <Stack gap="md">
        <Title order={1}>{t('catalogue.categories.title')}</Title>
        <Categories />
      </Stack>
    </Container>
  );
}
