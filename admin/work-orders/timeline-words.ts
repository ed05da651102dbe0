import { fill, type Words } from '#domain/words/index.ts';
import type { MessageKey, Translate } from '../messages/shape.ts';
import type { Order, TimelineLine } from '../providers/types.ts';

export type TimelineSpeech = {
  readonly words: Words; readonly t: Translate; readonly order: Pick<Order, 'assignments' | 'responsible'>;
  readonly near: (iso: string) => string; readonly nearDay: (day: string) => string; readonly window: (from: string, until: string | null) => string;
};
type Line = Pick<TimelineLine, 'name' | 'data' | 'assigneeName' | 'subjectName'>;

const FIELDS: Readonly<Record<string, MessageKey>> = {
  title: 'form.title', description: 'form.description', workspaceId: 'form.workspace', assetId: 'form.asset', priority: 'form.priority', category: 'form.category',
  dueOn: 'form.due', locationText: 'form.location', onSiteName: 'form.on_site', onSitePhone: 'form.on_site', onSiteEmail: 'form.on_site', onSiteHours: 'form.on_site',
  accessNote: 'form.access', costLimitCents: 'form.cost', clientReference: 'form.client_reference', contractorReference: 'order.contractor_reference',
  responsibleUserId: 'form.responsible', isSafetyRelevant: 'form.safety', isWarranty: 'form.warranty', earlierOrderId: 'form.warranty',
};

/** An event's line in words: ids and codes of its data become names; an event that this portal does not know shows its name. */
export function timelineSentence(line: Line, speech: TimelineSpeech): string {
  const { words } = speech;
  const action = textOf(line.data['action']);
  const known: Readonly<Record<string, string>> = words.planned;
  // The process asks or tells by many steps; the step's own word says more than "reminded".
  if (line.name === 'assignment.reminded' && action && !['remind', 'last_reminder'].includes(action)) {
    return [fill(known[action] ?? action, {}), line.assigneeName].filter(Boolean).join(': ');
  }
  const sentence = (words.event as Readonly<Record<string, string>>)[line.name] ?? line.name;
  return fill(sentence, { assignee: line.assigneeName, ...namesIn(line, speech) });
}

function namesIn({ data, subjectName }: Line, { words, t, order, near, nearDay, window }: TimelineSpeech): Record<string, string | null> {
  const text = (name: string): string => textOf(data[name]);
  const until = text('until');
  const contact = order.assignments.flatMap((one) => one.contacts).find((one) => one.id === text('contactId'));
  const fields = Array.isArray(data['fields']) ? data['fields'].map((name) => { const key = FIELDS[textOf(name)]; return key ? t(key) : textOf(name); }) : [];
  return {
    reason: reasonIn(data, words),
    fields: [...new Set(fields)].join(', '),
    fileName: text('fileName') || text('name') || (text('attachmentId') ? (subjectName ?? '') : ''),
    proposal: text('step') in words.assignmentStep ? words.assignmentStep[text('step') as 'accept'] : (text('step') in words.step ? words.step[text('step') as 'start'] : ''),
    promisedDate: text('from').includes('T') ? window(text('from'), until || null) : '',
    answerBy: text('answerBy') ? near(text('answerBy')) : '',
    until: until.includes('T') ? near(until) : until ? nearDay(until) : '',
    told: text('action') === 'tell_admins' ? words.role.admin : text('action') === 'tell_responsible' ? (order.responsible?.name ?? '') : '',
    step: fill((words.planned as Readonly<Record<string, string>>)[text('action')] ?? '', {}),
    contact: contact?.name ?? '',
    observer: subjectName,
  };
}

const REASONS = ['holdReason', 'declineReason', 'withdrawReason', 'skipReason'] as const;

function reasonIn(data: Line['data'], words: Words): string {
  const code = textOf(data['waitingReason']) || textOf(data['reason']) || textOf(data['skip']);
  for (const section of REASONS) {
    const found = (words[section] as Readonly<Record<string, string>>)[code];
    if (found) return found;
  }
  return code;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
