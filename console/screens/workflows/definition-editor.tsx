import { json, jsonParseLinter } from '@codemirror/lang-json';
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint';
import { Alert, Text } from '@mantine/core';
import { basicSetup, EditorView } from 'codemirror';
import { useEffect, useRef, useState } from 'react';
import { useSpeech } from '../../parts/language.tsx';
import { faultsOf, stepKinds } from './workflow-schema.ts';

interface DefinitionEditorProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** Whether the text is a workflow. */
  readonly onJudge: (isValid: boolean) => void;
  readonly isReadOnly: boolean;
}

const parses = jsonParseLinter();

/** Faults of the text: where it is no JSON there, else at its beginning by the schema. */
const diagnose = (view: EditorView): Diagnostic[] => {
  const unparsed = parses(view);
  if (unparsed.length > 0) return unparsed;
  return faultsOf(view.state.doc.toString()).map((message) => ({ from: 0, to: 0, severity: 'error', message }));
};

/** An editor of a workflow's definition that checks it against the schema as it is typed. */
const DefinitionEditor = ({ text, onChange, onJudge, isReadOnly }: DefinitionEditorProps) => {
  const { say } = useSpeech();
  const parent = useRef<HTMLDivElement>(null);
  const first = useRef(text);
  const tell = useRef({ onChange, onJudge });
  tell.current = { onChange, onJudge };
  const [faults, setFaults] = useState<readonly string[]>([]);
  const label = say('workflows.definition');
  useEffect(() => {
    if (!parent.current) return undefined;
    const view = new EditorView({
      doc: first.current,
      parent: parent.current,
      extensions: [
        basicSetup,
        json(),
        lintGutter(),
        linter((edited) => {
          const found = diagnose(edited);
          setFaults(found.map(({ message }) => message));
          tell.current.onJudge(found.length === 0);
          return found;
        }),
        EditorView.lineWrapping,
        EditorView.editable.of(!isReadOnly),
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        EditorView.theme({
          '&': {
            background: '#fff',
            color: '#1a1a1a',
            border: '1px solid var(--mantine-color-default-border)',
            maxHeight: '28rem',
          },
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) tell.current.onChange(update.state.doc.toString());
        }),
      ],
    });
    return () => view.destroy();
  }, [isReadOnly, label]);
  return (
    <div>
      <div ref={parent} />
      <div role="status">
        {faults.length === 0 ? (
          <Text size="sm" c="dimmed" mt={4}>
            {say('workflows.valid')} {say('workflows.stepKinds', { kinds: stepKinds.join(', ') })}
          </Text>
        ) : (
          <Alert color="red" mt="xs">
            {faults.map((fault) => (
              <Text key={fault} size="sm">
                {fault}
              </Text>
            ))}
          </Alert>
        )}
      </div>
    </div>
  );
};

export default DefinitionEditor;
