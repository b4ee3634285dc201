// The strength as a bar, longer and greener the better. The words stand beside it.
import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Strength } from './strength';

/** The words for each score. */
export const SCORE_WORDS = ['veryEasy', 'easy', 'almost', 'hard', 'veryHard'] as const;

const COLORS = ['red.7', 'red.7', 'orange.7', 'teal.7', 'teal.7'];

export function StrengthBar({ score }: Pick<Strength, 'score'>) {
  const { t } = useTranslation();
  return (
    <Progress.Root
      mt={8}
      mb={6}
      size="sm"
      transitionDuration={200}
      role="meter"
      aria-label={t('newPassword.strength')}
      aria-valuemin={0}
      aria-valuemax={4}
      aria-valuenow={score}
      aria-valuetext={t(`newPassword.score.${SCORE_WORDS[score]}`)}
    >
      <Progress.Section value={(score + 1) * 20} color={COLORS[score]} withAria={false} />
    </Progress.Root>
  );
}
