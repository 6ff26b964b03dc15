import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { VisuallyHidden } from '@mantine/core';
import type { StageOverview } from '../../api/overview.ts';
import { type Source, sourceLabels, sources } from '../../api/sources.ts';
import { useSpeech } from '../../parts/language.tsx';

type Days = StageOverview['days'];

const colors: Readonly<Record<Source, string>> = {
  SUBSCRIPTION: 'teal.6',
  IMPORT: 'indigo.5',
  API: 'orange.6',
  I_MESSAGE: 'pink.5',
  ORDER: 'yellow.6',
  CAMPAIGN: 'grape.5',
  SITE_AUTOMATED: 'cyan.5',
};

/** A bar a day, of its sources; the same as a table for who does not see it. */
export const NewContactsChart = ({ days, heightPixels }: { readonly days: Days; readonly heightPixels: number }) => {
  const { say, language } = useSpeech();
  const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const nameOf = (day: string) => format.format(new Date(day));
  const there = sources.filter((source) => days.some(({ createdBySource }) => (createdBySource[source] ?? 0) > 0));
  return (
    <>
      <div aria-hidden>
        <BarChart
          h={heightPixels}
          data={days.map(({ day, createdBySource }) => ({ day: nameOf(day), ...createdBySource }))}
          dataKey="day"
          type="stacked"
          series={there.map((source) => ({ name: source, label: sourceLabels[source], color: colors[source] }))}
          valueFormatter={(value) => value.toLocaleString(language)}
          withLegend
          legendProps={{ verticalAlign: 'bottom' }}
          yAxisProps={{ allowDecimals: false, width: 44 }}
          xAxisProps={{ minTickGap: 16 }}
          barProps={{ isAnimationActive: false }}
          barChartProps={{ accessibilityLayer: false }}
          tickLine="none"
        />
      </div>
      <VisuallyHidden>
        <table>
          <caption>{say('overview.newByDay')}</caption>
          <thead>
            <tr>
              <th>{say('overview.day')}</th>
              {there.map((source) => (
                <th key={source}>{sourceLabels[source]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, createdBySource }) => (
              <tr key={day}>
                <th>{nameOf(day)}</th>
                {there.map((source) => (
                  <td key={source}>{(createdBySource[source] ?? 0).toLocaleString(language)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </>
  );
};
