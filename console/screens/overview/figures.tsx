import { Card, SimpleGrid, Skeleton, Text } from '@mantine/core';
import type { StageOverview } from '../../api/overview.ts';
import { sourceLabels, sources } from '../../api/sources.ts';
import { useSpeech } from '../../parts/language.tsx';
import { Place } from '../../parts/place.tsx';

type Day = StageOverview['days'][number];

/** The numbers of the stage. */
export const Figures = ({ of }: { readonly of: StageOverview | undefined }) => {
  const { say, language } = useSpeech();
  const sum = (name: 'confirmationsAsked' | 'confirmationsGiven' | 'bounces' | 'complaints') =>
    of && sumOf(of.days, name);
  const asked = sum('confirmationsAsked') ?? 0;
  const given = sum('confirmationsGiven') ?? 0;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} component="section" aria-label={say('overview.title')}>
      <Figure name={say('overview.contacts')} value={of?.contacts}>
        {of &&
          sources.map((source) => {
            const count = of.contactsBySource[source] ?? 0;
            return (
              count > 0 && (
                <Text key={source} size="sm">
                  {count.toLocaleString(language)}{' '}
                  <Place to="/contacts" search={{ source }}>
                    {sourceLabels[source]}
                  </Place>
                </Text>
              )
            );
          })}
      </Figure>
      <Figure name={`${say('overview.confirmations')} ${say('overview.days')}`} value={of && given}>
        <Text size="sm">
          {given.toLocaleString(language)} {say('overview.given')}, {asked.toLocaleString(language)}{' '}
          {say('overview.asked')}
        </Text>
      </Figure>
      <Figure name={`${say('overview.bounces')} ${say('overview.days')}`} value={sum('bounces')} />
      <Figure name={`${say('overview.complaints')} ${say('overview.days')}`} value={sum('complaints')} />
    </SimpleGrid>
  );
};

const sumOf = (days: readonly Day[], name: Exclude<keyof Day, 'day' | 'createdBySource'>): number =>
  days.reduce((sum, day) => sum + day[name], 0);

interface FigureProps {
  readonly name: string;
  readonly value: number | undefined;
  readonly children?: React.ReactNode;
}

const Figure = ({ name, value, children }: FigureProps) => {
  const { language } = useSpeech();
  return (
    <Card withBorder>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      {value === undefined ? (
        <Skeleton height={30} width={80} my={4} />
      ) : (
        <Text size="xl" fw={700}>
          {value.toLocaleString(language)}
        </Text>
      )}
      {children}
    </Card>
  );
};
