// A canned reply in the list: its name, how it begins, whose it is.
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CannedReply } from '@/api/types';
import classes from './CannedReplies.module.css';
import { SharedBadge } from './SharedBadge';

interface Props {
  reply: CannedReply;
  onEdit: () => void;
  onRemove: () => void;
}

export function ReplyRow({ reply: { name, body, shared }, onEdit, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Group gap="xs">
          <span className={classes.name}>{name}</span>
          <SharedBadge isShared={shared} />
        </Group>
        <Text size="sm" c="dimmed" mt={4} className={classes.body}>
          {body}
        </Text>
      </div>
      <Group gap="xs">
        <Button variant="default" size="sm" aria-label={t('catalogue.replies.editOf', { name })} onClick={onEdit}>
          {t('catalogue.replies.edit')}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('catalogue.replies.removeOf', { name })}
          onClick={onRemove}
        >
          {t('catalogue.replies.remove')}
        </Button>
      </Group>
    </li>
  );
}
