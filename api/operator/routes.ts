import { loadHealth, pauseInstallationMail } from '#db/operator/queries.ts';
import { route, type Route } from '../route.ts';
import { iso } from '../schema.ts';
import { PauseInput, PauseRecord } from '../settings/schema.ts';
import { HealthRecord } from './schema.ts';

const health = route(
  { method: 'get', path: '/operator/health', access: 'operator', summary: 'How the installation is doing', response: HealthRecord },
  async ({ em, now, deps }) => {
    const { figures, heartbeats, isMailPaused, mailPausedAt } = await loadHealth(em, now);
    const { oldestUnannouncedAt, ...counts } = figures;
    return {
      ...counts,
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

export const operatorRoutes: readonly Route[] = [health, pause];
