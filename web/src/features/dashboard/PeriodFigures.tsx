// What happened in the period, and how that compares with the one before.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Durations, StatsView } from '@/api/types';
import { type Change, changeOf, DURATION_TOLERANCE } from './change';
import { numberText, percentText } from './days';
import { durationText } from './duration';
import { ChangeText, FigureCard } from './Figure';
import classes from './Figure.module.css';

interface Props {
  stats: StatsView;
  /** Undefined while it is not known. */
  before: StatsView | undefined;
}

export function PeriodFigures({ stats, before }: Props) {
  const { t } = useTranslation();
  return (
    <dl className={classes.figures} data-period>
      {(['opened', 'closed'] as const).map((figure) => (
        <FigureCard key={figure} label={t(`dashboard.period.${figure}`)}>
          <dd className={classes.amount}>{numberText(stats.totals[figure])}</dd>
          <dd>
            <CountChange change={before && changeOf(stats.totals[figure], before.totals[figure])} />
          </dd>
        </FigureCard>
      ))}
      <FigureCard label={t('dashboard.period.firstResponse')} hint={t('dashboard.period.firstResponseHint')}>
        <DurationFigures now={stats.first_response} before={before?.first_response} />
      </FigureCard>
      <FigureCard label={t('dashboard.period.resolution')} hint={t('dashboard.period.resolutionHint')}>
        <DurationFigures now={stats.resolution} before={before?.resolution} />
      </FigureCard>
    </dl>
  );
}

function CountChange({ change }: { change: Change | null | undefined }) {
  const { t } = useTranslation();
  if (!change) return <ChangeText direction={null} text="" />;
  const { direction, by, percent } = change;
  const text = t(`dashboard.change.count.${direction}`, { by: numberText(by) });
  const hasPercent = direction !== 'same' && percent !== null;
  return (
    <ChangeText
      direction={direction}
      text={hasPercent ? t('dashboard.change.withPercent', { change: text, percent: percentText(percent) }) : text}
    />
  );
}

const QUANTILES = ['median', 'p90'] as const;

function DurationFigures({ now, before }: { now: Durations; before: Durations | undefined }) {
  const { t } = useTranslation();
  return (
    <dd className={classes.split}>
      {QUANTILES.map((quantile) => {
        const seconds = now[`${quantile}_seconds`];
        return (
          <div key={quantile}>
            <Text component="span" size="xs" c="dimmed">
              {t(`dashboard.period.${quantile}`)}
            </Text>{' '}
            <span className={classes.duration}>
              {seconds === null ? t('dashboard.period.none') : durationText(t, seconds)}
            </span>{' '}
            <DurationChange seconds={seconds} before={before && before[`${quantile}_seconds`]} />
          </div>
        );
      })}
    </dd>
  );
}

interface DurationChangeProps {
  seconds: number | null;
  /** Null: there was none; undefined: not known. */
  before: number | null | undefined;
}

function DurationChange({ seconds, before }: DurationChangeProps) {
  const { t } = useTranslation();
  if (before === undefined || seconds === null) return <ChangeText direction={null} text="" />;
  const change = changeOf(seconds, before, DURATION_TOLERANCE);
  if (!change) return <ChangeText direction={null} text={t('dashboard.change.none')} />;
  const { direction, by } = change;
  return (
    <ChangeText direction={direction} text={t(`dashboard.change.duration.${direction}`, { by: durationText(t, by) })} />
  );
}
