// Bars of what was opened and closed. They are for the eye alone: a summary and a table say the same.
import { type CSSProperties, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Activity, namedEvery, scaleFor } from './activity';
import classes from './ActivityChart.module.css';
import { numberText, shortDay, spanText } from './days';

const MOST_NAMES = 10;
const FIGURES = ['opened', 'closed'] as const;

/** How much of the scale, from 0 to 1. */
const part = (amount: number, whole: number) => ({ '--part': amount / whole }) as CSSProperties;

export function ActivityChart({ activity }: { activity: Activity[] }) {
  const { t } = useTranslation();
  const [pointed, setPointed] = useState<string | null>(null);
  const lines = scaleFor(Math.max(...activity.flatMap(({ opened, closed }) => [opened, closed])));
  const top = lines.at(-1) ?? 1;
  const every = namedEvery(activity.length, MOST_NAMES);
  const at = activity.find(({ from }) => from === pointed);
  return (
    <div aria-hidden>
      <div className={classes.legend}>
        {FIGURES.map((figure) => (
          <span key={figure} className={classes.entry}>
            <span className={classes.swatch} data-figure={figure} />
            {t(`dashboard.period.${figure}`)}
          </span>
        ))}
        <span className={classes.pointed}>
          {at &&
            t('dashboard.activity.at', {
              when: spanText(at.from, at.to),
              opened: numberText(at.opened),
              closed: numberText(at.closed),
            })}
        </span>
      </div>
      <div className={classes.chart} onPointerLeave={() => setPointed(null)}>
        {lines.map((line) => (
          <span key={line} className={classes.line} style={part(line, top)}>
            <span className={classes.value}>{numberText(line)}</span>
          </span>
        ))}
        <div className={classes.times}>
          {activity.map(({ from, opened, closed }, index) => (
            <div key={from} className={classes.time} onPointerEnter={() => setPointed(from)}>
              <span className={classes.bar} data-figure="opened" data-some={opened > 0 || undefined} style={part(opened, top)} />
              <span className={classes.bar} data-figure="closed" data-some={closed > 0 || undefined} style={part(closed, top)} />
              {index % every === 0 && (
                <span className={classes.name} data-second={(index / every) % 2 === 1 || undefined}>
                  {shortDay(from)}
                </span>
              )}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
