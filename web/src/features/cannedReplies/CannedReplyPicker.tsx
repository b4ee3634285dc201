// A button with a list of canned replies to search in. What is picked is handed on, filled in.
import { Button, Combobox, Text, useCombobox } from '@mantine/core';
import { IconMessage2Bolt } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureText } from '@/components/form/fieldErrors';
import { useListCannedRepliesQuery } from './cannedRepliesApi';
import classes from './CannedReplyPicker.module.css';
import { fillIn, type ReplyValues } from './fillIn';
import { matching } from './search';

/** More words find the others. */
const MOST = 50;

interface Props {
  values: ReplyValues;
  onPick: (text: string) => void;
}

export default function CannedReplyPicker({ values, onPick }: Props) {
  const { t } = useTranslation();
  const [sought, setSought] = useState('');
  const [wasOpened, setOpened] = useState(false);
  const { data, error } = useListCannedRepliesQuery(undefined, { skip: !wasOpened, refetchOnMountOrArgChange: true });
  const combobox = useCombobox({
    onDropdownOpen: () => {
      setOpened(true);
      combobox.focusSearchInput();
    },
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSought('');
    },
  });
  const found = data ? matching(data.items, sought).slice(0, MOST) : [];

  const pick = (id: string) => {
    const reply = found.find((one) => String(one.id) === id);
    if (!reply) return;
    combobox.closeDropdown();
    // Who gets the text gets the focus, too.
    onPick(fillIn(reply.body, values));
  };

  return (
    <Combobox
      store={combobox}
      width={320}
      position="top-start"
      withinPortal={false}
      shadow="md"
      onOptionSubmit={pick}
    >
      <Combobox.Target targetType="button">
        <Button
          variant="default"
          size="sm"
          leftSection={<IconMessage2Bolt size={18} aria-hidden />}
          onClick={() => combobox.toggleDropdown()}
        >
          {t('catalogue.picker.open')}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={sought}
          onChange={({ currentTarget }) => {
            setSought(currentTarget.value);
            combobox.updateSelectedOptionIndex();
          }}
          placeholder={t('catalogue.replies.search')}
          aria-label={t('catalogue.replies.search')}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            combobox.closeDropdown();
            combobox.focusTarget();
          }}
        />
        <Combobox.Options aria-label={t('catalogue.replies.title')} mah={280} style={{ overflowY: 'auto' }}>
          {found.map(({ id, name, body }) => (
            <Combobox.Option key={id} value={String(id)} className={classes.option}>
              <Text span size="sm" fw={600} display="block">
                {name}
              </Text>
              <Text span size="xs" c="dimmed" className={classes.body}>
                {fillIn(body, values)}
              </Text>
            </Combobox.Option>
          ))}
        </Combobox.Options>
        {found.length === 0 && (
          <Text size="sm" c="dimmed" p="xs" role="status">
            {data
              ? t(data.items.length === 0 ? 'catalogue.replies.none' : 'catalogue.replies.noMatch')
              : error
                ? failureText(t, error)
                : t('catalogue.loading')}
          </Text>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}
