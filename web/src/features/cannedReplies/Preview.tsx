// A canned reply as a customer would read it, with example values.
import { Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { fillIn, unknownIn, valuesOf } from './fillIn';
import classes from './Preview.module.css';

export function Preview({ text }: { text: string }) {
  const { t } = useTranslation();
  const labelId = useId();
  const example = (name: 'customer' | 'title' | 'admin') => t(`catalogue.replies.examples.${name}`);
  const values = valuesOf(
    { id: 1024, title: example('title'), requester: { name: example('customer') } },
    { name: example('admin') },
  );
  const unknown = unknownIn(text);
  return (
    <div>
      <Text size="sm" fw={500} id={labelId}>
        {t('catalogue.replies.preview')}
      </Text>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className={classes.preview} role="group" aria-labelledby={labelId} tabIndex={0}>
        {text.trim() === '' ? (
          <Text span inherit c="dimmed">
            {t('catalogue.replies.previewNone')}
          </Text>
        ) : (
          fillIn(text, values)
        )}
      </div>
      <Text size="sm" c="var(--app-warning-text)" role="status">
        {unknown.length > 0 && t('catalogue.replies.unknown', { count: unknown.length, names: unknown.join(', ') })}
      </Text>
    </div>
  );
}
