import { expect, test } from '@jest/globals';
import { ID_REUSE, parseWorkflowId, processUrl, SEARCH_ATTRIBUTES, WORKFLOW_NAMES, workflowIdOf } from '#domain/processes.ts';
import { PROCESS_KINDS } from '#domain/statuses.ts';

test.each(PROCESS_KINDS)('the id of a %s process can be read back', (kind) => {
  const ids = kind === 'digest' ? ['order', 'user', 'id'] : ['id'];
  expect(parseWorkflowId(workflowIdOf(kind, ...ids))).toEqual({ kind, ids });
});

test.each(['', 'assignment', 'invoice:1', ':1'])('%p is no id of ours', (id) => {
  expect(parseWorkflowId(id)).toBeNull();
});

test('an assignment or a mail is never begun twice; what may come again may', () => {
  expect(ID_REUSE).toEqual({ assignment: 'reject', mail: 'reject', inbound: 'allow', digest: 'allow', 'file-request': 'allow', invitation: 'allow' });
  expect(Object.keys(WORKFLOW_NAMES).toSorted()).toEqual([...PROCESS_KINDS].toSorted());
});

test('operators search by ids, numbers and moments: no attribute holds personal data', () => {
  expect(Object.keys(SEARCH_ATTRIBUTES).toSorted()).toEqual(['EscalationLevel', 'NeedsAttention', 'NextDueAt', 'OrganisationId', 'ProcessStatus', 'WorkOrderNumber']);
});

test('the address of a process in the Temporal UI', () => {
  expect(processUrl('http://localhost:8233/', 'default', 'assignment:a b')).toBe('http://localhost:8233/namespaces/default/workflows/assignment%3Aa%20b');
});
