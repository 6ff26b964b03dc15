import { useSpeech } from './language.tsx';

/** A moment in the reader's zone; hovering shows it in UTC. */
export const Time = ({ at, isLong = false }: { readonly at: string | undefined; readonly isLong?: boolean }) => {
  const { language, say } = useSpeech();
  if (at === undefined) return <span>{say('never')}</span>;
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: isLong ? 'medium' : 'short' });
  return (
    <time dateTime={at} title={at.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')} style={{ whiteSpace: 'nowrap' }}>
      {format.format(new Date(at))}
    </time>
  );
};
