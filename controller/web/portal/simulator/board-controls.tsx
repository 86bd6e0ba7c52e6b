import type { Device, Simulation } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useAction } from '../toasts/use-action.ts';
import { LatestSender } from './latest-sender.ts';
import { TemperatureControl } from './temperature-control.tsx';
import { ToggleLine } from './toggle-line.tsx';

/** The switches of a simulated board; each shows what the device reports, and asks it to pretend otherwise. */
export function BoardControls({ device }: { device: Device }) {
  const { run } = useAction();
  const [answers, setAnswers] = useState(true);
  const [sender] = useState(
    () =>
      new LatestSender<Simulation>((args) =>
        run(() => request('POST', `devices/${device.id}/commands`, { body: { name: 'simulate', args } })),
      ),
  );
  const isOff = device.connection !== 'ready';
  const hasInput = (kind: 'keyboard' | 'mouse'): boolean =>
    device.input?.devices.some((each) => each.kind === kind) ?? false;
  const isTvOn = device.cec?.adapters.some(({ power }) => power === 'on') ?? false;
  const power = isTvOn ? 'on' : 'standby';

  return (
    <div className="form">
      {device.hdmi?.connectors.map(({ name, connected }) => (
        <ToggleLine
          key={name}
          label={`${name} plugged in`}
          isOn={connected}
          isDisabled={isOff}
          onToggle={(on) => sender.offer(name, { what: 'hdmi', connector: name, connected: on })}
        />
      ))}
      <ToggleLine
        label="TV is on"
        isOn={isTvOn}
        isDisabled={isOff}
        onToggle={(on) => sender.offer('tv', { what: 'tv', power: on ? 'on' : 'standby', answers })}
      />
      <ToggleLine
        label="TV answers on CEC"
        isOn={answers}
        isDisabled={isOff}
        onToggle={(on) => {
          setAnswers(on);
          return sender.offer('tv', { what: 'tv', power, answers: on });
        }}
      />
      {(['keyboard', 'mouse'] as const).map((kind) => (
        <ToggleLine
          key={kind}
          label={`${kind === 'mouse' ? 'Mouse' : 'Keyboard'} plugged in`}
          isOn={hasInput(kind)}
          isDisabled={isOff}
          onToggle={(present) => sender.offer(kind, { what: 'input', kind, present })}
        />
      ))}
      <ToggleLine
        label="Power supply too weak"
        isOn={device.health?.underVoltage ?? false}
        isDisabled={isOff}
        onToggle={(underVoltage) => sender.offer('power', { what: 'health', underVoltage })}
      />
      <TemperatureControl
        reportedC={device.health?.temperatureC ?? null}
        isDisabled={isOff}
        onSet={(temperatureC) => sender.offer('temperature', { what: 'health', temperatureC })}
      />
    </div>
  );
}
