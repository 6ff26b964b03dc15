import { describe, expect, test } from 'vitest';
import { workflowOf, workflowPorts } from '#test/support/workflows/workflow-ports.ts';
import { deleteWorkflow, mostWorkflows, readWorkflow, saveWorkflow } from '#usecases/workflows/manage-workflows.ts';

const { name, eventTypeKey, uniqueness, steps } = workflowOf();
const request = { name, eventTypeKey, uniqueness, steps, isEnabled: true };
const other = { ...request, name: 'Other' };

describe('a workflow', () => {
  test('is stored under its id, in version 1', async () => {
    const ports = workflowPorts();

    const saved = await saveWorkflow(ports, 'welcome', request);

    expect(saved).toMatchObject({ ...request, id: 'welcome', version: 1 });
    expect(await readWorkflow(ports, 'welcome')).toEqual(saved);
  });

  test('is another version where its definition changed, and the same where it did not or was only switched off', async () => {
    const ports = workflowPorts();
    await saveWorkflow(ports, 'welcome', request);

    const versions = [];
    for (const next of [request, { ...request, isEnabled: false }, other, request]) {
      const { version, isEnabled } = await saveWorkflow(ports, 'welcome', next);
      versions.push([version, isEnabled]);
    }

    expect(versions).toEqual([
      [1, true],
      [1, false],
      [2, true],
      [3, true],
    ]);
    expect((await ports.workflows.findVersion('welcome', 2))?.definition.name).toBe('Other');
  });

  test('has its first secret until another one is asked for, which is no other version of it', async () => {
    const ports = workflowPorts();
    const save = async (webhookSecretNumber?: number) => {
      const asked = { ...request, ...(webhookSecretNumber !== undefined && { webhookSecretNumber }) };
      const saved = await saveWorkflow(ports, 'welcome', asked);
      return [saved.version, saved.webhookSecretNumber];
    };

    const saved = [await save(), await save(2), await save(), await save(2), await save(3)];

    expect(saved).toEqual([
      [1, 1],
      [1, 2],
      [1, 2],
      [1, 2],
      [1, 3],
    ]);
    for (const wrong of [1, 2, 5]) {
      await expect(save(wrong)).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
        message: 'webhookSecretNumber must be 3, or 4 for a new secret',
      });
    }
  });

  test('is not replaced by whoever knows another version of it', async () => {
    const ports = workflowPorts();
    await saveWorkflow(ports, 'welcome', { ...request, version: 0 });

    await expect(saveWorkflow(ports, 'welcome', { ...other, version: 0 })).rejects.toMatchObject({
      code: 'WORKFLOW_CHANGED',
    });
    await expect(saveWorkflow(ports, 'nobody', { ...other, version: 1 })).rejects.toMatchObject({
      code: 'WORKFLOW_CHANGED',
    });
    expect(await saveWorkflow(ports, 'welcome', { ...other, version: 1 })).toMatchObject({ version: 2 });
  });

  test('is one after all, where two store it at the same time', async () => {
    const ports = workflowPorts();

    const saved = await Promise.all([saveWorkflow(ports, 'welcome', request), saveWorkflow(ports, 'welcome', other)]);

    expect(saved.map(({ version }) => version).sort()).toEqual([1, 2]);
    const last = saved.find(({ version }) => version === 2);
    expect(await readWorkflow(ports, 'welcome')).toEqual(last);
  });

  test('is gone once it is deleted, and goes on counting where it is stored again', async () => {
    const ports = workflowPorts();
    await saveWorkflow(ports, 'welcome', request);

    await deleteWorkflow(ports, 'welcome');
    await expect(readWorkflow(ports, 'welcome')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(deleteWorkflow(ports, 'welcome')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const again = await saveWorkflow(ports, 'welcome', other);

    expect(again.version).toBe(2);
    expect((await ports.workflows.findVersion('welcome', 1))?.definition.name).toBe(name);
  });

  test('is one of two hundred at most, as each of them is looked at for each event', async () => {
    const ports = workflowPorts();
    for (let index = 0; index < mostWorkflows; index++) await saveWorkflow(ports, `w${index}`, request);

    await expect(saveWorkflow(ports, 'one-more', request)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(await saveWorkflow(ports, 'w0', other)).toMatchObject({ version: 2 });
  });
});
