// A field and, below it, what can be done, to be chosen with the arrow keys and Enter. What is there comes from outside.
import { Combobox, Modal, Text, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaletteAction, PaletteGroup } from './actions';
import classes from './Palette.module.css';

interface Props {
  text: string;
  onType: (text: string) => void;
  groups: PaletteGroup[];
  /** Said below the list: that nothing was found, for example. */
  status: string | null;
  onClose: () => void;
}

export function Palette({ text, onType, groups, status, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const combobox = useCombobox({ opened: true });
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const actions = groups.flatMap((group) => group.actions);
  // What was chosen may be gone with the next letter: then it is the first again.
  const at = Math.max(
    actions.findIndex((action) => action.id === chosen),
    0,
  );
  const active = actions[at];
  const optionId = ({ id: actionId }: PaletteAction) => `${id}-${actionId}`;

  const activeId = active && optionId(active);
  useEffect(() => {
    if (activeId === undefined) return;
    list.current?.querySelector(`#${CSS.escape(activeId)}`)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const run = (action: PaletteAction | undefined) => {
    if (!action) return;
    onClose();
    action.run();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = actions.length - 1;
    const steps: Record<string, number | undefined> = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowUp: at === 0 ? last : at - 1,
      PageDown: Math.min(at + 8, last),
      PageUp: Math.max(at - 8, 0),
    };
    const next = steps[event.key];
    if (next !== undefined) setChosen(actions[next]?.id ?? null);
    else if (event.key === 'Enter') run(active);
    else return;
    event.preventDefault();
  };

  return (
    <Modal.Root
      opened
      onClose={onClose}
      size="lg"
      yOffset="10dvh"
      classNames={{ content: classes.palette }}
      styles={{ inner: { insetInlineStart: 0 } }}
      withinPortal
      portalProps={{ target: '#content' }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('shortcuts.palette.title')} radius="lg">
        <Combobox store={combobox} onOptionSubmit={(value) => run(actions.find((action) => action.id === value))}>
          <TextInput
            data-autofocus
            variant="unstyled"
            size="md"
            className={classes.field}
            leftSection={<IconSearch size={18} aria-hidden />}
            value={text}
            onChange={({ currentTarget }) => {
              setChosen(null);
              onType(currentTarget.value);
            }}
            onKeyDown={onKeyDown}
            placeholder={t('shortcuts.palette.placeholder')}
            aria-label={t('shortcuts.palette.placeholder')}
            role="combobox"
            aria-expanded={actions.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={activeId}
            autoComplete="off"
            spellCheck={false}
          />
          <Combobox.Options
            id={`${id}-list`}
            ref={list}
            className={classes.list}
            aria-label={t('shortcuts.palette.title')}
          >
            {groups.map(({ title, actions: own }) => (
              <Combobox.Group key={title} label={title}>
                {own.map((action) => (
                  <Combobox.Option
                    key={action.id}
                    id={optionId(action)}
                    value={action.id}
                    className={classes.option}
                    aria-selected={action === active}
                    // The pointer chooses when it moves, not when the list moves below it.
                    onMouseMove={() => setChosen(action.id)}
                  >
                    <action.icon size={18} aria-hidden className={classes.icon} />
                    <span className={classes.words}>
                      <span className={classes.line}>{action.shown ?? action.name}</span>
                      {action.hint && (
                        <Text component="span" size="xs" c="dimmed" className={classes.line}>
                          {action.hint}
                        </Text>
                      )}
                    </span>
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
          </Combobox.Options>
          <Text size="xs" c="dimmed" className={classes.status} role="status">
            {status}
          </Text>
        </Combobox>
      </Modal.Content>
    </Modal.Root>
  );
}
