// Counts down until a form may be sent again, for the eyes only: screen readers hear the beginning and the end.
import { Alert, VisuallyHidden } from '@mantine/core';
import { IconClockPause } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { secondsLeft, waitText } from './waitText';

export default function WaitNotice({ until }: { until: number }) {
  const { t } = useTranslation();
  const [first] = useState(() => secondsLeft(until, Date.now()));
  const [left, setLeft] = useState(first);
  const isOver = left === 0;

  useEffect(() => {
    const timer = setInterval(() => {
      const now = secondsLeft(until, Date.now());
      setLeft(now);
      if (now === 0) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);

  return (
    <Alert color="gray" variant="light" icon={<IconClockPause aria-hidden />} role="group">
      <span aria-hidden>{isOver ? t('failure.waitOver') : t('failure.rateLimitedFor', { time: waitText(left) })}</span>
      <VisuallyHidden role="alert">
        {isOver ? t('failure.waitOver') : t('failure.rateLimitedFor', { time: waitText(first) })}
      </VisuallyHidden>
    </Alert>
  );
}
