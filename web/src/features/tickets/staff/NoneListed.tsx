// Nothing to list: none yet, no match, all done. Each says what to do.
import { IconChecks, IconFilterOff, IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { LinkButton } from '@/components/LinkButton';
import { Notice } from '@/components/Notice';
import { narrowings, viewIn } from './address';

export function NoneListed() {
  const { t } = useTranslation();
  const [address] = useSearchParams();
  const view = viewIn(address);
  const isWhole = narrowings(address) === 0;
  if (view === 'all' && isWhole) {
    return <Notice icon={IconInbox} title={t('console.none')} text={t('console.noneText')} />;
  }
  const [icon, title, text] =
    isWhole && view !== 'closed'
      ? [IconChecks, t('console.done'), t('console.doneText')]
      : [IconFilterOff, t('console.noMatch'), t('console.noMatchText')];
  return (
    <Notice icon={icon} title={title} text={text}>
      <LinkButton variant="default" mt="xs" to={{ search: '?view=all' }} replace>
        {t('console.showAll')}
      </LinkButton>
    </Notice>
  );
}
