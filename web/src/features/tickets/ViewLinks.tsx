// The views of a list, one beside the other. The chosen one is in the address.
import { Link } from 'react-router';
import classes from './ViewLinks.module.css';

interface Props<View extends string> {
  label: string;
  views: readonly { view: View; name: string; search: string }[];
  chosen: View;
}

export function ViewLinks<View extends string>({ label, views, chosen }: Props<View>) {
  return (
    <nav aria-label={label} className={classes.views}>
      {views.map(({ view, name, search }) => (
        <Link
          key={view}
          to={{ search }}
          replace
          className={classes.view}
          aria-current={view === chosen ? 'true' : undefined}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
