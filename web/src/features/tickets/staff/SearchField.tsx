// What is searched for. The address follows what is typed, a moment later.
import { useTranslation } from 'react-i18next';
import { limitsOf } from '@/components/form/rules';
import { SearchInput } from '@/components/SearchInput';
import { useTypedParameter } from '@/components/useTypedParameter';

/** As long as a title. */
const MAX = limitsOf('CreateTicketRequest', 'title').max;

export function SearchField() {
  const { t } = useTranslation();
  const [text, setText] = useTypedParameter('q');
  return (
    <SearchInput
      size="xs"
      mt={6}
      maxLength={MAX}
      aria-label={t('console.search')}
      placeholder={t('console.search')}
      value={text}
      onType={setText}
      data-shortcut="search"
    />
  );
}
