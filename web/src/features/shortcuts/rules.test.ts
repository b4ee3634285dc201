import { describe, expect, it } from 'vitest';
import { shortcuts as texts } from '@/config/strings/en/shortcuts';
import { SHORTCUTS } from './map';
import { commandOf, isField, type Pressed, type Situation } from './rules';

const ALONE: Omit<Pressed, 'key'> = {
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  isComposing: false,
  defaultPrevented: false,
};
const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({ ...ALONE, key, ...more });
const on = (more: Partial<Situation> = {}): Situation => ({ isInField: false, isBusy: false, isMac: false, ...more });

describe('the map', () => {
  it('gives each key to one command, and each command one key', () => {
    const keys = SHORTCUTS.map(({ key, withModifier = false }) => `${withModifier} ${key}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(SHORTCUTS.map(({ command }) => command)).size).toBe(SHORTCUTS.length);
  });

  it('has words for each command, and no others', () => {
    expect(Object.keys(texts.does).sort()).toEqual(SHORTCUTS.map(({ command }) => command).sort());
  });

  it('is what the keys do', () => {
    for (const { command, key, withModifier = false, byBrowser } of SHORTCUTS) {
      expect(commandOf(press(key, { ctrlKey: withModifier }), on())).toBe(byBrowser ? null : command);
    }
    expect(commandOf(press('q'), on())).toBeNull();
  });
});

describe('a key is no shortcut', () => {
  const single = SHORTCUTS.filter(({ inFields, byBrowser }) => !inFields && !byBrowser);

  it.each(single)('in a field: $key', ({ key, command }) => {
    expect(commandOf(press(key), on({ isInField: true }))).toBeNull();
    expect(commandOf(press(key), on())).toBe(command);
  });

  it.each(['ctrlKey', 'metaKey', 'altKey'] as const)('with %s, unless it is the palette', (modifier) => {
    for (const { key } of single.filter((one) => one.key !== 'k')) {
      expect(commandOf(press(key, { [modifier]: true }), on())).toBeNull();
      expect(commandOf(press(key, { [modifier]: true }), on({ isMac: true }))).toBeNull();
    }
  });

  it('while a dialog or a menu is open', () => {
    for (const { key, withModifier = false } of SHORTCUTS) {
      expect(commandOf(press(key, { ctrlKey: withModifier }), on({ isBusy: true }))).toBeNull();
    }
  });

  it('while a character is composed, or when somebody has answered to it', () => {
    expect(commandOf(press('j', { isComposing: true }), on())).toBeNull();
    expect(commandOf(press('j', { defaultPrevented: true }), on())).toBeNull();
  });

  it('while it is held, unless it moves', () => {
    expect(commandOf(press('j', { repeat: true }), on())).toBe('next');
    expect(commandOf(press('x', { repeat: true }), on())).toBeNull();
  });
});

it('the palette opens with Ctrl, on a Mac with Cmd, also while one writes', () => {
  const writing = on({ isInField: true });
  expect(commandOf(press('k', { ctrlKey: true }), writing)).toBe('palette');
  expect(commandOf(press('k', { metaKey: true }), writing)).toBeNull();
  expect(commandOf(press('k', { metaKey: true }), { ...writing, isMac: true })).toBe('palette');
  // There it deletes to the end of the line.
  expect(commandOf(press('k', { ctrlKey: true }), { ...writing, isMac: true })).toBeNull();
  expect(commandOf(press('k', { ctrlKey: true, metaKey: true }), writing)).toBeNull();
  expect(commandOf(press('k', { ctrlKey: true, altKey: true }), writing)).toBeNull();
});

it('Escape leaves a field', () => {
  expect(commandOf(press('Escape'), on({ isInField: true }))).toBe('back');
});

it.each([
  [true, { tagName: 'TEXTAREA' }],
  [true, { tagName: 'SELECT' }],
  [true, { tagName: 'INPUT' }],
  [true, { tagName: 'INPUT', type: 'search' }],
  [true, { tagName: 'INPUT', type: 'date' }],
  [true, { tagName: 'DIV', isContentEditable: true }],
  [false, { tagName: 'INPUT', type: 'checkbox' }],
  [false, { tagName: 'INPUT', type: 'radio' }],
  [false, { tagName: 'BUTTON', type: 'submit' }],
  [false, { tagName: 'A' }],
])('is a field (%s): %o', (expected, element) => {
  expect(isField(element)).toBe(expected);
});
