// What tickets can be about: the list that customers choose from, in its order, and what is retired.
import { Alert, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Category } from '@/api/types';
import { DoneNotice } from '@/components/DoneNotice';
import { FailureNotice } from '@/components/FailureNotice';
import { failureText } from '@/components/form/fieldErrors';
import { Section } from '@/components/Section';
import { AddCategory } from './AddCategory';
import classes from './Categories.module.css';
import { useListAllCategoriesQuery, useUpdateCategoryMutation } from './categoriesApi';
import { CategoryRow } from './CategoryRow';
import { activeOf, type Direction } from './order';
import { RetiredRow } from './RetiredRow';
import { useOrder } from './useOrder';

const NONE: Category[] = [];

export function Categories() {
  const { t } = useTranslation();
  const { data, error, refetch } = useListAllCategoriesQuery(undefined, { refetchOnMountOrArgChange: true });
  const [updateCategory] = useUpdateCategoryMutation();
  const { shown, move, failure: moveFailure } = useOrder(data?.items ?? NONE);
  const [renamedId, setRenamedId] = useState<number | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const retiredHeading = useRef<HTMLHeadingElement>(null);

  const active = activeOf(shown);
  const retired = shown.filter((one) => one.retired);
  const why = failure ?? moveFailure;

  const say = (words: string | null) => {
    setDone(words);
    setFailure(null);
  };
  const shift = ({ id, name }: Category, direction: Direction) => {
    const next = move(id, direction);
    if (!next) return;
    const places = activeOf(next);
    const place = places.findIndex((one) => one.id === id) + 1;
    say(t('catalogue.categories.moved', { name, place, total: places.length }));
  };
  const retire = async ({ id, name }: Category, isRetired: boolean) => {
    say(null);
    const { error: failed } = await updateCategory({ id, request: { retired: isRetired } });
    if (failed) return setFailure(failed);
    // The row goes to the other list, and its buttons with it.
    (isRetired ? heading : retiredHeading).current?.focus();
    say(t(isRetired ? 'catalogue.categories.nowRetired' : 'catalogue.categories.broughtBack', { name }));
  };

  if (!data) {
    return error ? (
      <FailureNotice title={t('catalogue.categories.failed')} failure={error} onRetry={() => void refetch()} />
    ) : (
      <Paper withBorder radius="lg" p="md" style={{ borderColor: 'var(--app-line)' }}>
        <Skeleton height={180} role="status" aria-label={t('catalogue.loading')} />
      </Paper>
    );
  }
  return (
    <Stack gap="md">
      <Section title={t('catalogue.categories.offered')} text={t('catalogue.categories.offeredText')} headingRef={heading}>
        <Stack gap="md">
          {why !== null && (
            <Alert color="red" variant="light" icon={<IconAlertCircle aria-hidden />} role="alert">
              {failureText(t, why)}
            </Alert>
          )}
          {active.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('catalogue.categories.none')}
            </Text>
          ) : (
            <ol className={classes.list}>
              {active.map((category, index) => (
                <CategoryRow
                  key={category.id}
                  category={category}
                  isFirst={index === 0}
                  isLast={index === active.length - 1}
                  isRenamed={category.id === renamedId}
                  onMove={(direction) => shift(category, direction)}
                  onRename={(isOn) => setRenamedId(isOn ? category.id : null)}
                  onRenamed={(name) => say(t('catalogue.categories.renamed', { name }))}
                  onRetire={() => void retire(category, true)}
                />
              ))}
            </ol>
          )}
          <div>
            <DoneNotice text={done} />
            <AddCategory onAdded={(name) => say(t('catalogue.categories.added', { name }))} />
          </div>
        </Stack>
      </Section>
      <Section
        title={t('catalogue.categories.retired')}
        text={t('catalogue.categories.retiredText')}
        headingRef={retiredHeading}
      >
        {retired.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('catalogue.categories.noneRetired')}
          </Text>
        ) : (
          <ul className={classes.list}>
            {retired.map((category) => (
              <RetiredRow key={category.id} category={category} onBringBack={() => void retire(category, false)} />
            ))}
          </ul>
        )}
      </Section>
    </Stack>
  );
}
