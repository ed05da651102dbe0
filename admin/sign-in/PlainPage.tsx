import type { ReactNode } from 'react';
import { useSetLocale } from 'react-admin';
import { languageOf } from '#domain/statuses.ts';
import { usePageTitle } from '../parts/PageHead.tsx';
import { useSpokenLocale } from '../parts/speech.ts';

/** A page without a session: one card, the language to choose below. */
export function PlainPage({ title, lead, below, children }: { title: string; lead?: string | undefined; below?: ReactNode; children: ReactNode }) {
  usePageTitle(title);
  const setLocale = useSetLocale();
  const locale = useSpokenLocale();
  const isGerman = languageOf(locale) === 'de';
  return (
    <main className="plain-page">
      <div className="plain-card">
        <p className="plain-brand"><img src="/favicon.svg" alt="" width="28" height="28" />Gewerk</p>
        <section className="panel">
          <h1>{title}</h1>
          {lead ? <p className="lead">{lead}</p> : null}
          {children}
        </section>
        <footer className="plain-foot">
          <span>{below}</span>
          <button type="button" className="linklike" lang={isGerman ? 'en' : 'de'} onClick={() => setLocale(isGerman ? 'en-GB' : 'de-DE')}>
            {isGerman ? 'English' : 'Deutsch'}
          </button>
        </footer>
      </div>
    </main>
  );
}
