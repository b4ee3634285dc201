// What the server has said about trying again too soon. It holds for what was sent: whoever changes that asks anew.

export interface Wait {
  /** The values that were sent, as the form holds them. */
  values: object;
  /** The end in milliseconds since 1970. */
  until: number;
  isOn: boolean;
  /** How often somebody has tried to send the same again meanwhile. */
  reminders: number;
}

type WaitEvent =
  | { type: 'told'; values: object; until: number }
  | { type: 'reminded' }
  | { type: 'over' }
  | { type: 'forgotten' };

export function waitReducer(wait: Wait | null, event: WaitEvent): Wait | null {
  switch (event.type) {
    case 'told':
      return { values: event.values, until: event.until, isOn: true, reminders: 0 };
    case 'reminded':
      return wait && { ...wait, reminders: wait.reminders + 1 };
    case 'over':
      return wait && { ...wait, isOn: false };
    case 'forgotten':
      return null;
  }
}

/** The wait that these values have to keep, or have kept. */
export function waitOf(wait: Wait | null, values: object): Wait | null {
  return wait?.values === values ? wait : null;
}
