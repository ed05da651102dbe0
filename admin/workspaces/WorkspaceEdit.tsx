import { OneRecord } from '../parts/OneRecord.tsx';
import { RecordForm } from '../parts/RecordForm.tsx';
import { NotFound } from '../parts/States.tsx';
import { useT } from '../parts/speech.ts';
import type { Workspace } from '../providers/types.ts';
import { fieldsOfWorkspace, recordOfWorkspace } from './workspace-fields.ts';
import { WorkspaceInputs } from './WorkspaceInputs.tsx';

export function WorkspaceEdit() {
  const t = useT();
  return (
    <OneRecord<Workspace> resource="workspaces">
      {(workspace) => (workspace.can['edit'] ? (
        <RecordForm key={workspace.id} resource="workspaces" isUndoable id={workspace.id} title={t('workspaces.edit')} crumbs={[{ label: t('workspaces.title'), to: '/workspaces' }, { label: workspace.name, to: `/workspaces/${workspace.id}/show` }]}
          start={fieldsOfWorkspace(workspace)} Inputs={WorkspaceInputs} recordOf={recordOfWorkspace} />
      ) : <NotFound />)}
    </OneRecord>
  );
}
