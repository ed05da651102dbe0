import { MenuItem } from '@mui/material';
import { CURRENCIES } from '#domain/format/amounts.ts';
import type { Fact } from '../parts/FactList.tsx';
import { TextInput } from '../parts/TextInput.tsx';
import { useT } from '../parts/speech.ts';
import { LOCALE_CHOICES } from '../providers/i18n.ts';
import type { Settings } from '../providers/types.ts';
import { SettingsForm } from './SettingsForm.tsx';

const ZONES = ['Europe/Berlin', 'Europe/Vienna', 'Europe/Zurich', 'Europe/London'];
type Errors = Readonly<Record<string, string>>;

function pick<Name extends keyof Settings>(settings: Settings, names: readonly Name[]): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, (settings[name] as string | null) ?? ''])) as Record<Name, string>;
}

function trimmed(fields: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.trim()]));
}

const ORGANISATION = ['name', 'phone', 'onCallPhone', 'locale', 'timeZone', 'currency', 'workspaceWord', 'ticketLetter', 'maintenanceLetter'] as const;
type OrganisationFields = Record<(typeof ORGANISATION)[number], string>;

export function OrganisationSection({ settings }: { settings: Settings }) {
  const t = useT();
  const facts: Fact[] = [
    [t('settings.name'), settings.name], [t('settings.phone'), settings.phone], [t('settings.on_call'), settings.onCallPhone],
    [t('settings.locale'), LOCALE_CHOICES.find((one) => one.id === settings.locale)?.name ?? settings.locale], [t('settings.time_zone'), settings.timeZone],
    [t('settings.currency'), settings.currency], [t('settings.workspace_word'), settings.workspaceWord],
    [t('settings.ticket_letter'), settings.ticketLetter], [t('settings.maintenance_letter'), settings.maintenanceLetter],
  ];
  return <SettingsForm<OrganisationFields> title={t('settings.organisation')} settings={settings} start={pick(settings, ORGANISATION)} Inputs={OrganisationInputs} recordOf={trimmed} facts={facts} />;
}

function OrganisationInputs({ fields, onChange, errors }: { fields: OrganisationFields; onChange: (fields: OrganisationFields) => void; errors: Errors }) {
  const t = useT();
  const common = { fields, onFields: onChange, errors };
  return (
    <>
      <TextInput {...common} name="name" label={t('settings.name')} required />
      <div className="field-row">
        <TextInput {...common} name="phone" label={t('settings.phone')} type="tel" />
        <TextInput {...common} name="onCallPhone" label={t('settings.on_call')} type="tel" />
        <TextInput {...common} name="locale" label={t('settings.locale')} select>
          {LOCALE_CHOICES.map((one) => <MenuItem key={one.id} value={one.id}>{one.name}</MenuItem>)}
        </TextInput>
        <TextInput {...common} name="timeZone" label={t('settings.time_zone')} select>
          {[...new Set([...ZONES, fields.timeZone])].map((one) => <MenuItem key={one} value={one}>{one}</MenuItem>)}
        </TextInput>
        <TextInput {...common} name="currency" label={t('settings.currency')} select>
          {CURRENCIES.map((one) => <MenuItem key={one} value={one}>{one}</MenuItem>)}
        </TextInput>
        <TextInput {...common} name="workspaceWord" label={t('settings.workspace_word')} />
        <TextInput {...common} name="ticketLetter" label={t('settings.ticket_letter')} slotProps={{ htmlInput: { maxLength: 3 } }} />
        <TextInput {...common} name="maintenanceLetter" label={t('settings.maintenance_letter')} slotProps={{ htmlInput: { maxLength: 3 } }} />
      </div>
    </>
  );
}

const SENDER = ['senderName', 'legalFooter', 'legalUrl', 'privacyUrl'] as const;
type SenderFields = Record<(typeof SENDER)[number], string>;

export function SenderSection({ settings }: { settings: Settings }) {
  const t = useT();
  const facts: Fact[] = [
    [t('settings.sender_name'), settings.senderName], [t('settings.footer'), settings.legalFooter ? <span className="pre">{settings.legalFooter}</span> : null],
    [t('settings.legal_url'), settings.legalUrl], [t('settings.privacy_url'), settings.privacyUrl],
  ];
  return (
    <>
      <SettingsForm<SenderFields> title={t('settings.sender')} settings={settings} start={pick(settings, SENDER)} Inputs={SenderInputs} recordOf={trimmed} facts={facts} />
      <p className="note-box settings-note"><span>{t('settings.mail_name')}: <b>{settings.inboundAddress}</b><br />{t('settings.mail_name_hint')}</span></p>
    </>
  );
}

function SenderInputs({ fields, onChange, errors }: { fields: SenderFields; onChange: (fields: SenderFields) => void; errors: Errors }) {
  const t = useT();
  const common = { fields, onFields: onChange, errors };
  return (
    <>
      <TextInput {...common} name="senderName" label={t('settings.sender_name')} />
      <TextInput {...common} name="legalFooter" label={t('settings.footer')} multiline minRows={3} />
      <div className="field-row">
        <TextInput {...common} name="legalUrl" label={t('settings.legal_url')} type="url" />
        <TextInput {...common} name="privacyUrl" label={t('settings.privacy_url')} type="url" />
      </div>
    </>
  );
}
