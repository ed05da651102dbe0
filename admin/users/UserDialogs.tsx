import { Autocomplete, FormControl, FormControlLabel, FormLabel, MenuItem, Radio, RadioGroup, TextField } from '@mui/material';
import { useState } from 'react';
import { ROLES, type Role } from '#domain/statuses.ts';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { useCommand } from '../parts/portal.ts';
import { useSpokenLocale, useT, useWords } from '../parts/speech.ts';
import { LOCALE_CHOICES } from '../providers/i18n.ts';
import type { Member, Workspace } from '../providers/types.ts';

type Access = { readonly role: Role; readonly workspaceIds: readonly string[] | null };

/** Invites somebody by mail: address, name, role, where they work. */
export function InviteDialog({ workspaces, onClose }: { workspaces: readonly Workspace[]; onClose: () => void }) {
  const t = useT();
  const locale = useSpokenLocale();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [language, setLanguage] = useState<string>(locale);
  const [access, setAccess] = useState<Access>({ role: 'coordinator', workspaceIds: null });
  const invite = useCommand((portal, data: Record<string, unknown>) => portal.create('users', { data }), { refreshes: ['users'], said: 'users.invited' });
  return (
    <ActionDialog isOpen title={t('users.invite')} confirm={t('users.invite_send')} onClose={onClose} canConfirm={/^\S+@\S+\.\S+$/.test(email.trim()) && name.trim() !== ''} footer={email.trim()}
      onConfirm={() => invite.mutateAsync({ email: email.trim(), name: name.trim(), locale: language, ...access })}>
      <div className="field-row">
        <TextField autoFocus required type="email" label={t('users.email')} value={email} onChange={(event) => setEmail(event.target.value)} />
        <TextField required label={t('users.name')} value={name} onChange={(event) => setName(event.target.value)} />
      </div>
      <TextField select label={t('users.language')} value={language} onChange={(event) => setLanguage(event.target.value)}>
        {LOCALE_CHOICES.map((one) => <MenuItem key={one.id} value={one.id}>{one.name}</MenuItem>)}
      </TextField>
      <AccessFields access={access} onChange={setAccess} workspaces={workspaces} />
    </ActionDialog>
  );
}

export function MemberDialog({ member, workspaces, onClose }: { member: Member; workspaces: readonly Workspace[]; onClose: () => void }) {
  const t = useT();
  const [access, setAccess] = useState<Access>({ role: member.role, workspaceIds: member.workspaceIds });
  const change = useCommand((portal, input: Access) => portal.changeMember(member.id, input), { refreshes: ['users'], said: 'users.changed' });
  return (
    <ActionDialog isOpen title={`${t('users.change')}: ${member.name}`} confirm={t('action.save')} onClose={onClose} onConfirm={() => change.mutateAsync(access)}>
      <AccessFields access={access} onChange={setAccess} workspaces={workspaces} />
    </ActionDialog>
  );
}

function AccessFields({ access, onChange, workspaces }: { access: Access; onChange: (access: Access) => void; workspaces: readonly Workspace[] }) {
  const t = useT();
  const words = useWords();
  const chosen = workspaces.filter((one) => access.workspaceIds?.includes(one.id));
  return (
    <>
      <FormControl fullWidth>
        <FormLabel>{t('users.role')}</FormLabel>
        <RadioGroup value={access.role} onChange={(_, role) => onChange({ ...access, role: role as Role })}>
          {ROLES.map((role) => <FormControlLabel key={role} value={role} control={<Radio />} label={<span><b>{words.role[role]}</b> <span className="second">{t(`users.role_${role}`)}</span></span>} />)}
        </RadioGroup>
      </FormControl>
      <Autocomplete multiple options={[...workspaces]} value={chosen} getOptionLabel={(one) => one.name} isOptionEqualToValue={(one, other) => one.id === other.id}
        onChange={(_, next) => onChange({ ...access, workspaceIds: next.length > 0 ? next.map((one) => one.id) : null })}
        renderInput={(params) => <TextField {...params} label={t('users.workspaces')} placeholder={chosen.length === 0 ? t('users.all_workspaces') : ''} slotProps={{ ...params.slotProps, inputLabel: { ...params.slotProps?.inputLabel, shrink: true } }} />} />
    </>
  );
}
