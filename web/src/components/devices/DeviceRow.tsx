// One session: on which device, from where, since when, and the way to end it.
import { Badge, Button, Group, Text } from '@mantine/core';
import {
  IconDeviceDesktop,
  IconDeviceMobile,
  IconDeviceTablet,
  IconDeviceUnknown,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Session } from '@/api/types';
import { RelativeTime } from '@/components/RelativeTime';
import { type Device, deviceOf } from './device';
import { deviceText } from './deviceText';
import classes from './DeviceRow.module.css';

const ICONS: Record<Device['kind'], TablerIcon> = {
  desktop: IconDeviceDesktop,
  mobile: IconDeviceMobile,
  tablet: IconDeviceTablet,
  unknown: IconDeviceUnknown,
};

interface Props {
  session: Session;
  isEnding?: boolean;
  /** Absent: it is only shown. */
  onEnd?: (device: string) => void;
}

export function DeviceRow({ session, isEnding = false, onEnd }: Props) {
  const { t } = useTranslation();
  const device = deviceOf(session.user_agent);
  const name = deviceText(t, device);
  const Icon = ICONS[device.kind];

  return (
    <li className={classes.row}>
      <Icon size={26} stroke={1.5} className={classes.icon} aria-hidden />
      <div className={classes.facts}>
        <Group gap="xs">
          <Text fw={600}>{name}</Text>
          {session.current && (
            <Badge variant="light" tt="none">
              {t('settings.devices.current')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {session.address && `${session.address} · `}
          {t('settings.devices.signedIn')} <RelativeTime at={session.created_at} />
          {' · '}
          {session.current ? (
            t('settings.devices.activeNow')
          ) : (
            <>
              {t('settings.devices.lastActive')} <RelativeTime at={session.last_seen_at} />
            </>
          )}
        </Text>
      </div>
      {onEnd && (
        <Button
          variant="default"
          size="xs"
          loading={isEnding}
          aria-label={session.current ? t('settings.devices.endCurrentOf') : t('settings.devices.endOf', { device: name })}
          onClick={() => onEnd(name)}
        >
          {session.current ? t('settings.devices.endCurrent') : t('settings.devices.end')}
        </Button>
      )}
    </li>
  );
}
