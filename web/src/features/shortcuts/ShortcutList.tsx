// The keyboard map to read.
import { Group, Kbd, Stack, Text, Title } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { keyNames } from './keyName';
import { type Shortcut, SHORTCUTS } from './map';
import classes from './ShortcutList.module.css';

const PLACES: readonly Shortcut['where'][] = ['everywhere', 'list', 'ticket'];

export function ShortcutList() {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      {PLACES.map((place) => (
        <section key={place} aria-label={t(`shortcuts.where.${place}`)}>
          <Title order={3} size="sm" c="dimmed" mb={6}>
            {t(`shortcuts.where.${place}`)}
          </Title>
          <dl className={classes.keys}>
            {SHORTCUTS.filter(({ where }) => where === place).map((shortcut) => (
              <div key={shortcut.command} className={classes.key}>
                <dt>
                  <Text size="sm">{t(`shortcuts.does.${shortcut.command}`)}</Text>
                </dt>
                <dd>
                  <Group gap={4} wrap="nowrap">
                    {keyNames(t, shortcut).map((name, place) => (
                      <Fragment key={name}>
                        {place > 0 && <span aria-hidden>+</span>}
                        <Kbd size="sm">{name}</Kbd>
                      </Fragment>
                    ))}
                  </Group>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Stack>
  );
}
