// A category that is offered, and what can be done with it.
import { ActionIcon, Button } from '@mantine/core';
import { IconArchive, IconArrowDown, IconArrowUp, IconPencil } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Category } from '@/api/types';
import classes from './Categories.module.css';
import type { Direction } from './order';
import { RenameCategory } from './RenameCategory';

interface Props {
  category: Category;
  isFirst: boolean;
  isLast: boolean;
  isRenamed: boolean;
  onMove: (direction: Direction) => void;
  onRename: (isOn: boolean) => void;
  onRenamed: (name: string) => void;
  onRetire: () => void;
}

export function CategoryRow({ category, isFirst, isLast, isRenamed, onMove, onRename, onRenamed, onRetire }: Props) {
  const { t } = useTranslation();
  const { name } = category;
  const renameButton = useRef<HTMLButtonElement>(null);

  if (isRenamed) {
    return (
      <li className={classes.row}>
        <RenameCategory
          category={category}
          onEnd={(newName) => {
            onRename(false);
            if (newName !== null) onRenamed(newName);
            // The button is there again after this.
            requestAnimationFrame(() => renameButton.current?.focus());
          }}
        />
      </li>
    );
  }
  return (
    <li className={classes.row}>
      <span className={classes.name}>{name}</span>
      <div className={classes.tools}>
        <ActionIcon
          aria-label={t('catalogue.categories.up', { name })}
          aria-disabled={isFirst || undefined}
          onClick={() => onMove('up')}
        >
          <IconArrowUp size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon
          aria-label={t('catalogue.categories.down', { name })}
          aria-disabled={isLast || undefined}
          onClick={() => onMove('down')}
        >
          <IconArrowDown size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon
          ref={renameButton}
          aria-label={t('catalogue.categories.rename', { name })}
          onClick={() => onRename(true)}
        >
          <IconPencil size={18} aria-hidden />
        </ActionIcon>
        <Button
          variant="subtle"
          color="gray"
          size="sm"
          px="xs"
          leftSection={<IconArchive size={18} aria-hidden />}
          aria-label={t('catalogue.categories.retireOf', { name })}
          onClick={onRetire}
        >
          {t('catalogue.categories.retire')}
        </Button>
      </div>
    </li>
  );
}
