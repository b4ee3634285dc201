// What a priority means for how a ticket is shown.
import type { Priority } from '@/api/types';

export function isPressing(priority: Priority): boolean {
  return priority === 'high' || priority === 'urgent';
}
