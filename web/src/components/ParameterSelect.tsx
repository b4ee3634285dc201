// A list to choose a parameter of the address from.
import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import { useChosenParameter } from './useChosenParameter';

interface Props extends Omit<NativeSelectProps, 'value' | 'onChange'> {
  name: string;
}

export function ParameterSelect({ name, ...look }: Props) {
  const [value, choose] = useChosenParameter(name);
  return <NativeSelect {...look} value={value} onChange={({ currentTarget }) => choose(currentTarget.value)} />;
}
