import { Button, IconButton, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { useMay } from '../layout/account-context.ts';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { AddIcon, MoreIcon } from '../parts/icons.ts';
import { Initials } from '../parts/Panel.tsx';
import { RecordList } from '../parts/RecordLists.tsx';
import type { Column } from '../parts/RecordTable.tsx';
import { useCommand } from '../parts/portal.ts';
import { useRecords } from '../parts/records.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Member, Workspace } from '../providers/types.ts';
import { InviteDialog, MemberDialog } from './UserDialogs.tsx';

/** Who works here, in which role, and where. */
export function UserList() {
  const t = useT();
  const may = useMay();
  const workspaces = useRecords('workspaces');
  const [isInviting, setIsInviting] = useState(false);
  const invite = may('user.manage') ? <Button variant="contained" startIcon={<AddIcon />} onClick={() => setIsInviting(true)}>{t('users.invite')}</Button> : null;
  return (
    <>
      <RecordList<Member> resource="users" title={t('users.title')} search={t('users.search')} empty={t('users.empty')} sort="name" columns={useColumns(workspaces)} action={invite} linkOf={() => null} />
      {isInviting ? <InviteDialog workspaces={workspaces} onClose={() => setIsInviting(false)} /> : null}
    </>
  );
}

function useColumns(workspaces: readonly Workspace[]): Column<Member>[] {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const may = useMay();
  const columns: Column<Member>[] = [
    { key: 'name', label: t('users.name'), sortBy: 'name', width: '32%', render: (row) => <span className="icon-line"><Initials name={row.name} /><span><span className="strong">{row.name}</span> {row.isMe ? <span className="tag">{t('users.you')}</span> : null}<br /><span className="second">{row.email}</span></span></span> },
    { key: 'role', label: t('users.role'), sortBy: 'role', render: (row) => words.role[row.role] },
    { key: 'workspaces', label: t('users.workspaces'), render: (row) => (row.workspaceIds === null ? t('users.all_workspaces') : workspaces.filter((one) => row.workspaceIds?.includes(one.id)).map((one) => one.name).join(', ') || t('users.chosen', { count: row.workspaceIds.length })) },
    { key: 'status', label: t('users.status'), render: (row) => (row.status === 'invited' ? <span className="tag is-waiting">{t('users.pending', { at: row.invitedAt ? format.near(row.invitedAt) : '' })}</span> : t('users.active')) },
  ];
  if (may('user.manage')) columns.push({ key: 'actions', label: t('action.more'), isUnlabelled: true, width: '60px', render: (row) => <MemberMenu member={row} workspaces={workspaces} /> });
  return columns;
}

function MemberMenu({ member, workspaces }: { member: Member; workspaces: readonly Workspace[] }) {
  const t = useT();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null);
  const again = useCommand((portal, id: string) => portal.inviteAgain(id), { refreshes: ['users'], said: 'users.invited', saysFailure: true });
  const remove = useCommand((portal, id: string) => portal.delete('users', { id }), { refreshes: ['users'], said: 'users.removed' });
  const open = (name: 'edit' | 'remove') => (): void => { setAnchor(null); setDialog(name); };
  if (!member.can['edit'] && !member.can['remove'] && !member.can['inviteAgain']) return null;
  return (
    <>
      <IconButton aria-label={`${t('action.more')}: ${member.name}`} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}><MoreIcon /></IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {member.can['edit'] ? <MenuItem onClick={open('edit')}>{t('users.change')}</MenuItem> : null}
        {member.can['inviteAgain'] ? <MenuItem onClick={() => { setAnchor(null); again.mutate(member.id); }}>{t('users.again')}</MenuItem> : null}
        {member.can['remove'] ? <MenuItem className="danger" onClick={open('remove')}>{t('users.remove')}</MenuItem> : null}
      </Menu>
      {dialog === 'edit' ? <MemberDialog member={member} workspaces={workspaces} onClose={() => setDialog(null)} /> : null}
      <ActionDialog isOpen={dialog === 'remove'} isDanger title={t('users.remove_title', { name: member.name })} confirm={t('action.remove')} onClose={() => setDialog(null)} onConfirm={() => remove.mutateAsync(member.id)}>
        <p>{t('users.remove_hint')}</p>
      </ActionDialog>
    </>
  );
}
