import { decideAllHeldReminders } from '#db/mails/held-reminders.ts';
import { loadHealth, pauseInstallationMail } from '#db/operator/queries.ts';
import { HeldRemindersInput } from '../mails/schema.ts';
import { route, type Route } from '../route.ts';
import { iso } from '../schema.ts';
import { PauseInput, PauseRecord } from '../settings/schema.ts';
import { HealthRecord } from './schema.ts';

const health = route(
  { method: 'get', path: '/operator/health', access: 'operator', summary: 'How the installation is doing', response: HealthRecord },
  async ({ em, now, deps }) => {
    const { figures, heartbeats, isMailPaused, mailPausedAt, heldRemindersDecision } = await loadHealth(em, now);
    const { oldestUnannouncedAt, heldReminders, heldRemindersSince, ...counts } = figures;
    return {
      ...counts,
      heldReminders: { count: heldReminders, since: iso(heldRemindersSince), decision: heldRemindersDecision },
      oldestUnannouncedSeconds: oldestUnannouncedAt ? Math.max(0, Math.round((now.getTime() - oldestUnannouncedAt.getTime()) / 1000)) : null,
      heartbeats: heartbeats.map((one) => ({ ...one, at: iso(one.at) })),
      isMailPaused,
      mailPausedAt: iso(mailPausedAt),
      liveStreams: deps.streams.count(),
      temporalUi: deps.settings.TEMPORAL_UI_URL,
      temporalNamespace: deps.settings.TEMPORAL_NAMESPACE,
    };
  },
);

const pause = route(
  {
    method: 'post',
    path: '/operator/mail-pause',
    access: 'operator',
    summary: 'Stop or resume all outgoing mail of the installation',
    body: PauseInput,
    response: PauseRecord,
  },
  async ({ em, actor, body, now }) => {
    const installation = await pauseInstallationMail(em, actor, body.isPaused, now);
    return { isMailPaused: installation.isMailPaused, mailPausedAt: installation.isMailPaused ? iso(installation.mailPausedAt ?? null) : null };
  },
);

const heldReminders = route(
  {
    method: 'post',
    path: '/operator/held-reminders',
    access: 'operator',
    summary: 'Send, or not, the reminders that are held everywhere as an unusual flood; the worker carries it out',
    body: HeldRemindersInput,
    status: 202,
    response: HeldRemindersInput,
  },
  async ({ em, actor, body, now }) => {
    await decideAllHeldReminders(em, actor, body.decision, now);
    return body;
  },
);

export const operatorRoutes: readonly Route[] = [health, pause, heldReminders];
