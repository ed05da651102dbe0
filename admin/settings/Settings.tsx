import { useQuery } from '@tanstack/react-query';
import { NavLink, useParams } from 'react-router-dom';
import { useMay } from '../layout/account-context.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { Answer, NotFound } from '../parts/States.tsx';
import { usePortal } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import type { Settings as Data } from '../providers/types.ts';
import { LegalHint } from './LegalHint.tsx';
import { HoursSection } from './HoursSection.tsx';
import { OrganisationSection, SenderSection } from './OrganisationSections.tsx';
import { PauseSection } from './PauseSection.tsx';
import { PolicySection } from './PolicySection.tsx';
import './settings.css';

const SECTIONS = ['organisation', 'hours', 'escalation', 'sender', 'pause'] as const;
type SectionName = (typeof SECTIONS)[number];

/** Settings of the organisation, one section at a time. */
export function Settings() {
  const t = useT();
  const may = useMay();
  const portal = usePortal();
  const { section = 'organisation' } = useParams();
  const asked = useQuery({ queryKey: ['settings'], queryFn: () => portal.settings(), enabled: may('settings.read') });
  const name = SECTIONS.find((one) => one === section);
  if (!may('settings.read') || !name) return <NotFound />;
  return (
    <>
      <PageHead title={t('settings.title')} />
      <div className="settings">
        <nav className="panel settings-nav" aria-label={t('settings.title')}>
          {SECTIONS.map((one) => <NavLink key={one} to={`/settings/${one}`} className={one === name ? 'active' : ''} end>{t(`settings.${one}`)}</NavLink>)}
        </nav>
        {name === 'escalation' ? <PolicySection /> : (
          <div className="settings-main"><Answer query={asked} rows={8}>{(settings) => <><LegalHint settings={settings} isHere={name === 'sender'} /><Section name={name} settings={settings} /></>}</Answer></div>
        )}
      </div>
    </>
  );
}

function Section({ name, settings }: { name: Exclude<SectionName, 'escalation'>; settings: Data }) {
  if (name === 'hours') return <HoursSection settings={settings} />;
  if (name === 'sender') return <SenderSection settings={settings} />;
  if (name === 'pause') return <PauseSection settings={settings} />;
  return <OrganisationSection settings={settings} />;
}
