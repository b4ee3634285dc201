// The shape of a conversation while it loads for the first time.
import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './ConversationSkeleton.module.css';

/** Whose message, how wide and how high, from the end upwards. */
const SHAPES = [
  { isOwn: true, width: '45%', height: 40 },
  { isOwn: false, width: '62%', height: 84 },
  { isOwn: false, width: '38%', height: 40 },
  { isOwn: true, width: '55%', height: 62 },
  { isOwn: false, width: '70%', height: 106 },
];

export function ConversationSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.frame} role="status">
      <VisuallyHidden>{t('shell.loading')}</VisuallyHidden>
      {SHAPES.map(({ isOwn, width, height }, index) => (
        <Skeleton key={index} width={width} height={height} radius="lg" ml={isOwn ? 'auto' : 0} maw="40rem" />
      ))}
    </div>
  );
}
