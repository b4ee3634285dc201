// The sound of a notification: two soft tones, made here. Browsers are silent until somebody has used the page.

const NOTES = [
  { hertz: 659.25, at: 0 },
  { hertz: 880, at: 0.14 },
];
const LOUDNESS = 0.12;
/** From one time to the next. */
const AGAIN_S = 0.7;
const ATTACK_S = 0.015;
const FADE_S = 0.45;

let context: AudioContext | null = null;

/** To be called when somebody has just used the page: makes the sound possible from then on. */
export async function unlockSound(): Promise<boolean> {
  try {
    context ??= new AudioContext();
    if (context.state !== 'running') await context.resume();
  } catch {
    // No audio here, or not allowed: notifications are seen, not heard.
  }
  return canSound();
}

/** Whether a sound would be heard: of several tabs, one that nobody has used yet would be silent. */
export function canSound(): boolean {
  return context?.state === 'running';
}

/** How loud and how often it sounds that something calls for this many times again. */
export function emphasis(repeats: number): { times: number; loudness: number } {
  return { times: 1 + Math.min(repeats, 2), loudness: LOUDNESS * (1 + Math.min(repeats, 3)) };
}

export function playSound(repeats = 0): void {
  if (!context || !canSound()) return;
  const { times, loudness } = emphasis(repeats);
  for (let time = 0; time < times; time += 1) {
    const start = context.currentTime + time * AGAIN_S;
    for (const { hertz, at } of NOTES) playNote(context, hertz, start + at, loudness);
  }
}

function playNote(context: AudioContext, hertz: number, start: number, loudness: number): void {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = hertz;
  // Ramps, because a tone that starts or stops at once clicks.
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(loudness, start + ATTACK_S);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + FADE_S);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + FADE_S);
}
