import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import page from '../../../docs/subscription-form.html?raw';
import { createKey } from '../../api/keys.ts';
import { useMay } from '../../api/session.ts';
import { useAct } from '../../parts/act.tsx';
import { CopyBlock } from '../../parts/copy-block.tsx';
import { Heading } from '../../parts/heading.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';

/** A part of the example page, which stands between two marks. */
const partOf = (name: string): string => {
  const [, part = ''] =
    new RegExp(`<!-- begin: ${name} -->\\n([\\s\\S]*?)\\n\\s*<!-- end: ${name} -->`).exec(page) ?? [];
  const indent = /^ */.exec(part)?.[0].length ?? 0;
  return part.replaceAll(new RegExp(`^ {${indent}}`, 'gm'), '');
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const filledForm = (key: string, formType: string): string =>
  partOf('form')
    .replace(/data-url="[^"]*"/, `data-url="${location.origin}"`)
    .replace(/data-key="[^"]*"/, `data-key="${escaped(key)}"`)
    .replace(/data-form-type="[^"]*"/, `data-form-type="${escaped(formType)}"`);

/** A form for somebody's site, with a key made for it. */
export const Forms = () => {
  const { say } = useSpeech();
  const mayMakeKeys = useMay('adminKeys');
  const [name, setName] = useState('site-form');
  const [formType, setFormType] = useState('');
  const [key, setKey] = useState<string>();
  const make = useAct({
    run: () => createKey(name, 'subscribe'),
    onDone: (made) => setKey(made.key),
    isQuiet: true,
  });
  const code =
    key === undefined ? undefined : [partOf('styles'), filledForm(key, formType), partOf('script')].join('\n');
  return (
    <>
      <Heading title={say('forms.title')} />
      <Stack maw="50rem">
        <Text>{say('forms.explain')}</Text>
        <TextInput
          label={say('forms.formType')}
          description={say('forms.formType.hint', { type: formType || '…' })}
          value={formType}
          onChange={(event) => setFormType(event.currentTarget.value)}
          maxLength={60}
          maw={360}
        />
        {mayMakeKeys && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              make.mutate();
            }}
          >
            <Group align="flex-end">
              <TextInput
                label={say('forms.keyName')}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                required
                maxLength={100}
              />
              <Button type="submit" loading={make.isPending}>
                {say('forms.makeKey')}
              </Button>
            </Group>
          </form>
        )}
        <ProblemNotice problem={make.error} />
        {code === undefined ? (
          <Text c="dimmed">{say('forms.needKey')}</Text>
        ) : (
          <CopyBlock title={say('forms.code')} text={code} />
        )}
        <section>
          <Title order={2} size="h4" mb="xs">
            {say('forms.preview')}
          </Title>
          <iframe
            title={say('forms.preview')}
            sandbox=""
            srcDoc={`<!doctype html>${partOf('styles')}${filledForm('', formType)}`}
            style={{
              width: '100%',
              height: '16rem',
              border: '1px solid var(--mantine-color-default-border)',
              background: '#fff',
            }}
          />
        </section>
      </Stack>
    </>
  );
};
