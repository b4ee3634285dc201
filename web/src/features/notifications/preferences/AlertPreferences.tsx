// The choice how this browser calls for attention.
import { Stack } from '@mantine/core';
import { BrowserPreference } from './BrowserPreference';
import { SoundPreference } from './SoundPreference';

export function AlertPreferences() {
  return (
    <Stack gap="lg">
      <SoundPreference />
      <BrowserPreference />
    </Stack>
  );
}
