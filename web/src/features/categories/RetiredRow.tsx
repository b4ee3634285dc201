// A category that is offered no more.
import { Button } from '@mantine/core';
import { IconArchive, IconArchiveOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Category } from '@/api/types';
import { IconBadge } from '@/components/IconBadge';
import classes from './Categories.module.css';

interface Props {
  category: Category;
  onBringBack: () => void;
}

export function RetiredRow({ category: { name }, onBringBack }: Props) {
  const { t } = useTranslation();
  return (
    <li className={classes.row}>
      <span className={classes.name}>{name}</span>
      <IconBadge icon={IconArchive} tone="plain">
        {t('catalogue.categories.isRetired')}
      </IconBadge>
      <Button
        variant="subtle"
        color="gray"
        size="sm"
        px="xs"
        leftSection={<IconArchiveOff size={18} aria-hidden />}
        aria-label={t('catalogue.categories.bringBackOf', { name })}
        onClick={onBringBack}
      >
        {t('catalogue.categories.bringBack')}
      </Button>
    </li>
  );
}
