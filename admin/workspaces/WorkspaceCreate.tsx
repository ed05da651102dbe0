import { RecordForm } from '../parts/RecordForm.tsx';
import { useT } from '../parts/speech.ts';
import { EMPTY_WORKSPACE, recordOfWorkspace } from './workspace-fields.ts';
import { WorkspaceInputs } from './WorkspaceInputs.tsx';

export function WorkspaceCreate() {
  const t = useT();
  return <RecordForm resource="workspaces" title={t('workspaces.create')} crumbs={[{ label: t('workspaces.title'), to: '/workspaces' }]} start={EMPTY_WORKSPACE} Inputs={WorkspaceInputs} recordOf={recordOfWorkspace} />;
}
