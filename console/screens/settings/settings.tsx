import { Tabs } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay } from '../../api/session.ts';
import { Heading } from '../../parts/heading.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { Categories } from './categories.tsx';
import { EventTypes } from './event-types.tsx';
import { Fields } from './fields.tsx';
import { Keys } from './keys.tsx';
import { Stage } from './stage.tsx';

/** Custom fields, categories, types of events, keys, and the settings that the stage runs with. */
export const Settings = () => {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const { section = 'fields' } = useParams({ strict: false }) as { section?: string };
  const mayKeys = useMay('adminKeys');
  const sections: readonly (readonly [id: string, title: string, content: ReactNode])[] = [
    ['fields', say('settings.fields'), <Fields key="fields" />],
    ['subscriptions', say('settings.subscriptions'), <Categories key="subscriptions" />],
    ['event-types', say('settings.eventTypes'), <EventTypes key="event-types" />],
    ...(mayKeys ? [['keys', say('settings.keys'), <Keys key="keys" />] as const] : []),
    ['stage', say('settings.stage'), <Stage key="stage" />],
  ];
  return (
    <>
      <Heading title={say('settings.title')} />
      <Tabs
        value={section}
        onChange={(chosen) => void navigate({ to: `/settings/${chosen}` } as never)}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {sections.map(([id, title]) => (
            <Tabs.Tab key={id} value={id}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {sections.map(([id, , content]) => (
          <Tabs.Panel key={id} value={id}>
            {content}
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
};
