// The frame of the pages before the sign-in.
import { Box, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '@/components/documentTitle';
import { Logo } from '@/components/Logo';
import classes from './EntryCard.module.css';

/** Nobody waits for it, and the page goes on without it. */
const LanguageSelect = lazy(() => import('@/components/LanguageSelect').catch(() => ({ default: () => <></> })));

interface Props {
  title: string;
  text?: string;
  children: ReactNode;
  footer?: ReactNode;
}

export function EntryCard({ title, text, children, footer }: Props) {
  const { t } = useTranslation();
  useDocumentTitle(title);
  return (
    <Center component="main" className={classes.page}>
      <Stack w="100%" maw={420} gap="lg">
        <Group gap="xs">
          <Logo size={30} />
          <Text fw={700} size="lg">
            {t('shell.product')}
          </Text>
        </Group>
        <Paper withBorder p="xl" radius="lg" className={classes.card}>
          <Title order={1} mb={text ? 4 : 'md'}>
            {title}
          </Title>
          {text && (
            <Text c="dimmed" mb="md">
              {text}
            </Text>
          )}
          {children}
        </Paper>
        {footer && (
          <Group justify="center" gap={6}>
            {footer}
          </Group>
        )}
        <Box mih={30} mx="auto">
          <Suspense fallback={null}>
            <LanguageSelect variant="unstyled" size="xs" />
          </Suspense>
        </Box>
      </Stack>
    </Center>
  );
}
