// Answers to the keys of the map, and opens the help and the palette.
import { notifications } from '@mantine/notifications';
import { type ReactNode, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBoundary } from '@/components/ErrorBoundary';
import { lazily } from '@/components/lazily';
import { shortcutsAreOn } from './choice';
import { IS_MAC } from './keyName';
import type { Command } from './map';
import { chooseRow, focusChosen, focusComposer, focusSearch, hasOverlay, isInOverlay, leaveField, moveInList } from './page';
import { commandOf, isField } from './rules';

const ShortcutHelp = lazily(() => import('./ShortcutHelp'));

export interface PaletteControls {
  close: () => void;
  openHelp: () => void;
}

interface Props {
  /** From a ticket to the list; false where there is none open. */
  onBack: () => boolean;
  accountPath: string;
  palette: (controls: PaletteControls) => ReactNode;
}

export function Shortcuts({ onBack, accountPath, palette }: Props) {
  const [open, setOpen] = useState<'help' | 'palette' | null>(null);
  const hadFocus = useRef<Element | null>(null);

  const show = (what: 'help' | 'palette') => {
    hadFocus.current ??= document.activeElement;
    setOpen(what);
    return true;
  };

  const commands: Record<Exclude<Command, 'open'>, (target: HTMLElement | null) => boolean> = {
    palette: () => show('palette'),
    help: () => show('help'),
    search: focusSearch,
    next: () => moveInList(1),
    previous: () => moveInList(-1),
    choose: chooseRow,
    chosen: focusChosen,
    reply: () => focusComposer('message'),
    note: () => focusComposer('note'),
    back: (target) => {
      if (target && leaveField(target)) return true;
      return !(target && isField(target)) && onBack();
    },
  };

  const onKeyDown = useEffectEvent((event: KeyboardEvent, wasBusy: boolean) => {
    if (!shortcutsAreOn()) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    const command = commandOf(event, {
      isInField: target !== null && isField(target),
      // What is still on its way is as good as open.
      isBusy: wasBusy || open !== null || hasOverlay() || (target !== null && isInOverlay(target)),
      isMac: IS_MAC,
    });
    if (command === null || command === 'open') return;
    if (commands[command](target)) event.preventDefault();
  });

  useEffect(() => {
    // A menu that closes with the Escape key is gone by the time that the key comes here.
    let wasBusy = false;
    const first = () => {
      wasBusy = hasOverlay();
    };
    const last = (event: KeyboardEvent) => onKeyDown(event, wasBusy);
    window.addEventListener('keydown', first, { capture: true });
    document.addEventListener('keydown', last);
    return () => {
      window.removeEventListener('keydown', first, { capture: true });
      document.removeEventListener('keydown', last);
    };
  }, []);

  // Back to where one was, if that is still there and nothing else has taken the focus.
  useEffect(() => {
    if (open !== null) return;
    const before = hadFocus.current;
    hadFocus.current = null;
    if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
  }, [open]);

  const close = () => setOpen(null);
  // Whoever asks for it again has it loaded again.
  const giveUp = (forget: () => void) => {
    forget();
    close();
  };
  if (open === null) return null;
  return (
    <ErrorBoundary key={open} instead={(forget) => <NotLoaded onSaid={() => giveUp(forget)} />}>
      <Suspense fallback={null}>
        {open === 'help' ? (
          <ShortcutHelp accountPath={accountPath} onClose={close} />
        ) : (
          palette({ close, openHelp: () => show('help') })
        )}
      </Suspense>
    </ErrorBoundary>
  );
}

function NotLoaded({ onSaid }: { onSaid: () => void }) {
  const { t } = useTranslation();
  const say = useEffectEvent(() => {
    notifications.show({ color: 'red', title: t('shortcuts.notLoaded'), message: t('failure.no_answer') });
    onSaid();
  });
  useEffect(() => say(), []);
  return null;
}
